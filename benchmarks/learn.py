"""Fits what `index.learned` adds to the late score, and says what it is worth on authors whose queries it never saw.

    python -m benchmarks.learn QUERIES QRELS [QUERIES QRELS …] [--unseen GROUP] [--write]

The letters that a query's id begins with name who wrote it. For each group the parameters are fitted on all the others
and on the queries of `benchmarks.extra`, and the group is searched with them through the real search; the bands are
then fitted on these searches, as `benchmarks.calibrate` does, so that they know scores as they are for queries never
seen. --write puts the parameters fitted without one group (--unseen) into index/learned.npz: what is measured on that
group is then measured honestly ever after. The settings below are the same for every fold.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import fields, replace

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from benchmarks.calibrate import Judged, judge, report_bands
from benchmarks.extra import extra
from benchmarks.judged_files import add_files, read_files
from benchmarks.lessons import Example, Groups, Lessons, group_of, lessons_of
from corpus import load_corpus
from corpus.settings import settings
from index.encoder import Encoder
from index.evaluate import DEPTH, JudgedQuery, evaluate
from index.fusion import LATE
from index.learned import BUNDLED, FACTOR_LIMIT, Learned, Parameters
from index.opened import OpenIndex, open_index
from index.query_encoder import query_encoder
from index.search import Searcher

MEASURES = ("nDCG@10", "recall@20", "MRR")

RANK = 16
SHARPNESS = 25.0  # of the loss: a difference of .04 between two scores counts as decided
EPOCHS, BATCH = 15, 64  # rounds over the queries; queries in a step
DROPOUT = 0.3  # of the query's side of the match
IMPORTANCE_STEP, MATCH_STEP = 0.03, 0.003  # first length of a step, falling to nothing
IMPORTANCE_DECAY, MATCH_DECAY = 1.0, 3.0  # how strongly the parameters are drawn to nothing
_FURTHER_DECAY = 0.01
_START = 0.05  # spread of A before the first step; B starts at nothing, so the match starts as the cosine
FITS = 3  # of the ranking, which differ by luck alone


Cost = Callable[[Example, torch.Tensor], torch.Tensor]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the folds, and write the parameters if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.learn", description=__doc__.splitlines()[0])
    add_files(parser)
    parser.add_argument("--unseen", default="d", metavar="GROUP", help="group that the written parameters never saw")
    parser.add_argument("--write", action="store_true", help=f"write them to {BUNDLED.name}")
    options = parser.parse_args(arguments)
    queries = read_files(parser, options.files)
    groups = np.array([group_of(query) for query in queries])
    if options.unseen not in groups:
        parser.error(f"no query is of the group {options.unseen}")
    index = open_index(settings().index, load_corpus(settings().corpus))
    encoder = query_encoder(settings().index, settings().model)
    if encoder is None:
        parser.error("there is nothing to learn without a model")
    plain = replace(index, learned=None)
    lessons = lessons_of([*queries, *extra()], np.append(groups, list(map(group_of, extra()))), plain, encoder)
    folds = {group: ranking_from(lessons.without(group)) for group in np.unique(groups).tolist()}
    report(queries, groups, plain, encoder, folds)
    if options.write:
        folds[options.unseen].save(BUNDLED)


def ranking_from(lessons: Lessons) -> Parameters:
    """Return the parameters that rank best the candidates of queries: the mean of `FITS` that differ by luck alone."""
    seen = [one for one in lessons.examples if one.gains.any()]

    def cost(one: Example, late: torch.Tensor) -> torch.Tensor:
        return loss(LATE * late + one.rest, one.gains)

    return mean([fit(seen, lessons.vectors, lessons.model, cost, seed=seed) for seed in range(FITS)])


def mean(fits: Sequence[Parameters]) -> Parameters:
    """Return the mean of parameters; the mean of their matches is cut back to `RANK` by its singular values."""
    match = np.mean([one.asked.astype(np.float64) @ one.said.astype(np.float64).T for one in fits], axis=0)
    left, values, right = np.linalg.svd(match)
    roots = np.sqrt(values[:RANK])
    importance = np.mean([one.importance for one in fits], axis=0)
    return Parameters(fits[0].model, *map(_half, (importance, left[:, :RANK] * roots, right[:RANK].T * roots)))


def fit(
    examples: Sequence[Example],
    vectors: torch.Tensor,
    model: str,
    cost: Cost,
    further: Sequence[torch.Tensor] = (),
    seed: int = 0,
) -> Parameters:
    """Return the parameters that cost least over some queries.

    Args:
        examples: The queries.
        vectors: Vectors of the index's tokens, shape (tokens, dimension).
        model: Digest of the model.
        cost: What late scores of a query's candidates cost.
        further: What else the cost knows and learns; not returned.
        seed: Of the luck: where A starts, what is dropped, and the order of the queries.
    """
    torch.manual_seed(seed)
    dimension = vectors.shape[1]
    importance = torch.zeros(dimension, requires_grad=True)
    asked = (torch.randn(dimension, RANK) * _START).requires_grad_()
    said = torch.zeros(dimension, RANK, requires_grad=True)
    steps = -(-len(examples) // BATCH) * EPOCHS
    optimizer = torch.optim.AdamW(
        [
            {"params": [importance], "lr": IMPORTANCE_STEP, "weight_decay": IMPORTANCE_DECAY},
            {"params": [asked, said], "lr": MATCH_STEP, "weight_decay": MATCH_DECAY},
            {"params": further, "lr": IMPORTANCE_STEP, "weight_decay": _FURTHER_DECAY},
        ],
        betas=(0.9, 0.99),
    )
    falling = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        order: list[int] = torch.randperm(len(examples)).tolist()
        for start in range(0, len(order), BATCH):
            batch = [examples[at] for at in order[start : start + BATCH]]
            # What the tokens of a whole batch need is worked out at once: each query alone would take twice as long.
            needed, places = torch.unique(torch.cat([one.rows.reshape(-1) for one in batch]), return_inverse=True)
            known = torch.split((vectors[needed] @ said)[places], [one.rows.numel() for one in batch])
            total = torch.zeros(())
            for one, answers in zip(batch, known, strict=True):
                asks = functional.dropout(one.tokens @ asked, DROPOUT)
                match = one.best + (asks[:, None] * answers.reshape(*one.rows.shape, RANK)).sum(dim=2)
                weights = one.prior * torch.exp((one.tokens @ importance).clamp(-FACTOR_LIMIT, FACTOR_LIMIT))
                total = total + cost(one, (weights / weights.sum()) @ match)
            optimizer.zero_grad()
            (total / len(batch)).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            falling.step()
    return Parameters(model, *(_half(tensor.detach().numpy()) for tensor in (importance, asked, said)))


def _half(array: npt.NDArray[np.floating]) -> npt.NDArray[np.float32]:
    """Return numbers as they are once they were saved."""
    return array.astype(np.float16).astype(np.float32)


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
