"""Fits what `index.learned` adds to the late score, and says what it is worth on authors whose queries it never saw.

    python -m benchmarks.learn QUERIES QRELS [QUERIES QRELS …] [--unseen GROUP] [--write]

The letters that a query's id begins with name who wrote it. For each group the parameters are fitted on all the others,
and the group is searched with them through the real search; the bands are then fitted on these searches, as
`benchmarks.calibrate` does, so that they know scores as they are for queries never seen. --write puts the parameters
fitted without one group (--unseen) into index/learned.npz: what is measured on that group is then measured honestly
ever after. The settings below are the same for every fold.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import takewhile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from benchmarks.calibrate import Judged, judge, report_bands
from corpus import load_corpus
from corpus.settings import settings
from index.encoder import Encoder, Vectors, encoded
from index.evaluate import DEPTH, JudgedQuery, evaluate, read_judged
from index.fusion import CANDIDATES, LATE
from index.learned import BUNDLED, FACTOR_LIMIT, Learned, Parameters
from index.opened import OpenIndex, open_index
from index.query_encoder import query_encoder
from index.search import Searcher, checked_query

Groups = npt.NDArray[np.str_]
MEASURES = ("nDCG@10", "recall@20", "MRR")

RANK = 16
LEARNED_FROM = 60  # best candidates of a query, in the order without what is learned
SHARPNESS = 25.0  # of the loss: a difference of .04 between two scores counts as decided
EPOCHS, BATCH = 15, 64  # rounds over the queries; queries in a step
DROPOUT = 0.3  # of the query's side of the match
IMPORTANCE_STEP, MATCH_STEP = 0.03, 0.003  # first length of a step, falling to nothing
IMPORTANCE_DECAY, MATCH_DECAY = 1.0, 3.0  # how strongly the parameters are drawn to nothing
_START = 0.05  # spread of A before the first step; B starts at nothing, so the match starts as the cosine
_SEED = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A query with its candidates, as the loss needs them.

    Attributes:
        tokens: Vectors of the query's tokens, shape (tokens, dimension).
        prior: Their weights by rarity, shape (tokens,).
        best: Their best cosine with each candidate, shape (tokens, candidates).
        rows: The token of the index that gave it, same shape.
        rest: What of the candidates' score is not late, shape (candidates,).
        gains: 2^grade - 1 of the candidates, over the best DCG that the query allows, shape (candidates,).
    """

    tokens: torch.Tensor
    prior: torch.Tensor
    best: torch.Tensor
    rows: torch.Tensor
    rest: torch.Tensor
    gains: torch.Tensor


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the folds, and write the parameters if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learn", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="QUERIES QRELS", help="pairs of files, JSON lines")
    parser.add_argument("--unseen", default="d", metavar="GROUP", help="group that the written parameters never saw")
    parser.add_argument("--write", action="store_true", help=f"write them to {BUNDLED.name}")
    options = parser.parse_args(arguments)
    if len(options.files) % 2:
        parser.error("give a qrels file after every file of queries")
    pairs = zip(options.files[::2], options.files[1::2], strict=True)
    queries = [query for pair in pairs for query in read_judged(*pair)]
    groups = np.array([group_of(query) for query in queries])
    if options.unseen not in groups:
        parser.error(f"no query is of the group {options.unseen}")
    index = open_index(settings().index, load_corpus(settings().corpus))
    encoder = query_encoder(settings().index, settings().model)
    if encoder is None:
        parser.error("there is nothing to learn without a model")
    plain = replace(index, learned=None)
    lessons = lessons_of(queries, groups, plain, encoder)
    folds = {group: lessons.ranking_without(group) for group in np.unique(groups).tolist()}
    report(queries, groups, plain, encoder, folds)
    if options.write:
        folds[options.unseen].save(BUNDLED)


def group_of(query: JudgedQuery) -> str:
    """Return who wrote a query: the letters that its id begins with."""
    return "".join(takewhile(str.isalpha, query.id))


