"""What decides whether a passage backs a clause, learned from judged clauses: words that count, and what answers them.

The same two corrections as the ranking's (`index.learned`), fitted to another question. A ranking asks which passage is
nearer; a claim of support asks whether the nearest says enough. "Publish the names of" weighs little for the one and
much for the other. They stand in ``decisive.npz`` (fitted by `python -m benchmarks.calibrate_support`, which says what
they are worth) and give one figure of a passage among others (`index.claims`). Knows no passage and no judgement.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.learned import Parameters

Numbers = npt.NDArray[np.float32]
BUNDLED = Path(__file__).with_name("decisive.npz")


@cache
def bundled() -> Parameters:
    """Return the parameters that come with the program."""
    return Parameters.open(BUNDLED)


class Asked:
    """A clause, ready to be matched with passages."""

    def __init__(self, parameters: Parameters, prior: Numbers, tokens: Vectors) -> None:
        """Weigh the tokens.

        Args:
            parameters: What was learned.
            prior: Weights of the clause's tokens by rarity.
            tokens: Their vectors, shape (tokens, dimension).
        """
        self._said = parameters.said
        self._asked = tokens @ parameters.asked
        self._weights = parameters.weights(prior, tokens)

    def match(self, cosines: Numbers, passage: Vectors) -> float:
        """Return how well a passage answers what counts in the clause.

        Args:
            cosines: Cosines of the clause's tokens with those of the passage, shape (tokens, tokens of the passage).
            passage: The passage's token vectors; at least one.
        """
        nearest = passage[cosines.argmax(axis=1)]
        return float(self._weights @ (cosines.max(axis=1) + (self._asked * (nearest @ self._said)).sum(axis=1)))
