"""Programs that die while saving, and disks that fail under them: everything confirmed is still there."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dying import ROOT, killed_before_each_statement

from drafting.model import ClauseKind
from drafting.operations import add_clause
from drafting.store import DraftStore

if TYPE_CHECKING:
    from collections.abc import Iterator

IMPORTS = """
import itertools, os, signal, sqlite3, sys, time
from pathlib import Path
from drafting.backup import back_up
from drafting.model import ClauseKind
from drafting.operations import add_clause
from drafting.store import DraftStore
from corpus.errors import ConflictError, StorageError
"""

OPEN = """
path, draft_id = Path(sys.argv[1]), sys.argv[2]
store = DraftStore(path)
draft = store.load(draft_id)

def save(text):
    global draft
    draft = store.save(add_clause(draft, text, ClauseKind.OPERATIVE), "Added " + text, base=draft.revision)
    print(text, flush=True)
"""

SAVE_FOR_EVER = """
for number in itertools.count():
    save(f"{sys.argv[3]}-{number}")
"""

DO_EVERYTHING_FOR_EVER = """
for number in itertools.count():
    text = f"{sys.argv[3]}-{number}"
    save(text)
    copy = store.duplicate(draft_id)
    print("copy", copy.id, draft.revision, flush=True)
    store.name_version(draft_id, draft.revision, text)
    print("name", draft.revision, text, flush=True)
    back_up(path, path.with_name(f"{text}.backup"))
    print("backup", text, draft.revision, flush=True)
    draft = store.restore(draft_id, draft.revision - 1, base=draft.revision)
    print("restored", draft.revision, draft.revision - 2, flush=True)
    store.delete(copy.id)
    print("deleted", copy.id, flush=True)
"""

SAVE_WITH_A_READER_OPEN = """
reader = sqlite3.connect(path)
reader.execute("SELECT * FROM draft").fetchall()  # while it is connected, the log is not folded into the file
for number in range(3):
    save(f"{sys.argv[3]}-{number}")
time.sleep(60)
"""

SAVE_UNTIL_THE_DISK_FAILS = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), resource.RLIM_INFINITY))
try:
    for number in itertools.count():
        save(f"{sys.argv[3]}-{number}")
except StorageError as error:
    print(error, file=sys.stderr)
    sys.exit(3)
"""


