"""Texts as they stand on a screen, and the places in them, carried over to the texts as they are stored.

A screen shows references as words, and shows a draft as it was a moment ago. What a person typed there, or where their
caret stood, is carried over here to the draft as it is now, or found to mean something that is no longer there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.clauses import clause_of
from drafting.numbering import Numbering

if TYPE_CHECKING:
    from drafting.model import Draft


def shown_text(draft: Draft, clause_id: str) -> str:
    """Return the text of a clause as a reader sees it.

    Raises:
        DraftError: The draft has no such clause.
    """
    return Numbering(draft).shown(clause_of(draft, clause_id).text, clause_id)


def stored_edit(draft: Draft, on_screen: Draft, clause_id: str, before: str, text: str) -> str | None:
    """Return what is to be stored for a clause that was edited on a screen.

    Args:
        draft: The draft as it is now; it has the clause.
        on_screen: The draft as it was on the screen, by whose numbers references were shown.
        clause_id: The clause.
        before: Its text on the screen before the edit.
        text: Its text on the screen after it.

    Returns:
        The text to store; None when the clause says something else by now, so that both texts should be shown.
    """
    now = clause_of(draft, clause_id).text
    held = {clause.id: clause.text for clause in on_screen.clauses}.get(clause_id)
    if held == now and Numbering(on_screen).shown(now, clause_id) == before:
        return Numbering(on_screen).stored(now, text, clause_id)
    numbering = Numbering(draft)
    shown = numbering.shown(now, clause_id)
    if shown == text:
        return now
    return numbering.stored(now, text, clause_id) if shown == before else None


def stored_place(draft: Draft, clause_id: str, text: str, at: int) -> int:
    """Return the place in a stored text that a place in the text on a screen stands for.

    Args:
        draft: The draft as it is now.
        clause_id: The clause.
        text: Its text on the screen. Where it differs from what is shown now on one side of the place only, such as in
            the number of a paragraph referred to, the place is found by the other side.
        at: The place, in characters.

    Raises:
        DraftError: The clause is unknown, or reads differently on both sides of the place.
    """
    shown = shown_text(draft, clause_id)
    if shown[:at] != text[:at]:
        rest = len(text) - at
        if at > len(text) or rest > len(shown) or shown[len(shown) - rest :] != text[at:]:
            raise DraftError(
                "The clause reads differently by now, so the place in it is not certain.",
                "Look at the clause as it is now and try again.",
            )
        at = len(shown) - rest
    return Numbering(draft).stored_offset(clause_of(draft, clause_id).text, clause_id, at)
