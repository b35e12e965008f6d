"""Where drafts live: every revision of every draft, and which revision of each is the current one.

A draft's revisions form a tree. Saving appends a revision and moves the head to it; undo and redo move the head only,
so nothing that was ever saved is lost; restoring an old revision appends one that equals it. Whoever changes a draft
says which revision was on the screen, and a change to another revision than the head is refused, so that two windows
never overwrite each other. Deliberately doesn't know what a change means (`drafting.operations`), how revisions lie in
the tables (`drafting.revisions`), nor how the file is opened and protected (`drafting.database`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from corpus.errors import DraftError
from drafting import serial
from drafting.model import Draft, Pending
from drafting.presence import Presence
from drafting.revisions import Revisions
from drafting.shelf import Shelf, state_of
from drafting.states import DraftState, DraftSummary, Revision

__all__ = ["DraftState", "DraftStore", "DraftSummary", "Revision"]


class DraftStore(Shelf):
    """The drafts in one database file, and what can be done inside each. Safe to share between threads and programs.

    `author` is everywhere the name of who makes the change, as typed; empty when unknown.
    """

    @cached_property
    def presence(self) -> Presence:
        """Who else has a draft open."""
        return Presence(self._database)

    def load(self, draft_id: str) -> Draft:
        """Return the current revision of a draft, deleted or not.

        Raises:
            DraftError: There is no such draft.
        """
        return self.state(draft_id).draft

    def state(self, draft_id: str) -> DraftState:
        """Return the current revision of a draft, deleted or not, and whether it can be undone and redone.

        Raises:
            DraftError: There is no such draft.
        """
        with self._reading() as revisions:
            head = revisions.head(draft_id)
            return state_of(
                revisions.read(draft_id, head.number),
                head,
                can_undo=not head.deleted_at and revisions.parent(draft_id, head.number) is not None,
                can_redo=not head.deleted_at and revisions.newest_child(draft_id, head.number) is not None,
            )

    def save(self, draft: Draft, summary: str, *, base: int, author: str = "") -> Draft:
        """Append a revision and make it the current one; it is on the disk when this returns.

        Args:
            draft: The changed draft. Its own revision number is not looked at.
            summary: What was changed, for the log, such as ``Moved operative clause 3``.
            base: The revision that was changed.
            author: Who changed it.

        Returns:
            The draft with the number of the new revision.

        Raises:
            DraftError: There is no such draft, or it was deleted.
            ConflictError: The current revision is not `base`; nothing was changed.
        """
        with self._writing() as revisions:
            head = revisions.based(draft.id, base)
            saved = replace(draft, revision=head.newest + 1)
            revisions.append(saved, base, summary, author)
        return saved

    def undo(self, draft_id: str, *, base: int, author: str = "") -> Draft:
        """Make the revision that `base` was made from the current one, and return it. Nothing is deleted.

        It makes no revision, so the log keeps who made each; who undid is the draft's last change until the next.

        Raises:
            DraftError: There is no such draft, it was deleted, or `base` is its first revision.
            ConflictError: The current revision is not `base`; nothing was changed.
        """
        with self._writing() as revisions:
            head = revisions.based(draft_id, base)
            number = revisions.parent(draft_id, base)
            if number is None:
                raise DraftError("There is nothing to undo in the draft.", "This is its first revision.")
            revisions.move_head(draft_id, number, author, f"Undone: {revisions.summary(head.draft_id, base)}")
            return revisions.read(draft_id, number)

    def redo(self, draft_id: str, *, base: int, author: str = "") -> Draft:
        """Make the newest revision that was made from `base` the current one, and return it.

        Raises:
            DraftError: There is no such draft, it was deleted, or no revision was made from `base`.
            ConflictError: The current revision is not `base`; nothing was changed.
        """
        with self._writing() as revisions:
            head = revisions.based(draft_id, base)
            number = revisions.newest_child(draft_id, base)
            if number is None:
                raise DraftError("There is nothing to redo in the draft.", "This is its latest revision.")
            revisions.move_head(draft_id, number, author, f"Redone: {revisions.summary(head.draft_id, number)}")
            return revisions.read(draft_id, number)

    def restore(self, draft_id: str, number: int, *, base: int, author: str = "") -> Draft:
        """Append a revision that equals an earlier one, and return it; it can be undone like any other.

        Args:
            draft_id: The draft.
            number: The revision to go back to, from any branch of the log.
            base: The revision that is replaced.
            author: Who restores it.

        Raises:
            DraftError: There is no such draft or revision, the draft was deleted, or the revision is the current one.
            ConflictError: The current revision is not `base`; nothing was changed.
        """
        with self._writing() as revisions:
            head = revisions.based(draft_id, base)
            earlier = revisions.read(draft_id, number)
            if number == base:
                raise DraftError(f"Version {number} is the current one.", "Choose an earlier version to restore.")
            restored = replace(earlier, revision=head.newest + 1)
            revisions.append(restored, base, f"Restored version {number}", author)
        return restored

    def at(self, draft_id: str, number: int) -> Draft:
        """Return any revision of a draft, deleted or not.

        Raises:
            DraftError: There is no such draft or revision.
        """
        with self._reading() as revisions:
            revisions.head(draft_id)
            return revisions.read(draft_id, number)

    def revisions(self, draft_id: str) -> tuple[Revision, ...]:
        """Return the log of a draft in the order of saving, with the revisions that were undone.

        Raises:
            DraftError: There is no such draft.
        """
        with self._reading() as revisions:
            return revisions.log(revisions.head(draft_id))

    def timeline(self, draft_id: str) -> tuple[Revision, ...]:
        """Return the log of a draft, the newest revision first.

        Raises:
            DraftError: There is no such draft.
        """
        return self.revisions(draft_id)[::-1]

    def versions(self, draft_id: str) -> tuple[Revision, ...]:
        """Return the revisions that were given a name, the newest first.

        Raises:
            DraftError: There is no such draft.
        """
        return tuple(revision for revision in self.timeline(draft_id) if revision.name)

    def name_version(self, draft_id: str, number: int, name: str) -> None:
        """Give a revision a name, another name, or with a blank one none; this is no change to the draft.

        Raises:
            DraftError: There is no such draft or revision, or the draft was deleted.
        """
        with self._writing() as revisions:
            revisions.changeable(draft_id)
            revisions.name(draft_id, number, name.strip())

    def save_pending(self, draft_id: str, pending: Pending) -> None:
        """Keep the clause that is being typed; it is no revision, and the last one kept wins.

        Raises:
            DraftError: There is no such draft, or it was deleted.
        """
        with self._database.writing() as connection:
            Revisions(connection, self.path).changeable(draft_id)
            connection.execute("UPDATE draft SET pending = ? WHERE id = ?", (serial.pending_to_json(pending), draft_id))

    def load_pending(self, draft_id: str) -> Pending:
        """Return the clause that was being typed; empty when there is none.

        Raises:
            DraftError: There is no such draft.
        """
        with self._database.reading() as connection:
            Revisions(connection, self.path).head(draft_id)
            (pending,) = connection.execute("SELECT pending FROM draft WHERE id = ?", (draft_id,)).fetchone()
        return serial.pending_from_json(pending)
