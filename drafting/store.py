"""Where drafts live: every revision of every draft, and which revision of each is the current one.

A draft's revisions form a tree. Saving appends a revision and moves the head to it; undo and redo move the head only,
so nothing that was ever saved is lost. Whoever changes a draft says which revision was on the screen, and a change to
another revision than the head is refused, so that two windows never overwrite each other. Deliberately doesn't know
what a change means (`drafting.operations`), nor how the file is opened and protected (`drafting.database`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from corpus.errors import ConflictError, DraftError, StorageError
from drafting import serial
from drafting.database import Database
from drafting.model import Draft, Masthead, Pending
from drafting.operations import new_draft_id

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_PARENT = "SELECT parent FROM revision WHERE draft_id = ? AND number = ?"
_NEWEST_CHILD = "SELECT max(number) FROM revision WHERE draft_id = ? AND parent = ?"


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft as it stands, and where one can go from here.

    Attributes:
        draft: The current revision.
        can_undo: Whether there is a revision before it.
        can_redo: Whether a revision was made from it.
        saved_at: When the draft last changed (saved, undone or redone), in UTC, ISO 8601.
    """

    draft: Draft
    can_undo: bool
    can_redo: bool
    saved_at: str


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A line in the list of drafts.

    Attributes:
        id: Id of the draft.
        title: Title of its current revision.
        clauses: Number of its clauses, headings included.
        saved_at: When it last changed, in UTC, ISO 8601.
    """

    id: str
    title: str
    clauses: int
    saved_at: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A line in the log of a draft.

    Attributes:
        number: Number of the revision, from 1 in the order of saving.
        parent: Revision that was changed; None for the first.
        summary: What the change was, in the words of whoever saved it.
        saved_at: When it was saved, in UTC, ISO 8601.
    """

    number: int
    parent: int | None
    summary: str
    saved_at: str


