"""Fitting the claims: the threshold, what is measured of claims, and a fit that holds where the figures tell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.calibrate_support import (
    IN_PART,
    WHOLE,
    Claims,
    claims,
    fit,
    kept_or_learned,
    least_chance,
    measures,
    passages_and_grades,
    report,
    save,
)
from benchmarks.contrast import NOT_JUDGED
from benchmarks.judged_claims import Judged, heard, joined
from index import overreach, precedent
from index.bands import Logistic
from index.claims import FIGURES, HEARD, heard_figures
from index.learned import Parameters
from index.precedent import Precedent


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
    """Return clauses beside two reports: the first's passages tell by their score, and half the clauses are backed.

    The last six are contrasting ones, of which the first report's best passage alone has a grade.
    """
    numbers = np.random.default_rng(3)
    backed = np.arange(clauses) % 2 == 0
    passages, grades, best, kinds = [], [], [], []
    for clause in range(clauses):
        contrasting = clause >= clauses - 6
        for symbol in range(2):
            own = np.where(backed[clause] & (symbol == 0), [3, 0, 0], [0, 0, 0])
            figures = numbers.normal(size=(3, FIGURES)) * 0.1
            figures[:, 0] += own
            passages.append(figures)
            grades.append(np.where(own == 0, NOT_JUDGED, own) if contrasting and backed[clause] else own)
            best.append(own.max())
            kinds.append(("faithful" if backed[clause] else "overstated") if contrasting else "clause")
    folds = np.array(["a", "b", "c"] * (clauses // 3))
    return Judged(
        folds=np.repeat(folds, 2),
        authors=np.repeat(folds, 2),
        kinds=np.array(kinds),
        judged=np.array([kind == "clause" for kind in kinds]),
        measured=np.array([kind == "clause" for kind in kinds]),
        best=np.array(best),
        passages=tuple(passages),
        grades=tuple(grades),
        clause=np.repeat(np.arange(clauses), 2),
        vectors=np.column_stack(
            [backed + numbers.normal(size=clauses) * 0.1, numbers.normal(size=clauses), [1] * clauses]
        ),
        backed=backed,
        away=folds[:, None] == np.unique(folds),
    )


def test_claims_fitted_on_some_folds_hold_on_another_where_the_figures_tell() -> None:
    every = judged()
    own = every.folds == "a"
    fitted = fit(every, every.unseen("a"))
    made = claims(heard(every, own, fitted.heard), own, fitted.supports, fitted.partly, fitted.backed)
    f1, precision, _, evidence, _ = measures(every.best[own], made)
    assert f1 > 0.9
    assert precision > 0.9
    assert evidence == 1


def test_what_is_away_changes_nothing() -> None:
    every = judged()
    own = every.folds == "a"
    spoilt = replace(
        every, grades=tuple(grades * 0 if one else grades for grades, one in zip(every.grades, own, strict=True))
    )
    spoilt = replace(spoilt, best=np.where(own, 0, every.best), backed=every.backed & ~every.unseen("a"))
    assert fit(every, every.unseen("a")) == fit(spoilt, every.unseen("a"))


def test_what_is_not_measured_cuts_no_threshold() -> None:
    every, none_away = judged(), np.zeros(60, dtype=np.bool_)
    spoilt = replace(every, best=np.where(every.judged, every.best, 1))
    assert (spoilt.best != every.best).any()
    assert fit(spoilt, none_away) == fit(every, none_away)


def test_of_a_contrasting_clause_the_best_passage_alone_is_learned_from_where_it_has_a_grade() -> None:
    every = judged()
    for row, (kind, best) in enumerate(zip(every.kinds, every.best, strict=True)):
        figures, grades = passages_and_grades(every, row)
        own = np.repeat(every.grades[row], 2).tolist()
        assert grades.tolist() == {"clause": own, "overstated": [0] * 4, "faithful": [3] * 4 if best else []}[kind]
        assert figures.shape == (len(grades), FIGURES)
        assert (figures[: len(grades)] == every.passages[row][:1]).all() or kind == "clause"


def test_a_passage_beside_a_query_that_is_not_measured_counts_half() -> None:
    every = judged()
    unmeasured = replace(every, measured=np.zeros_like(every.measured))
    for row in np.flatnonzero(every.judged).tolist():
        assert passages_and_grades(every, row)[1].tolist() == np.repeat(every.grades[row], 2).tolist()
        assert passages_and_grades(unmeasured, row)[1].tolist() == every.grades[row].tolist()


def test_how_a_clause_sounds_is_fitted_without_dimensions_that_never_change() -> None:
    model = fit(judged(), np.zeros(60, dtype=np.bool_)).heard
    assert model.weights[0] > 0
    assert model.weights[2] == 0


def test_the_figures_of_how_a_clause_sounds_are_filled_in_for_the_chosen_alone() -> None:
    every = judged()
    own = every.folds == "b"
    filled = heard(every, own, Logistic(7.0, (0.0, 0.0, 0.0)))
    for row, chosen in enumerate(own):
        figures = filled.passages[row]
        assert (figures[:, HEARD] == heard_figures(7.0)).all() == chosen
        np.testing.assert_array_equal(figures[:, : HEARD.start], every.passages[row][:, : HEARD.start])


def test_what_several_searchers_judged_is_joined_with_each_report_beside_its_own_clause() -> None:
    one = judged()
    both = joined([one, one])
    assert both.clause.tolist() == [*one.clause, *(one.clause + 60)]
    assert len(both.passages) == len(both.grades) == len(both.best) == 240
    np.testing.assert_array_equal(both.vectors[both.clause[120:]], one.vectors[one.clause])
    np.testing.assert_array_equal(both.unseen("b"), np.tile(one.unseen("b"), 2))


def test_the_report_counts_judged_reports_and_names_the_share_of_overstated_clauses_claimed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report(judged())
    printed = capsys.readouterr().out
    assert "all reports (108)" in printed
    assert "of 3 overstated clauses claimed of some report: 0.0000" in printed
    assert "of 3 faithful clauses claimed of some report: 1.0000" in printed


def test_what_is_kept_is_not_learned_again(tmp_path: Path) -> None:
    learned = Parameters("a model", *(np.ones(shape, np.float32) for shape in ((4,), (4, 2), (4, 2))))
    times: list[int] = []

    def learn() -> Parameters:
        times.append(1)
        return learned

    for _ in range(2):
        found = kept_or_learned(tmp_path / "authors", "ranking a", learn)
        np.testing.assert_array_equal(found.asked, learned.asked)
    assert len(times) == 1
    kept_or_learned(None, "ranking a", learn)
    assert len(times) == 2


def test_how_clauses_sound_is_saved_for_claims_and_for_searches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = tmp_path / "overreach.npz", tmp_path / "precedent.npz"
    monkeypatch.setattr(overreach, "BUNDLED", one)
    monkeypatch.setattr(precedent, "BUNDLED", other)
    every = judged()
    every = replace(every, vectors=np.column_stack([every.vectors, every.vectors[:, ::-1]]))
    save(every, fit(every, np.zeros(60, dtype=np.bool_)), "a model")
    assert Precedent.open(one).weights.shape == (6,)
    assert Precedent.open(other).weights.shape == (3,)
    assert Precedent.open(other).weights[0] > 0
    assert {Precedent.open(path).model for path in (one, other)} == {"a model"}
