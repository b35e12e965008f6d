"""Loading the model in the background, so that word search answers from the first second.

One job a process. It starts when the server does (`ui.app`), or with the first visitor. A worker thread never talks to
Streamlit: the screen asks `state` when it draws.
"""

from __future__ import annotations

import functools
import gc
import logging
import threading
import time
from dataclasses import dataclass

from corpus.errors import RapporteurError
from corpus.settings import settings
from index.encoder import Encoder
from index.reranking import Reranker

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadingState:
    """How far the loading is.

    Attributes:
        encoder: The model, once it is there.
        reranker: The second reader, when one is set and it is there.
        problem: Why it cannot be loaded; empty while nothing went wrong.
    """

    encoder: Encoder | None = None
    reranker: Reranker | None = None
    problem: str = ""

    @property
    def waiting(self) -> bool:
        """Return whether the model may still come."""
        return self.encoder is None and not self.problem


class ModelLoading:
    """A model that is being loaded by a thread of its own."""

    def __init__(self, model: str) -> None:
        self.state = LoadingState()
        self._model = model
        self._thread = threading.Thread(target=self._load, name="model-loading", daemon=True)
        self._thread.start()

    def wait(self) -> LoadingState:
        """Return the state when the loading is over."""
        self._thread.join()
        return self.state

    def _load(self) -> None:
        began = time.monotonic()
        try:
            from drafting.phrasing.suggest import suggest
            from index.query_encoder import query_encoder, query_reranker

            encoder = query_encoder(settings().index, self._model)
            reranker = query_reranker(settings().reranker)
            encoder.encode_query("warm up")  # the first call of a model is several times slower than the next
            suggest("The Meeting noted the need.")  # and so is that of the dictionary
        except RapporteurError as error:
            _log.error("The model could not be loaded: %s", error)
            self.state = LoadingState(problem=str(error))
            return
        # Streamlit collects garbage after every run of a script, and with the model's objects in view that holds every
        # thread up for about 0.25 s: whoever types at the same time waits (benchmarks/README.md). Frozen objects are
        # not looked at again.
        gc.collect()
        gc.freeze()
        self.state = LoadingState(encoder, reranker)
        _log.info("The model was loaded in %.1f s.", time.monotonic() - began)


@functools.cache
def model_loading(model: str) -> ModelLoading:
    """Return the one loading of a model in this process, started by the first call."""
    return ModelLoading(model)
