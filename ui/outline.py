"""The outline on the screen: gives it the draft, takes in what a person does there, has backing checked.

What a row says is in `ui.outline_payload`, what an operation changes in `ui.outline_changes`, what the check finds in
`ui.checks`. One operation is dealt with at a time and acknowledged; the component sends it until it is.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from corpus.errors import DraftError, StorageError
from drafting.ladder import Ladder, ladder
from drafting.layout import lay_out
from drafting.model import Clause, Draft
from drafting.store import DraftStore
from ui import components
from ui.backing_check import BackingCheck, Claim, claim_of
from ui.checks import checks_payload
from ui.messages import show_message
from ui.outline_changes import change_of
from ui.outline_payload import adapted, openers_payload, outline_rows, proposers_payload
from ui.resources import current_index, current_searcher
from ui.workspace import Workspace

_EMPTY = "The draft is empty. Add passages from the results, or use the clause you typed."
_POLL_S = 0.7


def show(store: DraftStore, workspace: Workspace, draft: Draft) -> None:
    """Show the clauses of a draft, to work on."""
    index, check, verbs = current_index(), _backing_check(), _ladder_in_force()
    generation = index.manifest.generation
    claims = [claim_of(clause, text, generation) for clause, text in adapted(draft)]

    def backed(clause: Clause, text: str) -> bool | None:
        return check.verdict(claim_of(clause, text, generation))

    waiting = check.waiting(claims)
    components.outline(
        key="outline",
        data={
            "session": workspace.session,
            "draft": draft.id,
            "base": draft.revision,
            "ack": workspace.ack,
            "refused": workspace.refused,
            "empty": "" if draft.clauses else _EMPTY,
            "rows": outline_rows(
                draft,
                lay_out(draft),
                {symbol: source.url for symbol, source in index.sources.items()},
                workspace.target,
                ladder=verbs,
                backed=backed,
            ),
            "openers": openers_payload(verbs, draft.style),
            "proposers": proposers_payload(draft),
            "checks": checks_payload(draft),
            "backing": {
                "unchecked": sum(not check.known(claim) for claim in claims) - waiting,
                "waiting": waiting,
                "model": current_searcher()[1].encoder is not None,
            },
        },
        on_op_change=lambda: _operate(store, workspace),
    )
    if waiting:
        _wait_for(check, claims, waiting)


def _ladder_in_force() -> Ladder | None:
    """Return the ladder; when its file is out of order, say so and go on without it."""
    try:
        return ladder()
    except StorageError as error:
        show_message(str(error), "warning")
        return None


@st.cache_resource(show_spinner=False)
def _backing_check() -> BackingCheck:
    return BackingCheck()


@st.fragment(run_every=_POLL_S)
def _wait_for(check: BackingCheck, claims: list[Claim], before: int) -> None:
    """Draw the outline anew once something more is known."""
    if check.waiting(claims) < before:
        st.rerun("app")


def _operate(store: DraftStore, workspace: Workspace) -> None:
    """Take in one operation of the outline; after `ack` the session is left alone, see `ui.workspace`."""
    asked: dict[str, Any] | None = st.session_state["outline"].op
    if not asked or workspace.session != asked["session"] or int(asked["n"]) <= workspace.ack:
        return
    workspace.ack = int(asked["n"])
    workspace.refused = {}
    clause_id = str(asked.get("id", ""))
    match asked["type"]:
        case "target":
            workspace.target = "" if workspace.target == clause_id else clause_id
        case "back":
            _check_backing(store, workspace, clause_id)
        case "edit":
            workspace.edit(store, clause_id, str(asked["before"]), str(asked["text"]), int(asked.get("base", 0)))
            _check_backing(store, workspace, clause_id)
        case kind:
            if kind == "delete" and workspace.target == clause_id:
                workspace.target = ""
            _change(store, workspace, asked, clause_id)


def _change(store: DraftStore, workspace: Workspace, asked: dict[str, Any], clause_id: str) -> None:
    try:
        draft = store.load(workspace.draft_id)
        change = change_of(asked, draft)
        summary = change.said_of(draft, clause_id)
    except (DraftError, StorageError) as error:
        workspace.notice = f"Not saved. {error}"
        return
    if not workspace.change(store, change.apply, summary) and any(clause.id == clause_id for clause in draft.clauses):
        workspace.refused = {"id": clause_id, "why": workspace.notice}  # said at the clause
        workspace.notice = ""


def _check_backing(store: DraftStore, workspace: Workspace, clause_id: str) -> None:
    """Have the backing of one clause checked, or of every adapted one; without the model nothing is asked."""
    searcher, loading = current_searcher()
    state = workspace.state(store)
    if state is not None and loading.encoder is not None:
        draft = state.draft
        generation = searcher.index.manifest.generation
        asked = [(clause, text) for clause, text in adapted(draft) if clause_id in {"", clause.id}]
        _backing_check().ask([claim_of(clause, text, generation) for clause, text in asked], searcher)
