"""The left side of the desk: the clause editor, the filters, and the passages found.

The editor stands outside the fragment that shows the results, so that an answer never redraws what is being typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from corpus.model import Corpus, Genre, Kind
from drafting.model import ClauseKind, Pending, citation_of
from drafting.openers import preambular_opener
from drafting.operations import add_clause, cite, uncite
from drafting.store import DraftStore
from index.opened import OpenIndex
from index.scope import REGIONS_SPEAK, SUBSTANCE, Scope
from index.search import MAX_QUERY, SearchResult
from ui import components
from ui.payloads import congress_label, empty_payload, results_payload
from ui.resources import current_index, current_searcher
from ui.workspace import Workspace

_DEBOUNCE_MS = 300
_GUIDE, _PROCEDURE = "Discussion guide", "Procedural paragraphs"


def show(store: DraftStore, workspace: Workspace) -> None:
    """Show the left side."""
    index = current_index()
    st.html('<h1 class="quiet-title">Drafting desk</h1>')
    _editor(store, workspace)
    _pending_citations(store, workspace, index)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="filters"):
        _filters(index.corpus)
        st.button(
            "Use as clause",
            key="use",
            type="primary",
            icon=":material/post_add:",
            on_click=_use_typed,
            args=(store, workspace),
            help="Put the text above into the draft, with what it cites (Ctrl+Enter)",
        )
    _results(store, workspace)


def _editor(store: DraftStore, workspace: Workspace) -> None:
    pending = workspace.pending
    result = components.editor(
        key="editor",
        data={
            "draft": workspace.draft_id,
            "text": pending.text,
            "typedAt": pending.typed_at,
            "rev": workspace.rev,
            "debounce": _DEBOUNCE_MS,
            "placeholder": "Type a clause, or paste one",
        },
        on_value_change=lambda: _typed(store, workspace),
        on_submit_change=lambda: _submitted(store, workspace),
    )
    # After the server was restarted the browser sends its values again, but no callback runs for them.
    _take_in(store, workspace, result.value)


def _typed(store: DraftStore, workspace: Workspace) -> None:
    """Keep what was typed and search for it; the first text of a new draft also gives the page its address."""
    is_new = not workspace.draft_id
    _take_in(store, workspace, st.session_state["editor"].value)
    if not is_new:
        st.rerun("results")


def _take_in(store: DraftStore, workspace: Workspace, value: dict[str, Any] | None) -> None:
    """Keep an editor's value, unless it is older than what is kept."""
    if value and int(value["typedAt"]) > workspace.pending.typed_at:
        workspace.type(store, str(value["text"]), int(value["typedAt"]))


def _submitted(store: DraftStore, workspace: Workspace) -> None:
    _take_in(store, workspace, st.session_state["editor"].submit)
    _use(store, workspace)


def _use_typed(store: DraftStore, workspace: Workspace) -> None:
    _take_in(store, workspace, st.session_state["editor"].value)
    _use(store, workspace)


def _use(store: DraftStore, workspace: Workspace) -> None:
    """Make the typed clause a clause of the draft, with what it cites."""
    text, index = workspace.pending.text.strip(), current_index()
    if not text:
        workspace.notice = "There is no clause to use: type one first."
        return
    cited = [index.by_id[passage_id] for passage_id in workspace.pending.passage_ids if passage_id in index.by_id]
    citations = tuple(citation_of(passage, index.sources[passage.symbol]) for passage in cited)
    kind = ClauseKind.PREAMBULAR if preambular_opener(text) else ClauseKind.OPERATIVE
    source_text = cited[0].text if cited else ""
    if workspace.change(
        store,
        lambda draft: add_clause(draft, text, kind, citations=citations, source_text=source_text),
        "Added a clause",
    ):
        workspace.write(store, Pending())


def _pending_citations(store: DraftStore, workspace: Workspace, index: OpenIndex) -> None:
    """Show what the clause being typed will cite; each can be taken out."""
    cited = [index.by_id[passage_id] for passage_id in workspace.pending.passage_ids if passage_id in index.by_id]
    if cited:
        with st.container(horizontal=True, gap="small", key="pending"):
            st.html('<span class="saved">This clause will cite:</span>', width="content")
            for passage in cited:
                st.button(
                    passage.cite(),
                    key=f"pending-{passage.id}",
                    icon=":material/close:",
                    icon_position="right",
                    on_click=_drop_pending,
                    args=(store, workspace, passage.id),
                    help="Take this source out",
                )


def _drop_pending(store: DraftStore, workspace: Workspace, passage_id: str) -> None:
    kept = tuple(other for other in workspace.pending.passage_ids if other != passage_id)
    workspace.cite_pending(store, kept)


def _filters(corpus: Corpus) -> None:
    """Show the filters; no pill of a row chosen means every one of it."""
    regions = sorted({source.region for source in corpus.sources if source.region})
    congresses = sorted({source.congress for source in corpus.sources if source.region})
    rows: tuple[tuple[str, str, list[Any], Callable[[Any], str]], ...] = (
        ("Regions", "regions", list(regions), str),
        ("Congresses", "congresses", list(congresses), congress_label),
        ("Search also", "also", [_GUIDE, _PROCEDURE], lambda genre: f"+ {genre}"),
    )
    with st.container(horizontal=True, gap="small", width="stretch"):
        for label, key, options, words in rows:
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
    st.rerun("results")


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
        st.error(f"Only words are compared, since the model cannot be loaded. {loading.problem}")
    text = workspace.pending.text.strip()
    if len(text) > MAX_QUERY:
        st.warning(
            f"This text has {len(text):,} characters, and at most {MAX_QUERY:,} can be searched at once. "
            "It is kept; search for one clause at a time."
        )
    result = _searched(workspace, text[:0] if len(text) > MAX_QUERY else text)
    if result is None:
        payload = empty_payload() if not text else {**empty_payload(), "note": "", "examples": [], "exampleTitle": ""}
    else:
        state = workspace.state(store)
        payload = results_payload(
            result,
            searcher.index.corpus,
            draft=state.draft if state else None,
            pending=workspace.pending.passage_ids,
            target=workspace.target,
            show_related=workspace.show_related,
            more=len(result.hits) >= workspace.k,
        )
    components.results(
        key="found",
        data={**payload, "run": st.session_state.setdefault("results_run", 0)},
        on_add_change=lambda: _add(store, workspace),
        on_cite_change=lambda: _cite(store, workspace),
        on_more_change=lambda: _more(workspace),
        on_example_change=lambda: _example(store, workspace),
    )


@st.fragment(run_every=0.5)
def _wait_for_model() -> None:
    """Say what is being loaded, and search again once it is there."""
    if not current_searcher()[1].waiting:
        st.rerun("app")
    st.info("The language model is being loaded. Until then passages are found by their words alone.", icon="⏳")


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


def _clicked(trigger: str) -> str:
    """Return the value of a click in the results; each click gets an answer, even one that changes nothing."""
    st.session_state["results_run"] = st.session_state.get("results_run", 0) + 1
    click = getattr(st.session_state["found"], trigger)
    return str(click["value"]) if click else ""


def _add(store: DraftStore, workspace: Workspace) -> None:
    """Put a passage into the draft in its own words."""
    index = current_index()
    passage = index.by_id.get(_clicked("add"))
    if passage is not None:
        kind = ClauseKind.PREAMBULAR if passage.kind is Kind.PREAMBULAR else ClauseKind.OPERATIVE
        citation = citation_of(passage, index.sources[passage.symbol])
        workspace.change(
            store,
            lambda draft: add_clause(draft, passage.text, kind, citations=(citation,), source_text=passage.text),
            f"Added {passage.cite()}",
        )
        st.rerun("app")


def _cite(store: DraftStore, workspace: Workspace) -> None:
    """Cite a passage in the clause that citations go to, or take it out of it again."""
    index = current_index()
    passage = index.by_id.get(_clicked("cite"))
    if passage is None:
        return
    if not workspace.target:
        held = workspace.pending.passage_ids
        others = tuple(other for other in held if other != passage.id)
        kept = others if passage.id in held else (*held, passage.id)
        workspace.cite_pending(store, kept)
    else:
        citation, clause_id = citation_of(passage, index.sources[passage.symbol]), workspace.target
        draft = store.load(workspace.draft_id)
        cited = [c.passage_id for clause in draft.clauses if clause.id == clause_id for c in clause.citations]
        if passage.id in cited:
            workspace.change(
                store, lambda draft: uncite(draft, clause_id, passage.id), f"Removed the source {passage.cite()}"
            )
        else:
            workspace.change(store, lambda draft: cite(draft, clause_id, citation), f"Cited {passage.cite()}")
    st.rerun("app")


def _more(workspace: Workspace) -> None:
    shown = int(_clicked("more") or 0)
    if shown:
        workspace.k += 10
    else:
        workspace.show_related = True


def _example(store: DraftStore, workspace: Workspace) -> None:
    text = _clicked("example")
    if text:
        workspace.write(store, replace(workspace.pending, text=text))
        st.rerun("app")
