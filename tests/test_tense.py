"""Reported speech put back into the present, and what is left because it cannot be told."""

from __future__ import annotations

import pytest

from drafting.phrasing.tense import to_present

TURNED = [
    ("that education was a powerful tool", "that education is a powerful tool"),
    ("that there had been a growing understanding", "that there has been a growing understanding"),
    ("that unprecedented changes had occurred", "that unprecedented changes have occurred"),
    ("that young people had a right to due process", "that young people have a right to due process"),
    ("programmes that had had a proven impact", "programmes that have had a proven impact"),
    ("that mapping could be counterproductive", "that mapping can be counterproductive"),
    ("detention, which might infringe on the principle", "detention, which may infringe on the principle"),
    ("that the theme would build on achievements", "that the theme will build on achievements"),
    ("be considered, as that would foster cooperation", "be considered, as that would foster cooperation"),
    ("forms of crime which did not fall within", "forms of crime which do not fall within"),
    ("approaches that incorporated family and school", "approaches that incorporate family and school"),
    ("to ensure that they filtered down", "to ensure that they filter down"),
    (
        "policies that promoted housing and prevented the involvement",
        "policies that promote housing and prevent the involvement",
    ),
    (
        "that the effectiveness of measures depended on administration",
        "that the effectiveness of measures depends on administration",
    ),
    (
        "that prevention, including training, needed to be considered",
        "that prevention, including training, needs to be considered",
    ),
    ("that the Internet offered a tool", "that the Internet offers a tool"),
    ("measures that practitioners undertook in that regard", "measures that practitioners undertake in that regard"),
    (
        "that an increasing number of instruments called on States",
        "that an increasing number of instruments call on States",
    ),
    ("that groups financed or supported their activities", "that groups finance or support their activities"),
    ("an area of concern that required attention", "an area of concern that requires attention"),
    ("that efforts could not succeed", "that efforts cannot succeed"),
    ("that policies in that area required implementation", "that policies in that area require implementation"),
]

LEFT = [
    "measures adopted to combat trafficking",
    "the joint investigation mechanism provided for under the Convention",
    "persons forced to leave their countries or displaced by conflict",
    "youth involved in crime",
    "concern that increased trafficking be met",
    "measures planned or carried out",
    "initiatives carried out using force",
    "the dangerous trend, relayed by the media, of demanding repression",
    "that increased efforts be made",
    "that appropriate funding be allocated",
    "that an effective response must be based on trust",
    "that reform should be seen as a part",
    "the recommendations presented below",
    "",
]


@pytest.mark.parametrize(("reported", "expected"), TURNED)
def test_a_reported_verb_goes_back_into_the_present(reported: str, expected: str) -> None:
    assert to_present(reported) == (expected, ())


@pytest.mark.parametrize("text", LEFT)
def test_a_participle_and_a_subjunctive_stay_as_they_are(text: str) -> None:
    assert to_present(text) == (text, ())


def test_what_is_dated_stays_past_and_is_named() -> None:
    text = "that in 2009 the study had been made"
    assert to_present(text) == (text, ("had",))


def test_a_verb_that_may_still_be_past_is_named() -> None:
    text = "the way that cultures enhanced human peace"
    assert to_present(text) == (text, ("enhanced",))
