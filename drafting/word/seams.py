"""Keeps an insertion at the end of a paragraph apart from the new paragraph after it.

LibreOffice 7.4 reads the two as one insertion, though the paragraph mark between them stayed: rejecting both then joins
the paragraph to the one after the new one. What is deleted in between keeps them apart. So words that went are set
behind those that came, and where none went, the last sign that stayed is taken out and put in again. Both texts remain
what they are. This module knows neither Word nor LibreOffice otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from drafting.redline_page import Fate, MarkedNote, Stretch

_Piece = Stretch | MarkedNote

_LAST_SIGN = re.compile(r"(?:[.,:;?!)\]]|\S+\s*|\s+)\Z")
"""A closing mark, or a whole word: a word is never cut, so that no letter is parted from its accent."""


def parted(content: Sequence[_Piece], fate: Fate, after: Fate) -> Sequence[_Piece]:
    """Return the content of a paragraph, not ending in an insertion where the paragraph stayed and a new one follows.

    Args:
        content: Its pieces, in order.
        fate: What became of the paragraph.
        after: What became of the paragraph after it.
    """
    if fate is not Fate.KEPT or after not in (Fate.INSERTED, Fate.MOVED_HERE):
        return content
    tail = _begin_of_last(content, Fate.INSERTED, len(content))
    if tail in (0, len(content)):
        return content
    before = content[tail - 1]
    if before.fate is Fate.DELETED:
        went = _begin_of_last(content, Fate.DELETED, tail)
        return [*content[:went], *content[tail:], *content[went:tail]]
    stays, again = _split(before)
    return [
        *content[: tail - 1],
        *stays,
        replace(again, fate=Fate.INSERTED),
        *content[tail:],
        replace(again, fate=Fate.DELETED) if isinstance(again, MarkedNote) else _went(again),
    ]


def _went(stretch: Stretch) -> Stretch:
    """Return a stretch as one that went; its number is words then, for a field that went is not read everywhere."""
    return replace(stretch, fate=Fate.DELETED, target=None)


def _begin_of_last(content: Sequence[_Piece], fate: Fate, end: int) -> int:
    """Return where the pieces of one fate begin that stand right before a place."""
    while end and content[end - 1].fate is fate:
        end -= 1
    return end


def _split(piece: _Piece) -> tuple[Iterable[_Piece], _Piece]:
    """Return what of a piece can stay where it is, and its last sign; a note or a number is a sign."""
    if isinstance(piece, MarkedNote) or piece.target is not None:
        return (), piece
    found = _LAST_SIGN.search(piece.text)
    at = found.start() if found else 0
    return ((replace(piece, text=piece.text[:at]),) if at else ()), replace(piece, text=piece.text[at:])


def following(fates: Iterable[Fate]) -> Iterator[Fate]:
    """Yield for each paragraph what became of the one after it; after the last comes one that stays."""
    later = iter(fates)
    next(later, None)
    yield from later
    yield Fate.KEPT
