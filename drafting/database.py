"""The SQLite file that drafts are kept in: opening it, its schema and versions, and what can go wrong with it.

Each use opens a connection of its own and closes it, so that threads share nothing and an idle program holds no lock. A
change is one transaction that is on the disk (write-ahead log, synchronous=FULL) before `writing` returns. Deliberately
knows nothing of what the tables mean: that is `drafting.store`.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from corpus.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x52415050
"""Marks a SQLite file as one of ours ("RAPP"), in the place that SQLite's file header has for it."""

_PAUSE = 0.01  # seconds between two tries for a lock

_VERSION_1 = (
    """
    CREATE TABLE draft (
        id TEXT PRIMARY KEY,
        head INTEGER NOT NULL,
        changed_at TEXT NOT NULL,
        pending TEXT NOT NULL,
        FOREIGN KEY (id, head) REFERENCES revision (draft_id, number) DEFERRABLE INITIALLY DEFERRED
    ) STRICT
    """,
    """
    CREATE TABLE revision (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        number INTEGER NOT NULL CHECK (number >= 1),
        parent INTEGER CHECK (parent < number),
        summary TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        title TEXT NOT NULL,
        clauses INTEGER NOT NULL,
        content TEXT NOT NULL,
        PRIMARY KEY (draft_id, number),
        FOREIGN KEY (draft_id, parent) REFERENCES revision (draft_id, number)
    ) STRICT
    """,
    "CREATE INDEX revision_by_parent ON revision (draft_id, parent)",
    """
    CREATE TRIGGER revision_is_never_changed BEFORE UPDATE ON revision
    BEGIN SELECT RAISE(ABORT, 'a stored revision is never changed'); END
    """,
    """
    CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
    BEGIN SELECT RAISE(ABORT, 'a stored revision is never deleted'); END
    """,
)
_VERSIONS = (_VERSION_1,)
"""The statements that lead from each version of the schema to the next; `PRAGMA user_version` counts those applied."""

_BUSY = (
    "The database is locked: another program is using {path}.",
    "Nothing was changed; close the other program, or try again in a moment.",
)
_UNOPENED = (
    "The database {path} cannot be opened.",
    "Check that it is a file, and that you may write to it and to its folder.",
)
_FOREIGN = (
    "{path} is not a Rapporteur database.",
    "Move that file away, or choose another place for the drafts.",
)
_EXPLANATIONS = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
    sqlite3.SQLITE_PERM: _UNOPENED,
    sqlite3.SQLITE_NOTADB: _FOREIGN,
    sqlite3.SQLITE_READONLY: (
        "The database {path} is read-only.",
        "Nothing was changed; allow writing to the file and its folder, then try again.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk is full: {path} cannot grow.",
        "Every revision saved before is intact; free some space, then save again.",
    ),
    sqlite3.SQLITE_IOERR: (
        "The disk failed while {path} was read or written.",
        "Check the disk and the space left on it, then try again.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "The database {path} is damaged.",
        "Keep that file, and put a backup copy in its place.",
    ),
}


class Database:
    """A SQLite file of drafts, made when it does not exist yet. Safe to share between threads.

    Args:
        path: The file; its folder is made when it does not exist.
        busy_timeout: How long to wait for another connection's lock, in seconds.

    Raises:
        StorageError: The file cannot be opened, is not ours, or was written by a newer version.
    """

    def __init__(self, path: Path, *, busy_timeout: float) -> None:
        self.path = path.absolute()  # the working folder may change later
        self._busy_timeout = busy_timeout
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The folder {path.parent} cannot be made ({error.strerror}).",
                "Choose another place for the drafts.",
            ) from error
        self._bring_up_to_date()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that sees one unchanging state of the database.

        Raises:
            StorageError: The database cannot be read.
        """
        with self._open("rw") as connection, connection:
            self._require_current(connection)
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that alone may write; on leaving, everything is on the disk, or on an error nothing.

        Raises:
            StorageError: The database cannot be written.
        """
        with self._open("rw") as connection, connection:
            connection.execute("BEGIN IMMEDIATE")
            self._require_current(connection)
            yield connection

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        # Mode "rw" does not make the file: a database that vanished is an error, not an empty shelf.
        uri = f"{self.path.as_uri()}?mode={mode}"
        try:
            with closing(
                sqlite3.connect(uri, uri=True, timeout=self._busy_timeout, isolation_level=None)
            ) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
        except sqlite3.DatabaseError as error:
            # Python raises some of its own without a code; those, like any broken constraint, are our mistakes.
            explanation = _EXPLANATIONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
            if explanation is None:
                raise
            problem, remedy = explanation
            raise StorageError(problem.format(path=self.path), remedy) from error

    def _bring_up_to_date(self) -> None:
        with self._open("rwc") as connection:
            if self._version(connection) < len(_VERSIONS):
                self._write_ahead(connection)
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    # Read again under the lock: another program may have been faster.
                    for statements in _VERSIONS[self._version(connection) :]:
                        for statement in statements:
                            connection.execute(statement)
                    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {len(_VERSIONS)}")

    def _write_ahead(self, connection: sqlite3.Connection) -> None:
        """Switch to write-ahead logging. SQLite does not wait for a lock here, whatever the timeout, so we do."""
        deadline = time.monotonic() + self._busy_timeout
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _require_current(self, connection: sqlite3.Connection) -> None:
        if self._version(connection) < len(_VERSIONS):
            raise self._not_ours()

    def _version(self, connection: sqlite3.Connection) -> int:
        """Return the version of the schema; 0 for a file with nothing in it yet."""
        application_id, version, tables = connection.execute(
            "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
            " FROM pragma_application_id, pragma_user_version"
        ).fetchone()
        if (application_id, version, tables) == (0, 0, 0):
            return 0
        if application_id != APPLICATION_ID:
            raise self._not_ours()
        if version > len(_VERSIONS):
            raise StorageError(
                f"The database {self.path} was written by a newer version of Rapporteur"
                f" (schema {version}; this version knows {len(_VERSIONS)}).",
                "Update Rapporteur, or choose another place for the drafts.",
            )
        return int(version)

    def _not_ours(self) -> StorageError:
        problem, remedy = _FOREIGN
        return StorageError(problem.format(path=self.path), remedy)
