"""A draft as the rules read it: every wording once, with its place, its numbers and the way back for a fix.

What several rules need is worked out here once, so that a check is linear in the length of the draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.clauses import clause_of
from drafting.lint.finding import WHOLE, Finding, Fix, Severity
from drafting.model import Citation, Clause, ClauseKind, Draft
from drafting.negotiation import edit_alternative
from drafting.numbering import Numbering
from drafting.operations import edit_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import Span


@dataclass(frozen=True, slots=True)
class Wording:
    """A text that stands in the draft: that of a clause, or of an alternative to it.

    Attributes:
        clause: The clause.
        alternative_id: The alternative; empty for the clause's own text.
        text: The stored text.
        citations: What the text rests on.
        is_last: Whether the clause is the last operative one, which ends with a full stop in a resolution too.
    """

    clause: Clause
    alternative_id: str
    text: str
    citations: tuple[Citation, ...]
    is_last: bool

    @property
    def is_heading(self) -> bool:
        """Whether it is a subheading."""
        return self.clause.kind is ClauseKind.HEADING

    def finding(
        self, rule: str, severity: Severity, sentence: str, span: Span | None = None, fix: Fix | None = None
    ) -> Finding:
        """Return a finding at this text."""
        place = WHOLE if span is None else span
        return Finding(rule, severity, sentence, self.clause.id, place, self.alternative_id, fix=fix)

    def rewrite(self, label: str, text: str) -> Fix:
        """Return a fix that gives this wording another text, as long as it still has the one that was read."""

        def apply(draft: Draft) -> Draft:
            clause = clause_of(draft, self.clause.id)
            texts = {"": clause.text} | {other.id: other.text for other in clause.alternatives}
            if texts.get(self.alternative_id) != self.text:
                raise DraftError(
                    "The clause was changed since it was checked.", "Look at the clause as it is now and try again."
                )
            if self.alternative_id:
                return edit_alternative(draft, self.clause.id, self.alternative_id, text)
            return edit_text(draft, self.clause.id, text)

        return Fix(label, apply)


class Reading:
    """One draft, read once."""

    def __init__(self, draft: Draft) -> None:
        """Read a draft.

        Args:
            draft: The draft.
        """
        self.draft = draft
        self.numbering = Numbering(draft)
        self.wordings = tuple(_wordings(draft))


def _wordings(draft: Draft) -> Iterator[Wording]:
    operative = [clause.id for clause in draft.clauses if clause.kind is ClauseKind.OPERATIVE]
    for clause in draft.clauses:
        is_last = clause.id in operative[-1:]
        yield Wording(clause, "", clause.text, clause.citations, is_last)
        for other in clause.alternatives:
            yield Wording(clause, other.id, other.text, other.citations, is_last)
