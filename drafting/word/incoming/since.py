"""What happened to a draft since the file was made from it: edits that are there already, and edits that conflict.

An edit whose place was changed in the draft as well is a conflict. It stays in the list, says what the draft says now,
and is never among those that are approved all together; whoever chooses it by name means it. This module carries
nothing out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from drafting.masthead import field_text
from drafting.model import Alternative, Clause
from drafting.numbering import Numbering
from drafting.word.incoming.edits import Edit, EditKind

if TYPE_CHECKING:
    from drafting.model import Draft


def beside(edits: Sequence[Edit], order: Sequence[str], base: Draft, current: Draft) -> tuple[Edit, ...]:
    """Return the edits that are still to be made, those marked that conflict with the draft as it is now.

    Args:
        edits: The edits.
        order: Ids of the clauses in the order of the file.
        base: The revision that the file was made from.
        current: The draft as it is now.
    """
    if base.clauses == current.clauses and base.title == current.title and base.masthead == current.masthead:
        return tuple(edits)
    was = {clause.id: clause for clause in base.clauses}
    now = {clause.id: clause for clause in current.clauses}
    numbering = Numbering(current)
    follows = _follows([clause.id for clause in current.clauses], set(order))
    wanted = _follows(list(order), set(now))
    left: list[Edit] = []
    for edit in edits:
        if edit.kind is EditKind.FIELD:
            found = _field(edit, base, current)
        elif edit.kind is EditKind.COMMENT or not edit.applies:
            found = edit
        elif edit.kind is EditKind.NEW and not edit.alternative_id:
            found = None if edit.clause_id in now else edit
        elif edit.clause_id not in was:  # a clause that the file brings: its alternative is there with it, or is not
            found = None if edit.clause_id in now and _has_alternative(now[edit.clause_id], edit) else edit
        elif edit.clause_id not in now:
            found = None if edit.kind is EditKind.DELETED else _lost(edit)
        elif edit.kind is EditKind.MOVED:
            found = None if follows.get(edit.clause_id) == wanted.get(edit.clause_id) else edit
        elif edit.alternative_id:
            found = _alternative(edit, was[edit.clause_id], now[edit.clause_id])
        else:
            found = _clause(edit, was, now)
        if found is not None:
            left.append(found if found.now is None else _told(found, numbering))
    return tuple(left)


def _field(edit: Edit, base: Draft, current: Draft) -> Edit | None:
    was, now = field_text(base, edit.field), field_text(current, edit.field)
    if now == edit.after:
        return None
    return edit if was == now else _conflict(edit, now)


def _clause(edit: Edit, was: Mapping[str, Clause], now: Mapping[str, Clause]) -> Edit | None:
    before, clause = was[edit.clause_id], now[edit.clause_id]
    match edit.kind:
        case EditKind.CHANGED | EditKind.BRACKETS | EditKind.SPLIT | EditKind.MERGED:
            return _text(edit, was, now)
        case EditKind.DELETED:
            same = all(getattr(before, each) == getattr(clause, each) for each in ("text", "citations", "alternatives"))
            return edit if same else _conflict(edit, clause.text)
        case EditKind.KIND:
            return _one_word(edit, before.kind.value, clause.kind.value)
        case EditKind.PROPOSER:
            return _one_word(edit, before.proposer, clause.proposer)
        case _:
            return _note(edit, clause)


def _text(edit: Edit, was: Mapping[str, Clause], now: Mapping[str, Clause]) -> Edit | None:
    """Return an edit of words unless it is made already; it conflicts where any clause of it has other words now."""
    clause = now[edit.clause_id]
    are_made = all((part.id in now) == (edit.kind is EditKind.SPLIT) for part in edit.parts)
    if clause.text == edit.after and are_made:
        return None
    taken = [edit.clause_id, *(part.id for part in edit.parts if part.id in was)]
    if any(each not in now for each in taken):
        return _lost(edit)
    changed = next((each for each in taken if now[each].text != was[each].text), "")
    return _conflict(edit, now[changed].text) if changed else edit


def _alternative(edit: Edit, before: Clause, clause: Clause) -> Edit | None:
    old, new = (_find(each.alternatives, edit.alternative_id) for each in (before, clause))
    if edit.kind is EditKind.NEW:
        return edit if new is None else None
    if new is None or old is None:
        return None if edit.kind is EditKind.DELETED else _lost(edit)
    match edit.kind:
        case EditKind.PROPOSER:
            return _one_word(edit, old.proposer, new.proposer)
        case EditKind.NOTE_ADDED | EditKind.NOTE_REMOVED:
            return _note(edit, new)
        case _:
            if new.text == edit.after:
                return None
            return edit if new.text == old.text else _conflict(edit, new.text)


def _one_word(edit: Edit, was: str, now: str) -> Edit | None:
    if now == edit.after:
        return None
    return edit if was == now else _conflict(edit, now)


def _note(edit: Edit, held: Clause | Alternative) -> Edit | None:
    """Return a note's edit unless it is made already."""
    cited = any(edit.citations[0].passage_id == each.passage_id for each in held.citations)
    return edit if cited == (edit.kind is EditKind.NOTE_REMOVED) else None


def _find(alternatives: Sequence[Alternative], identifier: str) -> Alternative | None:
    return next((each for each in alternatives if each.id == identifier), None)


def _follows(order: list[str], among: set[str]) -> dict[str, str]:
    """Return what each clause follows among some; empty for the first."""
    kept = [clause_id for clause_id in order if clause_id in among]
    return dict(zip(kept, ["", *kept], strict=False))


def _has_alternative(clause: Clause, edit: Edit) -> bool:
    return _find(clause.alternatives, edit.alternative_id) is not None


def _conflict(edit: Edit, now: str) -> Edit:
    return replace(edit, now=now)


def _told(edit: Edit, numbering: Numbering) -> Edit:
    """Return a conflict with what the draft says now as a reader sees it, which `_conflict` left in stored form."""
    now = numbering.shown(edit.now or "", edit.clause_id)
    said = " ".join(now.split()) or "nothing"
    sentence = f"It was changed in the draft too since the file was made, and now says: “{said}”."
    return replace(edit, now=now, conflict=sentence)


def _lost(edit: Edit) -> Edit:
    return replace(edit, conflict="It was deleted in the draft since the file was made.", applies=False)
