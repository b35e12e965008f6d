"""Who is here: the name that a visitor gave once in this browser, and who else has the same draft open.

All of it stands in a fragment of its own that asks again every few seconds, so that it redraws neither the results nor
the draft. The name is kept by the browser; the server keeps it for the session and puts it to every change.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from corpus.errors import RapporteurError
from drafting.model import Draft
from drafting.operations import designation
from drafting.presence import Editor
from drafting.store import DraftState, DraftStore
from ui import components
from ui.workspace import Workspace

_LONGEST_NAME = 80
_EVERY = 5.0  # seconds; who was not seen for 30 is gone


_BETWEEN = {"forwarded", "x-forwarded-for", "x-real-ip"}


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a browser's tab is seen.

    Attributes:
        draft_id: The draft that it has open.
        tab: The tab.
    """

    draft_id: str
    tab: str


def author() -> str:
    """Return the name that the visitor gave, empty until it is known; it goes with every change they make."""
    return str(st.session_state.get("author", ""))


def opened_drafts() -> frozenset[str]:
    """Return the drafts that were opened for editing in this browser, as far as it told them."""
    return frozenset(st.session_state.get("opened_drafts", ()))


def is_on_this_machine(address: str | None, headers: Collection[str]) -> bool:
    """Return whether a visitor sits at the machine that serves the app.

    Args:
        address: Their address; None for this machine.
        headers: Names of the headers of their request, in which a server between the two names itself.
    """
    return address is None and not _BETWEEN & {header.lower() for header in headers}


def show(
    store: DraftStore,
    workspace: Workspace | None = None,
    revision: int = 0,
    *,
    made: Collection[str] = (),
    asks: bool = False,
) -> None:
    """Show the visitor's name, and on the desk who else is there and what they saved.

    Args:
        store: The drafts.
        workspace: The work on the draft that is open; None on a screen where none is.
        revision: The revision that is shown.
        made: Drafts that the visitor made on a screen where none is open.
        asks: Whether the browser is to tell which drafts were opened in it.
    """
    if workspace and workspace.draft_id:
        _draft_people(store, workspace, revision)
    else:
        _sit(store, None)
        _person(workspace, tuple(made), asks)


@st.fragment
def _person(workspace: Workspace | None, made: tuple[str, ...], asks: bool) -> None:
    before = opened_drafts()
    _told()
    if asks and opened_drafts() != before:
        st.rerun("app")
    if workspace:
        workspace.author = author()
    _mount([], "", made, asks=asks)


@st.fragment(run_every=_EVERY)
def _draft_people(store: DraftStore, workspace: Workspace, revision: int) -> None:
    me = _told()
    workspace.author, tab = author(), str(st.session_state.get("tab", ""))
    if tab:
        _sit(store, _Seat(workspace.draft_id, tab))
        store.presence.touch(workspace.draft_id, tab, author(), str(me.get("clause") or "") or None)
    others = store.presence.others(workspace.draft_id, tab) if tab else ()
    state = _state(store, workspace.draft_id)
    _mount(
        presence_lines(others, author(), state.draft if state else None),
        newer_line(state, revision) if state else "",
        (workspace.draft_id,),
    )
    if int(me.get("show", 0)) > st.session_state.get("shown_newer", 0):
        st.session_state["shown_newer"] = int(me["show"])
        st.rerun("app")


def _state(store: DraftStore, draft_id: str) -> DraftState | None:
    """Return the draft as it stands; None when it cannot be read at this moment, which the draft pane says."""
    try:
        return store.state(draft_id)
    except RapporteurError:
        return None


def _told() -> dict[str, Any]:
    """Take in what the browser tells: its tab, the name, the clause that is being edited."""
    held = st.session_state.get("people")
    me: dict[str, Any] = (held.me if held else None) or {}
    if me:
        st.session_state["author"] = " ".join(str(me["name"]).split())[:_LONGEST_NAME]
        st.session_state["tab"] = str(me["tab"])
        if "drafts" in me:
            st.session_state["opened_drafts"] = [str(draft_id) for draft_id in me["drafts"]]
    return me


def _mount(others: list[str], newer: str, opened: tuple[str, ...], *, asks: bool = False) -> None:
    session = st.session_state.setdefault("people_session", secrets.token_hex(4))
    components.people(
        key="people",
        data={"session": session, "others": others, "newer": newer, "opened": list(opened), "asks": asks},
    )


def _sit(store: DraftStore, seat: _Seat | None) -> None:
    """Leave the draft that the tab had open before, when it has another or none now."""
    held: _Seat | None = st.session_state.get("seat")
    if held and held != seat:
        store.presence.leave(held.draft_id, held.tab)
    st.session_state["seat"] = seat


def presence_lines(others: Iterable[Editor], name: str, draft: Draft | None) -> list[str]:
    """Return a line for everybody else who has the draft open, such as ``Maria is also editing (operative clause 3)``.

    Args:
        others: Who has it open.
        name: The visitor's own name, for the case that it is them in another window.
        draft: The draft, to name the clauses; None when it cannot be read.
    """
    clauses = {clause.id for clause in draft.clauses} if draft else set()
    lines = []
    for other in others:
        who = other.name or "Somebody else"
        if other.name and other.name == name:
            who = f"{name} in another window"
        where = f" ({designation(draft, other.clause_id)})" if draft and other.clause_id in clauses else ""
        lines.append(f"{who} is also editing{where}")
    return list(dict.fromkeys(lines))


def newer_line(state: DraftState, revision: int) -> str:
    """Return what was saved since a revision was shown; empty when nothing was."""
    if state.draft.revision == revision or not revision:
        return ""
    who = state.author or "Somebody else"
    return f"{who} changed the draft: {state.change}"
