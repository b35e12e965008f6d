"""The bands: the words for how close a hit is, and when a search found nothing."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bands import ANYTHING, BACKS, CLOSE, PARTIAL, TOPIC, Band, Logistic, bands, hit_figures, length

QUERY = "women in the prisons of women need water"
WORDS = 4  # women, prisons, need, water


def numbers(*values: float) -> npt.NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [((0.0, 0.0), 1 / (1 + math.e)), ((1.0, 0.5), 1 / (1 + math.exp(1 - 2 + 2))), ((1e9, 0), 1.0), ((-1e9, 0), 0.0)],
)
def test_a_chance_is_that_of_the_logistic_function(figures: tuple[float, float], expected: float) -> None:
    assert Logistic(-1, (2, -4)).chance(np.array([figures]))[0] == pytest.approx(expected, abs=1e-12)


def test_the_length_counts_different_words_that_are_no_stop_words() -> None:
    assert length(QUERY) == pytest.approx(math.log(1 + WORDS))
    assert length("the of and") == 0


def test_the_figures_of_a_hit_are_its_score_its_distance_the_ten_best_and_the_length() -> None:
    scores = numbers(0.5, 0.9, *[0.4] * 9, 0.1)
    mean = (0.9 + 0.5 + 8 * 0.4) / 10
    figures = hit_figures(scores, QUERY)
    np.testing.assert_allclose(figures[0], [0.5, -0.4, mean, math.log(5)], rtol=1e-5)
    np.testing.assert_allclose(figures[1], [0.9, 0, mean, math.log(5)], rtol=1e-5)
    assert hit_figures(numbers(), QUERY).shape == (0, 4)


C, P, R = Band.CLOSE, Band.PARTIAL, Band.RELATED


@pytest.mark.parametrize(
    ("scores", "dense", "expected"),
    [
        pytest.param((0.9, 0.3, 0.2), (0.9, 0.2, 0.1), (C, R, R), id="one that stands out"),
        pytest.param((0.3, 0.9, 0.2), (0.2, 0.9, 0.1), (R, C, R), id="in any order"),
        pytest.param((0.9, 0.88, 0.55, 0.2), (0.9, 0.9, 0.5, 0.1), (C, C, R, R), id="two of them"),
        pytest.param((0.48, 0.47, *[0.3] * 8), (0.6, 0.4, *[0.2] * 8), (P, P, *[R] * 8), id="on the subject"),
        pytest.param((0.45,) * 10, (0.6,) * 10, (P,) * 10, id="equally good ones share the best's band"),
        pytest.param((0.45, 0.44, *[0.4] * 8), (0.6,) * 10, (P, *[R] * 9), id="something, so the best is partial"),
        pytest.param((0.2, 0.2, 0.1), (0.3, 0.2, 0.1), (R, R, R), id="nothing"),
        pytest.param((0.9,), (0.9,), (C,), id="one candidate"),
        pytest.param((0.2,), (0.2,), (R,), id="one candidate that is nothing"),
        pytest.param((), (), (), id="no candidate"),
    ],
)
def test_bands_are_cut_on_the_scores_of_the_whole_search(
    scores: tuple[float, ...], dense: tuple[float, ...], expected: tuple[Band, ...]
) -> None:
    assert bands(numbers(*scores), numbers(*dense), QUERY, 0.0) == expected


@given(
    st.lists(st.floats(-0.25, 1.25, width=32), min_size=1, max_size=30),
    st.floats(-1, 1, width=32),
    st.integers(0, 40),
    st.floats(-10, 10),
)
def test_a_better_score_never_has_a_worse_band_and_the_best_is_related_only_when_all_are(
    scores: list[float], dense: float, words: int, sound: float
) -> None:
    query = " ".join(f"w{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(words))
    found = bands(numbers(*scores), numbers(*[dense] * len(scores)), query, sound)
    order = {Band.CLOSE: 2, Band.PARTIAL: 1, Band.RELATED: 0}
    ranked = [order[band] for _, band in sorted(zip(scores, found, strict=True), key=lambda pair: -pair[0])]
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[0] > 0 or not any(ranked)


def test_a_query_that_sounds_like_nothing_any_report_says_can_find_nothing() -> None:
    scores, dense = numbers(0.45, *[0.4] * 9), numbers(*[0.55] * 10)
    assert bands(scores, dense, QUERY, 2.0)[0] is Band.PARTIAL
    assert set(bands(scores, dense, QUERY, -6.0)) == {Band.RELATED}


def test_chances_rise_with_the_score() -> None:
    for model in (BACKS, TOPIC):
        assert model.weights[0] + model.weights[1] > 0
    assert ANYTHING.weights[0] > 0 < ANYTHING.weights[1]
    assert ANYTHING.weights[3] > 0
    assert 0.5 < CLOSE < 1
    assert 0.5 < PARTIAL < 1
