"""What the claims of support are fitted and judged on: reports beside clauses, and the passages read of them.

How a clause sounds comes from a model that must not have seen the fold that is judged, so it is filled in for each
(`benchmarks.calibrate_support`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.contrast import grade, is_contrast, is_faithful
from benchmarks.extra import is_extra
from corpus.model import Genre
from index.bands import Logistic
from index.claims import HEARD, figures, heard_figures
from index.evaluate import JudgedQuery
from index.fusion import CANDIDATES
from index.learned import Parameters
from index.overreach import clause_vector
from index.search import Searcher
from index.support import REPORTS, best_of

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged: reports beside clauses, a row each, and the passages that were read of them.

    Attributes:
        folds: The fold of the clause.
        authors: Who wrote it.
        kinds: What kind of query it is.
        judged: Whether the report was judged; false for contrasting clauses.
        measured: Whether it is counted, and thresholds are cut on it: judged, and by no reader of `benchmarks.extra`.
        best: The best grade that any passage of the report has.
        passages: Figures of the passages read, shape (passages, FIGURES), `HEARD` not filled in.
        grades: Their grades, `contrast.NOT_JUDGED` where there is none.
        clause: The number of the clause.
        vectors: The clauses as vectors, shape (clauses, 2 × dimension).
        backed: Whether some passage backs the clause, shape (clauses,).
        away: Whether a clause must not be seen when a fold is judged, shape (clauses, folds in alphabetical order).
    """

    folds: npt.NDArray[np.str_]
    authors: npt.NDArray[np.str_]
    kinds: npt.NDArray[np.str_]
    judged: Truths
    measured: Truths
    best: Integers
    passages: tuple[Floats, ...]
    grades: tuple[Integers, ...]
    clause: Integers
    vectors: Floats
    backed: Truths
    away: Truths

    def unseen(self, fold: str) -> Truths:
        """Return which clauses must not be seen when a fold is judged."""
        return self.away[:, np.unique(self.folds).tolist().index(fold)]


def joined(parts: Sequence[Judged]) -> Judged:
    """Return what several searchers judged as one."""
    before = np.cumsum([0, *(len(part.vectors) for part in parts)])
    return Judged(
        folds=np.concatenate([part.folds for part in parts]),
        authors=np.concatenate([part.authors for part in parts]),
        kinds=np.concatenate([part.kinds for part in parts]),
        judged=np.concatenate([part.judged for part in parts]),
        measured=np.concatenate([part.measured for part in parts]),
        best=np.concatenate([part.best for part in parts]),
        passages=tuple(figures for part in parts for figures in part.passages),
        grades=tuple(grades for part in parts for grades in part.grades),
        clause=np.concatenate([part.clause + first for part, first in zip(parts, before[:-1], strict=True)]),
        vectors=np.concatenate([part.vectors for part in parts]),
        backed=np.concatenate([part.backed for part in parts]),
        away=np.concatenate([part.away for part in parts]),
    )


def judge(
    queries: Sequence[JudgedQuery],
    authors: Sequence[str],
    fold: str,
    away: Truths,
    searcher: Searcher,
    decisive: Parameters,
) -> Judged:
    """Read the passages that a claim would be made on, for every query and report.

    Args:
        queries: The queries of a fold.
        authors: Who wrote each.
        fold: The fold.
        away: Whether each must not be seen when a fold is judged, shape (queries, folds).
        searcher: A search that has not seen them.
        decisive: What decides, learned without them.
    """
    index = searcher.index
    symbols = [source.symbol for source in index.corpus.sources if source.genre is Genre.REGIONAL_REPORT]
    best, passages, grades, vectors = [], [], [], []
    for query in queries:
        encodings = searcher.encodings(query.text)
        vectors.append(clause_vector(index.generation.tokens, encodings))
        ranking = searcher.ranking(query.text, CANDIDATES, REPORTS, encodings)
        for symbol in symbols:
            places = best_of(searcher, ranking, symbol)
            passages.append(figures(index, query.text, encodings, ranking, places, 0.0, decisive))
            ids = [index.passages[number].id for number in ranking.numbers[places]]
            grades.append(np.array([grade(query, name) for name in ids], dtype=np.int64))
            best.append(max((g for name, g in query.grades.items() if name.split("#")[0] == symbol), default=0))
    return Judged(
        folds=np.array([fold] * len(best)),
        authors=np.repeat(np.array(authors), len(symbols)),
        kinds=np.repeat(np.array([query.kind for query in queries]), len(symbols)),
        judged=np.repeat(np.array([not is_contrast(query) for query in queries]), len(symbols)),
        measured=np.repeat(np.array([not (is_contrast(query) or is_extra(query)) for query in queries]), len(symbols)),
        best=np.array(best),
        passages=tuple(passages),
        grades=tuple(grades),
        clause=np.repeat(np.arange(len(queries)), len(symbols)),
        vectors=np.stack(vectors).astype(np.float64),
        backed=np.array([query.backed or is_faithful(query) for query in queries]),
        away=away,
    )


def heard(judged: Judged, chosen: Truths, model: Logistic) -> Judged:
    """Return what is judged with the figures of how a clause sounds filled in for the chosen reports."""
    log_odds = model.bias + judged.vectors @ np.array(model.weights)
    passages = list(judged.passages)
    for row in np.flatnonzero(chosen):
        passages[row] = passages[row].copy()
        passages[row][:, HEARD] = heard_figures(float(log_odds[judged.clause[row]]))
    return replace(judged, passages=tuple(passages))
