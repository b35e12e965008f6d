"""Sentences that the program says to a visitor: what is going on, and what went wrong.

A sentence may quote a file name, an address or somebody's clause, so it is shown as text and never read as markup; only
a command between backticks, which our own remedies contain, is set as code.
"""

from __future__ import annotations

import re
from html import escape
from typing import Literal

import streamlit as st

Tone = Literal["note", "warning", "error"]
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!$:~|&])")
_COMMAND = re.compile(r"`(python -m drafting[^`<>&]*)`")


def plain(text: str) -> str:
    """Return a text that Streamlit's Markdown shows as it is, for the labels of its widgets."""
    return _MARKUP.sub(r"\\\1", text)


def message_html(text: str, tone: Tone = "note", *, link: tuple[str, str] | None = None) -> str:
    """Return a message as HTML.

    Args:
        text: What it says; shown as it is.
        tone: How urgent it is; an error is read out at once, anything else when there is time.
        link: Words and address of a link after the text.
    """
    words = _COMMAND.sub(r"<code>\1</code>", escape(text))
    if link:
        words += f' <a href="{escape(link[1])}" target="_self">{escape(link[0])}</a>'
    return f'<div class="message {tone}" role="{"alert" if tone == "error" else "status"}">{words}</div>'


def show_message(text: str, tone: Tone = "note", *, link: tuple[str, str] | None = None) -> None:
    """Show a message where the script stands; the arguments are those of `message_html`."""
    st.html(message_html(text, tone, link=link))
