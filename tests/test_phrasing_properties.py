"""What holds for every suggestion: nothing is invented, nothing is raised, everything is closed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Corpus, Genre, Kind
from drafting.ladder import read_ladder
from drafting.ladder_file import BUILT_IN
from drafting.phrasing.inflection import family
from drafting.phrasing.names import NAMES, without_marks
from drafting.phrasing.nouns import ACTIONS, ADVERBS
from drafting.phrasing.rules import FRAMES, RULES
from drafting.phrasing.suggest import suggest, suggestions
from drafting.phrasing.suggestion import FlagKind, Suggestion

OFFICE = "United Nations Office on Drugs and Crime"
WORD = re.compile(r"\w+(?:[-’']\w+)*")
BRACKETED = re.compile(r"\[([^\]]*)\]")


@pytest.fixture(scope="module")
def suggested(corpus: Corpus) -> list[tuple[Suggestion, str]]:
    """Every suggestion of the corpus, with the whole passage it was made from."""
    return [(made, passage.text) for passage in corpus.passages for made in suggestions(passage)]


@pytest.fixture(scope="module")
def worded(suggested: list[tuple[Suggestion, str]]) -> list[tuple[Suggestion, str]]:
    return [(made, text) for made, text in suggested if not made.declined]


def families(text: str) -> set[str]:
    return {stem for word in WORD.findall(text) for stem in family(word)}


def allowed_words(made: Suggestion) -> set[str]:
    """The words a suggestion may have outside brackets: of its source, of the frames of its rules, and full names."""
    source = families(made.source)
    allowed = source | {stem for rule in made.rules for stem in families(FRAMES[rule])} | {"we"}
    if "noun of action" in made.rules:
        allowed |= {verb for noun, verb in ACTIONS.items() if noun in source}
        allowed |= {adverb for adjective, adverb in ADVERBS.items() if adjective in source}
    if "full names" in made.rules:
        allowed |= families(" ".join([OFFICE, *(full for _, full in NAMES)]))
    if "its" in source:
        allowed |= {"our"}
    return allowed


def test_most_of_what_reports_recommend_is_worded_and_the_rest_says_why(corpus: Corpus) -> None:
    recommending = [
        passage
        for passage in corpus.passages
        if passage.kind is Kind.RECOMMENDATION and "RPM" in passage.symbol and not passage.locator.container
    ]
    some = [passage.id for passage in recommending if all(made.declined for made in suggestions(passage))]
    assert not some


def test_every_declined_suggestion_says_why_and_has_no_words(suggested: list[tuple[Suggestion, str]]) -> None:
    declined = [made for made, _ in suggested if made.declined]
    assert len(declined) > 100
    for made in declined:
        assert made.resolution == ""
        assert [flag.kind for flag in made.flags] == [FlagKind.DECLINED]
        assert made.flags[0].text.endswith(".")


def test_nothing_is_invented(worded: list[tuple[Suggestion, str]]) -> None:
    assert len(worded) > 400
    for made, _ in worded:
        allowed = allowed_words(made)
        for text in (made.declaration, made.resolution):
            new = {word for word in WORD.findall(BRACKETED.sub("", text)) if not family(word) & allowed}
            assert not {word for word in new if len(word) > 1 or word.isdigit()}, (made.rules, new, made.source)


def test_words_in_brackets_stand_in_the_same_passage_or_are_the_inferred_office(
    worded: list[tuple[Suggestion, str]],
) -> None:
    found = 0
    for made, passage in worded:
        for inside in BRACKETED.findall(made.declaration):
            found += 1
            whole = re.search(rf"(?<!\w){re.escape(inside)}(?!\w)", passage)
            assert whole or inside == f"the {OFFICE}", made.declaration
            assert {FlagKind.REFERS_BACK, FlagKind.ADDRESSEE} & {flag.kind for flag in made.flags}
    assert found


def test_every_suggestion_is_closed_as_its_style_asks(worded: list[tuple[Suggestion, str]]) -> None:
    for made, _ in worded:
        assert made.declaration.endswith((".", "…")), made.declaration
        assert made.resolution.endswith(";"), made.resolution
        assert made.declaration[0].isupper()
        assert made.resolution[0].isupper()
        if "\n" not in made.resolution:
            assert ";" not in made.resolution[:-1]


def test_no_suggestion_leaves_a_bracket_open_or_carries_a_footnote_mark(worded: list[tuple[Suggestion, str]]) -> None:
    for made, _ in worded:
        for text in (made.declaration, made.resolution):
            for opening, closing in ("()", "[]", "“”"):
                assert text.count(opening) == text.count(closing), text
            assert text.replace("\n", " ") == without_marks(text), text


def test_no_suggestion_is_stronger_than_its_source(worded: list[tuple[Suggestion, str]]) -> None:
    ladder = read_ladder(BUILT_IN)
    for made, _ in worded:
        for text in (made.declaration, made.resolution):
            compared = ladder.compare(text, [made.source])
            assert compared.clause is not None, text
            assert not compared.stronger, (text, compared.sources)


def test_every_suggestion_names_rules_that_are_documented(worded: list[tuple[Suggestion, str]]) -> None:
    applied = {rule for made, _ in worded for rule in made.rules}
    assert applied <= set(RULES)
    assert set(RULES) == set(FRAMES)


def test_whatever_not_everyone_said_is_never_worded(suggested: list[tuple[Suggestion, str]]) -> None:
    for made, _ in suggested:
        if re.match(r"(?:One|Some|Several|A number of|Many) (?:speaker|participant)", made.source):
            assert made.declined, made.source


def test_the_discussion_guide_is_never_worded_as_what_the_meeting_said(corpus: Corpus) -> None:
    guides = {source.symbol for source in corpus.sources if source.genre is Genre.DISCUSSION_GUIDE}
    for passage in corpus.passages:
        if passage.symbol in guides and passage.kind is Kind.QUESTION:
            assert all(made.declined for made in suggestions(passage))


PIECES = st.sampled_from(
    [
        *"The Meeting recommended that States should was noted it be strengthened UNODC such".split(),
        *"circumstances had and".split(),
        *"by participants Concern expressed about were To Effectively Strengthen 1988 as which Such strongly".split(),
        *", ; ( ) [ “ ” ? . ¹ (a) (b)".split(),
        *("the adoption of", "Recognizing", "in the region", "were encouraged to", "We urge", "its support"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=40))
def test_any_words_in_any_order_are_worded_soundly_or_declined(text: str, context: str) -> None:
    check_sound(suggest(text, context), text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_is_worded_soundly_or_declined(text: str) -> None:
    check_sound(suggest(text), text)


@settings(max_examples=50, deadline=None)
@given(PIECES, st.integers(50, 2_000))
def test_a_text_that_repeats_itself_is_worded_soundly_or_declined(piece: str, times: int) -> None:
    text = f"{piece}, " * times
    check_sound(suggest(text), text)


def check_sound(made: Suggestion, text: str) -> None:
    assert made == suggest(text) or made.source == text
    assert made.source == text
    assert bool(made.declaration) == bool(made.resolution)
    assert made.declined == any(flag.kind is FlagKind.DECLINED for flag in made.flags)
    for worded in (made.declaration, made.resolution):
        for opening, closing in ("()", "[]", "“”"):
            assert worded.count(opening) == worded.count(closing)
        assert not set("¹²³⁴") & set(worded)


def test_the_same_sentence_is_always_worded_alike(worded: list[tuple[Suggestion, str]]) -> None:
    for made, _ in worded[:50]:
        assert suggest(made.source) == suggest(made.source)
