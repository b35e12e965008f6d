"""Any sequence of changes: the store tells the same as a dictionary in memory."""
# ruff: noqa: D102 - the rules of the machine read as sentences, like the names of tests

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from corpus.errors import ConflictError, DraftError
from drafting.model import ClauseKind, Draft, Pending
from drafting.operations import add_clause, edit_text
from drafting.store import DraftStore

if TYPE_CHECKING:
    from collections.abc import Callable


class Step(NamedTuple):
    """What the model remembers of a revision."""

    parent: int | None
    summary: str
    draft: Draft


class Told(NamedTuple):
    """What the model remembers of a draft."""

    steps: dict[int, Step]
    pending: Pending
    head: int

    def newest_child(self) -> int | None:
        return max((number for number, step in self.steps.items() if step.parent == self.head), default=None)


class StoreMachine(RuleBasedStateMachine):
    """Any sequence of changes, by a store that is sometimes opened anew, tells the same as a dictionary."""

    ids = Bundle("ids")
    texts = st.text(st.characters() | st.sampled_from("\0\ud83d\ude00'\""), max_size=6)

    @initialize()
    def open_new_file(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.model: dict[str, Told] = {}
        self.reload()

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule()
    def reload(self) -> None:
        self.store = DraftStore(Path(self.folder.name) / "drafts.db")

    @rule(target=ids, title=texts)
    def create(self, title: str) -> str:
        draft = self.store.create(title)
        self.model[draft.id] = Told({1: Step(None, "Created", draft)}, Pending(), 1)
        return draft.id

    @rule(id_=ids, text=texts, summary=texts)
    def save(self, id_: str, text: str, summary: str) -> None:
        told = self.model[id_]
        current = told.steps[told.head].draft
        ids = [clause.id for clause in current.clauses]
        text = f"Urges {text}"
        changed = edit_text(current, ids[0], text) if len(ids) > 2 else add_clause(current, text, ClauseKind.OPERATIVE)
        saved = self.store.save(changed, summary, base=told.head)
        number = max(told.steps) + 1
        assert saved == replace(changed, revision=number)
        self.model[id_] = told._replace(steps=told.steps | {number: Step(told.head, summary, saved)}, head=number)

    @rule(id_=ids, off_by=st.integers(-3, 3).filter(bool), change=st.sampled_from(["save", "undo", "redo"]))
    def change_a_stale_revision(self, id_: str, off_by: int, change: str) -> None:
        told = self.model[id_]
        base = told.head + off_by
        changes: dict[str, Callable[[], Draft]] = {
            "save": lambda: self.store.save(told.steps[told.head].draft, "Late", base=base),
            "undo": lambda: self.store.undo(id_, base=base),
            "redo": lambda: self.store.redo(id_, base=base),
        }
        with pytest.raises(ConflictError):
            changes[change]()

    @rule(id_=ids)
    def undo(self, id_: str) -> None:
        told = self.model[id_]
        parent = told.steps[told.head].parent
        if parent is None:
            with pytest.raises(DraftError, match="nothing to undo"):
                self.store.undo(id_, base=told.head)
        else:
            assert self.store.undo(id_, base=told.head) == told.steps[parent].draft
            self.model[id_] = told._replace(head=parent)

    @rule(id_=ids)
    def redo(self, id_: str) -> None:
        told = self.model[id_]
        child = told.newest_child()
        if child is None:
            with pytest.raises(DraftError, match="nothing to redo"):
                self.store.redo(id_, base=told.head)
        else:
            assert self.store.redo(id_, base=told.head) == told.steps[child].draft
            self.model[id_] = told._replace(head=child)

    @rule(id_=ids, text=texts)
    def type_half_a_clause(self, id_: str, text: str) -> None:
        pending = Pending(text, (text,), len(text))
        self.store.save_pending(id_, pending)
        self.model[id_] = self.model[id_]._replace(pending=pending)

    @invariant()
    def the_store_tells_what_the_model_tells(self) -> None:
        for id_, told in self.model.items():
            state = self.store.state(id_)
            step = told.steps[told.head]
            assert state.draft == step.draft
            assert state.can_undo == (step.parent is not None)
            assert state.can_redo == (told.newest_child() is not None)
            assert self.store.load_pending(id_) == told.pending
            log = [(revision.number, revision.parent, revision.summary) for revision in self.store.revisions(id_)]
            assert log == [(number, step.parent, step.summary) for number, step in sorted(told.steps.items())]
        listed = {summary.id: (summary.title, summary.clauses) for summary in self.store.drafts()}
        heads = {id_: told.steps[told.head].draft for id_, told in self.model.items()}
        assert listed == {id_: (draft.title, len(draft.clauses)) for id_, draft in heads.items()}


StoreMachine.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestStoreAgainstModel = StoreMachine.TestCase
