"""The components of the screens, each a few files in `frontend/`: what Streamlit's own widgets cannot do.

They are registered once, when this module is imported. What they are given and what they send back is written at the
head of each .js file; the modules with `payload` in their name make the first, those of the screens take the second.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

_FRONTEND = Path(__file__).parent / "frontend"


def _read(name: str, *parts: str) -> tuple[str, str, str]:
    """Return the markup, style and script of a component; a script can stand in several files, made one here."""
    html, css = ((_FRONTEND / f"{name}.{suffix}").read_text(encoding="utf-8") for suffix in ("html", "css"))
    js = "\n".join((_FRONTEND / f"{part}.js").read_text(encoding="utf-8") for part in (name, *parts))
    return html, css, js


def _component(name: str, *parts: str) -> Any:  # noqa: ANN401 - Streamlit does not name the type of what mounts a component
    html, css, js = _read(name, *parts)
    return st.components.v2.component(f"rapporteur_{name}", html=html, css=css, js=js)


editor = _component("editor")
results = _component("results")
outline = _component("outline", "outline_rows", "outline_details", "outline_checks")
drafts = _component("drafts", "acts")
timeline = _component("timeline", "acts")
uploader = _component("uploader")
incoming = _component("incoming", "acts")
foreign = _component("foreign", "acts")
people = _component("people")
share = _component("share")
menu = _component("menu")
opening = _component("opening")
