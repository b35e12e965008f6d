"""The drafting desk: the clause editor and what it finds on the left, the draft on the right."""

from __future__ import annotations

import streamlit as st

from corpus.errors import DraftError
from ui import draft_pane, search_pane
from ui.messages import show_message
from ui.resources import current_store
from ui.workspace import current_workspace, put_in_address

_UNKNOWN = (
    "There is no draft at this address. It may have been copied incompletely, or the draft is kept on another machine."
)

store = current_store()
try:
    workspace = current_workspace(store)
except DraftError:
    show_message(_UNKNOWN, "warning", link=("Start a new draft", "./"))
    st.stop()
with st.container(key="desk"):
    left, right = st.columns([11, 9], gap="medium")
    with left:
        search_pane.show(store, workspace)
    with right, st.container(key="draft_pane", gap="small"):
        draft_pane.show(store, workspace)
put_in_address(workspace)  # what was typed may have begun the draft in this run
st.html('<a class="jump to-draft" href="#draft">To the draft</a>')
