"""The sources of a draft as a table for spreadsheets: a line for each source of each paragraph.

A paragraph without a source has a line too, for a table that leaves it out would hide it. A spreadsheet runs whatever
begins like a formula, so such a text is made one again (`drafting.backing_csv.defused`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from drafting.backing_csv import defused
from drafting.layout import DEFAULT_LINK_BASE
from drafting.model import Draft
from drafting.sources_table import Grounds, grounds

COLUMNS = (
    "paragraph", "text", "wording", "symbol", "place", "passage id", "region", "congress", "standing", "voice", "quote",
    "used", "address",
)  # fmt: skip
NO_SOURCE = "no source"


def sources_csv(draft: Draft, *, negotiating: bool = False, link_base: str = DEFAULT_LINK_BASE) -> bytes:
    """Return the sources as a CSV file: UTF-8 with the mark that Excel knows it by, lines ended as RFC 4180 has them.

    Args:
        draft: The draft.
        negotiating: Whether the sources of alternatives are listed too.
        link_base: Address that a document symbol is appended to; empty for no addresses.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    for found in grounds(draft, negotiating=negotiating, link_base=link_base):
        for fields in _lines(found):
            writer.writerow(defused(text) for text in (found.place, found.text, found.drift.value, *fields))
    return lines.getvalue().encode("utf-8-sig")


def _lines(found: Grounds) -> Iterator[tuple[str, ...]]:
    if not found.sources:
        yield (*("" for _ in range(8)), NO_SOURCE, "")
    for source in found.sources:
        yield (
            source.symbol,
            source.locator,
            source.passage_id,
            source.region,
            source.congress,
            source.standing,
            source.voice,
            source.quote,
            source.use.value,
            source.url,
        )
