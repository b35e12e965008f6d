"""Everything that can go wrong with the file: what the user reads, and that what was saved stays as it was."""

from __future__ import annotations

import pathlib
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from corpus.errors import StorageError
from drafting.model import ClauseKind, Draft, Pending
from drafting.operations import add_clause
from drafting.schema import APPLICATION_ID
from drafting.store import DraftStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "drafts.db"


def with_clause(draft: Draft, text: str = "Urges Member States") -> Draft:
    return add_clause(draft, text, ClauseKind.OPERATIVE)


def execute(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def on_connecting(monkeypatch: pytest.MonkeyPatch, then: Callable[[sqlite3.Connection], object]) -> None:
    """Let something be done to every connection that is opened from here on."""
    connect = sqlite3.connect

    def connect_and_then(uri_: str, *, uri: bool, timeout: float, isolation_level: None) -> sqlite3.Connection:
        connection = connect(uri_, uri=uri, timeout=timeout, isolation_level=isolation_level)
        then(connection)
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_and_then)


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_file_and_its_folders_are_made_and_marked_as_ours(tmp_path: Path) -> None:
    path = tmp_path / "a folder?" / "100% #é" / "drafts.db"
    DraftStore(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["drafts.db"]
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "user_version") == 2
    assert pragma(path, "journal_mode") == "wal"
    assert pragma(path, "integrity_check") == "ok"


def test_a_relative_path_stays_the_same_file_when_the_working_folder_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path)
    store = DraftStore(pathlib.Path("drafts.db"))
    draft = store.create()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert store.load(draft.id) == draft


def test_opening_an_existing_file_changes_no_byte(path: Path) -> None:
    DraftStore(path).create()
    before = path.read_bytes()
    DraftStore(path)
    assert path.read_bytes() == before


def test_every_connection_writes_through_to_the_disk_and_checks_references(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    traced: list[str] = []
    store = DraftStore(path)
    draft = store.create()
    on_connecting(monkeypatch, lambda connection: connection.set_trace_callback(traced.append))
    store.save(with_clause(draft), "Added clause", base=1)
    assert traced[:3] == ["PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "BEGIN IMMEDIATE"]
    assert traced[-1] == "COMMIT"
    assert traced.count("COMMIT") == 1


def test_an_empty_file_left_by_a_start_that_was_cut_short_is_completed(path: Path) -> None:
    path.touch()
    draft = DraftStore(path).create()
    assert DraftStore(path).load(draft.id) == draft


def test_a_file_that_another_start_has_put_in_wal_mode_only_is_completed(path: Path) -> None:
    execute(path, "PRAGMA journal_mode = WAL")
    draft = DraftStore(path).create()
    assert DraftStore(path).load(draft.id) == draft


def test_a_database_of_a_newer_version_is_refused(path: Path) -> None:
    store = DraftStore(path)
    draft = store.create()
    execute(path, "PRAGMA user_version = 3")
    openings: tuple[Callable[[], object], ...] = (lambda: DraftStore(path), store.create, store.drafts)
    for opening in openings:
        with pytest.raises(StorageError, match=r"newer version of Rapporteur \(schema 3; .* knows 2\)\. Update"):
            opening()
    execute(path, "PRAGMA user_version = 2")
    assert DraftStore(path).load(draft.id) == draft


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE draft (id TEXT)",
        "PRAGMA user_version = 2",
        "PRAGMA application_id = 7",
    ],
)
def test_the_database_of_another_program_is_refused_and_left_alone(path: Path, statement: str) -> None:
    execute(path, statement)
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"drafts\.db is not a Rapporteur database\. Move"):
        DraftStore(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_bytes(b"My draft, typed by hand.\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StorageError, match="is not a Rapporteur database"):
        DraftStore(path)
    assert path.read_bytes() == before


def test_a_file_emptied_or_removed_under_a_running_store_is_not_quietly_begun_anew(path: Path) -> None:
    store = DraftStore(path)
    draft = store.create()
    path.write_bytes(b"")
    with pytest.raises(StorageError, match="is not a Rapporteur database"):
        store.load(draft.id)
    path.unlink()
    with pytest.raises(StorageError, match="cannot be opened"):
        store.create()
    assert not path.exists()


def test_damaged_pages_are_reported_as_damage(path: Path) -> None:
    store = DraftStore(path)
    draft = store.create()
    content = path.read_bytes()
    page = 4096
    path.write_bytes(content[:page] + b"\xff" * (len(content) - page))
    with pytest.raises(StorageError, match=r"The database .*drafts\.db is damaged\. Keep that file"):
        store.load(draft.id)


def test_a_folder_in_place_of_the_file_is_reported(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StorageError, match=r"The database .*drafts\.db cannot be opened\. Check that it is a file"):
        DraftStore(path)


@pytest.mark.parametrize("below", ["drafts.db", "folder/drafts.db"])
def test_a_file_in_place_of_the_folder_is_reported(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"The folder .* cannot be made \((File exists|Not a directory)\)"):
        DraftStore(tmp_path / "file" / below)


def test_a_lock_of_another_program_is_reported_and_nothing_is_changed(path: Path) -> None:
    draft = DraftStore(path).create()
    store = DraftStore(path, busy_timeout=0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        changes: tuple[Callable[[], object], ...] = (
            lambda: store.save(with_clause(draft), "Added clause", base=1),
            lambda: store.save_pending(draft.id, Pending("Urg")),
            store.create,
        )
        for change in changes:
            with pytest.raises(StorageError, match=r"The database is locked: .*drafts\.db\. Nothing was changed"):
                change()
        assert store.load(draft.id) == draft
        other.execute("ROLLBACK")
    assert store.save(with_clause(draft), "Added clause", base=1).revision == 2


def test_a_read_only_database_can_be_read_and_the_refusal_says_why(path: Path) -> None:
    # File permissions do not stop root. A write version above SQLite's own in the header stops everybody.
    draft = DraftStore(path).create()
    content = bytearray(path.read_bytes())
    content[18] = 3
    path.write_bytes(content)
    store = DraftStore(path)
    changes: tuple[Callable[[], object], ...] = (
        lambda: store.save(with_clause(draft), "Added clause", base=1),
        store.create,
    )
    for change in changes:
        with pytest.raises(StorageError, match=r"The database .*drafts\.db is read-only\. Nothing was changed"):
            change()
    assert store.load(draft.id) == draft
    assert store.state(draft.id).can_undo is False


def test_a_full_disk_is_reported_and_every_saved_revision_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLite itself refuses to grow the file, as it does on a full disk, and it does so in the middle of a change.
    store = DraftStore(path)
    draft = store.create()
    pages = pragma(path, "page_count")
    with monkeypatch.context() as full_disk:
        on_connecting(full_disk, lambda connection: connection.execute(f"PRAGMA max_page_count = {pages}"))
        with pytest.raises(StorageError, match=r"The disk is full: .*drafts\.db cannot grow\. Every revision"):
            store.save(with_clause(draft, "x" * 100_000), "Added clause", base=1)
        assert store.load(draft.id) == draft
        assert len(store.revisions(draft.id)) == 1
    assert store.save(with_clause(draft, "x" * 100_000), "Added clause", base=1).revision == 2


def test_our_own_mistakes_are_not_dressed_up_as_a_bad_disk(path: Path) -> None:
    store = DraftStore(path)
    execute(path, "DROP TABLE draft")
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.drafts()
