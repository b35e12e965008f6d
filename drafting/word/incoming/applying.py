"""Carries out approved edits on a draft, all in one pass, as one change that can be undone.

Provenance stays: a clause that was split, merged, moved or reworded keeps its citations and source text as it does when
that is done in the program. References follow subparagraphs to their new places. What is approved is decided in
`drafting.word.incoming.proposal`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from drafting.clauses import in_parts, one_per_passage, reworded
from drafting.lines import outline, paths
from drafting.masthead import set_field
from drafting.model import Alternative, Clause, ClauseKind, ClauseState, Draft
from drafting.references import GONE, Target, moved_lines, redirected
from drafting.restructuring import united
from drafting.word.incoming.edits import Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_Wording = TypeVar("_Wording", Clause, Alternative)
_FIRST = (EditKind.KIND, EditKind.CHANGED, EditKind.BRACKETS, EditKind.SPLIT, EditKind.MERGED, EditKind.NEW)


def carry_out(draft: Draft, edits: Sequence[Edit], order: Sequence[str]) -> Draft:
    """Return the draft with edits made.

    Args:
        draft: The draft as it is now.
        edits: The edits, none of which is a comment.
        order: Ids of the clauses in the order of the file.
    """
    if not edits:
        return draft
    work = _Work(draft)
    for edit in sorted(edits, key=lambda each: each.kind not in _FIRST):  # stable: else in the order of the file
        work.do(edit)
    return work.result(order)


class _Work:
    """A draft while it is changed."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._clauses = {clause.id: clause for clause in draft.clauses}
        self._moves: dict[Target, Target] = {}
        self._placed: set[str] = set()
        self._in_parts = False

    def do(self, edit: Edit) -> None:
        """Make one edit."""
        if edit.kind is EditKind.FIELD:
            self._draft = set_field(self._draft, edit.field, edit.after)
        elif edit.kind is EditKind.NEW and not edit.alternative_id:
            self._add(
                Clause(edit.clause_id, edit.clause_kind or ClauseKind.OPERATIVE, edit.after, citations=edit.citations)
            )
        elif (clause := self._holding(edit)) is not None:
            if edit.kind is EditKind.DELETED and not edit.alternative_id:
                del self._clauses[clause.id]
            elif edit.kind is EditKind.MOVED:
                self._placed.add(clause.id)
            else:
                self._clauses[clause.id] = (
                    self._in_alternative(clause, edit) if edit.alternative_id else (self._in_clause(clause, edit))
                )

    def result(self, order: Sequence[str]) -> Draft:
        """Return the draft, each new and moved clause behind the one that it follows in the file."""
        kept = [clause.id for clause in self._draft.clauses if clause.id in self._clauses]
        kept = [clause_id for clause_id in kept if clause_id not in self._placed]
        present = set(kept)
        at_in_file = {clause_id: at for at, clause_id in enumerate(order)}
        for clause_id in sorted(self._placed & self._clauses.keys(), key=lambda each: at_in_file.get(each, 0)):
            at = at_in_file.get(clause_id, 0)
            above = next((each for each in reversed(order[:at]) if each in present), None)
            below = next((each for each in order[at + 1 :] if each in present), None) if above is None else None
            kept.insert(kept.index(above) + 1 if above else kept.index(below) if below else len(kept), clause_id)
            present.add(clause_id)
        clauses = tuple(self._clauses[clause_id] for clause_id in kept)
        if self._placed or self._in_parts:
            clauses = in_parts(clauses)
        return redirected(replace(self._draft, clauses=clauses), self._moves)

    def _holding(self, edit: Edit) -> Clause | None:
        """Return the clause that an edit is to: for an alternative the one that has it now, as after a merger."""
        if edit.alternative_id and edit.kind is not EditKind.NEW:
            held = (
                each
                for each in self._clauses.values()
                for other in each.alternatives
                if other.id == edit.alternative_id
            )
            return next(held, None)
        return self._clauses.get(edit.clause_id)

    def _add(self, clause: Clause) -> None:
        if clause.id not in self._clauses:
            self._clauses[clause.id] = clause
            self._placed.add(clause.id)

    def _in_clause(self, clause: Clause, edit: Edit) -> Clause:
        match edit.kind:
            case EditKind.CHANGED | EditKind.BRACKETS:
                self._moves |= moved_lines(clause, edit.after)
                return reworded(clause, edit.after)
            case EditKind.SPLIT:
                return self._split(clause, edit)
            case EditKind.MERGED:
                return self._merged(clause, edit)
            case EditKind.KIND:
                self._in_parts = True
                return replace(clause, kind=edit.clause_kind or clause.kind)
            case _:
                return _around_words(clause, edit)

    def _in_alternative(self, clause: Clause, edit: Edit) -> Clause:
        held = clause.alternatives
        match edit.kind:
            case EditKind.NEW:
                held = (*held, Alternative(edit.alternative_id, edit.after, edit.proposer, edit.citations))
            case EditKind.DELETED:
                return replace(clause, alternatives=tuple(each for each in held if each.id != edit.alternative_id))
            case EditKind.CHANGED | EditKind.BRACKETS:
                held = tuple(
                    replace(each, text=edit.after) if each.id == edit.alternative_id else each for each in held
                )
            case _:
                held = tuple(_around_words(each, edit) if each.id == edit.alternative_id else each for each in held)
        return replace(clause, alternatives=held, state=ClauseState.OPEN)

    def _split(self, clause: Clause, edit: Edit) -> Clause:
        """Cut a clause in two or more; as in the program, all keep the citations, source text and proposer."""
        open_ = replace(clause, state=ClauseState.OPEN)
        tails = [replace(open_, id=part.id, text=part.text, alternatives=()) for part in edit.parts]
        for tail in tails:
            self._add(tail)
        moves = moved_lines(clause, edit.after)
        self._moves |= {place: now for place, now in moves.items() if now.path != GONE}
        self._follow(clause, [place for place, now in moves.items() if now.path == GONE], tails)
        return replace(open_, text=edit.after)

    def _merged(self, clause: Clause, edit: Edit) -> Clause:
        """Take clauses up into another, with what they rest on."""
        merged = clause
        self._moves |= moved_lines(clause, edit.after)
        for part in edit.parts:
            other = self._clauses.pop(part.id, None)
            if other is None:
                continue
            merged = united(merged, other)
            self._follow(
                other,
                [Target(other.id, path) for path in paths(outline(other.text)) if path],
                [replace(clause, text=edit.after)],
            )
            self._moves[Target(other.id)] = Target(clause.id)
        return replace(merged, text=edit.after, state=ClauseState.OPEN)

    def _follow(self, clause: Clause, places: list[Target], into: list[Clause]) -> None:
        """Let references to subparagraphs follow their words into other clauses; those not found are gone."""
        lines = outline(clause.text)
        words = dict(zip(paths(lines), lines, strict=True))
        found = {
            line.text.rstrip(" ,;."): Target(each.id, path)
            for each in reversed(into)
            for line, path in zip(outline(each.text), paths(outline(each.text)), strict=True)
        }
        for place in places:
            gone = Target(into[0].id if into else clause.id, GONE)
            self._moves[place] = found.get(words[place.path].text.rstrip(" ,;."), gone)


def _around_words(wording: _Wording, edit: Edit) -> _Wording:
    """Return a clause or an alternative with another proposer or other citations."""
    if edit.kind is EditKind.PROPOSER:
        return replace(wording, proposer=edit.proposer)
    if edit.kind is EditKind.NOTE_ADDED:
        return replace(wording, citations=one_per_passage((*wording.citations, *edit.citations)))
    gone = {each.passage_id for each in edit.citations}
    return replace(wording, citations=tuple(each for each in wording.citations if each.passage_id not in gone))
