"""Fitting the bands: the logistic model, the threshold, and bands cut on what was fitted."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.calibrate import SHOWN, Fit, Judged, cut, fit, least_chance, logistic, shares, sounding
from index.bands import Logistic


def test_a_model_of_one_figure_without_penalty_gives_the_observed_shares() -> None:
    figures = np.repeat([[0.0], [1.0]], [4, 10], axis=0)
    truths = np.array([1, 0, 0, 0, *[1] * 8, 0, 0], dtype=np.bool_)
    model = logistic(figures, truths, 0.0)
    np.testing.assert_allclose(model.chance(np.array([[0.0], [1.0]])), [0.25, 0.8], rtol=1e-8)


def test_a_penalty_draws_the_weights_towards_nothing_and_leaves_the_mean() -> None:
    numbers = np.random.default_rng(1)
    figures = numbers.normal(size=(200, 3)) * [1, 10, 100] + 5
    truths = figures[:, 0] + numbers.normal(size=200) > 5
    free, held = (logistic(figures, truths, penalty) for penalty in (0.0, 50.0))
    assert abs(held.weights[0]) < abs(free.weights[0])
    for model in (free, held):
        assert model.chance(figures).mean() == pytest.approx(truths.mean(), abs=1e-8)


@pytest.mark.parametrize(("precision", "expected"), [(1.0, 0.9), (0.75, 0.6), (0.55, 0.4), (0.5, 0.2)])
def test_the_threshold_is_the_lowest_at_which_the_precision_holds(precision: float, expected: float) -> None:
    chances, truths = np.array([0.2, 0.9, 0.8, 0.7, 0.6, 0.4]), np.array([0, 1, 0, 1, 1, 0], dtype=np.bool_)
    assert least_chance(chances, truths, precision) == expected


def test_a_precision_that_never_holds_gives_a_threshold_that_no_chance_reaches() -> None:
    assert least_chance(np.array([0.9]), np.array([False]), 0.5) > 1


def judged() -> Judged:
    """Return forty searches with one hit that backs and two on the subject, and ten that find nothing."""
    numbers = np.random.default_rng(2)
    grades = np.zeros((50, SHOWN), dtype=np.int64)
    grades[:40, :3] = [3, 1, 1]
    scores = np.sort(0.3 * grades + numbers.uniform(0, 0.2, grades.shape), axis=1)[:, ::-1]
    mean = np.broadcast_to(scores.mean(axis=1, keepdims=True), scores.shape)
    length = np.broadcast_to(numbers.uniform(1, 3, (50, 1)), scores.shape)
    anything = np.arange(50) < 40
    return Judged(
        groups=np.array(["a", "b", "c", "a", "b"] * 10),
        hits=np.stack([scores, scores - scores[:, :1], mean, length], axis=2),
        grades=grades,
        searches=np.stack([scores[:, 0], scores[:, 0], length[:, 0], np.full(50, np.nan)], axis=1),
        anything=anything,
        backed=anything,
        pooled=np.column_stack([anything + numbers.normal(size=50), numbers.normal(size=50), np.ones(50)]),
    )


def test_bands_fitted_on_one_group_hold_on_another_where_the_figures_tell() -> None:
    every = judged()
    seen = every.groups != "b"
    close, partial, right = shares(every, cut(every, fit(every, seen)), ~seen)
    assert close > 0.8
    assert partial > 0.7
    assert right > 0.9


def test_the_best_hit_is_partial_at_least_when_anything_is_there_and_none_is_when_not() -> None:
    every = judged()
    never, always, silent = Logistic(-50, (0, 0, 0, 0)), Logistic(50, (0, 0, 0, 0)), Logistic(0, (0, 0, 0))
    bands = cut(every, Fit(silent, never, never, always, 0.5, 0.5))
    assert (bands[:, 0] == 1).all()
    assert not bands[:, 1:].any()
    assert not cut(every, Fit(silent, never, never, never, 0.5, 0.5)).any()


def test_how_a_query_sounds_is_fitted_on_others_and_without_dimensions_that_never_change() -> None:
    fitted = fit(judged(), np.ones(50, dtype=np.bool_))
    assert fitted.heard.weights[0] > 0
    assert fitted.heard.weights[2] == 0
    assert np.isfinite(fitted.there.weights).all()


def test_how_a_query_sounds_is_filled_in_for_the_chosen_alone() -> None:
    every = judged()
    chosen = every.groups == "a"
    filled = sounding(every, chosen, Logistic(2.0, (0.0, 0.0, 1.0)))
    np.testing.assert_array_equal(filled.searches[chosen, 3], 3.0)
    assert np.isnan(filled.searches[~chosen, 3]).all()
    assert np.isnan(every.searches[:, 3]).all()
