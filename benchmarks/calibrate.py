"""The ranking's figures by author of the queries, and the bands of `index.bands` fitted and judged on authors unseen.

    python -m benchmarks.calibrate QUERIES QRELS [QUERIES QRELS …]

The letters that a query's id begins with name who wrote it. Each group of queries is judged by models and thresholds
fitted on all the others, so that no author's turns of phrase help to judge their own queries. The weights of the
ranking (`index.fusion`) are measured here, not fitted. The searches use what is learned as it is, so queries that it
was fitted on look better than new ones would: the constants of index/bands.py are those that `benchmarks.learn` prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from benchmarks.judged_files import add_files, read_files
from corpus import load_corpus
from corpus.settings import settings
from index import fusion
from index.bands import THERE, Logistic, hit_figures, search_figures
from index.evaluate import DEPTH, JudgedQuery, evaluate
from index.opened import open_index
from index.precedent import pooled_clause
from index.query_encoder import query_encoder
from index.search import Searcher, checked_query

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]

SIGNALS = ("late", "dense", "pooled", "lexical", "feedback")
SHOWN = 10  # hits of a query that the bands are fitted and judged on
BACKS_PRECISION, TOPIC_PRECISION = 0.86, 0.83  # what the thresholds of the two bands must keep where they are fitted
_HIT_PENALTY, _SEARCH_PENALTY = 1.0, 0.3  # on the standardised weights; few searches find nothing, so a weak one
_CLAUSE_PENALTY = 100.0  # the same, of the many of a clause
_CONSTANT = 1e-6  # spread of a dimension that is the same in all clauses: the bundled model has three
_CONVERGED = 1e-10  # change of a weight in the last step
_CLOSE, _PARTIAL = 2, 1  # least grade of a hit in each band, and the band as a number


@dataclass(frozen=True, slots=True)
class Judged:
    """What is judged of every query; a row a query.

    Attributes:
        groups: Who wrote it.
        hits: Figures of its first hits, shape (queries, SHOWN, 4).
        grades: Their grades, shape (queries, SHOWN).
        searches: Figures of its search, shape (queries, 4), how it sounds not filled in.
        anything: Whether something in the corpus answers it.
        backed: Whether something backs it.
        pooled: The queries as vectors, shape (queries, dimension).
    """

    groups: npt.NDArray[np.str_]
    hits: Floats
    grades: npt.NDArray[np.int64]
    searches: Floats
    anything: Truths
    backed: Truths
    pooled: Floats

    @property
    def asked(self) -> Truths:
        """Whether "is there anything?" can be judged: the query is of kind none, or something backs it."""
        return ~self.anything | self.backed


@dataclass(frozen=True, slots=True)
class Fit:
    """The models of how a query sounds and of the bands, and the least chance of close and of partial."""

    heard: Logistic
    backs: Logistic
    topic: Logistic
    there: Logistic
    close: float
    partial: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the folds, and the constants fitted on all queries."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibrate", description=__doc__.splitlines()[0])
    add_files(parser)
    parser.add_argument("--without", choices=SIGNALS, help="leave a signal out, and measure the ranking alone")
    options = parser.parse_args(arguments)
    queries = read_files(parser, options.files)
    index = open_index(settings().index, load_corpus(settings().corpus))
    searcher = Searcher(index, query_encoder(settings().index, settings().model))
    groups = np.array(["".join(takewhile(str.isalpha, query.id)) for query in queries])
    if options.without:
        setattr(fusion, options.without.upper(), 0.0)
    report_ranking(queries, searcher, groups)
    if not options.without:
        report_bands(judge(queries, groups, searcher))


def judge(queries: Sequence[JudgedQuery], groups: npt.NDArray[np.str_], searcher: Searcher) -> Judged:
    """Search for every query and return what there is to fit and judge.

    Raises:
        ValueError: A search gave fewer than `SHOWN` hits.
    """
    hits, grades, searches, pooled = [], [], [], []
    for query in queries:
        ranking, text = searcher.ranking(query.text, DEPTH), checked_query(query.text)
        pooled.append(pooled_clause(searcher.index.generation.tokens, searcher.encodings(text)))
        hits.append(hit_figures(ranking.fused, text)[:SHOWN])
        searches.append(search_figures(ranking.fused, ranking.dense, text, 0.0)[0])
        found = [searcher.index.passages[number].id for number in ranking.numbers[:SHOWN]]
        grades.append([query.grades.get(passage_id, 0) for passage_id in found])
    return Judged(
        groups=groups,
        hits=np.stack(hits),
        grades=np.array(grades),
        searches=np.stack(searches),
        anything=np.array([query.kind != "none" for query in queries]),
        backed=np.array([query.backed for query in queries]),
        pooled=np.stack(pooled).astype(np.float64),
    )


def logistic(figures: Floats, truths: Truths, penalty: float) -> Logistic:
    """Return the logistic model of figures, by Newton's method; the penalty is on the standardised weights."""
    mean, spread = figures.mean(axis=0), figures.std(axis=0)
    rows = np.column_stack([np.ones(len(figures)), (figures - mean) / spread])
    ridge = np.diag([0.0, *[penalty] * figures.shape[1]])
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (chance - truths) + ridge @ weights
        step = np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + ridge, slope)
        weights = weights - step
        if np.abs(step).max() < _CONVERGED:
            break
    raw = weights[1:] / spread
    return Logistic(float(weights[0] - raw @ mean), tuple(raw.tolist()))


