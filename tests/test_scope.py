"""The filters, and what is searched when none is set."""

from __future__ import annotations

import pytest
from small_corpus import corpus_of, passage, source, with_genre, with_kind

from corpus.errors import UnknownValueError
from corpus.model import Corpus, Genre, Kind
from index.scope import Scope, scope_from_words

REPORTS = corpus_of({"A/1": ["One.", "Two."], "B/1": ["Three."], "C/1": ["Four."]})
MIXED = with_genre(with_kind(REPORTS, "A/1#2", Kind.PROCEDURAL), "C/1", Genre.DISCUSSION_GUIDE)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), ["A/1#1", "B/1#1"]),
        (Scope(regions=frozenset({"Africa"})), ["A/1#1"]),
        (Scope(regions=frozenset({"Africa", "Western Asia"})), ["A/1#1", "B/1#1"]),
        (Scope(kinds=frozenset({Kind.PROCEDURAL})), ["A/1#2"]),
        (Scope(kinds=frozenset(Kind)), ["A/1#1", "A/1#2", "B/1#1"]),
        (Scope(genres=frozenset({Genre.DISCUSSION_GUIDE})), ["C/1#1"]),
        (Scope(genres=frozenset(Genre), kinds=frozenset(Kind)), ["A/1#1", "A/1#2", "B/1#1", "C/1#1"]),
        (Scope(regions=frozenset({"Africa"}), genres=frozenset({Genre.DISCUSSION_GUIDE})), []),
        (Scope(congresses=frozenset({12})), []),
        (Scope(congresses=frozenset({12, 14})), ["A/1#1", "B/1#1"]),
    ],
)
def test_filters_hold_together_and_leave_out_guides_and_procedure_by_default(scope: Scope, expected: list[str]) -> None:
    mask = scope.mask(MIXED)
    assert [passage.id for passage, inside in zip(MIXED.passages, mask, strict=True) if inside] == expected


def test_a_declaration_speaks_for_its_region() -> None:
    assert Scope().admits(passage("D/1", 1, "We."), source("D/1", "Africa", genre=Genre.DECLARATION))
    assert not Scope().admits(passage("D/1", 1, "We."), source("D/1", "", genre=Genre.OTHER))


@pytest.mark.parametrize("word", ["africa", "AFRICA", "  Africa "])
def test_letter_case_and_outer_blanks_do_not_matter(word: str) -> None:
    scope = scope_from_words(MIXED, regions=[word], kinds=["Recommendation "], genres=["REGIONAL REPORT"])
    assert scope == Scope(
        regions=frozenset({"Africa"}),
        kinds=frozenset({Kind.RECOMMENDATION}),
        genres=frozenset({Genre.REGIONAL_REPORT}),
    )


def test_no_words_are_the_default_scope() -> None:
    assert scope_from_words(MIXED) == Scope()


@pytest.mark.parametrize(
    ("words", "problem", "choices"),
    [
        ({"regions": ["Atlantis"]}, "no region “Atlantis”", "Africa; Western Asia."),
        ({"regions": [""]}, "no region “”", "Africa; Western Asia."),
        ({"congresses": [13]}, "no congress “13”", "Choose from: 14."),
        ({"kinds": ["advice"]}, "no kind “advice”", "focus; observation; preambular; procedural; question; rec"),
        ({"genres": ["novel"]}, "no genre “novel”", "declaration; discussion guide; other; regional report."),
    ],
)
def test_an_unknown_word_is_refused_with_the_choices(words: dict[str, list[str]], problem: str, choices: str) -> None:
    with pytest.raises(UnknownValueError) as raised:
        scope_from_words(MIXED, **words)  # type: ignore[arg-type]
    assert problem in raised.value.problem
    assert choices in raised.value.remedy


def test_the_default_searches_every_region_of_the_documents_and_no_guide(corpus: Corpus) -> None:
    mask = Scope().mask(corpus)
    searched = [passage for passage, inside in zip(corpus.passages, mask, strict=True) if inside]
    sources = {source.symbol: source for source in corpus.sources}
    assert {sources[p.symbol].region for p in searched} == {s.region for s in corpus.sources if s.region}
    assert Genre.DISCUSSION_GUIDE in {source.genre for source in corpus.sources}
    assert {sources[p.symbol].genre for p in searched} == {Genre.REGIONAL_REPORT}
    assert Kind.PROCEDURAL not in {p.kind for p in searched}
