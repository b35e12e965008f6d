"""The app that Streamlit serves: what happens when the server starts, and when a screen fails.

What a visitor sees is `frame.py`, which Streamlit runs for each of them.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from corpus.errors import RapporteurError
from corpus.settings import settings
from ui.loading import model_loading
from ui.messages import show_message

_log = logging.getLogger(__name__)


@asynccontextmanager
async def start(_: st.App) -> AsyncIterator[None]:
    """Begin to load the model when the server starts, before anybody asks."""
    model_loading(settings().model)
    yield


def show_failure(error: Exception) -> bool:
    """Show one sentence instead of a trace, and log the trace under an id that the sentence names."""
    if isinstance(error, RapporteurError):
        show_message(str(error), "error")
        return True
    number = secrets.token_hex(4)
    _log.error("Failure %s", number, exc_info=error)
    show_message(
        "Something went wrong that should not have; nothing that was saved is lost. Reload the page. "
        f"If it happens again, report failure {number}, which the server’s log describes.",
        "error",
    )
    return True


app = st.App(Path(__file__).parent / "frame.py", lifespan=start, on_script_error=show_failure)
