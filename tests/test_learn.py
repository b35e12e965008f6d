"""Fitting the learned parameters: a loss that knows the better order, and parameters that find it."""

from __future__ import annotations

import numpy as np
import torch

from benchmarks.learn import RANK, fit, loss, mean
from benchmarks.lessons import Example
from index.encoder import unit
from index.fusion import LATE
from index.learned import Parameters


def test_the_loss_is_lower_the_higher_the_better_candidates_stand() -> None:
    gains = torch.tensor([0.7, 0.1, 0.0])
    right, half, wrong = (
        float(loss(torch.tensor(s), gains)) for s in ([0.9, 0.5, 0.1], [0.9, 0.1, 0.5], [0.1, 0.5, 0.9])
    )
    assert right < half < wrong
    assert float(loss(torch.tensor([0.9, 0.5, 0.1]), torch.zeros(3))) == 0


def made_up(seed: int, vectors: torch.Tensor) -> Example:
    """Return a query whose second token alone, of a direction that all queries share, tells the better candidate."""
    numbers = np.random.default_rng(seed)
    tokens = numbers.standard_normal((3, 8)).astype(np.float32)
    tokens[:, 0] = 0
    tokens[1] = np.eye(8)[0]
    best = torch.tensor([[0.5, 0.6, 0.55], [0.6, 0.3, 0.4], [0.5, 0.6, 0.6]])
    rows = torch.from_numpy(numbers.integers(0, len(vectors), (3, 3)))
    prior = torch.full((3,), 1 / 3)
    first, none = torch.tensor([1.0, 0.0, 0.0]), torch.zeros(3)
    return Example(torch.from_numpy(unit(tokens)), prior, best, rows, none, none, first, first, torch.zeros(3, 4))


def fitted(queries: int, vectors: torch.Tensor) -> Parameters:
    """Return the parameters that rank made-up queries."""
    examples = [made_up(seed, vectors) for seed in range(queries)]
    return fit(examples, vectors, "a model", lambda one, late: loss(LATE * late + one.rest, one.gains))


def test_the_token_that_tells_becomes_the_important_one() -> None:
    vectors = torch.from_numpy(unit(np.random.default_rng(0).standard_normal((20, 8)).astype(np.float32)))
    found = fitted(100, vectors)
    assert found.importance[0] > 0.1
    assert np.abs(found.importance).argmax() == 0
    assert found.model == "a model"


def test_the_same_queries_give_the_same_parameters() -> None:
    vectors = torch.from_numpy(unit(np.random.default_rng(0).standard_normal((20, 8)).astype(np.float32)))
    one, two = (fitted(10, vectors) for _ in range(2))
    np.testing.assert_array_equal(one.asked, two.asked)
    np.testing.assert_array_equal(one.said, two.said)


def test_the_mean_of_fits_weighs_and_matches_as_they_do_on_average() -> None:
    numbers = np.random.default_rng(0)
    one, two = (
        Parameters("m", *(numbers.normal(size=shape).astype(np.float32) for shape in (40, (40, 4), (40, 4))))
        for _ in range(2)
    )
    both = mean([one, two])
    assert both.asked.shape == both.said.shape == (40, RANK)
    np.testing.assert_allclose(both.importance, (one.importance + two.importance) / 2, atol=2e-3)
    matches = [each.asked @ each.said.T for each in (one, two, both)]
    np.testing.assert_allclose(matches[2], (matches[0] + matches[1]) / 2, atol=2e-2)