@contextmanager
def program(script: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run a script in a process of its own; it is dead on leaving."""
    command = [sys.executable, "-W", "error", "-c", IMPORTS + script, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def confirmed_before_the_kill(process: subprocess.Popen[str], after: int, pause: float = 0.0) -> list[str]:
    """Kill a program some seconds after it has confirmed some changes; return every change that it confirmed."""
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(after)]
    time.sleep(pause)
    process.kill()
    lines += process.stdout.readlines()
    assert process.wait() == -9
    return [line.strip() for line in lines if line.endswith("\n")]


def require_whole(path: Path) -> None:
    """Check the file with SQLite's own checks, and that every head and parent exists."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_everything_confirmed_survives_twenty_kills_in_the_middle_of_saving(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    draft_id = DraftStore(path).create().id
    confirmed: list[str] = []
    for kill in range(20):
        with program(OPEN + SAVE_FOR_EVER, path, draft_id, kill) as process:
            confirmed += confirmed_before_the_kill(process, after=1 + kill, pause=kill * 0.0004)
        store = DraftStore(path)
        draft = store.load(draft_id)
        texts = [clause.text for clause in draft.clauses]
        # One change a kill may be on the disk and not yet confirmed; none may be confirmed and not on the disk.
        assert [text for text in texts if text in set(confirmed)] == confirmed
        assert len(texts) - len(confirmed) <= kill + 1
        assert [revision.number for revision in store.revisions(draft_id)] == list(range(1, draft.revision + 1))
        assert draft.revision == 1 + len(texts)
        require_whole(path)
    assert len(confirmed) >= sum(1 + kill for kill in range(20))


def test_whatever_was_confirmed_of_any_work_survives_twelve_kills(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    draft_id = DraftStore(path).create().id
    confirmed: list[list[str]] = []
    for kill in range(12):
        with program(OPEN + DO_EVERYTHING_FOR_EVER, path, draft_id, kill) as process:
            lines = confirmed_before_the_kill(process, after=1 + kill, pause=kill * 0.0007)
            confirmed += [line.split() for line in lines]
        require_whole(path)
    store = DraftStore(path)
    names = {revision.number: revision.name for revision in store.revisions(draft_id)}
    drafts = {line.id: line for line in (*store.drafts(), *store.drafts(deleted=True))}
    for word, *rest in confirmed:
        if word == "copy":
            assert store.load(rest[0]).clauses == store.at(draft_id, int(rest[1])).clauses
        elif word == "name":
            assert names[int(rest[0])] == rest[1]
        elif word == "backup":
            require_whole(tmp_path / f"{rest[0]}.backup")
            kept = DraftStore(tmp_path / f"{rest[0]}.backup").load(draft_id)
            assert kept == store.at(draft_id, int(rest[1]))
        elif word == "restored":
            assert store.at(draft_id, int(rest[0])).clauses == store.at(draft_id, int(rest[1])).clauses
        elif word == "deleted":
            assert drafts[rest[0]].deleted_at
        else:
            assert word in {clause.text for number in names for clause in store.at(draft_id, number).clauses}
    assert {line[0] for line in confirmed} >= {"copy", "name", "backup", "restored", "deleted"}


WORK = {
    "save": (
        "store = DraftStore(path); draft = store.load(store.drafts()[0].id);"
        " store.save(add_clause(draft, 'all', ClauseKind.OPERATIVE), 'Added', base=draft.revision)"
    ),
    "duplicate": "store = DraftStore(path); store.duplicate(store.drafts()[0].id)",
    "restore": "store = DraftStore(path); store.restore(store.drafts()[0].id, 1, base=2)",
    "name": "store = DraftStore(path); store.name_version(store.drafts()[0].id, 1, 'First')",
    "purge": "store = DraftStore(path); store.delete(store.drafts()[0].id); store.purge(store.drafts(deleted=True)[0].id)",
    "put a backup back": "backup.restore(path, Path(str(base)))",
}


@pytest.mark.parametrize("work", WORK)
def test_a_program_killed_before_any_statement_of_its_work_leaves_all_or_nothing(tmp_path: Path, work: str) -> None:
    base = tmp_path / "base.db"
    store = DraftStore(base)
    draft = store.create()
    saved = store.save(add_clause(draft, "Urges", ClauseKind.OPERATIVE), "Added", base=1)
    before = all_rows(base)
    statements, paths = killed_before_each_statement(tmp_path / "killed", WORK[work], base)
    assert "COMMIT" in {statement.split()[0] for statement in statements}
    done = [all_rows(path) != before for path in paths]
    assert done[-1] or work == "put a backup back"  # which puts back what is there
    committed = max(index for index, statement in enumerate(statements) if statement == "COMMIT")
    for path, statement, changed in zip(paths, [*statements, ""], done, strict=True):
        require_whole(path)
        if changed and work != "purge":  # which is two changes
            assert statement not in {"COMMIT", "BEGIN IMMEDIATE"}
    assert not any(done[: statements.index("COMMIT")])
    assert all(changed == done[-1] for changed in done[committed + 1 :])
    assert store.load(draft.id) == saved


def all_rows(path: Path) -> list[object]:
    """Return what a database holds."""
    with closing(sqlite3.connect(path)) as connection:
        tables = ("draft", "revision", "part")
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]  # noqa: S608


def test_a_program_killed_before_any_statement_of_its_first_start_leaves_a_file_that_can_be_opened(
    tmp_path: Path,
) -> None:
    statements, paths = killed_before_each_statement(tmp_path / "killed", "DraftStore(path).create('begun')")
    for path in paths[:-1]:
        store = DraftStore(path)
        assert store.drafts() == ()
        assert store.load(store.create("next").id).title == "next"
        require_whole(path)
    assert [summary.title for summary in DraftStore(paths[-1]).drafts()] == ["begun"]
    assert "PRAGMA journal_mode = WAL" in statements
    assert statements.count("COMMIT") == 2


def test_a_log_left_by_a_killed_program_is_read_and_undone_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    draft_id = DraftStore(path).create().id
    with program(OPEN + SAVE_WITH_A_READER_OPEN, path, draft_id, "hot") as process:
        assert confirmed_before_the_kill(process, after=3) == ["hot-0", "hot-1", "hot-2"]
    log = path.with_name("drafts.db-wal")
    assert log.stat().st_size > 0
    assert b"hot-2" in log.read_bytes()
    assert b"hot-2" not in path.read_bytes()
    store = DraftStore(path)
    assert [clause.text for clause in store.load(draft_id).clauses] == ["hot-0", "hot-1", "hot-2"]
    assert [clause.text for clause in store.undo(draft_id, base=4).clauses] == ["hot-0", "hot-1"]
    assert store.redo(draft_id, base=3).revision == 4
    assert not log.exists()
    require_whole(path)


@pytest.mark.parametrize("extra_kib", [0, 1, 17, 64, 150])
def test_a_write_that_fails_half_way_leaves_the_last_confirmed_revision(tmp_path: Path, extra_kib: int) -> None:
    path = tmp_path / "drafts.db"
    draft_id = DraftStore(path).create().id
    limit = path.stat().st_size + extra_kib * 1024
    with program(OPEN + SAVE_UNTIL_THE_DISK_FAILS, path, draft_id, "limit", limit) as process:
        output, errors = process.communicate(timeout=60)
    assert process.returncode == 3, errors
    assert errors.startswith("The disk failed while"), errors
    confirmed = output.split()
    store = DraftStore(path)
    draft = store.load(draft_id)
    assert [clause.text for clause in draft.clauses] == confirmed
    assert len(store.revisions(draft_id)) == 1 + len(confirmed)
    require_whole(path)
    changed = add_clause(draft, "With space again", ClauseKind.OPERATIVE)
    assert store.save(changed, "Added clause", base=draft.revision).revision == draft.revision + 1
