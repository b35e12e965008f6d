"""What of a text can be printed: line breaks made plain, and characters no file can hold left out and named.

A pasted paragraph brings control characters, halves of surrogate pairs and the line separators of other programs. XML
cannot hold the first two at all. This module knows characters only: not where the text stands, nor how it is printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_NOT_PRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)


@dataclass(frozen=True, slots=True)
class Printable:
    """A text as it can be printed.

    Attributes:
        lines: Its lines, trimmed, without the empty ones; no line holds a line break or a tab.
        dropped: The characters left out, in order of occurrence.
    """

    lines: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def line(self) -> str:
        """The text on one line."""
        return " ".join(self.lines)


@lru_cache(maxsize=2048)  # a draft is laid out, checked and compared by the same few texts
def printable(text: str) -> Printable:
    """Return the text without the characters that no file can hold.

    Args:
        text: Any string, whatever it was pasted from.

    Returns:
        Its lines, and the control characters, lone surrogates and noncharacters that were left out of them.
    """
    dropped = tuple(_NOT_PRINTABLE.findall(text))
    kept = _NOT_PRINTABLE.sub("", text) if dropped else text
    lines = (line.replace("\t", " ").strip() for line in LINE_BREAK.split(kept))
    return Printable(tuple(line for line in lines if line), dropped)


def name_dropped(place: str, dropped: tuple[str, ...]) -> str:
    """Return a sentence that says which characters were left out of a place.

    Args:
        place: Where they stood, as the start of a sentence, such as ``Operative paragraph 3``.
        dropped: The characters; at least one.
    """
    codes = ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in dropped))
    what = (
        "1 character that cannot be printed was"
        if len(dropped) == 1
        else (f"{len(dropped)} characters that cannot be printed were")
    )
    return f"{place}: {what} left out ({codes})."