@dataclass(frozen=True, slots=True)
class Lessons:
    """Everything to learn from, some groups of which can be left out.

    Attributes:
        examples: The queries.
        groups: Who wrote each.
        vectors: Vectors of the index's tokens, shape (tokens, dimension).
        model: Digest of the model.
    """

    examples: tuple[Example, ...]
    groups: Groups
    vectors: torch.Tensor
    model: str

    def ranking_without(self, *unseen: str) -> Parameters:
        """Return the parameters that rank best the candidates of all queries but those of some groups."""
        return fit([one for one in self._seen(unseen) if one.gains.any()], self.vectors, self.model)

    def _seen(self, unseen: Sequence[str]) -> list[Example]:
        return [one for one, group in zip(self.examples, self.groups, strict=True) if group not in unseen]


def lessons_of(queries: Sequence[JudgedQuery], groups: Groups, plain: OpenIndex, encoder: Encoder) -> Lessons:
    """Return what there is to learn from queries.

    Args:
        queries: The queries.
        groups: Who wrote each.
        plain: An index with nothing learned.
        encoder: Its model.
    """
    torch.set_num_threads(1)  # the same parameters on every machine of a kind
    tokens = plain.generation.tokens
    windows = [(window.codes * window.scales[:, None]) for window in map(tokens.window, range(len(tokens)))]
    examples = tuple(example(query, plain, encoder, windows) for query in queries)
    return Lessons(examples, groups, torch.from_numpy(np.concatenate(windows)), plain.manifest.model.digest)


def example(query: JudgedQuery, index: OpenIndex, encoder: Encoder, windows: Sequence[Vectors]) -> Example:
    """Return a query with the candidates that are found without anything learned.

    Args:
        query: The query.
        index: An index with nothing learned.
        encoder: Its model.
        windows: The token vectors of each of its whole windows.
    """
    text = checked_query(query.text)
    encodings = encoded(encoder, text)
    tokens = np.concatenate([encoding.token_vectors for encoding in encodings])
    prior = index.generation.tokens.weights(np.concatenate([encoding.token_ids for encoding in encodings]))
    ranking = Searcher(index, encoder).ranking(text, CANDIDATES)
    numbers = ranking.numbers[:LEARNED_FROM]
    firsts = np.cumsum([0, *map(len, windows)])
    best, rows = [], []
    for number in numbers.tolist():
        own = range(index.whole[number], index.whole[number + 1])
        cosines = {window: tokens @ windows[window].T for window in own}
        window = max(own, key=lambda one, cosines=cosines: float(prior @ cosines[one].max(axis=1)))  # type: ignore[misc]
        best.append(cosines[window].max(axis=1))
        rows.append(firsts[window] + cosines[window].argmax(axis=1))
    ideal = np.sort(_gain(np.array([*query.grades.values(), 0])))[::-1][:10]
    dcg = float((ideal / np.log2(np.arange(2, len(ideal) + 2))).sum())
    gains = _gain(np.array([query.grades.get(index.passages[number].id, 0) for number in numbers]))
    answerable = dcg > 0 and query.kind != "none"
    late = prior @ np.stack(best, axis=1)
    return Example(
        tokens=torch.from_numpy(tokens),
        prior=torch.from_numpy(prior),
        best=torch.from_numpy(np.stack(best, axis=1)),
        rows=torch.from_numpy(np.stack(rows, axis=1)),
        rest=torch.from_numpy(ranking.fused[:LEARNED_FROM] - LATE * late),
        gains=torch.from_numpy((gains / dcg if answerable else np.zeros(len(numbers))).astype(np.float32)),
    )


