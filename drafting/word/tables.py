"""Tables of the Word file: fixed widths, a header row that stands on every page, rows that no page break cuts.

The grid and the cells state the widths both, since Word goes by the one and LibreOffice by the other. python-docx looks
up cells by a scan, which makes long tables quadratic. This module knows no drafts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drafting.word.ooxml import element, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement

    Lines = Iterable[Iterable[BaseOxmlElement]]

_SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(widths: Sequence[int], rows: Iterable[BaseOxmlElement], *, first_column_names: bool) -> BaseOxmlElement:
    """Return a table.

    Args:
        widths: Width of each column, in twips.
        rows: Made by `row`, the first of them as header.
        first_column_names: Whether the first cell of a row says what the row is about.
    """
    borders = (element(side, val="single", sz="4", space="0", color="808080") for side in _SIDES)
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": str(int(first_column_names)), "lastColumn": "0"}
    properties = element(
        "tblPr",
        element("tblW", w=str(sum(widths)), type="dxa"),
        element("tblBorders", *borders),
        element("tblLayout", type="fixed"),
        element("tblLook", **look, noHBand="1", noVBand="1"),
    )
    return element("tbl", properties, element("tblGrid", *(element("gridCol", w=str(each)) for each in widths)), *rows)


def row(widths: Sequence[int], cells: Iterable[Lines], *, is_header: bool = False) -> BaseOxmlElement:
    """Return a row; a cell is a few lines, and a line a few runs.

    Args:
        widths: Width of each column, in twips.
        cells: As many as columns.
        is_header: Whether it stands on every page that the table goes on to.
    """
    properties = element("trPr", element("cantSplit"))
    if is_header:
        properties.append(element("tblHeader"))
    made = element("tr", properties)
    for width, lines in zip(widths, cells, strict=True):
        held = element("tc", element("tcPr", element("tcW", w=str(width), type="dxa")))
        for line in lines:
            body = paragraph("UNTable")
            for piece in line:
                body.append(piece)
            held.append(body)
        made.append(held)
    return made
