"""What the search asks of a store of vectors.

A protocol: FAISS in a file is the first implementation (`index.faiss_store`), a server engine can be the second.
Nothing here knows passages; a key is a number that names one window for ever.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

Keys = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]


class VectorStore(Protocol):
    """Keeps unit vectors under keys and finds the nearest by inner product."""

    def __len__(self) -> int:
        """Return how many vectors are kept."""
        ...

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        ...

    @property
    def engine(self) -> str:
        """Return what holds the vectors, in its own notation."""
        ...

    def search(self, query: Vectors, k: int, allowed: Keys | None = None) -> tuple[Keys, Scores]:
        """Return the keys and inner products of the nearest vectors, best first.

        Args:
            query: One vector, shape (dimension,).
            k: Most results; a store that is not exact may give fewer than there are.
            allowed: Keys to search among, applied inside the search; None for all.
        """
        ...

    def get(self, keys: Keys) -> Vectors:
        """Return the vectors of keys, shape (n, dimension); KeyError when one is not kept."""
        ...

    def save(self, path: Path) -> None:
        """Write the store to a file."""
        ...
