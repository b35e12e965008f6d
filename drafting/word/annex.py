"""The annex: every source of every paragraph in one table, on pages of its own.

The table has eight columns, so its pages lie on their side. Each row leads to its paragraph and to the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafting.annex_words import COLUMNS, REMARK, SYMBOL_COLUMN, TITLE, cells
from drafting.word.links import Links
from drafting.word.ooxml import paragraph, place_link, run
from drafting.word.tables import row, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from drafting.sources_table import Grounds


def annex(
    document: Document, found: tuple[Grounds, ...], width: int, bookmark_of: Callable[[Grounds], str]
) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs and the table of the annex; nothing when no paragraph has a source.

    Args:
        document: The document, for its links.
        found: What each paragraph rests on.
        width: Width of the text, in twips.
        bookmark_of: Gives the bookmark of a paragraph.
    """
    if not any(each.sources for each in found):
        return
    shares = sum(share for _, share in COLUMNS)
    widths = [width * share // shares for _, share in COLUMNS]
    links = Links(document.part, "rIdSource")
    rows = [row(widths, [[[run(title, bold=True)]] for title, _ in COLUMNS], is_header=True)]
    for each in found:
        for source in each.sources:
            content = [run(text) for text in cells(each, source)]
            content[0] = place_link(bookmark_of(each), each.place)
            content[SYMBOL_COLUMN] = links.link(source.symbol, source.url)
            rows.append(row(widths, [[[piece]] for piece in content]))
    for style, words in (("Heading1", TITLE), ("UNAside", REMARK)):
        body = paragraph(style)
        body.append(run(words))
        yield body
    yield table(widths, rows, first_column_names=True)
    # A document ends on a paragraph; Word adds one of the ordinary height after a table that is last.
    yield paragraph("UNEnd")
