"""How much of a clause a passage says: token by token, in one stretch, and the other way round.

The late score (`index.late`) is a mean over the clause, and one that is high may hide the one word which the passage
lacks. What is worked out here looks for that word, and for a passage whose words for it stand far apart. Knows token
vectors only: no scores, no words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.decisive import Asked
from index.encoder import Encoding
from index.late import TokenIndex
from index.learned import Parameters

Numbers = npt.NDArray[np.float32]

_BLOCK, _BLOCKS = 16, 3  # a stretch of a passage: three blocks of tokens, about two lines
_AROUND = 2  # tokens before and after one of the clause: a turn of phrase


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a clause a passage says; cosines, -1 to 1.

    Attributes:
        stretch: Weighted mean over the clause's tokens of their nearest token within the best stretch of the passage.
        weakest: The turn of phrase of the clause that the passage says least.
        heaviest: The largest share of the clause's weight that one token leaves unsaid, 0 to 1.
        reverse: Weighted mean over the passage's tokens of their nearest token in the clause.
        decisive: How well it answers what decides (`index.decisive`); a little outside -1 to 1 at times.
    """

    stretch: float
    weakest: float
    heaviest: float
    reverse: float
    decisive: float


class ClauseTokens:
    """The tokens of a clause, ready to be looked for in passages."""

    def __init__(self, index: TokenIndex, encodings: Sequence[Encoding], decisive: Parameters) -> None:
        """Weigh the tokens.

        Args:
            index: The tokens of the passages.
            encodings: What the index's model makes of the clause.
            decisive: What decides whether a passage backs a clause.
        """
        self._index = index
        ids = np.concatenate([encoding.token_ids for encoding in encodings])
        self._vectors = np.concatenate([encoding.token_vectors for encoding in encodings])
        self._weights = index.weights(ids)
        self._asked = Asked(decisive, self._weights, self._vectors)
        own = index.names_subject(ids)
        self._own = own if own.any() else np.ones(len(ids), dtype=np.bool_)  # nothing but stop words: all of them

    def coverage(self, first: int, last: int) -> Coverage:
        """Return how much of the clause a passage says.

        Args:
            first: Number of the first window that covers the passage.
            last: The number after the last one.
        """
        windows = [self._index.window(number) for number in range(first, last)]
        ids = np.concatenate([window.ids for window in windows])
        vectors = np.concatenate([window.codes * window.scales[:, None] for window in windows])
        if not len(ids):
            return Coverage(0.0, 0.0, 1.0, 0.0, 0.0)
        cosines = self._vectors @ vectors.T
        said = cosines.max(axis=1)[self._own]
        weights = self._weights[self._own] / self._weights[self._own].sum()
        passage = np.where(self._index.names_subject(ids), self._index.weights(ids), 0)
        back = cosines[self._own].max(axis=0)
        return Coverage(
            stretch=float((self._weights @ _stretches(cosines)).max()),
            weakest=float(_around(said * weights, weights).min()),
            heaviest=float((weights * (1 - said)).max()),
            reverse=float(passage @ back / max(float(passage.sum()), 1e-9)),
            decisive=self._asked.match(cosines, vectors),
        )


def _stretches(cosines: Numbers) -> Numbers:
    """Return the best cosine of each token of the clause within each stretch of the passage."""
    blocks = np.maximum.reduceat(cosines, np.arange(0, cosines.shape[1], _BLOCK), axis=1)
    if blocks.shape[1] <= _BLOCKS:
        return np.asarray(blocks.max(axis=1, keepdims=True))
    return np.asarray(np.lib.stride_tricks.sliding_window_view(blocks, _BLOCKS, axis=1).max(axis=2))


def _around(said: Numbers, weights: Numbers) -> Numbers:
    """Return the weighted mean over each token and its neighbours."""
    ones = np.ones(2 * _AROUND + 1, dtype=np.float32)
    inside = slice(_AROUND, _AROUND + len(said))
    return np.asarray(np.convolve(said, ones)[inside] / np.convolve(weights, ones)[inside], dtype=np.float32)
