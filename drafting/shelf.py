"""What is done to drafts as wholes: make, list, duplicate, archive, delete and take back, share for reading.

Archiving and deleting only hide a draft: its revisions, its address and its half-typed clause stay as they are, and
nothing is removed by itself, ever. `purge` alone removes, and only a draft that was deleted before. Deliberately
doesn't know how a draft's revisions are walked and changed: that is `drafting.store`, which builds on this.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from corpus.errors import DraftError, StorageError
from drafting import serial
from drafting.database import Database
from drafting.model import Draft, Masthead
from drafting.operations import new_draft_id, set_title
from drafting.revisions import Head, Revisions, now
from drafting.states import DraftState, DraftSummary


class Shelf:
    """The drafts in one database file. Safe to share between threads, and the file between programs.

    Args:
        path: The database file; it and its folder are made when they do not exist.
        busy_timeout: How long to wait while another program writes, in seconds.

    Raises:
        StorageError: The file cannot be opened, is not a Rapporteur database, or was written by a newer version. Every
            method raises it when the file cannot be read or written.
    """

    def __init__(self, path: Path, *, busy_timeout: float = 5.0) -> None:
        self._database = Database(path, busy_timeout=busy_timeout)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._database.path

    def create(self, title: str = "Draft declaration", masthead: Masthead | None = None, *, author: str = "") -> Draft:
        """Store a new draft without clauses and return it; its first revision is number 1."""
        draft = Draft(id=new_draft_id(), title=title, masthead=masthead or Masthead(), revision=1)
        with self._writing() as revisions:
            revisions.begin(draft, "Created", author)
        return draft

    def drafts(self, *, archived: bool = False, deleted: bool = False) -> tuple[DraftSummary, ...]:
        """Return drafts, the last changed first: those at hand, or those archived, or those deleted.

        Args:
            archived: The archived ones instead, without those that were deleted.
            deleted: The deleted ones instead, whether they were archived or not.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT draft.id, revision.title, revision.clauses, draft.changed_at, revision.congress, draft.head,"
                " draft.changed_by, draft.change, coalesce(draft.archived_at, ''), coalesce(draft.deleted_at, '')"
                " FROM draft JOIN revision ON revision.draft_id = draft.id AND revision.number = draft.head"
                " WHERE (draft.deleted_at IS NOT NULL) = :deleted"
                " AND (:deleted OR (draft.archived_at IS NOT NULL) = :archived)"
                " ORDER BY draft.changed_at DESC, draft.id",
                {"archived": archived, "deleted": deleted},
            ).fetchall()
        text = serial.text_from_json
        return tuple(
            DraftSummary(id_, text(title), clauses, at, text(congress), number, text(author), text(change), *hidden)
            for id_, title, clauses, at, congress, number, author, change, *hidden in rows
        )

    def read_ids(self) -> dict[str, str]:
        """Return the read-only id of every draft, deleted ones too, by the draft's id."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT id, read_id FROM draft").fetchall())

    def duplicate(self, draft_id: str, *, author: str = "") -> Draft:
        """Store a copy of a draft's current revision as the first revision of a new draft, and return it.

        Clauses keep their ids and citations, so that the two drafts can be compared. The half-typed clause
        is not copied.

        Raises:
            DraftError: There is no such draft, or it was deleted.
        """
        with self._writing() as revisions:
            head = revisions.changeable(draft_id)
            original = revisions.read(draft_id, head.number)
            copy = replace(original, id=new_draft_id(), title=f"Copy of {original.title}", revision=1)
            revisions.begin(copy, f"Copied from “{original.title}”, version {head.number}", author)
        return copy

    def rename(self, draft_id: str, title: str, *, author: str = "") -> Draft:
        """Give a draft another title as a new revision, and return it as it is then.

        It is made on the current revision whichever that is, since a title overwrites nothing else.

        Raises:
            DraftError: There is no such draft, it was deleted, or the title is blank.
        """
        with self._writing() as revisions:
            head = revisions.changeable(draft_id)
            draft = revisions.read(draft_id, head.number)
            renamed = replace(set_title(draft, title), revision=head.newest + 1)
            if renamed.title == draft.title:
                return draft
            revisions.append(renamed, head.number, "Changed the title", author)
        return renamed

    def archive(self, draft_id: str) -> None:
        """Take a draft from the list to the archived ones; it can be changed there as before.

        Raises:
            DraftError: There is no such draft, or it was deleted.
        """
        self._mark(draft_id, "archived_at", now())

    def unarchive(self, draft_id: str) -> None:
        """Take a draft back from the archived ones.

        Raises:
            DraftError: There is no such draft, or it was deleted.
        """
        self._mark(draft_id, "archived_at", None)

    def delete(self, draft_id: str) -> None:
        """Hide a draft; nothing of it is removed, and it cannot be changed until it is taken back.

        Raises:
            DraftError: There is no such draft, or it was deleted before.
        """
        self._mark(draft_id, "deleted_at", now())

    def restore_deleted(self, draft_id: str) -> None:
        """Take a deleted draft back, as it was; nothing happens to one that is not deleted.

        Raises:
            DraftError: There is no such draft.
        """
        with self._database.writing() as connection:
            Revisions(connection, self.path).head(draft_id)
            connection.execute("UPDATE draft SET deleted_at = NULL WHERE id = ?", (draft_id,))

    def purge(self, draft_id: str) -> None:
        """Remove a deleted draft with all its revisions, for good.

        Raises:
            DraftError: There is no such draft, or it was not deleted before.
        """
        with self._database.writing() as connection:
            if not Revisions(connection, self.path).head(draft_id).deleted_at:
                raise DraftError("Only a deleted draft can be removed for good.", "Delete it first.")
            for table in ("presence", "part", "revision"):
                connection.execute(f"DELETE FROM {table} WHERE draft_id = ?", (draft_id,))  # noqa: S608 - named above
            connection.execute("DELETE FROM draft WHERE id = ?", (draft_id,))

    def shared(self, read_id: str) -> DraftState:
        """Return the current revision of a draft by its read-only id; nothing in it leads to the id for editing.

        Raises:
            DraftError: No draft has this read-only id, or the draft was deleted.
        """
        with self._reading() as revisions:
            head = revisions.head(read_id, by="read_id")
            if head.deleted_at:
                raise DraftError("The draft was deleted.", "Ask whoever gave you the address.")
            try:
                draft = replace(revisions.read(head.draft_id, head.number), id=head.read_id)
            except StorageError as error:  # it names the id for editing
                raise StorageError("The draft is damaged.", "Tell whoever gave you the address.") from error
        return state_of(draft, head, can_undo=False, can_redo=False, read_only=True)

    def renew_read_id(self, draft_id: str) -> str:
        """Give a draft another read-only id, so that the old link shows nothing any more; return the new one.

        Raises:
            DraftError: There is no such draft, or it was deleted.
        """
        read_id = new_draft_id()
        self._mark(draft_id, "read_id", read_id)
        return read_id

    def _mark(self, draft_id: str, column: str, value: str | None) -> None:
        with self._database.writing() as connection:
            Revisions(connection, self.path).changeable(draft_id)
            connection.execute(f"UPDATE draft SET {column} = ? WHERE id = ?", (value, draft_id))  # noqa: S608 - ours

    @contextmanager
    def _reading(self) -> Iterator[Revisions]:
        with self._database.reading() as connection:
            yield Revisions(connection, self.path)

    @contextmanager
    def _writing(self) -> Iterator[Revisions]:
        with self._database.writing() as connection:
            yield Revisions(connection, self.path)


def state_of(draft: Draft, head: Head, *, can_undo: bool, can_redo: bool, read_only: bool = False) -> DraftState:
    """Return what is told of a draft whose row and current revision were read."""
    return DraftState(
        draft=draft,
        can_undo=can_undo,
        can_redo=can_redo,
        saved_at=head.changed_at,
        author=head.changed_by,
        change=head.change,
        read_id=head.read_id,
        archived_at=head.archived_at,
        deleted_at=head.deleted_at,
        read_only=read_only,
    )
