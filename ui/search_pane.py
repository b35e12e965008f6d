"""The left side of the desk: the clause editor, the filters, and the passages found.

The editor stands outside the fragment that shows the results, so that an answer never redraws what is being typed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitAPIException

from corpus.model import Corpus, Genre, Kind, Passage
from drafting.model import ClauseKind, Draft, citation_of
from drafting.openers import preambular_opener
from drafting.operations import add_clause, cite, uncite
from drafting.store import DraftStore
from index.opened import OpenIndex
from index.scope import REGIONS_SPEAK, SUBSTANCE, Scope
from index.search import MAX_QUERY, SearchResult
from ui import components
from ui.messages import plain, show_message
from ui.payloads import blank_payload, congress_label, empty_payload, results_payload
from ui.resources import current_index, current_searcher
from ui.wordings import OWN_WORDS, wording_of
from ui.workspace import Workspace

_DEBOUNCE_MS = 300
_GUIDE, _PROCEDURE = "Discussion guide", "Procedural paragraphs"


def show(store: DraftStore, workspace: Workspace) -> None:
    """Show the left side."""
    index = current_index()
    st.html('<h1 class="quiet-title">Drafting desk</h1>')
    _editor(store, workspace, index)
    _filters(index.corpus)
    _results(store, workspace)


def _editor(store: DraftStore, workspace: Workspace, index: OpenIndex) -> None:
    pending, (number, taken) = workspace.pending, workspace.answer
    result = components.editor(
        key="editor",
        data={
            "session": workspace.session,
            "draft": workspace.draft_id,
            "text": pending.text,
            "typedAt": pending.typed_at,
            "rev": workspace.rev,
            "answer": {"n": number, "taken": taken},
            "cited": [{"id": passage.id, "cite": passage.cite()} for passage in _cited(workspace, index)],
            "debounce": _DEBOUNCE_MS,
            "placeholder": "Type a clause, or paste one",
        },
        on_value_change=lambda: _typed(store, workspace),
        on_submit_change=lambda: _submitted(store, workspace),
        on_drop_change=lambda: _drop(store, workspace),
    )
    # After the server was restarted the browser sends its values again, but no callback runs for them.
    _take_in(store, workspace, result.value)


def _typed(store: DraftStore, workspace: Workspace) -> None:
    """Keep what was typed and search for it; the first text of a new draft also gives the page its address."""
    is_new, notice = not workspace.draft_id, workspace.notice
    _take_in(store, workspace, st.session_state["editor"].value)
    if not is_new and workspace.notice == notice:
        _search_again()


def _take_in(store: DraftStore, workspace: Workspace, value: dict[str, Any] | None) -> None:
    """Keep an editor's value, unless it is older than what is kept."""
    if value and int(value["typedAt"]) > workspace.pending.typed_at:
        workspace.type(store, str(value["text"]), int(value["typedAt"]))


def _submitted(store: DraftStore, workspace: Workspace) -> None:
    """Make the typed clause a clause of the draft, with what it cites."""
    clause: dict[str, Any] | None = st.session_state["editor"].submit
    if not clause or int(clause["n"]) <= workspace.answer[0]:
        return
    if workspace.session != clause["session"]:
        # The server was started again meanwhile. It may have taken the clause before, so the person decides.
        workspace.answer = (int(clause["n"]), False)
        return
    text, index = str(clause["text"]).strip(), current_index()
    cited = _cited(workspace, index)
    citations = tuple(citation_of(passage, index.sources[passage.symbol]) for passage in cited)
    kind = ClauseKind.PREAMBULAR if preambular_opener(text) else ClauseKind.OPERATIVE
    taken = workspace.change(
        store, lambda draft: add_clause(draft, text, kind, citations=citations), "Added a clause of one’s own"
    )
    if taken:
        workspace.used(store, int(clause["typedAt"]))
    workspace.answer = (int(clause["n"]), taken)


def _cited(workspace: Workspace, index: OpenIndex) -> list[Passage]:
    """Return what the clause being typed will cite, as far as the corpus still has it."""
    return [index.by_id[passage_id] for passage_id in workspace.pending.passage_ids if passage_id in index.by_id]


def _drop(store: DraftStore, workspace: Workspace) -> None:
    """Take a source from the clause being typed."""
    dropped: dict[str, Any] | None = st.session_state["editor"].drop
    if dropped:
        kept = tuple(other for other in workspace.pending.passage_ids if other != dropped["id"])
        workspace.cite_pending(store, kept)


def _filters(corpus: Corpus) -> None:
    """Show the filters; no pill of a group chosen means every one of it."""
    regions = sorted({source.region for source in corpus.sources if source.region})
    congresses = sorted({source.congress for source in corpus.sources if source.region})
    groups: tuple[tuple[str, str, list[Any], Callable[[Any], str]], ...] = (
        ("Regions", "regions", list(regions), plain),
        ("Congresses", "congresses", list(congresses), congress_label),
        ("Search also", "also", [_GUIDE, _PROCEDURE], lambda genre: f"+ {genre}"),
    )
    with st.container(horizontal=True, gap="small", key="filters"):
        for label, key, options, words in groups:
            st.pills(
                label,
                options,
                selection_mode="multi",
                format_func=words,
                key=key,
                on_change=_search_again,
                label_visibility="collapsed",
            )


def _search_again() -> None:
    """Draw the results anew and nothing else."""
    try:
        st.rerun("results")
    except StreamlitAPIException:
        return  # the visitor left the desk in the same moment, and there are no results to draw


