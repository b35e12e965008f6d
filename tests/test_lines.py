"""The lines of a clause: read as Word counts them, and labelled anew when they move."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DraftError
from drafting.lines import labelled, level_of, outline, paths, relabelled


def levels(text: str) -> list[tuple[int, str]]:
    return [(level_of(line), line.text) for line in outline(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We urge", [(0, "We urge")]),
        ("", [(0, "")]),
        ("We urge:\n(a) one\n(i) deep\n(b) two", [(0, "We urge:"), (1, "one"), (2, "deep"), (1, "two")]),
        ("We urge:\n\n (a)  one \r\nand so on", [(0, "We urge:"), (1, "one"), (0, "and so on")]),
        ("(a) We urge", [(0, "(a) We urge")]),
    ],
)  # fmt: skip
def test_a_clause_has_a_lead_and_lines_at_levels(text: str, expected: list[tuple[int, str]]) -> None:
    assert levels(text) == expected


def list_up_to(letter: str) -> str:
    return "We list:\n" + "\n".join(f"({chr(at)}) text" for at in range(ord("a"), ord(letter) + 1))


@pytest.mark.parametrize(
    ("after", "lines", "expected"),
    [
        ("h", "(i) one", [1]),
        ("h", "(i) one\n(j) two", [1, 1]),
        ("h", "(i) one\n(ii) two", [2, 2]),
        ("h", "(i) one\nand so on\n(ii) two\n(i) three", [2, 0, 2, 1]),
        ("g", "(i) one", [2]),
        ("u", "(v) one", [1]),
    ],
)
def test_an_i_after_h_is_a_letter_unless_a_second_figure_follows(after: str, lines: str, expected: list[int]) -> None:
    assert [level for level, _ in levels(f"{list_up_to(after)}\n{lines}")][-len(expected) :] == expected


def test_the_place_of_a_line_names_the_subparagraph_above_it() -> None:
    lines = outline("We urge:\n(a) one\n(i) deep\ngoes on\n(b) two\n(i) deep")
    assert paths(lines) == ((), ("a",), ("a", "i"), (), ("b",), ("b", "i"))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([(0, "We urge:"), (1, "one"), (2, "deep"), (1, "two")], "We urge:\n(a) one\n(i) deep\n(b) two"),
        ([(2, "We urge"), (2, "one"), (2, "two")], "We urge\n(a) one\n(i) two"),
        ([(0, "We urge"), (1, "one"), (0, "goes on"), (1, "two")], "We urge\n(a) one\ngoes on\n(b) two"),
    ],
)
def test_lines_are_labelled_in_order(lines: list[tuple[int, str]], text: str) -> None:
    assert labelled(lines) == text


@pytest.mark.parametrize(
    "lines",
    [
        [(0, "We list")] + [(1, "text")] * 27,
        [(0, "We list"), (1, "text")] + [(2, "text")] * 40,
        [(0, "We list")] + [(1, "text")] * 8 + [(2, "alone")],
    ],
    ids=["letters run out", "figures run out", "an i under h"],
)
def test_labels_that_run_out_or_read_as_others_are_refused(lines: list[tuple[int, str]]) -> None:
    with pytest.raises(DraftError, match="cannot be labelled"):
        labelled(lines)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("We urge:\n(a) one\n(c) two", "We urge:\n(a) one\n(b) two"),
        ("We urge:\n(b) one\n(a) two", "We urge:\n(a) one\n(b) two"),
        ("We urge:\n(a) one\n(ii) deep\n(iv) deeper\n(d) two", "We urge:\n(a) one\n(i) deep\n(ii) deeper\n(b) two"),
        ("We urge:\n (a) one\n\n(b) two", "We urge:\n (a) one\n\n(b) two"),
        ("We urge\nthe States (a) one", "We urge\nthe States (a) one"),
        ("We note:\n(sic) as written", "We note:\n(sic) as written"),
    ],
)
def test_labels_that_were_typed_are_put_in_order(typed: str, text: str) -> None:
    assert relabelled(typed) == text
    assert relabelled(text) == text


words = st.text("xyz ", min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.tuples(st.integers(0, 2), words), min_size=1, max_size=8))
def test_what_was_labelled_reads_back_at_the_same_levels(lines: list[tuple[int, str]]) -> None:
    read = levels(labelled(lines))
    assert [text for _, text in read] == [" ".join(text.splitlines()) for _, text in lines]
    assert read[0][0] == 0
    depth = 0
    for (asked, _), (level, _) in zip(lines[1:], read[1:], strict=True):
        assert level == min(asked, 2 if depth else 1)
        depth = max(depth, level)
    assert relabelled(labelled(lines)) == labelled(lines)
