"""A backup of all drafts as one file, and putting one back, while the app goes on.

Putting a backup back is one transaction on the database as it stands: whoever is reading sees the old drafts or the new
ones, a change of anybody else comes before it (and is in the copy that is kept) or after it. A database too damaged for
that is moved aside instead. Deliberately knows of the tables only that they are copied whole.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import StorageError
from drafting.copies import DamagedError, copy_database, dated, require_whole
from drafting.database import Database, schema_version
from drafting.schema import TABLES, VERSIONS
from drafting.trouble import error_code, explained, not_ours

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY_TIMEOUT = 30.0  # seconds; a restore is worth waiting for


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database of drafts holds: how many drafts, deleted ones included, and how many revisions of them."""

    drafts: int
    revisions: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done to put a backup back.

    Attributes:
        contents: What the database holds now.
        kept: Copy of the database as it was before; None when there was none.
        damaged: Whether that one was too damaged to be copied, and was moved aside as it was.
    """

    contents: Contents
    kept: Path | None
    damaged: bool


def back_up(path: Path, target: Path, *, overwrite: bool = False) -> Contents:
    """Write all drafts of a database to a file that is complete by itself.

    Args:
        path: The database; it may be in use.
        target: The file to write.
        overwrite: Whether a file that is there may be replaced.

    Raises:
        StorageError: There is no database, it cannot be read or is damaged, `target` exists or cannot be written.
    """
    _require_file(path, "There are no drafts to back up", "Make a draft first, or set RAPPORTEUR_DRAFTS.")
    if target.exists() and not overwrite:
        raise StorageError(f"{target} exists already.", "Choose another name, or replace it with --force.")
    if target.exists() and target.samefile(path):
        raise StorageError(f"{target} is the database itself.", "Choose another name for the backup.")
    database = Database(path, busy_timeout=_BUSY_TIMEOUT)
    with database.reading() as connection:
        copy_database(connection, path, target)
        return _contents(connection)


def restore(path: Path, backup: Path) -> Restored:
    """Put the drafts of a backup in the place of those in a database, which may be in use; the latter are kept aside.

    Args:
        path: The database; made when it does not exist.
        backup: A file that `back_up` wrote, by this version or an older one. It is not changed.

    Raises:
        StorageError: The backup is not ours, is damaged or was written by a newer version, or the database is another
            program's or cannot be written. The database is as it was.
    """
    path = path.absolute()
    _require_file(backup, "There is no backup", "Name a file that `python -m drafting backup` wrote.")
    if path.exists() and backup.samefile(path):
        raise StorageError(f"{backup} is the database itself.", "Name a backup of it.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise StorageError(
            f"The folder {path.parent} cannot be written ({error.strerror}).", "Allow writing to it, then try again."
        ) from error
    with folder:
        fresh = _checked(backup, Path(folder.name) / "restored.sqlite")
        try:
            if path.exists():
                return _replaced(path, fresh)
        except StorageError as error:
            if not isinstance(error, DamagedError) and error_code(error.__cause__) not in _DAMAGE:
                raise
        return _installed(path, fresh)


def _checked(backup: Path, copy: Path) -> Path:
    """Copy a backup and bring the copy up to date; refuse a backup that is not one of ours, or not whole."""
    try:
        # Opened for writing, SQLite takes away the log that it lays beside the file to read it.
        _copy_ours(backup, "mode=rw", copy)
    except sqlite3.DatabaseError as error:
        try:
            if error_code(error) != sqlite3.SQLITE_CANTOPEN:
                raise
            _copy_ours(backup, "mode=ro&immutable=1", copy)  # on a disk that cannot be written, nobody else writes
        except sqlite3.DatabaseError as last:
            explanation = explained(last, backup)
            if explanation is None:
                raise
            raise explanation from last
    Database(copy, busy_timeout=_BUSY_TIMEOUT)
    return copy


def _copy_ours(backup: Path, how: str, copy: Path) -> None:
    uri = f"{backup.absolute().as_uri()}?{how}"
    with closing(sqlite3.connect(uri, uri=True, timeout=_BUSY_TIMEOUT, isolation_level=None)) as connection:
        if not schema_version(connection, backup):
            raise not_ours(backup)
        copy_database(connection, backup, copy)


def _replaced(path: Path, fresh: Path) -> Restored:
    """Replace every row in one transaction, after a copy was taken under the same lock."""
    database = Database(path, busy_timeout=_BUSY_TIMEOUT)
    with database.replacing(fresh) as connection:
        kept = dated(path, "before-restore")
        with database.reading() as reader:
            copy_database(reader, path, kept, check=False)
        try:
            # A number that was given before is not given again: a window that still shows the revision with that
            # number would otherwise save over another one that has it now.
            connection.execute("CREATE TEMP TABLE given AS SELECT id, newest FROM main.draft")
            for table in reversed(TABLES):
                connection.execute(f"DROP TABLE main.{table}")
            for step in VERSIONS:
                step(connection)
            for table in TABLES:
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM restored.{table}")  # noqa: S608 - ours
            connection.execute(
                "UPDATE main.draft SET newest = max(draft.newest, given.newest) FROM temp.given"
                " WHERE given.id = draft.id"
            )
            require_whole(connection, path)
            contents = _contents(connection)
        except (sqlite3.Error, StorageError):
            kept.unlink()
            raise
    return Restored(contents, kept, damaged=False)


def _installed(path: Path, fresh: Path) -> Restored:
    """Put the file in the place of one that cannot be worked with, which is moved aside, or of none."""
    kept = dated(path, "damaged") if path.exists() else None
    aside = kept or dated(path, "left")
    try:
        for ending in ("", "-wal", "-shm"):  # a log without its file would be taken for the new file's
            old = path.with_name(path.name + ending)
            if old.exists():
                old.rename(aside.with_name(aside.name + ending))
    except OSError as error:
        raise StorageError(
            f"The damaged database {path} cannot be moved aside ({error.strerror}).",
            "Allow writing to its folder, then try again.",
        ) from error
    with Database(fresh, busy_timeout=_BUSY_TIMEOUT).reading() as connection:
        copy_database(connection, fresh, path)
        return Restored(_contents(connection), kept, damaged=kept is not None)


def _contents(connection: sqlite3.Connection) -> Contents:
    drafts, revisions = connection.execute(
        "SELECT (SELECT count(*) FROM main.draft), (SELECT count(*) FROM main.revision)"
    ).fetchone()
    return Contents(drafts, revisions)


def _require_file(path: Path, problem: str, remedy: str) -> None:
    if not path.is_file():
        raise StorageError(f"{problem}: {path} is not a file.", remedy)
