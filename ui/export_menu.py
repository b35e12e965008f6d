"""The menu by which a draft leaves the desk: as which file, as which copy, with changes since which version.

Its content is drawn while it is open, in a fragment of its own, so that neither the list of versions nor a choice costs
the desk anything; until it comes, a component stands in its place that asks for it again. What was chosen is kept for
the session, apart from the widgets, which Streamlit forgets while the menu is closed: each begins with what was kept.
It is never set otherwise, for that would undo what was chosen since in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from corpus.errors import RapporteurError
from corpus.settings import settings
from drafting.model import Draft, Style
from drafting.store import DraftStore
from drafting.word import PageSize, Since
from drafting.word.earlier import since_version
from ui import components
from ui.export_files import MEDIA_TYPES, Choices, Form, Kind, earlier_versions, file_name, left_out, made
from ui.messages import show_message

_CAPTIONS = {
    Kind.CIRCULATION: "The clean text with its notes",
    Kind.ANNOTATED: "A comment on each paragraph: sources and changes",
    Kind.NEGOTIATING: "Alternatives, proposers and what is agreed",
    Kind.ANNOTATED_NEGOTIATING: "Alternatives and comments",
}
_CAPTIONS_OF_SOURCES = {
    Kind.CIRCULATION: "The sources of the clean text",
    Kind.NEGOTIATING: "Those of the alternatives, too",
}
_NO_CHANGES = "None"
_VERSION = '<p class="saved">A file that was exported has its version in its name.</p>'
_STYLES = {Style.DECLARATION: "declaration", Style.RESOLUTION: "resolution"}
_KEPT = "export_choices"


@st.fragment
def show(store: DraftStore, draft: Draft) -> None:
    """Show the button, and behind it what can be chosen.

    Args:
        store: The drafts, for the earlier versions.
        draft: The draft as it is on the screen, which is what leaves.
    """
    menu = st.popover("Export", icon=":material/download:", type="primary", key="export", on_change="rerun")
    with menu:
        if menu.open:
            with st.container(key="export_menu", gap="small"):
                _menu(store, draft)
        else:  # the browser shows this from the moment that it opens the menu
            components.opening(key="export_opening")


def _menu(store: DraftStore, draft: Draft) -> None:
    kept_for, choices = st.session_state.get(_KEPT, (draft.id, Choices()))
    if kept_for != draft.id:  # the versions of another draft are others
        choices = replace(choices, since=0)
    choices = replace(choices, form=_form(choices.form))
    choices = replace(choices, kind=_kind(choices))
    # Places that stay where they are, also while they are empty: else what follows is there twice for a moment.
    changes, page = st.container(), st.container()
    since = None
    is_ready = True
    if choices.form is Form.WORD:
        with changes:
            choices, since, is_ready = _tracked(store, draft, choices)
    if choices.form is not Form.CSV:
        with page:
            choices = _with_paper_and_annex(choices)
    st.session_state[_KEPT] = (draft.id, choices)
    name = file_name(draft, choices)
    st.download_button(
        "Download",
        data=partial(made, draft, choices, since, settings().link_base),
        file_name=name,
        mime=MEDIA_TYPES[choices.form],
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        width="stretch",
        disabled=not is_ready,
        key="export_file",
    )
    st.html(about_html(draft, choices, name))
    components.menu(key="export_focus", data={"button": ".st-key-export button"})


def _form(chosen: Form) -> Form:
    form = st.segmented_control(
        "File", list(Form), default=chosen, required=True, key="export_form", label_visibility="collapsed"
    )
    return form or chosen


def _kind(choices: Choices) -> Kind:
    if choices.form is Form.WORD:
        offered, captions, key = list(Kind), _CAPTIONS, "export_kind"
    else:
        offered, key = [Kind.CIRCULATION, Kind.NEGOTIATING], f"export_kind_{choices.form.name}"
        captions = _CAPTIONS_OF_SOURCES if choices.form is Form.CSV else _CAPTIONS
    kept = choices.kind if choices.kind in offered else choices.kind.unannotated
    return Kind(
        st.radio("Copy", offered, index=offered.index(kept), captions=[captions[kind] for kind in offered], key=key)
    )


def _tracked(store: DraftStore, draft: Draft, choices: Choices) -> tuple[Choices, Since | None, bool]:
    """Ask since when changes are shown; return it with whether that version can be read."""
    try:
        log = store.revisions(draft.id) if draft.id else ()
    except RapporteurError as error:
        show_message(f"The earlier versions cannot be read, so changes cannot be shown. {error}", "error")
        return replace(choices, since=0), None, True
    earlier: Mapping[int, str] = earlier_versions(log, draft.revision, st.context.timezone or "UTC")
    offered = [0, *earlier]
    number = st.selectbox(
        "Tracked changes",
        offered,
        index=offered.index(choices.since) if choices.since in earlier else 0,
        format_func=lambda number: earlier.get(number, _NO_CHANGES),
        disabled=not earlier,
        key="export_since",
    )
    if earlier:
        st.html(_VERSION)
    choices = replace(choices, since=number)
    if not number:
        return choices, None, True
    try:
        return choices, since_version(store.at(draft.id, number), draft, log), True
    except RapporteurError as error:
        show_message(f"Changes since version {number} cannot be shown. {error}", "error")
        return choices, None, False


def _with_paper_and_annex(choices: Choices) -> Choices:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="export_page"):
        if choices.form is Form.WORD:
            paper = st.segmented_control(
                "Paper",
                list(PageSize),
                default=choices.paper,
                required=True,
                key="export_paper",
                label_visibility="collapsed",
            )
            choices = replace(choices, paper=paper or choices.paper)
        return replace(choices, annex=st.checkbox("Annex of sources", choices.annex, key="export_annex"))


def about_html(draft: Draft, choices: Choices, name: str) -> str:
    """Return what the file is called, and what is to be known before it is sent."""
    lines = [f'<p class="saved file-name">{escape(name)}</p>']
    if choices.form is not Form.CSV:
        style = f"Operative clauses in {_STYLES[draft.style]} style; choose the other under “As in Word”."
        lines.append(f'<p class="saved">{style}</p>')
        lines += [f'<p class="saved">{escape(sentence)}</p>' for sentence in left_out(draft, choices)]
    return "".join(lines)
