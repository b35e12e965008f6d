"""A backup is whole whatever happens meanwhile, and putting one back loses nothing."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from test_schema import FIRST

from corpus.errors import ConflictError, StorageError
from drafting.backup import Contents, back_up, restore
from drafting.model import ClauseKind, Draft, Pending
from drafting.operations import add_clause
from drafting.store import DraftStore


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.db")


def with_clause(draft: Draft, text: str) -> Draft:
    return add_clause(draft, text, ClauseKind.OPERATIVE)


def told(store: DraftStore) -> dict[str, object]:
    """Return everything that a store tells."""
    drafts = [*store.drafts(), *store.drafts(archived=True), *store.drafts(deleted=True)]
    return {
        line.id: (
            line,
            store.state(line.id),
            store.load_pending(line.id),
            [(revision, store.at(line.id, revision.number)) for revision in store.revisions(line.id)],
        )
        for line in drafts
    }


def filled(store: DraftStore) -> Draft:
    """Put drafts of every sort in a store and return one of them."""
    draft = store.save(with_clause(store.create("Doha"), "Urges"), "Added clause", base=1, author="Ana")
    store.name_version(draft.id, 2, "First reading")
    store.save_pending(draft.id, Pending("Urg"))
    store.archive(store.duplicate(draft.id).id)
    store.delete(store.duplicate(draft.id).id)
    return draft


def test_a_backup_is_one_whole_file_that_holds_everything(store: DraftStore, tmp_path: Path) -> None:
    filled(store)
    target = tmp_path / "backups" / "one.db"
    target.parent.mkdir()
    assert back_up(store.path, target) == Contents(3, 4)
    assert [entry.name for entry in target.parent.iterdir()] == ["one.db"]
    assert told(DraftStore(target)) == told(store)
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_an_existing_file_is_replaced_only_when_asked(store: DraftStore, tmp_path: Path) -> None:
    target = tmp_path / "backup.db"
    target.write_text("precious")
    with pytest.raises(StorageError, match=r"backup\.db exists already"):
        back_up(store.path, target)
    assert target.read_text() == "precious"
    back_up(store.path, target, overwrite=True)
    assert DraftStore(target).drafts() == ()


@pytest.mark.parametrize("target", ["missing/backup.db", "drafts.db", "."])
def test_a_backup_that_cannot_be_written_leaves_nothing_behind(store: DraftStore, tmp_path: Path, target: str) -> None:
    before = sorted(tmp_path.iterdir())
    with pytest.raises(StorageError, match=r"exists already|cannot be written|is the database itself"):
        back_up(store.path, tmp_path / target, overwrite=target == "drafts.db")
    assert sorted(tmp_path.iterdir()) == before


def test_without_drafts_there_is_nothing_to_back_up_and_no_database_is_made(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="There are no drafts to back up"):
        back_up(tmp_path / "none.db", tmp_path / "backup.db")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_never_called_a_backup(store: DraftStore, tmp_path: Path) -> None:
    draft = store.create()
    for number in range(1, 40):
        draft = store.save(with_clause(draft, "Urges " * 200), "Added clause", base=number)
    content = bytearray(store.path.read_bytes())
    content[-3 * 4096 :] = b"\xff" * (3 * 4096)
    store.path.write_bytes(content)
    with pytest.raises(StorageError, match="is damaged"):
        back_up(store.path, tmp_path / "backup.db")
    assert not (tmp_path / "backup.db").exists()


def test_putting_a_backup_back_brings_everything_and_keeps_what_was_there(store: DraftStore, tmp_path: Path) -> None:
    draft = filled(store)
    before = told(store)
    back_up(store.path, tmp_path / "backup.db")
    store.save(with_clause(draft, "Later"), "Added clause", base=2)
    store.create("Newer")
    after = told(store)
    restored = restore(store.path, tmp_path / "backup.db")
    assert told(store) == before
    assert (restored.contents, restored.damaged) == (Contents(3, 4), False)
    assert restored.kept is not None
    assert restored.kept.name.startswith("drafts.db.before-restore-")
    assert told(DraftStore(restored.kept)) == after
    restore(store.path, restored.kept)
    assert told(store) == after


def test_a_window_that_shows_a_revision_from_before_can_never_save_over_what_came_after(
    store: DraftStore, tmp_path: Path
) -> None:
    draft = store.create()
    back_up(store.path, tmp_path / "backup.db")
    shown = store.save(with_clause(draft, "Shown in a window"), "Added clause", base=1)
    restore(store.path, tmp_path / "backup.db")
    other = store.save(with_clause(draft, "By somebody else"), "Added clause", base=1)
    assert other.revision > shown.revision
    with pytest.raises(ConflictError):
        store.save(with_clause(shown, "Late"), "Added clause", base=shown.revision)
    assert store.load(draft.id) == other


def test_a_backup_of_version_1_is_put_back_and_left_as_it_was(store: DraftStore, tmp_path: Path) -> None:
    backup = Path(shutil.copy(FIRST, tmp_path / "old.db"))
    before = backup.read_bytes()
    assert restore(store.path, backup).contents == Contents(3, 14)
    assert len(store.drafts()) == 3
    assert backup.read_bytes() == before
    assert sorted(entry.name for entry in tmp_path.iterdir() if "before-restore" not in entry.name) == [
        "drafts.db",
        "old.db",
    ]


def test_a_backup_is_put_where_there_is_no_database_yet(store: DraftStore, tmp_path: Path) -> None:
    filled(store)
    back_up(store.path, tmp_path / "backup.db")
    restored = restore(tmp_path / "new" / "drafts.db", tmp_path / "backup.db")
    assert restored.kept is None
    assert told(DraftStore(tmp_path / "new" / "drafts.db")) == told(store)


@pytest.mark.parametrize("damage", ["no database", "pages"])
def test_a_damaged_database_is_moved_aside_for_the_backup(store: DraftStore, tmp_path: Path, damage: str) -> None:
    filled(store)
    before = told(store)
    back_up(store.path, tmp_path / "backup.db")
    content = store.path.read_bytes()
    damaged = b"\xff" * 8192 if damage == "no database" else content[:4096] + b"\xff" * (len(content) - 4096)
    store.path.write_bytes(damaged)
    restored = restore(store.path, tmp_path / "backup.db")
    assert restored.damaged
    assert restored.kept is not None
    assert restored.kept.read_bytes() == damaged
    assert told(store) == before


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a Rapporteur database"),
        (b"My draft, typed by hand." * 100, "not a Rapporteur database"),
        ("CREATE TABLE mine (id)", "not a Rapporteur database"),
        ("newer", "newer version of Rapporteur"),
        ("damaged", "is damaged"),
        (None, "There is no backup"),
    ],
)
def test_what_is_no_whole_backup_is_refused_and_changes_nothing(
    store: DraftStore, tmp_path: Path, content: bytes | str | None, sentence: str
) -> None:
    filled(store)
    before = told(store)
    backup = tmp_path / "backup.db"
    if isinstance(content, bytes):
        backup.write_bytes(content)
    elif content in {"newer", "damaged"}:
        back_up(store.path, backup)
        if content == "newer":
            with closing(sqlite3.connect(backup)) as connection:
                connection.execute("PRAGMA user_version = 99")
        else:
            whole = backup.read_bytes()
            backup.write_bytes(whole[: len(whole) // 2])
    elif content:
        with closing(sqlite3.connect(backup)) as connection:
            connection.execute(content)
    files = sorted(tmp_path.iterdir())
    with pytest.raises(StorageError, match=sentence):
        restore(store.path, backup)
    assert told(store) == before
    assert sorted(tmp_path.iterdir()) == files


def test_another_program_s_database_is_not_replaced(store: DraftStore, tmp_path: Path) -> None:
    back_up(store.path, tmp_path / "backup.db")
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mine (id)")
    before = other.read_bytes()
    with pytest.raises(StorageError, match="not a Rapporteur database"):
        restore(other, tmp_path / "backup.db")
    assert other.read_bytes() == before
    with pytest.raises(StorageError, match="is the database itself"):
        restore(store.path, store.path)


def test_readers_see_the_old_drafts_or_the_new_ones_and_savers_are_told(store: DraftStore, tmp_path: Path) -> None:
    """Every confirmed save is in the database, in the copy kept by a restore, or told to be a conflict."""
    draft = store.create()
    back_up(store.path, tmp_path / "backup.db")
    confirmed: list[str] = []
    done = threading.Event()
    started = threading.Event()

    def work() -> None:
        own = DraftStore(store.path)
        number = 0
        while not done.is_set():
            current = own.load(draft.id)
            try:
                own.save(with_clause(current, f"{number}"), "Added clause", base=current.revision)
            except ConflictError:
                continue
            confirmed.append(f"{number}")
            number += 1
            started.set()

    thread = threading.Thread(target=work)
    thread.start()
    started.wait()
    kept = [restore(store.path, tmp_path / "backup.db").kept for _ in range(4)]
    done.set()
    thread.join()
    found: list[str] = []
    for path in [*kept, store.path]:
        assert path is not None
        found += [clause.text for clause in DraftStore(path).load(draft.id).clauses]
    assert found == confirmed
