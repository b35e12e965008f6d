"""A callback that Streamlit ends where it asks for the session or the address: its act is done once in the end.

The browser sends an act until it is acknowledged, so that whatever was not done is sent again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from corpus.model import Corpus
from drafting.model import ClauseKind, Pending
from drafting.operations import add_clause
from drafting.store import DraftStore
from ui import drafts, outline, people, search_pane, versions, workspace
from ui.workspace import Workspace

SESSION = "s"
PLACES = 8  # more than any callback has


class EndedError(BaseException):
    """The next request has come in: Streamlit leaves the callback."""


class Interrupted(dict[str, Any]):
    """Stands for the session or the address: it ends the callback when it is asked for the nth time."""

    def __init__(self, left: list[int], held: dict[str, Any]) -> None:
        super().__init__(held)
        self.left = left

    def _asked(self) -> None:
        self.left[0] -= 1
        if self.left[0] == 0:
            raise EndedError

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - as the session's
        self._asked()
        return super().__getitem__(key)

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401 - as the session's
        self._asked()
        super().__setitem__(key, value)

    def __delitem__(self, key: str) -> None:
        self._asked()
        super().__delitem__(key)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as the session's
        """As the session's."""
        self._asked()
        return super().get(key, default)


class Rerun(BaseException):
    """`st.rerun` leaves the callback; the act is done by then."""


def rerun(*_: object) -> None:
    raise Rerun


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.sqlite")


@pytest.fixture(params=range(1, PLACES))
def once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what sends an act until it is acknowledged; the first try is ended at one of the places."""

    def send(component: str, trigger: str, act: dict[str, Any], take_in: Callable[[], None], held: Any = None) -> None:  # noqa: ANN401
        left = [int(request.param)]
        state = {component: SimpleNamespace(**{trigger: {**act, "n": 7, "session": SESSION}}), "author": "José"}
        session = Interrupted(left, {**state, **(held or {})})
        fake = SimpleNamespace(session_state=session, query_params=Interrupted(left, {}), rerun=rerun)
        for module in (drafts, outline, people, search_pane, versions, workspace):
            monkeypatch.setattr(module, "st", fake)
        for _ in range(2):
            try:
                take_in()
            except (EndedError, Rerun):
                continue

    return send


@pytest.fixture
def index(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Return what the callbacks ask of an open index."""
    by_id = {passage.id: passage for passage in corpus.passages}
    sources = {source.symbol: source for source in corpus.sources}
    opened = SimpleNamespace(corpus=corpus, by_id=by_id, sources=sources, identical={})
    monkeypatch.setattr(search_pane, "current_index", lambda: opened)
    return opened


def drafted(store: DraftStore, *texts: str) -> Workspace:
    draft = store.create()
    for number, text in enumerate(texts):
        draft = store.save(
            add_clause(draft, text, ClauseKind.OPERATIVE, clause_id=f"c{number}"), "Added", base=draft.revision
        )
    return Workspace(draft.id, session=SESSION)


def words(store: DraftStore, draft_id: str) -> list[str]:
    return [clause.text for clause in store.load(draft_id).clauses]


def test_an_operation_of_the_outline(once: Callable[..., None], store: DraftStore) -> None:
    work = drafted(store, "One", "Two", "Three")
    once("outline", "op", {"type": "move", "id": "c0", "by": 1}, lambda: outline._operate(store, work))
    assert words(store, work.draft_id) == ["Two", "One", "Three"]
    assert work.ack == 7


def test_a_passage_that_begins_a_draft(once: Callable[..., None], store: DraftStore, index: SimpleNamespace) -> None:
    work = Workspace("", session=SESSION)
    passage = index.corpus.passages[0]
    click = {"act": "add", "value": passage.id, "wording": "own", "with": []}
    once("found", "click", click, lambda: search_pane._clicked(store, work))
    assert len(words(store, work.draft_id)) == 1


@pytest.mark.usefixtures("index")
def test_a_clause_of_ones_own_that_begins_a_draft(once: Callable[..., None], store: DraftStore) -> None:
    work = Workspace("", Pending(text="Urge States to act", typed_at=3), session=SESSION)
    clause = {"text": "Urge States to act", "typedAt": 3}
    once("editor", "submit", clause, lambda: search_pane._submitted(store, work))
    assert words(store, work.draft_id) == ["Urge States to act"]
    assert (work.answer, work.pending.text) == ((7, True), "")


def test_a_copy_made_in_the_list_of_drafts(once: Callable[..., None], store: DraftStore) -> None:
    held, visit = drafted(store, "One").draft_id, drafts._Visit(session=SESSION)
    once("drafts", "act", {"act": "duplicate", "id": held}, lambda: drafts._act(store, visit))
    assert len(store.drafts()) == 2


def test_a_draft_deleted_while_it_is_at_hand(once: Callable[..., None], store: DraftStore) -> None:
    work, visit = drafted(store, "One"), drafts._Visit(session=SESSION)
    act = {"act": "delete", "id": work.draft_id}
    once("drafts", "act", act, lambda: drafts._act(store, visit), {"workspace": work})
    assert store.drafts() == ()
    assert visit.notice["text"].startswith("Deleted")


def test_a_version_that_is_restored(once: Callable[..., None], store: DraftStore) -> None:
    draft_id = drafted(store, "One", "Two").draft_id
    visit = versions._Visit(draft_id, session=SESSION)
    act = {"act": "restore", "number": 2, "base": 3}
    once("timeline", "act", act, lambda: versions._act(store, visit))
    assert words(store, draft_id) == ["One"]
    assert store.load(draft_id).revision == 4
