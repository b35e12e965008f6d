"""A file of an older version is brought up to date whole, or not at all."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from dying import killed_before_each_statement

from corpus.errors import StorageError
from drafting import schema
from drafting.model import ClauseKind, Draft, Pending
from drafting.operations import add_clause
from drafting.serial import draft_from_json, pending_from_json, text_from_json
from drafting.store import DraftStore

FIRST = Path(__file__).parent / "data" / "drafts_of_version_1.sqlite"
"""Three drafts of eleven, two and one revisions, with undone branches, as version 1 wrote them."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return Path(shutil.copy(FIRST, tmp_path / "drafts.db"))


def query(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def everything(path: Path) -> dict[tuple[str, int], Draft]:
    """Return every revision of a file of version 1."""
    rows = query(path, "SELECT draft_id, number, content FROM revision")
    return {(str(id_), int(str(number))): draft_from_json(str(content)) for id_, number, content in rows}


def copies(path: Path) -> list[Path]:
    return [entry for entry in path.parent.iterdir() if entry.name.startswith("drafts.db.version-1-")]


def test_every_revision_of_version_1_reads_the_same_after_the_update(path: Path) -> None:
    before = everything(path)
    assert len(before) == 14
    assert sum(len(draft.clauses) for draft in before.values()) > 40
    heads = query(path, "SELECT id, head, changed_at, pending FROM draft")
    log = {
        id_: [
            (number, parent, text_from_json(str(summary)), at)
            for draft_id, number, parent, summary, at in query(
                path, "SELECT draft_id, number, parent, summary, saved_at FROM revision ORDER BY number"
            )
            if draft_id == id_
        ]
        for id_, *_ in heads
    }
    store = DraftStore(path)
    for (draft_id, number), draft in before.items():
        assert store.at(draft_id, number) == draft
    read_ids = set()
    for id_, head, changed_at, pending in heads:
        draft_id = str(id_)
        state = store.state(draft_id)
        assert (state.draft.revision, state.saved_at, state.author) == (head, changed_at, "")
        assert store.load_pending(draft_id) == pending_from_json(str(pending))
        assert [(r.number, r.parent, r.summary, r.saved_at) for r in store.revisions(draft_id)] == log[draft_id]
        assert all((revision.author, revision.name) == ("", "") for revision in store.revisions(draft_id))
        assert store.shared(state.read_id).draft.clauses == state.draft.clauses
        read_ids.add(state.read_id)
    assert len(read_ids) == 3
    assert {line.congress for line in store.drafts()} == {
        "United Nations Congress on Crime Prevention and Criminal Justice"
    }
    assert query(path, "PRAGMA integrity_check") == [("ok",)]
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA user_version") == [(2,)]


def test_a_draft_of_version_1_can_be_worked_on_and_undone_to_its_beginning(path: Path) -> None:
    store = DraftStore(path)
    draft = store.load(next(line.id for line in store.drafts() if line.title == "Draft Doha declaration"))
    saved = store.save(add_clause(draft, "Urges", ClauseKind.OPERATIVE), "Added clause", base=draft.revision)
    assert saved.revision == max(revision.number for revision in store.revisions(draft.id)) == 12
    while store.state(draft.id).can_undo:
        saved = store.undo(draft.id, base=saved.revision)
    assert saved == store.at(draft.id, 1)
    store.save_pending(draft.id, Pending("Urg"))


def test_the_update_keeps_a_copy_of_the_file_beside_it(path: Path) -> None:
    before = everything(path)
    DraftStore(path)
    (copy,) = copies(path)
    assert everything(copy) == before
    assert query(copy, "PRAGMA user_version") == [(1,)]
    assert query(copy, "PRAGMA integrity_check") == [("ok",)]
    DraftStore(path)
    assert copies(path) == [copy]


@pytest.mark.parametrize("pages", [0, 1, 2, 3])
def test_an_update_that_fails_leaves_the_file_as_it_was_and_no_copy(
    path: Path, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    connect = sqlite3.connect

    def connect_to_a_full_disk(file: str, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - as it has them
        connection: sqlite3.Connection = connect(file, **options)
        if "mode=rwc" in str(file):
            connection.execute(f"PRAGMA max_page_count = {len(before) // 4096 + pages}")
        return connection

    with monkeypatch.context() as small:
        small.setattr(sqlite3, "connect", connect_to_a_full_disk)
        with pytest.raises(StorageError, match="The disk is full"):
            DraftStore(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == ["drafts.db"]
    assert len(DraftStore(path).drafts()) == 3


def test_a_program_killed_anywhere_in_the_update_leaves_a_file_that_is_brought_up_to_date_later(tmp_path: Path) -> None:
    before = everything(FIRST)
    statements, paths = killed_before_each_statement(tmp_path / "killed", "DraftStore(path)", FIRST, step=7)
    assert len(statements) > 15
    assert {"INSERT", "UPDATE", "CREATE"} <= {statement.split()[0] for statement in statements}
    for path in paths:
        store = DraftStore(path)
        assert all(store.at(draft_id, number) == draft for (draft_id, number), draft in before.items())
        assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_programs_that_start_together_update_a_file_once(path: Path) -> None:
    start = threading.Barrier(6)
    seen: list[int] = []

    def open_store() -> None:
        start.wait()
        seen.append(len(DraftStore(path).drafts()))

    threads = [threading.Thread(target=open_store) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [3] * 6
    assert len(copies(path)) == 1


def test_a_damaged_revision_does_not_stop_the_update_and_is_still_named(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER revision_is_never_changed")
        connection.execute("UPDATE revision SET content = substr(content, 1, 50) WHERE number = 3")
    store = DraftStore(path)
    draft_id = next(line.id for line in store.drafts() if line.title == "Draft Doha declaration")
    assert store.at(draft_id, 4).revision == 4
    with pytest.raises(StorageError, match=r"Revision 3 .* cannot be read"):
        store.at(draft_id, 3)


def test_a_file_begun_by_this_version_has_the_same_tables_as_one_brought_up_to_date(path: Path, tmp_path: Path) -> None:
    DraftStore(path)
    DraftStore(tmp_path / "new.db")
    for table in schema.TABLES:
        columns = f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')"  # noqa: S608 - ours
        assert query(path, columns) == query(tmp_path / "new.db", columns)
        assert query(path, columns)
    names = "SELECT type, name, tbl_name FROM sqlite_master ORDER BY name"
    assert query(path, names) == query(tmp_path / "new.db", names)
    assert {name for kind, name, _ in query(path, names) if kind == "table"} == set(schema.TABLES)
