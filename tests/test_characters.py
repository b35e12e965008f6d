"""What a text loses before it is printed, and what it keeps."""

from __future__ import annotations

import pytest
from docx.oxml import OxmlElement
from hypothesis import given
from hypothesis import strategies as st

from drafting.characters import name_dropped, printable


@pytest.mark.parametrize(
    ("text", "lines", "dropped"),
    [
        ("plain", ("plain",), ()),
        ("one\r\ntwo\rthree\n\n four ", ("one", "two", "three", "four"), ()),
        ("one\x0btwo\u2028three\x85four", ("one", "two", "three", "four"), ()),
        ("a\tb", ("a b",), ()),
        ("a\x00b\ud800c\x9fd\uffffe\ufdd0f\U0001fffeg", ("abcdefg",), tuple("\x00\ud800\x9f\uffff\ufdd0\U0001fffe")),
        ("مرحبا 中国 🙂 <&> \u200f“quoted”", ("مرحبا 中国 🙂 <&> \u200f“quoted”",), ()),
        (" \x01 ", (), ("\x01",)),
    ],
)
def test_line_breaks_are_made_plain_and_unprintable_characters_left_out(
    text: str, lines: tuple[str, ...], dropped: tuple[str, ...]
) -> None:
    cleaned = printable(text)

    assert (cleaned.lines, cleaned.dropped) == (lines, dropped)


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_is_kept_an_xml_part_can_hold(text: str) -> None:
    element = OxmlElement("w:t")

    element.text = printable(text).line

    assert (element.text or "") == printable(text).line


def test_what_was_dropped_is_named_once_a_character() -> None:
    assert name_dropped("The title", ("\x00",)) == (
        "The title: 1 character that cannot be printed was left out (U+0000)."
    )
    assert name_dropped("Note 3", ("\x01", "\ud800", "\x01")) == (
        "Note 3: 3 characters that cannot be printed were left out (U+0001, U+D800)."
    )