def least_chance(chances: Floats, truths: Truths, precision: float) -> float:
    """Return the lowest chance above which the precision still holds; above 1 when it never does."""
    order = np.argsort(-chances, kind="stable")
    held = np.flatnonzero(np.cumsum(truths[order]) / np.arange(1, len(order) + 1) >= precision)
    return float(chances[order[held[-1]]]) if len(held) else 1.01


def fit_heard(pooled: Floats, backed: Truths) -> Logistic:
    """Return the model of whether any report backs a clause (`index.precedent`), by the clauses as vectors."""
    varied = pooled.std(axis=0) > _CONSTANT
    fitted = logistic(pooled[:, varied], backed, _CLAUSE_PENALTY)
    weights = np.zeros(pooled.shape[1])
    weights[varied] = fitted.weights
    return Logistic(fitted.bias, tuple(weights.tolist()))


def fit(judged: Judged, seen: Truths) -> Fit:
    """Return the models and thresholds of the queries that are seen.

    "Is there anything?" is fitted on what the model of how a query sounds says of authors unseen: of those that it was
    fitted on, it says too much.
    """
    for group in np.unique(judged.groups[seen]):
        own = judged.groups == group
        judged = sounding(judged, own, fit_heard(judged.pooled[seen & ~own], judged.backed[seen & ~own]))
    hits, grades = judged.hits[seen].reshape(-1, judged.hits.shape[2]), judged.grades[seen].ravel()
    backs, topic = (logistic(hits, grades >= least, _HIT_PENALTY) for least in (_CLOSE, _PARTIAL))
    asked = seen & judged.asked
    there = logistic(judged.searches[asked], judged.anything[asked], _SEARCH_PENALTY)
    close = least_chance(backs.chance(hits), grades >= _CLOSE, BACKS_PRECISION)
    open_ = np.repeat(there.chance(judged.searches[seen]) >= THERE, SHOWN)
    taken = (backs.chance(hits) >= close) & open_
    partial = least_chance(np.where(taken, 0, topic.chance(hits)), (grades >= _PARTIAL) & ~taken, TOPIC_PRECISION)
    heard = fit_heard(judged.pooled[seen], judged.backed[seen])
    return Fit(heard, backs, topic, there, close, partial)


def sounding(judged: Judged, chosen: Truths, heard: Logistic) -> Judged:
    """Return what is judged with how the chosen queries sound filled in."""
    searches = judged.searches.copy()
    searches[chosen, -1] = heard.bias + judged.pooled[chosen] @ np.array(heard.weights)
    return replace(judged, searches=searches)


