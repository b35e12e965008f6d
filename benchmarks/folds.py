"""Which queries a model must not have seen when it is judged: those of an author, or those on a subject.

Two questions are asked of a model. How does it do on the queries of somebody whose queries it never saw? And how on
subjects that it never saw? For the second, queries as near to each other as an altered clause is to what it was made
from stay in one fold. Either way a contrasting clause (`benchmarks.contrast`) that is as near as that to a query judged
is not learned from.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Names = npt.NDArray[np.str_]
Numbers = npt.NDArray[np.floating]
Truths = npt.NDArray[np.bool_]

SUBJECTS = 10  # folds by subject
_NEAR = 0.65  # cosine of two queries as near as a clause and its near miss
_SEED = 0


@dataclass(frozen=True, slots=True)
class Folds:
    """Folds of queries.

    Attributes:
        names: The folds.
        own: The fold of each query.
        away: Whether a query must not be seen when a fold is judged, shape (queries, folds).
    """

    names: tuple[str, ...]
    own: Names
    away: Truths

    def unseen(self, name: str) -> Truths:
        """Return which queries must not be seen when a fold is judged."""
        return self.away[:, self.names.index(name)]


def by_author(authors: Names, measured: int) -> Names:
    """Return folds of one author each; the authors of what is learned from alone go round.

    Args:
        authors: Who wrote each query; first those that are measured.
        measured: How many these are.
    """
    names = np.unique(authors[:measured])
    further = np.unique(authors[measured:])
    return np.concatenate([authors[:measured], names[np.searchsorted(further, authors[measured:]) % len(names)]])


def by_subject(vectors: Numbers) -> Names:
    """Return folds of about the same size in which queries near to each other are together.

    Args:
        vectors: The queries as vectors of length 1, shape (queries, dimension).
    """
    near = vectors @ vectors.T >= _NEAR
    subject = np.arange(len(vectors))
    for one, other in zip(*np.nonzero(near), strict=True):
        if subject[one] != subject[other]:
            subject[subject == subject[one]] = subject[other]
    names, sizes = np.unique(subject, return_counts=True)
    order = np.random.default_rng(_SEED).permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    full, fold = np.zeros(SUBJECTS, dtype=np.int64), np.zeros(len(vectors), dtype=np.int64)
    for at in order:
        smallest = int(full.argmin())
        fold[subject == names[at]] = smallest
        full[smallest] += sizes[at]
    return np.array([f"subjects {number}" for number in fold])


def folds_of(judged: Names, vectors: Numbers, never: int = 0) -> Folds:
    """Return the folds of judged queries and of the contrasting clauses after them, which go round in pairs.

    Args:
        judged: The fold of each judged query.
        vectors: Of the judged queries, then of the contrasting clauses, of length 1.
        never: How many of the last clauses nothing ever learns from.
    """
    names = np.unique(judged)
    pairs = np.arange(len(vectors) - len(judged)) // 2
    own = np.concatenate([judged, names[pairs % len(names)]])
    near = vectors[len(judged) :] @ vectors[: len(judged)].T >= _NEAR
    away = own[:, None] == names
    away[len(judged) :] |= np.stack([near[:, judged == name].any(axis=1) for name in names], axis=1)
    away[len(vectors) - never :] = True
    return Folds(tuple(names.tolist()), own, away)
