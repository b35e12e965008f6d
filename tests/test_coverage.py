"""How much of a clause a passage says, worked out by hand with tokens of one dimension each."""

from __future__ import annotations

import numpy as np
import pytest

from index.coverage import ClauseTokens, Coverage
from index.encoder import Encoding
from index.late import TokenIndex, WindowTokens, tokens_of
from index.learned import Parameters

DIMENSION = 8
NOTHING = Parameters(
    "a model", *(np.zeros(shape, np.float32) for shape in ((DIMENSION,), (DIMENSION, 2), (DIMENSION, 2)))
)
STOP = 7  # the one token that is a stop word


def encoding(ids: list[int]) -> Encoding:
    """Return a text of tokens, each with a direction of its own."""
    return Encoding(np.zeros(DIMENSION, np.float32), np.array(ids, np.int32), np.eye(DIMENSION, dtype=np.float32)[ids])


def index_of(*windows: list[int]) -> TokenIndex:
    filled: list[WindowTokens] = [tokens_of(encoding(ids)) for ids in windows]
    return TokenIndex.build(filled, DIMENSION, np.array([STOP], np.int32))


def covered(clause: list[int], *windows: list[int]) -> Coverage:
    """Return how much of a clause the first window says; the others make no word rare."""
    return ClauseTokens(index_of(*windows), [encoding(clause)], NOTHING).coverage(0, 1)


def test_a_passage_of_the_same_words_says_everything() -> None:
    whole = covered([0, 1, 2], [2, 1, 0], [3])
    assert (whole.stretch, whole.weakest, whole.reverse) == pytest.approx((1, 1, 1))
    assert whole.heaviest == pytest.approx(0, abs=1e-6)


def test_a_passage_without_a_shared_word_says_nothing() -> None:
    nothing = covered([0, 1], [2, 3], [0, 1])
    assert (nothing.stretch, nothing.weakest, nothing.reverse) == pytest.approx((0, 0, 0))
    assert nothing.heaviest == pytest.approx(0.5)


def test_the_word_that_is_left_unsaid_counts_by_its_weight() -> None:
    rare_left_out = covered([0, 1], [1], [0], [1], [1])
    common_left_out = covered([0, 1], [0], [1], [1], [1])
    assert rare_left_out.heaviest > common_left_out.heaviest > 0


def test_stop_words_are_neither_missed_nor_looked_back_for() -> None:
    without = covered([0, STOP], [0], [1])
    assert without.heaviest == pytest.approx(0, abs=1e-6)
    assert without.weakest == pytest.approx(1)
    assert covered([0], [0, STOP], [1]).reverse == pytest.approx(1)


def test_words_that_stand_far_apart_are_in_no_one_stretch() -> None:
    apart = covered([0, 1], [0, *[2] * 80, 1], [3])
    together = covered([0, 1], [0, 1, *[2] * 80], [3])
    assert together.stretch == pytest.approx(1)
    assert apart.stretch < 0.7
    assert apart.weakest == together.weakest == pytest.approx(1)


def test_a_turn_of_phrase_that_is_left_out_is_found_in_a_long_clause() -> None:
    said, left = [0] * 20, [1, 2, 3, 4, 5]
    assert covered([*said, *left], [0], [1], [2], [3], [4], [5]).weakest == pytest.approx(0, abs=1e-6)


def test_a_clause_of_stop_words_alone_is_compared_by_these() -> None:
    assert covered([STOP], [STOP], [0]).weakest == pytest.approx(1)


def test_a_passage_without_tokens_says_nothing() -> None:
    assert covered([0], [], [0]) == Coverage(0.0, 0.0, 1.0, 0.0, 0.0)
