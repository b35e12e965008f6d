"""The draft for whoever has the link for reading: as in Word, with its sources, and nothing to change it with.

Everything here is looked up by the read-only id, from which the id for editing cannot be told; this screen knows no
other.
"""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from corpus.errors import DraftError
from corpus.settings import settings
from drafting.layout import lay_out
from drafting.states import DraftState
from ui.clock import when
from ui.export_files import MEDIA_TYPES, Choices, Form, file_name, made
from ui.messages import show_message
from ui.preview import preview_html
from ui.resources import current_store

_COPY = Choices(annex=False)
_UNKNOWN = (
    "There is no draft to read at this address. The link may have been copied incompletely, or it was replaced by a "
    "new one: ask whoever gave it to you."
)


def show() -> None:
    """Show the screen."""
    try:
        state = current_store().shared(str(st.query_params.get("draft", "")))
    except DraftError:
        show_message(_UNKNOWN, "warning")
        return
    with st.container(key="read"):
        with st.container(horizontal=True, vertical_alignment="center", key="read_head"):
            st.html(head_html(state, st.context.timezone or "UTC"))
            st.download_button(
                "Word",
                data=partial(made, state.draft, _COPY, None, settings().link_base),
                file_name=file_name(state.draft, _COPY),
                mime=MEDIA_TYPES[Form.WORD],
                icon=":material/download:",
                on_click="ignore",
                key="word",
            )
        st.html('<h2 class="quiet-title">The draft as in Word</h2>')
        st.html(preview_html(lay_out(state.draft), settings().link_base))


def head_html(state: DraftState, timezone: str) -> str:
    """Return the title and as of when the draft is shown."""
    who = f" by {escape(state.author)}" if state.author else ""
    return (
        f'<h1 class="page-title" dir="auto">{escape(state.draft.title)}</h1>'
        f'<p class="saved">For reading only · version {state.draft.revision}, {escape(when(state.saved_at, timezone))}'
        f"{who} · reload the page to see a later one</p>"
    )


if st.runtime.exists():
    show()
