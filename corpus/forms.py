"""Clean lines: the text of a document without its markup, every character still tied to its place in the file.

The documents arrive in three forms: text hard-wrapped out of a PDF, HTML-like text with one line a block, and
markdown. What differs between them is markup and white space, and both end here: whatever comes after works on `Line`s
alone and never asks which form it reads. This module doesn't know what a paragraph, a heading or a footnote is; it only
knows that a raised number may be a reference mark, because telling that from markup is a question of form.

Characters are dropped, never changed or added: no Unicode normalisation, quotation marks and dashes as they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT_FIGURES = {ord(raised): str(figure) for figure, raised in enumerate(SUPERSCRIPTS)}

_MARKUP = re.compile(
    r"""
      <sup>\s*(?P<tagged>[0-9]{1,3}(?:\s*,\s*[0-9]{1,3})*)\s*</sup>   # <sup>30, 31</sup>
    | \[\^(?P<caret>[0-9]{1,3})\]                                     # [^30]
    | (?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})                                   # ³⁰
    | </?[A-Za-z][A-Za-z0-9]*(?:\s[^<>\n]*)?/?>                       # <i>, </i>, <br />
    | <(?=[a-z]+://[^\s<>]+>)                                         # <http://…: the opening bracket
    | (?<=[^\s<])(?P<close>>)                                         # …>: the closing one, when it was opened
    | (?P<bold>\*{2,})
    | (?P<star>\*)
    | \[(?=[^\[\]\n]*\]\([^()\s]*\))                                  # [text](target): the opening bracket
    | (?P<target>\]\([^()\s]*\))                                      # …](target)
    | \\+(?=[!-/:-@\[-`{-~])                                          # \_
    """,
    re.VERBOSE,
)
_UNIT_BEFORE = re.compile(r"(?:^|[\s\d])(?:[ckm]?m|h[am])$")
_BULLET = re.compile(r"[-•·‣*]\s+(?=\S)")  # where a block begins; inside one it is a dash
_BULLET_OF_LABEL = re.compile(r"[-–—•·‣*]\s+(?=\([a-z0-9]{1,5}\)\s|[0-9]+\.\s)")
_SUSPENDED = re.compile(r"(?:and|or|nor|to|und|et|ou|y|o)\b")
_HASHES = re.compile(r"(#{1,6})\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A reference mark found in the text.

    Attributes:
        number: The number of the note it refers to, in plain figures.
        offset: Where it stands, in characters of the decoded file.
    """

    number: str
    offset: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file without markup.

    Attributes:
        number: 1-based line of the file.
        text: Its words, without markup, bullet, hashes, or blanks at either end.
        offsets: For each character of `text`, its offset in the decoded file.
        end: Offset just after the last character of the line that is no white space, markup included.
        opens: True when the form shows that something may start here: a blank line before, an indent, a bullet, hashes.
        bulleted: True when a bullet stood before the text.
        hashed: True when markdown hashes stood before the text.
        follows_blank: True when a blank or dropped line, or the start of the file, comes before.
        trailing_blank: True when white space followed the text on its line.
        cuts: Places in `text` where bold print begins without a blank: where a block was glued to the one before.
        marks: The reference marks taken out of the line.
    """

    number: int
    text: str
    offsets: tuple[int, ...]
    end: int
    opens: bool
    bulleted: bool = False
    hashed: bool = False
    follows_blank: bool = True
    trailing_blank: bool = False
    cuts: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()

    def start_of(self, position: int) -> int:
        """Return the offset in the file of the character at a position of `text`."""
        return self.offsets[position]


@dataclass(frozen=True, slots=True)
class RawLine:
    """One line of the file as it stands.

    Attributes:
        number: 1-based line of the file.
        start: Offset of its first character in the decoded file.
        text: Its characters, without the line feed.
    """

    number: int
    start: int
    text: str

    @property
    def blank(self) -> bool:
        """Return True when the line holds nothing but white space."""
        return not self.text.strip(" \t\r\f\v\u00a0\ufeff")


def split_lines(text: str) -> tuple[RawLine, ...]:
    """Return the lines of a decoded file; only the line feed ends a line."""
    lines = []
    start = 0
    for number, line in enumerate(text.split("\n"), start=1):
        lines.append(RawLine(number, start, line))
        start += len(line) + 1
    return tuple(lines)


def join(parts: Iterable[tuple[str, bool]]) -> str:
    """Return wrapped text on one line, white space folded.

    A line that breaks off right after a hyphen was broken inside a compound and is joined without a blank; the hyphen
    stays, because the documents have no soft ones. A blank after the hyphen, or a word such as "and" on the next line
    (``short- and long-term``), means that the blank belongs to the text.

    Args:
        parts: Each line's text, and whether white space followed it in the file.
    """
    joined = ""
    glue = ""
    for text, trailing_blank in parts:
        if not text:
            continue
        compound = glue == "" and joined[-1:] == "-" and joined[-2:-1].isalpha()
        separator = "" if compound and text[:1].isalpha() and not _SUSPENDED.match(text) else " "
        joined += (separator if joined else "") + text
        glue = " " if trailing_blank else ""
    return " ".join(joined.split())


def plain_figures(raised: str) -> str:
    """Return a raised number in plain figures (``¹⁰`` as ``10``)."""
    return raised.translate(_SUPERSCRIPT_FIGURES)


def clean(raw: RawLine, notes: Collection[str], *, follows_blank: bool) -> Line:
    """Return a line without its markup.

    Args:
        raw: The line as it stands.
        notes: Numbers of the document's notes; a raised number after a figure is a reference mark only when one of
            them answers it (``16¹⁰`` with a note 10), and otherwise an exponent.
        follows_blank: Whether a blank or dropped line, or the start of the file, comes before.
    """
    text = raw.text.strip("\ufeff")
    start = raw.start + raw.text.find(text)
    body = text.strip()
    left = start + (text.find(body) if body else 0)
    indented = left > raw.start
    end = left + len(body)
    trailing_blank = end < raw.start + len(raw.text)
    hashes = _HASHES.match(body)
    if hashes:
        body, left = body[hashes.end() :], left + hashes.end()
    bullet = None if hashes else _BULLET_OF_LABEL.match(body)
    if not hashes and not bullet and (follows_blank or indented):
        bullet = _BULLET.match(body)
    if bullet:
        body, left = body[bullet.end() :], left + bullet.end()
    kept, offsets, cuts, marks = _strip_markup(body, left, notes)
    lead = len(kept) - len(kept.lstrip())
    tail = len(kept.rstrip())
    return Line(
        number=raw.number,
        text=kept[lead:tail] if lead < tail else "",
        offsets=tuple(offsets[lead:tail]) if lead < tail else (),
        end=end,
        opens=follows_blank or indented or bool(bullet) or bool(hashes),
        bulleted=bool(bullet),
        hashed=bool(hashes),
        follows_blank=follows_blank,
        trailing_blank=trailing_blank,
        cuts=tuple(cut - lead for cut in cuts if lead < cut < tail),
        marks=tuple(marks),
    )


def _strip_markup(body: str, left: int, notes: Collection[str]) -> tuple[str, list[int], list[int], list[Mark]]:
    """Return the text without markup, the offset of each of its characters, the glued bold starts, and the marks."""
    kept: list[str] = []
    offsets: list[int] = []
    cuts: list[int] = []
    marks: list[Mark] = []
    length = 0

    def keep(begin: int, stop: int) -> None:
        nonlocal length
        kept.append(body[begin:stop])
        offsets.extend(range(left + begin, left + stop))
        length += stop - begin

    position = 0
    for match in _MARKUP.finditer(body):
        if not _is_markup(match, body, notes):
            continue
        keep(position, match.start())
        position = match.end()
        numbers = match["tagged"] or match["caret"] or (match["raised"] and plain_figures(match["raised"]))
        if numbers:
            marks.extend(Mark(number.strip(), left + match.start()) for number in numbers.split(","))
        elif match["bold"] and _is_glued(body, match):
            cuts.append(length)
    keep(position, len(body))
    return "".join(kept), offsets, cuts, marks


def _is_markup(match: re.Match[str], body: str, notes: Collection[str]) -> bool:
    before = body[: match.start()]
    if match["raised"] or match["tagged"]:
        return _is_mark(match["tagged"] or plain_figures(match["raised"]), before, notes)
    if match["close"]:
        return "<" in before and "://" in before[before.rfind("<") :]
    if match["target"]:
        return "[" in before
    if match["star"]:
        return not (before[-1:].isspace() and body[match.end() : match.end() + 1].isspace())
    return True


def _is_mark(numbers: str, before: str, notes: Collection[str]) -> bool:
    """Tell whether raised numbers refer to notes, or are an exponent: of a figure, or of a unit such as ``km²``."""
    if all(number.strip() in notes for number in numbers.split(",")):
        return True
    return bool(before) and not before[-1].isdigit() and not _UNIT_BEFORE.search(before[-5:])


def _is_glued(body: str, match: re.Match[str]) -> bool:
    before = body[: match.start()]
    after = body[match.end() : match.end() + 1]
    return bool(before) and not before[-1].isspace() and (after.isupper() or after.isdigit())