class DraftStore:
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

    def create(self, title: str = "Draft declaration", masthead: Masthead | None = None) -> Draft:
        """Store a new draft without clauses and return it; its first revision is number 1."""
        draft = Draft(id=new_draft_id(), title=title, masthead=masthead or Masthead(), revision=1)
        now = _now()
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO draft (id, head, changed_at, pending) VALUES (?, ?, ?, ?)",
                (draft.id, draft.revision, now, serial.pending_to_json(Pending())),
            )
            _append(connection, draft, parent=None, summary="Created", saved_at=now)
        return draft

    def load(self, draft_id: str) -> Draft:
        """Return the current revision of a draft.

        Raises:
            DraftError: There is no such draft.
        """
        return self.state(draft_id).draft

    def state(self, draft_id: str) -> DraftState:
        """Return the current revision of a draft and whether it can be undone and redone.

        Raises:
            DraftError: There is no such draft.
        """
        with self._database.reading() as connection:
            head, saved_at = self._head(connection, draft_id)
            return DraftState(
                draft=self._read(connection, draft_id, head),
                can_undo=_neighbour(connection, _PARENT, draft_id, head) is not None,
                can_redo=_neighbour(connection, _NEWEST_CHILD, draft_id, head) is not None,
                saved_at=saved_at,
            )

    def save(self, draft: Draft, summary: str, *, base: int) -> Draft:
        """Append a revision and make it the current one; it is on the disk when this returns.

        Args:
            draft: The changed draft. Its own revision number is not looked at.
            summary: What was changed, for the log, such as ``Moved operative clause 3``.
            base: The revision that was changed.

        Returns:
            The draft with the number of the new revision.

        Raises:
            DraftError: There is no such draft.
            ConflictError: The current revision is not `base`; nothing was changed.
        """
        with self._database.writing() as connection:
            self._require_head(connection, draft.id, base)
            (newest,) = connection.execute(
                "SELECT max(number) FROM revision WHERE draft_id = ?", (draft.id,)
            ).fetchone()
            now = _now()
            saved = replace(draft, revision=newest + 1)
            _append(connection, saved, parent=base, summary=summary, saved_at=now)
            _move_head(connection, draft.id, saved.revision, now)
        return saved

    def undo(self, draft_id: str, *, base: int) -> Draft:
        """Make the revision that `base` was made from the current one, and return it. Nothing is deleted.

        Raises:
            DraftError: There is no such draft, or `base` is its first revision.
            ConflictError: The current revision is not `base`; nothing was changed.
        """
        nothing = DraftError("There is nothing to undo in the draft.", "This is its first revision.")
        return self._step(draft_id, base, _PARENT, nothing)

    def redo(self, draft_id: str, *, base: int) -> Draft:
        """Make the newest revision that was made from `base` the current one, and return it.

        Raises:
            DraftError: There is no such draft, or no revision was made from `base`.
            ConflictError: The current revision is not `base`; nothing was changed.
        """
        nothing = DraftError("There is nothing to redo in the draft.", "This is its latest revision.")
        return self._step(draft_id, base, _NEWEST_CHILD, nothing)

    def drafts(self) -> tuple[DraftSummary, ...]:
        """Return every draft, the last changed first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT draft.id, revision.title, revision.clauses, draft.changed_at FROM draft"
                " JOIN revision ON revision.draft_id = draft.id AND revision.number = draft.head"
                " ORDER BY draft.changed_at DESC, draft.id"
            ).fetchall()
        return tuple(DraftSummary(id_, serial.text_from_json(title), clauses, at) for id_, title, clauses, at in rows)

    def revisions(self, draft_id: str) -> tuple[Revision, ...]:
        """Return the log of a draft in the order of saving, with the revisions that were undone.

        Raises:
            DraftError: There is no such draft.
        """
        with self._database.reading() as connection:
            self._head(connection, draft_id)
            rows = connection.execute(
                "SELECT number, parent, summary, saved_at FROM revision WHERE draft_id = ? ORDER BY number",
                (draft_id,),
            ).fetchall()
        return tuple(
            Revision(number, parent, serial.text_from_json(summary), at) for number, parent, summary, at in rows
        )

    def save_pending(self, draft_id: str, pending: Pending) -> None:
        """Keep the clause that is being typed; it is no revision, and the last one kept wins.

        Raises:
            DraftError: There is no such draft.
        """
        with self._database.writing() as connection:
            self._head(connection, draft_id)
            connection.execute("UPDATE draft SET pending = ? WHERE id = ?", (serial.pending_to_json(pending), draft_id))

    def load_pending(self, draft_id: str) -> Pending:
        """Return the clause that was being typed; empty when there is none.

        Raises:
            DraftError: There is no such draft.
        """
        with self._database.reading() as connection:
            self._head(connection, draft_id)
            (pending,) = connection.execute("SELECT pending FROM draft WHERE id = ?", (draft_id,)).fetchone()
        return serial.pending_from_json(pending)

    def _step(self, draft_id: str, base: int, query: str, nothing: DraftError) -> Draft:
        with self._database.writing() as connection:
            self._require_head(connection, draft_id, base)
            number = _neighbour(connection, query, draft_id, base)
            if number is None:
                raise nothing
            _move_head(connection, draft_id, number, _now())
            return self._read(connection, draft_id, number)

    def _head(self, connection: sqlite3.Connection, draft_id: str) -> tuple[int, str]:
        """Return the number of the current revision, and when the draft last changed."""
        # An id comes from an address bar, and SQLite takes no text that UTF-8 cannot carry; ours are ASCII.
        row = (
            connection.execute("SELECT head, changed_at FROM draft WHERE id = ?", (draft_id,)).fetchone()
            if draft_id.isascii()
            else None
        )
        if row is None:
            raise DraftError(
                f"There is no draft with the id {draft_id!r} in {self._database.path}.",
                "Check the address, or choose a draft from the list.",
            )
        head, changed_at = row
        return head, changed_at

    def _require_head(self, connection: sqlite3.Connection, draft_id: str, base: int) -> None:
        head, _ = self._head(connection, draft_id)
        if head != base:
            raise ConflictError(
                f"The draft was changed elsewhere: it is at revision {head}, not at revision {base}.",
                "Nothing was overwritten; reload the draft and make the change again.",
            )

    def _read(self, connection: sqlite3.Connection, draft_id: str, number: int) -> Draft:
        (content,) = connection.execute(
            "SELECT content FROM revision WHERE draft_id = ? AND number = ?", (draft_id, number)
        ).fetchone()
        where = f"Revision {number} of the draft {draft_id} in {self._database.path}"
        try:
            draft = serial.draft_from_json(content)
        except StorageError as error:
            raise StorageError(f"{where} cannot be read: {error.problem}", error.remedy) from error
        if (draft.id, draft.revision) != (draft_id, number):
            raise StorageError(f"{where} holds another revision.", "Restore the database from a backup copy.")
        return draft


def _append(connection: sqlite3.Connection, draft: Draft, *, parent: int | None, summary: str, saved_at: str) -> None:
    connection.execute(
        "INSERT INTO revision (draft_id, number, parent, summary, saved_at, title, clauses, content)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            draft.id,
            draft.revision,
            parent,
            serial.text_to_json(summary),
            saved_at,
            serial.text_to_json(draft.title),
            len(draft.clauses),
            serial.draft_to_json(draft),
        ),
    )


def _move_head(connection: sqlite3.Connection, draft_id: str, number: int, changed_at: str) -> None:
    connection.execute("UPDATE draft SET head = ?, changed_at = ? WHERE id = ?", (number, changed_at, draft_id))


def _neighbour(connection: sqlite3.Connection, query: str, draft_id: str, number: int) -> int | None:
    (neighbour,) = connection.execute(query, (draft_id, number)).fetchone()
    return None if neighbour is None else int(neighbour)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
