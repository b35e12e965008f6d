"""A whole copy of an open database as one file: what a backup is, and what is kept before a database is changed.

The copy is one state of the database, taken while other programs go on writing to it. It is checked and on the disk
before it gets its name, so that a file with that name is always whole. Deliberately knows nothing of the tables.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from corpus.errors import StorageError
from drafting.trouble import error_code, explained

_SOURCE_FAILED = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_LONGEST_WAIT = 30.0  # seconds, for another program's lock


class DamagedError(StorageError):
    """A database that fails SQLite's own check."""


def dated(path: Path, why: str) -> Path:
    """Return a free name beside a file that says why a copy was kept and when, in UTC."""
    stamp = f"{path.name}.{why}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    number = 1
    while (copy := path.with_name(stamp if number == 1 else f"{stamp}-{number}")).exists():
        number += 1
    return copy


def copy_database(connection: sqlite3.Connection, source: Path, target: Path, *, check: bool = True) -> None:
    """Write the state that a connection sees to a file, replacing what is there in one step.

    Args:
        connection: An open connection to the database.
        source: Its file, for the errors.
        target: The file to write; its folder has to exist.
        check: Whether to refuse a copy that fails SQLite's own check; without, a damaged database is copied too.

    Raises:
        StorageError: The database cannot be read or is damaged, or the copy cannot be written; `target` is as it was.
    """
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        os.close(handle)
    except OSError as error:
        raise _unwritten(target, str(error.strerror)) from error
    part = Path(name)
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            connection.backup(copy, progress=_impatient(time.monotonic() + _LONGEST_WAIT))  # one step, so one state
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, complete without a log beside it
            if check:
                require_whole(copy, source)
        _sync(part)
        part.replace(target)
        _sync(target.parent)
    except sqlite3.DatabaseError as error:
        failed = explained(error, source) if error_code(error) in _SOURCE_FAILED else None
        raise failed or _unwritten(target, str(error)) from error
    except OSError as error:
        raise _unwritten(target, str(error.strerror)) from error
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)


def require_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Check a database with SQLite's own checks: its pages and its references.

    Raises:
        StorageError: It is damaged.
    """
    answers = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if answers != [("ok",)] or connection.execute("PRAGMA foreign_key_check").fetchall():
        raise DamagedError(
            f"The database {path} is damaged (SQLite's own check failed).",
            "Keep that file, and use an older backup copy.",
        )


def _impatient(deadline: float) -> Callable[[int, int, int], None]:
    # Python repeats a step that is refused for a lock until it works, so somebody has to stop it.
    def watch(status: int, _remaining: int, _pages: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > deadline:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorcode = status
            raise error

    return watch


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritten(target: Path, why: str) -> StorageError:
    return StorageError(
        f"The copy {target} cannot be written ({why}).", "Choose a folder that exists and has space, then try again."
    )
