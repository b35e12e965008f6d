"""Every change that can be made to a draft, each a pure function from a draft to a new draft.

The layout of a declaration is kept here and nowhere else: the preamble stands before the operative part, headings
belong to the operative part, and a clause never leaves its part unless its kind is changed. What a change does not
name (text, citations and source text of the other clauses, the revision number) it leaves alone. Deliberately knows
nothing of files, revisions or screens: `drafting.store` keeps what these functions return.
"""

from __future__ import annotations

import re
import secrets
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.model import Citation, Clause, ClauseKind, Draft, Masthead, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_CLAUSE_ID = re.compile(r"[A-Za-z0-9]+")
_RELOAD = "Reload the draft: the clause may have been deleted elsewhere."


def designation(draft: Draft, clause_id: str) -> str:
    """Return what a drafter calls a clause, such as ``operative clause 3`` or ``heading 1``.

    Clauses are counted by kind from 1, as they are numbered in the printed draft. Meant for the summary of a revision
    ("Moved operative clause 3") and for error sentences.

    Raises:
        DraftError: The draft has no such clause.
    """
    position = _position(draft.clauses, clause_id)
    kind = draft.clauses[position].kind
    number = sum(clause.kind is kind for clause in draft.clauses[: position + 1])
    return f"heading {number}" if kind is ClauseKind.HEADING else f"{kind} clause {number}"


def add_clause(
    draft: Draft,
    text: str,
    kind: ClauseKind,
    citations: Iterable[Citation] = (),
    source_text: str = "",
    *,
    after: str | None = None,
    clause_id: str | None = None,
) -> Draft:
    """Return the draft with a new clause.

    Args:
        draft: The draft to add to.
        text: What the clause says; kept as it is.
        kind: What the clause is; it decides the part in which the clause stands.
        citations: Passages it rests on; of several citations of one passage the first is kept.
        source_text: Verbatim text it was taken from; empty when the drafter wrote it.
        after: Id of the clause it follows. When that clause stands in the other part, the new clause goes to the end of
            its own part that is nearest to it. None: the end of its part.
        clause_id: Id of the new clause, ASCII letters and digits only; None: a new random one.

    Raises:
        DraftError: The text is blank, `after` is unknown, or `clause_id` is taken or malformed.
    """
    _require_text(text)
    new_id = _new_id(draft) if clause_id is None else _checked_id(draft, clause_id)
    clause = Clause(id=new_id, kind=kind, text=text, citations=_one_per_passage(citations), source_text=source_text)
    position = len(draft.clauses) if after is None else _position(draft.clauses, after) + 1
    return replace(draft, clauses=_in_parts((*draft.clauses[:position], clause, *draft.clauses[position:])))


def edit_text(draft: Draft, clause_id: str, text: str) -> Draft:
    """Return the draft with another text in one clause; its citations and source text stay.

    Raises:
        DraftError: The clause is unknown or the text is blank.
    """
    clause = _clause(draft, clause_id)
    _require_text(text)
    return _with_clause(draft, replace(clause, text=text))


def delete_clause(draft: Draft, clause_id: str) -> Draft:
    """Return the draft without one clause.

    Raises:
        DraftError: The clause is unknown.
    """
    position = _position(draft.clauses, clause_id)
    return replace(draft, clauses=draft.clauses[:position] + draft.clauses[position + 1 :])


def move_clause(draft: Draft, clause_id: str, by: int) -> Draft:
    """Return the draft with one clause moved inside its part.

    Args:
        draft: The draft to change.
        clause_id: The clause to move.
        by: Places to move by: -1 is one up, 1 is one down.

    Raises:
        DraftError: The clause is unknown, or its part ends before it has moved that far.
    """
    clauses = list(_in_parts(draft.clauses))
    position = _position(clauses, clause_id)
    target = position + by
    clause = clauses[position]
    if not 0 <= target < len(clauses) or _part(clauses[target]) != _part(clause):
        part = "operative part" if _part(clause) else "preamble"
        edge = "above the first" if by < 0 else "below the last"
        raise DraftError(
            f"The {designation(draft, clause_id)} cannot be moved {edge} clause of the {part}.",
            "Change the kind of the clause to take it to the other part.",
        )
    clauses.insert(target, clauses.pop(position))
    return replace(draft, clauses=tuple(clauses))


