"""The closing mark: what it replaces, what it respects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.punctuation import COLON, COMMA, FULL_STOP, SEMICOLON, close, joins_the_next


@pytest.mark.parametrize(
    ("text", "mark", "closed"),
    [
        ("We urge States", FULL_STOP, "We urge States."),
        ("We urge States;", FULL_STOP, "We urge States."),
        ("We urge States; and", FULL_STOP, "We urge States."),
        ("We urge States, or ", SEMICOLON, "We urge States;"),
        ("We urge States; and/or", COMMA, "We urge States,"),
        ("Recalling its resolution.", COMMA, "Recalling its resolution,"),
        ("Recalling its resolution .,; ", COMMA, "Recalling its resolution,"),
        ("crime and", FULL_STOP, "crime and."),
        ("the land", FULL_STOP, "the land."),
        ("including the following:", FULL_STOP, "including the following:"),
        ("as follows —", SEMICOLON, "as follows —"),
        ("We recommend that strategies;", COLON, "We recommend that strategies:"),
        ("What has been done?", COMMA, "What has been done?"),
        ("held in Beirut (Lebanon)", SEMICOLON, "held in Beirut (Lebanon);"),
        ("held in Beirut (Lebanon, etc.)", FULL_STOP, "held in Beirut (Lebanon, etc.)."),
        ("(See the annex.)", FULL_STOP, "(See the annex.)"),
        ("entitled “Advancing crime prevention”.", COMMA, "entitled “Advancing crime prevention”,"),
        ("said “We must act.”", FULL_STOP, "said “We must act.”"),
        ("said “We must act.”", SEMICOLON, "said “We must act.”;"),
        ("We urge [all States;]", FULL_STOP, "We urge [all States]."),
        ("We urge [all States.]", SEMICOLON, "We urge [all States];"),
        ("firearms, drugs, etc.", SEMICOLON, "firearms, drugs, etc.;"),
        ("firearms, drugs, etc.", FULL_STOP, "firearms, drugs, etc."),
        ("and so on ...", FULL_STOP, "and so on ..."),
        ("and so on…", SEMICOLON, "and so on…;"),
        ("the States’", FULL_STOP, "the States’."),
        ("", FULL_STOP, ""),
        (" . ", COMMA, " . "),
    ],
)
def test_a_text_is_closed_by_the_mark_of_its_place(text: str, mark: str, closed: str) -> None:
    assert close(text, mark) == closed


@given(
    text=st.lists(st.sampled_from([*"abc.,;:?!)]”…— ", " and", "; or", "etc."])).map("".join),
    mark=st.sampled_from([COMMA, SEMICOLON, FULL_STOP, COLON]),
)
def test_closing_twice_closes_once_and_never_touches_a_letter(text: str, mark: str) -> None:
    closed = close(text, mark)

    assert close(closed, mark) == closed
    assert words(closed) == words(text)


def words(text: str) -> list[str]:
    """Return the words of a text, without the "and" and "or" that a closing mark replaces."""
    spaced = "".join(character if character.isalpha() else " " for character in text)
    return [word for word in spaced.split() if word not in ("and", "or")]


@pytest.mark.parametrize(
    ("text", "joins"),
    [("foo; and", True), ("foo, or;", True), ("foo and", False), ("foo;", False), ("", False)],
)
def test_a_joining_word_counts_after_a_comma_or_semicolon(text: str, joins: bool) -> None:
    assert joins_the_next(text) is joins
