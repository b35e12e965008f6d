"""The title and the masthead of a draft, a field at a time.

Each field is an operation of its own, so that it can be undone and two people who fill in different fields do not undo
each other. One that was changed elsewhere meanwhile keeps both texts, and the person chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from drafting.masthead import FIELDS, MastheadField, field_text, set_field
from drafting.model import Draft
from drafting.store import DraftStore
from ui.workspace import Workspace

_FIELDS = {field.name: field for field in FIELDS}
_ROWS = (("congress",), ("place", "dates", "distribution_date"), ("agenda_items",), ("chapeau",), ("enacting_line",))


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Two texts for one field.

    Attributes:
        draft_id: The draft.
        name: The field.
        mine: What this person wrote.
        theirs: What the field says now.
    """

    draft_id: str
    name: str
    mine: str
    theirs: str


def show_title(store: DraftStore, workspace: Workspace, draft: Draft) -> None:
    """Show the title as a field without a visible label."""
    _refresh(draft, "title")
    st.text_input(
        "Title of the draft",
        key="title",
        on_change=_commit,
        args=(store, workspace, "title"),
        label_visibility="collapsed",
    )


def show(store: DraftStore, workspace: Workspace, draft: Draft) -> None:
    """Show the other fields, closed until somebody wants them, and a conflict about any field above them."""
    conflict: FieldConflict | None = st.session_state.get("field_conflict")
    if conflict and conflict.draft_id == draft.id:
        _conflict(store, workspace, conflict)
    with st.expander("Masthead"), st.container(key="masthead", gap="small"):
        for names in _ROWS:
            for place, name in zip(_places(names), names, strict=True):
                with place:
                    _field(store, workspace, draft, _FIELDS[name])


def _places(names: Sequence[str]) -> Sequence[st.delta_generator.DeltaGenerator]:
    return [st.container()] if len(names) == 1 else st.columns(len(names), gap="small")


def _field(store: DraftStore, workspace: Workspace, draft: Draft, field: MastheadField) -> None:
    _refresh(draft, field.name)
    if field.several_lines:
        st.text_area(
            f"{field.label}, a line each",
            key=_key(field.name),
            height=76,
            placeholder=field.example,
            on_change=_commit,
            args=(store, workspace, field.name),
        )
    else:
        st.text_input(
            field.label,
            key=_key(field.name),
            placeholder=field.example,
            on_change=_commit,
            args=(store, workspace, field.name),
        )


def _key(name: str) -> str:
    return "title" if name == "title" else f"masthead_{name}"


def _refresh(draft: Draft, name: str) -> None:
    """Put what a field says into its widget, and remember it as what the next edit starts from.

    In every run: a widget in a closed expander is first drawn when that is opened, from the last run alone. The browser
    keeps what is being typed.
    """
    shown: dict[str, str] = st.session_state.setdefault("masthead_shown", {})
    st.session_state[_key(name)] = shown[name] = field_text(draft, name)


def _commit(store: DraftStore, workspace: Workspace, name: str) -> None:
    """Save what was typed into a field, or keep both texts when the field no longer says what it said on the screen."""
    text = str(st.session_state[_key(name)])
    before = st.session_state["masthead_shown"][name]

    def changed(draft: Draft) -> Draft:
        theirs, mine = field_text(draft, name), set_field(draft, name, text)
        if theirs not in {before, field_text(mine, name)}:
            raise _ChangedElsewhereError(theirs)
        return mine

    try:
        if not workspace.change(store, changed, _summary(name)) and text.strip():
            workspace.notice += f" Your text: “{text}”"
    except _ChangedElsewhereError as elsewhere:
        st.session_state["field_conflict"] = FieldConflict(workspace.draft_id, name, text, elsewhere.theirs)


def _summary(name: str) -> str:
    return f"Changed the {_FIELDS[name].label.lower()}"


def _conflict(store: DraftStore, workspace: Workspace, conflict: FieldConflict) -> None:
    """Show both texts of a field that was changed in two windows, and let the person choose."""
    with st.container(border=True, key="field_conflict_box"):
        st.html(conflict_html(conflict))
        with st.container(horizontal=True, gap="small"):
            st.button("Use yours", key="field_mine", on_click=_keep_mine, args=(store, workspace, conflict))
            st.button("Keep the saved one", key="field_theirs", on_click=_settle)


def conflict_html(conflict: FieldConflict) -> str:
    """Return both texts of a conflict, side by side where there is room."""
    label = escape(_FIELDS[conflict.name].label)
    mine, theirs = (escape(text) or "<i>Empty</i>" for text in (conflict.mine, conflict.theirs))
    return (
        f'<div class="conflict" role="alert"><p><b>“{label}” was changed elsewhere while you edited it.</b> '
        "Both texts are here: choose which one the draft shall have.</p>"
        f'<div class="texts"><div><h3>Yours</h3><p>{mine}</p></div>'
        f"<div><h3>Saved</h3><p>{theirs}</p></div></div></div>"
    )


def _keep_mine(store: DraftStore, workspace: Workspace, conflict: FieldConflict) -> None:
    if workspace.change(store, lambda draft: set_field(draft, conflict.name, conflict.mine), _summary(conflict.name)):
        _settle()


def _settle() -> None:
    st.session_state["field_conflict"] = None


class _ChangedElsewhereError(Exception):
    """The field says something else than the edit started from."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs
