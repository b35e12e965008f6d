"""Fitting the claims: the threshold, what is measured of claims, and a fit that holds where the figures tell."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.calibrate_support import IN_PART, WHOLE, Claims, claims, fit, least_chance, measures
from benchmarks.judged_claims import Judged, answered, heard, joined
from index.bands import Logistic
from index.claims import DECISIVE, FIGURES, HEARD


@pytest.mark.parametrize(("precision", "expected"), [(1.0, 0.9), (0.75, 0.6), (0.0, 0.6)])
def test_the_threshold_has_the_best_f1_among_those_that_are_precise_enough(precision: float, expected: float) -> None:
    chances, truths = np.array([0.2, 0.9, 0.8, 0.7, 0.6, 0.4]), np.array([0, 1, 0, 1, 1, 0], dtype=np.bool_)
    assert least_chance(chances, truths, precision) == expected


def test_a_precision_that_never_holds_gives_a_threshold_that_no_chance_reaches() -> None:
    assert least_chance(np.array([0.9]), np.array([False]), 0.5) > 1


def test_claims_are_measured_as_a_negotiator_would_count_them() -> None:
    best = np.array([3, 2, 2, 0, 1])
    made = Claims(np.zeros(5), np.array([WHOLE, IN_PART, 0, WHOLE, 0]), np.array([3, 1, 3, 0, 1]))
    f1, precision, recall, evidence, whole = measures(best, made)
    assert (precision, recall, f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert (evidence, whole) == pytest.approx((1 / 2, 1 / 2))


def judged(clauses: int = 60) -> Judged:
    """Return clauses beside two reports: the first's passages tell by their score, and half the clauses are backed."""
    numbers = np.random.default_rng(3)
    backed = np.arange(clauses) % 2 == 0
    passages, grades, best = [], [], []
    for clause in range(clauses):
        for report in range(2):
            own = np.where(backed[clause] & (report == 0), [3, 0, 0], [0, 0, 0])
            figures = numbers.normal(size=(3, FIGURES)) * 0.1
            figures[:, 0] += own
            passages.append(figures)
            grades.append(own)
            best.append(own.max())
    return Judged(
        groups=np.repeat(np.array(["a", "b", "c"] * (clauses // 3)), 2),
        kinds=np.array(["clause"] * (2 * clauses)),
        best=np.array(best),
        passages=tuple(passages),
        answers=tuple(np.full((3, 3), row) + np.arange(3) / 10 for row in range(2 * clauses)),
        grades=tuple(grades),
        clause=np.repeat(np.arange(clauses), 2),
        pooled=np.column_stack(
            [backed + numbers.normal(size=clauses) * 0.1, numbers.normal(size=clauses), [1] * clauses]
        ),
        backed=backed,
    )


def test_claims_fitted_on_some_groups_hold_on_another_where_the_figures_tell() -> None:
    every = judged()
    own = every.groups == "a"
    fitted = fit(every, ~own)
    made = claims(heard(every, own, fitted.heard), own, fitted.supports, fitted.partly, fitted.backed)
    f1, precision, _, evidence, _ = measures(every.best[own], made)
    assert f1 > 0.9
    assert precision > 0.9
    assert evidence == 1


def test_how_a_clause_sounds_is_fitted_without_dimensions_that_never_change() -> None:
    model = fit(judged(), np.ones(120, dtype=np.bool_)).heard
    assert model.weights[0] > 0
    assert model.weights[2] == 0


def test_the_figure_of_how_a_clause_sounds_is_filled_in_for_the_chosen_alone() -> None:
    every = judged()
    own = every.groups == "b"
    filled = heard(every, own, Logistic(7.0, (0.0, 0.0, 0.0)))
    for row, chosen in enumerate(own):
        assert (filled.passages[row][:, HEARD] == 7).all() == chosen
        np.testing.assert_array_equal(
            np.delete(filled.passages[row], HEARD, 1), np.delete(every.passages[row], HEARD, 1)
        )


def test_what_decides_is_that_learned_without_the_author_and_the_group_that_is_judged() -> None:
    every = judged()
    for group, column in (("a", 0), ("c", 2)):
        filled = answered(every, group)
        for row, figures in enumerate(filled.passages):
            np.testing.assert_allclose(figures[:, DECISIVE], row + column / 10)
    for row, figures in enumerate(answered(every, None).passages):
        np.testing.assert_allclose(figures[:, DECISIVE], row + "abc".index(every.groups[row]) / 10)
    assert not (every.passages[7][:, DECISIVE] == 7).any()


def test_what_several_searchers_judged_is_joined_with_each_report_beside_its_own_clause() -> None:
    one = judged()
    both = joined([one, one])
    assert both.clause.tolist() == [*one.clause, *(one.clause + 60)]
    assert len(both.passages) == len(both.grades) == len(both.best) == 240
    np.testing.assert_array_equal(both.pooled[both.clause[120:]], one.pooled[one.clause])
