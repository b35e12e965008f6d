"""The measures of a search on judged queries, worked out by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from corpus.errors import QueryError, StorageError
from corpus.model import Genre, Kind, Locator, Passage, Source, Span, Standing
from index.bands import Band
from index.evaluate import Evaluation, JudgedQuery, evaluate, read_judged, read_saved
from index.search import Hit, SearchResult

SOURCE = Source("A/1", "Report", Genre.REGIONAL_REPORT, 14, "Western Asia", "", "", "en", "", "a.txt", "0")


def result(query: str, *found: tuple[str, Band]) -> SearchResult:
    """Return a search that found paragraphs in this order, each in a band."""
    hits = tuple(
        Hit(
            passage=Passage("A/1", Locator("", number), (), "", Kind.OBSERVATION, Standing.DISCUSSION, ""),
            source=SOURCE,
            rank=rank,
            score=1 / rank,
            named=False,
            band=band,
            window=Span(0, 0),
            alignment=(),
            identical=(),
        )
        for rank, (number, band) in enumerate(found, 1)
    )
    return SearchResult(query, hits, len(hits), words_only=False)


def measured(query: JudgedQuery, *found: tuple[str, Band]) -> Evaluation:
    return evaluate([query], lambda text: result(text, *found))


GRADES = {"A/1#1": 3, "A/1#2": 1}


@pytest.mark.parametrize(
    ("found", "ndcg", "recall", "rank"),
    [
        (["1", "2"], 1.0, 1.0, 1.0),
        (["2", "1"], (1 + 7 / math.log2(3)) / (7 + 1 / math.log2(3)), 1.0, 0.5),
        (["9", "8", "1"], 7 / math.log2(4) / (7 + 1 / math.log2(3)), 1.0, 1 / 3),
        (["9"], 0.0, 0.0, 0.0),
    ],
)
def test_measures_are_those_of_the_books(found: list[str], ndcg: float, recall: float, rank: float) -> None:
    query = JudgedQuery("q", "clause", "text", GRADES)
    measures = measured(query, *((number, Band.CLOSE) for number in found)).measures
    assert measures == pytest.approx({"nDCG@10": ndcg, "recall@20": recall, "MRR": rank})


def test_recall_and_rank_ask_only_for_what_backs() -> None:
    query = JudgedQuery("q", "near", "text", {"A/1#2": 1})
    assert measured(query, ("2", Band.RELATED)).measures == {"nDCG@10": 1.0}


@pytest.mark.parametrize(
    ("kind", "grades", "band", "right"),
    [
        ("none", {}, Band.RELATED, (1, 1)),
        ("none", {}, Band.PARTIAL, (0, 1)),
        ("clause", GRADES, Band.PARTIAL, (1, 1)),
        ("clause", GRADES, Band.RELATED, (0, 1)),
        ("near", {"A/1#2": 1}, Band.CLOSE, (0, 0)),
    ],
)
def test_is_there_anything_is_asked_where_it_can_be_judged(
    kind: str, grades: dict[str, int], band: Band, right: tuple[int, int]
) -> None:
    assert measured(JudgedQuery("q", kind, "text", grades), ("1", band)).counts["is there anything?"] == right


def test_bands_are_judged_by_what_they_claim() -> None:
    query = JudgedQuery("q", "clause", "text", GRADES)
    found = [("1", Band.CLOSE), ("2", Band.CLOSE), ("2", Band.PARTIAL), ("3", Band.PARTIAL), ("4", Band.RELATED)]
    counts = measured(query, *found).counts
    assert (counts["close that back"], counts["partial on topic"]) == ((1, 2), (1, 2))


def test_a_saved_evaluation_is_read_back(tmp_path: Path) -> None:
    evaluation = measured(JudgedQuery("q", "clause", "text", GRADES), ("1", Band.CLOSE))
    evaluation.save(tmp_path / "run.json")
    assert read_saved(tmp_path / "run.json") == evaluation.per_query


def test_an_evaluation_that_cannot_be_saved_or_read_says_so(tmp_path: Path) -> None:
    evaluation = measured(JudgedQuery("q", "clause", "text", GRADES), ("1", Band.CLOSE))
    with pytest.raises(StorageError, match="cannot be written"):
        evaluation.save(tmp_path / "nowhere" / "run.json")
    (tmp_path / "run.json").write_text("[]", encoding="utf-8")
    with pytest.raises(StorageError, match="is not a saved evaluation"):
        read_saved(tmp_path / "run.json")


@pytest.mark.parametrize(
    ("queries", "qrels", "message"),
    [
        ('{"id": "q"}', "", 'Line 1 of .* is not an object with "id" and "text"'),
        ('{"id": "q", "text": "t"}', "", "The query q of .* has no judgements"),
        ('{"id": "q", "text": "t"}', "\n\nno", "Line 3 of .* is not an object"),
        (None, "", "cannot be read"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path: Path, queries: str | None, qrels: str, message: str) -> None:
    if queries is not None:
        (tmp_path / "queries").write_text(queries, encoding="utf-8")
    (tmp_path / "qrels").write_text(qrels, encoding="utf-8")
    with pytest.raises(QueryError, match=message):
        read_judged(tmp_path / "queries", tmp_path / "qrels")


def test_queries_are_read_with_their_judgements(tmp_path: Path) -> None:
    (tmp_path / "queries").write_text(json.dumps({"id": 7, "kind": "plain", "text": "t"}), encoding="utf-8")
    (tmp_path / "qrels").write_text(json.dumps({"id": 7, "grades": GRADES}), encoding="utf-8")
    assert read_judged(tmp_path / "queries", tmp_path / "qrels") == (JudgedQuery("7", "plain", "t", GRADES),)
