"""What the claims of support are fitted and judged on: reports beside clauses, and the passages read of them.

Two figures of a passage come from models that must not have seen the author who is judged, so they are filled in for
each fold (`benchmarks.calibrate_support`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.lessons import group_of
from corpus.model import Genre
from index.bands import Logistic
from index.claims import DECISIVE, HEARD, figures
from index.coverage import ClauseTokens
from index.evaluate import JudgedQuery
from index.fusion import CANDIDATES
from index.learned import Parameters
from index.precedent import pooled_clause
from index.search import Searcher
from index.support import REPORTS, best_of

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged: reports beside clauses, a row each, and the passages that were read of them.

    Attributes:
        groups: Who wrote the clause.
        kinds: What kind of query it is.
        best: The best grade that any passage of the report has.
        passages: Figures of the passages read, shape (passages, FIGURES), `HEARD` and `DECISIVE` not filled in.
        answers: What is to be `DECISIVE`, learned without the clause's author and another, shape (passages, groups).
        grades: Their grades.
        clause: The number of the clause.
        pooled: The clauses as vectors, shape (clauses, dimension).
        backed: Whether some passage backs the clause, shape (clauses,).
    """

    groups: npt.NDArray[np.str_]
    kinds: npt.NDArray[np.str_]
    best: Integers
    passages: tuple[Floats, ...]
    answers: tuple[Floats, ...]
    grades: tuple[Integers, ...]
    clause: Integers
    pooled: Floats
    backed: Truths


def joined(parts: Sequence[Judged]) -> Judged:
    """Return what several searchers judged as one."""
    before = np.cumsum([0, *(len(part.pooled) for part in parts)])
    return Judged(
        groups=np.concatenate([part.groups for part in parts]),
        kinds=np.concatenate([part.kinds for part in parts]),
        best=np.concatenate([part.best for part in parts]),
        passages=tuple(figures for part in parts for figures in part.passages),
        answers=tuple(answers for part in parts for answers in part.answers),
        grades=tuple(grades for part in parts for grades in part.grades),
        clause=np.concatenate([part.clause + first for part, first in zip(parts, before[:-1], strict=True)]),
        pooled=np.concatenate([part.pooled for part in parts]),
        backed=np.concatenate([part.backed for part in parts]),
    )


def judge(queries: Sequence[JudgedQuery], searcher: Searcher, learned: Sequence[Parameters]) -> Judged:
    """Read the passages that a claim would be made on, for every query and report.

    Args:
        queries: The queries of one author.
        searcher: A search that has not seen them.
        learned: What decides, learned without the author and each of the groups in their order.
    """
    index = searcher.index
    symbols = [source.symbol for source in index.corpus.sources if source.genre is Genre.REGIONAL_REPORT]
    groups, kinds, best, passages, answers, grades, pooled = [], [], [], [], [], [], []
    for query in queries:
        encodings = searcher.encodings(query.text)
        pooled.append(pooled_clause(index.generation.tokens, encodings))
        ranking = searcher.ranking(query.text, CANDIDATES, REPORTS, encodings)
        asked = [ClauseTokens(index.generation.tokens, encodings, one) for one in learned]
        for symbol in symbols:
            places = best_of(searcher, ranking, symbol)
            passages.append(figures(index, query.text, encodings, ranking, places, 0.0, learned[0]))
            numbers = ranking.numbers[places]
            bounds = [(int(index.whole[number]), int(index.whole[number + 1])) for number in numbers]
            rows = [[clause.coverage(*own).decisive for clause in asked] for own in bounds]
            answers.append(np.array(rows, dtype=np.float64).reshape(len(numbers), len(learned)))
            ids = [index.passages[number].id for number in numbers]
            grades.append(np.array([query.grades.get(name, 0) for name in ids], dtype=np.int64))
            best.append(max((g for name, g in query.grades.items() if name.split("#")[0] == symbol), default=0))
            groups.append(group_of(query))
            kinds.append(query.kind)
    return Judged(
        groups=np.array(groups),
        kinds=np.array(kinds),
        best=np.array(best),
        passages=tuple(passages),
        answers=tuple(answers),
        grades=tuple(grades),
        clause=np.repeat(np.arange(len(queries)), len(symbols)),
        pooled=np.stack(pooled).astype(np.float64),
        backed=np.array([query.backed for query in queries]),
    )


def answered(judged: Judged, unseen: str | None) -> Judged:
    """Return what is judged with what decides filled in, learned without the author of each clause and a group.

    Args:
        judged: What is judged.
        unseen: The group; None for no other than the author.
    """
    columns = np.searchsorted(np.unique(judged.groups), judged.groups if unseen is None else unseen)
    passages = [figures.copy() for figures in judged.passages]
    for own, answers, column in zip(passages, judged.answers, np.broadcast_to(columns, len(passages)), strict=True):
        own[:, DECISIVE] = answers[:, column]
    return replace(judged, passages=tuple(passages))


def heard(judged: Judged, chosen: Truths, model: Logistic) -> Judged:
    """Return what is judged with the figure of how a clause sounds filled in for the chosen reports."""
    log_odds = model.bias + judged.pooled @ np.array(model.weights)
    passages = list(judged.passages)
    for row in np.flatnonzero(chosen):
        passages[row] = passages[row].copy()
        passages[row][:, HEARD] = log_odds[judged.clause[row]]
    return replace(judged, passages=tuple(passages))
