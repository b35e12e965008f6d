"""The draft that a visitor works on: which one, every change to it, and what happens when a change cannot be made.

A change is an operation on the draft as it stands in the store, not as it stood on the screen. One that holds anywhere
(add, move, delete, cite) is made on the newest revision; an edit also names the text it started from, and when that is
no longer the clause's text, both texts are kept and the person chooses. Knows the store and Streamlit's session and
address; draws nothing.

Streamlit may end a callback wherever it asks for the session or the address, when the next request has come in. An act
that was acknowledged and then ended so would be lost. Nothing here that changes a draft asks for either, and a callback
does so only before it acknowledges an act; the address is set by the run that follows.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import streamlit as st

from corpus.errors import ConflictError, RapporteurError, StorageError
from drafting.editing import shown_text, stored_edit
from drafting.model import Draft, Pending
from drafting.operations import edit_text
from drafting.store import DraftState, DraftStore

Operation = Callable[[Draft], Draft]
_ATTEMPTS = 20
_UNSAVED = "What you type is kept in this browser only."


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts for one clause.

    Attributes:
        clause_id: The clause.
        mine: What this person wrote.
        theirs: What the clause says now; None when it was deleted.
    """

    clause_id: str
    mine: str
    theirs: str | None


@dataclass(slots=True)
class Workspace:
    """One visitor's work, kept in their session.

    Attributes:
        draft_id: The draft; empty until there is something to keep.
        pending: The clause being typed.
        rev: Counts how often the program, not the person, wrote into the editor.
        k: How many hits are asked for.
        show_related: Whether hits are shown although none is close.
        suggests: Whether the wording added last was a suggestion, so that the next one may be.
        target: Clause that citations go to; empty for the one being typed.
        ack: Number of the last outline operation that was dealt with.
        refused: The clause that the last operation could not be done to (``id``) and ``why``; empty when it was done.
        clicked: Number of the last click in the results that was dealt with.
        answer: Number of the last clause that was put into the draft by the editor, and whether it was taken.
        notice: What went wrong last, for the screen; empty when nothing did.
        unread: Why the draft could not be read last; empty when it could.
        conflict: Two texts between which the person is to choose.
        session: Tells one server session from the next.
        author: The visitor's name as typed, which every change bears; empty until it is known.
        shown: The draft as it was last read, for when it cannot be read.
    """

    draft_id: str
    pending: Pending = field(default_factory=Pending)
    rev: int = 0
    k: int = 10
    show_related: bool = False
    suggests: bool = False
    target: str = ""
    ack: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    clicked: int = 0
    answer: tuple[int, bool] = (0, True)
    notice: str = ""
    unread: str = ""
    conflict: Conflict | None = None
    session: str = field(default_factory=lambda: secrets.token_hex(4))
    author: str = ""
    shown: DraftState | None = None

    def state(self, store: DraftStore) -> DraftState | None:
        """Return the draft as it stands in the store, or None when there is none yet.

        When the store cannot be read, the draft as it was last read; `unread` says why.
        """
        if self.draft_id:
            try:
                self.shown, self.unread = store.state(self.draft_id), ""
            except StorageError as error:
                if self.shown is None:
                    raise
                self.unread = f"The draft is shown as it was last read. {error}"
        return self.shown

    def ensure_draft(self, store: DraftStore) -> str:
        """Return the id of the draft, made now when there was none."""
        if not self.draft_id:
            self.draft_id = store.create(author=self.author).id
        return self.draft_id

    def type(self, store: DraftStore, text: str, typed_at: int) -> None:
        """Keep the clause being typed; a new text starts with ten hits again."""
        if text == self.pending.text:
            return
        self._keep(store, replace(self.pending, text=text, typed_at=typed_at))
        self.k, self.show_related = 10, False

    def write(self, store: DraftStore, pending: Pending) -> None:
        """Put something into the editor. What the browser typed until now is older than that."""
        self._keep(store, replace(pending, typed_at=self.pending.typed_at))
        self.rev += 1
        self.k, self.show_related = 10, False

    def used(self, store: DraftStore, typed_at: int) -> None:
        """Forget the typed clause, since it is in the draft now; what was typed after `typed_at` stays."""
        if self.pending.typed_at <= typed_at:
            self._keep(store, Pending(typed_at=typed_at))
        else:
            self._keep(store, replace(self.pending, passage_ids=()))
        self.k, self.show_related = 10, False

    def cite_pending(self, store: DraftStore, passage_ids: tuple[str, ...]) -> None:
        """Set what the clause being typed will cite; the editor is not written to."""
        self._keep(store, replace(self.pending, passage_ids=passage_ids))

    def change(self, store: DraftStore, operation: Operation, summary: str) -> bool:
        """Make a change to the newest revision and save it; return whether that was done."""
        try:
            self.notice = ""
            draft_id = self.ensure_draft(store)
            for _ in range(_ATTEMPTS):
                draft = store.load(draft_id)
                changed = operation(draft)
                if changed == draft:
                    return True
                try:
                    store.save(changed, summary, base=draft.revision, author=self.author)
                except ConflictError:
                    continue  # somebody was quicker: make the change to what they saved
                return True
            self.notice = "The draft is being changed by somebody else all the time. Nothing was changed. Try again."
        except RapporteurError as error:
            self.notice = f"Not saved. {error}"
        return False

    def edit(self, store: DraftStore, clause_id: str, before: str, text: str, base: int = 0) -> None:
        """Change a clause's text from what it was; when it is something else now, keep both and ask.

        Args:
            store: The store.
            clause_id: The clause.
            before: Its text on the screen before the edit, with references as words.
            text: Its text on the screen after it.
            base: The revision on the screen; 0 when that is not known.
        """

        def edited(draft: Draft) -> Draft:
            if all(clause.id != clause_id for clause in draft.clauses):
                raise _ChangedElsewhereError(None)
            on_screen = store.at(draft.id, base) if 0 < base < draft.revision else draft
            stored = stored_edit(draft, on_screen, clause_id, before, text)
            if stored is None:
                raise _ChangedElsewhereError(shown_text(draft, clause_id))
            return edit_text(draft, clause_id, stored)

        try:
            if not self.change(store, edited, "Edited a clause") and self.notice:
                self.notice += f" Your text: “{text}”"
        except _ChangedElsewhereError as changed:
            self.conflict = Conflict(clause_id, text, changed.theirs)

    def step(self, move: Callable[..., Draft], base: int) -> None:
        """Undo or redo from a revision."""
        try:
            self.notice = ""
            move(self.draft_id, base=base, author=self.author)
        except ConflictError:
            self.notice = "The draft was changed in another window since it was shown. It is shown as it is now."
        except RapporteurError as error:
            self.notice = str(error)

    def _keep(self, store: DraftStore, pending: Pending) -> None:
        self.pending = pending
        try:
            store.save_pending(self.ensure_draft(store), pending)
        except RapporteurError as error:
            self.notice = f"{_UNSAVED} {error}"
        else:
            if self.notice.startswith(_UNSAVED):
                self.notice = ""


