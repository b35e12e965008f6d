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

from drafting.model import ClauseKind
from drafting.operations import add_clause
from drafting.store import DraftStore

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent

IMPORTS = """
import itertools, os, signal, sqlite3, sys, time
from pathlib import Path
from drafting.model import ClauseKind
from drafting.operations import add_clause
from drafting.store import DraftStore
from corpus.errors import StorageError
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

SAVE_WITH_A_READER_OPEN = """
reader = sqlite3.connect(path)
reader.execute("SELECT * FROM draft").fetchall()  # while it is connected, the log is not folded into the file
for number in range(3):
    save(f"{sys.argv[3]}-{number}")
time.sleep(60)
"""

DIE_BEFORE_A_STATEMENT = """
connect, left = sqlite3.connect, itertools.count(int(sys.argv[4]), -1)

def die(statement):
    if next(left) == 0:
        print(statement, file=sys.stderr, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

def connect_and_die(*arguments, **options):
    connection = connect(*arguments, **options)
    connection.set_trace_callback(die)
    return connection

sqlite3.connect = connect_and_die
"""

SAVE_ONCE = """
save(sys.argv[3])
"""

START = """
DraftStore(Path(sys.argv[1])).create(sys.argv[3])
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


def test_everything_confirmed_survives_ten_kills_in_the_middle_of_saving(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    draft_id = DraftStore(path).create().id
    confirmed: list[str] = []
    for kill in range(10):
        with program(OPEN + SAVE_FOR_EVER, path, draft_id, kill) as process:
            confirmed += confirmed_before_the_kill(process, after=1 + 3 * kill, pause=kill * 0.0004)
        store = DraftStore(path)
        draft = store.load(draft_id)
        texts = [clause.text for clause in draft.clauses]
        # One change a kill may be on the disk and not yet confirmed; none may be confirmed and not on the disk.
        assert [text for text in texts if text in set(confirmed)] == confirmed
        assert len(texts) - len(confirmed) <= kill + 1
        assert [revision.number for revision in store.revisions(draft_id)] == list(range(1, draft.revision + 1))
        assert draft.revision == 1 + len(texts)
        require_whole(path)
    assert len(confirmed) >= sum(1 + 3 * kill for kill in range(10))


def test_a_program_killed_before_any_statement_of_a_save_leaves_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    draft = DraftStore(path).create()
    script = OPEN + DIE_BEFORE_A_STATEMENT + SAVE_ONCE
    statements: list[str] = []
    while True:
        with program(script, path, draft.id, "all", len(statements)) as process:
            output, errors = process.communicate(timeout=60)
        if process.returncode != -9:
            break
        statements.append(errors.strip())
        assert output == ""
        assert DraftStore(path).load(draft.id) == draft
        assert len(DraftStore(path).revisions(draft.id)) == 1
        require_whole(path)
    assert process.returncode == 0, errors
    assert [clause.text for clause in DraftStore(path).load(draft.id).clauses] == ["all"]
    assert [statement.split()[0] for statement in statements[-3:]] == ["INSERT", "UPDATE", "COMMIT"]


def test_a_program_killed_before_any_statement_of_its_first_start_leaves_a_file_that_can_be_opened(
    tmp_path: Path,
) -> None:
    statements: list[str] = []
    while True:
        path = tmp_path / f"{len(statements)}.db"
        with program(DIE_BEFORE_A_STATEMENT + START, path, "", "begun", len(statements)) as process:
            _, errors = process.communicate(timeout=60)
        if process.returncode != -9:
            break
        statements.append(" ".join(errors.split()))
        store = DraftStore(path)
        assert store.drafts() == ()
        assert store.load(store.create("next").id).title == "next"
        require_whole(path)
    assert process.returncode == 0, errors
    assert [summary.title for summary in DraftStore(path).drafts()] == ["begun"]
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
