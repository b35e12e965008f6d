"""The drafting desk: the clause editor and what it finds on the left, the draft on the right."""

from __future__ import annotations

import streamlit as st

from ui import draft_pane, search_pane
from ui.resources import current_store
from ui.workspace import current_workspace

store = current_store()
workspace = current_workspace(store)
with st.container(key="desk"):
    left, right = st.columns([11, 9], gap="large")
    with left:
        search_pane.show(store, workspace)
    with right, st.container(key="draft_pane"):
        draft_pane.show(store, workspace)
