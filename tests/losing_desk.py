"""Run the app on a server that leaves certain requests unanswered, as Streamlit does when another one crosses them.

A script for a process of its own, used like `python -m streamlit`. Until the file that DESK_GATE names exists, whatever
says that the export menu is open and whatever asks where to send a file is lost; a file beside it says that one was.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from streamlit.runtime.app_session import AppSession

if TYPE_CHECKING:
    from streamlit.proto.BackMsg_pb2 import BackMsg

_handled = AppSession.handle_backmsg


def _handle(session: AppSession, message: BackMsg) -> None:
    gate, kind = Path(os.environ["DESK_GATE"]), _kind(message)
    if kind and not gate.exists():
        gate.with_name(f"lost-{kind}").touch()
        return
    _handled(session, message)


def _kind(message: BackMsg) -> str:
    """Return what a request is to be lost as; empty for any other."""
    if message.WhichOneof("type") == "file_urls_request":
        return "file"
    widgets = message.rerun_script.widget_states.widgets
    return "menu" if any(each.id.endswith("-export") and each.bool_value for each in widgets) else ""


if __name__ == "__main__":
    from streamlit.web.cli import main

    setattr(AppSession, "handle_backmsg", _handle)  # noqa: B010 - mypy allows no assignment to a method
    sys.exit(main())
