"""The queries that are learned from and never measured on: that they are whole, of the corpus, and nobody else's."""

from __future__ import annotations

from collections import Counter

from benchmarks.extra import extra, is_extra
from benchmarks.lessons import group_of
from corpus.model import Corpus, Genre
from index.evaluate import JudgedQuery
from index.scope import Scope


def test_no_two_are_the_same_and_every_one_is_of_a_known_kind() -> None:
    assert len({query.text for query in extra()}) == len({query.id for query in extra()}) == len(extra())
    assert {query.kind for query in extra()} == {"clause", "near", "phrase", "plain", "none"}
    assert len({group_of(query) for query in extra()}) == 12


def test_every_grade_is_of_a_passage_of_a_regional_report(corpus: Corpus) -> None:
    reports = {source.symbol for source in corpus.sources if source.genre is Genre.REGIONAL_REPORT}
    known = {passage.id for passage in corpus.passages if passage.symbol in reports}
    assert {name for query in extra() for name in query.grades} <= known
    assert {grade for query in extra() for grade in query.grades.values()} == {1, 2, 3}


def test_what_is_off_the_subject_of_the_reports_has_no_grade() -> None:
    assert all(bool(query.grades) == (query.kind != "none") for query in extra())


def test_most_of_what_backs_each_is_what_a_search_looks_at(corpus: Corpus) -> None:
    searched = dict(zip((passage.id for passage in corpus.passages), Scope().mask(corpus), strict=True))
    for query in extra():
        kinds = Counter(bool(searched[name]) for name, grade in query.grades.items() if grade >= 2)
        assert kinds[True] >= kinds[False], query.id


def test_they_are_known_by_their_words_and_others_are_none_of_them() -> None:
    assert all(map(is_extra, extra()))
    assert not is_extra(JudgedQuery(extra()[0].id, "clause", "Water.", {}))
