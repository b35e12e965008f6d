"""The bands: the words for how close a hit is."""

from __future__ import annotations

import math

import pytest

from index.bands import BEST_PARTIAL, CLOSE, PARTIAL, Band, band

A_LITTLE = 1e-6


@pytest.mark.parametrize(
    ("closeness", "best", "expected"),
    [
        (1.0, True, Band.CLOSE),
        (CLOSE, False, Band.CLOSE),
        (CLOSE - A_LITTLE, False, Band.PARTIAL),
        (CLOSE - A_LITTLE, True, Band.PARTIAL),
        (PARTIAL, False, Band.PARTIAL),
        (PARTIAL - A_LITTLE, False, Band.RELATED),
        (PARTIAL - A_LITTLE, True, Band.PARTIAL),
        (BEST_PARTIAL, True, Band.PARTIAL),
        (BEST_PARTIAL - A_LITTLE, True, Band.RELATED),
        (-1.0, True, Band.RELATED),
        (math.nan, True, Band.RELATED),
    ],
)
def test_a_band_is_cut_on_closeness_with_a_lower_bar_for_the_best(closeness: float, best: bool, expected: Band) -> None:
    assert band(closeness, best=best) is expected


def test_the_cuts_are_in_order() -> None:
    assert 0 < BEST_PARTIAL < PARTIAL < CLOSE < 1