def _scope() -> Scope:
    """Return the scope that the pills set."""
    also = st.session_state.get("also") or []
    return Scope(
        regions=frozenset(st.session_state.get("regions") or []),
        congresses=frozenset(st.session_state.get("congresses") or []),
        kinds=SUBSTANCE | {Kind.PROCEDURAL} if _PROCEDURE in also else frozenset(),
        genres=REGIONS_SPEAK | {Genre.DISCUSSION_GUIDE} if _GUIDE in also else frozenset(),
    )


@st.fragment(key="results")
def _results(store: DraftStore, workspace: Workspace) -> None:
    searcher, loading = current_searcher()
    if loading.waiting:
        _wait_for_model()
    elif loading.problem:
        show_message(f"Only words are compared, since the language model cannot be loaded. {loading.problem}", "error")
    text = workspace.pending.text.strip()
    if len(text) > MAX_QUERY:
        show_message(
            f"This text has {len(text):,} characters, and at most {MAX_QUERY:,} can be searched at once. "
            "It is kept; search for one clause at a time.",
            "warning",
        )
    state = workspace.state(store)
    result = _searched(workspace, "" if len(text) > MAX_QUERY else text)
    if result is None:
        payload = blank_payload() if text else empty_payload(examples=not (state and state.draft.clauses))
    else:
        payload = results_payload(
            result,
            searcher.index.corpus,
            draft=state.draft if state else None,
            pending=workspace.pending.passage_ids,
            target=workspace.target,
            show_related=workspace.show_related,
            more=len(result.hits) >= workspace.k,
            suggests=workspace.suggests,
        )
    components.results(
        key="found",
        data={**payload, "session": workspace.session, "run": workspace.clicked, "typedAt": workspace.pending.typed_at},
        on_click_change=lambda: _clicked(store, workspace),
    )


@st.fragment(run_every=0.5)
def _wait_for_model() -> None:
    """Say what is being loaded, and search again once it is there."""
    if not current_searcher()[1].waiting:
        st.rerun("app")
    show_message("The language model is being loaded. Until then passages are found by their words alone.")


def _searched(workspace: Workspace, text: str) -> SearchResult | None:
    """Return what is found for a text, from memory when nothing changed since; None for no text."""
    if not text:
        return None
    searcher, loading = current_searcher()
    scope, generation = _scope(), searcher.index.manifest.generation
    asked = (text, workspace.k, scope, loading.encoder is None, generation)
    held = st.session_state.get("searched")
    if held is None or held[0] != asked:
        held = (asked, searcher.search(text, workspace.k, scope))
        st.session_state["searched"] = held
    result: SearchResult = held[1]
    return result


def _clicked(store: DraftStore, workspace: Workspace) -> None:
    """Take in one click in the results; after `clicked` the session is left alone, see `ui.workspace`."""
    click: dict[str, Any] | None = st.session_state["found"].click
    if not click or workspace.session != click["session"] or int(click["n"]) <= workspace.clicked:
        return
    index = current_index()
    workspace.clicked = int(click["n"])
    match click["act"]:
        case "add":
            others = [str(other) for other in click["with"]]
            _add(store, workspace, index, str(click["value"]), str(click["wording"]), others)
        case "cite":
            _cite(store, workspace, index, str(click["value"]))
        case "example":
            workspace.write(store, replace(workspace.pending, text=str(click["value"])))
        case "more":
            if int(click["value"]):
                workspace.k += 10
            else:
                workspace.show_related = True
            return  # nothing but the results changes
    st.rerun("app")


def _add(
    store: DraftStore, workspace: Workspace, index: OpenIndex, passage_id: str, wording: str, others: Sequence[str]
) -> None:
    """Put a passage into the draft, in its own words or in a suggestion.

    Args:
        store: Where the draft is.
        workspace: The visitor's work.
        index: What the passage is in.
        passage_id: The passage.
        wording: Key of the wording, see `ui.wordings`.
        others: Passages shown with it, which are cited too as far as they have the same words.
    """
    passage = index.by_id.get(passage_id)
    if passage is None:
        return
    kind = ClauseKind.PREAMBULAR if passage.kind is Kind.PREAMBULAR else ClauseKind.OPERATIVE
    same = [index.by_id[other] for other in index.identical.get(passage_id, ()) if other in others]
    citations = tuple(citation_of(cited, index.sources[cited.symbol]) for cited in (passage, *same))

    def added(draft: Draft) -> Draft:
        worded = wording_of(passage, wording, draft.style)
        return add_clause(draft, worded.text, kind, citations, worded.source_text, taken_text=worded.taken_text)

    what = "Added" if wording == OWN_WORDS else "Added wording suggested from"
    if workspace.change(store, added, f"{what} {passage.cite()}"):
        workspace.suggests = wording != OWN_WORDS


def _cite(store: DraftStore, workspace: Workspace, index: OpenIndex, passage_id: str) -> None:
    """Cite a passage in the clause that citations go to, or take it out of it again."""
    passage = index.by_id.get(passage_id)
    if passage is None:
        return
    if not workspace.target:
        held = workspace.pending.passage_ids
        others = tuple(other for other in held if other != passage.id)
        workspace.cite_pending(store, others if passage.id in held else (*held, passage.id))
        return
    citation, clause_id = citation_of(passage, index.sources[passage.symbol]), workspace.target

    def cited_or_not(draft: Draft) -> Draft:
        cited = any(
            c.passage_id == passage.id for clause in draft.clauses if clause.id == clause_id for c in clause.citations
        )
        return uncite(draft, clause_id, passage.id) if cited else cite(draft, clause_id, citation)

    workspace.change(store, cited_or_not, f"Changed a citation of {passage.cite()}")
