"""Loading the model in the background."""

from __future__ import annotations

import gc
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from fake_encoder import FakeEncoder
from small_corpus import corpus_of

from corpus.settings import settings
from index import query_encoder
from index.build import build
from ui.loading import ModelLoading

if TYPE_CHECKING:
    import pytest


def test_a_model_that_cannot_be_loaded_is_a_sentence_and_no_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(corpus_of({"A/1": ["Water."]}), FakeEncoder(), tmp_path / "index")
    monkeypatch.setenv("RAPPORTEUR_INDEX", str(tmp_path / "index"))
    state = ModelLoading(str(tmp_path / "none")).wait()
    assert state.encoder is None
    assert not state.waiting
    assert str(tmp_path / "none") in state.problem


def test_word_search_need_not_wait_and_the_loaded_model_is_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    class Encoder:
        def encode_query(self, text: str) -> str:
            return text

    def load(folder: Path, model: str) -> Encoder:
        assert (folder, model) == (settings().index, "any")
        gate.wait(10)
        return Encoder()

    monkeypatch.setattr(query_encoder, "query_encoder", load)
    before = gc.get_freeze_count()
    loading = ModelLoading("any")
    try:
        assert loading.state.waiting
        gate.set()
        state = loading.wait()
        assert (state.waiting, state.problem) == (False, "")
        assert state.encoder is not None
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()
