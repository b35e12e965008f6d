"""Programs that die while saving, and disks that fail under them: everything confirmed is still there."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import TYPE_CHECKING

import pytest
from dying import ROOT, killed_before_each_statement

from corpus.errors import StorageError
from drafting.backup import back_up
from drafting.model import ClauseKind
from drafting.operations import add_clause
from drafting.store import DraftStore

if TYPE_CHECKING:
    from collections.abc import Iterator

IMPORTS = """
import itertools, os, signal, sqlite3, sys, time
from contextlib import closing
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
    with subprocess.Popen(command, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as process:
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
            confirmed += confirmed_before_the_kill(process, after=1 + kill % 4, pause=kill * 0.0004)
        store = DraftStore(path)
        draft = store.load(draft_id)
        texts = [clause.text for clause in draft.clauses]
        # One change a kill may be on the disk and not yet confirmed; none may be confirmed and not on the disk.
        assert [text for text in texts if text in set(confirmed)] == confirmed
        assert len(texts) - len(confirmed) <= kill + 1
        assert [revision.number for revision in store.revisions(draft_id)] == list(range(1, draft.revision + 1))
        assert draft.revision == 1 + len(texts)
        require_whole(path)
    assert len(confirmed) >= sum(1 + kill % 4 for kill in range(20))


def test_whatever_was_confirmed_of_any_work_survives_eight_kills(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    draft_id = DraftStore(path).create().id
    confirmed: list[list[str]] = []
    for kill in range(8):
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
    "purge": "store = DraftStore(path); id_ = store.drafts()[0].id; store.delete(id_); store.purge(id_)",
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
    assert done[-1]
    committed = max(index for index, statement in enumerate(statements) if statement == "COMMIT")
    for path, statement, changed in zip(paths, [*statements, ""], done, strict=True):
        require_whole(path)
        if changed and work != "purge":  # which is two changes
            assert statement not in {"COMMIT", "BEGIN IMMEDIATE"}
    assert not any(done[: statements.index("COMMIT")])
    assert all(changed == done[-1] for changed in done[committed + 1 :])
    assert store.load(draft.id) == saved


def test_a_program_killed_while_it_puts_a_backup_back_leaves_the_drafts_of_before_or_those_of_the_backup(
    tmp_path: Path,
) -> None:
    base = tmp_path / "base.db"
    store = DraftStore(base)
    draft = store.create("In the backup")
    back_up(base, tmp_path / "backup.db")
    store.save(add_clause(draft, "Urges", ClauseKind.OPERATIVE), "Added", base=1)
    store.create("After the backup")
    before = all_rows(base)
    work = "backup.restore(path, folder.parent / 'backup.db')"
    statements, paths = killed_before_each_statement(tmp_path / "killed", work, base, step=4)
    assert len(statements) > 10
    rows = [all_rows(path) for path in paths]
    assert rows[0] == before
    assert [summary.title for summary in DraftStore(paths[-1]).drafts()] == ["In the backup"]
    assert all(row in (before, rows[-1]) for row in rows)
    for path in paths:
        require_whole(path)
        DraftStore(path).create()


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


ON_A_SMALL_DISK = """
import json, subprocess
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(disk)], check=True)
path = disk / "drafts.db"
store = DraftStore(path)
draft = store.create()
confirmed = []
try:
    while True:
        text = f"{len(confirmed)} " + "Urges " * 300
        draft = store.save(add_clause(draft, text, ClauseKind.OPERATIVE), "Added", base=draft.revision)
        confirmed.append(text)
except StorageError as error:
    full = str(error)
try:
    back_up(path, disk / "backup.db")
except StorageError as error:
    backup = str(error)
kept = store.load(draft.id) == draft
left = sorted(entry.name for entry in disk.iterdir())
subprocess.run(["mount", "-o", "remount,size=6m", str(disk)], check=True)
again = store.save(add_clause(draft, "With space", ClauseKind.OPERATIVE), "Added", base=draft.revision).revision
with closing(sqlite3.connect(path)) as connection:
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
read = [DraftStore(path).load(draft.id).revision, len(store.revisions(draft.id))]
back_up(path, disk.parent / "read-only.backup")
try:
    store.create()
except StorageError as error:
    refused = str(error)
print(json.dumps([len(confirmed), full, backup, kept, left, again, whole, read, refused]))
"""


def test_a_disk_that_fills_up_and_one_that_turns_read_only_lose_nothing(tmp_path: Path) -> None:
    """A real file system in memory, which only this test's process sees, and which goes away with it."""
    script = IMPORTS + ON_A_SMALL_DISK
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["unshare", "--map-root-user", "--mount", sys.executable, "-W", "error", "-c", script, str(disk)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    confirmed, full, backup, kept, left, again, whole, read, refused = json.loads(done.stdout)
    assert confirmed > 5
    assert full.startswith("The disk "), full
    assert "cannot be written" in backup, backup
    assert kept
    assert not [name for name in left if "backup" in name]
    assert (again, whole) == (confirmed + 2, "ok")
    assert read == [again, again]
    assert refused.startswith("The database "), refused
    assert DraftStore(tmp_path / "read-only.backup").drafts()[0].revision == again


TWO_AT_ONCE = """
path, draft_id, name = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
store = DraftStore(path)
for number in range(10):
    draft = store.load(draft_id)
    print("ready", flush=True)
    base = int(sys.stdin.readline())
    changed = add_clause(store.at(draft_id, base), f"{name}{number}", ClauseKind.OPERATIVE)
    try:
        print(store.save(changed, name, base=base).revision, flush=True)
    except ConflictError:
        print("conflict", flush=True)
"""


def test_of_two_programs_that_save_from_the_same_revision_one_is_told_to_be_late(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    store = DraftStore(path)
    draft_id = store.create().id
    with program(TWO_AT_ONCE, path, draft_id, "a") as one, program(TWO_AT_ONCE, path, draft_id, "b") as other:
        for number in range(10):
            base = 1 + number
            for process in (one, other):
                assert _line(process) == "ready"
            for process in (one, other):
                assert process.stdin is not None
                process.stdin.write(f"{base}\n")
                process.stdin.flush()
            assert sorted([_line(one), _line(other)]) == [str(base + 1), "conflict"]
    assert len(store.load(draft_id).clauses) == 10


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


LOCK_AND_HOLD = """
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
time.sleep(60)
"""


def test_a_program_that_holds_the_database_is_named_and_when_it_is_killed_the_save_goes_through(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    store = DraftStore(path, busy_timeout=0.2)
    draft = store.create()
    with program(LOCK_AND_HOLD, path) as process:
        assert _line(process) == "locked"
        for _ in range(2):
            with pytest.raises(StorageError, match=r"The database is locked: .*Nothing was changed"):
                store.save(add_clause(draft, "Urges", ClauseKind.OPERATIVE), "Added", base=1)
        assert store.load(draft.id) == draft
        assert not store.presence.touch(draft.id, "one", "Ana")
        back_up(path, tmp_path / "backup.db")
        process.kill()
        process.wait()
    assert store.save(add_clause(draft, "Urges", ClauseKind.OPERATIVE), "Added", base=1).revision == 2


def test_backups_taken_while_programs_save_are_each_one_state_of_the_drafts(tmp_path: Path) -> None:
    path = tmp_path / "drafts.db"
    store = DraftStore(path)
    draft_id = store.create().id
    with program(OPEN + SAVE_FOR_EVER, path, draft_id, "busy") as process:
        _line(process)
        for number in range(5):
            back_up(path, tmp_path / f"{number}.backup")
    before = 0
    for number in range(5):
        require_whole(tmp_path / f"{number}.backup")
        draft = DraftStore(tmp_path / f"{number}.backup").load(draft_id)
        assert [clause.text for clause in draft.clauses] == [f"busy-{at}" for at in range(draft.revision - 1)]
        assert draft == store.at(draft_id, draft.revision)
        assert draft.revision >= before
        before = draft.revision
    assert before > 1
