"""The ranking: which passages of an open index answer a query best, by all signals or by words alone.

The cheap signals are worked out for every passage in scope and choose the candidates; the token-by-token comparison and
the votes of the best (`index.fusion`) order these. What the query names exactly goes before every score. Knows the
index and an encoded query; not where the query came from, nor what is shown of a hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.bands import Band, bands
from index.encoder import Encoding, unit
from index.fusion import CANDIDATES, Signals, first_stage, fused
from index.opened import OpenIndex
from index.precedent import heard, pooled_clause

Numbers = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
# Windows that the vector store is asked for; what has none among them is hardly a candidate. With twice as many, the
# measures on the judged queries are the same to four places.
_DEPTH = 500


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates of a search, best first; everything has one row a candidate.

    Attributes:
        numbers: Their passage numbers.
        scores: Fused score plus tier: what they are ordered by.
        fused: Fused score: what the bands are cut on; the lexical score when words alone were compared.
        dense: Cosine of their best window, -1 when words alone were compared.
        tiers: How exactly the query names them (`index.exact`), 0 for not at all.
        windows: The row of their best window; -1 when words alone were compared.
        bands: How close they are. Words alone cannot say: then all are related.
    """

    numbers: Integers
    scores: Numbers
    fused: Numbers
    dense: Numbers
    tiers: Numbers
    windows: Integers
    bands: tuple[Band, ...]


def by_words(index: OpenIndex, query: str, tiers: Numbers, mask: Mask) -> Ranking:
    """Return the passages in scope that share a word with the query or are named by it.

    Args:
        index: The index.
        query: The query.
        tiers: How exactly the query names each passage, 0 outside the scope.
        mask: Which passages are in scope.
    """
    lexical = np.where(mask, index.generation.lexical.shares(query), 0).astype(np.float32)
    numbers = _descending(lexical + tiers, np.flatnonzero((lexical > 0) | (tiers > 0)))
    found, named = lexical[numbers], tiers[numbers]
    unknown = np.full(len(numbers), -1)
    related = (Band.RELATED,) * len(numbers)
    return Ranking(numbers, found + named, found, unknown.astype(np.float32), named, unknown, related)


def by_meaning(
    index: OpenIndex, query: str, encodings: Sequence[Encoding], tiers: Numbers, mask: Mask, k: int
) -> Ranking:
    """Return the best passages in scope: `CANDIDATES` or k, whichever is more, or all that there are.

    Args:
        index: The index.
        query: The query.
        encodings: What the index's model makes of it.
        tiers: How exactly the query names each passage, 0 outside the scope.
        mask: Which passages are in scope.
        k: Least number of candidates.
    """
    dense, windows = _dense(index, encodings, mask)
    pooled, sound = None, 0.0  # what a model without token vectors can say
    if index.pooled is not None:
        clause = pooled_clause(index.generation.tokens, encodings)
        pooled, sound = index.pooled.scores(clause), heard(index.manifest.model.digest, clause)
    signals = Signals(dense, index.generation.lexical.shares(query), pooled)
    first = first_stage(signals)
    numbers = _descending(first + tiers, np.flatnonzero(mask))[: max(k, CANDIDATES)]
    if index.pooled is None or not len(numbers):
        score = first[numbers]
    else:
        late = _late(index, encodings, numbers)
        score = fused(signals.of(numbers), late, index.pooled.vectors[numbers])
    order = np.lexsort((numbers, -(score + tiers[numbers])))
    numbers, score = numbers[order], score[order]
    return Ranking(
        numbers=numbers,
        scores=score + tiers[numbers],
        fused=score,
        dense=dense[numbers],
        tiers=tiers[numbers],
        windows=windows[numbers],
        bands=bands(score, dense[numbers], query, sound),
    )


def _dense(index: OpenIndex, encodings: Sequence[Encoding], mask: Mask) -> tuple[Numbers, Integers]:
    """Return, for every passage, the inner product of its best window (-1 when not found) and that window's row."""
    windows = index.generation.windows
    inside = mask[windows["passage"]]
    allowed = None if inside.all() else np.ascontiguousarray(windows["key"][inside])
    cosines = np.full(len(mask), -1, dtype=np.float32)
    best = np.full(len(mask), -1, dtype=np.int64)
    if inside.any():
        vector = encodings[0].vector
        if len(encodings) > 1:
            vector = unit(np.sum([encoding.vector for encoding in encodings], axis=0, keepdims=True))[0]
        keys, found = index.generation.vectors.search(vector, min(_DEPTH, int(inside.sum())), allowed)
        rows = index.rows_of(keys)
        backwards = rows[::-1]  # best last: of several windows of a passage the last that is put there stays
        numbers = windows["passage"][backwards]
        cosines[numbers], best[numbers] = found[::-1], backwards
    return cosines, best


def _late(index: OpenIndex, encodings: Sequence[Encoding], numbers: Integers) -> Numbers:
    """Return the late score of passages: that of the best of the windows that cover each."""
    first, last = index.whole[numbers], index.whole[numbers + 1]
    lengths = last - first
    starts = np.cumsum(lengths) - lengths
    windows = np.repeat(first - starts, lengths) + np.arange(lengths.sum())
    scores = index.generation.tokens.scores(encodings, windows, index.learned)
    return np.asarray(np.maximum.reduceat(scores, starts), dtype=np.float32)


def _descending(scores: Numbers, numbers: Integers) -> Integers:
    """Return numbers by their score, best first, equal ones in their own order."""
    return numbers[np.lexsort((numbers, -scores[numbers]))]
