"""Fills the empty document with who backed a phrase: the answer, its table, and the passages with native footnotes.

Every claim comes from `drafting.backing`, every look from `drafting.word.styles`. The nearest passage of a report that
has nothing is left out: on paper its label is soon cut off, and a claim would be left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from corpus.model import ordinal
from drafting.backing import REGION_NOT_STATED, REMARK
from drafting.characters import printable
from drafting.layout import is_un_symbol
from drafting.page import Note
from drafting.word.notes import Footnotes
from drafting.word.numbering import Numbering
from drafting.word.ooxml import element, note_mark, paragraph, run
from drafting.word.properties import set_title
from drafting.word.tables import row, table
from drafting.word.template import empty_document, text_width

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from drafting.backing import Backing, Cell, Evidence
    from drafting.word.options import PageSize
    from drafting.word.tables import Lines

TITLE: Final = "Who backed it"
DISCLAIMER: Final = "Drawn from the reports at hand. Not an official document of the United Nations."
_REGION_SHARE: Final = 0.3  # of the text's width, for the column that names the regions


def write(backing: Backing, *, page_size: PageSize, link_base: str, when: datetime | None) -> Document:
    """Return a Word document that says who backed a phrase.

    Args:
        backing: The answer laid out.
        page_size: Paper.
        link_base: Address that a document symbol is appended to; empty for no links.
        when: Time of making; None states none.
    """
    document = empty_document(page_size)
    set_title(document, f"{TITLE}: {_line(backing.clause)}", when)
    Numbering(document)
    _Writer(document, link_base, text_width(page_size)).write(backing)
    return document


class _Writer:
    """One pass over an answer."""

    def __init__(self, document: Document, link_base: str, width: int) -> None:
        self._width = width
        self._end: BaseOxmlElement = document.element.body.sectPr
        self._notes = Footnotes(document, link_base)

    def write(self, backing: Backing) -> None:
        self._place("Title", run(TITLE))
        self._place("UNDisclaimer", run(DISCLAIMER))
        self._place("UNBody", run("Phrase: ", bold=True), run(f"“{_line(backing.clause)}”"))
        self._place("UNBody", run(_line(backing.summary)))
        if backing.rows:
            self._end.addprevious(_table(backing, self._width))
        self._place("UNAside", run(REMARK, italic=True))
        for cell in backing.cells:
            if cell.evidence:
                self._passages(cell)

    def _passages(self, cell: Cell) -> None:
        self._place("Heading1", run(_line(f"{cell.title}: {cell.state.value.lower()}, {cell.count}")))
        for evidence in cell.evidence:
            chapeau = _line(evidence.passage.chapeau)
            if chapeau:
                self._place("UNBody", run(f"“{chapeau}”", italic=True))[0].append(element("keepNext"))
            quote = self._place("UNBody", run(f"“{_line(evidence.passage.text)}”"), note_mark(self._note(evidence)))
            quote[0].append(element("keepNext"))  # who says it, and how firmly, is read with the words
            self._place("UNAside", *_about(evidence))

    def _note(self, evidence: Evidence) -> int:
        """Write the note that cites a passage, and return its number."""
        passage = evidence.passage
        symbol, locator = _line(passage.symbol), _line(passage.locator.cite())
        number = self._notes.count + 1
        return self._notes.add(Note(number, symbol, f", {locator}.", passage.id, is_un_symbol(symbol)))

    def _place(self, style: str, *content: BaseOxmlElement) -> BaseOxmlElement:
        """Append a paragraph to the document."""
        body = paragraph(style)
        for piece in content:
            body.append(piece)
        self._end.addprevious(body)
        return body


def _table(backing: Backing, width: int) -> BaseOxmlElement:
    """Return the table of regions and congresses; its first row stands on every page."""
    first = round(width * _REGION_SHARE)
    widths = [first, *[(width - first) // len(backing.congresses)] * len(backing.congresses)]
    titles = ["Region", *(f"{ordinal(congress).capitalize()} Congress" for congress in backing.congresses)]
    rows = [row(widths, [[[run(title, bold=True)]] for title in titles], is_header=True)]
    for cells in backing.rows:
        region = run(_line(cells[0].region) or REGION_NOT_STATED, bold=True)
        rows.append(row(widths, [[[region]], *(list(_claim(cell)) for cell in cells)]))
    return table(widths, rows, first_column_names=True)


def _claim(cell: Cell) -> Lines:
    """Yield the lines of a cell: what the report says and how many passages do, and their reservations."""
    state = [run(cell.state.value, bold=bool(cell.evidence))]
    if cell.count:
        state.append(run(f", {cell.count}"))
    yield state
    if cell.reservation:
        yield [run(_line(cell.reservation), italic=True)]


def _about(evidence: Evidence) -> Iterable[BaseOxmlElement]:
    """Yield who says a passage, how firmly, and where else its words stand."""
    if evidence.reservations:
        reserved = _line("; ".join(evidence.reservations))
        yield run(f"Reservation: {reserved}. ", bold=True)
    attribution = evidence.attribution[:1].upper() + evidence.attribution[1:]
    yield run(_line(f"{attribution}. {evidence.same}"), italic=True)


def _line(text: str) -> str:
    """Return a text on one line, without characters that no file can hold."""
    return printable(text).line
