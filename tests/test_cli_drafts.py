"""The commands for drafts, as processes: from an empty draft to a Word file with its notes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from corpus.model import Corpus, Kind
from drafting.negotiation import add_alternative
from drafting.store import DraftStore

ROOT = Path(__file__).parent.parent


class Desk:
    """One database of drafts, and the commands over it."""

    def __init__(self, drafts: Path) -> None:
        self.drafts = drafts

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("RAPPORTEUR_")}
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "drafting", *arguments],
            cwd=ROOT,
            env={**inherited, "RAPPORTEUR_DRAFTS": str(self.drafts)},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )

    def out(self, *arguments: str) -> str:
        """Run a command that works, and return what it printed."""
        result = self.run(*arguments)
        assert (result.returncode, result.stderr) == (0, "")
        return result.stdout.strip()

    def refused(self, *arguments: str) -> str:
        """Run a command that is refused with one line, and return the line."""
        result = self.run(*arguments)
        assert (result.returncode, result.stdout) == (1, "")
        assert result.stderr.count("\n") == 1, result.stderr
        assert result.stderr.endswith(".\n")
        return result.stderr


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "drafts.sqlite")


def a_recommendation(corpus: Corpus) -> tuple[str, str, str]:
    """Return id, text and citation of a recommendation of the documents."""
    found = next(p for p in corpus.passages if p.kind is Kind.RECOMMENDATION and p.locator.subparagraph)
    return found.id, found.text, found.cite()


def test_from_an_empty_draft_to_a_word_file_with_its_footnote(desk: Desk, tmp_path: Path, corpus: Corpus) -> None:
    passage_id, text, cite = a_recommendation(corpus)
    draft_id = desk.out("new", "Draft Doha declaration")
    assert desk.out("add", draft_id, passage_id) == "1 clause added; version 2."
    assert desk.out("add", draft_id, passage_id, "--text", "Recalling the work of the regions") == (
        "1 clause added; version 3."
    )
    shown = desk.out("show", draft_id)
    assert shown.startswith("Draft Doha declaration\n")
    core = text.rstrip(".;")
    assert core[5:] in shown
    assert "Recalling the work of the regions" in shown
    assert "[1]" in shown
    assert cite.split(", ")[0] in shown

    path = tmp_path / "out.docx"
    assert desk.out("export", draft_id, "-o", str(path)) == f"Written to {path}."
    written = "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert core[5:] in written
    assert "Recalling the work of the regions" in written
    with zipfile.ZipFile(path) as package:
        notes = re.sub(r"<[^>]+>", "", package.read("word/footnotes.xml").decode("utf-8"))
        assert package.read("word/document.xml").decode("utf-8").count("<w:footnoteReference ") == 2
    assert cite in notes

    (line,) = desk.out("drafts", "--json").split("\n")
    summary = json.loads(line)
    assert (summary["id"], summary["title"], summary["clauses"]) == (draft_id, "Draft Doha declaration", 2)
    assert draft_id in desk.out("drafts")


def test_the_negotiating_text_is_written_on_demand(desk: Desk, tmp_path: Path) -> None:
    draft_id = desk.out("new")
    desk.out("add", draft_id, "--text", "We urge States")
    store = DraftStore(desk.drafts)
    draft = store.load(draft_id)
    store.save(add_alternative(draft, draft.clauses[0].id, "We invite States"), "Proposed", base=draft.revision)
    for name, options in (("clean.docx", []), ("negotiating.docx", ["--negotiating"])):
        result = desk.run("export", draft_id, "-o", str(tmp_path / name), *options)
        assert ("alternatives were left out" in result.stderr) is not bool(options)
        written = [paragraph.text for paragraph in docx.Document(str(tmp_path / name)).paragraphs]
        assert any("We invite States." in text for text in written) is bool(options)


@pytest.mark.parametrize(
    "arguments", [["show", "nothing"], ["export", "nothing", "-o", "x.docx"], ["add", "nothing", "--text", "Urge"]]
)
def test_an_unknown_draft_is_one_line(desk: Desk, arguments: list[str]) -> None:
    assert "nothing" in desk.refused(*arguments)
    assert not (ROOT / "x.docx").exists()


def test_what_cannot_be_added_is_one_line_and_changes_nothing(desk: Desk) -> None:
    draft_id = desk.out("new")
    assert "no passage A/1#1" in desk.refused("add", draft_id, "A/1#1")
    assert "nothing to add" in desk.refused("add", draft_id)
    assert json.loads(desk.out("drafts", "--json"))["clauses"] == 0


@pytest.mark.parametrize("output", ["missing/out.docx", "file/out.docx", "."])
def test_a_word_file_that_cannot_be_written_is_one_line(desk: Desk, tmp_path: Path, output: str) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    draft_id = desk.out("new")
    before = sorted(tmp_path.iterdir())
    assert str(tmp_path) in desk.refused("export", draft_id, "-o", str(tmp_path / output))
    assert sorted(tmp_path.iterdir()) == before


def test_a_database_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, not a folder")
    for drafts in (tmp_path / "file" / "drafts.sqlite", tmp_path / "file"):
        desk = Desk(drafts)
        assert str(tmp_path / "file") in desk.refused("drafts")
        assert str(tmp_path / "file") in desk.refused("new")


def test_a_title_of_any_signs_is_kept(desk: Desk) -> None:
    for title in ("<b>&amp;</b>", "宣言 🙂", "'; DROP TABLE draft; --"):
        draft_id = desk.out("new", title)
        assert desk.out("show", draft_id).startswith(title)


def test_bytes_that_are_no_text_are_one_line_or_kept_readable(desk: Desk) -> None:
    result = desk.run("new", os.fsdecode(b"\xff"))
    assert "Traceback" not in result.stderr
    assert desk.run("drafts").returncode == 0
