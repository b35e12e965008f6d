"""The claims of support of `index.claims` fitted, and judged on authors unseen.

    python -m benchmarks.calibrate_support QUERIES QRELS [QUERIES QRELS …]

As in `benchmarks.calibrate`, the letters that a query's id begins with name who wrote it, and each group of queries is
judged by models and thresholds fitted on all the others. Each author is searched with a ranking that learned from all
the others (`benchmarks.learn`), so that what is fitted knows scores as they are for queries never seen. What decides
(`benchmarks.learn_decisive`) is learned anew for each pair of authors, from all but these two: when one of them is
judged, the other is among those that the model which judges is fitted on. What is printed last, fitted on all, goes
into index/claims.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement

import numpy as np

from benchmarks import calibrate
from benchmarks.calibrate import logistic
from benchmarks.judged_claims import Floats, Integers, Judged, Truths, answered, heard, joined, judge
from benchmarks.judged_files import add_files, read_files
from benchmarks.learn import ranking_without, with_parameters
from benchmarks.learn_decisive import decisive_without
from benchmarks.lessons import group_of, lessons_of
from corpus import load_corpus
from corpus.settings import settings
from index import decisive, precedent
from index.bands import Logistic
from index.claims import at_least_one
from index.opened import open_index
from index.precedent import Precedent
from index.query_encoder import query_encoder
from index.search import Searcher

IN_PART, WHOLE = 2, 3  # least grade of a passage that backs a clause in part, and of one that backs all of it
PRECISION = 0.81  # what claims must keep where they are fitted: a little above what they must keep elsewhere
WHOLE_PRECISION = 0.75  # of "backs": that a passage of the report backs all of the clause, where they are fitted
_PENALTY = 3.0  # on the standardised weights


@dataclass(frozen=True, slots=True)
class Fit:
    """The models of a clause and of a passage, and the least chance of a claim in part and of a whole one."""

    heard: Logistic
    supports: Logistic
    partly: float
    backed: float


@dataclass(frozen=True, slots=True)
class Claims:
    """What was claimed of reports, a row each: the chance, the claim (0, `IN_PART`, `WHOLE`), the first one's grade."""

    chances: Floats
    states: Integers
    evidence: Integers


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the folds, and the constants fitted on all queries."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibrate_support", description=__doc__.splitlines()[0])
    add_files(parser)
    parser.add_argument(
        "--save", action="store_true", help=f"write {precedent.BUNDLED.name} and {decisive.BUNDLED.name}"
    )
    options = parser.parse_args(arguments)
    queries = read_files(parser, options.files)
    index = open_index(settings().index, load_corpus(settings().corpus))
    encoder = query_encoder(settings().index, settings().model)
    if encoder is None:
        parser.error("there is nothing to claim without a model")
    plain = replace(index, learned=None)
    authors = np.array([group_of(query) for query in queries])
    lessons = lessons_of(queries, authors, plain, encoder)
    names = np.unique(authors).tolist()
    pairs = {frozenset(pair): decisive_without(lessons, *pair) for pair in combinations_with_replacement(names, 2)}
    parts = []
    for author in names:
        searcher = Searcher(with_parameters(plain, ranking_without(lessons, author)), encoder)
        own = [query for query in queries if group_of(query) == author]
        parts.append(judge(own, searcher, [pairs[frozenset((author, other))] for other in names]))
    fitted = report(joined(parts))
    if options.save:
        weights = np.array(fitted.heard.weights, dtype=np.float32)
        Precedent(index.manifest.model.digest, fitted.heard.bias, weights).save(precedent.BUNDLED)
        decisive_without(lessons).save(decisive.BUNDLED)


def fit(judged: Judged, seen: Truths) -> Fit:
    """Return the models and thresholds of the reports that are seen.

    What decides is filled in. The model of a passage is fitted on what the model of a clause says of authors unseen: of
    those that it was fitted on, it says too much.
    """
    rows = np.flatnonzero(seen)
    filled = judged
    for group in np.unique(judged.groups[seen]):
        own = judged.groups == group
        filled = heard(filled, own, fit_heard(judged, seen & ~own))
    passages = np.concatenate([filled.passages[row] for row in rows])
    grades = np.concatenate([filled.grades[row] for row in rows])
    supports = logistic(passages, grades >= IN_PART, _PENALTY)
    chances = claims(filled, seen, supports, 0.0, 0.0).chances
    partly = least_chance(chances, judged.best[rows] >= IN_PART, PRECISION)
    backed = max(partly, least_chance(chances, judged.best[rows] >= WHOLE, WHOLE_PRECISION))
    return Fit(fit_heard(judged, seen), supports, partly, backed)


