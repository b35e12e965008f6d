"""Pooled vectors: the weighted sum, the mean passage taken out, and what has no tokens."""

from __future__ import annotations

import numpy as np
import pytest

from index.pooling import PooledIndex, pool

TOKENS = np.array([[1, 0], [0, 1]], dtype=np.float32)
EVERY = np.ones(3, dtype=np.bool_)


def numbers(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    return np.array(values, dtype=np.float32)


@pytest.mark.parametrize(
    ("weights", "expected"), [((1, 0), (1, 0)), ((0.5, 0.5), (0.5**0.5, 0.5**0.5)), ((3, 4), (0.6, 0.8))]
)
def test_a_text_points_where_its_heavier_tokens_do(weights: tuple[float, ...], expected: tuple[float, ...]) -> None:
    np.testing.assert_allclose(pool(numbers(*weights), TOKENS), expected, rtol=1e-6)


def test_a_text_without_tokens_points_nowhere() -> None:
    assert pool(numbers(), np.zeros((0, 2), np.float32)).tolist() == [0, 0]


def test_half_of_the_mean_passage_is_taken_out_of_passages_and_queries_alike() -> None:
    index = PooledIndex(np.array([[1, 0], [0, 1], [1, 0]], dtype=np.float32), np.array([True, True, False]))
    # the mean of the first two is (.5, .5); half of it is taken from (1, 0), which leaves (.75, -.25)
    expected = np.array([[0.75, -0.25], [-0.25, 0.75], [0.75, -0.25]]) / np.hypot(0.75, 0.25)
    np.testing.assert_allclose(index.vectors, expected, rtol=1e-6)
    np.testing.assert_allclose(index.scores(pool(numbers(1, 0), TOKENS)), [1, -0.6, 1], atol=1e-6)


def test_where_no_passage_is_usual_all_give_the_mean() -> None:
    pooled = np.array([[1, 0], [0, 1], [1, 0]], dtype=np.float32)
    np.testing.assert_array_equal(PooledIndex(pooled, ~EVERY).vectors, PooledIndex(pooled, EVERY).vectors)


def test_a_passage_or_query_without_tokens_is_like_nothing() -> None:
    index = PooledIndex(np.array([[1, 0], [0, 0], [0, 1]], dtype=np.float32), EVERY)
    assert index.vectors[1].tolist() == [0, 0]
    assert index.scores(pool(numbers(1, 0), TOKENS))[1] == 0
    assert index.scores(pool(numbers(), np.zeros((0, 2), np.float32))).tolist() == [0, 0, 0]
