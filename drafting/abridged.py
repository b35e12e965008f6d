"""Changes without the words around them that stayed: what was done to a text, where it can be read beside.

A few words on either side say where a change is. The mark that closes a text by its place is left out, for it says
nothing about the text. This module knows no files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from drafting.changes import Change, ChangeKind

_AROUND: Final = 4  # words that stay on either side of a change
_LEFT_OUT: Final = "…"
_WORD: Final = re.compile(r"\s*\S+")
_CLOSING: Final = frozenset({".", ",", ";", ":", ""})


def abridged(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return changes with little of what stayed between them; nothing where only the closing mark differs."""
    end = len(changes)
    while end and changes[end - 1].kind is not ChangeKind.EQUAL and changes[end - 1].text.strip() in _CLOSING:
        end -= 1
    kept = changes[:end]
    if all(each.kind is ChangeKind.EQUAL for each in kept):
        return ()
    last = len(kept) - 1
    return tuple(
        Change(each.kind, _short(each.text, is_first=at == 0, is_last=at == last))
        if each.kind is ChangeKind.EQUAL
        else each
        for at, each in enumerate(kept)
    )


def _short(text: str, *, is_first: bool, is_last: bool) -> str:
    """Return the words that stayed next to a change: before the next one, after the last one, or both."""
    words = _WORD.findall(text)
    space = text[len("".join(words)) :]
    begin, end = (0 if is_first else _AROUND), (0 if is_last else _AROUND)
    if len(words) <= begin + end + 1:
        return text
    head, tail = "".join(words[:begin]), "".join(words[len(words) - end :]) if end else ""
    return f"{head}{' ' * bool(head)}{_LEFT_OUT}{tail}{space if end else ''}"
