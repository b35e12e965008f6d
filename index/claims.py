"""When a passage counts as support: the figures of a passage beside a clause, and the chance that it backs it.

A logistic model of the figures gives the chance that a passage backs the clause at least in part. A clause that sounds
like one that no report backs bears a burden of proof. A report's chance is that of its best passage. Fitted on judged
and on contrasting clauses, with the bundled model; `python -m benchmarks.calibrate_support` prints the constants and
what they are worth on queries unseen (docs/retrieval.md). Knows an index and a ranking; names no report.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from corpus.model import Kind
from index.bands import Logistic
from index.coverage import ClauseTokens
from index.demands import DEMANDS, unmentioned
from index.encoder import Encoding
from index.learned import Parameters
from index.opened import OpenIndex
from index.ranking import Ranking
from index.words import every_stem

Figures = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

FIGURES = 13 + len(DEMANDS)
HEARD = slice(FIGURES - 2, FIGURES)  # which of the figures are those of how the clause sounds
_BEST = 10  # candidates whose mean says how crowded the top is
_DOUBTFUL = 0.5  # log odds below which a clause goes beyond every report more likely than not

# Of the figures of a passage: that it backs the clause at least in part.
SUPPORTS = Logistic(
    -6.4326,
    (
        *(11.6692, 2.8806, -8.3473, -0.0475, 1.6088, -0.1520, -4.2494, 0.2234, 5.2127),
        *(-0.4191, 0.0427, 0.0972, -0.3700, 0.2361, -0.6331, 0.0742, 1.3332),
    ),
)
# The least chance of a claim: of support in part, at which 85 % were right and F1 was highest; of support for all of
# it, at which 75 % of the reports have a passage that backs all. Both on the judged queries alone.
PARTLY, BACKED = 0.242, 0.556


def figures(
    index: OpenIndex,
    clause: str,
    encodings: Sequence[Encoding],
    ranking: Ranking,
    places: Integers,
    heard: float,
    decisive: Parameters,
) -> Figures:
    """Return the figures of passages beside a clause, shape (places, FIGURES).

    They are the fused score, how far that is below the best one, the mean of the ten best, the dense score; how much of
    the clause it says (four of `index.coverage`), how well what decides is answered, the demands of each sort that the
    passage doesn't mention, whether it recommends something or only names a subject before; and how the clause itself
    sounds.

    Args:
        index: The index, with token vectors.
        clause: The clause.
        encodings: What the model makes of it.
        ranking: The candidates.
        places: Places of the passages in the ranking.
        heard: Log odds of `index.overreach` that any report backs such a clause.
        decisive: What decides whether a passage backs a clause.
    """
    tokens, words = ClauseTokens(index.generation.tokens, encodings, decisive), every_stem(clause)
    best = np.sort(ranking.fused)[::-1][:_BEST].astype(np.float64)
    rows = []
    for place in places:
        number = int(ranking.numbers[place])
        covered = tokens.coverage(int(index.whole[number]), int(index.whole[number + 1]))
        passage = index.passages[number]
        score = float(ranking.fused[place])
        rows.append(
            (
                score,
                score - best[0],
                best.mean(),
                float(ranking.dense[place]),
                covered.stretch,
                covered.weakest,
                covered.heaviest,
                covered.reverse,
                covered.decisive,
                *unmentioned(words, every_stem(f"{passage.chapeau} {passage.text}")),
                passage.kind is Kind.RECOMMENDATION,
                passage.kind is Kind.PREAMBULAR,
                *heard_figures(heard),
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(places), FIGURES)


def heard_figures(heard: float) -> tuple[float, float]:
    """Return the figures of how a clause sounds: doubt counts more than confidence.

    Args:
        heard: Log odds that any report backs such a clause.
    """
    return heard, min(heard, _DOUBTFUL)


def chances(rows: Figures, model: Logistic = SUPPORTS) -> Figures:
    """Return the chances that passages back a clause at least in part, shape (passages,).

    Args:
        rows: Their figures, shape (passages, FIGURES).
        model: The model of a passage.
    """
    likely = model.chance(rows)
    burden = -np.minimum(rows[:, HEARD.start], 0)  # log odds that no report backs such a clause, taken off
    return np.asarray(likely / (likely + (1 - likely) * np.exp(burden)))
