"""The vector store that FAISS provides; the one module that imports it.

Exact inner products (IndexFlatIP): at the size of this corpus nothing approximate is faster. One thread, because one
query over a flat index is bound by one core's memory, and a second thread costs more than it brings.
"""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from corpus.errors import IndexFolderError
from index.encoder import Vectors
from index.vectors import Keys, Scores

faiss.omp_set_num_threads(1)


class FaissStore:
    """Vectors in memory, saved to and opened from one file."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index

    @classmethod
    def empty(cls, dimension: int) -> FaissStore:
        """Return a store of no vectors."""
        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)))

    @classmethod
    def open(cls, path: Path) -> FaissStore:
        """Return the store in a file.

        Raises:
            IndexFolderError: The file is missing or is not such a store.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise IndexFolderError(
                f"The vectors in {path} cannot be read.", "Run `python -m drafting index` to build the index again."
            ) from error
        if not isinstance(index, faiss.IndexIDMap2):
            raise IndexFolderError(
                f"The file {path} holds a {type(index).__name__}, not vectors under keys.",
                "Run `python -m drafting index` to build the index again.",
            )
        return cls(index)

    def __len__(self) -> int:
        """Return how many vectors are kept."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._index.d)

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Keep vectors, shape (n, dimension), under keys, shape (n,), which must be new."""
        self._index.add_with_ids(np.ascontiguousarray(vectors), keys)

    def search(self, query: Vectors, k: int, allowed: Keys | None = None) -> tuple[Keys, Scores]:
        """Return the keys and inner products of the nearest vectors, best first (see `VectorStore`)."""
        if allowed is None:
            scores, keys = self._index.search(query[None, :], k)
        else:
            selector = faiss.IDSelectorBatch(allowed)
            scores, keys = self._index.search(query[None, :], k, params=faiss.SearchParameters(sel=selector))  # type: ignore[call-arg]
        found = keys[0] >= 0  # FAISS fills up with -1 when fewer than k are allowed
        return keys[0][found], scores[0][found]

    def get(self, keys: Keys) -> Vectors:
        """Return the vectors of keys, shape (n, dimension); KeyError when one is not kept."""
        try:
            return np.asarray(self._index.reconstruct_batch(keys), dtype=np.float32).reshape(len(keys), self.dimension)
        except RuntimeError as error:
            raise KeyError(str(error)) from error

    def save(self, path: Path) -> None:
        """Write the store to a file.

        Raises:
            OSError: The file cannot be written.
        """
        path.write_bytes(faiss.serialize_index(self._index).data)  # FAISS itself would not say why a write failed
