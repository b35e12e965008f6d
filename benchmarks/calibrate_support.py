"""The claims of support of `index.claims` fitted, and judged on authors and on subjects unseen.

    python -m benchmarks.calibrate_support QUERIES QRELS [QUERIES QRELS …] [--by FOLDS] [--kept FOLDER] [--save]

As in `benchmarks.calibrate`, the letters that a query's id begins with name who wrote it. Each author's queries are
judged by models and thresholds fitted on those of all the others; then each fold of subjects likewise
(`benchmarks.folds`). A fold is searched with a ranking, and read with what decides, that learned from all other folds
(`benchmarks.learn`, `benchmarks.learn_decisive`), so that what is fitted knows figures as they are for queries never
seen. These two aren't learned anew for each fold judged: those of the folds that the claims are fitted on have seen it.
How a clause sounds is. The queries of `benchmarks.extra` and contrasting clauses (`benchmarks.contrast`) are learned
from, never counted; how many of those that go too far are claimed is printed by itself, with how many of those that
nothing learns from. What is printed last, fitted on all, goes into index/claims.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks import calibrate
from benchmarks.calibrate import logistic
from benchmarks.contrast import NOT_JUDGED, PAIRS, contrast, contrast_unlearned
from benchmarks.extra import extra
from benchmarks.folds import Folds, by_author, by_subject, folds_of
from benchmarks.judged_claims import Floats, Integers, Judged, Truths, heard, joined, judge
from benchmarks.judged_files import add_files, read_files
from benchmarks.learn import ranking_from, with_parameters
from benchmarks.learn_decisive import decisive_from
from benchmarks.lessons import Lessons, group_of, lessons_of
from corpus import load_corpus
from corpus.settings import settings
from index import decisive, overreach, precedent
from index.bands import Logistic
from index.claims import chances
from index.encoder import Encoder, encoded, unit
from index.evaluate import JudgedQuery
from index.learned import Parameters
from index.opened import OpenIndex, open_index
from index.precedent import Precedent
from index.query_encoder import query_encoder
from index.search import Searcher

IN_PART, WHOLE = 2, 3  # least grade of a passage that backs a clause in part, and of one that backs all of it
PRECISION = 0.85  # what claims must keep where they are fitted: above what they must keep elsewhere
WHOLE_PRECISION = 0.75  # of "backs": that a passage of the report backs all of the clause, where they are fitted
AUTHORS, SUBJECTS = "authors", "subjects"
_PENALTY = 3.0  # on the standardised weights
_MEASURED, _EXTRA, _CONTRASTING = 2, 1, 4  # how often a passage counts, by whose clause it stands beside


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
    parser.add_argument("--by", choices=(AUTHORS, SUBJECTS), action="append", help="folds to judge by; else both")
    parser.add_argument(
        "--kept", type=Path, metavar="FOLDER", help="keep what is learned of each fold here, and take what is there"
    )
    parser.add_argument(
        "--save",
        action="store_true",
        help=f"write {', '.join(one.BUNDLED.name for one in (overreach, precedent, decisive))}",
    )
    options = parser.parse_args(arguments)
    measured = read_files(parser, options.files)
    judged = [*measured, *extra()]
    index = open_index(settings().index, load_corpus(settings().corpus))
    encoder = query_encoder(settings().index, settings().model)
    if encoder is None:
        parser.error("there is nothing to claim without a model")
    queries = [*judged, *contrast(), *contrast_unlearned()]
    plain, authors = replace(index, learned=None), np.array([group_of(query) for query in queries])
    lessons = lessons_of(judged, authors[: len(judged)], plain, encoder)
    vectors = unit(np.stack([np.sum([e.vector for e in encoded(encoder, query.text)], axis=0) for query in queries]))
    for by in options.by or (AUTHORS, SUBJECTS):
        print(f"{by} unseen")
        own = by_author(authors[: len(judged)], len(measured)) if by == AUTHORS else by_subject(vectors[: len(judged)])
        folds = folds_of(own, vectors, never=len(contrast_unlearned()))
        found = searched(queries, folds, lessons, plain, encoder, options.kept and options.kept / by)
        report(found)
        if by == AUTHORS:
            fitted = fit(found, np.asarray(found.away.all(axis=1)))
            shown = ", ".join(f"{weight:.4f}" for weight in fitted.supports.weights)
            print(f"SUPPORTS = Logistic({fitted.supports.bias:.4f}, ({shown}))")
            print(f"PARTLY, BACKED = {fitted.partly:.3f}, {fitted.backed:.3f}", flush=True)
            if options.save:
                save(found, fitted, index.manifest.model.digest)
                decisive_from(lessons).save(decisive.BUNDLED)


def save(judged: Judged, fitted: Fit, model: str) -> None:
    """Write how clauses sound: to claims, and to searches, which learn from judged queries and rare words alone."""
    asked = np.unique(judged.clause[judged.measured])
    rare_words = judged.vectors[asked, : judged.vectors.shape[1] // 2]
    searches = calibrate.fit_heard(rare_words, judged.backed[asked])
    for heard_by, path in ((fitted.heard, overreach.BUNDLED), (searches, precedent.BUNDLED)):
        Precedent(model, heard_by.bias, np.array(heard_by.weights, dtype=np.float32)).save(path)


def searched(
    queries: Sequence[JudgedQuery],
    folds: Folds,
    lessons: Lessons,
    plain: OpenIndex,
    encoder: Encoder,
    kept: Path | None = None,
) -> Judged:
    """Return what is judged: each fold as it is searched and read by what never saw it.

    Args:
        queries: The judged queries, then the contrasting clauses.
        folds: Their folds.
        lessons: What the judged queries have to learn from.
        plain: An index with nothing learned.
        encoder: Its model.
        kept: Where what is learned is kept.
    """
    parts = []
    for name in folds.names:
        own = folds.own == name
        seen = ~folds.unseen(name)[: len(lessons.examples)]
        ranking = kept_or_learned(kept, f"ranking {name}", lambda seen=seen: ranking_from(lessons.of(seen)))  # type: ignore[misc]
        decides = kept_or_learned(kept, f"decisive {name}", lambda seen=seen: decisive_from(lessons.of(seen)))  # type: ignore[misc]
        searcher = Searcher(with_parameters(plain, ranking), encoder)
        asked = [query for query, chosen in zip(queries, own, strict=True) if chosen]
        authors = [group_of(query) for query in asked]
        parts.append(judge(asked, authors, name, folds.away[own], searcher, decides))
    return joined(parts)


def kept_or_learned(folder: Path | None, name: str, learn: Callable[[], Parameters]) -> Parameters:
    """Return what is kept under a name, or else learn it and keep it."""
    if folder is None:
        return learn()
    path = folder / f"{name}.npz"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        learn().save(path)
    return Parameters.open(path)


def fit(judged: Judged, away: Truths) -> Fit:
    """Return the models and thresholds of the clauses that are not away.

    The model of a passage is fitted on what the model of a clause says of folds unseen: of those that it was fitted on,
    it says too much. The thresholds are cut on reports that are measured alone.
    """
    rows = np.flatnonzero(~away[judged.clause])
    filled = judged
    for fold in np.unique(judged.folds[rows]):
        own = (judged.folds == fold) & ~away[judged.clause]
        filled = heard(filled, own, fit_heard(judged, away | judged.unseen(fold)))
    learned_from = [passages_and_grades(filled, int(row)) for row in rows]
    figures, grades = (np.concatenate(one) for one in zip(*learned_from, strict=True))
    supports = logistic(figures, grades >= IN_PART, _PENALTY)
    chosen = ~away[judged.clause] & judged.measured
    likely = claims(filled, chosen, supports, 0.0, 0.0).chances
    partly = least_chance(likely, judged.best[chosen] >= IN_PART, PRECISION)
    backed = max(partly, least_chance(likely, judged.best[chosen] >= WHOLE, WHOLE_PRECISION))
    return Fit(fit_heard(judged, away), supports, partly, backed)


def passages_and_grades(judged: Judged, row: int) -> tuple[Floats, Integers]:
    """Return the figures of the passages that are learned from, of a report beside a clause, and their grades.

    Of a contrasting clause that is the best by the ranking alone, if it has a grade. Those further down deceive nobody,
    and would teach that nothing backs a clause in plain words.
    """
    figures, grades = judged.passages[row], judged.grades[row]
    times = _MEASURED if judged.measured[row] else _EXTRA
    if not judged.judged[row]:
        known = grades[:1] != NOT_JUDGED
        figures, grades, times = figures[:1][known], grades[:1][known], _CONTRASTING
    return np.repeat(figures, times, axis=0), np.repeat(grades, times)


def fit_heard(judged: Judged, away: Truths) -> Logistic:
    """Return the model of whether any report backs a clause, fitted on the clauses that are not away."""
    return calibrate.fit_heard(judged.vectors[~away], judged.backed[~away])


def least_chance(likely: Floats, truths: Truths, precision: float) -> float:
    """Return the chance at which F1 is highest among those with enough precision; above 1 if there is none."""
    order = np.argsort(-likely, kind="stable")
    right = np.cumsum(truths[order])
    claimed = np.arange(1, len(order) + 1)
    f1 = np.where(right / claimed >= precision, 2 * right / (claimed + truths.sum()), -1.0)
    best = int(np.argmax(f1))
    return float(likely[order[best]]) if f1[best] >= 0 else 1.01


def claims(judged: Judged, chosen: Truths, supports: Logistic, partly: float, backed: float) -> Claims:
    """Return what a model claims of the chosen reports, given the least chances of a claim in part and whole."""
    best, evidence = [], []
    for row in np.flatnonzero(chosen):
        own = chances(judged.passages[row], supports)
        best.append(own.max(initial=0))
        evidence.append(judged.grades[row][np.argmax(own)] if len(own) else 0)
    chance = np.array(best)
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


def report(judged: Judged) -> None:
    """Print how good the claims are on folds that they were not fitted on."""
    likely = np.zeros(len(judged.best))
    states, evidence = np.zeros_like(judged.best), np.zeros_like(judged.best)
    rows = []
    print(f"{'claims':<18}" + "  ".join(f"{name:>9}" for name in ("F1", "precision", "recall", "evidence", "backs: 3")))
    for fold in np.unique(judged.folds):
        own = judged.folds == fold
        fitted = fit(judged, judged.unseen(str(fold)))
        unseen = heard(judged, own, fitted.heard)
        made = claims(unseen, own, fitted.supports, fitted.partly, fitted.backed)
        likely[own], states[own], evidence[own] = made.chances, made.states, made.evidence
        counted = judged.measured[own]
        rows.append(measures(judged.best[own][counted], _of(made, counted)))
        print(_line(f"{fold} ({int(counted.sum())})", rows[-1]), flush=True)
    print(_line("mean", np.mean(rows, axis=0).tolist()))
    print(_line("sd", np.std(rows, axis=0).tolist()))
    every = Claims(likely, states, evidence)
    dev = judged.authors == "d"
    parts = {"all reports": judged.measured, "author d": dev, "authors but d": judged.measured & ~dev}
    kinds = np.unique(judged.kinds[judged.measured])
    parts |= {str(kind): judged.measured & (judged.kinds == kind) for kind in kinds}
    for name, own in parts.items():
        print(_line(f"{name} ({int(own.sum())})", measures(judged.best[own], _of(every, own))))
    for kind in (kind for pair in PAIRS for kind in reversed(pair)):
        own = judged.kinds == kind
        clauses = np.unique(judged.clause[own])
        for least, what in ((IN_PART, "claimed"), (WHOLE, "as backed in full")):
            claimed = np.unique(judged.clause[own & (states >= least)])
            print(f"of {len(clauses)} {kind} clauses {what} of some report: {len(claimed) / max(len(clauses), 1):.4f}")


def _of(made: Claims, chosen: Truths) -> Claims:
    return Claims(made.chances[chosen], made.states[chosen], made.evidence[chosen])


def _line(name: str, values: Sequence[float]) -> str:
    return f"{name:<18}" + "  ".join(f"{value:9.4f}" for value in values)


if __name__ == "__main__":
    main()
