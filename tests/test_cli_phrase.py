"""The command for suggested wording, as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SENTENCE = "The Meeting recommended that States of the region act."


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORTEUR_")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "drafting", "phrase", *arguments],
        cwd=ROOT,
        env=inherited,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def out(*arguments: str) -> list[str]:
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (0, "")
    return result.stdout.splitlines()


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr


def test_a_text_is_worded_in_both_styles_with_what_to_check() -> None:
    assert out(SENTENCE)[:2] == ["We call upon Member States to act.", "Calls upon Member States to act;"]
    assert out(SENTENCE)[2].startswith("  region: ")


def test_a_style_can_be_asked_for() -> None:
    assert out(SENTENCE, "--style", "resolution")[0] == "Calls upon Member States to act;"
    line = json.loads(out(SENTENCE, "--style", "declaration", "--json")[0])
    assert line["declaration"] == "We call upon Member States to act."
    assert "resolution" not in line
    assert line["source"] == SENTENCE
    assert line["rules"] == ["reported", "addressee", "one region"]


def test_a_declined_text_is_answered_with_the_reason() -> None:
    (line,) = out("One speaker noted the need.")
    assert line.startswith("  declined: “One speaker”")


def test_a_passage_is_worded_sentence_by_sentence() -> None:
    lines = [json.loads(line) for line in out("--passage", "A/CONF.213/RPM.2/1#31", "--json")]
    assert [line["id"] for line in lines] == ["A/CONF.213/RPM.2/1#31"] * 3
    assert lines[2]["declaration"].startswith(
        "We recommend that [comprehensive crime prevention] strategies:\n(a) Foster"
    )
    assert lines[2]["source"].startswith("Such strategies should")


def test_a_batch_is_answered_line_by_line_with_the_passage_around_each_case(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    placed = {"id": "b", "symbol": "A/CONF.213/RPM.2/1", "paragraph": "31", "source": "Such strategies should"}
    cases.write_text(
        "\n".join(json.dumps(case) for case in ({"id": "a", "source": SENTENCE}, placed, {"id": 3, "source": ""}))
        + "\n\n"
    )
    lines = [json.loads(line) for line in out("--cases", str(cases), "--json")]
    assert [line["id"] for line in lines] == ["a", "b", "3"]
    assert lines[0]["declaration"] == "We call upon Member States to act."
    assert lines[0]["flags"][0].startswith("region: ")
    assert lines[2]["declaration"] == lines[2]["resolution"] == ""
    assert lines[2]["flags"] == ["declined: There are no words."]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "Line 2 of {path} is not JSON."),
        ('{"id": "x"}', "Line 2 of {path} is not a case"),
        ('{"id": "x", "source": 1}', "Line 2 of {path} is not a case"),
        ("[1]", "Line 2 of {path} is not a case"),
    ],
)
def test_a_bad_line_of_a_batch_is_named(line: str, problem: str, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"id": "a", "source": SENTENCE}) + "\n" + line)
    assert refused("--cases", str(cases), "--json").startswith(problem.format(path=cases))


def test_what_cannot_be_worded_is_refused_with_a_remedy(tmp_path: Path) -> None:
    assert "only one" in refused()
    assert "only one" in refused(SENTENCE, "--passage", "x")
    assert "no passage x" in refused("--passage", "x")
    assert "cannot be read" in refused("--cases", str(tmp_path / "missing.jsonl"))
