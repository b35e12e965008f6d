"""The SQLite file that drafts are kept in: opening it, bringing it up to date, and its transactions.

Each use opens a connection of its own and closes it, so that threads share nothing and an idle program holds no lock. A
change is one transaction that is on the disk (write-ahead log, synchronous=FULL) before `writing` returns. A file of an
older version is copied beside itself and then brought up to date in one transaction. Deliberately knows nothing of what
the tables mean: that is `drafting.schema` and `drafting.store`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from corpus.errors import StorageError
from drafting.copies import copy_database, dated
from drafting.schema import APPLICATION_ID, VERSIONS
from drafting.trouble import error_code, explained, not_ours

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PAUSE = 0.01  # seconds between two tries for a lock


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
        with self._open(self._mode("rw")) as connection, connection:
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
    def noting(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for what may be lost: it waits for nobody, and its writes are not forced to the disk.

        Raises:
            StorageError: Somebody else is writing, or the database cannot be written.
        """
        with self._open("rw", busy_timeout=0.0, synchronous="NORMAL") as connection, connection:
            self._require_current(connection)
            yield connection

    @contextmanager
    def replacing(self, other: Path) -> Iterator[sqlite3.Connection]:
        """Like `writing`, with another database attached as ``restored`` and references checked by the caller.

        Raises:
            StorageError: The database cannot be written.
        """
        with self._open("rw") as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("ATTACH ? AS restored", (str(other),))
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                self._require_current(connection)
                yield connection

    @contextmanager
    def _open(
        self, mode: str, *, busy_timeout: float | None = None, synchronous: str = "FULL"
    ) -> Iterator[sqlite3.Connection]:
        # Mode "rw" does not make the file: a database that vanished is an error, not an empty shelf.
        uri = f"{self.path.as_uri()}?mode={mode}"
        timeout = self._busy_timeout if busy_timeout is None else busy_timeout
        try:
            with closing(sqlite3.connect(uri, uri=True, timeout=timeout, isolation_level=None)) as connection:
                connection.execute(f"PRAGMA synchronous = {synchronous}")
                connection.execute("PRAGMA foreign_keys = ON")
                yield connection
        except sqlite3.DatabaseError as error:
            # Python raises some of its own without a code; those, like any broken constraint, are our mistakes.
            explanation = explained(error, self.path)
            if explanation is None:
                raise
            raise explanation from error

    def _mode(self, mode: str) -> str:
        """Return how to open the file for reading: as one that nobody changes, where there is no writing beside it.

        SQLite lays files of its own beside a database to read it, and cannot on a read-only disk.
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        alone = self.path.is_file() and not log.exists() and not os.access(self.path.parent, os.W_OK)
        return "ro&immutable=1" if alone else mode

    def _bring_up_to_date(self) -> None:
        with self._open(self._mode("rwc")) as connection:
            if schema_version(connection, self.path) == len(VERSIONS):
                return
            self._write_ahead(connection)
            copy: Path | None = None
            try:
                with connection:
                    connection.execute("BEGIN IMMEDIATE")
                    version = schema_version(
                        connection, self.path
                    )  # under the lock: another program may have been faster
                    if 0 < version < len(VERSIONS):
                        copy = self._copied(version)
                    for step in VERSIONS[version:]:
                        step(connection)
                    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {len(VERSIONS)}")
            except (sqlite3.Error, StorageError):
                if copy is not None:  # the file is as it was
                    copy.unlink()
                raise

    def _copied(self, version: int) -> Path:
        """Keep a copy beside a file that is about to leave its version."""
        copy = dated(self.path, f"version-{version}")
        with self._open("rw") as reader:  # the connection that holds the lock cannot be copied from
            copy_database(reader, self.path, copy, check=False)
        return copy

    def _write_ahead(self, connection: sqlite3.Connection) -> None:
        """Switch to write-ahead logging. SQLite does not wait for a lock here, whatever the timeout, so we do."""
        deadline = time.monotonic() + self._busy_timeout
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _require_current(self, connection: sqlite3.Connection) -> None:
        if schema_version(connection, self.path) < len(VERSIONS):
            raise not_ours(self.path)


def schema_version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of a database's schema; 0 for a file with nothing in it yet.

    Raises:
        StorageError: The file at `path` is another program's, or was written by a newer version of this one.
    """
    application_id, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if (application_id, version, tables) == (0, 0, 0):
        return 0
    if application_id != APPLICATION_ID:
        raise not_ours(path)
    if version > len(VERSIONS):
        raise StorageError(
            f"The database {path} was written by a newer version of Rapporteur"
            f" (schema {version}; this version knows {len(VERSIONS)}).",
            "Update Rapporteur, or choose another place for the drafts.",
        )
    return int(version)
