"""What a document says of itself: title, genre, congress, region, place, dates, language, symbol.

Each value comes with the words it was inferred from and the line they stand on. A document states its symbol only where
it prints it as its own, on a line that holds nothing else; a symbol in a sentence or a footnote is a mention of another
document, or at best of this one. Nothing is guessed: what isn't found is absent here and must be stated by hand.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.forms import Line, join
from corpus.model import Evidence, Genre, ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.entries import Entry
    from corpus.structure import Document

_TITLES = (
    (re.compile(r"Report (?:of|on) the .*\bPreparatory Meeting\b.*"), Genre.REGIONAL_REPORT),
    (re.compile(r"(?:[\w-]+ )?[Dd]iscussion guide\b.*"), Genre.DISCUSSION_GUIDE),
    (re.compile(r"(?:[\w-]+ ){0,6}[Dd]eclaration on\b.*"), Genre.DECLARATION),
)
_CONGRESS = re.compile(r"\b(?P<ordinal>[A-Z][a-z-]+) United Nations Congress on\b")
_MEETING = re.compile(
    r"\bThe (?P<region>[A-Z][\w ]+?) Regional Preparatory Meeting"
    r" for the (?P<ordinal>[A-Z][a-z-]+) United Nations Congress"
    r"[^.]*?\bheld in (?P<place>[^.,]+?),? from (?P<dates>[0-9][^.,]*?[0-9]{4})\b"
)
_TITLED_REGION = re.compile(r"\bthe (?P<region>[A-Z][\w ]+?) Regional Preparatory Meeting\b")
_TITLED_PLACE = re.compile(r"\bheld (?:in|at) (?P<place>[^,]+?),? (?:from|on) (?P<dates>[0-9].*?[0-9]{4})\b")
_CONGRESS_PLACE = re.compile(r"(?P<place>[A-Z][^0-9]*?), (?P<dates>[0-9]{1,2}\s?[-–].*[0-9]{4})")
_ORDINALS = {ordinal(number).capitalize(): number for number in range(1, 21)}
_REGIONS = {
    "african": "Africa",
    "africa": "Africa",
    "asia and pacific": "Asia and the Pacific",
    "asia and the pacific": "Asia and the Pacific",
    "asian and pacific": "Asia and the Pacific",
    "european": "Europe",
    "europe": "Europe",
    "latin america and the caribbean": "Latin America and the Caribbean",
    "latin american and caribbean": "Latin America and the Caribbean",
    "western asia": "Western Asia",
    "western asian": "Western Asia",
}
_COMMON_WORDS = {
    "en": frozenset(["the", "of", "and", "to", "in", "that", "for", "on", "with", "was", "were", "by"]),
    "fr": frozenset(["le", "la", "les", "des", "et", "du", "dans", "que", "pour", "sur", "est", "une", "aux"]),
    "es": frozenset(["el", "la", "los", "las", "de", "del", "y", "que", "para", "con", "una", "por"]),
    "ru": frozenset(["и", "в", "на", "что", "по", "с", "для", "о", "как", "от", "из", "не"]),
}
_TELLING_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Inferred:
    """A value that a document states of itself.

    Attributes:
        value: The value.
        evidence: The words it was inferred from.
    """

    value: str | int | Genre
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Quote:
    text: str
    line: int

    def infer(self, field: str, value: str | int | Genre) -> tuple[str, Inferred]:
        return field, Inferred(value, Evidence(field, inferred=True, quote=self.text, line=self.line))


def describe(document: Document, text: str) -> dict[str, Inferred]:
    """Return what a document says of itself, by the name of the field of `Source`; what it doesn't say is absent.

    Args:
        document: The document, read.
        text: The decoded file, for the lines of the quotations.
    """
    cover = tuple(_cover_blocks(document.cover))
    found: dict[str, Inferred] = {}
    for field, inferred in (
        *_from_title(cover),
        *_from_cover(cover),
        *_from_meeting(document.entries, text),
        *_language(document.entries, text),
        *_symbol(document),
    ):
        found.setdefault(field, inferred)
    return found


def region_name(words: str) -> str | None:
    """Return the name of a region that a meeting's adjective stands for (``Western Asian`` is Western Asia)."""
    return _REGIONS.get(" ".join(words.split()).casefold())


