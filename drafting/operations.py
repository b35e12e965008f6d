"""The plain changes of a draft (add, edit, move, delete, cite), each a pure function from a draft to a new draft.

A clause never leaves its part unless its kind is changed. What a change does not name (text, citations and source text
of the other clauses, the revision number) it leaves alone. Splitting, merging and indenting are in
`drafting.restructuring`, states and alternatives in `drafting.negotiation`. Deliberately knows nothing of files,
revisions or screens: `drafting.store` keeps what these functions return.
"""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.clauses import (
    checked_id,
    clause_of,
    in_parts,
    one_per_passage,
    part_of,
    position_of,
    require_text,
    reworded,
    with_clause,
)
from drafting.model import Citation, Clause, ClauseKind, Draft, Masthead, Style
from drafting.references import moved_lines, redirected

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def designation(draft: Draft, clause_id: str) -> str:
    """Return what a drafter calls a clause, such as ``operative clause 3`` or ``heading 1``.

    Clauses are counted by kind from 1, as they are numbered in the printed draft. Meant for the summary of a revision
    ("Moved operative clause 3") and for error sentences.

    Raises:
        DraftError: The draft has no such clause.
    """
    position = position_of(draft.clauses, clause_id)
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
    taken_text: str = "",
    proposer: str = "",
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
        taken_text: Wording it begins with, when that is a suggestion made from the source text; else empty.
        proposer: Who proposes it; empty when nobody is named.

    Raises:
        DraftError: The text is blank, `after` is unknown, or `clause_id` is taken or malformed.
    """
    require_text(text)
    clause = Clause(
        id=checked_id(draft, clause_id),
        kind=kind,
        text=text,
        citations=one_per_passage(citations),
        source_text=source_text,
        taken_text=taken_text,
        proposer=proposer,
    )
    position = len(draft.clauses) if after is None else position_of(draft.clauses, after) + 1
    return replace(draft, clauses=in_parts((*draft.clauses[:position], clause, *draft.clauses[position:])))


def edit_text(draft: Draft, clause_id: str, text: str) -> Draft:
    """Return the draft with another text in one clause; its citations and source text stay.

    A clause that was agreed is open again when its words change. References to its subparagraphs follow them to their
    new labels.

    Raises:
        DraftError: The clause is unknown or the text is blank.
    """
    clause = clause_of(draft, clause_id)
    require_text(text)
    return with_clause(redirected(draft, moved_lines(clause, text)), reworded(clause, text))


def delete_clause(draft: Draft, clause_id: str) -> Draft:
    """Return the draft without one clause.

    Raises:
        DraftError: The clause is unknown.
    """
    position = position_of(draft.clauses, clause_id)
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
    clauses = list(in_parts(draft.clauses))
    position = position_of(clauses, clause_id)
    target = position + by
    clause = clauses[position]
    if not 0 <= target < len(clauses) or part_of(clauses[target]) != part_of(clause):
        part = "operative part" if part_of(clause) else "preamble"
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
    return replace(draft, clauses=in_parts(clauses[clause_id] for clause_id in clause_ids))


def cite(draft: Draft, clause_id: str, citation: Citation) -> Draft:
    """Return the draft with a citation added to one clause; unchanged when the clause cites that passage already.

    Raises:
        DraftError: The clause is unknown.
    """
    clause = clause_of(draft, clause_id)
    return with_clause(draft, replace(clause, citations=one_per_passage((*clause.citations, citation))))


def uncite(draft: Draft, clause_id: str, passage_id: str) -> Draft:
    """Return the draft with the citation of a passage taken from one clause.

    Raises:
        DraftError: The clause is unknown or does not cite the passage.
    """
    clause = clause_of(draft, clause_id)
    kept = tuple(citation for citation in clause.citations if citation.passage_id != passage_id)
    if kept == clause.citations:
        raise DraftError(
            f"The {designation(draft, clause_id)} does not cite {passage_id}.",
            "Reload the draft: the citation may have been removed elsewhere.",
        )
    return with_clause(draft, replace(clause, citations=kept))


def set_kind(draft: Draft, clause_id: str, kind: ClauseKind) -> Draft:
    """Return the draft with one clause made preambular, operative or a heading.

    A clause that changes its part goes to the end of the other part that is nearest to it: the end of the preamble, or
    the beginning of the operative part.

    Raises:
        DraftError: The clause is unknown.
    """
    changed = with_clause(draft, replace(clause_of(draft, clause_id), kind=kind))
    return replace(changed, clauses=in_parts(changed.clauses))


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
