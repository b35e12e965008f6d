"""The structure of a document: cover, and the numbered entries of its body.

It knows where the body begins, after masthead and contents; what stands in it is left to the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.blocks import block_at
from corpus.forms import split_lines
from corpus.headings import Form, has_page_reference, numberings
from corpus.notes import read_pages
from corpus.reader import Reader

if TYPE_CHECKING:
    from corpus.entries import Entry
    from corpus.forms import Line, RawLine


@dataclass(frozen=True, slots=True)
class Document:
    """A document read into its parts.

    Attributes:
        cover: The lines before the body: masthead, title, contents.
        entries: The numbered entries of the body, in order.
        running_symbols: Line and symbol of each page head that holds nothing else.
    """

    cover: tuple[Line, ...]
    entries: tuple[Entry, ...]
    running_symbols: tuple[tuple[int, str], ...]


def read_document(text: str) -> Document:
    """Read a decoded file into cover and entries; never fails, a text without numbered paragraphs has no entries."""
    raw_lines = split_lines(text)
    pages = read_pages(raw_lines)
    start = _body_start(pages.lines, raw_lines)
    reader = Reader(pages.lines[start:])
    reader.read()
    return Document(
        cover=pages.lines[:start],
        entries=tuple(growing.finish(pages) for growing in reader.entries),
        running_symbols=pages.running_symbols,
    )


def _body_start(lines: tuple[Line, ...], raw_lines: tuple[RawLine, ...]) -> int:
    """Return the index of the first line after cover and contents: the first number that has no page reference."""
    contents = next((at for at, line in enumerate(lines) if _titles_contents(line)), -1)
    for at in range(contents + 1, len(lines)):
        readings = numberings(lines[at].text)
        if not readings or readings[0].form is Form.ANNEX:
            continue
        if contents < 0 and not any(reading.value == 1 or reading.form is Form.ROMAN for reading in readings):
            continue
        if not any(has_page_reference(raw_lines[line.number - 1].text) for line in block_at(lines, at)):
            return at
    return len(lines)


def _titles_contents(line: Line) -> bool:
    last = line.text[line.cuts[-1] :] if line.cuts else line.text
    titled = last[:1].isupper() and last.strip().casefold() in {"contents", "table of contents"}
    return titled and (line.follows_blank or bool(line.cuts))
