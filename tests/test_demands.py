"""Which demands of a clause a passage doesn't mention."""

from __future__ import annotations

import pytest

from index.demands import DEMANDS, unmentioned
from index.words import every_stem


@pytest.mark.parametrize(
    ("clause", "passage", "expected"),
    [
        ("States should cooperate", "States were urged to cooperate", (0, 0, 0, 0)),
        ("a levy on banks", "banks were invited to help", (1, 0, 0, 0)),
        ("a levy on banks", "levies on banks", (0, 0, 0, 0)),
        ("mandatory prison terms", "prison terms", (0, 1, 0, 0)),
        ("judges must be independent", "judges should be independent", (0, 1, 0, 0)),
        ("banned and punished", "discussed", (0, 0, 2, 0)),
        ("an international court", "cooperation", (0, 0, 0, 1)),
    ],
)
def test_each_sort_of_demand_is_counted_by_stem(clause: str, passage: str, expected: tuple[int, ...]) -> None:
    assert unmentioned(every_stem(clause), every_stem(passage)) == expected


def test_no_word_is_a_demand_of_two_sorts() -> None:
    assert sum(map(len, DEMANDS)) == len(frozenset().union(*DEMANDS))