def fit_heard(judged: Judged, seen: Truths) -> Logistic:
    """Return the model of whether any report backs a clause, fitted on the clauses that are seen."""
    clauses = np.unique(judged.clause[seen])
    return calibrate.fit_heard(judged.pooled[clauses], judged.backed[clauses])


def least_chance(chances: Floats, truths: Truths, precision: float) -> float:
    """Return the chance at which F1 is highest among those with enough precision; above 1 if there is none."""
    order = np.argsort(-chances, kind="stable")
    right = np.cumsum(truths[order])
    claimed = np.arange(1, len(order) + 1)
    f1 = np.where(right / claimed >= precision, 2 * right / (claimed + truths.sum()), -1.0)
    best = int(np.argmax(f1))
    return float(chances[order[best]]) if f1[best] >= 0 else 1.01


def claims(judged: Judged, chosen: Truths, supports: Logistic, partly: float, backed: float) -> Claims:
    """Return what a model claims of the chosen reports, given the least chances of a claim in part and whole."""
    chances, evidence = [], []
    for row in np.flatnonzero(chosen):
        own = supports.chance(judged.passages[row])
        chances.append(at_least_one(own))
        evidence.append(judged.grades[row][np.argmax(own)] if len(own) else 0)
    chance = np.array(chances)
    states = np.where(chance >= backed, WHOLE, np.where(chance >= partly, IN_PART, 0))
    return Claims(chance, states, np.array(evidence))


def measures(best: Integers, claimed: Claims) -> tuple[float, float, float, float, float]:
    """Return F1, precision, recall and evidence of claims, and the share of "backs" with a passage for the whole."""
    made, right = claimed.states > 0, (claimed.states > 0) & (best >= IN_PART)
    precision, recall = _share(best[made] >= IN_PART), _share(made[best >= IN_PART])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return (
        f1,
        precision,
        recall,
        _share(claimed.evidence[right] >= IN_PART),
        _share(best[claimed.states == WHOLE] == WHOLE),
    )


def _share(truths: Truths) -> float:
    return float(truths.mean()) if truths.size else 0.0


def report(judged: Judged) -> Fit:
    """Print how good the claims are on groups that they were not fitted on; return and print the fit on all."""
    chances = np.zeros(len(judged.best))
    states, evidence = np.zeros_like(judged.best), np.zeros_like(judged.best)
    rows = []
    print(f"{'claims':<16}" + "  ".join(f"{name:>9}" for name in ("F1", "precision", "recall", "evidence", "backs: 3")))
    for group in np.unique(judged.groups):
        own = judged.groups == group
        known = answered(judged, str(group))
        fitted = fit(known, ~own)
        unseen = heard(known, own, fitted.heard)
        made = claims(unseen, own, fitted.supports, fitted.partly, fitted.backed)
        chances[own], states[own], evidence[own] = made.chances, made.states, made.evidence
        rows.append(measures(judged.best[own], made))
        print(_line(f"{group} ({int(own.sum())})", rows[-1]))
    print(_line("mean", np.mean(rows, axis=0).tolist()))
    print(_line("sd", np.std(rows, axis=0).tolist()))
    every = Claims(chances, states, evidence)
    print(_line("all reports", measures(judged.best, every)))
    for kind in np.unique(judged.kinds):
        own = judged.kinds == kind
        print(
            _line(
                f"{kind} ({int(own.sum())})",
                measures(judged.best[own], Claims(chances[own], states[own], evidence[own])),
            )
        )
    fitted = fit(answered(judged, None), np.ones(len(judged.best), dtype=np.bool_))
    weights = ", ".join(f"{weight:.4f}" for weight in fitted.supports.weights)
    print(f"SUPPORTS = Logistic({fitted.supports.bias:.4f}, ({weights}))")
    print(f"PARTLY, BACKED = {fitted.partly:.3f}, {fitted.backed:.3f}")
    return fitted


def _line(name: str, values: Sequence[float]) -> str:
    return f"{name:<16}" + "  ".join(f"{value:9.4f}" for value in values)


if __name__ == "__main__":
    main()
