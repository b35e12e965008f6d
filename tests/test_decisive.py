"""What decides whether a passage backs a clause: against its definition, and as it comes with the program."""

from __future__ import annotations

import numpy as np
import pytest

from index.decisive import Asked, bundled
from index.encoder import unit
from index.learned import Parameters
from index.precedent import bundled as bundled_precedent

NUMBERS = np.random.default_rng(3)
CLAUSE, PASSAGE = (unit(NUMBERS.standard_normal((size, 6)).astype(np.float32)) for size in (4, 9))
PRIOR = np.array([0.1, 0.2, 0.3, 0.4], np.float32)


def parameters(spread: float) -> Parameters:
    return Parameters(
        "a model", *(spread * NUMBERS.standard_normal(shape).astype(np.float32) for shape in ((6,), (6, 2), (6, 2)))
    )


def test_where_nothing_was_learned_the_match_is_the_weighted_mean_of_the_best_cosines() -> None:
    cosines = CLAUSE @ PASSAGE.T
    asked = Asked(parameters(0), PRIOR, CLAUSE)
    assert asked.match(cosines, PASSAGE) == pytest.approx(float(PRIOR @ cosines.max(axis=1)), abs=1e-6)


def test_the_match_is_that_of_the_definition() -> None:
    learned, total, weights = parameters(0.5), 0.0, 0.0
    for prior, token in zip(PRIOR.tolist(), CLAUSE, strict=True):
        nearest = max(PASSAGE, key=lambda vector, token=token: float(token @ vector))  # type: ignore[misc]
        weight = prior * float(np.exp(token @ learned.importance))
        total += weight * float(token @ nearest + (learned.asked.T @ token) @ (learned.said.T @ nearest))
        weights += weight
    assert Asked(learned, PRIOR, CLAUSE).match(CLAUSE @ PASSAGE.T, PASSAGE) == pytest.approx(total / weights, abs=1e-5)


def test_the_bundled_parameters_are_finite_and_of_the_model_of_the_precedent() -> None:
    assert bundled().model == bundled_precedent().model
    for array in (bundled().importance, bundled().asked, bundled().said):
        assert np.isfinite(array).all()
        assert array.any()
