"""People who edit the same draft know of each other, and nothing ever waits or fails for that."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from drafting.model import ClauseKind
from drafting.operations import add_clause
from drafting.store import DraftStore


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.db")


class Clock:
    """A clock that a test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000_000.0
        monkeypatch.setattr(time, "time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def rows(store: DraftStore) -> list[tuple[str, float]]:
    with closing(sqlite3.connect(store.path)) as connection:
        return connection.execute("SELECT session, seen_at FROM presence ORDER BY session").fetchall()


def test_two_editors_see_each_other_and_not_themselves(store: DraftStore, clock: Clock) -> None:
    draft = store.create()
    elsewhere = DraftStore(store.path).presence
    assert store.presence.touch(draft.id, "one", "Ana \ud83d", "c1")
    assert elsewhere.touch(draft.id, "two", "")
    clock.now += 2
    (other,) = elsewhere.others(draft.id, "two")
    assert (other.session, other.name, other.clause_id, other.seconds) == ("one", "Ana \ud83d", "c1", 2.0)
    (other,) = store.presence.others(draft.id, "one")
    assert (other.session, other.name, other.clause_id) == ("two", "", None)
    assert store.presence.others(store.create().id, "one") == ()


def test_who_is_not_seen_for_a_while_or_leaves_is_gone(store: DraftStore, clock: Clock) -> None:
    draft = store.create()
    store.presence.touch(draft.id, "one", "Ana")
    clock.now += 31
    assert store.presence.others(draft.id, "two") == ()
    assert len(store.presence.others(draft.id, "two", within_seconds=60)) == 1
    store.presence.touch(draft.id, "one", "Ana")
    assert len(store.presence.others(draft.id, "two")) == 1
    store.presence.leave(draft.id, "one")
    assert store.presence.others(draft.id, "two") == ()


def test_nothing_is_written_again_within_seconds_unless_it_changed(store: DraftStore, clock: Clock) -> None:
    draft = store.create()
    store.presence.touch(draft.id, "one", "Ana", "c1")
    clock.now += 3
    assert store.presence.touch(draft.id, "one", "Ana", "c1")
    assert rows(store) == [('"one"', clock.now - 3)]
    store.presence.touch(draft.id, "one", "Ana", "c2")
    assert rows(store) == [('"one"', clock.now)]
    clock.now += 5
    store.presence.touch(draft.id, "one", "Ana", "c2")
    assert rows(store) == [('"one"', clock.now)]


def test_old_rows_are_removed_by_whoever_comes_next(store: DraftStore, clock: Clock) -> None:
    draft = store.create()
    for number in range(20):
        store.presence.touch(draft.id, f"{number}", "Ana")
    clock.now += 4000
    store.presence.touch(draft.id, "new", "Ben")
    assert rows(store) == [('"new"', clock.now)]


def test_presence_is_no_revision_and_no_change(store: DraftStore) -> None:
    draft = store.create()
    before = store.state(draft.id)
    store.presence.touch(draft.id, "one", "Ana")
    assert store.state(draft.id) == before
    assert len(store.revisions(draft.id)) == 1


@pytest.mark.parametrize("draft_id", ["", "unknown", "é", "\ud83d", "a\0b"])
def test_nobody_is_present_in_a_draft_that_does_not_exist(store: DraftStore, draft_id: str) -> None:
    assert not store.presence.touch(draft_id, "one", "Ana")
    assert store.presence.others(draft_id, "two") == ()
    store.presence.leave(draft_id, "one")


def test_a_locked_database_is_not_waited_for(store: DraftStore) -> None:
    draft = store.create()
    store.presence.touch(draft.id, "two", "Ben")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        started = time.monotonic()
        assert not store.presence.touch(draft.id, "one", "Ana")
        store.presence.leave(draft.id, "two")
        assert time.monotonic() - started < 4  # the store itself would wait 5 seconds
        assert [editor.name for editor in store.presence.others(draft.id, "one")] == ["Ben"]
        other.execute("ROLLBACK")
    assert store.presence.touch(draft.id, "one", "Ana")


def test_a_read_only_or_missing_database_makes_people_invisible_and_nothing_worse(store: DraftStore) -> None:
    draft = store.create()
    content = bytearray(store.path.read_bytes())
    content[18] = 3  # a write version above SQLite's own: read-only for everybody, root too
    store.path.write_bytes(content)
    assert not store.presence.touch(draft.id, "one", "Ana")
    assert store.presence.others(draft.id, "one") == ()
    assert store.load(draft.id) == draft
    store.path.unlink()
    assert not store.presence.touch(draft.id, "one", "Ana")
    assert store.presence.others(draft.id, "one") == ()
    store.presence.leave(draft.id, "one")
    assert not store.path.exists()


def test_somebody_present_does_not_make_a_save_conflict(store: DraftStore) -> None:
    draft = store.create()
    store.presence.touch(draft.id, "two", "Ben")
    assert store.save(add_clause(draft, "Urges", ClauseKind.OPERATIVE), "Added", base=1).revision == 2
