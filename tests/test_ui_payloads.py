"""What cards and rows say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Corpus, Genre, Kind, Passage, Span
from drafting.model import ClauseKind, Draft, Style, citation_of
from drafting.operations import add_clause
from drafting.output import result_text
from index.alignment import Link
from index.bands import Band
from index.search import Hit, SearchResult
from ui.payloads import color_of, congress_label, empty_payload, results_payload, runs
from ui.wordings import wordings


def hit(corpus: Corpus, passage: Passage, band: Band = Band.CLOSE, identical: Sequence[Passage] = ()) -> Hit:
    source = corpus.source(passage.symbol)
    assert source
    whole = Span(0, len(passage.text))
    return Hit(
        passage=passage,
        source=source,
        rank=1,
        score=0.9,
        named=False,
        band=band,
        window=whole,
        alignment=(Link(Span(0, 1), Span(0, 3), 1.0),),
        identical=tuple(identical),
    )


def payload(corpus: Corpus, result: SearchResult, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - of many types
    options: dict[str, Any] = {"draft": None, "pending": (), "target": "", "show_related": False, "more": False}
    return results_payload(result, corpus, **{**options, **changes})


def first(corpus: Corpus, kind: Kind = Kind.RECOMMENDATION, genre: Genre = Genre.REGIONAL_REPORT) -> Passage:
    symbols = {source.symbol for source in corpus.sources if source.genre is genre}
    return next(passage for passage in corpus.passages if passage.kind is kind and passage.symbol in symbols)


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4), st.booleans())
def test_the_pieces_of_a_marked_text_are_the_text(text: str, places: list[tuple[int, int]], same: bool) -> None:
    ends = sorted({min(at, len(text)) for place in places for at in place})
    marked = [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    alignment = [Link(Span(0, 6), mark, 1.0 if same else 0.6) for mark in reversed(marked)]
    pieces = runs(text, alignment, "minors")
    assert "".join(piece for piece, _, _ in pieces) == text
    assert [piece for piece, look, _ in pieces if look] == [text[mark.start : mark.end] for mark in marked]
    assert {look for _, look, _ in pieces} <= {"", "equal" if same else "near"}
    assert all(("“minors”" in about) == bool(look) for _, look, about in pieces)


def test_a_mark_says_which_words_of_the_clause_it_answers() -> None:
    clause, text = "minors, Minors and jails", "children in <jail>"
    alignment = [
        Link(Span(0, 6), Span(0, 8), 0.6),
        Link(Span(8, 14), Span(0, 8), 0.6),
        Link(Span(19, 24), Span(13, 17), 1.0),
        Link(Span(0, 6), Span(13, 17), 0.6),
    ]
    assert runs(text, alignment, clause) == [
        ("children", "near", "Close in meaning to “Minors” in your text"),
        (" in <", "", ""),
        ("jail", "equal", "Your text has “jails”"),
        (">", "", ""),
    ]


@pytest.mark.parametrize(
    ("band", "unbacked", "expected"),
    [
        (Band.CLOSE, (Span(0, 9), Span(13, 18)), ["biometric", "jails"]),
        (Band.CLOSE, (), []),
        (Band.RELATED, (Span(0, 9),), []),
        (Band.CLOSE, None, []),
    ],
)
def test_what_no_passage_shown_backs_is_named_unless_none_is_close(
    corpus: Corpus, band: Band, unbacked: tuple[Span, ...] | None, expected: list[str]
) -> None:
    result = SearchResult("biometric in jails", (hit(corpus, first(corpus), band),), 9, unbacked is None, unbacked)
    assert payload(corpus, result)["unbacked"] == expected
    assert payload(corpus, result, show_related=True)["unbacked"] == expected


def test_the_legend_explains_the_marks_that_are_there(corpus: Corpus) -> None:
    result = SearchResult("x", (hit(corpus, first(corpus)),), 376, words_only=False)
    assert [look for look, _ in payload(corpus, result)["legend"]] == ["equal"]
    assert empty_payload()["legend"] == []


def test_a_card_says_who_spoke_with_what_standing_and_where(corpus: Corpus) -> None:
    passage = first(corpus)
    shown = payload(corpus, SearchResult("x", (hit(corpus, passage),), 376, words_only=False))
    (card,) = shown["hits"]
    assert card["cite"] == passage.cite()
    assert "".join(text for text, _, _ in card["runs"]) == passage.text
    assert f"standing: {passage.standing.value}" in card["standing"]
    assert f"voice: {passage.voice}" in card["standing"]
    assert card["band"] == "Close match"
    assert shown["title"] == "The closest of 376 passages"


def test_the_discussion_guide_speaks_for_no_region(corpus: Corpus) -> None:
    passage = first(corpus, Kind.QUESTION, Genre.DISCUSSION_GUIDE)
    (card,) = payload(corpus, SearchResult("x", (hit(corpus, passage),), 1, words_only=False))["hits"]
    assert "speaks for no region" in card["standing"]
    assert card["color"] == "gray"


def test_hits_that_only_share_the_topic_are_not_shown_unasked(corpus: Corpus) -> None:
    result = SearchResult("x", (hit(corpus, first(corpus), Band.RELATED),), 376, words_only=False)
    hidden = payload(corpus, result)
    assert hidden["hits"] == []
    assert "do not back it" in str(hidden["note"])
    assert hidden["more"] == "Show the 1 nearest anyway"
    assert len(payload(corpus, result, show_related=True)["hits"]) == 1


def test_words_alone_never_claim_to_be_close(corpus: Corpus) -> None:
    shown = payload(corpus, SearchResult("x", (hit(corpus, first(corpus), Band.RELATED),), 376, words_only=True))
    (card,) = shown["hits"]
    assert card["band"] == "Shares words"
    assert shown["title"] == "1 passage that shares words with this"


def test_filters_that_leave_nothing_are_named_as_the_reason(corpus: Corpus) -> None:
    assert "filters" in str(payload(corpus, SearchResult("x", (), 0, words_only=False))["note"])


def test_a_passage_that_stands_elsewhere_names_every_place(corpus: Corpus) -> None:
    passage, other = corpus.passages[0], corpus.passages[-1]
    (card,) = payload(corpus, SearchResult("x", (hit(corpus, passage, identical=(other,)),), 2, words_only=False))[
        "hits"
    ]
    assert other.cite() in card["same"]


def twins(corpus: Corpus) -> tuple[Passage, Passage]:
    texts: dict[str, Passage] = {}
    for passage in corpus.passages:
        other = texts.setdefault(passage.text, passage)
        if passage.kind is Kind.OBSERVATION and other.symbol != passage.symbol:
            return other, passage
    raise AssertionError("no passage of one report stands in another")


def test_passages_with_the_same_words_are_one_group_and_each_region_counts(corpus: Corpus) -> None:
    one, other = twins(corpus)
    hits = [
        replace(hit(corpus, passage, identical=same), rank=rank)
        for rank, (passage, same) in enumerate([(one, [other]), (first(corpus), []), (other, [one])], 1)
    ]
    result = SearchResult("x", tuple(hits), 376, words_only=False)
    assert [[found.rank for found in group] for group in result.groups] == [[1, 3], [2]]
    shown = payload(corpus, result)
    cards = shown["hits"]
    assert [card["id"] for card in cards] == [one.id, other.id, first(corpus).id]
    assert [card["joined"] for card in cards] == [False, True, False]
    assert (cards[0]["addLabel"], cards[0]["with"], cards[0]["same"]) == (
        "Add to draft, citing both",
        [other.id],
        "",
    )
    assert cards[1]["same"] == f"The same words as {one.cite()}, above."
    assert (cards[2]["addLabel"], cards[2]["with"]) == ("Add to draft", [])
    assert sum(int(str(count["label"]).split()[-1]) for count in shown["counts"]) == 3
    printed = result_text(result)
    assert [line.split(":")[0] for line in printed.splitlines() if line[:1].isdigit()] == [
        "1. close",
        "3. close, the same words",
        "2. close",
    ]
    assert printed.count(other.cite()) == 1
    assert "The same words stand in" not in printed


@pytest.mark.parametrize(
    ("bands", "named", "words_only", "said"),
    [
        ((Band.PARTIAL, Band.RELATED), False, False, True),
        ((Band.PARTIAL, Band.CLOSE), False, False, False),
        ((Band.PARTIAL,), True, False, False),
        ((Band.RELATED,), False, False, False),
        ((Band.PARTIAL,), False, True, False),
        ((), False, False, False),
    ],
)
def test_hits_that_are_only_close_in_subject_are_said_not_to_say_the_same(
    corpus: Corpus, bands: tuple[Band, ...], named: bool, words_only: bool, said: bool
) -> None:
    hits = tuple(replace(hit(corpus, first(corpus), band), named=named) for band in bands)
    result = SearchResult("x", hits, 376, words_only)
    assert ("no passage says the same" in str(payload(corpus, result)["note"])) == said
    assert ("Close in subject: no passage says the same." in result_text(result)) == said


def test_the_style_of_the_draft_is_that_of_the_suggestions(corpus: Corpus) -> None:
    passage = first(corpus)
    result = SearchResult("x", (hit(corpus, passage),), 2, words_only=False)
    for style in Style:
        (card,) = payload(corpus, result, draft=Draft("d", style=style), suggests=True)["hits"]
        assert card["wording"] == wordings(passage, style, suggests=True)
        assert card["wording"]["offered"][1]["title"].startswith(f"Suggested for a {style.value}")


def test_a_card_says_which_clause_cites_it_and_where_a_citation_would_go(corpus: Corpus) -> None:
    passage = first(corpus)
    source = corpus.source(passage.symbol)
    assert source
    draft = add_clause(Draft("d"), "Urge", ClauseKind.OPERATIVE, (citation_of(passage, source),), clause_id="c1")
    result = SearchResult("x", (hit(corpus, passage),), 2, words_only=False)
    (card,) = payload(corpus, result, draft=draft, target="c1")["hits"]
    assert (card["added"], card["citeLabel"]) == ("In the draft: operative clause 1", "Cite in operative clause 1")
    assert card["cited"]
    (card,) = payload(corpus, result, draft=draft)["hits"]
    assert (card["citeLabel"], card["cited"]) == ("Cite in the clause above", False)


def test_examples_are_offered_to_an_empty_draft_only() -> None:
    assert len(empty_payload()["examples"]) == 3
    assert empty_payload(examples=False)["examples"] == []


def test_every_region_has_a_colour_of_its_own(corpus: Corpus) -> None:
    colors = {source.region: color_of(source, corpus) for source in corpus.sources if source.region}
    assert len(set(colors.values())) == len(colors)
    assert congress_label(14) == "Fourteenth Congress"


@pytest.mark.parametrize("target", ["", "gone"])
def test_a_target_that_is_gone_sends_citations_to_the_typed_clause(corpus: Corpus, target: str) -> None:
    result = SearchResult("x", (hit(corpus, first(corpus)),), 2, words_only=False)
    (card,) = payload(corpus, result, draft=Draft("d"), target=target)["hits"]
    assert card["citeLabel"] == "Cite in the clause above"
