"""An index opened for searching: the generation on disk beside the corpus it belongs to.

Nothing is searched here. Opening checks that the folder is whole and was built from this reading of the corpus, and
says what to do when it is not; `check_model` does the same for the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from corpus import corpus_digest, identical_passages
from corpus.errors import IndexFolderError
from corpus.model import Corpus, Passage, Source
from index.encoder import ModelCard
from index.folder import Generation, Manifest, read_generation, read_manifest, whole_bounds
from index.learned import Learned, learned
from index.pooling import PooledIndex
from index.scope import Scope


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """What a search needs, read-only and so safe to share between threads.

    Attributes:
        manifest: What the folder says of itself.
        generation: Windows, vectors and words.
        corpus: The documents.
        sources: The sources by symbol.
        identical: For each passage id, the ids of the passages with the same words.
        by_id: The passages by id.
        sorted_keys: The windows' keys in ascending order.
        rows: The window row that each of the sorted keys belongs to.
        whole: For each passage the number of its first whole window, and the end of the last, shape (passages + 1,).
        pooled: The passages' pooled vectors, centred; None when the model has no token vectors.
        learned: What was learned for the model; None when that was another.
    """

    manifest: Manifest
    generation: Generation
    corpus: Corpus
    sources: Mapping[str, Source]
    identical: Mapping[str, tuple[str, ...]]
    by_id: Mapping[str, Passage]
    sorted_keys: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    whole: npt.NDArray[np.int64]
    pooled: PooledIndex | None
    learned: Learned | None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Return the passages, numbered as in the windows."""
        return self.corpus.passages

    def rows_of(self, keys: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the window rows of keys."""
        return self.rows[np.searchsorted(self.sorted_keys, keys)]


def open_index(folder: Path, corpus: Corpus) -> OpenIndex:
    """Return the index in a folder, checked against the corpus.

    Raises:
        IndexFolderError: The index is missing, damaged, or was built from another corpus.
    """
    # A query's matrices are small, and queries come side by side: the threads of BLAS would only wait for each
    # other (on two busy cores, one query in twenty took 40 ms so).
    threadpool_limits(1, user_api="blas")
    manifest = read_manifest(folder)
    if manifest.corpus != corpus_digest(corpus):
        raise IndexFolderError(
            f"The index in {folder} was built from other documents than those in the corpus now.",
            "Run `python -m drafting index` to bring it up to date.",
        )
    generation = read_generation(folder, manifest)
    keys = np.ascontiguousarray(generation.windows["key"])
    order = np.argsort(keys)
    return OpenIndex(
        manifest=manifest,
        generation=generation,
        corpus=corpus,
        sources={source.symbol: source for source in corpus.sources},
        identical=identical_passages(corpus),
        by_id={passage.id: passage for passage in corpus.passages},
        sorted_keys=keys[order],
        rows=order,
        whole=whole_bounds(generation.windows, len(corpus.passages)),
        pooled=PooledIndex(generation.pooled, Scope().mask(corpus)) if generation.tokens.has_vectors else None,
        learned=learned(manifest.model.digest, generation.tokens),
    )


def check_model(manifest: Manifest, card: ModelCard) -> None:
    """Raise IndexFolderError when a model is not the one the index was built with."""
    if manifest.model.digest != card.digest:
        same = " with other weights or settings" if manifest.model.name == card.name else ""
        raise IndexFolderError(
            f"The index was built with the model {manifest.model.name}, and {card.name}{same} is set now.",
            "Run `python -m drafting index` to build it for this model, or set RAPPORTEUR_MODEL back.",
        )
