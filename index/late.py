"""Late interaction: a query and a passage compared token by token, with the model's own token vectors.

    score(query, window) = Σ_i w_i · max_j cos(q_i, d_j)

over the query's tokens i and the window's tokens j (MaxSim: Khattab and Zaharia, ColBERT, SIGIR 2020). A token weighs
w_i by how rare it is among the windows (inverse document frequency), a stop word little however rare it is; the
weights of a query add up to 1, so scores can be compared between queries. Only the windows that cover a whole passage
have token vectors. They are kept as one byte a number with one scale a token: a number is off by at most 1/254 of the
token's largest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError
from index.encoder import Encoding, Vectors
from index.pooling import pool

Numbers = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]
# Before the weights are made to add up to 1:
_SPECIAL_WEIGHT = 0.5  # of [CLS], [SEP] and the like: they stand for the text as a whole
_STOP_WEIGHT = 0.3  # most of a stop word: "we", "will" and "every" are rare in reports, yet name no subject
_LEAST_WEIGHT = 0.1  # of a token that every window has


@dataclass(frozen=True, slots=True)
class WindowTokens:
    """The tokens of one window.

    Attributes:
        ids: Numbers of the model's vocabulary, shape (tokens,); -1 for a special token.
        codes: Their vectors, a byte a number, shape (tokens, dimension).
        scales: What a token's codes are multiplied by, shape (tokens,).
    """

    ids: Ids
    codes: npt.NDArray[np.int8]
    scales: Numbers


def tokens_of(encoding: Encoding) -> WindowTokens:
    """Return the tokens of an encoding in the form that is kept."""
    largest = np.maximum(np.abs(encoding.token_vectors).max(axis=1, initial=0), 1e-12)
    scales = (largest / 127).astype(np.float32)
    codes = np.rint(encoding.token_vectors / scales[:, None]).astype(np.int8)
    return WindowTokens(encoding.token_ids, codes, scales)


class TokenIndex:
    """The tokens of every whole window, in one array, and how rare each is."""

    def __init__(
        self,
        bounds: npt.NDArray[np.int64],
        ids: Ids,
        codes: npt.NDArray[np.int8],
        scales: Numbers,
        stop: Ids,
    ) -> None:
        """Bind the arrays.

        Args:
            bounds: Where the tokens of each window begin, and the end of the last, shape (windows + 1,).
            ids: Token ids of all windows, shape (tokens,).
            codes: Their codes, shape (tokens, dimension).
            scales: Their scales, shape (tokens,).
            stop: Ids of the tokens that are stop words, ascending.
        """
        self._bounds, self._ids, self._codes, self._scales, self._stop = bounds, ids, codes, scales, stop
        number = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        pairs = np.unique(np.stack([ids[ids >= 0], number[ids >= 0]]), axis=1)
        self._known, self._having = np.unique(pairs[0], return_counts=True)

    @classmethod
    def build(cls, windows: Sequence[WindowTokens], dimension: int, stop: Ids) -> TokenIndex:
        """Return the index of windows' tokens, with the ids of those that are stop words."""
        bounds = np.cumsum([0, *(len(window.ids) for window in windows)], dtype=np.int64)
        ids = np.concatenate([np.zeros(0, np.int32), *(window.ids for window in windows)])
        codes = np.concatenate([np.zeros((0, dimension), np.int8), *(window.codes for window in windows)])
        scales = np.concatenate([np.zeros(0, np.float32), *(window.scales for window in windows)])
        return cls(bounds, ids, codes, scales, np.unique(stop).astype(np.int32))

    @classmethod
    def open(cls, folder: Path) -> TokenIndex:
        """Return the index in a folder; the vectors stay on disk until they are needed.

        Raises:
            IndexFolderError: The folder is missing, or is not such an index.
        """
        try:
            bounds, ids, scales, stop = (np.load(folder / f"{n}.npy") for n in ("bounds", "ids", "scales", "stop"))
            codes = np.load(folder / "codes.npy", mmap_mode="r")
        except (OSError, ValueError, EOFError) as error:
            raise IndexFolderError(
                f"The token vectors in {folder} cannot be read.",
                "Run `python -m drafting index` to build the index again.",
            ) from error
        return cls(bounds, ids, codes, scales, stop)

    def save(self, folder: Path) -> None:
        """Write the index to a folder that does not exist yet."""
        folder.mkdir()
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "bounds": self._bounds,
            "ids": self._ids,
            "codes": self._codes,
            "scales": self._scales,
            "stop": self._stop,
        }
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array, allow_pickle=False)

    def __len__(self) -> int:
        """Return how many windows there are."""
        return len(self._bounds) - 1

    @property
    def has_vectors(self) -> bool:
        """Return whether the model gave token vectors."""
        return len(self._ids) > 0

    def window(self, number: int) -> WindowTokens:
        """Return the tokens of one window."""
        inside = slice(int(self._bounds[number]), int(self._bounds[number + 1]))
        return WindowTokens(self._ids[inside], np.asarray(self._codes[inside]), self._scales[inside])

    def pooled(self, whole: npt.NDArray[np.int64]) -> Vectors:
        """Return one vector a passage: the weighted sum of its tokens, shape (passages, dimension).

        Args:
            whole: The number of the first window of each passage, and the end of the last, shape (passages + 1,).
        """
        vectors = np.zeros((len(whole) - 1, self._codes.shape[1]), dtype=np.float32)
        for number, (first, last) in enumerate(pairwise(self._bounds[whole])):
            tokens = self._codes[first:last] * self._scales[first:last, None]
            vectors[number] = pool(self.weights(self._ids[first:last]), tokens)
        return vectors

    def weights(self, ids: Ids) -> Numbers:
        """Return how much each token of a text weighs, shape (tokens,); the weights add up to 1."""
        place = np.clip(np.searchsorted(self._known, ids), 0, max(len(self._known) - 1, 0))
        found = self._known[place] == ids if len(self._known) else np.zeros(len(ids), dtype=np.bool_)
        having = np.where(found, self._having[place] if len(self._known) else 0, 0)
        rare = np.maximum(_LEAST_WEIGHT, np.log((len(self) + 1) / (having + 0.5)))
        rare = np.where(np.isin(ids, self._stop), np.minimum(rare, _STOP_WEIGHT), rare)
        weights = np.where(ids < 0, _SPECIAL_WEIGHT, rare)
        return np.asarray(weights / weights.sum(), dtype=np.float32)

    def scores(self, query: Sequence[Encoding], numbers: npt.NDArray[np.int64]) -> Numbers:
        """Return the score of a query for each of some windows, shape (len(numbers),).

        Args:
            query: The query's encodings: one, or several when it is longer than the model's window.
            numbers: Numbers of windows.
        """
        ids = np.concatenate([encoding.token_ids for encoding in query])
        tokens: Vectors = np.concatenate([encoding.token_vectors for encoding in query])
        lengths = self._bounds[numbers + 1] - self._bounds[numbers]
        scores = np.zeros(len(numbers), dtype=np.float32)
        filled = lengths > 0  # a window without tokens scores 0
        if not len(ids) or not filled.any():
            return scores
        numbers, lengths = numbers[filled], lengths[filled]
        starts = np.cumsum(np.concatenate([[0], lengths[:-1]]))
        rows = np.repeat(self._bounds[numbers] - starts, lengths) + np.arange(lengths.sum())
        cosines = tokens @ self._codes[rows].astype(np.float32).T * self._scales[rows]
        scores[filled] = self.weights(ids) @ np.maximum.reduceat(cosines, starts, axis=1)
        return scores
