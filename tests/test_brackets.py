"""Square brackets: nested, side by side, without a partner, settled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.brackets import Bracket, accept, accept_all, brackets, choices, choose, has_brackets, strike, strike_all


def held(text: str) -> list[tuple[str, int]]:
    return [(text[pair.start : pair.end], pair.depth) for pair in brackets(text).pairs]


@pytest.mark.parametrize(
    ("text", "pairs", "unmatched"),
    [
        ("We urge", [], ()),
        ("We [urge] States", [("[urge]", 0)], ()),
        ("[a [b] [c [d]]]", [("[a [b] [c [d]]]", 0), ("[b]", 1), ("[c [d]]", 1), ("[d]", 2)], ()),
        ("We [urge States", [], (3,)),
        ("We urge] States", [], (7,)),
        ("a] [b [c]", [("[c]", 0)], (1, 3)),
        ("[a] ] [", [("[a]", 0)], (4, 6)),
    ],
)
def test_brackets_are_paired_or_named_as_unmatched(
    text: str, pairs: list[tuple[str, int]], unmatched: tuple[int, ...]
) -> None:
    assert held(text) == pairs
    assert brackets(text).unmatched == unmatched
    assert brackets(text).balanced == (len(unmatched) == 0)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("We [shall] [should] act", [["[shall]", "[should]"]]),
        ("We [shall]/[should] / [may] act", [["[shall]", "[should]", "[may]"]]),
        ("We [shall] or [should] act", []),
        ("[a [b] [c]] [d]", [["[a [b] [c]]", "[d]"], ["[b]", "[c]"]]),
        ("[a] [b] and [c] [d]", [["[a]", "[b]"], ["[c]", "[d]"]]),
        ("[x [a]] [[b] y]", [["[x [a]]", "[[b] y]"]]),
        ("[a]\n[b", []),
    ],
)
def test_brackets_side_by_side_are_a_choice(text: str, groups: list[list[str]]) -> None:
    assert [[text[pair.start : pair.end] for pair in group] for group in choices(text)] == groups


@pytest.mark.parametrize(
    ("text", "accepted", "struck"),
    [
        ("We [strongly] urge", "We strongly urge", "We urge"),
        ("We urge [strongly].", "We urge strongly.", "We urge."),
        ("[All] States", "All States", "States"),
        ("States[, as appropriate,] act", "States, as appropriate, act", "States act"),
        ("We [a [b] c] urge", "We a b c urge", "We urge"),
        (
            "We urge:\n(a) one [or two]\n(b) three",
            "We urge:\n(a) one or two\n(b) three",
            "We urge:\n(a) one\n(b) three",
        ),
        ("We [urge", "We [urge", "We [urge"),
    ],
)
def test_brackets_are_taken_off_or_struck_out_with_what_they_hold(text: str, accepted: str, struck: str) -> None:
    assert accept_all(text) == accepted
    assert strike_all(text) == struck


def test_one_bracket_is_settled_and_the_others_stay() -> None:
    text = "We [a [b] c] urge [d]"
    assert accept(text, Bracket(3, 12, 0)) == "We a [b] c urge [d]"
    assert strike(text, Bracket(6, 9, 1)) == "We [a c] urge [d]"


def test_one_option_of_a_choice_is_taken() -> None:
    text = "We [shall] [should [soon]] act"
    (group,) = choices(text)
    assert choose(text, group, 0) == "We shall act"
    assert choose(text, group, 1) == "We should [soon] act"


@given(st.text("[]a /", max_size=30))
def test_every_bracket_is_in_one_pair_or_unmatched_and_pairs_nest(text: str) -> None:
    found = brackets(text)
    places = [place for pair in found.pairs for place in (pair.start, pair.end - 1)]
    assert sorted([*places, *found.unmatched]) == [at for at, character in enumerate(text) if character in "[]"]
    assert has_brackets(text) == bool(places or found.unmatched)
    for pair in found.pairs:
        around = [other for other in found.pairs if other.start < pair.start and pair.end < other.end]
        assert pair.depth == len(around)
    assert brackets(accept_all(text)).pairs == ()
    if found.balanced:
        assert not has_brackets(strike_all(text))
