"""The Word files of a draft: the clean text that is circulated, and the negotiating text."""

from __future__ import annotations

from functools import partial

import streamlit as st

from corpus.settings import settings
from drafting.model import Draft

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_COPIES = (
    ("Clean text", "word_clean", "", False),
    ("Negotiating text", "word_negotiating", "-negotiating-text", True),
)


def show(draft: Draft) -> None:
    """Show the menu; a file is made when its button is pressed."""
    with st.popover("Word", icon=":material/download:", type="primary", key="word"):
        for label, key, suffix, negotiating in _COPIES:
            st.download_button(
                label,
                data=partial(word_file, draft, settings().link_base, negotiating=negotiating),
                file_name=f"{file_name(draft.title)}{suffix}.docx",
                mime=WORD,
                on_click="ignore",
                width="stretch",
                key=key,
            )
        st.html(
            '<p class="saved">The negotiating text has alternatives, proposers and what is agreed; '
            "the clean text leaves them out.</p>"
        )


def word_file(draft: Draft, link_base: str, *, negotiating: bool = False) -> bytes:
    """Return the Word file of a draft; runs when the button is pressed, outside any session."""
    from drafting.word import docx_bytes

    return docx_bytes(draft, link_base=link_base, negotiating=negotiating)[0]


def file_name(title: str) -> str:
    """Return a title as a file name that every system takes."""
    words = "".join(character if character.isalnum() else " " for character in title).split()
    return "-".join(words)[:80] or "draft"
