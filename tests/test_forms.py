"""Markup goes, every word stays, and every character keeps its place in the file."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.forms import Line, RawLine, clean, join, split_lines


def cleaned(text: str, *notes: str) -> Line:
    return clean(RawLine(1, 0, text), notes, follows_blank=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In its resolution [56/119](#), the Assembly", "In its resolution 56/119, the Assembly"),
        ("([A/CONF.234/PM.1](#))", "(A/CONF.234/PM.1)"),
        (r"See [http://x.eu/a\\_b](http://x.eu/a_b).", "See http://x.eu/a_b."),
        ("(<http://www.intgovforum.org/a>)", "(http://www.intgovforum.org/a)"),
        ("the *Commentary* on", "the Commentary on"),
        ("- Chair:* Wisit (Thailand)", "Chair: Wisit (Thailand)"),
        ("<i>Chair:</i>\tZakaria", "Chair:\tZakaria"),
        ("## **B. Substantive focus**", "B. Substantive focus"),
        (" - (a) Children, youth and crime;", "(a) Children, youth and crime;"),
        ("  • (ii) Training of staff;", "(ii) Training of staff;"),
        ("if a < b and b > c", "if a < b and b > c"),
        ("a rate of 2 * 3", "a rate of 2 * 3"),
        ('“legal” – and "plain" – isn\'t', '“legal” – and "plain" – isn\'t'),
        ("\ufeffI. Introduction", "I. Introduction"),
        ("Add.1–4, of 20–27 April", "Add.1–4, of 20–27 April"),
    ],
)
def test_markup_goes_and_words_stay(text: str, expected: str) -> None:
    assert cleaned(text).text == expected


@pytest.mark.parametrize(
    ("text", "notes", "expected", "marks"),
    [
        ("currently 16<sup>10</sup> sectoral", ["10"], "currently 16 sectoral", ["10"]),
        ("(1985).<sup>30, 31</sup> These", ["30", "31"], "(1985). These", ["30", "31"]),
        ("Substances of 1988⁸ and", ["8"], "Substances of 1988 and", ["8"]),
        ("for Crime,¹ crime", ["1"], "for Crime, crime", ["1"]),
        ("a lost note,⁷ here", [], "a lost note, here", ["7"]),
        ("10<sup>6</sup> rows", [], "10<sup>6</sup> rows", []),
        ("an area of 5 km² or", [], "an area of 5 km² or", []),
        ("markdown[^3] notes", ["3"], "markdown notes", ["3"]),
    ],
)
def test_a_raised_number_is_a_mark_unless_it_is_an_exponent(
    text: str, notes: list[str], expected: str, marks: list[str]
) -> None:
    line = cleaned(text, *notes)
    assert line.text == expected
    assert [mark.number for mark in line.marks] == marks


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([("the Secretary-", False), ("General to prepare", True)], "the Secretary-General to prepare"),
        ([("action-", False), ("oriented recommendations", True)], "action-oriented recommendations"),
        ([("Prisoners and", True), ("Non-custodial Measures", True)], "Prisoners and Non-custodial Measures"),
        ([("short-", False), ("and long-term", False)], "short- and long-term"),
        ([("pre-", True), ("trial", False)], "pre- trial"),
        ([("from 2009-", False), ("2010", False)], "from 2009- 2010"),
        ([("Chair:\tX", True), ("", False), ("Vice-Chair:  Y", False)], "Chair: X Vice-Chair: Y"),
        ([], ""),
    ],
)
def test_a_compound_keeps_its_hyphen_and_gets_no_blank(parts: list[tuple[str, bool]], expected: str) -> None:
    assert join(parts) == expected


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("B. Items**1. Strategies****Summary**", ["B. Items", "1. Strategies", "Summary"]),
        ("**General Assembly**Distr.: General", ["General Assembly", "Distr.: General"]),
        ("A **new** approach", ["A new approach"]),
    ],
)
def test_bold_print_glued_to_a_word_is_a_cut(text: str, cut: list[str]) -> None:
    line = cleaned(text)
    places = [0, *line.cuts, len(line.text)]
    assert [line.text[start:stop] for start, stop in pairwise(places)] == cut


@pytest.mark.parametrize(
    ("text", "opens"),
    [("plain", False), (" indented", True), ("- (a) bullet", True), ("- a dash", False), ("## hashes", True)],
)
def test_an_indent_a_bullet_and_hashes_open_something(text: str, opens: bool) -> None:
    assert clean(RawLine(1, 0, text), (), follows_blank=False).opens is opens


@given(st.text())
def test_every_character_that_is_kept_stands_at_its_offset(text: str) -> None:
    for raw in split_lines(text):
        line = clean(raw, (), follows_blank=True)
        assert "".join(text[offset] for offset in line.offsets) == line.text
        assert list(line.offsets) == sorted(set(line.offsets))


@given(st.text(alphabet="ab *_#<>[]()\\/isup0123456789¹²,.-\n\t"))
def test_markup_of_any_shape_is_survived(text: str) -> None:
    for raw in split_lines(text):
        line = clean(raw, ("1", "2"), follows_blank=False)
        assert len(line.text) == len(line.offsets)


def test_lines_are_numbered_and_placed() -> None:
    lines = split_lines("one\r\n\ntwo")
    assert [(line.number, line.start, line.text, line.blank) for line in lines] == [
        (1, 0, "one\r", False),
        (2, 5, "", True),
        (3, 6, "two", False),
    ]