def _cover_blocks(cover: tuple[Line, ...]) -> Iterator[_Quote]:
    """Yield the blocks of a cover, each on one line, up to the contents; blocks glued together are taken apart."""
    block: list[tuple[str, bool]] = []
    first = 0
    for line in cover:
        cuts = (0, *line.cuts, len(line.text))
        for start, stop in itertools.pairwise(cuts):
            piece = line.text[start:stop].strip()
            if block and (start or line.follows_blank):
                yield _Quote(join(block), first)
                block = []
            if piece.casefold() in {"contents", "table of contents"}:
                return
            first = first if block else line.number
            block.append((piece, line.trailing_blank))
    if block:
        yield _Quote(join(block), first)


def _from_title(cover: tuple[_Quote, ...]) -> Iterator[tuple[str, Inferred]]:
    for quote in cover:
        genre = next((genre for pattern, genre in _TITLES if pattern.fullmatch(quote.text)), None)
        if genre is None:
            continue
        yield quote.infer("title", quote.text)
        yield quote.infer("genre", genre)
        region = _TITLED_REGION.search(quote.text)
        name = region_name(region["region"]) if region else None
        if name:
            yield quote.infer("region", name)
        place = _TITLED_PLACE.search(quote.text)
        if place:
            yield quote.infer("place", place["place"])
            yield quote.infer("dates", place["dates"])
        if genre is not Genre.REGIONAL_REPORT:
            yield from _congress_place(cover)
        return


def _congress_place(cover: tuple[_Quote, ...]) -> Iterator[tuple[str, Inferred]]:
    """Yield where and when the congress is to be held; a report doesn't ask, it has its own meeting's place."""
    for quote in cover:
        found = _CONGRESS_PLACE.fullmatch(quote.text)
        if found:
            yield quote.infer("place", found["place"])
            yield quote.infer("dates", found["dates"])
            return


def _from_cover(cover: tuple[_Quote, ...]) -> Iterator[tuple[str, Inferred]]:
    for quote in cover:
        found = _CONGRESS.search(quote.text)
        if found and found["ordinal"] in _ORDINALS:
            yield quote.infer("congress", _ORDINALS[found["ordinal"]])
            return


def _from_meeting(entries: tuple[Entry, ...], text: str) -> Iterator[tuple[str, Inferred]]:
    """Yield what the paragraph on date and venue says; only it speaks of this very meeting for certain."""
    for entry in entries:
        found = _MEETING.match(entry.text) if not entry.locator.container else None
        if found is None:
            continue
        quote = _Quote(entry.text, _line_of(entry, text))
        if region_name(found["region"]):
            yield quote.infer("region", region_name(found["region"]) or "")
        if found["ordinal"] in _ORDINALS:
            yield quote.infer("congress", _ORDINALS[found["ordinal"]])
        yield quote.infer("place", found["place"])
        yield quote.infer("dates", found["dates"])
        return


def _language(entries: tuple[Entry, ...], text: str) -> Iterator[tuple[str, Inferred]]:
    """Yield the language whose commonest words make up most of the text; a masthead names only the original's."""
    words = " ".join(entry.text for entry in entries[:40]).casefold().split()
    if not words:
        return
    shares = {tag: sum(word in common for word in words) / len(words) for tag, common in _COMMON_WORDS.items()}
    best = max(shares, key=lambda tag: shares[tag])
    if shares[best] >= _TELLING_SHARE:
        quote = _Quote(" ".join(entries[0].text.split()[:8]), _line_of(entries[0], text))
        yield quote.infer("language", best)


def _symbol(document: Document) -> Iterator[tuple[str, Inferred]]:
    symbols = {symbol for _, symbol in document.running_symbols}
    if len(symbols) == 1:
        line, symbol = document.running_symbols[0]
        yield _Quote(symbol, line).infer("symbol", symbol)


def _line_of(entry: Entry, text: str) -> int:
    return text.count("\n", 0, entry.spans[0].start) + 1