def _gain(grades: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.asarray(2.0**grades - 1)


def fit(examples: Sequence[Example], vectors: torch.Tensor, model: str) -> Parameters:
    """Return the parameters that rank the candidates of some queries best.

    Args:
        examples: The queries.
        vectors: Vectors of the index's tokens, shape (tokens, dimension).
        model: Digest of the model.
    """
    torch.manual_seed(_SEED)
    needed, places = torch.unique(torch.cat([one.rows.reshape(-1) for one in examples]), return_inverse=True)
    near, dimension = vectors[needed], vectors.shape[1]
    ends = np.cumsum([0, *(one.rows.numel() for one in examples)]).tolist()
    aligned = [places[ends[at] : ends[at + 1]].reshape(one.rows.shape) for at, one in enumerate(examples)]
    importance = torch.zeros(dimension, requires_grad=True)
    asked = (torch.randn(dimension, RANK) * _START).requires_grad_()
    said = torch.zeros(dimension, RANK, requires_grad=True)
    steps = -(-len(examples) // BATCH) * EPOCHS
    optimizer = torch.optim.AdamW(
        [
            {"params": [importance], "lr": IMPORTANCE_STEP, "weight_decay": IMPORTANCE_DECAY},
            {"params": [asked, said], "lr": MATCH_STEP, "weight_decay": MATCH_DECAY},
        ],
        betas=(0.9, 0.99),
    )
    falling = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        order: list[int] = torch.randperm(len(examples)).tolist()
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            known, total = near @ said, torch.zeros(())
            for at in batch:
                one = examples[at]
                asks = functional.dropout(one.tokens @ asked, DROPOUT)
                match = one.best + torch.einsum("ir,icr->ic", asks, known[aligned[at]])
                weights = one.prior * torch.exp((one.tokens @ importance).clamp(-FACTOR_LIMIT, FACTOR_LIMIT))
                total = total + loss(LATE * (weights / weights.sum()) @ match + one.rest, one.gains)
            optimizer.zero_grad()
            (total / len(batch)).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            falling.step()
    arrays = (tensor.detach().numpy().astype(np.float16).astype(np.float32) for tensor in (importance, asked, said))
    return Parameters(model, *arrays)


def loss(scores: torch.Tensor, gains: torch.Tensor) -> torch.Tensor:
    """Return the LambdaRank loss: each pair in the wrong order costs the nDCG that swapping it would gain (Burges)."""
    places = torch.argsort(torch.argsort(-scores.detach()))
    discounts = 1 / torch.log2(places + 2.0)
    worth = (gains[:, None] - gains).clamp(min=0) * (discounts[:, None] - discounts).abs()
    return (worth * functional.softplus(-SHARPNESS * (scores[:, None] - scores))).sum()


def report(
    queries: Sequence[JudgedQuery], groups: Groups, plain: OpenIndex, encoder: Encoder, folds: dict[str, Parameters]
) -> None:
    """Print the measures of each group before and after, its parameters fitted on the others, and the bands."""
    searcher = Searcher(plain, encoder)
    before = evaluate(queries, lambda text: searcher.search(text, DEPTH)).per_query
    after: dict[str, dict[str, float]] = {}
    searches = {}
    for group, parameters in folds.items():
        by = Searcher(with_parameters(plain, parameters), encoder)
        own = [query for query, name in zip(queries, groups, strict=True) if name == group]
        after |= evaluate(own, lambda text, by=by: by.search(text, DEPTH)).per_query  # type: ignore[misc]
        searches[group] = judge(own, np.array([group] * len(own)), by)
    print(f"{'group unseen':<16}" + "  ".join(f"{name + ' before':>16} after" for name in MEASURES))
    rows = []
    for group in folds:
        own_ids = [query.id for query, name in zip(queries, groups, strict=True) if name == group]
        rows.append(_pairs(before, after, own_ids))
        _print(group, rows[-1])
    _print("mean", np.mean(rows, axis=0).tolist())
    _print("sd", np.std(rows, axis=0).tolist())
    _print("all queries", _pairs(before, after, [query.id for query in queries]))
    for kind in sorted({query.kind for query in queries} - {"none"}):
        _print(kind, _pairs(before, after, [query.id for query in queries if query.kind == kind]))
    report_bands(
        Judged(**{f.name: np.concatenate([getattr(one, f.name) for one in searches.values()]) for f in fields(Judged)})
    )


def with_parameters(index: OpenIndex, parameters: Parameters) -> OpenIndex:
    """Return an index that searches with these parameters."""
    return replace(index, learned=Learned.of(parameters, index.generation.tokens))


def _pairs(before: dict[str, dict[str, float]], after: dict[str, dict[str, float]], ids: Sequence[str]) -> list[float]:
    return [
        float(np.mean([run[one][name] for one in ids if name in run.get(one, {})]) if ids else np.nan)
        for name in MEASURES
        for run in (before, after)
    ]


def _print(name: str, values: Sequence[float]) -> None:
    print(
        f"{name:<16}"
        + "  ".join(f"{value:16.4f}" if at % 2 == 0 else f"{value:.4f}" for at, value in enumerate(values))
    )


if __name__ == "__main__":
    main()
