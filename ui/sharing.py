"""Two links to a draft: one to work on it, and one that shows it, cannot change it and can be exchanged."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

from corpus.errors import RapporteurError
from drafting.states import DraftState
from drafting.store import DraftStore
from ui import components
from ui.messages import show_message
from ui.workspace import Workspace

_NOTHING = "There is nothing to share yet. The draft gets its addresses with its first clause."


def show(store: DraftStore, workspace: Workspace, state: DraftState) -> None:
    """Show the button, and behind it the links of a draft.

    Args:
        store: The drafts.
        workspace: The work on the draft.
        state: The draft; one without addresses when there is none yet.
    """
    with st.popover("Share", icon=":material/share:", key="share"):
        if not state.read_id:
            show_message(_NOTHING)
            return
        components.share(key="links", data=links(state.draft.id, state.read_id))
        st.button("Make a new reading link", on_click=_renew, args=(store, workspace), key="renew")


def links(draft_id: str, read_id: str) -> dict[str, str]:
    """Return the addresses of a draft, seen from the desk's own."""
    return {"edit": f"./?draft={quote(draft_id, safe='')}", "read": f"./read?draft={quote(read_id, safe='')}"}


def _renew(store: DraftStore, workspace: Workspace) -> None:
    try:
        store.renew_read_id(workspace.draft_id)
    except RapporteurError as error:
        workspace.notice = f"The reading link is as it was. {error}"
