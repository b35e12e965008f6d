"""Blocks: which lines belong together before anything is known of what they say.

A block is a line and the lines that continue it: no blank line, indent, bullet or number between. It may still be only
the first half of a paragraph that a page break cut.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.forms import join
from corpus.headings import numberings
from corpus.labels import label_at_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.forms import Line

_NUMBER = re.compile(r"(?P<number>[0-9]{1,3})\.\s+(?=\S)")
_STOPPED = re.compile(r"(?:[.?!:;,—–)”\"]|[;,] (?:and|or))$")
_UNLIKE_A_TITLE = re.compile(r"[.;,:]$|:\s|\t")
_TITLE_WORDS = 15
_FINISHED = re.compile(r"[.?!][)”\"’]*$")


def leading_number(line: Line) -> tuple[int, int] | None:
    """Return the number that a line begins with, and where its text begins."""
    match = _NUMBER.match(line.text)
    return (int(match["number"]), match.end()) if match else None


def label_after(lines: tuple[Line, ...], at: int) -> str | None:
    """Return the label that the next item after a line begins with; None when a number or a heading comes first."""
    for line in lines[at + 1 :]:
        found = label_at_start(line.text)
        if found:
            return found[0]
        if leading_number(line) or line.hashed:
            return None
    return None


def has_stopped(text: str) -> bool:
    """Tell whether a text ends at a mark of punctuation, so that something else may follow."""
    return bool(_STOPPED.search(text))


def is_finished(text: str) -> bool:
    """Tell whether a text ends with a sentence."""
    return bool(_FINISHED.search(text))


def block_at(lines: tuple[Line, ...], at: int) -> tuple[Line, ...]:
    """Return a line and the lines that continue it."""
    stop = at + 1
    while stop < len(lines) and not _begins_anew(lines[stop]):
        stop += 1
    return lines[at:stop]


def text_of(block: tuple[Line, ...]) -> str:
    """Return the words of a block on one line."""
    return join((line.text, line.trailing_blank) for line in block)


def stands_like_a_title(lines: tuple[Line, ...], at: int, after: int) -> bool:
    """Tell whether a block has the form of an unnumbered heading: alone between blanks, short, without a full stop.

    Args:
        lines: The lines.
        at: Index of the block's first line.
        after: Index of the line after its last.
    """
    first, title = lines[at], text_of(lines[at:after])
    alone = first.follows_blank and after < len(lines) and lines[after].follows_blank
    worded = title[:1].isupper() and not _UNLIKE_A_TITLE.search(title)
    return alone and worded and not first.bulleted and len(title.split()) <= _TITLE_WORDS


def glued_titles(block: tuple[Line, ...]) -> list[str]:
    """Return the headings of a block: one, or several that were glued together in bold print."""
    titles: list[list[tuple[str, bool]]] = [[]]
    for line in block:
        for start, stop in pairwise((0, *line.cuts, len(line.text))):
            if start:
                titles.append([])
            titles[-1].append((line.text[start:stop].strip(), line.trailing_blank))
    return [joined for title in titles if (joined := join(title))]


def numbers_from(lines: tuple[Line, ...], at: int) -> Iterator[tuple[int, int]]:
    """Yield index and number of each line, from an index on, that begins with a number where something may begin."""
    for index in range(at, len(lines)):
        number = leading_number(lines[index])
        if number and (index == 0 or lines[index].opens or has_stopped(lines[index - 1].text)):
            yield index, number[0]


def _begins_anew(line: Line) -> bool:
    return line.opens or bool(numberings(line.text)) or label_at_start(line.text) is not None
