"""Making references: one put into a clause, and words that look like one made to follow the numbering.

Kept apart from `drafting.numbering`, which says what a reference prints and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.clauses import clause_of
from drafting.model import ClauseKind
from drafting.numbering import Numbering
from drafting.operations import edit_text
from drafting.references import Target, reference_text, references

if TYPE_CHECKING:
    from corpus.model import Span
    from drafting.model import Draft


def insert_reference(draft: Draft, clause_id: str, at: int, target: Target, *, number_only: bool = False) -> Draft:
    """Return the draft with a reference put into one clause, set apart from words by a space.

    Args:
        draft: The draft.
        clause_id: The clause that refers.
        at: Place in its stored text, in characters; a place inside another reference means the end of that.
        target: The clause or subparagraph that is referred to.
        number_only: Whether the number alone is printed.

    Raises:
        DraftError: A paragraph is not in the draft, the target is a heading, or the place is outside the text.
    """
    text = clause_of(draft, clause_id).text
    if not Numbering(draft).exists(target):
        raise DraftError("The paragraph referred to is not in the draft.", "Reload the draft and choose another.")
    if clause_of(draft, target.clause_id).kind is ClauseKind.HEADING:
        raise DraftError("A subheading has no number to refer to.", "Refer to a paragraph that stands under it.")
    if not 0 <= at <= len(text):
        raise DraftError(
            f"The clause has no place {at}, for it is {len(text)} characters long.", "Reload the draft and try again."
        )
    at = next((held.end for held in references(text) if held.start < at < held.end), at)
    before = " " if at and not text[at - 1].isspace() and text[at - 1] not in "([“" else ""
    after = " " if at < len(text) and text[at].isalnum() else ""
    token = reference_text(target, number_only=number_only)
    return edit_text(draft, clause_id, text[:at] + before + token + after + text[at:])


def make_live(draft: Draft, clause_id: str, span: Span) -> Draft:
    """Return the draft with words such as "paragraph 3 above" made a reference; the page reads as before.

    Args:
        draft: The draft.
        clause_id: The clause.
        span: Where the words stand in its stored text.

    Raises:
        DraftError: The words are no longer there, or no paragraph stands where they say.
    """
    text = clause_of(draft, clause_id).text
    for literal in Numbering(draft).literal_references(text, clause_id):
        if literal.span == span and literal.target is not None and literal.points_right:
            return edit_text(draft, clause_id, text[: span.start] + reference_text(literal.target) + text[span.end :])
    raise DraftError(
        "The words at this place no longer name a paragraph of the draft.", "Reload the draft and look at them again."
    )
