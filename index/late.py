"""Late interaction: a query and a passage compared token by token, with the model's own token vectors.

    score(query, window) = Σ_i w_i · max_j cos(q_i, d_j)

over the query's tokens i and the window's tokens j (MaxSim: Khattab and Zaharia, ColBERT, SIGIR 2020). A token weighs
w_i by how rare it is among the windows (inverse document frequency), a stop word nothing however rare it is; the
weights of a query add up to 1, so scores can be compared between queries. Only the windows that cover a whole passage
have token vectors. They are kept as one byte a number with one scale a token, and the query's are compared with them as
bytes too (`index.product`): a number is off by at most 1/254 of its token's largest, 1/126 in the query. What was
learned on top of the cosines is `index.learned`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError
from index.encoder import Encoding, Offsets, Vectors
from index.learned import Learned
from index.pooling import pool
from index.product import LARGEST, byte_product, signed, unsigned

Numbers = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int32]
# Before the weights are made to add up to 1:
_SPECIAL_WEIGHT = 0.5  # of [CLS], [SEP] and the like: they stand for the text as a whole
_LEAST_WEIGHT = 0.1  # of a token that every window has
_STEP = 4096  # tokens whose bytes are turned into numbers at a time
_AT_ONCE = 2048  # tokens compared at a time: their bytes stay in the processor's second cache


@dataclass(frozen=True, slots=True)
class WindowTokens:
    """The tokens of one window.

    Attributes:
        ids: Numbers of the model's vocabulary, shape (tokens,); -1 for a special token.
        codes: Their vectors, a byte a number, shape (tokens, dimension).
        scales: What a token's codes are multiplied by, shape (tokens,).
        spans: Where they stand in the window's text, shape (tokens, 2); empty ones where that is unknown.
    """

    ids: Ids
    codes: npt.NDArray[np.int8]
    scales: Numbers
    spans: Offsets


def tokens_of(encoding: Encoding) -> WindowTokens:
    """Return the tokens of an encoding in the form that is kept."""
    codes, scales = coded(encoding.token_vectors, 127)
    spans = encoding.spans if len(encoding.spans) else np.zeros((len(codes), 2), dtype=np.int32)
    return WindowTokens(encoding.token_ids, codes, scales, spans)


class TokenIndex:
    """The tokens of every whole window, in one array, and how rare each is."""

    def __init__(
        self,
        bounds: npt.NDArray[np.int64],
        ids: Ids,
        codes: npt.NDArray[np.uint8],
        scales: Numbers,
        spans: Offsets,
        stop: Ids,
    ) -> None:
        """Bind the arrays.

        Args:
            bounds: Where the tokens of each window begin, and the end of the last, shape (windows + 1,).
            ids: Token ids of all windows, shape (tokens,).
            codes: Their codes with 128 added, as `index.product` takes them, shape (tokens, dimension).
            scales: Their scales, shape (tokens,).
            spans: Where they stand in their window's text, shape (tokens, 2).
            stop: Ids of the tokens that are stop words, ascending.
        """
        self._bounds, self._ids, self._codes, self._scales, self._stop = bounds, ids, codes, scales, stop
        self._spans = spans
        windows = len(bounds) - 1
        number = np.repeat(np.arange(windows), np.diff(bounds))
        # Sorted by hand: np.unique takes a hundred times as long on millions of tokens.
        pairs = np.sort(ids[ids >= 0].astype(np.int64) * windows + number[ids >= 0])
        counts = np.bincount(pairs[np.diff(pairs, prepend=-1) > 0] // max(windows, 1))
        known = np.flatnonzero(counts)
        having = counts[known]
        self._unseen = np.float32(np.log((windows + 1) / 0.5))
        # The weight of every token up to the largest that is known of; the others are unseen.
        self._weights = np.full(max(known.max(initial=-1), stop.max(initial=-1)) + 1, self._unseen, dtype=np.float32)
        self._weights[known] = np.maximum(_LEAST_WEIGHT, np.log((windows + 1) / (having + 0.5)))
        self._weights[stop] = 0  # "we", "will" and "every" are rare in reports, yet name no subject

    @classmethod
    def build(cls, windows: Sequence[WindowTokens], dimension: int, stop: Ids) -> TokenIndex:
        """Return the index of windows' tokens, with the ids of those that are stop words."""
        bounds = np.cumsum([0, *(len(window.ids) for window in windows)], dtype=np.int64)
        ids = np.concatenate([np.zeros(0, np.int32), *(window.ids for window in windows)])
        codes = np.concatenate([np.zeros((0, dimension), np.int8), *(window.codes for window in windows)])
        scales = np.concatenate([np.zeros(0, np.float32), *(window.scales for window in windows)])
        spans = np.concatenate([np.zeros((0, 2), np.int32), *(window.spans for window in windows)])
        return cls(bounds, ids, unsigned(codes), scales, spans, np.unique(stop).astype(np.int32))

    @classmethod
    def open(cls, folder: Path) -> TokenIndex:
        """Return the index in a folder; the vectors stay on disk until they are needed.

        Raises:
            IndexFolderError: The folder is missing, or is not such an index.
        """
        try:
            names = ("bounds", "ids", "scales", "spans", "stop")
            bounds, ids, scales, spans, stop = (np.load(folder / f"{name}.npy") for name in names)
            codes = np.asarray(np.load(folder / "codes.npy", mmap_mode="r"))  # a plain array is quicker to index
            if codes.dtype != np.uint8:
                raise ValueError(codes.dtype)
        except (OSError, ValueError, EOFError) as error:
            raise IndexFolderError(
                f"The token vectors in {folder} cannot be read.",
                "Run `python -m drafting index` to build the index again.",
            ) from error
        return cls(bounds, ids, codes, scales, spans, stop)

    def save(self, folder: Path) -> None:
        """Write the index to a folder that does not exist yet."""
        folder.mkdir()
        arrays: dict[str, npt.NDArray[np.generic]] = {
            "bounds": self._bounds,
            "ids": self._ids,
            "codes": self._codes,
            "scales": self._scales,
            "spans": self._spans,
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
        return WindowTokens(self._ids[inside], signed(self._codes[inside]), self._scales[inside], self._spans[inside])

    def pooled(self, whole: npt.NDArray[np.int64]) -> Vectors:
        """Return one vector a passage: the weighted sum of its tokens, shape (passages, dimension).

        Args:
            whole: The number of the first window of each passage, and the end of the last, shape (passages + 1,).
        """
        vectors = np.zeros((len(whole) - 1, self._codes.shape[1]), dtype=np.float32)
        for number, (first, last) in enumerate(pairwise(self._bounds[whole])):
            tokens = signed(self._codes[first:last]) * self._scales[first:last, None]
            vectors[number] = pool(self.weights(self._ids[first:last]), tokens)
        return vectors

    def weights(self, ids: Ids) -> Numbers:
        """Return how much each token of a text weighs, shape (tokens,); the weights add up to 1.

        A text of stop words only weighs them all alike.
        """
        held = (ids >= 0) & (ids < len(self._weights))
        weights = np.where(ids < 0, np.float32(_SPECIAL_WEIGHT), self._unseen)
        weights[held] = self._weights[ids[held]]
        total = weights.sum()
        return np.asarray(weights / total if total else np.full(len(ids), 1 / max(len(ids), 1)), dtype=np.float32)

    def names_subject(self, ids: Ids) -> npt.NDArray[np.bool_]:
        """Return which tokens are neither special nor stop words, shape (tokens,)."""
        return (ids >= 0) & ~np.isin(ids, self._stop)

    def projected(self, matrix: Numbers) -> Numbers:
        """Return every token's vector times a matrix, shape (tokens, columns of the matrix)."""
        projected = np.zeros((len(self._ids), matrix.shape[1]), dtype=np.float32)
        for start in range(0, len(projected), _STEP):
            part = slice(start, start + _STEP)
            projected[part] = signed(self._codes[part]).astype(np.float32) @ matrix * self._scales[part, None]
        return projected

    def scores(
        self, query: Sequence[Encoding], numbers: npt.NDArray[np.int64], learned: Learned | None = None
    ) -> Numbers:
        """Return the score of a query for each of some windows, shape (len(numbers),).

        Args:
            query: The query's encodings: one, or several when it is longer than the model's window.
            numbers: Numbers of windows.
            learned: What was learned about the model's vectors, bound to this index.
        """
        weights = self.weights(np.concatenate([encoding.token_ids for encoding in query]))
        tokens: Vectors = np.concatenate([encoding.token_vectors for encoding in query])[weights > 0]
        weights = weights[weights > 0]
        lengths = self._bounds[numbers + 1] - self._bounds[numbers]
        scores = np.zeros(len(numbers), dtype=np.float32)
        filled = lengths > 0  # a window without tokens scores 0
        if not len(weights) or not filled.any():
            return scores
        numbers, lengths = numbers[filled], lengths[filled]
        starts = np.cumsum(np.concatenate([[0], lengths[:-1]]))
        rows = np.repeat(self._bounds[numbers] - starts, lengths) + np.arange(lengths.sum())
        query_codes, query_scales = coded(tokens, LARGEST)
        right = np.ascontiguousarray(query_codes.T)
        cosines = np.empty((len(tokens), len(rows)), dtype=np.float32)
        for start in range(0, len(rows), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            cosines[:, part] = byte_product(self._codes.take(rows[part], axis=0), right).T
        cosines *= self._scales[rows]
        cosines *= query_scales[:, None]
        if learned:
            scores[filled] = learned.scores(weights, tokens, cosines, starts, rows)
        else:
            scores[filled] = weights @ np.maximum.reduceat(cosines, starts, axis=1)
        return scores


def coded(vectors: Vectors, largest: int) -> tuple[npt.NDArray[np.int8], Numbers]:
    """Return vectors as whole numbers up to `largest`, and what to multiply those of each row by, shape (rows,)."""
    scales = (np.maximum(np.abs(vectors).max(axis=1, initial=0), 1e-12) / largest).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales
