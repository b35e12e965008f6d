"""The right side of the desk: the draft, as an outline to work on or as the page that Word will show."""

from __future__ import annotations

from functools import partial
from html import escape
from typing import Any
from urllib.parse import quote

import streamlit as st

from corpus.settings import settings
from drafting.layout import lay_out
from drafting.model import ClauseKind, Draft, Style
from drafting.openers import preambular_opener
from drafting.operations import (
    add_clause,
    delete_clause,
    designation,
    edit_text,
    move_clause,
    reorder,
    set_kind,
    set_style,
    uncite,
)
from drafting.store import DraftState, DraftStore
from ui import components, masthead, people, sharing
from ui.clock import time_of
from ui.messages import show_message
from ui.payloads import outline_rows
from ui.preview import preview_html
from ui.resources import current_index
from ui.workspace import Conflict, Workspace

_HEADING = "Your draft"
_OUTLINE, _PAGE = "Outline", "As in Word"
_DELETED = "This draft was deleted, and nothing in it can be changed until it is restored from the deleted drafts."
_EMPTY = "The draft is empty. Add passages from the results, or use the clause you typed."
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
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
    masthead.show(store, workspace, state.draft)
    if view == _PAGE:
        _style(store, workspace, state.draft)
        st.html(preview_html(lay_out(state.draft), settings().link_base))
    else:
        _outline(store, workspace, state.draft)


def _header(store: DraftStore, workspace: Workspace, state: DraftState) -> str:
    """Show the title and the tools, and return the view that was chosen."""
    with st.container(horizontal=True, gap="small", key="title_bar"):
        masthead.show_title(state.draft)
        sharing.show(store, workspace, state)
    base = state.draft.revision
    with st.container(horizontal=True, gap="small", key="tools"):
        view = st.segmented_control(
            "View", [_OUTLINE, _PAGE], default=_OUTLINE, required=True, key="view", label_visibility="collapsed"
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
        st.download_button(
            "Word",
            data=partial(_word_file, state.draft, settings().link_base),
            file_name=f"{_file_name(state.draft.title)}.docx",
            mime=_WORD,
            icon=":material/download:",
            type="primary",
            on_click="ignore",
            key="word",
        )
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
            return edit_text(draft, conflict.clause_id, conflict.mine)
        kind = ClauseKind.PREAMBULAR if preambular_opener(conflict.mine) else ClauseKind.OPERATIVE
        return add_clause(draft, conflict.mine, kind)

    if workspace.change(store, kept, "Edited a clause"):
        workspace.conflict = None


def _keep_theirs(workspace: Workspace) -> None:
    workspace.conflict = None


def _outline(store: DraftStore, workspace: Workspace, draft: Draft) -> None:
    urls = {symbol: source.url for symbol, source in current_index().sources.items()}
    components.outline(
        key="outline",
        data={
            "session": workspace.session,
            "draft": draft.id,
            "ack": workspace.ack,
            "empty": "" if draft.clauses else _EMPTY,
            "rows": outline_rows(draft, lay_out(draft), urls, workspace.target),
        },
        on_op_change=lambda: _operate(store, workspace),
    )


def _operate(store: DraftStore, workspace: Workspace) -> None:
    """Take in one operation of the outline."""
    operation: dict[str, Any] | None = st.session_state["outline"].op
    if not operation or workspace.session != operation["session"] or int(operation["n"]) <= workspace.ack:
        return
    workspace.ack = int(operation["n"])
    clause_id = str(operation.get("id", ""))
    match operation["type"]:
        case "move":
            _change(store, workspace, "Moved", clause_id, lambda d: move_clause(d, clause_id, int(operation["by"])))
        case "order":
            workspace.change(store, lambda draft: reorder(draft, operation["ids"]), "Put the clauses in another order")
        case "edit":
            workspace.edit(store, clause_id, str(operation["before"]), str(operation["text"]))
        case "delete":
            if workspace.target == clause_id:
                workspace.target = ""
            _change(store, workspace, "Deleted", clause_id, lambda draft: delete_clause(draft, clause_id))
        case "kind":
            kind = ClauseKind(operation["kind"])
            _change(store, workspace, "Changed the kind of", clause_id, lambda d: set_kind(d, clause_id, kind))
        case "uncite":
            passage_id = str(operation["passage"])
            _change(store, workspace, "Removed a source of", clause_id, lambda d: uncite(d, clause_id, passage_id))
        case "target":
            workspace.target = "" if workspace.target == clause_id else clause_id


def _change(store: DraftStore, workspace: Workspace, verb: str, clause_id: str, operation: Any) -> None:  # noqa: ANN401
    draft = store.load(workspace.draft_id)
    held = any(clause.id == clause_id for clause in draft.clauses)
    workspace.change(store, operation, f"{verb} {designation(draft, clause_id)}" if held else verb)


def _word_file(draft: Draft, link_base: str) -> bytes:
    """Return the Word file of a draft; runs when the button is pressed, outside any session."""
    from drafting.word import docx_bytes

    return docx_bytes(draft, link_base=link_base)[0]


def _file_name(title: str) -> str:
    """Return a title as a file name that every system takes."""
    words = "".join(character if character.isalnum() else " " for character in title).split()
    return "-".join(words)[:80] or "draft"


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
