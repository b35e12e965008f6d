"""The words of a text as word search sees them: without case, endings and stop words, and with their place.

The same words feed the lexical index and the marks in a result, so what is marked is what matched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from corpus.model import Span

_STEMMER = Stemmer.Stemmer("english")
_WORD = re.compile(r"\d+(?:[/.,]\d+)*|[^\W\d_]+(?:['’](?=[^\W\d_]{2})[^\W\d_]+)*\d*", re.UNICODE)

# Words that carry no subject matter. Verbs of the drafters' own frame ("We call upon Member States to …") are not
# here: how rare a word is in the corpus weighs it better than a list could.
STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between
    both but by can could did do does doing down during each else ever few for from further had has have having he her
    here hers herself him himself his how i if in into is it its itself just may me might more most must my myself no
    nor not of off on once only or other our ours ourselves out over own per same shall she should so some such than
    that the their theirs them themselves then there these they this those through to too under until up upon us very
    was we were what when where which while who whom whose why will with within would you your yours""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text.

    Attributes:
        stem: What it is matched by.
        span: Where it stands in the text.
    """

    stem: str
    span: Span


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order, stop words left out."""
    for match in _WORD.finditer(text):
        word = match.group().casefold().replace("’", "'")
        if word not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
            yield Word(_stem(word.removesuffix("'s")), Span(*match.span()))


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text that is asked for again and again: a passage that is shown, a query."""
    return tuple(words(text))


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in order."""
    return tuple(word.stem for word in words_of(text))


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """Return the Snowball English stem of a word."""
    return str(_STEMMER.stemWord(word))


def every_stem(text: str) -> frozenset[str]:
    """Return the stems of all words of a text, stop words included: "must" is none of the subject, but a demand."""
    return frozenset(_stem(match.group().casefold()) for match in _WORD.finditer(text))
