"""The tables that drafts are kept in, and the steps from each version of them to the next.

A step runs inside the transaction that opens the file with it, so that a file is at one version or at the next and
never between. Deliberately doesn't open files (`drafting.database`) and doesn't know what is done with the tables
(`drafting.revisions`, `drafting.shelf`, `drafting.presence`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable

from corpus.errors import StorageError
from drafting.operations import new_draft_id
from drafting.parts import take_apart

APPLICATION_ID = 0x52415050
"""Marks a SQLite file as one of ours ("RAPP"), in the place that SQLite's file header has for it."""

TABLES = ("draft", "revision", "part", "presence")

_FIRST = (
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

# Texts of people are JSON texts, as in the first version: '""' is the empty one. A number that was once given to a
# revision is never given again (`newest`), so that a window that shows a lost revision can never save over another.
_SECOND_COLUMNS = (
    "DROP TRIGGER IF EXISTS revision_is_never_changed",
    "DROP TRIGGER IF EXISTS revision_is_never_deleted",
    "ALTER TABLE draft ADD COLUMN read_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE draft ADD COLUMN newest INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE draft ADD COLUMN changed_by TEXT NOT NULL DEFAULT '\"\"'",
    "ALTER TABLE draft ADD COLUMN change TEXT NOT NULL DEFAULT '\"\"'",
    "ALTER TABLE draft ADD COLUMN archived_at TEXT",
    "ALTER TABLE draft ADD COLUMN deleted_at TEXT",
    "ALTER TABLE revision ADD COLUMN author TEXT NOT NULL DEFAULT '\"\"'",
    "ALTER TABLE revision ADD COLUMN congress TEXT NOT NULL DEFAULT '\"\"'",
    "ALTER TABLE revision ADD COLUMN name TEXT",
    """
    CREATE TABLE part (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        digest TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (draft_id, digest)
    ) STRICT
    """,
    """
    CREATE TABLE presence (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        session TEXT NOT NULL,
        name TEXT NOT NULL,
        clause_id TEXT,
        seen_at REAL NOT NULL,
        PRIMARY KEY (draft_id, session)
    ) STRICT, WITHOUT ROWID
    """,
)
_SECOND_RULES = (
    "CREATE UNIQUE INDEX draft_by_read_id ON draft (read_id)",
    """
    CREATE TRIGGER revision_is_never_changed BEFORE UPDATE OF
        draft_id, number, parent, summary, saved_at, title, clauses, content, author, congress ON revision
    BEGIN SELECT RAISE(ABORT, 'a stored revision is never changed'); END
    """,
    """
    CREATE TRIGGER part_is_never_changed BEFORE UPDATE ON part
    BEGIN SELECT RAISE(ABORT, 'a part of a stored revision is never changed'); END
    """,
    """
    CREATE TRIGGER revision_is_never_deleted BEFORE DELETE ON revision
    WHEN (SELECT deleted_at FROM draft WHERE id = OLD.draft_id) IS NULL
    BEGIN SELECT RAISE(ABORT, 'a stored revision is never deleted before its draft is'); END
    """,
    """
    CREATE TRIGGER part_is_never_deleted BEFORE DELETE ON part
    WHEN (SELECT deleted_at FROM draft WHERE id = OLD.draft_id) IS NULL
    BEGIN SELECT RAISE(ABORT, 'a part of a stored revision is never deleted before its draft is'); END
    """,
)


def _first(connection: sqlite3.Connection) -> None:
    for statement in _FIRST:
        connection.execute(statement)


def _second(connection: sqlite3.Connection) -> None:
    """Add authors, names, read-only ids, archive, deletion, parts and presence."""
    for statement in _SECOND_COLUMNS:
        connection.execute(statement)
    for draft_id, head in connection.execute("SELECT id, head FROM draft").fetchall():
        connection.execute(
            "UPDATE draft SET read_id = :read_id,"
            " newest = (SELECT max(number) FROM revision WHERE draft_id = :id),"
            " change = (SELECT summary FROM revision WHERE draft_id = :id AND number = :head) WHERE id = :id",
            {"read_id": new_draft_id(), "id": draft_id, "head": head},
        )
    for draft_id, number in connection.execute("SELECT draft_id, number FROM revision").fetchall():
        (content,) = connection.execute(
            "SELECT content FROM revision WHERE draft_id = ? AND number = ?", (draft_id, number)
        ).fetchone()
        try:
            parted = take_apart(content)
            congress = json.dumps(json.loads(content)["masthead"]["congress"])
        except (StorageError, KeyError, TypeError):
            continue  # damaged before; it stays as it is, and reading it says so
        connection.executemany(
            "INSERT INTO part (draft_id, digest, text) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [(draft_id, digest, text) for digest, text in parted.parts.items()],
        )
        connection.execute(
            "UPDATE revision SET content = ?, congress = ? WHERE draft_id = ? AND number = ?",
            (parted.text, congress, draft_id, number),
        )
    for statement in _SECOND_RULES:
        connection.execute(statement)


VERSIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _second)
"""What leads from each version of the schema to the next; `PRAGMA user_version` counts the steps applied."""
