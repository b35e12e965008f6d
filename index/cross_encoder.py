"""The second reader that sentence-transformers provides: any of its CrossEncoder models, by path or hub name.

Loaded only when `RAPPORTEUR_RERANKER` names one. What its scores are used for is told in `index.reranking`.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderError
from index.sentence_encoder import prepare_libraries

_BATCH = 16  # pairs at once; more only takes more memory on a CPU


class CrossEncoderReader:
    """A CrossEncoder on the CPU, its scores brought to 0 to 1 by the logistic function."""

    def __init__(self, model: str) -> None:
        """Load a model from a path or the local cache; nothing is fetched.

        Raises:
            EncoderError: It cannot be found, is not a cross-encoder, or gives more than one score a pair.
        """
        prepare_libraries()
        from sentence_transformers import CrossEncoder

        remedy = "Set RAPPORTEUR_RERANKER to the path of a sentence-transformers CrossEncoder, or unset it."
        try:
            self._model = CrossEncoder(model, device="cpu", local_files_only=True)
        except (OSError, ValueError, TypeError, KeyError, RuntimeError, AttributeError) as error:
            reason = " ".join(str(error).split())[:200]
            raise EncoderError(f"The re-ranker {model} cannot be loaded: {reason}.", remedy) from error
        if self._model.num_labels != 1:
            raise EncoderError(f"The re-ranker {model} gives {self._model.num_labels} scores a pair, not one.", remedy)
        # A fast tokenizer cannot be used by two threads at once.
        self._lock = threading.Lock()

    def read(self, query: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return how well each text answers the query, 0 to 1, shape (texts,)."""
        from torch.nn import Sigmoid

        pairs = [(query, text) for text in texts]
        with self._lock:
            scores = self._model.predict(pairs, activation_fn=Sigmoid(), batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(scores, dtype=np.float32)
