"""Splitting, merging and indenting: the changes that make two paragraphs of one, or one of two.

Provenance is never lost here: both halves of a split clause keep every citation and the source text, and what is joined
unites both. What two clauses become is open to negotiation again, and references follow a paragraph to where its words
are now. Deliberately knows nothing of keys and screens; `indent` and `outdent` are what Tab and Shift+Tab call.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.characters import LINE_BREAK, printable
from drafting.clauses import checked_id, clause_of, one_per_passage, position_of, require_text
from drafting.lines import DEEPEST, Line, labelled, level_of, outline, paths
from drafting.model import Clause, ClauseKind, ClauseState, Draft
from drafting.operations import designation
from drafting.references import Target, redirected, references

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_START = re.compile(r"[ \t]*(?:\([a-z]{1,7}\)[ \t]*)?")
_BETWEEN_NAMES = ", "


def split_clause(draft: Draft, clause_id: str, at: int, *, new_clause_id: str | None = None) -> Draft:
    """Return the draft with one clause made two at a place in its text.

    Both keep the citations, the source text and the proposer; the alternatives stay with the first, which keeps the id.
    A subparagraph at which the text is split becomes the lead of the new clause, and those after it follow it.

    Args:
        draft: The draft.
        clause_id: The clause.
        at: Place in its stored text, in characters. Inside a reference it means the end of the reference, and inside or
            right after the label of a subparagraph it means the beginning of the line.
        new_clause_id: Id of the second clause; None: a new random one.

    Raises:
        DraftError: The clause is unknown, or nothing would be left on one side.
    """
    clause = clause_of(draft, clause_id)
    at = _splitting_place(clause.text, at)
    head, tail = printable(clause.text[:at]).lines, printable(clause.text[at:]).lines
    if not head or not tail:
        raise DraftError(
            f"The {designation(draft, clause_id)} cannot be split at its {'end' if head else 'beginning'}.",
            "Place the cursor between two words of the clause.",
        )
    lines = outline(clause.text)
    inside_a_line = len(head) + len(tail) > len(lines)
    rest = lines[len(lines) - len(tail) :]
    first = tail[0] if inside_a_line else rest[0].text
    require_text(first)  # a subparagraph may have a label and nothing else
    tail_lines = [(0, first), *((level_of(line), line.text) for line in rest[1:])]
    new_id = checked_id(draft, new_clause_id)
    old = replace(clause, text=clause.text[:at].rstrip(), state=ClauseState.OPEN)
    new = replace(clause, id=new_id, text=labelled(tail_lines), state=ClauseState.OPEN, alternatives=())
    moves = _moves(clause_id, paths(lines)[len(lines) - len(rest) :], new)
    if inside_a_line:  # the line that was cut is still where it was
        moves = {place: now for place, now in moves.items() if place.path != paths(lines)[len(lines) - len(rest)]}
    return redirected(_in_place_of(draft, (clause_id,), old, new), moves)


def merge_with_next(draft: Draft, clause_id: str) -> Draft:
    """Return the draft with a clause and the one that follows it made one, under the id of the first.

    A text of one line goes on in the same line; after subparagraphs it goes on in a line of its own.

    Raises:
        DraftError: The clause is unknown, or no clause of its kind follows.
    """
    position = position_of(draft.clauses, clause_id)
    clause = draft.clauses[position]
    following = draft.clauses[position + 1] if position + 1 < len(draft.clauses) else None
    if following is None or following.kind is not clause.kind:
        raise DraftError(
            f"The {designation(draft, clause_id)} has no {clause.kind} clause right after it to be merged with.",
            "Move the two clauses next to each other first.",
        )
    above, below = outline(clause.text), outline(following.text)
    if len(above) == 1:
        lead = f"{above[0].text} {below[0].text}".strip()
        lines = [(0, lead), *((level_of(line), line.text) for line in below[1:])]
    else:
        lines = [(level_of(line), line.text) for line in (*above, *below)]
    merged = replace(united(clause, following), text=labelled(lines))
    moves = _moves(following.id, paths(below), merged)
    moves[Target(following.id)] = Target(clause_id)
    return redirected(_in_place_of(draft, (clause_id, following.id), merged), moves)


def indent(draft: Draft, clause_id: str, line: int = 0) -> Draft:
    """Return the draft with a line one level deeper.

    Line 0 stands for the clause: it becomes the last subparagraph of the clause above, and its own subparagraphs go one
    level deeper with it. Another line becomes a subparagraph, or a subparagraph of the one above it.

    Args:
        draft: The draft.
        clause_id: The clause.
        line: Line of the clause, counted from 0 as `drafting.lines.outline` gives them.

    Raises:
        DraftError: The clause or line is unknown, there is nothing above to belong to, or it would be too deep.
    """
    if line == 0:
        return _made_subparagraph(draft, clause_id)
    clause, lines = _line_of(draft, clause_id, line)
    level = level_of(lines[line])
    above = [level_of(other) for other in lines[1:line]]
    if level == DEEPEST or (level == 1 and not any(above)):
        raise DraftError(
            f"This line of the {designation(draft, clause_id)} cannot go deeper.",
            "Subparagraphs have two levels, and the second stands under a line of the first.",
        )
    levels = [(level_of(other) + (at == line), other.text) for at, other in enumerate(lines)]
    return _with_levels(draft, clause, lines, levels)


def outdent(draft: Draft, clause_id: str, line: int, *, new_clause_id: str | None = None) -> Draft:
    """Return the draft with a line of a clause one level higher.

    A line of the second level becomes one of the first. Any other becomes a clause of its own after this one, along
    with what stands under it; the list that it leaves stays whole. Both clauses keep citations and source text.

    Args:
        draft: The draft.
        clause_id: The clause.
        line: Line of the clause, from 1.
        new_clause_id: Id of the clause that is made; None: a new random one.

    Raises:
        DraftError: The clause or line is unknown, or the line is the lead of its clause.
    """
    if line == 0:
        raise DraftError(
            f"The {designation(draft, clause_id)} is a paragraph already and cannot go higher.",
            "Outdent one of its subparagraphs, or make it a subheading.",
        )
    clause, lines = _line_of(draft, clause_id, line)
    if level_of(lines[line]) == DEEPEST:
        levels = [(level_of(other) - (at == line), other.text) for at, other in enumerate(lines)]
        return _with_levels(draft, clause, lines, levels)
    require_text(lines[line].text)
    end = line + 1
    while end < len(lines) and level_of(lines[line]) == 1 and level_of(lines[end]) == DEEPEST:
        end += 1
    taken = [(level_of(other) - 1, other.text) for other in lines[line:end]]
    kept = (*lines[:line], *lines[end:])
    old = replace(clause, text=labelled([(level_of(other), other.text) for other in kept]), state=ClauseState.OPEN)
    new = replace(
        clause,
        id=checked_id(draft, new_clause_id),
        text=labelled(taken),
        state=ClauseState.OPEN,
        alternatives=(),
    )
    old_paths = paths(lines)
    moves = _moves(clause_id, old_paths[line:end], new)
    moves |= _moves(clause_id, (*old_paths[:line], *old_paths[end:]), old)
    return redirected(_in_place_of(draft, (clause_id,), old, new), moves)


def _made_subparagraph(draft: Draft, clause_id: str) -> Draft:
    position = position_of(draft.clauses, clause_id)
    clause = draft.clauses[position]
    above = draft.clauses[position - 1] if position else None
    if above is None or above.kind is not clause.kind or clause.kind is ClauseKind.HEADING:
        raise DraftError(
            f"The {designation(draft, clause_id)} has no clause right above it that it could be a subparagraph of.",
            "Move it under the clause that it belongs to first.",
        )
    lines = outline(clause.text)
    if any(level_of(line) == DEEPEST for line in lines):
        raise DraftError(
            f"The {designation(draft, clause_id)} has subparagraphs on two levels and cannot go deeper.",
            "Outdent those of the second level first.",
        )
    upper = outline(above.text)
    levels = [(level_of(line), line.text) for line in upper]
    levels += [(level_of(line) + 1 if at == 0 or line.label else 0, line.text) for at, line in enumerate(lines)]
    merged = replace(united(above, clause), text=labelled(levels))
    moves = _moves(clause_id, paths(lines), merged)
    moves[Target(clause_id)] = Target(above.id, paths(outline(merged.text))[len(upper)])
    return redirected(_in_place_of(draft, (above.id, clause_id), merged), moves)


def _with_levels(draft: Draft, clause: Clause, lines: Sequence[Line], levels: list[tuple[int, str]]) -> Draft:
    """Return the draft with the lines of a clause at other levels; the words stay, and so does its state."""
    changed = replace(clause, text=labelled(levels))
    return redirected(_in_place_of(draft, (clause.id,), changed), _moves(clause.id, paths(tuple(lines)), changed))


def _moves(clause_id: str, old: Sequence[tuple[str, ...]], now: Clause) -> dict[Target, Target]:
    """Return where the lines went that had the paths `old` in a clause, and are the last lines of the clause `now`."""
    new = paths(outline(now.text))
    new = new[len(new) - len(old) :]
    return {Target(clause_id, path): Target(now.id, new_path) for path, new_path in zip(old, new, strict=True) if path}


def _in_place_of(draft: Draft, clause_ids: tuple[str, ...], *clauses: Clause) -> Draft:
    """Return the draft with clauses in place of some that stand one after the other."""
    position = position_of(draft.clauses, clause_ids[0])
    return replace(draft, clauses=(*draft.clauses[:position], *clauses, *draft.clauses[position + len(clause_ids) :]))


def _line_of(draft: Draft, clause_id: str, line: int) -> tuple[Clause, tuple[Line, ...]]:
    clause = clause_of(draft, clause_id)
    lines = outline(clause.text)
    if not 0 < line < len(lines):
        raise DraftError(
            f"The {designation(draft, clause_id)} has no line {line} under its first.",
            "Reload the draft: the clause may have been changed elsewhere.",
        )
    return clause, lines


def united(first: Clause, second: Clause) -> Clause:
    """Return the first clause with the provenance of both; its text is for the caller to set."""
    taken = ""
    if first.taken_text or second.taken_text:
        taken = _joined(first.taken_text or first.source_text, second.taken_text or second.source_text, "\n")
    return replace(
        first,
        citations=one_per_passage((*first.citations, *second.citations)),
        source_text=_joined(first.source_text, second.source_text, "\n"),
        taken_text=taken,
        state=ClauseState.OPEN,
        proposer=_joined(first.proposer, second.proposer, _BETWEEN_NAMES),
        alternatives=(*first.alternatives, *second.alternatives),
    )


def _joined(first: str, second: str, between: str) -> str:
    """Return two texts as one; a part that the first has already is not said twice, as after a split and a merge."""
    held = first.split(between) if first else []
    return between.join([*held, *(part for part in second.split(between) if part and part not in held)])


def _splitting_place(text: str, at: int) -> int:
    at = next((held.end for held in references(text) if held.start < at < held.end), at)
    start = max((found.end() for found in LINE_BREAK.finditer(text, 0, at)), default=0)
    label = _LINE_START.match(text, start)
    return start if start and label is not None and at <= label.end() else at
