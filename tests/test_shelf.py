"""Drafts as wholes: listed, copied, put away and taken back, shown to people who may only read."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest

from corpus.errors import DraftError, StorageError
from drafting.comparison import compare
from drafting.model import Citation, ClauseKind, Draft, Masthead, Pending
from drafting.operations import add_clause
from drafting.store import DraftStore

CITATION = Citation("A/1#1", "A/1", "para. 1", "Africa", 14, "recommended", "the meeting", "Quote")


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.db")


def with_clause(draft: Draft, text: str = "Urges") -> Draft:
    return add_clause(draft, text, ClauseKind.OPERATIVE, (CITATION,))


def ids(store: DraftStore) -> tuple[set[str], set[str], set[str]]:
    """Return the drafts at hand, the archived ones and the deleted ones."""
    lists = (store.drafts(), store.drafts(archived=True), store.drafts(deleted=True))
    at_hand, archived, deleted = ({draft.id for draft in drafts} for drafts in lists)
    return at_hand, archived, deleted


def test_the_list_says_what_a_draft_is_and_who_changed_it_how(store: DraftStore) -> None:
    draft = store.create("Doha", Masthead(congress="Fifteenth \ud83d Congress"), author="Ana")
    store.save(with_clause(draft), "Added clause", base=1, author="Ben <b>")
    (line,) = store.drafts()
    assert (line.title, line.congress, line.clauses, line.revision) == ("Doha", "Fifteenth \ud83d Congress", 1, 2)
    assert (line.author, line.change, line.saved_at) == ("Ben <b>", "Added clause", store.state(draft.id).saved_at)
    store.undo(draft.id, base=2, author="Cem")
    (line,) = store.drafts()
    assert (line.clauses, line.revision, line.author, line.change) == (0, 1, "Cem", "Undone: Added clause")
    store.redo(draft.id, base=1)
    (line,) = store.drafts()
    assert (line.revision, line.author, line.change) == (2, "", "Redone: Added clause")


def test_a_duplicate_is_a_draft_of_its_own_with_everything_in_it(store: DraftStore) -> None:
    draft = store.save(with_clause(store.create("Doha")), "Added clause", base=1)
    store.save_pending(draft.id, Pending("Urg"))
    copy = store.duplicate(draft.id, author="Ana")
    assert copy.id != draft.id
    assert (copy.title, copy.revision, copy.clauses) == ("Copy of Doha", 1, draft.clauses)
    assert store.load(copy.id) == copy
    assert store.load_pending(copy.id) == Pending()
    (first,) = store.revisions(copy.id)
    assert (first.author, first.summary) == ("Ana", "Copied from “Doha”, version 2")
    store.save(with_clause(copy), "Added clause", base=1)
    assert store.load(draft.id) == draft
    assert [change.name for change in compare(draft, copy).fields] == ["title"]
    assert store.state(copy.id).read_id != store.state(draft.id).read_id


def test_renaming_is_a_revision_of_whatever_is_current_and_can_be_undone(store: DraftStore) -> None:
    draft = store.save(with_clause(store.create("Doha")), "Added clause", base=1)
    renamed = store.rename(draft.id, "Kyoto", author="Ana")
    assert (renamed.title, renamed.revision, renamed.clauses) == ("Kyoto", 3, draft.clauses)
    assert store.revisions(draft.id)[-1].author == "Ana"
    assert store.rename(draft.id, "Kyoto") == renamed
    with pytest.raises(DraftError, match="without a title"):
        store.rename(draft.id, "  ")
    assert store.undo(draft.id, base=3).title == "Doha"


def test_archiving_and_deleting_hide_and_taking_back_shows_the_draft_as_it_was(store: DraftStore) -> None:
    draft = store.save(with_clause(store.create()), "Added clause", base=1)
    other = store.create()
    before = store.state(draft.id)
    assert ids(store) == ({draft.id, other.id}, set(), set())
    store.archive(draft.id)
    assert ids(store) == ({other.id}, {draft.id}, set())
    assert store.state(draft.id).archived_at
    store.delete(draft.id)
    assert ids(store) == ({other.id}, set(), {draft.id})
    store.restore_deleted(draft.id)
    assert ids(store) == ({other.id}, {draft.id}, set())
    store.unarchive(draft.id)
    assert ids(store) == ({draft.id, other.id}, set(), set())
    assert store.state(draft.id) == before


def test_a_deleted_draft_can_be_read_and_not_changed(store: DraftStore) -> None:
    draft = store.save(with_clause(store.create()), "Added clause", base=1)
    store.save_pending(draft.id, Pending("Urg"))
    read_id = store.state(draft.id).read_id
    store.delete(draft.id)
    changes = (
        lambda: store.save(with_clause(draft), "Late", base=2),
        lambda: store.undo(draft.id, base=2),
        lambda: store.redo(draft.id, base=2),
        lambda: store.restore(draft.id, 1, base=2),
        lambda: store.rename(draft.id, "x"),
        lambda: store.duplicate(draft.id),
        lambda: store.archive(draft.id),
        lambda: store.delete(draft.id),
        lambda: store.name_version(draft.id, 1, "x"),
        lambda: store.save_pending(draft.id, Pending()),
        lambda: store.shared(read_id),
    )
    for change in changes:
        with pytest.raises(DraftError, match="The draft was deleted"):
            change()
    state = store.state(draft.id)
    assert (state.draft, state.can_undo, bool(state.deleted_at)) == (draft, False, True)
    assert store.at(draft.id, 1).clauses == ()
    assert store.load_pending(draft.id) == Pending("Urg")
    store.restore_deleted(draft.id)
    assert store.save(with_clause(draft), "In time", base=2).revision == 3


def test_only_a_deleted_draft_is_removed_for_good_and_no_other_loses_anything(store: DraftStore) -> None:
    draft = store.save(with_clause(store.create()), "Added clause", base=1)
    copy = store.duplicate(draft.id)
    store.presence.touch(draft.id, "s", "Ana")
    with pytest.raises(DraftError, match="Only a deleted draft"):
        store.purge(draft.id)
    store.delete(draft.id)
    store.purge(draft.id)
    with pytest.raises(DraftError, match="There is no draft"):
        store.load(draft.id)
    assert store.load(copy.id) == copy
    with closing(connect(store.path)) as connection:
        for table in ("draft", "revision", "part", "presence"):
            key = "id" if table == "draft" else "draft_id"
            query = f"SELECT count(*) FROM {table} WHERE {key} = ?"  # noqa: S608 - the tables above
            assert connection.execute(query, (draft.id,)).fetchone() == (0,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_who_has_the_read_only_id_sees_the_draft_and_can_change_nothing(store: DraftStore) -> None:
    draft = store.save(with_clause(store.create()), "Added clause", base=1, author="Ana")
    read_id = store.state(draft.id).read_id
    assert len(read_id) >= 22
    shared = store.shared(read_id)
    assert (shared.draft.clauses, shared.read_only, shared.can_undo, shared.author) == (
        draft.clauses,
        True,
        False,
        "Ana",
    )
    assert draft.id not in repr(shared)
    refused = (
        lambda: store.save(shared.draft, "x", base=shared.draft.revision),
        lambda: store.undo(shared.draft.id, base=2),
        lambda: store.restore(shared.draft.id, 1, base=2),
        lambda: store.rename(read_id, "x"),
        lambda: store.delete(read_id),
        lambda: store.purge(read_id),
        lambda: store.state(read_id),
        lambda: store.save_pending(read_id, Pending()),
        lambda: store.shared(draft.id),
        lambda: store.shared(""),
        lambda: store.shared("é\ud83d"),
    )
    for call in refused:
        with pytest.raises(DraftError, match="There is no draft with the id"):
            call()
    assert not store.presence.touch(read_id, "s", "Ana")


def test_a_renewed_read_only_id_ends_the_old_one(store: DraftStore) -> None:
    draft = store.create()
    old = store.state(draft.id).read_id
    new = store.renew_read_id(draft.id)
    assert store.shared(new).draft.title == draft.title
    with pytest.raises(DraftError):
        store.shared(old)


def test_a_damaged_draft_does_not_give_its_id_away_to_readers(store: DraftStore) -> None:
    draft = store.create()
    with closing(connect(store.path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER part_is_never_changed")
        connection.execute("UPDATE part SET text = text || ' '")
    with pytest.raises(StorageError, match="damaged") as refusal:
        store.shared(_read_id(store))
    assert draft.id not in str(refusal.value)
    with pytest.raises(StorageError, match="A part of the stored text is damaged"):
        store.load(draft.id)


def _read_id(store: DraftStore) -> str:
    with closing(connect(store.path)) as connection:
        return str(connection.execute("SELECT read_id FROM draft").fetchone()[0])
