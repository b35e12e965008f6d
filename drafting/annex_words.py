"""What the annex of sources says, whatever it is printed in: its title, its columns and the cells of a row."""

from __future__ import annotations

from typing import Final

from drafting.sources_table import Grounds, UsedSource

TITLE: Final = "Annex: sources"
REMARK: Final = (
    "“Verbatim”: the paragraph is whole sentences of the source. “Adapted”: it was made from the source’s words. "
    "“Suggested wording”: from them by the rules of drafting, and not changed since. “Cited”: named in support; the "
    "words are not the source’s."
)
COLUMNS: Final = (
    ("Paragraph", 21),
    ("Source", 34),
    ("Place in it", 27),
    ("Region", 23),
    ("Congress", 19),
    ("Standing", 23),
    ("Words of the source", 75),
    ("Used", 18),
)
"""Title of each column, and its share of the width: about millimetres on Letter paper, so that no symbol is broken."""
SYMBOL_COLUMN: Final = 1


def cells(found: Grounds, source: UsedSource) -> tuple[str, ...]:
    """Return the cells of a row, in the order of `COLUMNS`; the second is the symbol of the document."""
    quote = f"“{source.quote}”" if source.quote else ""
    return (
        found.place,
        source.symbol,
        source.locator,
        source.region,
        source.congress,
        source.standing,
        quote,
        source.use.value,
    )
