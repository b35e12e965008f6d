"""The versions of a draft: who changed what and when, any two side by side, and the way back to each.

Which draft and which two versions stands in the address, so that a comparison can be sent to whoever may edit.
Restoring appends a version like any change does, and can be undone.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import streamlit as st

from corpus.errors import ConflictError, DraftError, RapporteurError
from drafting.comparison import compare
from drafting.states import Revision
from drafting.store import DraftStore
from ui import components, people
from ui.clock import when
from ui.comparison_html import Side, comparison_html
from ui.messages import show_message
from ui.resources import current_store
from ui.versions_payload import chosen_pair, timeline_payload
from ui.workspace import addressed_draft

UNKNOWN = "There is no draft at this address. It may have been copied incompletely, or the draft is kept elsewhere."
_CHANGED = "The draft was changed elsewhere since it was shown. Nothing was restored; the list shows it as it is now."


@dataclass(slots=True)
class _Visit:
    """What this screen keeps in a visitor's session.

    Attributes:
        draft_id: The draft.
        session: Tells one server session from the next.
        done: Number of the last act that was dealt with.
        notice: What the last act did, and whether it can be undone.
        problem: Why the last act was not done; empty when it was.
        choice: Versions to compare from now on, 0 for those that the screen chooses; None for those of the address.
    """

    draft_id: str
    session: str = field(default_factory=lambda: secrets.token_hex(4))
    done: int = 0
    notice: dict[str, Any] = field(default_factory=lambda: {"text": "", "undo": False})
    problem: str = ""
    choice: tuple[int, int] | None = None


def show() -> None:
    """Show the screen."""
    store, draft_id = current_store(), addressed_draft()
    try:
        timeline, state = store.timeline(draft_id), store.state(draft_id)
    except DraftError:
        show_message(UNKNOWN, "warning", link=("See the drafts", "./drafts"))
        return
    visit: _Visit | None = st.session_state.get("versions_visit")  # of a class that each run of this file makes anew
    if visit is None or visit.draft_id != draft_id:
        visit = st.session_state["versions_visit"] = _Visit(draft_id)
    if visit.choice:
        _choose(*visit.choice)
        visit.choice = None
    pair = chosen_pair(timeline, *(str(st.query_params.get(side, "")) for side in ("before", "after")))
    with st.container(key="versions"):
        left, right = st.columns([2, 3], gap="medium")
        with left, st.container(key="versions_list", gap="small"):
            st.html(f'<h1 class="page-title">Versions</h1><p class="of" dir="auto">{escape(state.draft.title)}</p>')
            st.page_link(
                "desk.py", label="Back to the draft", icon=":material/arrow_back:", query_params={"draft": draft_id}
            )
            if state.deleted_at:
                show_message("The draft was deleted. Its versions can be read; restore it before you change it.")
            if visit.problem:
                show_message(visit.problem, "warning")
            timezone = st.context.timezone or "UTC"
            components.timeline(
                key="timeline",
                data={
                    **timeline_payload(timeline, pair, timezone),
                    "notice": visit.notice,
                    "session": visit.session,
                    "run": visit.done,
                },
                on_act_change=lambda: _act(store, visit),
            )
            people.show(store)
        with right:
            earlier, later = (_side(store, draft_id, timeline, number, timezone) for number in pair)
            st.html(comparison_html(compare(earlier.draft, later.draft), earlier, later))


def _side(store: DraftStore, draft_id: str, timeline: Sequence[Revision], number: int, timezone: str) -> Side:
    revision = next(revision for revision in timeline if revision.number == number)
    about = (revision.name and f"“{revision.name}”", when(revision.saved_at, timezone), revision.author)
    return Side(store.at(draft_id, number), f"Version {number}", " · ".join(filter(None, about)))


def _act(store: DraftStore, visit: _Visit) -> None:
    """Take in one act of the timeline.

    Streamlit may end a callback wherever it asks for the session or the address, so the first comes before the act and
    the second after the callback; an act that was not begun is sent again.
    """
    act: dict[str, Any] | None = st.session_state["timeline"].act
    if not act or visit.session != act["session"] or int(act["n"]) <= visit.done:
        return
    author = people.author()
    visit.done = int(act["n"])
    visit.notice, visit.problem = {"text": "", "undo": False}, ""
    try:
        match act["act"]:
            case "pick":
                visit.choice = (int(act["before"]), int(act["after"]))
            case "name":
                store.name_version(visit.draft_id, int(act["number"]), str(act["name"]))
            case "restore":
                number, base = int(act["number"]), int(act["base"])
                restored = store.restore(visit.draft_id, number, base=base, author=author)
                visit.choice = (base, restored.revision)
                text = f"The draft is as in version {number} again; this is version {restored.revision}."
                visit.notice = {"text": text, "undo": True}
            case "undo":
                undone = store.undo(visit.draft_id, base=int(act["base"]), author=author)
                visit.choice = (0, 0)
                visit.notice = {"text": f"Undone: the draft is at version {undone.revision}.", "undo": False}
    except ConflictError:
        visit.problem = _CHANGED
    except RapporteurError as error:
        visit.problem = f"Nothing was done. {error}"


def _choose(before: int, after: int) -> None:
    """Put the versions that are compared into the address; none leaves the choice to the screen."""
    for side, number in (("before", before), ("after", after)):
        if number:
            st.query_params[side] = str(number)
        else:
            st.query_params.pop(side, None)


if st.runtime.exists():
    show()
