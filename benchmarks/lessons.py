"""What the learned parameters are learned from: judged queries beside their candidates, and whose queries they are.

The candidates are those of the search with nothing learned. Knows what a cost may look at; not the costs
(`benchmarks.learn`, `benchmarks.learn_decisive`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

import numpy as np
import numpy.typing as npt
import torch

from index.demands import unmentioned
from index.encoder import Encoder, Vectors, encoded
from index.evaluate import JudgedQuery
from index.fusion import CANDIDATES, LATE
from index.opened import OpenIndex
from index.search import Searcher, checked_query
from index.words import every_stem

Groups = npt.NDArray[np.str_]
BACKING = 2  # least grade of a passage that backs a query in part
LEARNED_FROM = 60  # best candidates of a query, in the order without what is learned


@dataclass(frozen=True, slots=True)
class Example:
    """A query with its candidates, as the loss needs them.

    Attributes:
        tokens: Vectors of the query's tokens, shape (tokens, dimension).
        prior: Their weights by rarity, shape (tokens,).
        best: Their best cosine with each candidate, shape (tokens, candidates).
        rows: The token of the index that gave it, same shape.
        fused: The candidates' score, shape (candidates,).
        rest: What of it is not late, same shape.
        gains: 2^grade - 1 of the candidates, over the best DCG that the query allows, shape (candidates,).
        backs: 1 for a candidate that backs the query at least in part, else 0, same shape.
        unmentioned: Words of each sort that the query demands and a candidate lacks, shape (candidates, sorts).
    """

    tokens: torch.Tensor
    prior: torch.Tensor
    best: torch.Tensor
    rows: torch.Tensor
    fused: torch.Tensor
    rest: torch.Tensor
    gains: torch.Tensor
    backs: torch.Tensor
    unmentioned: torch.Tensor


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

    def of(self, chosen: npt.NDArray[np.bool_]) -> Lessons:
        """Return what there is to learn from the chosen queries."""
        examples = (one for one, kept in zip(self.examples, chosen, strict=True) if kept)
        return replace(self, examples=tuple(examples), groups=self.groups[chosen])

    def without(self, *unseen: str) -> Lessons:
        """Return what there is to learn from the queries of all groups but some."""
        return self.of(~np.isin(self.groups, unseen))


def group_of(query: JudgedQuery) -> str:
    """Return who wrote a query: the letters that its id begins with."""
    return "".join(takewhile(str.isalpha, query.id))


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
    candidates = [index.passages[number] for number in numbers]
    grades = np.array([query.grades.get(passage.id, 0) for passage in candidates])
    gains, words = _gain(grades), every_stem(text)
    lacking = [unmentioned(words, every_stem(f"{passage.chapeau} {passage.text}")) for passage in candidates]
    answerable = dcg > 0 and query.kind != "none"
    late = prior @ np.stack(best, axis=1)
    return Example(
        tokens=torch.from_numpy(tokens),
        prior=torch.from_numpy(prior),
        best=torch.from_numpy(np.stack(best, axis=1)),
        rows=torch.from_numpy(np.stack(rows, axis=1)),
        fused=torch.from_numpy(ranking.fused[:LEARNED_FROM]),
        rest=torch.from_numpy(ranking.fused[:LEARNED_FROM] - LATE * late),
        gains=torch.from_numpy((gains / dcg if answerable else np.zeros(len(numbers))).astype(np.float32)),
        backs=torch.from_numpy((grades >= BACKING).astype(np.float32)),
        unmentioned=torch.tensor(lacking, dtype=torch.float32),
    )


def _gain(grades: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.asarray(2.0**grades - 1)