def cut(judged: Judged, fitted: Fit) -> npt.NDArray[np.int64]:
    """Return the bands as numbers, shape (queries, SHOWN): 2 close, 1 partial, 0 related."""
    flat = judged.hits.reshape(-1, judged.hits.shape[2])
    close = (fitted.backs.chance(flat) >= fitted.close).reshape(judged.grades.shape)
    partial = (fitted.topic.chance(flat) >= fitted.partial).reshape(judged.grades.shape)
    partial |= judged.hits[:, :, 1] == 0  # the best hit of a search that found something
    sounds = sounding(judged, np.ones(len(judged.grades), dtype=np.bool_), fitted.heard)
    there = fitted.there.chance(sounds.searches) >= THERE
    return np.where(close, _CLOSE, np.where(partial, _PARTIAL, 0)) * there[:, None]


def shares(judged: Judged, bands: npt.NDArray[np.int64], chosen: Truths) -> tuple[float, float, float]:
    """Return the precision of close, that of partial, and the share of right answers to "is there anything?"."""
    grades, found = judged.grades[chosen], bands[chosen]
    right = (found.max(axis=1) > 0) == judged.anything[chosen]
    return (
        _share(grades[found == _CLOSE] >= _CLOSE),
        _share(grades[found == _PARTIAL] >= _PARTIAL),
        _share(right[judged.asked[chosen]]),
    )


def _share(truths: Truths) -> float:
    return float(truths.mean()) if truths.size else float("nan")


def report_ranking(queries: Sequence[JudgedQuery], searcher: Searcher, groups: npt.NDArray[np.str_]) -> None:
    """Print the ranking's measures of each group, and their mean and standard deviation."""
    measured = evaluate(queries, lambda text: searcher.search(text, DEPTH)).per_query
    names = ("nDCG@10", "recall@20", "MRR")
    rows = []
    print("ranking         " + "  ".join(f"{name:>9}" for name in names))
    for group in np.unique(groups):
        own = [measured.get(query.id, {}) for query, name in zip(queries, groups, strict=True) if name == group]
        rows.append([float(np.mean([found[name] for found in own if name in found])) for name in names])
        print(_line(f"{group} ({len(own)})", rows[-1]))
    print(_line("mean", np.mean(rows, axis=0).tolist()))
    print(_line("sd", np.std(rows, axis=0).tolist()))
    print(_line("all queries", [float(np.mean([m[name] for m in measured.values() if name in m])) for name in names]))


def report_bands(judged: Judged) -> None:
    """Print how good the bands are on groups that they were not fitted on, and the constants fitted on all."""
    bands = np.zeros_like(judged.grades)
    rows = []
    print("bands (fitted on the others) close, partial, anything?")
    for group in np.unique(judged.groups):
        own = judged.groups == group
        bands[own] = cut(judged, fit(judged, ~own))[own]
        rows.append(shares(judged, bands, own))
        print(_line(f"{group} ({int(own.sum())})", rows[-1]))
    every = np.ones(len(bands), dtype=np.bool_)
    print(_line("mean", np.nanmean(rows, axis=0).tolist()))
    print(_line("sd", np.nanstd(rows, axis=0).tolist()))
    print(_line("all hits", shares(judged, bands, every)))
    fitted = fit(judged, every)
    for name, model in (("BACKS", fitted.backs), ("TOPIC", fitted.topic), ("ANYTHING", fitted.there)):
        weights = ", ".join(f"{weight:.4f}" for weight in model.weights)
        print(f"{name} = Logistic({model.bias:.4f}, ({weights}))")
    print(f"CLOSE, PARTIAL = {fitted.close:.3f}, {fitted.partial:.3f}")


def _line(name: str, values: Sequence[float]) -> str:
    return f"{name:<16}" + "  ".join(f"{value:9.4f}" for value in values)


if __name__ == "__main__":
    main()
