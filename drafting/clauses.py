"""Finding a clause in a draft and putting changed clauses back: what every operation on a draft is made of.

The order of a declaration is kept here: the preamble stands before the operative part, and headings belong to the
operative part. This module knows no single operation; those are in `drafting.operations`, `drafting.restructuring` and
`drafting.negotiation`.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.model import Citation, Clause, ClauseKind, ClauseState, Draft
from drafting.wording import same_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CLAUSE_ID = re.compile(r"[A-Za-z0-9]+")
_RELOAD = "Reload the draft: the clause may have been deleted elsewhere."


def part_of(clause: Clause) -> int:
    """Return 0 for a clause of the preamble and 1 for one of the operative part."""
    return 0 if clause.kind is ClauseKind.PREAMBULAR else 1


def in_parts(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """Return clauses with the preamble first; a stray one stops at the nearest border of its own part."""
    return tuple(sorted(clauses, key=part_of))  # stable: clauses of one part keep their order


def position_of(clauses: Sequence[Clause], clause_id: str) -> int:
    """Return the index of a clause.

    Raises:
        DraftError: There is no such clause.
    """
    for position, clause in enumerate(clauses):
        if clause.id == clause_id:
            return position
    raise DraftError(f"The draft has no clause with the id {clause_id!r}.", _RELOAD)


def clause_of(draft: Draft, clause_id: str) -> Clause:
    """Return the clause with an id.

    Raises:
        DraftError: There is no such clause.
    """
    return draft.clauses[position_of(draft.clauses, clause_id)]


def with_clause(draft: Draft, changed: Clause) -> Draft:
    """Return the draft with a clause in place of the one that has its id."""
    return replace(draft, clauses=tuple(changed if clause.id == changed.id else clause for clause in draft.clauses))


def reworded(clause: Clause, text: str) -> Clause:
    """Return the clause with another text: open again, unless only spaces, labels and closing marks are different."""
    state = clause.state if same_words(clause.text, text) else ClauseState.OPEN
    return replace(clause, text=text, state=state)


def one_per_passage(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations, of several citations of one passage the first."""
    first: dict[str, Citation] = {}
    for citation in citations:
        first.setdefault(citation.passage_id, citation)
    return tuple(first.values())


def require_text(text: str) -> None:
    """Refuse a text without a word or sign in it.

    Raises:
        DraftError: The text is blank.
    """
    if not text.strip():
        raise DraftError("A clause cannot be empty.", "Write its text, or delete the clause.")


def new_id(draft: Draft) -> str:
    """Return a random id that no clause and no alternative of the draft has."""
    # Deleted ids are unknown here; with 48 random bits one does not come back. A Word bookmark starts with a letter.
    taken = taken_ids(draft)
    while (made := f"c{secrets.token_hex(6)}") in taken:
        pass
    return made


def checked_id(draft: Draft, wanted: str | None) -> str:
    """Return the id that a new clause or alternative is to have; a new random one when none is asked for.

    Raises:
        DraftError: The id is malformed, or taken.
    """
    if wanted is None:
        return new_id(draft)
    if not _CLAUSE_ID.fullmatch(wanted):
        raise DraftError(
            f"{wanted!r} cannot be the id of a clause.", "Use letters and digits only, or leave the id out."
        )
    if wanted in taken_ids(draft):
        raise DraftError(
            f"The draft has a clause with the id {wanted!r} already.", "Use another id, or leave the id out."
        )
    return wanted


def taken_ids(draft: Draft) -> frozenset[str]:
    """Return the ids of all clauses and alternatives."""
    alternatives = (alternative.id for clause in draft.clauses for alternative in clause.alternatives)
    return frozenset((*(clause.id for clause in draft.clauses), *alternatives))
