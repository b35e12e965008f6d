"""The words in italics at the head of a clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.openers import operative_opener, preambular_opener


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("Recalling General Assembly resolution 46/152,", "Recalling"),
        ("Bearing in mind also the consultative nature", "Bearing in mind also"),
        ("Noting with concern the increase", "Noting with concern"),
        ("Noting with deep concern that", "Noting with deep concern"),
        ("Deeply concerned about the rise", "Deeply concerned"),
        ("Concerned at the rise", "Concerned"),
        ("Convinced that", "Convinced"),
        ("Taking note of the report", "Taking note"),
        ("Taking note with appreciation of the report", "Taking note with appreciation"),
        ("Having considered the report", "Having considered"),
        ("Having regard to the Charter", "Having regard"),
        ("Expressing its appreciation to the Government", "Expressing its appreciation"),
        ("Also recalling its resolution", "Also recalling"),
        ("Fully aware of the fact", "Fully aware"),
        ("Deploring all acts", "Deploring"),
        ("Recalling  further the  report", "Recalling  further"),
        ("During its session", ""),
        ("Concerning firearms", ""),
        ("The States Members", ""),
        ("Aware", "Aware"),
        ("Awareness of crime", ""),
        ("", ""),
    ],
)
def test_the_participle_that_opens_a_preambular_paragraph(text: str, opener: str) -> None:
    assert preambular_opener(text) == opener


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("Calls upon Member States", "Calls upon"),
        ("Urges Member States", "Urges"),
        ("Strongly urges Member States", "Strongly urges"),
        ("Takes note of the report", "Takes note"),
        ("Takes note with appreciation of the report", "Takes note with appreciation"),
        ("Notes with appreciation the work", "Notes with appreciation"),
        ("Also invites Member States", "Also invites"),
        ("Expresses its gratitude to the people", "Expresses its gratitude"),
        ("Expresses concern about the vulnerability", "Expresses concern"),
        ("Decides to establish", "Decides"),
        ("Member States should cooperate", ""),
        ("Measures to be taken", ""),
        ("We urge Member States", ""),
        ("Requestship", ""),
    ],
)
def test_the_verb_that_opens_an_operative_paragraph_of_a_resolution(text: str, opener: str) -> None:
    assert operative_opener(text) == opener


@given(st.text())
def test_an_opener_is_how_the_text_begins(text: str) -> None:
    assert text.startswith(preambular_opener(text))
    assert text.startswith(operative_opener(text))
