"""Headings: recognised by the form of their numbering, and ordered by it.

The texts come with headings unmarked, marked at the wrong level, or glued to one another; the only thing that can be
trusted is the numbering: ``II.``, ``A.``, ``1.``, ``Workshop 3.``. A form that is already open returns to its own
depth, a new form goes one deeper. This module doesn't know paragraphs: whether ``1.`` is a heading or a paragraph is
for the reader to decide, who knows which paragraph comes next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROMAN = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_NUMBERED = re.compile(r"(?P<mark>[IVXLC]+|[A-Z]|[0-9]{1,2})\.\s+(?=\S)")
_WORDED = re.compile(r"(?P<word>[A-Z][a-z]+(?: [a-z]+)?) (?P<mark>[0-9]{1,2}|[IVXLC]+)(?:[.:]\s+(?=\S)|$)")
_ANNEX = re.compile(r"(?P<word>Annex|Appendix)(?:\s+(?P<mark>[IVXLC]+|[0-9]{1,2}|[A-Z]))?\.?")
_PAGE_REFERENCE = re.compile(r"(?:\t|\.{2,}|(?:\s\.){2,})[\s.]*(?:[0-9]+(?:[-–][0-9]+)?\s*)+$|\t$")
_CHAPTER_STEP = 2


class Form(StrEnum):
    """How a heading is numbered. A worded form also counts by its word: workshops are not substantive items."""

    ROMAN = "roman"
    LETTER = "letter"
    ARABIC = "arabic"
    WORDED = "worded"
    ANNEX = "annex"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Numbering:
    """What a line says of itself when it begins like a numbered heading.

    Attributes:
        form: How it is numbered.
        word: The word of a worded form (``Workshop``), else empty.
        value: Its number; 0 for an annex without one.
        mark: The number as printed.
    """

    form: Form
    word: str
    value: int
    mark: str

    @property
    def series(self) -> str:
        """Return what this number counts: headings of one series stand at one depth."""
        return f"{self.form} {self.word}" if self.word else str(self.form)


def roman_value(mark: str) -> int:
    """Return the value of a roman number in capitals, 0 when it is none."""
    if not mark or not _ROMAN.fullmatch(mark):
        return 0
    values = [_ROMAN_VALUES[figure] for figure in mark]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def numberings(text: str) -> tuple[Numbering, ...]:
    """Return every way in which a line may be read as a numbered heading; ``I.`` may be roman or a letter."""
    annex = _ANNEX.fullmatch(text)
    if annex:
        mark = annex["mark"] or ""
        value = _value(mark) if mark else 0
        return (Numbering(Form.ANNEX, "", value, mark),)
    numbered = _NUMBERED.match(text)
    if numbered:
        mark = numbered["mark"]
        if mark.isdigit():
            return (Numbering(Form.ARABIC, "", int(mark), mark),)
        readings = []
        if roman_value(mark):
            readings.append(Numbering(Form.ROMAN, "", roman_value(mark), mark))
        if len(mark) == 1:
            readings.append(Numbering(Form.LETTER, "", ord(mark) - ord("A") + 1, mark))
        return tuple(readings)
    worded = _WORDED.match(text)
    if worded:
        return (Numbering(Form.WORDED, worded["word"], _value(worded["mark"]), worded["mark"]),)
    return ()


def _value(mark: str) -> int:
    if mark.isdigit():
        return int(mark)
    return roman_value(mark) or ord(mark[0]) - ord("A") + 1


def has_page_reference(raw_text: str) -> bool:
    """Tell whether a line ends like an entry of a table of contents: a tab or dot leaders, then page numbers."""
    return bool(_PAGE_REFERENCE.search(raw_text.rstrip(" \r")))


@dataclass(slots=True)
class HeadingPath:
    """The headings that are open at one place of the document, chapter first."""

    _open: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the open headings as printed."""
        return tuple(title for _, _, title in self._open)

    def expects(self, numbering: Numbering) -> bool:
        """Tell whether a numbered heading is the next of its series, or opens a new one below.

        Of chapters one may be missing: an extract can begin with the second, and conversion to text loses headings.
        """
        if numbering.form is Form.ANNEX:
            return True
        step = numbering.value - (self._last(numbering.series) or 0)
        return 0 < step <= (_CHAPTER_STEP if numbering.form is Form.ROMAN else 1)

    def choose(self, readings: tuple[Numbering, ...]) -> Numbering | None:
        """Return the reading that fits here: the next of a series that is open before the first of a new one."""
        fitting = [reading for reading in readings if self.expects(reading)]
        running = [reading for reading in fitting if self._last(reading.series) is not None]
        return next(iter(running or fitting), None)

    def enter(self, numbering: Numbering, title: str) -> None:
        """Open a numbered heading at the depth of its series; a chapter or an annex closes everything."""
        if numbering.form in {Form.ROMAN, Form.ANNEX}:
            self._open.clear()
        else:
            self._close(numbering.series)
            while self._open and self._open[-1][0] == Form.PLAIN:
                self._open.pop()
        self._open.append((numbering.series, numbering.value, title))

    def enter_plain(self, title: str) -> None:
        """Open an unnumbered heading below the numbered ones; it replaces another unnumbered one."""
        self._close(Form.PLAIN)
        self._open.append((Form.PLAIN, 0, title))

    def enter_unsorted(self, title: str) -> None:
        """Open a heading by whatever number it begins with, if that fits here, and else as an unnumbered one."""
        numbering = self.choose(numberings(title))
        if numbering:
            self.enter(numbering, title)
        else:
            self.enter_plain(title)

    def _last(self, series: str) -> int | None:
        return next((value for opened, value, _ in self._open if opened == series), None)

    def _close(self, series: str) -> None:
        depth = next((depth for depth, (opened, _, _) in enumerate(self._open) if opened == series), None)
        if depth is not None:
            del self._open[depth:]
