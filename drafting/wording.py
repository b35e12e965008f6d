"""The words of a text without what the layout puts around them: labels, closing marks, the first capital, spaces.

"(a) Foster inclusion;" and "foster inclusion" say the same words. Two texts are compared so where a change of place
must not count as a change of wording: for the label "verbatim", for the state "agreed", for duplicates. This module
knows texts only.
"""

from __future__ import annotations

import re
from functools import lru_cache

from drafting.characters import printable

_LABEL = re.compile(r"\[*(?:\([a-z]{1,7}\)|\d{1,3}\.)\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?!(?:and/or|and|or)\s*$)")
_CLOSING = " \t\u00a0.,;:،؛，；"
_JOINING = re.compile(r"[,;]\s*(?:and/or|and|or)$")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=2048)  # a clause is compared with its source and its quotes, which are mostly the same text
def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text in the form in which they are compared; empty ones are left out."""
    found = (
        _bare(sentence)
        for line in printable(text).lines
        for sentence in _SENTENCE_END.split(_LABEL.sub("", line, count=1))
    )
    return tuple(sentence for sentence in found if sentence)


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts differ in nothing but spaces, labels, closing marks and the capitals of sentences."""
    return one == other or sentences(one) == sentences(other)


def stands_in(text: str, source: str) -> bool:
    """Tell whether a text is whole sentences of a source, in the order of the source and nothing between them."""
    wanted, held = sentences(text), sentences(source)
    return bool(wanted) and any(held[at : at + len(wanted)] == wanted for at in range(len(held) - len(wanted) + 1))


def _bare(sentence: str) -> str:
    stem = _SPACES.sub(" ", sentence).strip()
    stem = _JOINING.sub("", stem).rstrip(_CLOSING)
    return stem[:1].lower() + stem[1:]
