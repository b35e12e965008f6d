"""The wordings that a card offers, and what each becomes in the draft."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.errors import DraftError
from corpus.model import Corpus, Kind, Passage, Standing
from drafting.model import Style
from drafting.phrasing.rules import IN_SHORT, RULES
from ui.wordings import OWN_WORDS, default_wording, suggested, wording_of, wordings

RECOMMENDED = "The Meeting recommended that Member States strengthen their cooperation."
REPORTED = "Crime was increasing."
HOSTILE = "The Meeting recommended the adoption of <b>$x^2$</b> [l](javascript:1) measures."


@pytest.fixture
def passage(corpus: Corpus) -> Passage:
    found = next(each for each in corpus.passages if each.kind is Kind.RECOMMENDATION)
    return replace(found, standing=Standing.RECOMMENDED, text=RECOMMENDED)


@pytest.mark.parametrize(
    ("key", "style", "text", "taken"),
    [
        (OWN_WORDS, Style.DECLARATION, RECOMMENDED, False),
        ("0", Style.DECLARATION, "We call upon Member States to strengthen their cooperation.", True),
        ("0", Style.RESOLUTION, "Calls upon Member States to strengthen their cooperation;", True),
    ],
)
def test_what_is_added_is_the_passage_or_its_suggestion_with_the_sentence_it_was_made_from(
    passage: Passage, key: str, style: Style, text: str, taken: bool
) -> None:
    worded = wording_of(passage, key, style)
    assert (worded.text, worded.source_text) == (text, RECOMMENDED)
    assert worded.taken_text == (text if taken else "")


@pytest.mark.parametrize("key", ["1", "-1", "", "own ", "0 ", "00", "<b>"])
def test_a_wording_that_was_not_offered_is_refused(passage: Passage, key: str) -> None:
    with pytest.raises(DraftError, match="no such suggestion"):
        wording_of(passage, key, Style.DECLARATION)


def test_a_declined_sentence_says_why_and_cannot_be_added(passage: Passage) -> None:
    report = replace(passage, text=f"{REPORTED} {RECOMMENDED}")
    own, declined, worded = wordings(report, Style.DECLARATION, suggests=False)["offered"]
    assert own["title"] == "Own words, all 2 sentences"
    assert own["text"] == report.text
    assert declined["declined"].startswith("No suggestion. It reports nothing")
    assert (declined["text"], declined["notes"], declined["rules"]) == ("", [], "")
    assert (declined["source"], worded["source"]) == (REPORTED, RECOMMENDED)
    assert worded["title"] == "Suggested for a declaration · sentence 2"
    with pytest.raises(DraftError):
        wording_of(report, "0", Style.DECLARATION)
    assert wording_of(report, "1", Style.DECLARATION).source_text == RECOMMENDED


@pytest.mark.parametrize(
    ("text", "suggests", "expected"),
    [
        (RECOMMENDED, False, OWN_WORDS),
        (RECOMMENDED, True, "0"),
        (REPORTED, True, OWN_WORDS),
        (f"{REPORTED} {RECOMMENDED}", True, OWN_WORDS),
    ],
)
def test_one_click_adds_a_suggestion_only_where_it_is_wanted_and_stands_for_the_whole_passage(
    passage: Passage, text: str, suggests: bool, expected: str
) -> None:
    passage = replace(passage, text=text)
    assert default_wording(passage, suggests=suggests) == expected
    assert wordings(passage, Style.DECLARATION, suggests=suggests)["chosen"] == expected


def test_a_suggestion_names_its_rules_and_what_to_check(passage: Passage) -> None:
    assert set(IN_SHORT) == set(RULES)
    offered = wordings(replace(passage, text=HOSTILE), Style.DECLARATION, suggests=False)["offered"][1]
    assert "noun of action, “recommended the adoption of” → “we call upon Member States to adopt”" in offered["rules"]
    assert offered["notes"] == ["Check: The source names nobody: “Member States” is supplied, confirm it."]
    assert offered["text"] == "We call upon Member States to adopt <b>$x^2$</b> [l](javascript:1) measures."


def test_a_preambular_passage_is_offered_in_its_own_words_only(passage: Passage) -> None:
    offered = wordings(replace(passage, kind=Kind.PREAMBULAR), Style.RESOLUTION, suggests=True)["offered"]
    assert [bool(each["declined"]) for each in offered] == [False, True]


def test_every_wording_offered_by_the_documents_can_be_added_as_it_is_shown(corpus: Corpus) -> None:
    for passage in corpus.passages:
        for offered in wordings(passage, Style.RESOLUTION, suggests=True)["offered"]:
            if not offered["declined"]:
                worded = wording_of(passage, offered["key"], Style.RESOLUTION)
                assert worded.text == offered["text"]
                assert worded.source_text in passage.text
        assert suggested(passage) is suggested(passage)
