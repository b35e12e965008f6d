"""The fused score: votes and weights worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import DENSE, LATE, LEXICAL, POOLED, VOTERS, Signals, first_stage, fused, votes

EAST, NORTH = (1.0, 0.0), (0.0, 1.0)


def numbers(*values: float) -> npt.NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def directions(*pairs: tuple[float, float]) -> npt.NDArray[np.float32]:
    return np.array(pairs, dtype=np.float32).reshape(len(pairs), 2)


def test_the_weights_of_the_second_stage_add_up_to_1() -> None:
    assert pytest.approx(1) == LATE + DENSE + POOLED + LEXICAL


def test_the_first_stage_is_the_weighted_mean_of_the_cheap_signals() -> None:
    signals = Signals(numbers(0.8, 1), numbers(0.2, 1), numbers(0.4, 1))
    by_hand = (0.45 * 0.8 + 0.30 * 0.2 + 0.20 * 0.4) / 0.95
    np.testing.assert_allclose(first_stage(signals), [by_hand, 1], rtol=1e-6)


def test_without_token_vectors_the_weights_of_dense_and_lexical_add_up_to_1() -> None:
    signals = Signals(numbers(0.8, 1), numbers(0.2, 1), None)
    np.testing.assert_allclose(first_stage(signals), [0.6 * 0.8 + 0.4 * 0.2, 1], rtol=1e-6)
    with pytest.raises(ValueError, match="first stage"):
        fused(signals, numbers(1, 1), directions(EAST, NORTH))


def test_two_candidates_vote_for_each_other_by_what_they_share() -> None:
    between = (math.sqrt(0.5), math.sqrt(0.5))
    # each one's only other voter is the other, whatever it weighs
    np.testing.assert_allclose(votes(numbers(0.5, 0.45), directions(EAST, between)), [0.5**0.5] * 2, rtol=1e-5)


def test_votes_weigh_more_the_nearer_the_voter_is_to_the_best() -> None:
    weights = np.exp(20 * np.array([0, -0.05, -0.1]))
    first, second, third = weights / weights.sum()
    found = votes(numbers(0.6, 0.55, 0.5), directions(EAST, NORTH, EAST))
    expected = [third / (1 - first), 0, first / (1 - third)]
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert second > third


def test_only_the_best_few_vote() -> None:
    base = numbers(*[0.5] * VOTERS, 0.4, 0.4)
    found = votes(base, directions(*[EAST] * VOTERS, NORTH, NORTH))
    np.testing.assert_allclose(found, [1] * VOTERS + [0, 0], atol=1e-6)


def test_a_winner_so_clear_that_nobody_else_votes_gets_next_to_nothing() -> None:
    found = votes(numbers(1, 0), directions(EAST, EAST))
    assert found[0] == pytest.approx(math.exp(-20) / 0.05, abs=1e-6)
    assert found[1] == pytest.approx(1, abs=1e-6)


def test_one_candidate_hears_no_other_and_none_gives_none() -> None:
    assert votes(numbers(0.7), directions(EAST)).tolist() == [0]
    nothing = Signals(numbers(), numbers(), numbers())
    assert fused(nothing, numbers(), directions()).tolist() == []
    one = Signals(numbers(0.8), numbers(0.2), numbers(0.4))
    by_hand = 0.60 * 0.9 + 0.15 * 0.8 + 0.10 * 0.4 + 0.15 * 0.2
    np.testing.assert_allclose(fused(one, numbers(0.9), directions(EAST)), [by_hand], rtol=1e-6)


def test_the_fused_score_is_the_weighted_sum_and_a_quarter_of_the_votes() -> None:
    signals = Signals(numbers(0.8, 0.2), numbers(0.2, 0.1), numbers(0.4, 0.3))
    found = fused(signals, numbers(0.9, 0.5), directions(EAST, EAST))
    base = [0.60 * 0.9 + 0.15 * 0.8 + 0.10 * 0.4 + 0.15 * 0.2, 0.60 * 0.5 + 0.15 * 0.2 + 0.10 * 0.3 + 0.15 * 0.1]
    share = 1 / (1 + math.exp(20 * (base[1] - base[0])))
    heard = [(1 - share) / max(1 - share, 0.05), 1.0]
    np.testing.assert_allclose(found, np.array(base) + 0.25 * np.array(heard), rtol=1e-4)


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.floats(0, 6, width=32)), min_size=1, max_size=12))
def test_votes_are_similarities_and_do_not_hang_on_the_order(rows: list[tuple[float, float]]) -> None:
    base = numbers(*(score for score, _ in rows))
    vectors = directions(*((math.cos(angle), math.sin(angle)) for _, angle in rows))
    found = votes(base, vectors)
    assert np.all(np.abs(found) <= 1 + 1e-5)
    if len(set(base.tolist())) == len(rows):
        np.testing.assert_allclose(votes(base[::-1].copy(), vectors[::-1].copy())[::-1], found, atol=1e-5)
