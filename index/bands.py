"""How close a hit is, in words that mean the same in every search.

Two logistic models of the same four figures give the chance that a hit backs the query at least in part, and that it is
at least on its subject; the bands are cut on these chances. A third answers "is there anything?" for the search as a
whole, by its best scores and by how the query itself sounds (`index.precedent`): when it says no, every hit is related;
when it says yes, the best hit is partial at least. The models were fitted on judged queries with the bundled model
(`python -m benchmarks.learn` prints the constants, docs/retrieval.md says what they are worth): with another model the
bands still rise with the score, but their precision is unknown. Knows scores only: not what was named exactly, nor how
the scores were made.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import log1p

import numpy as np
import numpy.typing as npt

from index.words import stems

Numbers = npt.NDArray[np.float32]
Figures = npt.NDArray[np.float64]
_BEST = 10  # hits whose mean says how crowded the top is


class Band(StrEnum):
    """How close a hit is."""

    CLOSE = "close"
    PARTIAL = "partial"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic model: chance = 1 / (1 + exp(-(bias + Σ weight · figure))).

    Attributes:
        bias: The constant.
        weights: A weight a figure.
    """

    bias: float
    weights: tuple[float, ...]

    def chance(self, figures: Figures) -> Figures:
        """Return the chances, 0 to 1, shape (n,), of rows of figures, shape (n, figures)."""
        total = self.bias + figures @ np.array(self.weights)
        return np.asarray(1 / (1 + np.exp(-np.clip(total, -60, 60))))


# Of the four figures of a hit: that it backs the query at least in part, that it is at least on its subject.
BACKS = Logistic(-6.0292, (20.0118, 0.0064, -11.4726, 0.3983))
TOPIC = Logistic(-6.1188, (23.9422, -2.6720, -13.1347, 0.6032))
# Of the four figures of a search: that anything backs the query.
ANYTHING = Logistic(-11.4655, (10.4944, 18.6412, -0.3781, 1.1136))
# The least chance of a band: the lowest at which 86 % of the close hits backed, 83 % of the partial ones were on topic.
CLOSE, PARTIAL = 0.704, 0.707
THERE = 0.5
_CUT = (Band.RELATED, Band.PARTIAL, Band.CLOSE)


def hit_figures(scores: Numbers, query: str) -> Figures:
    """Return the figures of every hit, shape (hits, 4).

    They are its fused score, how far that is below the best one, the mean of the ten best, and the query's length.

    Args:
        scores: Fused scores of the hits in scope, in any order.
        query: The query.
    """
    exact = scores.astype(np.float64)
    best = np.sort(exact)[::-1][:_BEST]
    if not len(best):
        return np.zeros((0, 4))
    every = np.ones(len(exact))
    return np.stack([exact, exact - best[0], every * best.mean(), every * length(query)], axis=1)


def search_figures(scores: Numbers, dense: Numbers, query: str, heard: float) -> Figures:
    """Return the figures of a search that found something, shape (1, 4).

    They are its best score, its best dense score, the query's length, and how the query sounds.

    Args:
        scores: Fused scores of the hits in scope, in any order.
        dense: Their dense scores.
        query: The query.
        heard: Log odds of `index.precedent` that any report backs such a query; 0 when that is unknown.
    """
    return np.array([[scores.max(), dense.max(), length(query), heard]], dtype=np.float64)


def length(query: str) -> float:
    """Return log(1 + number of different words of a query, stop words left out)."""
    return log1p(len(set(stems(query))))


def bands(scores: Numbers, dense: Numbers, query: str, heard: float) -> tuple[Band, ...]:
    """Return the band of every hit, in the order of the scores.

    Args:
        scores: Fused scores of the hits in scope, in any order.
        dense: Their dense scores.
        query: The query.
        heard: Log odds of `index.precedent` that any report backs such a query; 0 when that is unknown.
    """
    if not len(scores):
        return ()
    if ANYTHING.chance(search_figures(scores, dense, query, heard))[0] < THERE:
        return (Band.RELATED,) * len(scores)
    figures = hit_figures(scores, query)
    backs, topic = BACKS.chance(figures) >= CLOSE, (TOPIC.chance(figures) >= PARTIAL) | (scores == scores.max())
    return tuple(map(_CUT.__getitem__, np.where(backs, 2, topic).tolist()))
