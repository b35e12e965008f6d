"""Labels of list items: ``(a)``, ``(iv)``, ``(aa)``, and what they hang from.

``(i)`` is the ninth letter or the first roman number; only the list around it can say which. This module keeps the open
lists of one paragraph and places each label in them. It doesn't know texts: whether a bracket is a label at all, or a
reference such as "paragraph 2 (h)", is decided by where it stands and by whether it fits here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus.headings import roman_value

_LABEL = re.compile(r"\((?P<label>[a-z]{1,5}|[0-9]{1,2})\)\s+(?=\S)")
_LOST_AT_MOST = 2
_SECOND = 2
_LONGEST_DOUBLED = 2  # (aa), after (z)


def label_at_start(text: str) -> tuple[str, int] | None:
    """Return the label that a line begins with, and where its text begins; None when it has none."""
    match = _LABEL.match(text)
    return (match["label"], match.end()) if match else None


def readings(label: str) -> dict[str, int]:
    """Return what a label may count: for each style (letter, roman, figure) its value."""
    if label.isdigit():
        return {"figure": int(label)}
    found = {}
    if len(set(label)) == 1 and len(label) <= _LONGEST_DOUBLED:
        found["letter"] = ord(label[0]) - ord("a") + 1 + 26 * (len(label) - 1)
    roman = roman_value(label.upper())
    if roman:
        found["roman"] = roman
    return found


def is_second(label: str | None) -> bool:
    """Tell whether a label may be the second of its list: ``(b)``, ``(ii)``, ``(2)``."""
    return label is not None and _SECOND in readings(label).values()


@dataclass(slots=True)
class OpenLists:
    """The lists that are open under one paragraph, outermost first: style, last value, last label."""

    _lists: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        """Return the labels from the outside in, without brackets."""
        return tuple(label for _, _, label in self._lists)

    def place(self, label: str, following: str | None, *, may_nest: bool) -> tuple[str, ...] | None:
        """Place a label and return its path, or None when it fits nowhere and so is no label.

        Args:
            label: The label without brackets.
            following: The next label in the paragraph; it tells ``(h) (i) (j)`` from ``(h) (i) (ii)``.
            may_nest: Whether a list may begin here, that is, whether the text before has come to a stop.
        """
        values = readings(label)
        depth = self._depth_of_next(values, 1)
        starts = next((style for style, value in values.items() if value == 1 and self._is_new(style)), None)
        if depth is not None and starts and may_nest and readings(following or "").get(starts) == _SECOND:
            depth = None
        if depth is None and not (starts and may_nest):
            lost = (self._depth_of_next(values, step) for step in range(2, _LOST_AT_MOST + 2))
            depth = next((found for found in lost if found is not None), None)
        if depth is not None:
            style = self._lists[depth][0]
            del self._lists[depth:]
            self._lists.append((style, values[style], label))
            return self.path
        if starts and may_nest:
            self._lists.append((starts, 1, label))
            return self.path
        return None

    def _is_new(self, style: str) -> bool:
        return all(opened != style for opened, _, _ in self._lists)

    def _depth_of_next(self, values: dict[str, int], step: int) -> int | None:
        """Return the depth of the innermost list in which a label comes this many places after the last one."""
        for depth in reversed(range(len(self._lists))):
            style, last, _ = self._lists[depth]
            if values.get(style) == last + step:
                return depth
        return None
