"""The place for a second reader: a model that reads query and passage together, and puts the best candidates in order.

    score(p) = (1 - SHARE) · fused(p) + SHARE · reader(p)          for the best `READ` candidates

Off by default: no cross-encoder that can be had without judged pairs of this field ranks better than the fused score
(docs/retrieval.md). Any sentence-transformers CrossEncoder takes the place by one setting, ``RAPPORTEUR_RERANKER``. The
bands are cut on the fused score as before, and what a query names exactly stays first. Knows rankings and texts only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.opened import OpenIndex
from index.ranking import Ranking

Numbers = npt.NDArray[np.float32]

READ = 30  # candidates: each takes a cross-encoder as long as encoding one passage
SHARE = 0.3  # of the reader; measured with a cross-encoder fine-tuned on judged pairs, see docs/retrieval.md


class Reranker(Protocol):
    """Reads a query and a passage together."""

    def read(self, query: str, texts: Sequence[str]) -> Numbers:
        """Return how well each text answers the query, 0 to 1, shape (texts,)."""
        ...


def reranked(index: OpenIndex, reranker: Reranker, query: str, ranking: Ranking) -> Ranking:
    """Return a ranking with its best candidates in the order that a second reader gives them.

    Args:
        index: The index.
        reranker: The reader.
        query: The query.
        ranking: A ranking by meaning.
    """
    best = ranking.numbers[:READ]
    if not len(best):
        return ranking
    texts = [_windows(index, int(number)) for number in best]
    starts = np.cumsum([0, *(len(windows) for windows in texts)])
    read = reranker.read(query, [text for windows in texts for text in windows])
    # A passage is as good as the best of the windows that cover it: nothing is cut.
    reader = np.array([read[a:b].max() for a, b in pairwise(starts)], dtype=np.float32)
    score = (1 - SHARE) * ranking.fused
    score[:READ] += SHARE * reader
    order = np.lexsort((ranking.numbers, -(score + ranking.tiers)))
    return replace(
        ranking,
        numbers=ranking.numbers[order],
        scores=(score + ranking.tiers)[order],
        fused=ranking.fused[order],
        dense=ranking.dense[order],
        tiers=ranking.tiers[order],
        windows=ranking.windows[order],
        bands=tuple(ranking.bands[at] for at in order),
    )


def _windows(index: OpenIndex, number: int) -> list[str]:
    """Return the windows that cover a passage whole."""
    rows = index.generation.windows
    mine = rows[(rows["passage"] == number) & rows["whole"]]
    text = index.passages[number].text
    return [text[row["start"] : row["end"]] for row in mine]
