"""One vector a passage, made of its token vectors: what it is about, by its rare words more than by its frame.

A model's own passage vector is a mean in which "Member States are encouraged to …" counts as much as the subject. Here
the tokens are weighed by their rarity (`index.late`), and half of the mean passage is taken out: what all the reports
have in common tells none of them apart. Knows arrays only.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors, unit

Numbers = npt.NDArray[np.float32]
CENTRE = 0.5  # share of the mean passage that is taken out


def pool(weights: Numbers, tokens: Vectors) -> Vectors:
    """Return the weighted sum of token vectors, shape (tokens, dimension), as a unit vector; zeros without tokens."""
    # Not a matrix product: its last bits would depend on the machine's number of threads.
    total = (tokens * weights[:, None]).sum(axis=0, keepdims=True)
    return np.asarray(unit(total)[0], dtype=np.float32)


def mean_passage(pooled: Vectors) -> Vectors:
    """Return the mean of passages' pooled vectors, shape (dimension,); zeros when there is no passage."""
    mean = pooled.mean(axis=0) if len(pooled) else np.zeros(pooled.shape[1])
    return np.asarray(mean, dtype=np.float32)


class PooledIndex:
    """The pooled vectors of all passages, centred.

    Attributes:
        vectors: Unit vectors, shape (passages, dimension); zeros for a passage without tokens.
    """

    def __init__(self, pooled: Vectors, usual: npt.NDArray[np.bool_]) -> None:
        """Centre the pooled vectors of passages.

        Args:
            pooled: Pooled vectors, shape (passages, dimension).
            usual: Which passages a search without filters looks at: their mean is the mean passage; that of all when
                there are none, shape (passages,).
        """
        inside = pooled[usual] if usual.any() else pooled
        self._mean = CENTRE * inside.mean(axis=0, keepdims=True, dtype=np.float32)
        self.vectors = self._centred(pooled)

    def scores(self, query: Vectors) -> Numbers:
        """Return the cosine of a query with every passage, shape (passages,); 0 for a query without tokens.

        Args:
            query: Its pooled tokens, see `pool`, shape (dimension,).
        """
        return np.asarray(self.vectors @ self._centred(query[None, :])[0], dtype=np.float32)

    def _centred(self, vectors: Vectors) -> Vectors:
        there = np.any(vectors, axis=1, keepdims=True)  # nothing is taken out of nothing
        return unit(np.where(there, vectors - self._mean, 0).astype(np.float32))
