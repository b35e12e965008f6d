"""What a file proposes for a draft, and the draft with what was approved of it. Pure: nothing is stored here.

A proposal is made for one revision of a draft and can be carried out on that revision only; a draft that moved on
meanwhile is compared with the file once more, so that nobody overwrites what they have not seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.errors import ConflictError, DraftError
from drafting.numbering import Numbering
from drafting.word.incoming.applying import carry_out
from drafting.word.incoming.edits import Edit, EditKind

if TYPE_CHECKING:
    from drafting.model import Draft


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the editors of a file did to a draft.

    Attributes:
        base: The revision that the file was made from.
        revision: The revision of the draft that the proposal is for.
        edits: What was done, in the order of the file; see `drafting.word.incoming.edits`.
        numbering: The numbers that the base was printed with.
        order: Ids of the clauses in the order of the file.
        left_out: What the file holds and no draft can, a sentence each.
    """

    base: Draft
    revision: int
    edits: tuple[Edit, ...]
    numbering: Numbering = field(repr=False, compare=False)
    order: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def approvable(self) -> tuple[str, ...]:
        """Keys of the edits that can be approved without a look at each: all that apply and do not conflict."""
        return tuple(edit.key for edit in self.edits if edit.applies and not edit.conflict)

    @property
    def conflicts(self) -> tuple[Edit, ...]:
        """The edits whose place was changed in the draft as well."""
        return tuple(edit for edit in self.edits if edit.conflict)

    @property
    def comments(self) -> tuple[Edit, ...]:
        """The comments, which change nothing."""
        return tuple(edit for edit in self.edits if edit.kind is EditKind.COMMENT)

    @property
    def required(self) -> dict[str, str]:
        """Keys of the edits that cannot be made alone, each with the key of the one that brings the clause it is to."""
        brings = {edit.clause_id: edit.key for edit in self.edits if edit.kind is EditKind.NEW and edit.clause_kind}
        brings |= {part.id: edit.key for edit in self.edits if edit.kind is EditKind.SPLIT for part in edit.parts}
        return {
            edit.key: brings[edit.clause_id]
            for edit in self.edits
            if edit.applies and brings.get(edit.clause_id, edit.key) != edit.key
        }

    def shown(self, edit: Edit) -> tuple[str, str]:
        """Return what was there and what is there now, with references as a reader sees them."""
        shown = self.numbering.shown
        return shown(edit.before, edit.clause_id), shown(edit.after, edit.clause_id)

    def apply(self, draft: Draft, chosen: Iterable[str]) -> Draft:
        """Return the draft with the edits that were approved, and nothing else changed.

        Args:
            draft: The revision of the draft that the proposal is for.
            chosen: Keys of the approved edits; one that conflicts overwrites what the draft says there.

        Raises:
            ConflictError: The draft is at another revision.
            DraftError: There is no such edit, it changes nothing, or the one it requires was not approved.
        """
        if draft.id != self.base.id or draft.revision != self.revision:
            raise ConflictError(
                f"The draft is at version {draft.revision}, and the file was compared with version {self.revision}.",
                "Import the file again, and choose from the list that it gives now.",
            )
        by_key = {edit.key: edit for edit in self.edits}
        wanted = set(chosen)
        for key in wanted:
            if key not in by_key or not by_key[key].applies:
                raise DraftError(
                    f"There is no change {key!r} that could be approved.", "Import the file again and choose anew."
                )
            if (needed := self.required.get(key, key)) not in wanted:
                raise DraftError(f"The change {key!r} cannot be made without {needed!r}.", "Approve both, or neither.")
        return carry_out(draft, [edit for edit in self.edits if edit.key in wanted], self.order)


def summary(edits: int, name: str) -> str:
    """Return what the log of the draft says of an import.

    Args:
        edits: How many edits were approved.
        name: Name of the file.
    """
    return f"Imported {edits} change{'s' * (edits != 1)} from {name}"