def reorder(draft: Draft, clause_ids: Sequence[str]) -> Draft:
    """Return the draft with its clauses in another order.

    A clause that the order places inside the other part stops at the border of its own, which is where a drafter who
    drags it too far expects it.

    Args:
        draft: The draft to change.
        clause_ids: Every clause id of the draft, once each, in the new order.

    Raises:
        DraftError: An id is missing, unknown or repeated.
    """
    clauses = {clause.id: clause for clause in draft.clauses}
    if Counter(clause_ids) != Counter(clauses.keys()):
        raise DraftError(
            f"The new order names {len(clause_ids)} clauses, which are not the {len(clauses)} clauses of the draft.",
            "Reload the draft and put its clauses in order again.",
        )
    return replace(draft, clauses=_in_parts(clauses[clause_id] for clause_id in clause_ids))


def cite(draft: Draft, clause_id: str, citation: Citation) -> Draft:
    """Return the draft with a citation added to one clause; unchanged when the clause cites that passage already.

    Raises:
        DraftError: The clause is unknown.
    """
    clause = _clause(draft, clause_id)
    return _with_clause(draft, replace(clause, citations=_one_per_passage((*clause.citations, citation))))


def uncite(draft: Draft, clause_id: str, passage_id: str) -> Draft:
    """Return the draft with the citation of a passage taken from one clause.

    Raises:
        DraftError: The clause is unknown or does not cite the passage.
    """
    clause = _clause(draft, clause_id)
    kept = tuple(citation for citation in clause.citations if citation.passage_id != passage_id)
    if kept == clause.citations:
        raise DraftError(
            f"The {designation(draft, clause_id)} does not cite {passage_id}.",
            "Reload the draft: the citation may have been removed elsewhere.",
        )
    return _with_clause(draft, replace(clause, citations=kept))


def set_kind(draft: Draft, clause_id: str, kind: ClauseKind) -> Draft:
    """Return the draft with one clause made preambular, operative or a heading.

    A clause that changes its part goes to the end of the other part that is nearest to it: the end of the preamble, or
    the beginning of the operative part.

    Raises:
        DraftError: The clause is unknown.
    """
    changed = _with_clause(draft, replace(_clause(draft, clause_id), kind=kind))
    return replace(changed, clauses=_in_parts(changed.clauses))


def set_title(draft: Draft, title: str) -> Draft:
    """Return the draft with another title.

    Raises:
        DraftError: The title is blank.
    """
    if not title.strip():
        raise DraftError("A draft cannot be without a title.", "Write a title, or keep the one it has.")
    return replace(draft, title=title)


def set_style(draft: Draft, style: Style) -> Draft:
    """Return the draft with its operative clauses in another style."""
    return replace(draft, style=style)


def set_masthead(draft: Draft, masthead: Masthead) -> Draft:
    """Return the draft with another masthead."""
    return replace(draft, masthead=masthead)


def new_draft_id() -> str:
    """Return an unguessable id of 128 bits that no command line takes for an option."""
    while (new := secrets.token_urlsafe(16)).startswith("-"):
        pass
    return new


def _part(clause: Clause) -> int:
    """Return 0 for a clause of the preamble and 1 for one of the operative part."""
    return 0 if clause.kind is ClauseKind.PREAMBULAR else 1


def _in_parts(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    # The sort is stable, so that clauses of one part keep their order and a stray one stops at the nearest border.
    return tuple(sorted(clauses, key=_part))


def _position(clauses: Sequence[Clause], clause_id: str) -> int:
    for position, clause in enumerate(clauses):
        if clause.id == clause_id:
            return position
    raise DraftError(f"The draft has no clause with the id {clause_id!r}.", _RELOAD)


def _clause(draft: Draft, clause_id: str) -> Clause:
    return draft.clauses[_position(draft.clauses, clause_id)]


def _with_clause(draft: Draft, changed: Clause) -> Draft:
    return replace(draft, clauses=tuple(changed if clause.id == changed.id else clause for clause in draft.clauses))


def _one_per_passage(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    first: dict[str, Citation] = {}
    for citation in citations:
        first.setdefault(citation.passage_id, citation)
    return tuple(first.values())


def _require_text(text: str) -> None:
    if not text.strip():
        raise DraftError("A clause cannot be empty.", "Write its text, or delete the clause.")


def _new_id(draft: Draft) -> str:
    # Deleted ids are unknown here; with 48 random bits one does not come back. A Word bookmark starts with a letter.
    taken = {clause.id for clause in draft.clauses}
    while (clause_id := f"c{secrets.token_hex(6)}") in taken:
        pass
    return clause_id


def _checked_id(draft: Draft, clause_id: str) -> str:
    if not _CLAUSE_ID.fullmatch(clause_id):
        raise DraftError(
            f"{clause_id!r} cannot be the id of a clause.", "Use letters and digits only, or leave the id out."
        )
    if any(clause.id == clause_id for clause in draft.clauses):
        raise DraftError(
            f"The draft has a clause with the id {clause_id!r} already.", "Use another id, or leave the id out."
        )
    return clause_id
