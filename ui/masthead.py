"""The title and the masthead of a draft, a field at a time.

Each field is an operation of its own, so that it can be undone and two people who fill in different fields do not undo
each other. One that was changed elsewhere meanwhile keeps both texts, and the person chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class _Form:
    """What the fields keep in a visitor's session.

    Attributes:
        draft_id: The draft that was shown last; empty when it was not stored yet.
        shown: What each field said then.
        conflict: Two texts between which the person is to choose.
    """

    draft_id: str = ""
    shown: dict[str, str] = field(default_factory=dict)
    conflict: FieldConflict | None = None


def _form() -> _Form:
    form: _Form = st.session_state.setdefault("masthead_form", _Form())
    return form


def take_in(store: DraftStore, workspace: Workspace) -> None:
    """Save what was typed into the fields since they were shown; called before the draft is read and they are drawn.

    Not by the fields' callbacks: Streamlit may end those before they have done anything, and what was typed would be
    overwritten. This is run again until it was done.
    """
    form = _form()
    if form.draft_id not in {"", workspace.draft_id}:
        return
    for name, before in form.shown.items():
        typed = st.session_state.get(_key(name))
        if typed is not None and typed != before:
            _commit(store, workspace, form, name, before, str(typed))


def show_title(draft: Draft) -> None:
    """Show the title as a field without a visible label."""
    _refresh(draft, "title")
    st.text_input("Title of the draft", key="title", label_visibility="collapsed")


def show_conflict(store: DraftStore, workspace: Workspace, draft: Draft) -> None:
    """Show both texts of a field that was changed in two windows, if one was."""
    form = _form()
    if form.conflict and form.conflict.draft_id == draft.id:
        _conflict(store, workspace, form, form.conflict)


def show(draft: Draft) -> None:
    """Show the other fields, closed until somebody wants them.

    Not in an expander: with one on the page, the message of a lost connection is slow to go and takes the focus.
    """
    with (
        st.popover("Masthead", icon=":material/subject:", key="masthead_menu"),
        st.container(key="masthead", gap="small"),
    ):
        for names in _ROWS:
            for place, name in zip(_places(names), names, strict=True):
                with place:
                    _field(draft, _FIELDS[name])


def _places(names: Sequence[str]) -> Sequence[st.delta_generator.DeltaGenerator]:
    return [st.container()] if len(names) == 1 else st.columns(len(names), gap="small")


def _field(draft: Draft, about: MastheadField) -> None:
    _refresh(draft, about.name)
    key, example = _key(about.name), about.example
    if about.several_lines:
        st.text_area(f"{about.label}, a line each", key=key, height=76, placeholder=example)
    else:
        st.text_input(about.label, key=key, placeholder=example)


def _key(name: str) -> str:
    return "title" if name == "title" else f"masthead_{name}"


def _refresh(draft: Draft, name: str) -> None:
    """Put what a field says into its widget, and remember it as what the next edit starts from.

    In every run: a widget in a closed popover is first drawn when that is opened, from the last run alone. The browser
    keeps what is being typed.
    """
    form = _form()
    st.session_state[_key(name)] = text = field_text(draft, name)
    form.draft_id, form.shown[name] = draft.id, text


def _commit(store: DraftStore, workspace: Workspace, form: _Form, name: str, before: str, text: str) -> None:
    """Save a field, or keep both texts when it no longer says what it said on the screen."""

    def changed(draft: Draft) -> Draft:
        theirs, mine = field_text(draft, name), set_field(draft, name, text)
        if theirs not in {before, field_text(mine, name)}:
            raise _ChangedElsewhereError(theirs)
        return mine

    try:
        if not workspace.change(store, changed, _summary(name)) and text.strip():
            workspace.notice += f" Your text: “{text}”"
    except _ChangedElsewhereError as elsewhere:
        form.conflict = FieldConflict(workspace.draft_id, name, text, elsewhere.theirs)
    form.shown[name] = text  # dealt with; the widget is written anew


def _summary(name: str) -> str:
    return f"Changed the {_FIELDS[name].label.lower()}"


def _conflict(store: DraftStore, workspace: Workspace, form: _Form, conflict: FieldConflict) -> None:
    """Show both texts of a field that was changed in two windows, and let the person choose."""
    with st.container(border=True, key="field_conflict_box"):
        st.html(conflict_html(conflict))
        with st.container(horizontal=True, gap="small"):
            st.button("Use yours", key="field_mine", on_click=_keep_mine, args=(store, workspace, form, conflict))
            st.button("Keep the saved one", key="field_theirs", on_click=_settle, args=(form,))


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


def _keep_mine(store: DraftStore, workspace: Workspace, form: _Form, conflict: FieldConflict) -> None:
    if workspace.change(store, lambda draft: set_field(draft, conflict.name, conflict.mine), _summary(conflict.name)):
        _settle(form)


def _settle(form: _Form) -> None:
    form.conflict = None


class _ChangedElsewhereError(Exception):
    """The field says something else than the edit started from."""

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs
