"""What every visitor shares: the index with its corpus, the searcher, the drafts. Never changed once made."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from corpus import load_corpus
from corpus.settings import settings
from drafting.store import DraftStore
from index.encoder import Encoder
from index.folder import read_manifest
from index.opened import OpenIndex, open_index
from index.reranking import Reranker
from index.search import Searcher
from ui.loading import LoadingState, model_loading


def current_index() -> OpenIndex:
    """Return the index in force; one that was built since the last call is opened anew."""
    folder = settings().index
    manifest = read_manifest(folder)
    return _index(folder, settings().corpus, f"{manifest.generation} {manifest.corpus}")


def current_searcher() -> tuple[Searcher, LoadingState]:
    """Return a searcher, with the model when it is there and by words alone until then, and how the loading stands."""
    index, loading = current_index(), model_loading(settings().model).state
    digest = loading.encoder.card.digest if loading.encoder else ""
    return _searcher(
        index.manifest.generation, index.manifest.corpus, digest, index, loading.encoder, loading.reranker
    ), loading


def current_store() -> DraftStore:
    """Return the drafts."""
    return _store(settings().drafts)


@st.cache_resource(show_spinner="Opening the documents …", max_entries=2)
def _index(folder: Path, corpus: Path, build: str) -> OpenIndex:  # noqa: ARG001 - the build is the cache's key
    return open_index(folder, load_corpus(corpus))


@st.cache_resource(show_spinner=False, max_entries=4)
def _searcher(
    generation: str,  # noqa: ARG001 - the first three are the cache's key
    corpus: str,  # noqa: ARG001
    model: str,  # noqa: ARG001
    _index: OpenIndex,
    _encoder: Encoder | None,
    _reranker: Reranker | None,
) -> Searcher:
    return Searcher(_index, _encoder, _reranker)


@st.cache_resource(show_spinner=False)
def _store(path: Path) -> DraftStore:
    return DraftStore(path)
