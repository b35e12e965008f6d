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
from drafting.backup import back_up, restore
from drafting.model import ClauseKind, Draft, Pending
from drafting.operations import add_clause, edit_text
from drafting.store import DraftStore

if TYPE_CHECKING:
    from collections.abc import Callable

MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it is made safely


class Step(NamedTuple):
    """What the model remembers of a revision."""

    parent: int | None
    summary: str
    draft: Draft
    author: str = ""
    name: str = ""


class Told(NamedTuple):
    """What the model remembers of a draft."""

    steps: dict[int, Step]
    pending: Pending
    head: int
    archived: bool = False
    deleted: bool = False

    def newest_child(self) -> int | None:
        return max((number for number, step in self.steps.items() if step.parent == self.head), default=None)


class StoreMachine(RuleBasedStateMachine):
    """Any sequence of changes, by a store that is sometimes opened anew, tells the same as a dictionary."""

    ids = Bundle("ids")
    texts = st.text(st.characters() | st.sampled_from("\0\ud83d\ude00'\""), max_size=6)

    @initialize()
    def open_new_file(self) -> None:
        # What is tested is what the store tells, not the disk, which would take most of the time.
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None)
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

    def at_hand(self, id_: str) -> Told | None:
        """Return what the model remembers of a draft that can be changed."""
        told = self.model.get(id_)
        if told is None or told.deleted:
            with pytest.raises(DraftError, match="was deleted" if told else "no draft"):
                self.store.save(Draft(id_), "Late", base=1)
            return None
        return told

    def appended(self, id_: str, told: Told, step: Step) -> None:
        self.model[id_] = told._replace(steps=told.steps | {step.draft.revision: step}, head=step.draft.revision)

    @rule(id_=ids, text=texts, summary=texts, author=texts)
    def save(self, id_: str, text: str, summary: str, author: str) -> None:
        if not (told := self.at_hand(id_)):
            return
        current = told.steps[told.head].draft
        ids = [clause.id for clause in current.clauses]
        text = f"Urges {text}"
        changed = edit_text(current, ids[0], text) if len(ids) > 2 else add_clause(current, text, ClauseKind.OPERATIVE)
        saved = self.store.save(changed, summary, base=told.head, author=author)
        assert saved == replace(changed, revision=max(told.steps) + 1)
        self.appended(id_, told, Step(told.head, summary, saved, author))

    @rule(id_=ids, title=texts, author=texts)
    def rename(self, id_: str, title: str, author: str) -> None:
        if not (told := self.at_hand(id_)):
            return
        title = f"On {title}"
        renamed = self.store.rename(id_, title, author=author)
        current = told.steps[told.head].draft
        if title == current.title:
            assert renamed == current
        else:
            assert renamed == replace(current, title=title, revision=max(told.steps) + 1)
            self.appended(id_, told, Step(told.head, "Changed the title", renamed, author))

    @rule(id_=ids, back=st.integers(0, 5), author=texts)
    def restore(self, id_: str, back: int, author: str) -> None:
        if not (told := self.at_hand(id_)):
            return
        number = sorted(told.steps)[-1 - back % len(told.steps)]
        if number == told.head:
            with pytest.raises(DraftError, match="is the current one"):
                self.store.restore(id_, number, base=told.head)
        else:
            restored = self.store.restore(id_, number, base=told.head, author=author)
            assert restored == replace(told.steps[number].draft, revision=max(told.steps) + 1)
            self.appended(id_, told, Step(told.head, f"Restored version {number}", restored, author))

    @rule(target=ids, id_=ids)
    def duplicate(self, id_: str) -> str:
        if not (told := self.at_hand(id_)):
            return id_
        original = told.steps[told.head].draft
        copy = self.store.duplicate(id_)
        assert copy == replace(original, id=copy.id, title=f"Copy of {original.title}", revision=1)
        summary = f"Copied from “{original.title}”, version {told.head}"
        self.model[copy.id] = Told({1: Step(None, summary, copy)}, Pending(), 1)
        return copy.id

    @rule(id_=ids, back=st.integers(0, 5), name=texts)
    def name_a_version(self, id_: str, back: int, name: str) -> None:
        if not (told := self.at_hand(id_)):
            return
        number = sorted(told.steps)[-1 - back % len(told.steps)]
        self.store.name_version(id_, number, name)
        step = told.steps[number]._replace(name=name.strip())
        self.model[id_] = told._replace(steps=told.steps | {number: step})

    @rule(id_=ids, archive=st.booleans())
    def archive_or_take_back(self, id_: str, archive: bool) -> None:
        if told := self.at_hand(id_):
            (self.store.archive if archive else self.store.unarchive)(id_)
            self.model[id_] = told._replace(archived=archive)

    @rule(id_=ids)
    def delete(self, id_: str) -> None:
        if told := self.at_hand(id_):
            self.store.delete(id_)
            self.model[id_] = told._replace(deleted=True)

    @rule(id_=ids)
    def undelete(self, id_: str) -> None:
        if told := self.model.get(id_):
            self.store.restore_deleted(id_)
            self.model[id_] = told._replace(deleted=False)

    @rule(id_=ids)
    def purge(self, id_: str) -> None:
        told = self.model.get(id_)
        if told and told.deleted:
            self.store.purge(id_)
            del self.model[id_]
        else:
            with pytest.raises(DraftError):
                self.store.purge(id_)

    @rule()
    def back_up_and_restore(self) -> None:
        backup = Path(self.folder.name) / "backup.db"
        back_up(self.store.path, backup, overwrite=True)
        self.store.create("Not in the backup")
        kept = restore(self.store.path, backup).kept
        assert kept is not None
        kept.unlink()

    @rule(id_=ids, off_by=st.integers(-3, 3).filter(bool), change=st.sampled_from(["save", "undo", "redo"]))
    def change_a_stale_revision(self, id_: str, off_by: int, change: str) -> None:
        if not (told := self.at_hand(id_)):
            return
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
        if not (told := self.at_hand(id_)):
            return
        parent = told.steps[told.head].parent
        if parent is None:
            with pytest.raises(DraftError, match="nothing to undo"):
                self.store.undo(id_, base=told.head)
        else:
            assert self.store.undo(id_, base=told.head) == told.steps[parent].draft
            self.model[id_] = told._replace(head=parent)

    @rule(id_=ids)
    def redo(self, id_: str) -> None:
        if not (told := self.at_hand(id_)):
            return
        child = told.newest_child()
        if child is None:
            with pytest.raises(DraftError, match="nothing to redo"):
                self.store.redo(id_, base=told.head)
        else:
            assert self.store.redo(id_, base=told.head) == told.steps[child].draft
            self.model[id_] = told._replace(head=child)

    @rule(id_=ids, text=texts)
    def type_half_a_clause(self, id_: str, text: str) -> None:
        if not (told := self.at_hand(id_)):
            return
        pending = Pending(text, (text,), len(text))
        self.store.save_pending(id_, pending)
        self.model[id_] = told._replace(pending=pending)

    @invariant()
    def the_store_tells_what_the_model_tells(self) -> None:
        for id_, told in self.model.items():
            state = self.store.state(id_)
            step = told.steps[told.head]
            assert state.draft == step.draft
            assert state.can_undo == (step.parent is not None and not told.deleted)
            assert state.can_redo == (told.newest_child() is not None and not told.deleted)
            assert self.store.load_pending(id_) == told.pending
            log = [(r.number, r.parent, r.summary, r.author, r.name) for r in self.store.revisions(id_)]
            steps = sorted(told.steps.items())
            assert log == [(number, step.parent, step.summary, step.author, step.name) for number, step in steps]
            if not told.deleted:
                assert self.store.shared(state.read_id).draft == replace(step.draft, id=state.read_id)
        heads = {id_: told.steps[told.head].draft for id_, told in self.model.items()}
        for archived, deleted in ((False, False), (True, False), (False, True)):
            lines = self.store.drafts(archived=archived, deleted=deleted)
            assert {line.id: (line.title, line.clauses) for line in lines} == {
                id_: (heads[id_].title, len(heads[id_].clauses))
                for id_, told in self.model.items()
                if told.deleted == deleted and (deleted or told.archived == archived)
            }


StoreMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestStoreAgainstModel = StoreMachine.TestCase
