"""A Word file comes back: what it is, what was edited in it, and the one version or the new draft that it becomes.

Nothing is changed by the upload. Whoever imports is offered only the drafts that they may change: at this machine all
of them, from elsewhere those that were opened in their browser or that the address names, so that a file that was sent
around leads nobody to its draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import streamlit as st

from corpus.errors import RapporteurError
from drafting.importing import made_from, was_edited
from drafting.states import DraftSummary
from drafting.store import DraftStore
from drafting.word.incoming import EditKind, Proposal, WordFile
from drafting.word.incoming.package import LARGEST_FILE
from ui import components, people
from ui.incoming_about import choices, counted_clauses, file_html, made_from_sentence, since_html
from ui.incoming_payload import edits_payload
from ui.incoming_sources import clauses_payload, search_on, searched, wait_for_model
from ui.incoming_visit import Visit
from ui.messages import show_message
from ui.resources import current_searcher, current_store
from ui.workspace import addressed_draft

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_INTRODUCTION = "Take an edited Word file back in. You see every edit first; only what you approve changes the draft."
_UNSENT = (
    "was not sent. A Word file may have up to {} MB: if it is larger, take the pictures out, save it again, and choose "
    "that file."
)
_STEPS = (
    ("What the file is", "The draft and the version that it was made from, who edited it, and what changed since."),
    (
        "Edit by edit",
        "Reworded, deleted, new, split, merged and moved clauses, brackets, sources, comments: word by word.",
    ),
    ("One version", "What you tick is carried out together as one version. Undo takes all of it back."),
    ("Any other Word file", "It becomes a new draft, each paragraph a clause, with the closest sources offered."),
)
_NOT_HERE = "It was made from a draft that is not here. Import it where that draft is kept, or make a new draft of it."
_NOT_YOURS = (
    "It was made from a draft that was not opened in this browser. Open that draft with its link for editing first, or "
    "make a new draft of this file."
)
_DELETED = "It was made from “{}”, which was deleted. Restore that draft first, or make a new draft of this file."
_STRANGE = "It does not say that it was made from a draft here."
_RESEMBLES = "It does not say which draft it was made from; its hidden bookmarks are those of “{}”."
_UNEDITED = "Nothing was edited in this file: it says what version {} of the draft says."
_TAKEN_OVER = "Everything that was edited in this file is in the draft already."


def show() -> None:
    """Show the screen."""
    store, addressed = current_store(), addressed_draft()
    visit: Visit = st.session_state.setdefault("incoming_visit", Visit())
    if visit.leads_to:
        draft_id, visit.leads_to = visit.leads_to, ""
        st.switch_page("desk.py", query_params={"draft": draft_id})
    is_here = people.is_on_this_machine(st.context.ip_address, list(st.context.headers))
    drafts = changeable(store, None if is_here else people.opened_drafts() | visit.made | {addressed})
    with st.container(key="incoming"):
        left, right = st.columns([2, 3], gap="medium")
        with left, st.container(key="incoming_file", gap="small"):
            _head(addressed)
            _upload(visit)
            if visit.refused:
                show_message(visit.refused, "error")
            about = st.container(key="incoming_about", gap="small")
            taken = _taken_as(store, visit, visit.file, drafts, is_here=is_here) if visit.file else None
            people.show(store, made=visit.made, asks=not is_here)
        with right:
            if visit.file is None or taken is None:
                st.html(_steps_html())
            elif taken[0]:
                _edits(store, visit, visit.file, *taken, about)
            else:
                _new_draft(store, visit, visit.file, taken[1], about)


def _head(addressed: str) -> None:
    st.html(f'<h1 class="page-title">Word file back in</h1><p class="introduction">{_INTRODUCTION}</p>')
    if addressed:
        st.page_link(
            "desk.py", label="Back to the draft", icon=":material/arrow_back:", query_params={"draft": addressed}
        )
    else:
        st.page_link("drafts.py", label="To the drafts", icon=":material/arrow_back:")


def _upload(visit: Visit) -> None:
    """Show the field for the file, and read one that was put into it."""
    limit = LARGEST_FILE // 2**20
    uploaded = st.file_uploader(
        f"Word file (.docx), up to {limit} MB", key="incoming_upload", on_change=visit.forget
    )  # of any type: what a file is, its first bytes say, and why it is refused, a sentence of ours
    components.uploader(key="uploader", data={"unsent": _UNSENT.format(limit)})
    if uploaded is not None and uploaded.file_id != visit.token:
        with st.spinner("Reading the file …"):
            visit.take(uploaded.file_id, uploaded.name, uploaded.getvalue())


def changeable(store: DraftStore, known: frozenset[str] | set[str] | None) -> tuple[DraftSummary, ...]:
    """Return the drafts that the visitor may change, and those among them that were deleted, last."""
    every = (*store.drafts(), *store.drafts(archived=True), *store.drafts(deleted=True))
    return tuple(draft for draft in every if known is None or draft.id in known)


def _taken_as(
    store: DraftStore, visit: Visit, file: WordFile, drafts: Sequence[DraftSummary], *, is_here: bool
) -> tuple[str, str]:
    """Ask what a file is to be taken as; return that (a draft, empty for a new one) and what is known of the file."""
    found, at_hand, said = made_from(store, file, drafts), [each for each in drafts if not each.deleted_at], ""
    if file.ours and found and found.deleted_at:
        said, at_hand = _DELETED.format(found.title), []
    elif file.ours and found:
        at_hand = [found]
    elif file.ours:
        said, at_hand = _NOT_HERE if is_here else _NOT_YOURS, []
    else:
        resembles = visit.resembles(store, file, at_hand)
        found = next((each for each in at_hand if each.id == resembles), None)
        said = _RESEMBLES.format(found.title) if found else _STRANGE
    labels = choices(at_hand, st.context.timezone or "UTC")
    options = list(labels)
    if len(options) == 1:
        return "", said
    first = options.index(found.id if found else "")
    chosen = st.selectbox(
        "Take it as", options, index=first, format_func=labels.__getitem__, key=f"incoming_as_{visit.token}"
    )
    return chosen, said


def _edits(store: DraftStore, visit: Visit, file: WordFile, draft_id: str, said: str, about: DeltaGenerator) -> None:
    """Show what was edited, and what the file is beside it."""
    try:
        with st.spinner("Comparing the file with the draft …"):
            proposal = visit.compare(store, file, draft_id, store.load(draft_id).revision)
            timeline = store.timeline(draft_id)
    except RapporteurError as error:
        with about:
            show_message(str(error), "error")
        st.html(_steps_html())
        return
    timezone = st.context.timezone or "UTC"
    with about:
        says = file.revision is not None
        sentences = [said, made_from_sentence(proposal.base, timeline, timezone, says=says), visit.counted]
        since = since_html(draft_id, proposal.base.revision, timeline, timezone)
        st.html(file_html([*sentences, *proposal.left_out], name=visit.name, more=since))
    edited = any(edit.kind is not EditKind.COMMENT for edit in proposal.edits)
    components.incoming(
        key="edits",
        data={
            **edits_payload(proposal),
            "list": f"{visit.token} {draft_id}",
            "empty": "" if edited else _why_empty(file, proposal),
            "revision": proposal.revision,
            "draft": f"./?draft={quote(draft_id, safe='')}",
            "notice": visit.notice,
            "session": visit.session,
            "run": visit.done,
        },
        on_act_change=lambda: _act(store, visit, draft_id),
    )


def _why_empty(file: WordFile, proposal: Proposal) -> str:
    """Return why nothing is listed: nothing was edited, or all of it is in the draft already."""
    is_current = proposal.revision == proposal.base.revision
    return (
        _UNEDITED.format(proposal.base.revision) if is_current or not was_edited(file, proposal.base) else _TAKEN_OVER
    )


def _new_draft(store: DraftStore, visit: Visit, file: WordFile, said: str, about: DeltaGenerator) -> None:
    """Show the new draft that a file would become, and look for sources meanwhile."""
    try:
        foreign = visit.become(file)
    except RapporteurError as error:
        with about:
            show_message(str(error), "error")
        st.html(_steps_html())
        return
    draft, (searcher, loading) = foreign.draft, current_searcher()
    with about:
        sentence = f"It becomes the new draft “{draft.title}”, {counted_clauses(draft)}."
        st.html(file_html([said, sentence, *foreign.left_out], name=visit.name))
        if loading.problem:
            show_message(
                f"Only words are compared, since the language model cannot be loaded. {loading.problem}", "error"
            )
    total = len(searched(draft))
    components.foreign(
        key="clauses",
        data={
            "rows": clauses_payload(draft, visit.found, searcher.index.corpus),
            "list": visit.token,
            "progress": {"done": len(visit.found), "total": total, "waiting": loading.waiting},
            "notice": visit.notice,
            "session": visit.session,
            "run": visit.done,
        },
        on_act_change=lambda: _act(store, visit, ""),
    )
    if loading.waiting:
        wait_for_model()
    elif len(visit.found) < total:
        search_on(draft, visit.found)
        st.rerun()


def _act(store: DraftStore, visit: Visit, draft_id: str) -> None:
    """Take in one act of the list.

    Streamlit may end a callback wherever it asks for the session, so all of that comes first; an act that was not begun
    is sent again.
    """
    act: dict[str, Any] | None = st.session_state["edits" if draft_id else "clauses"].act
    if not act or visit.session != act["session"] or int(act["n"]) <= visit.done:
        return
    author = people.author()
    visit.done = int(act["n"])
    match act["act"]:
        case "approve":
            visit.approve(store, [str(key) for key in act["keys"]], int(act["base"]), author)
        case "undo":
            visit.undo(store, int(act["base"]), author)
        case "open":
            visit.leads_to = draft_id
        case "make":
            visit.make(store, [(str(clause), str(passage)) for clause, passage in act["cited"]], author)


def _steps_html() -> str:
    steps = "".join(f"<dt>{title}</dt><dd>{text}</dd>" for title, text in _STEPS)
    return f'<div class="steps"><h2 class="small-title">What happens with the file</h2><dl>{steps}</dl></div>'


if st.runtime.exists():
    show()
