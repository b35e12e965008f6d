"""What is different between two drafts, or two versions of one: clause by clause, and word by word inside each.

Clauses are the same clause when they have the same id, so that a clause that was moved and rewritten is one change and
not two. As few clauses as possible count as moved. Deliberately knows nothing of the store, files or screens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TypeVar

from drafting.changes import Change, ChangeKind, word_changes
from drafting.model import Citation, Clause, Draft, Masthead
from drafting.subsequences import longest_increasing

__all__ = [
    "Change",
    "ChangeKind",
    "ClauseComparison",
    "Comparison",
    "FieldChange",
    "compare",
    "moved_between",
    "side_by_side",
    "word_changes",
]

_Compared = TypeVar("_Compared", Draft, Masthead, Clause)

_CLAUSE_OWN = {"id", "kind", "text", "citations"}
_DRAFT_OWN = {"id", "revision", "masthead", "clauses"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that says something else now.

    Attributes:
        name: Name of the field in `drafting.model`, such as ``title``, ``masthead.place`` or ``source_text``.
        before: What it said; several lines for several values.
        after: What it says now.
    """

    name: str
    before: str
    after: str

    def words(self) -> tuple[Change, ...]:
        """Return the change word by word."""
        return word_changes(self.before, self.after)


@dataclass(frozen=True, slots=True)
class ClauseComparison:
    """One clause in both drafts.

    Attributes:
        before: The clause in the first draft; None when it was added.
        after: The clause in the second draft; None when it was deleted.
        moved: Whether it stands elsewhere among the clauses that both drafts have.
        cited: Citations that it has now and had not.
        uncited: Citations that it had and has no more.
        fields: Its other fields that changed.
    """

    before: Clause | None
    after: Clause | None
    moved: bool = False
    cited: tuple[Citation, ...] = ()
    uncited: tuple[Citation, ...] = ()
    fields: tuple[FieldChange, ...] = ()

    @property
    def id(self) -> str:
        """Id of the clause."""
        clause = self.after or self.before
        return clause.id if clause else ""

    @property
    def added(self) -> bool:
        """Whether only the second draft has it."""
        return self.before is None

    @property
    def deleted(self) -> bool:
        """Whether only the first draft has it."""
        return self.after is None

    @property
    def reworded(self) -> bool:
        """Whether both drafts have it and its text is another."""
        return self.before is not None and self.after is not None and self.before.text != self.after.text

    @property
    def kind_changed(self) -> bool:
        """Whether both drafts have it and it is, say, a heading now."""
        return self.before is not None and self.after is not None and self.before.kind is not self.after.kind

    @property
    def citations_changed(self) -> bool:
        """Whether both drafts have it and its citations, or their order, are others."""
        return self.before is not None and self.after is not None and self.before.citations != self.after.citations

    @property
    def unchanged(self) -> bool:
        """Whether both drafts have it alike, in the same place."""
        return not self.moved and self.before == self.after

    def words(self) -> tuple[Change, ...]:
        """Return the text word by word; all of it inserted or deleted where only one draft has the clause."""
        return word_changes(self.before.text if self.before else "", self.after.text if self.after else "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two drafts side by side.

    Attributes:
        fields: Title, style and masthead fields that changed.
        clauses: Every clause of both drafts in the order of the second; a deleted one stands behind the clause that it
            stood behind.
    """

    fields: tuple[FieldChange, ...]
    clauses: tuple[ClauseComparison, ...]

    @property
    def same(self) -> bool:
        """Whether nothing is different."""
        return not self.fields and all(clause.unchanged for clause in self.clauses)


def compare(before: Draft, after: Draft) -> Comparison:
    """Return what is different between two drafts; their ids and revision numbers are not looked at."""
    changes = [
        *_field_changes(before, after, _DRAFT_OWN),
        *_field_changes(before.masthead, after.masthead, set(), prefix="masthead."),
    ]
    old = {clause.id: clause for clause in before.clauses}
    new = {clause.id: clause for clause in after.clauses}
    moved = moved_between([i for i in old if i in new], [i for i in new if i in old])
    clauses = [_clause(old.get(i), new.get(i), moved=i in moved) for i in side_by_side(list(old), list(new))]
    return Comparison(tuple(changes), tuple(clauses))


def _clause(before: Clause | None, after: Clause | None, *, moved: bool) -> ClauseComparison:
    if before is None or after is None:
        return ClauseComparison(before, after)
    return ClauseComparison(
        before,
        after,
        moved,
        cited=tuple(citation for citation in after.citations if citation not in before.citations),
        uncited=tuple(citation for citation in before.citations if citation not in after.citations),
        fields=tuple(_field_changes(before, after, _CLAUSE_OWN)),
    )


def moved_between(old: list[str], new: list[str]) -> set[str]:
    """Return the fewest ids that must have moved to make one order of the same ids the other."""
    place = {clause_id: position for position, clause_id in enumerate(old)}
    stayed = longest_increasing([place[clause_id] for clause_id in new])
    return set(new) - {new[position] for position in stayed}


def side_by_side(old: list[str], new: list[str]) -> Iterable[str]:
    """Return the ids of both in the new order, those that are gone behind the one that they stood behind."""
    kept = set(new)
    behind: dict[str | None, list[str]] = {}
    last: str | None = None
    for clause_id in old:
        if clause_id in kept:
            last = clause_id
        else:
            behind.setdefault(last, []).append(clause_id)
    order = list(behind.get(None, ()))
    for clause_id in new:
        order += [clause_id, *behind.get(clause_id, ())]
    return order


def _field_changes(before: _Compared, after: _Compared, but: set[str], prefix: str = "") -> list[FieldChange]:
    """Return the changed fields of two of a kind; a field that the model gets later is compared too."""
    return [
        FieldChange(f"{prefix}{field.name}", _printed(one), _printed(other))
        for field in fields(before)
        if field.name not in but
        for one, other in [(getattr(before, field.name), getattr(after, field.name))]
        if one != other
    ]


def _printed(value: object) -> str:
    return "\n".join(map(_printed, value)) if isinstance(value, tuple) else str(value)
