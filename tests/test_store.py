"""What the store promises: nothing lost, nothing overwritten, undo that survives, errors that name what is wrong."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from corpus.errors import ConflictError, DraftError, StorageError
from drafting.model import Citation, ClauseKind, Draft, Masthead, Pending
from drafting.operations import add_clause, edit_text, set_title
from drafting.store import DraftStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CITATION = Citation("A/1#1", "A/1", "para. 1", "Africa", 14, "recommended", "the meeting", "Quote <b>'; --")


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.db")


def with_clause(draft: Draft, text: str) -> Draft:
    return add_clause(draft, text, ClauseKind.OPERATIVE, (CITATION,))


def test_a_new_draft_has_an_unguessable_id_and_the_first_revision(store: DraftStore) -> None:
    masthead = Masthead(place="Kyoto")
    draft = store.create("Kyoto Declaration", masthead)
    assert draft == Draft(draft.id, "Kyoto Declaration", masthead, revision=1)
    assert len(draft.id) >= 22
    assert store.load(draft.id) == draft
    assert store.create().id != draft.id


def test_a_saved_draft_comes_back_whole_in_another_program(store: DraftStore, tmp_path: Path) -> None:
    draft = store.create()
    saved = store.save(with_clause(draft, "Urges $x$ \ud83d\0\u2028"), "Added clause", base=1)
    assert saved.revision == 2
    assert DraftStore(tmp_path / "drafts.db").load(draft.id) == saved


def test_the_revision_number_of_the_passed_draft_is_not_trusted(store: DraftStore) -> None:
    draft = store.create()
    assert store.save(replace(draft, revision=99), "x", base=1).revision == 2
    assert store.load(draft.id).revision == 2


def test_undo_and_redo_walk_back_and_forth_and_stop_at_the_ends(store: DraftStore) -> None:
    first = store.create()
    second = store.save(with_clause(first, "One"), "Added clause", base=1)
    third = store.save(with_clause(second, "Two"), "Added clause", base=2)
    with pytest.raises(DraftError, match="nothing to redo"):
        store.redo(first.id, base=3)
    assert store.undo(first.id, base=3) == second
    assert store.undo(first.id, base=2) == first
    with pytest.raises(DraftError, match="nothing to undo"):
        store.undo(first.id, base=1)
    assert store.redo(first.id, base=1) == second
    assert store.redo(first.id, base=2) == third == store.load(first.id)


def test_a_change_after_undo_keeps_the_old_branch_and_redo_follows_the_newest(store: DraftStore) -> None:
    first = store.create()
    store.save(with_clause(first, "Old"), "Added old", base=1)
    store.undo(first.id, base=2)
    new = store.save(with_clause(first, "New"), "Added new", base=1)
    assert [(r.number, r.parent, r.summary) for r in store.revisions(first.id)] == [
        (1, None, "Created"),
        (2, 1, "Added old"),
        (3, 1, "Added new"),
    ]
    store.undo(first.id, base=3)
    assert store.redo(first.id, base=1) == new


def test_two_windows_never_overwrite_each_other(store: DraftStore, tmp_path: Path) -> None:
    other = DraftStore(tmp_path / "drafts.db")
    draft = store.create()
    kept = store.save(with_clause(draft, "Kept"), "Added clause", base=1)
    changes: tuple[Callable[[], Draft], ...] = (
        lambda: other.save(with_clause(draft, "Late"), "Added clause", base=1),
        lambda: other.undo(draft.id, base=1),
        lambda: other.redo(draft.id, base=1),
        lambda: other.save(with_clause(draft, "Early"), "Added clause", base=3),
    )
    for change in changes:
        with pytest.raises(ConflictError, match=r"it is at revision 2, not at revision [13]"):
            change()
    assert other.load(draft.id) == kept
    assert len(other.revisions(draft.id)) == 2


def test_a_draft_undone_elsewhere_is_a_conflict_too(store: DraftStore) -> None:
    draft = store.create()
    saved = store.save(with_clause(draft, "One"), "Added clause", base=1)
    store.undo(draft.id, base=2)
    with pytest.raises(ConflictError):
        store.save(with_clause(saved, "Two"), "Added clause", base=2)


@pytest.mark.parametrize("draft_id", ["", "unknown", "'; DROP TABLE draft; --", "é", "\ud83d", "a\0b"])
def test_an_unknown_draft_is_refused_by_every_method(store: DraftStore, draft_id: str) -> None:
    methods: tuple[Callable[[], object], ...] = (
        lambda: store.load(draft_id),
        lambda: store.state(draft_id),
        lambda: store.revisions(draft_id),
        lambda: store.save(Draft(draft_id), "x", base=0),
        lambda: store.undo(draft_id, base=1),
        lambda: store.redo(draft_id, base=1),
        lambda: store.save_pending(draft_id, Pending("x")),
        lambda: store.load_pending(draft_id),
        lambda: store.at(draft_id, 1),
        lambda: store.timeline(draft_id),
        lambda: store.versions(draft_id),
        lambda: store.restore(draft_id, 1, base=1),
        lambda: store.name_version(draft_id, 1, "x"),
        lambda: store.duplicate(draft_id),
        lambda: store.rename(draft_id, "x"),
        lambda: store.archive(draft_id),
        lambda: store.unarchive(draft_id),
        lambda: store.delete(draft_id),
        lambda: store.restore_deleted(draft_id),
        lambda: store.purge(draft_id),
        lambda: store.shared(draft_id),
        lambda: store.renew_read_id(draft_id),
    )
    for method in methods:
        with pytest.raises(DraftError, match="There is no draft with the id"):
            method()
    assert store.drafts() == ()


def test_drafts_are_listed_with_what_they_are_now_and_the_last_changed_first(store: DraftStore) -> None:
    first, second = store.create("First"), store.create("Second \ud83d")
    assert [summary.title for summary in store.drafts()] == ["Second \ud83d", "First"]
    store.save(set_title(with_clause(first, "One"), "Renamed"), "Renamed", base=1)
    assert [(s.id, s.title, s.clauses) for s in store.drafts()] == [
        (first.id, "Renamed", 1),
        (second.id, second.title, 0),
    ]
    store.undo(first.id, base=2)
    assert [(s.title, s.clauses) for s in store.drafts()] == [("First", 0), ("Second \ud83d", 0)]
    assert store.drafts()[0].saved_at == store.state(first.id).saved_at


def test_times_are_in_utc(store: DraftStore) -> None:
    before = datetime.now(UTC)
    draft = store.create()
    for text in (store.state(draft.id).saved_at, store.revisions(draft.id)[0].saved_at):
        time = datetime.fromisoformat(text)
        assert time.utcoffset() == timedelta(0)
        assert before <= time <= datetime.now(UTC)


def test_the_half_typed_clause_is_kept_for_each_draft_and_is_no_revision(store: DraftStore, tmp_path: Path) -> None:
    draft, other = store.create(), store.create()
    assert store.load_pending(draft.id) == Pending()
    store.save_pending(draft.id, Pending("Urges Mem", typed_at=5))
    pending = Pending("Urges Member \ud83d\ude00\0", ("A/CONF.1/1#2(a)",), 1_700_000_000_000)
    store.save_pending(draft.id, pending)
    assert DraftStore(tmp_path / "drafts.db").load_pending(draft.id) == pending
    assert store.load_pending(other.id) == Pending()
    assert len(store.revisions(draft.id)) == 1


def test_an_idle_store_leaves_one_file_and_no_lock(store: DraftStore, tmp_path: Path) -> None:
    store.load(store.create().id)
    assert [path.name for path in tmp_path.iterdir()] == ["drafts.db"]
    with closing(sqlite3.connect(tmp_path / "drafts.db", timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")


def test_a_stored_revision_cannot_be_changed_or_deleted(store: DraftStore, tmp_path: Path) -> None:
    draft = store.create()
    with closing(sqlite3.connect(tmp_path / "drafts.db", isolation_level=None)) as connection:
        for statement in ("UPDATE revision SET content = ''", "DELETE FROM revision"):
            with pytest.raises(sqlite3.IntegrityError, match="a stored revision is never"):
                connection.execute(statement)
    assert store.load(draft.id) == draft


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{", "cannot be read: The stored text is not whole JSON"),
        ("{}", "cannot be read: The draft is stored in format None"),
        (None, "holds another revision"),
    ],
)
def test_a_damaged_revision_is_named_and_never_becomes_the_current_one(
    store: DraftStore, tmp_path: Path, content: str | None, sentence: str
) -> None:
    first = store.create()
    second = store.save(with_clause(first, "One"), "Added clause", base=1)
    with closing(sqlite3.connect(tmp_path / "drafts.db", isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER revision_is_never_changed")
        swapped = "(SELECT content FROM revision WHERE number = 2)"
        connection.execute(f"UPDATE revision SET content = coalesce(?, {swapped}) WHERE number = 1", (content,))  # noqa: S608
    with pytest.raises(StorageError, match=f"Revision 1 of the draft .*drafts.db {sentence}"):
        store.undo(first.id, base=2)
    assert store.load(first.id) == second
    assert len(store.drafts()) == 1


# Threads.


def test_of_many_simultaneous_changes_to_one_revision_exactly_one_is_kept(store: DraftStore, tmp_path: Path) -> None:
    draft = store.create()
    start = threading.Barrier(6)
    saved: list[Draft] = []
    refused: list[ConflictError] = []

    def change(name: str) -> None:
        own = DraftStore(tmp_path / "drafts.db")
        start.wait()
        try:
            saved.append(own.save(with_clause(draft, name), name, base=1))
        except ConflictError as error:
            refused.append(error)

    run_in_threads(change, [f"thread {number}" for number in range(6)])
    assert len(saved) == 1
    assert len(refused) == 5
    assert store.load(draft.id) == saved[0]


def test_threads_that_retry_lose_no_confirmed_change(store: DraftStore) -> None:
    draft = store.create()
    changes = 15

    def change(name: str) -> None:
        for number in range(changes):
            while True:
                current = store.load(draft.id)
                try:
                    store.save(with_clause(current, f"{name}{number}"), name, base=current.revision)
                except ConflictError:
                    continue
                break

    run_in_threads(change, list("abcd"))
    final = store.load(draft.id)
    texts = [clause.text for clause in final.clauses]
    assert sorted(texts) == sorted(f"{name}{number}" for name in "abcd" for number in range(changes))
    for name in "abcd":
        assert [text for text in texts if text[0] == name] == [f"{name}{number}" for number in range(changes)]
    assert final.revision == 1 + 4 * changes


@pytest.mark.parametrize("attempt", range(20))  # who is first is up to the system, so once proves little
def test_programs_that_start_together_make_one_database(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / f"new {attempt}" / "drafts.db"
    start = threading.Barrier(8)

    def create(title: str) -> None:
        start.wait()
        DraftStore(path).create(title)

    titles = [f"draft {number}" for number in range(8)]
    run_in_threads(create, titles)
    assert sorted(summary.title for summary in DraftStore(path).drafts()) == titles


def run_in_threads(target: Callable[[str], None], names: list[str]) -> None:
    """Run a function in one thread for each name; an exception in one fails the test (warnings are errors)."""
    threads = [threading.Thread(target=target, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_an_id_never_looks_like_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["-abc", "--x", "a-b", "-y", "read-1", "_c", "read-2"])
    monkeypatch.setattr("secrets.token_urlsafe", lambda size: next(made) if size == 16 else "")
    store = DraftStore(tmp_path / "drafts.db")
    assert [store.create().id, store.create().id] == ["a-b", "_c"]


# Who, when, and back again.


def test_every_revision_says_who_made_it_and_undo_makes_none(store: DraftStore) -> None:
    draft = store.create(author="Ana \ud83d")
    store.save(with_clause(draft, "One"), "Added clause", base=1, author="Ben")
    store.save(with_clause(draft, "Two"), "Added clause", base=2)
    store.undo(draft.id, base=3, author="Cem")
    assert [revision.author for revision in store.revisions(draft.id)] == ["Ana \ud83d", "Ben", ""]
    state = store.state(draft.id)
    assert (state.author, state.change) == ("Cem", "Undone: Added clause")
    store.redo(draft.id, base=2, author="Dan")
    assert (store.state(draft.id).author, store.state(draft.id).change) == ("Dan", "Redone: Added clause")


def test_the_timeline_is_newest_first_and_tells_the_branch_from_what_was_left(store: DraftStore) -> None:
    first = store.create()
    store.save(with_clause(first, "Old"), "Added old", base=1)
    store.undo(first.id, base=2)
    store.save(with_clause(first, "New"), "Added new", base=1)
    store.save(with_clause(first, "Newer"), "Added newer", base=3)
    store.undo(first.id, base=4)
    told = [(r.number, r.on_branch, r.current, r.clauses) for r in store.timeline(first.id)]
    assert told == [(4, False, False, 1), (3, True, True, 1), (2, False, False, 1), (1, True, False, 0)]


def test_any_revision_can_be_read_and_restored_and_restoring_can_be_undone(store: DraftStore) -> None:
    first = store.create()
    second = store.save(with_clause(first, "One"), "Added clause", base=1)
    store.undo(first.id, base=2)
    third = store.save(with_clause(first, "Two"), "Added clause", base=1)
    assert store.at(first.id, 2) == second
    restored = store.restore(first.id, 2, base=3, author="Ana")
    assert restored == replace(second, revision=4) == store.load(first.id)
    last = store.revisions(first.id)[-1]
    assert (last.parent, last.summary, last.author) == (3, "Restored version 2", "Ana")
    assert store.undo(first.id, base=4) == third
    with pytest.raises(ConflictError):
        store.restore(first.id, 2, base=4)
    with pytest.raises(DraftError, match="Version 3 is the current one"):
        store.restore(first.id, 3, base=3)


@pytest.mark.parametrize("number", [-1, 0, 3, 2**63, 10**30])
def test_a_revision_that_does_not_exist_is_refused(store: DraftStore, number: int) -> None:
    draft = store.save(with_clause(store.create(), "One"), "Added clause", base=1)
    calls: tuple[Callable[[], object], ...] = (
        lambda: store.at(draft.id, number),
        lambda: store.restore(draft.id, number, base=2),
        lambda: store.name_version(draft.id, number, "x"),
    )
    for call in calls:
        with pytest.raises(DraftError, match=f"no revision {number}"):
            call()
    assert len(store.revisions(draft.id)) == 2


def test_naming_a_version_changes_the_name_and_nothing_else(store: DraftStore) -> None:
    draft = store.save(with_clause(store.create(), "One"), "Added clause", base=1)
    before = store.state(draft.id)
    store.name_version(draft.id, 1, "  First reading \ud83d ")
    store.name_version(draft.id, 2, "Second")
    assert [(revision.number, revision.name) for revision in store.versions(draft.id)] == [
        (2, "Second"),
        (1, "First reading \ud83d"),
    ]
    store.name_version(draft.id, 2, " ")
    assert [revision.number for revision in store.versions(draft.id)] == [1]
    assert store.state(draft.id) == before
    assert len(store.revisions(draft.id)) == 2


def test_a_revision_costs_what_was_changed_in_it(store: DraftStore) -> None:
    draft = store.create()
    for number in range(40):
        draft = add_clause(draft, f"{number} " + "Urges Member States " * 20, ClauseKind.OPERATIVE, (CITATION,))
    draft = store.save(draft, "Added clauses", base=1)
    size = store.path.stat().st_size
    for number in range(40):
        changed = edit_text(draft, draft.clauses[number].id, f"Invites {number}")
        draft = store.save(changed, "Edited", base=draft.revision)
    assert (store.path.stat().st_size - size) / 40 < 4096  # bytes; the draft as a whole has over 30,000
