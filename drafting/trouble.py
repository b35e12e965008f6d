"""What SQLite's errors mean for somebody who keeps drafts: two sentences for each, with the file they are about."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from corpus.errors import StorageError

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
        "Keep that file, and put a backup copy in its place with `python -m drafting restore`.",
    ),
}


def error_code(error: BaseException | None) -> int:
    """Return SQLite's primary code of an error; 0 when it has none, as some that Python raises itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def explained(error: sqlite3.DatabaseError, path: Path) -> StorageError | None:
    """Return what an error says to the user; None for our own mistakes, such as a broken constraint."""
    explanation = _EXPLANATIONS.get(error_code(error))
    if explanation is None:
        return None
    problem, remedy = explanation
    return StorageError(problem.format(path=path), remedy)


def not_ours(path: Path) -> StorageError:
    """Return the error for a file of another program."""
    problem, remedy = _FOREIGN
    return StorageError(problem.format(path=path), remedy)
