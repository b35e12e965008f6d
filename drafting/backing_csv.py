"""Who backed a phrase as a table for spreadsheets: a line a passage, and a line for every cell without one.

A spreadsheet runs whatever begins like a formula, so such a text is made one again. Knows the layout of the answer; not
the search, nor where the file goes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from drafting.backing import Backing, Cell, Evidence

COLUMNS = (
    "clause", "congress", "region", "symbol", "state", "citation", "passage id", "standing", "voice", "reservations",
    "quote", "address",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def support_csv(backing: Backing) -> bytes:
    """Return the answer as a CSV file: UTF-8 with the mark that Excel knows it by, lines ended as RFC 4180 has them.

    The nearest passage of a report that has nothing is left out: outside its label it would look like a claim.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    for cell in backing.cells:
        for fields in _lines(cell):
            writer.writerow(defused(text) for text in (backing.clause, str(cell.congress), cell.region, *fields))
    return lines.getvalue().encode("utf-8-sig", "replace")


def defused(text: str) -> str:
    """Return a text that a spreadsheet shows and does not run: with an apostrophe before what begins a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _lines(cell: Cell) -> Iterator[tuple[str, ...]]:
    if not cell.evidence:
        symbols, addresses = (source.symbol for source in cell.sources), (source.url for source in cell.sources)
        yield "; ".join(symbols), cell.state.value, "", "", "", "", "", "", "; ".join(addresses)
    for evidence in cell.evidence:
        yield _line(cell, evidence)


def _line(cell: Cell, evidence: Evidence) -> tuple[str, ...]:
    passage = evidence.passage
    return (
        passage.symbol,
        cell.state.value,
        passage.cite(),
        passage.id,
        passage.standing.value,
        passage.voice,
        "; ".join(evidence.reservations),
        passage.text,
        evidence.hit.source.url,
    )
