"""The drafts: which there are, and what is done to one as a whole.

Nothing here removes a draft but "Remove for good", which is asked twice and offered for deleted drafts only; whatever
else puts a draft away has an Undo beside the sentence that tells of it.

Whoever sits at this machine sees all drafts. Visitors from elsewhere see those that were opened in their browser, so
that a link for reading leads to no draft that can be changed.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from corpus.errors import RapporteurError
from drafting.store import DraftStore
from ui import components, people
from ui.drafts_payload import ACTIVE, ARCHIVED, DELETED, SHELVES, list_payload
from ui.messages import show_message
from ui.resources import current_store
from ui.workspace import Workspace

_ELSEWHERE = "The drafts that were opened in this browser are listed. Others can be opened with their link for editing."
_NO_NOTICE: dict[str, Any] = {"text": "", "undo": None}


@dataclass(slots=True)
class _Visit:
    """What this screen keeps in a visitor's session.

    Attributes:
        session: Tells one server session from the next.
        done: Number of the last act that was dealt with.
        notice: What the last act did, and how it is undone.
        problem: Why the last act was not done; empty when it was.
        leads_to: Screen and draft that the visitor asked for; None to stay.
        made: Drafts that the visitor made here.
    """

    session: str = field(default_factory=lambda: secrets.token_hex(4))
    done: int = 0
    notice: dict[str, Any] = field(default_factory=lambda: dict(_NO_NOTICE))
    problem: str = ""
    leads_to: tuple[str, str] | None = None
    made: set[str] = field(default_factory=set)


def show() -> None:
    """Show the screen."""
    store = current_store()
    visit: _Visit = st.session_state.setdefault("drafts_visit", _Visit())
    if visit.leads_to:
        (screen, draft_id), visit.leads_to = visit.leads_to, None
        st.switch_page(screen, query_params={"draft": draft_id})
    with st.container(horizontal=True, vertical_alignment="center", key="drafts_head"):
        st.html('<h1 class="page-title">Drafts</h1>')
        shelf = st.segmented_control(
            "Which drafts",
            SHELVES,
            default=ACTIVE,
            required=True,
            key="shelf",
            on_change=_forget,
            args=(visit,),
            label_visibility="collapsed",
        )
        with st.container(key="drafts_back_in", width="content"):
            st.page_link("incoming.py", label="Word file back in", icon=":material/upload_file:")
        st.button(
            "New draft", type="primary", icon=":material/add:", on_click=_begin, args=(store, visit), key="new_draft"
        )
    if visit.problem:
        show_message(visit.problem, "warning")
    summaries = store.drafts(archived=shelf == ARCHIVED, deleted=shelf == DELETED)
    is_here = people.is_on_this_machine(st.context.ip_address, list(st.context.headers))
    if not is_here:
        known = people.opened_drafts() | visit.made
        summaries = tuple(summary for summary in summaries if summary.id in known)
    listed = list_payload(summaries, str(shelf), st.context.timezone or "UTC")
    components.drafts(
        key="drafts",
        data={**listed, "notice": visit.notice, "session": visit.session, "run": visit.done},
        on_act_change=lambda: _act(store, visit),
    )
    if not is_here:
        st.html(f'<p class="saved">{_ELSEWHERE}</p>')
    people.show(store, made=visit.made, asks=not is_here)


def _forget(visit: _Visit) -> None:
    visit.notice, visit.problem = dict(_NO_NOTICE), ""


def _begin(store: DraftStore, visit: _Visit) -> None:
    """Make a draft and go to it."""
    author = people.author()
    _forget(visit)
    try:
        visit.leads_to = ("desk.py", store.create(author=author).id)
    except RapporteurError as error:
        visit.problem = f"No draft was made. {error}"


def _act(store: DraftStore, visit: _Visit) -> None:
    """Take in one act of the list.

    Streamlit may end a callback wherever it asks for the session, so all of that comes first; an act that was not begun
    is sent again.
    """
    act: dict[str, Any] | None = st.session_state["drafts"].act
    if not act or visit.session != act["session"] or int(act["n"]) <= visit.done:
        return
    name, draft_id, author = str(act["act"]), str(act["id"]), people.author()
    held = st.session_state.get("workspace")
    if name in {"delete", "purge"} and isinstance(held, Workspace) and held.draft_id == draft_id:
        del st.session_state["workspace"]  # the desk begins anew, not with a draft that cannot be changed
    visit.done = int(act["n"])
    _forget(visit)
    if name in {"open", "versions"}:
        visit.leads_to = ("desk.py" if name == "open" else "versions.py", draft_id)
        return
    try:
        text, undo, made = perform(store, name, draft_id, str(act.get("title", "")), author=author)
    except RapporteurError as error:
        visit.problem = f"Nothing was done. {error}"
        return
    visit.notice = {"text": text, "undo": undo}
    visit.made |= made


def perform(
    store: DraftStore, act: str, draft_id: str, title: str, *, author: str = ""
) -> tuple[str, list[Any] | None, set[str]]:
    """Do something to a draft as a whole.

    Args:
        store: The drafts.
        act: What to do, as the list calls it.
        draft_id: The draft.
        title: Its new title, when it is to be renamed.
        author: Who does it.

    Returns:
        A sentence that says what was done; the act that undoes it, None where it cannot or need not be undone; and the
        drafts that were made.

    Raises:
        RapporteurError: It could not be done; nothing was changed.
    """
    was = store.load(draft_id).title
    text, undo, made = "", None, set()
    match act:
        case "rename":
            renamed = store.rename(draft_id, title.strip(), author=author).title
            text, undo = f"Renamed “{was}” to “{renamed}”.", ["rename", draft_id, {"title": was}]
        case "duplicate":
            copy = store.duplicate(draft_id, author=author)
            text, made = f"Made “{copy.title}”.", {copy.id}
        case "archive":
            store.archive(draft_id)
            text, undo = f"Archived “{was}”.", ["unarchive", draft_id]
        case "unarchive":
            store.unarchive(draft_id)
            text, undo = f"“{was}” is among the active drafts again.", ["archive", draft_id]
        case "delete":
            store.delete(draft_id)
            text, undo = f"Deleted “{was}”.", ["restore", draft_id]
        case "restore":
            store.restore_deleted(draft_id)
            text = f"Restored “{was}”, as it was."
        case "purge":
            store.purge(draft_id)
            text = f"Removed “{was}” with all its versions."
    return text, undo, made


if st.runtime.exists():
    show()
