"""The annex: every source of every paragraph in one table, on pages of its own.

The table has eight columns, so its pages lie on their side. Each row leads to its paragraph and to the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from drafting.word.links import Links
from drafting.word.ooxml import paragraph, place_link, run
from drafting.word.tables import row, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from drafting.sources_table import Grounds, UsedSource

TITLE: Final = "Annex: sources"
REMARK: Final = (
    "“Verbatim”: the paragraph is whole sentences of the source. “Adapted”: it was made from the source’s words. "
    "“Suggested wording”: from them by the rules of drafting, and not changed since. “Cited”: named in support; the "
    "words are not the source’s."
)
COLUMNS: Final = (
    ("Paragraph", 10),
    ("Source", 17),
    ("Place in it", 10),
    ("Region", 13),
    ("Congress", 9),
    ("Standing", 10),
    ("Words of the source", 37),
    ("Used", 9),
)
"""Title of each column, and its share of the width."""


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
            place = place_link(bookmark_of(each), each.place)
            rows.append(row(widths, [[[place]], [[links.link(source.symbol, source.url)]], *_cells(source)]))
    for style, words in (("Heading1", TITLE), ("UNAside", REMARK)):
        body = paragraph(style)
        body.append(run(words))
        yield body
    yield table(widths, rows, first_column_names=True)
    # A document ends on a paragraph; Word adds one of the ordinary height after a table that is last.
    yield paragraph("UNEnd")


def _cells(source: UsedSource) -> Iterator[list[list[BaseOxmlElement]]]:
    quote = f"“{source.quote}”" if source.quote else ""
    for text in (source.locator, source.region, source.congress, source.standing, quote, source.use.value):
        yield [[run(text)]]
