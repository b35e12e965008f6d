"""Who has a draft open now, so that two people who edit it know of each other.

What is kept here may be lost at any time: it is no revision, it is never waited for, and a database that is locked,
full or read-only makes people invisible to each other and nothing worse. Several servers may share the file.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from corpus.errors import StorageError
from drafting import serial
from drafting.database import Database

_FRESH = 4.0  # seconds in which nothing new is worth a write
_FORGOTTEN = 3600.0  # seconds after which somebody is removed


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody else who has the draft open.

    Attributes:
        session: Their session.
        name: Their name as typed; empty when they gave none.
        clause_id: The clause that they are editing; None when none.
        seconds: How long ago they were last seen.
    """

    session: str
    name: str
    clause_id: str | None
    seconds: float


class Presence:
    """The editors of the drafts in one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def touch(self, draft_id: str, session: str, name: str, clause_id: str | None = None) -> bool:
        """Say that somebody has a draft open; return whether the others can know.

        False when the database is locked, full or read-only at this moment, or there is no such draft. When it is said
        again within a few seconds, nothing is written.
        """
        now = time.time()
        key = (serial.text_to_json(draft_id), serial.text_to_json(session))
        row = (serial.text_to_json(name), None if clause_id is None else serial.text_to_json(clause_id))
        try:
            with self._database.noting() as connection:
                held = connection.execute(
                    "SELECT name, clause_id, seen_at FROM presence"
                    " WHERE draft_id = json_extract(?, '$') AND session = ?",
                    key,
                ).fetchone()
                if held is not None and held[:2] == row and 0 <= now - held[2] < _FRESH:
                    return True
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("DELETE FROM presence WHERE seen_at < ?", (now - _FORGOTTEN,))
                kept = connection.execute(
                    "INSERT OR REPLACE INTO presence (draft_id, session, name, clause_id, seen_at)"
                    " SELECT id, ?, ?, ?, ? FROM draft WHERE id = json_extract(?, '$')",
                    (key[1], *row, now, key[0]),
                ).rowcount
        except StorageError:
            return False
        return kept > 0

    def others(self, draft_id: str, session: str, within_seconds: float = 30.0) -> tuple[Editor, ...]:
        """Return who else has a draft open, the last seen first; nobody when that cannot be read.

        Args:
            draft_id: The draft.
            session: The session that asks, which is left out.
            within_seconds: How long ago they may have been seen last.
        """
        now = time.time()
        try:
            with self._database.noting() as connection:
                rows = connection.execute(
                    "SELECT session, name, clause_id, seen_at FROM presence"
                    " WHERE draft_id = json_extract(?, '$') AND session != ? AND seen_at >= ? ORDER BY seen_at DESC",
                    (serial.text_to_json(draft_id), serial.text_to_json(session), now - within_seconds),
                ).fetchall()
        except StorageError:
            return ()
        text = serial.text_from_json
        return tuple(
            Editor(text(session_), text(name), clause_id and text(clause_id), max(0.0, now - seen_at))
            for session_, name, clause_id, seen_at in rows
        )

    def leave(self, draft_id: str, session: str) -> None:
        """Say that somebody has closed a draft; when that cannot be kept, they are seen until their time is over."""
        try:
            with self._database.noting() as connection:
                connection.execute(
                    "DELETE FROM presence WHERE draft_id = json_extract(?, '$') AND session = ?",
                    (serial.text_to_json(draft_id), serial.text_to_json(session)),
                )
        except StorageError:
            return
