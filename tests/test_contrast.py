"""The contrasting clauses: that they are of the corpus, in pairs, and that nothing is made of what nobody judged."""

from __future__ import annotations

from benchmarks.contrast import LEARNED, NOT_JUDGED, contrast, contrast_unlearned, grade, is_contrast, is_faithful
from corpus.model import Corpus, Genre
from index.evaluate import JudgedQuery

CLAUSES = (*contrast(), *contrast_unlearned())


def test_the_clauses_stand_in_pairs_and_no_two_are_the_same() -> None:
    assert [clause.kind for clause in contrast()] == list(LEARNED) * 287
    assert [clause.kind for clause in contrast_unlearned()] == ["kept", "turned"] * 300 + [
        "plain and faithful",
        "blunt",
    ] * 180
    assert len({clause.text for clause in CLAUSES}) == len({clause.id for clause in CLAUSES}) == len(CLAUSES)
    assert all(clause.text == clause.text.strip() and clause.text for clause in CLAUSES)


def test_every_faithful_clause_keeps_to_a_passage_of_a_regional_report(corpus: Corpus) -> None:
    reports = {source.symbol for source in corpus.sources if source.genre is Genre.REGIONAL_REPORT}
    known = {passage.id for passage in corpus.passages if passage.symbol in reports}
    assert {name for clause in CLAUSES for name in clause.grades} <= known
    assert all(len(clause.grades) == is_faithful(clause) for clause in CLAUSES)


def test_what_nobody_judged_is_no_grade() -> None:
    faithful, overstated = CLAUSES[:2]
    assert grade(faithful, next(iter(faithful.grades))) == 3
    assert grade(faithful, "another") == NOT_JUDGED
    assert grade(overstated, "another") == 0
    assert grade(JudgedQuery("d01", "clause", "Water.", {}), "another") == 0


def test_judged_queries_are_none_of_them() -> None:
    assert all(map(is_contrast, CLAUSES))
    assert not is_contrast(JudgedQuery("d01", "clause", "Water.", {}))