class _ChangedElsewhereError(Exception):
    """The clause says something else than the edit started from."""

    def __init__(self, theirs: str | None) -> None:
        super().__init__(theirs)
        self.theirs = theirs


def addressed_draft() -> str:
    """Return the draft that the address names, or the one at hand, which the address names from then on."""
    draft_id = str(st.query_params.get("draft", ""))
    held = st.session_state.get("workspace")
    if not draft_id and isinstance(held, Workspace) and held.draft_id:
        draft_id = st.query_params["draft"] = held.draft_id
    return draft_id


def current_workspace(store: DraftStore) -> Workspace:
    """Return this session's work, opened from the draft that the address names.

    An address without a draft means the one at hand when the visitor comes back from another screen, and a new one
    when the page is loaded anew, since that starts another session.

    Raises:
        DraftError: The address names a draft that does not exist.
        StorageError: The draft cannot be read.
    """
    draft_id = st.query_params.get("draft", "")
    held = st.session_state.get("workspace")
    if isinstance(held, Workspace) and draft_id in {"", held.draft_id}:
        put_in_address(held)
        return held
    workspace = Workspace(draft_id, store.load_pending(draft_id) if draft_id else Pending())
    st.session_state["workspace"] = workspace
    return workspace


def put_in_address(workspace: Workspace) -> None:
    """Have the address name the draft, once there is one."""
    if workspace.draft_id and st.query_params.get("draft") != workspace.draft_id:
        st.query_params["draft"] = workspace.draft_id
