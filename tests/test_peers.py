"""The benchmark beside other engines: what it makes of their answers, and what it says when one is not there."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from small_corpus import corpus_of

from benchmarks import engines, peers
from benchmarks.engines import DEPTH, ENGINES, peak_mib, serve
from benchmarks.peers import Row, missing, row_of, run, table, verdict
from index.evaluate import JudgedQuery

CORPUS = corpus_of({"A/1": ["Women in prisons.", "Water for all."], "B/1": ["Cybercrime and corruption."]})
JUDGED = (JudgedQuery("q1", "phrase", "water", {"A/1#2": 3}), JudgedQuery("q2", "phrase", "prisons", {"A/1#1": 3}))


def row(engine: str, ndcg: float, p50: float = 6.0, encode: float = 5.0) -> Row:
    return Row(engine, ndcg, 10.0, 1.0, p50, 9.0, encode, 500.0, 250.0)


class Recorded:
    """An engine that keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def build(self, ids: Any, texts: Any, folder: Path, model: str) -> None:  # noqa: ANN401
        """Build nothing."""
        del ids, texts, folder, model

    def open(self, ids: Any, folder: Path, model: str) -> None:  # noqa: ANN401
        """Open nothing."""
        del ids, folder, model

    def encode(self, text: str) -> None:
        """Keep the query."""
        self.asked.append(f"encode {text}")

    def search(self, text: str) -> list[str]:
        """Keep the query and answer with it."""
        self.asked.append(f"search {text}")
        return [text]


def test_a_row_has_the_measure_of_the_evaluation_and_the_percentiles_of_the_times() -> None:
    served = {
        "answers": [["A/1#2"], ["B/1#1", "A/1#1"]],
        "search_ms": [2.0, 4.0],
        "encode_ms": [1.0, 3.0],
        "seconds": 0.5,
        "peak_mib": 200.0,
    }
    found = row_of("ours", {"seconds": 7.0, "peak_mib": 900.0}, served, JUDGED)
    assert found.ndcg == pytest.approx((1 + 0.6309) / 2, abs=1e-4)
    assert (found.p50, found.encode_p50) == (3.0, 2.0)
    assert found.p95 == pytest.approx(3.9)
    assert (found.build_s, found.load_s, found.build_mib, found.serve_mib) == (7.0, 0.5, 900.0, 200.0)


def test_every_engine_has_a_line_and_one_without_a_model_has_no_encoding() -> None:
    head, rule, ours, words = table([row("ours", 0.7682), row("bm25s", 0.5579, 0.13, 0.0)]).splitlines()
    assert head.count("|") == rule.count("|") == ours.count("|") == words.count("|") == len(peers.COLUMNS) + 1
    assert ours == "| ours | 0.7682 | 10.0 | 1.00 | 6.00 | 9.00 | 5.00 | 1.20 | 500 | 250 |"
    assert words == "| bm25s | 0.5579 | 10.0 | 1.00 | 0.13 | 9.00 | – | – | 500 | 250 |"


@pytest.mark.parametrize(
    ("other", "p50", "expected"),
    [
        (0.60, 6.0, ["nDCG@10 of ours +0.1000 against peer", "p50 of ours is 1.20 times the encoding alone"]),
        (
            0.80,
            8.0,
            [
                "nDCG@10 of ours -0.1000 against peer: NOT AHEAD",
                "p50 of ours is 1.60 times the encoding alone: MORE THAN 1.5",
            ],
        ),
        (
            0.70,
            7.5,
            ["nDCG@10 of ours +0.0000 against peer: NOT AHEAD", "p50 of ours is 1.50 times the encoding alone"],
        ),
    ],
)
def test_the_verdict_says_where_ours_falls_short(other: float, p50: float, expected: list[str]) -> None:
    assert verdict([row("ours", 0.70, p50), row("peer", other)]) == expected


def test_there_is_no_verdict_without_ours() -> None:
    assert verdict([row("bm25s", 0.5)]) == []


def test_an_engine_that_is_not_installed_is_said_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    assert missing(["ours", "bm25s"]) == ""
    with pytest.raises(SystemExit):
        peers.main([str(tmp_path / "queries"), str(tmp_path / "qrels")])
    said = capsys.readouterr().err
    assert "txtai is not installed" in said
    assert f"`{peers.INSTALL}`" in said


def test_no_engine_is_asked_for_what_it_has_just_encoded() -> None:
    engine = Recorded()
    served = serve(engine, ["a", "b", "c"])
    assert engine.asked[6:] == ["encode c", "search a", "encode a", "search b", "encode b", "search c"]
    assert served["answers"] == [["a"], ["b"], ["c"]]
    assert len(served["encode_ms"]) == len(served["search_ms"]) == 3


def test_an_engine_builds_and_serves_in_processes_of_its_own(tmp_path: Path) -> None:
    passages = [{"id": passage.id, "text": passage.text} for passage in CORPUS.passages] * 10
    (tmp_path / "passages.json").write_text(json.dumps(passages))
    (tmp_path / "queries.json").write_text(json.dumps(["water", "prisons"]))
    (tmp_path / "model.txt").write_text("none")
    built, served = (run(phase, "bm25s", tmp_path, cores=1) for phase in ("build", "serve"))
    assert [answer[0] for answer in served["answers"]] == ["A/1#2", "A/1#1"]
    assert {len(answer) for answer in served["answers"]} == {DEPTH}
    assert 10 < built["peak_mib"] < 1000
    assert served["seconds"] > 0


def test_an_engine_that_fails_is_named_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"(?s)bm25s could not build:.*FileNotFoundError.*model\.txt"):
        run("build", "bm25s", tmp_path, cores=1)


def test_ours_is_measured_beside_the_four_others() -> None:
    assert list(ENGINES) == ["ours", "txtai dense", "txtai hybrid", "semantic_search", "bm25s"]
    assert engines.WARM_UP > 0
    assert peak_mib() > 10
