"""How revisions lie in the tables: what every change to a draft reads and writes inside its one transaction.

A draft's revisions form a tree; its head is the current one. A revision's content lies in parts (`drafting.parts`).
Knows the tables and what a draft looks like as text; decides nothing about what may be changed when, except that a
change starts from the head of a draft that is not deleted.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import ConflictError, DraftError, StorageError
from drafting import serial
from drafting.model import Draft, Pending
from drafting.operations import new_draft_id
from drafting.parts import put_together, take_apart
from drafting.states import Revision

_HEAD = (
    "SELECT id, head, changed_at, changed_by, change, read_id, coalesce(archived_at, ''), coalesce(deleted_at, ''),"
    " newest FROM draft"
)
_LARGEST = 2**63 - 1  # that SQLite can hold
_BACKUP = "Restore the database from a backup copy."


def now() -> str:
    """Return the time in UTC, ISO 8601, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Head:
    """A draft's row: which revision is current, and what is kept beside the revisions."""

    draft_id: str
    number: int
    changed_at: str
    changed_by: str
    change: str
    read_id: str
    archived_at: str
    deleted_at: str
    newest: int


class Revisions:
    """The drafts' revisions, in one transaction.

    Args:
        connection: The connection whose transaction it is.
        path: The file, for errors.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def head(self, draft_id: str, *, by: str = "id") -> Head:
        """Return the row of a draft, deleted or not; looked up `by` its ``id`` or its ``read_id``.

        Raises:
            DraftError: There is no such draft.
        """
        query = {"id": f"{_HEAD} WHERE id = ?", "read_id": f"{_HEAD} WHERE read_id = ?"}[by]
        # An id comes from an address bar, and SQLite takes no text that UTF-8 cannot carry; ours are ASCII.
        row = self._connection.execute(query, (draft_id,)).fetchone() if draft_id.isascii() else None
        if row is None:
            raise DraftError(
                f"There is no draft with the id {draft_id!r} in {self._path}.",
                "Check the address, or choose a draft from the list.",
            )
        id_, number, at, author, change, *rest = row
        return Head(id_, number, at, serial.text_from_json(author), serial.text_from_json(change), *rest)

    def changeable(self, draft_id: str) -> Head:
        """Return the row of a draft that may be changed.

        Raises:
            DraftError: There is no such draft, or it was deleted.
        """
        head = self.head(draft_id)
        if head.deleted_at:
            raise DraftError("The draft was deleted.", "Nothing was changed; take it back from the deleted ones first.")
        return head

    def based(self, draft_id: str, base: int) -> Head:
        """Return the row of a draft whose current revision is `base`.

        Raises:
            DraftError: There is no such draft, or it was deleted.
            ConflictError: Another revision is the current one.
        """
        head = self.changeable(draft_id)
        if head.number != base:
            raise ConflictError(
                f"The draft was changed elsewhere: it is at revision {head.number}, not at revision {base}.",
                "Nothing was overwritten; reload the draft and make the change again.",
            )
        return head

    def read(self, draft_id: str, number: int) -> Draft:
        """Return a revision of a draft that exists.

        Raises:
            DraftError: The draft has no such revision.
            StorageError: The revision is damaged.
        """
        row = (
            self._connection.execute(
                "SELECT content FROM revision WHERE draft_id = ? AND number = ?", (draft_id, number)
            ).fetchone()
            if 0 < number <= _LARGEST
            else None
        )
        if row is None:
            raise DraftError(f"The draft has no revision {number}.", "Choose one from its versions.")
        where = f"Revision {number} of the draft {draft_id} in {self._path}"

        def part(digest: str) -> str:
            found = self._connection.execute(
                "SELECT text FROM part WHERE draft_id = ? AND digest = ?", (draft_id, digest)
            ).fetchone()
            if found is None:
                raise KeyError(digest)
            return str(found[0])

        try:
            draft = serial.draft_from_json(put_together(row[0], part))
        except StorageError as error:
            raise StorageError(f"{where} cannot be read: {error.problem}", error.remedy) from error
        if (draft.id, draft.revision) != (draft_id, number):
            raise StorageError(f"{where} holds another revision.", _BACKUP)
        return draft

    def begin(self, draft: Draft, summary: str, author: str) -> None:
        """Write a new draft and its first revision, which is number 1."""
        at = now()
        self._connection.execute(
            "INSERT INTO draft (id, head, changed_at, changed_by, change, pending, read_id, newest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                draft.id,
                draft.revision,
                at,
                serial.text_to_json(author),
                serial.text_to_json(summary),
                serial.pending_to_json(Pending()),
                new_draft_id(),
                draft.revision,
            ),
        )
        self._insert(draft, None, summary, author, at)

    def append(self, draft: Draft, parent: int, summary: str, author: str) -> None:
        """Write a revision and make it the current one."""
        at = now()
        self._insert(draft, parent, summary, author, at)
        self.move_head(draft.id, draft.revision, author, summary, at=at)

    def move_head(self, draft_id: str, number: int, author: str, change: str, *, at: str = "") -> None:
        """Make a revision the current one."""
        self._connection.execute(
            "UPDATE draft SET head = :number, newest = max(newest, :number), changed_at = :at, changed_by = :author,"
            " change = :change WHERE id = :id",
            {
                "number": number,
                "at": at or now(),
                "author": serial.text_to_json(author),
                "change": serial.text_to_json(change),
                "id": draft_id,
            },
        )

    def parent(self, draft_id: str, number: int) -> int | None:
        """Return the revision that one was made from; None for the first."""
        return self._number("SELECT parent FROM revision WHERE draft_id = ? AND number = ?", draft_id, number)

    def newest_child(self, draft_id: str, number: int) -> int | None:
        """Return the newest revision that was made from one; None when there is none."""
        return self._number("SELECT max(number) FROM revision WHERE draft_id = ? AND parent = ?", draft_id, number)

    def summary(self, draft_id: str, number: int) -> str:
        """Return what a stored revision says of its change."""
        (summary,) = self._connection.execute(
            "SELECT summary FROM revision WHERE draft_id = ? AND number = ?", (draft_id, number)
        ).fetchone()
        return serial.text_from_json(summary)

    def name(self, draft_id: str, number: int, name: str) -> None:
        """Give a revision a name, or with an empty one take it.

        Raises:
            DraftError: The draft has no such revision.
            StorageError: The revision is damaged.
        """
        self.read(draft_id, number)
        self._connection.execute(
            "UPDATE revision SET name = ? WHERE draft_id = ? AND number = ?",
            (serial.text_to_json(name) if name else None, draft_id, number),
        )

    def log(self, head: Head) -> tuple[Revision, ...]:
        """Return what is known of every revision of a draft, in the order of saving."""
        rows = self._connection.execute(
            "SELECT number, parent, summary, saved_at, author, name, clauses FROM revision WHERE draft_id = ?"
            " ORDER BY number",
            (head.draft_id,),
        ).fetchall()
        parents = {number: parent for number, parent, *_ in rows}
        branch: set[int] = set()
        step: int | None = head.number
        while step is not None:
            branch.add(step)
            step = parents[step]
        return tuple(
            Revision(
                number=number,
                parent=parent,
                summary=serial.text_from_json(summary),
                saved_at=at,
                author=serial.text_from_json(author),
                name="" if name is None else serial.text_from_json(name),
                clauses=clauses,
                on_branch=number in branch,
                current=number == head.number,
            )
            for number, parent, summary, at, author, name, clauses in rows
        )

    def _number(self, query: str, draft_id: str, number: int) -> int | None:
        (found,) = self._connection.execute(query, (draft_id, number)).fetchone()
        return None if found is None else int(found)

    def _insert(self, draft: Draft, parent: int | None, summary: str, author: str, at: str) -> None:
        parted = take_apart(serial.draft_to_json(draft))
        self._connection.executemany(
            "INSERT INTO part (draft_id, digest, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(draft.id, digest, text) for digest, text in parted.parts.items()],
        )
        self._connection.execute(
            "INSERT INTO revision"
            " (draft_id, number, parent, summary, saved_at, title, clauses, content, author, congress)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                draft.id,
                draft.revision,
                parent,
                serial.text_to_json(summary),
                at,
                serial.text_to_json(draft.title),
                len(draft.clauses),
                parted.text,
                serial.text_to_json(author),
                serial.text_to_json(draft.masthead.congress),
            ),
        )
