"""Square brackets in a text: what is disputed, how it is nested, and what is left when a bracket is settled.

"We [urge] [call upon] States [, as appropriate, [in particular]]" holds four brackets, one of them inside another, and
one choice of two. This module knows one text at a time; it never mistakes a missing bracket for one that is there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BETWEEN_OPTIONS = re.compile(r"\s*(?:/\s*)?")


@dataclass(frozen=True, slots=True)
class Bracket:
    """A pair of brackets in a text.

    Attributes:
        start: Place of the opening bracket, in characters.
        end: Place after the closing bracket.
        depth: How many brackets are around it; 0 for an outermost one.
    """

    start: int
    end: int
    depth: int


@dataclass(frozen=True, slots=True)
class Brackets:
    """All brackets of a text.

    Attributes:
        pairs: In order of their opening.
        unmatched: Places of the brackets that close nothing or are never closed, in order.
    """

    pairs: tuple[Bracket, ...]
    unmatched: tuple[int, ...]

    @property
    def balanced(self) -> bool:
        """Whether every bracket has its partner."""
        return not self.unmatched


def brackets(text: str) -> Brackets:
    """Return the brackets of a text."""
    opened: list[int] = []
    found: list[Bracket] = []
    unmatched: list[int] = []
    for at, character in enumerate(text):
        if character == "[":
            opened.append(at)
        elif character == "]" and opened:
            start = opened.pop()
            found.append(Bracket(start, at + 1, len(opened)))
        elif character == "]":
            unmatched.append(at)
    # What is left open was counted as being around the pairs after it, and is around nothing.
    pairs = (Bracket(pair.start, pair.end, pair.depth - sum(start < pair.start for start in opened)) for pair in found)
    return Brackets(tuple(sorted(pairs, key=lambda pair: pair.start)), tuple(sorted((*unmatched, *opened))))


def has_brackets(text: str) -> bool:
    """Tell whether there is any square bracket in a text, matched or not."""
    return "[" in text or "]" in text


def choices(text: str) -> tuple[tuple[Bracket, ...], ...]:
    """Return the groups of brackets that stand side by side, such as ``[shall] [should]`` or ``[shall]/[should]``.

    Each group is a choice between its brackets; a bracket that stands alone is no choice and is left out.
    """
    pairs = brackets(text).pairs
    groups: list[list[Bracket]] = []
    last: dict[int, list[Bracket]] = {}
    for pair in pairs:
        group = last.get(pair.depth)
        if group and _BETWEEN_OPTIONS.fullmatch(text, group[-1].end, pair.start):
            group.append(pair)
        else:
            last[pair.depth] = [pair]
            groups.append(last[pair.depth])
    return tuple(tuple(group) for group in groups if len(group) > 1)


def accept(text: str, bracket: Bracket) -> str:
    """Return the text with a pair of brackets taken off and what they hold kept."""
    return text[: bracket.start] + text[bracket.start + 1 : bracket.end - 1] + text[bracket.end :]


def strike(text: str, bracket: Bracket) -> str:
    """Return the text without a pair of brackets and what they hold, and without the space that is then too many."""
    return _closed_up(text[: bracket.start], text[bracket.end :])


def choose(text: str, group: tuple[Bracket, ...], chosen: int) -> str:
    """Return the text with one option of a choice kept and the others struck out.

    Args:
        text: The text.
        group: The options, as `choices` gives them.
        chosen: Index of the option to keep.
    """
    kept = text[group[chosen].start + 1 : group[chosen].end - 1].strip()
    return text[: group[0].start] + kept + text[group[-1].end :]


def accept_all(text: str) -> str:
    """Return the text with every pair of brackets taken off; unmatched brackets stay."""
    return _without(text, {place for pair in brackets(text).pairs for place in (pair.start, pair.end - 1)})


def strike_all(text: str) -> str:
    """Return the text without anything that stands in brackets; unmatched brackets stay."""
    for pair in reversed([pair for pair in brackets(text).pairs if pair.depth == 0]):
        text = strike(text, pair)
    return text


def _without(text: str, places: set[int]) -> str:
    return "".join(character for at, character in enumerate(text) if at not in places)


def _closed_up(before: str, after: str) -> str:
    if before[-1:] in {" ", "\t"} or not before or before.endswith("\n"):
        after = after.lstrip(" \t")
    if after[:1] in {",", ";", ".", ":", ")"} or not after or after.startswith("\n"):
        before = before.rstrip(" \t")
    return before + after
