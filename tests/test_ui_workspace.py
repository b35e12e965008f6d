"""A visitor's work against a real store: changes, conflicts, and a store that fails."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from drafting.model import ClauseKind, Draft, Pending
from drafting.operations import add_clause, delete_clause, edit_text, set_title
from drafting.store import DraftStore
from ui import workspace as module
from ui.workspace import Conflict, Workspace, put_in_address


class Session:
    """Stands for Streamlit's address and session."""

    def __init__(self) -> None:
        self.query_params: dict[str, str] = {}
        self.session_state: dict[str, object] = {}


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    session = Session()
    monkeypatch.setattr(module, "st", session)
    return session


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.sqlite")


def adding(text: str, clause_id: str | None = None) -> Callable[[Draft], Draft]:
    return lambda draft: add_clause(draft, text, ClauseKind.OPERATIVE, clause_id=clause_id)


def texts(store: DraftStore, workspace: Workspace) -> list[str]:
    return [clause.text for clause in store.load(workspace.draft_id).clauses]


def test_the_first_change_makes_the_draft_and_the_next_run_puts_it_in_the_address(
    session: Session, store: DraftStore
) -> None:
    workspace = Workspace("")
    assert workspace.state(store) is None
    assert workspace.change(store, adding("Urge"), "Added")
    assert session.query_params == {}  # not while it is being made: see the head of the module
    put_in_address(workspace)
    assert session.query_params["draft"] == workspace.draft_id
    assert texts(store, workspace) == ["Urge"]


def test_two_visitors_add_to_what_the_other_saved(session: Session, store: DraftStore) -> None:
    first = Workspace(store.create().id)
    second = Workspace(first.draft_id)
    first.change(store, adding("One"), "Added")
    second.change(store, adding("Two"), "Added")
    assert texts(store, first) == ["One", "Two"]
    assert session.query_params == {}


def test_a_change_that_somebody_always_forestalls_is_given_up_with_a_sentence(store: DraftStore) -> None:
    workspace = Workspace(store.create().id)

    def forestalled(draft: Draft) -> Draft:
        store.save(set_title(draft, f"{draft.title}!"), "Elsewhere", base=draft.revision)
        return add_clause(draft, "Urge", ClauseKind.OPERATIVE)

    assert not workspace.change(store, forestalled, "Added")
    assert "Nothing was changed" in workspace.notice
    assert texts(store, workspace) == []


def test_a_change_that_cannot_be_made_is_explained_and_the_next_clears_it(store: DraftStore) -> None:
    workspace = Workspace(store.create().id)
    assert not workspace.change(store, lambda draft: delete_clause(draft, "none"), "Deleted")
    assert workspace.notice.startswith("Not saved.")
    assert workspace.change(store, adding("Urge"), "Added")
    assert workspace.notice == ""


def test_an_edit_applies_when_the_clause_says_what_it_started_from(store: DraftStore) -> None:
    workspace = Workspace(store.create().id)
    workspace.change(store, adding("Urge", "c1"), "Added")
    workspace.edit(store, "c1", "Urge", "Urge all")
    workspace.edit(store, "c1", "Urge", "Urge all")  # sent a second time after a lost connection
    assert texts(store, workspace) == ["Urge all"]
    assert workspace.conflict is None
    assert len(store.revisions(workspace.draft_id)) == 3


def test_an_edit_of_a_clause_that_was_changed_elsewhere_keeps_both_texts(store: DraftStore) -> None:
    workspace = Workspace(store.create().id)
    workspace.change(store, adding("Urge", "c1"), "Added")
    workspace.change(store, lambda draft: edit_text(draft, "c1", "Theirs"), "Edited")
    workspace.edit(store, "c1", "Urge", "Mine")
    assert workspace.conflict == Conflict("c1", "Mine", "Theirs")
    assert texts(store, workspace) == ["Theirs"]


def test_an_edit_of_a_clause_that_was_deleted_elsewhere_is_kept_for_a_choice(store: DraftStore) -> None:
    workspace = Workspace(store.create().id)
    workspace.edit(store, "gone", "Urge", "Mine")
    assert workspace.conflict == Conflict("gone", "Mine", None)


def test_undo_from_an_old_version_is_refused_with_a_sentence(store: DraftStore) -> None:
    workspace = Workspace(store.create().id)
    workspace.change(store, adding("One"), "Added")
    workspace.step(store.undo, 1)
    assert "another window" in workspace.notice
    workspace.step(store.undo, 2)
    assert (texts(store, workspace), workspace.notice) == ([], "")
    workspace.step(store.undo, 1)
    assert "nothing to undo" in workspace.notice


def test_a_used_clause_is_forgotten_unless_the_next_was_begun(store: DraftStore) -> None:
    workspace = Workspace(store.create().id, Pending("One", ("X#1",), typed_at=10))
    workspace.used(store, 10)
    assert workspace.pending == Pending(typed_at=10)
    workspace.type(store, "Two", 12)
    workspace.used(store, 11)
    assert store.load_pending(workspace.draft_id) == Pending("Two", (), 12)


def test_a_new_text_starts_with_ten_hits_and_the_program_s_own_counts_as_written(store: DraftStore) -> None:
    workspace = Workspace(store.create().id, k=30, show_related=True)
    workspace.type(store, "cybercrime", 5)
    assert (workspace.k, workspace.show_related, workspace.rev) == (10, False, 0)
    workspace.write(store, Pending("An example"))
    assert (workspace.rev, workspace.pending.typed_at) == (1, 5)


def test_a_failing_store_keeps_the_last_reading_and_says_so(store: DraftStore, tmp_path: Path) -> None:
    workspace = Workspace(store.create().id)
    workspace.change(store, adding("Urge"), "Added")
    assert workspace.state(store)
    for file in tmp_path.glob("drafts.sqlite*"):
        shutil.move(file, tmp_path / f"away-{file.name}")
    (tmp_path / "drafts.sqlite").mkdir()
    state = workspace.state(store)
    assert state
    assert [clause.text for clause in state.draft.clauses] == ["Urge"]
    assert workspace.unread.startswith("The draft is shown as it was last read.")
    workspace.type(store, "typed", 7)
    assert workspace.notice.startswith("What you type is kept in this browser only.")
    assert not workspace.change(store, adding("Two"), "Added")
    (tmp_path / "drafts.sqlite").rmdir()
    for file in tmp_path.glob("away-*"):
        file.replace(tmp_path / file.name.removeprefix("away-"))
    workspace.type(store, "typed", 8)
    workspace.type(store, "typed on", 9)
    assert workspace.state(store)
    assert (workspace.unread, store.load_pending(workspace.draft_id).text) == ("", "typed on")


def test_the_address_leads_to_its_draft_and_a_screen_left_keeps_its_own(session: Session, store: DraftStore) -> None:
    created = store.create()
    store.save_pending(created.id, Pending("half a clause"))
    session.query_params["draft"] = created.id
    workspace = module.current_workspace(store)
    assert workspace.pending.text == "half a clause"
    session.query_params.clear()  # as on the way to another screen
    assert module.current_workspace(store) is workspace
    assert session.query_params["draft"] == created.id
    session.query_params["draft"] = store.create().id
    assert module.current_workspace(store) is not workspace
