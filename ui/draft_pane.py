"""The right side of the desk: the draft, as an outline to work on or as the page that Word will show."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from corpus.settings import settings
from drafting.clauses import clause_of
from drafting.layout import lay_out
from drafting.model import ClauseKind, Draft, Style
from drafting.numbering import Numbering
from drafting.openers import preambular_opener
from drafting.operations import add_clause, edit_text, set_style
from drafting.store import DraftState, DraftStore
from ui import export_menu, masthead, outline, people, sharing
from ui.clock import time_of
from ui.messages import show_message
from ui.preview import preview_html
from ui.workspace import Conflict, Workspace

_HEADING = "Your draft"
_OUTLINE, _PAGE, _NEGOTIATING = "Outline", "As in Word", "Negotiating"
_DELETED = "This draft was deleted, and nothing in it can be changed until it is restored from the deleted drafts."
_STYLES = {Style.DECLARATION: "Declaration", Style.RESOLUTION: "Resolution"}


def show(store: DraftStore, workspace: Workspace) -> None:
    """Show the right side."""
    masthead.take_in(store, workspace)
    state = workspace.state(store) or DraftState(Draft(id=""), can_undo=False, can_redo=False, saved_at="")
    with st.container(key="draft_head", gap="small"):
        st.html(f'<h2 class="quiet-title" id="draft">{_HEADING}</h2>')
        view = _header(store, workspace, state)
    _notices(store, workspace)
    if state.deleted_at:
        show_message(_DELETED, "warning", link=("See the drafts", "./drafts"))
    masthead.show_conflict(store, workspace, state.draft)
    with st.container(horizontal=True, gap="small", key="draft_about"):
        masthead.show(state.draft)
        if st.button("Import", icon=":material/upload_file:", key="import"):
            st.switch_page("incoming.py", query_params={"draft": state.draft.id} if state.draft.id else None)
    if view == _OUTLINE:
        outline.show(store, workspace, state.draft)
    else:
        _style(store, workspace, state.draft)
        page = lay_out(state.draft, negotiating=view == _NEGOTIATING)
        st.html(preview_html(page, settings().link_base, view))


def _header(store: DraftStore, workspace: Workspace, state: DraftState) -> str:
    """Show the title and the tools, and return the view that was chosen."""
    with st.container(horizontal=True, gap="small", key="title_bar"):
        masthead.show_title(state.draft)
        sharing.show(store, workspace, state)
    base = state.draft.revision
    with st.container(horizontal=True, gap="small", key="tools"):
        view = st.segmented_control(
            "View",
            [_OUTLINE, _PAGE, _NEGOTIATING],
            default=_OUTLINE,
            required=True,
            key="view",
            label_visibility="collapsed",
        )
        st.button(
            "Undo",
            icon=":material/undo:",
            disabled=not state.can_undo,
            shortcut="Alt+Z",
            on_click=workspace.step,
            args=(store.undo, base),
            key="undo",
        )
        st.button(
            "Redo",
            icon=":material/redo:",
            disabled=not state.can_redo,
            shortcut="Alt+Shift+Z",
            on_click=workspace.step,
            args=(store.redo, base),
            key="redo",
        )
        export_menu.show(store, state.draft)
    with st.container(horizontal=True, gap="small", key="draft_foot"):
        st.html(footer_html(state, st.context.timezone or "UTC"))
        people.show(store, workspace, base)
    return str(view)


def _style(store: DraftStore, workspace: Workspace, draft: Draft) -> None:
    st.session_state["style"] = draft.style
    st.segmented_control(
        "Style of the operative clauses",
        list(Style),
        format_func=lambda style: _STYLES[style],
        required=True,
        key="style",
        on_change=_restyle,
        args=(store, workspace),
        label_visibility="collapsed",
    )


def _restyle(store: DraftStore, workspace: Workspace) -> None:
    style = Style(st.session_state["style"])
    workspace.change(store, lambda draft: set_style(draft, style), f"Changed to {_STYLES[style].lower()} style")


def _notices(store: DraftStore, workspace: Workspace) -> None:
    for text in filter(None, (workspace.notice, workspace.unread)):
        show_message(text, "warning")
    if workspace.conflict:
        _conflict(store, workspace, workspace.conflict)


def _conflict(store: DraftStore, workspace: Workspace, conflict: Conflict) -> None:
    """Show both texts of a clause that was changed in two windows, and let the person choose."""
    with st.container(border=True, key="conflict"):
        st.html(conflict_html(conflict))
        with st.container(horizontal=True, gap="small"):
            label = "Use yours" if conflict.theirs is not None else "Add yours as a clause"
            st.button(label, key="mine", on_click=_keep_mine, args=(store, workspace, conflict))
            keep = "Keep the saved one" if conflict.theirs is not None else "Leave it deleted"
            st.button(keep, key="theirs", on_click=_keep_theirs, args=(workspace,))


def conflict_html(conflict: Conflict) -> str:
    """Return both texts of a conflict, side by side where there is room."""
    if conflict.theirs is None:
        saved, what = "<p><i>Deleted</i></p>", "deleted"
    else:
        saved, what = f"<p>{escape(conflict.theirs)}</p>", "changed"
    return (
        f'<div class="conflict" role="alert"><p><b>This clause was {what} elsewhere while you edited it.</b> '
        "Both texts are here: choose which one the draft shall have.</p>"
        f'<div class="texts"><div><h3>Yours</h3><p>{escape(conflict.mine)}</p></div>'
        f"<div><h3>Saved</h3>{saved}</div></div></div>"
    )


def _keep_mine(store: DraftStore, workspace: Workspace, conflict: Conflict) -> None:
    def kept(draft: Draft) -> Draft:
        if any(clause.id == conflict.clause_id for clause in draft.clauses):
            held = clause_of(draft, conflict.clause_id).text
            return edit_text(
                draft, conflict.clause_id, Numbering(draft).stored(held, conflict.mine, conflict.clause_id)
            )
        kind = ClauseKind.PREAMBULAR if preambular_opener(conflict.mine) else ClauseKind.OPERATIVE
        return add_clause(draft, conflict.mine, kind)

    if workspace.change(store, kept, "Edited a clause"):
        workspace.conflict = None


def _keep_theirs(workspace: Workspace) -> None:
    workspace.conflict = None


def footer_html(state: DraftState, timezone: str) -> str:
    """Return the line that says when the draft was saved, on the visitor's clock, and as which version."""
    if not state.saved_at:
        return '<p class="saved" role="status">Nothing to save yet</p>'
    versions = f"./versions?draft={quote(state.draft.id, safe='')}"
    return (
        f'<p class="saved" role="status">Saved {time_of(state.saved_at, timezone)} · '
        f'<a href="{escape(versions)}" target="_self">version {state.draft.revision}</a>'
        ' · <a href="./" target="_self">New draft</a></p>'
    )
