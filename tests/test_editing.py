"""From the text on a screen back to the text that is stored."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DraftError
from drafting.clauses import clause_of
from drafting.editing import shown_text, stored_edit, stored_place
from drafting.model import ClauseKind, Draft
from drafting.operations import add_clause, delete_clause, edit_text, move_clause


def draft_of(*texts: str) -> Draft:
    draft = Draft("d")
    for at, text in enumerate(texts, start=1):
        draft = add_clause(draft, text, ClauseKind.OPERATIVE, clause_id=f"c{at}")
    return draft


def test_an_edit_keeps_its_reference_although_the_number_was_another_on_the_screen() -> None:
    screen = draft_of("One", "Two", "See {¶c1}")
    before = shown_text(screen, "c3")
    now = move_clause(screen, "c1", 1)
    assert before == "See paragraph 1 above"
    assert stored_edit(now, screen, "c3", before, f"{before} again") == "See {¶c1} again"


def test_an_edit_of_what_somebody_else_changed_is_no_edit() -> None:
    screen = draft_of("One", "Two")
    now = edit_text(screen, "c2", "Three")
    assert stored_edit(now, screen, "c2", "Two", "Two and more") is None
    assert stored_edit(now, screen, "c2", "Two", "Three") == "Three"


def test_a_second_edit_starts_from_the_first_although_the_screen_has_not_seen_it() -> None:
    screen = draft_of("One", "See {¶c1}")
    now = edit_text(screen, "c2", "See {¶c1} now")
    assert stored_edit(now, screen, "c2", "See paragraph 1 above now", "Do see paragraph 1 above now") == (
        "Do see {¶c1} now"
    )


def test_an_edit_of_a_clause_that_came_after_the_screen_was_drawn_is_read_by_the_numbers_of_now() -> None:
    now = draft_of("One", "See {¶c1}")
    assert stored_edit(now, delete_clause(now, "c2"), "c2", "See paragraph 1 above", "See [[1]]") == "See {¶c1}"


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("See paragraph 1 above, and act", 0, 0),
        ("See paragraph 1 above, and act", 23, 11),  # after the comma's space
        ("See paragraph 7 above, and act", 23, 11),  # another number on the screen: found from the end
        ("See paragraph 1 above, and so on", 3, 3),  # another end on the screen: found from the beginning
    ],
)
def test_a_place_on_the_screen_is_found_in_the_stored_text(text: str, at: int, expected: int) -> None:
    assert stored_place(draft_of("One", "See {¶c1}, and act"), "c2", text, at) == expected


@pytest.mark.parametrize(("text", "at"), [("Else", 2), ("One", 9), ("", 1)])
def test_a_place_in_another_text_is_refused(text: str, at: int) -> None:
    with pytest.raises(DraftError, match="reads differently"):
        stored_place(draft_of("One two"), "c1", text, at)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(str.strip), st.data())
def test_every_place_of_a_plain_text_is_itself(text: str, data: st.DataObject) -> None:
    draft = draft_of(text)
    at = data.draw(st.integers(0, len(text)))
    assert stored_place(draft, "c1", shown_text(draft, "c1"), at) == at
    assert stored_edit(draft, draft, "c1", shown_text(draft, "c1"), f"{text}!") == f"{text}!"
    assert clause_of(draft, "c1").text == text
