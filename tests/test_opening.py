"""Another opener for a clause."""

from __future__ import annotations

import pytest

from corpus.errors import DraftError
from drafting.ladder import ladder
from drafting.model import Style
from drafting.opening import openers_by_rung, with_opener

DECLARATION, RESOLUTION = Style.DECLARATION, Style.RESOLUTION


@pytest.mark.parametrize(
    ("text", "opener", "style", "expected"),
    [
        ("We urge Member States to act", "We invite", DECLARATION, "We invite Member States to act"),
        ("We strongly urge States", "We urge", DECLARATION, "We urge States"),
        ("We also call upon States", "We urge", DECLARATION, "We also urge States"),
        ("we call upon States", "We urge", DECLARATION, "we urge States"),
        ("We call\nupon States", "We urge", DECLARATION, "We urge States"),
        ("Urges States", "Calls upon", RESOLUTION, "Calls upon States"),
        ("Also urges States", "Calls upon", RESOLUTION, "Also calls upon States"),
        ("Member States should act", "We urge", DECLARATION, "We urge Member States should act"),
        ("<b>urge</b> $x$", "We urge", DECLARATION, "We urge <b>urge</b> $x$"),
        ("Urgent action", "Urges", RESOLUTION, "Urges Urgent action"),
    ],
)
def test_the_opening_verb_is_exchanged_and_nothing_else(text: str, opener: str, style: Style, expected: str) -> None:
    assert with_opener(text, opener, ladder(), style) == expected


@pytest.mark.parametrize(
    ("text", "opener", "problem"),
    [
        ("We [urge] States", "We invite", "is not on the ladder"),
        ("We dream", "We invite", "is not on the ladder"),
        ("We urge States", "Urges", "no opener of the ladder"),
        ("We urge States", "<script>", "no opener of the ladder"),
    ],
)
def test_what_cannot_be_exchanged_safely_is_refused(text: str, opener: str, problem: str) -> None:
    with pytest.raises(DraftError, match=problem):
        with_opener(text, opener, ladder(), DECLARATION)


@pytest.mark.parametrize("style", list(Style))
def test_openers_come_by_rung_the_strongest_first_and_each_is_found_again(style: Style) -> None:
    rungs = openers_by_rung(ladder(), style)
    assert [number for number, _, _ in rungs] == sorted({number for number, _, _ in rungs})
    for _, addressee, openers in rungs:
        assert addressee
        for opener in openers:
            first = openers_by_rung(ladder(), style)[0][2][0]
            assert with_opener(f"{opener} States", first, ladder(), style) == f"{first} States"


def test_what_a_resolution_has_no_verb_for_is_not_offered_to_it() -> None:
    every = [opener for _, _, openers in openers_by_rung(ladder(), RESOLUTION) for opener in openers]
    assert "Calls upon" in every
    assert not any(opener.startswith("Endeavours") for opener in every)
