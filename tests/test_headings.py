"""Depth comes from the form of the number, never from markup."""

import pytest

from corpus.headings import HeadingPath, has_page_reference, numberings, roman_value


@pytest.mark.parametrize(
    ("mark", "value"),
    [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("XC", 90), ("", 0), ("IIII", 0), ("VX", 0), ("A", 0)],
)
def test_roman_numbers_have_values(mark: str, value: int) -> None:
    assert roman_value(mark) == value


@pytest.mark.parametrize(
    ("text", "series"),
    [
        ("II. Conclusions", ["roman"]),
        ("I. Introduction", ["roman", "letter"]),
        ("B. Workshops", ["letter"]),
        ("C. Other issues", ["roman", "letter"]),
        ("6. Recent developments", ["arabic"]),
        ("Workshop 1. Education", ["worded Workshop"]),
        ("Substantive item 4. Responses", ["worded Substantive item"]),
        ("Annex I", ["annex"]),
        ("Annex", ["annex"]),
        ("Annex I contains a list", []),
        ("The Meeting", []),
        ("27 February 2009", []),
    ],
)
def test_a_line_is_read_by_the_form_of_its_number(text: str, series: list[str]) -> None:
    assert [numbering.series for numbering in numberings(text)] == series


def path_after(*titles: str) -> tuple[str, ...]:
    path = HeadingPath()
    for title in titles:
        path.enter_unsorted(title)
    return path.titles


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["I. Intro", "II. Body", "A. Items", "1. Youth", "2. Help"], ("II. Body", "A. Items", "2. Help")),
        (["I. Intro", "II. Body", "A. Items", "1. Youth", "B. Work"], ("II. Body", "B. Work")),
        (
            ["I. In", "II. Items", "Item 1. Youth", "A. Back", "1. Why", "2. Law", "B. Focus"],
            ("II. Items", "Item 1. Youth", "B. Focus"),
        ),
        (
            ["I. In", "A. Items", "1. Youth", "B. Workshops", "Workshop 1. Rule", "Workshop 2. Prison"],
            ("I. In", "B. Workshops", "Workshop 2. Prison"),
        ),
        (["I. In", "A. Main", "Summary", "Outcome"], ("I. In", "A. Main", "Outcome")),
        (["I. In", "A. Main", "Summary", "B. Next"], ("I. In", "B. Next")),
        (["I. In", "A. a", "B. b", "C. c", "D. d", "E. e", "F. f", "G. g", "H. h", "I. i"], ("I. In", "I. i")),
        (["I. In", "A. a", "II. Next"], ("II. Next",)),
        (["I. In", "A. a", "Annex"], ("Annex",)),
    ],
)
def test_a_known_form_returns_to_its_depth_and_a_new_one_goes_deeper(
    titles: list[str], expected: tuple[str, ...]
) -> None:
    assert path_after(*titles) == expected


def test_a_number_out_of_sequence_is_no_heading() -> None:
    path = HeadingPath()
    path.enter_unsorted("I. Introduction")
    assert path.choose(numberings("3. Youth")) is None
    assert path.choose(numberings("C. Youth")) is None
    assert path.choose(numberings("IV. Youth")) is None


def test_a_lost_chapter_is_stepped_over() -> None:
    assert path_after("II. Body", "A. Items", "IV. Closure") == ("IV. Closure",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I. Introduction\t2", True),
        ("I. Introduction. ....\t1-9\t3", True),
        ("\tWorkshop 1. Education . . . . .\t79-87\t36", True),
        ("Annex\t", True),
        ("II. Conclusions .......... 4", True),
        ("I. Introduction ", False),
        ("towards the achievement of Goal 16", False),
    ],
)
def test_contents_are_known_by_their_page_references(text: str, expected: bool) -> None:
    assert has_page_reference(text) is expected
