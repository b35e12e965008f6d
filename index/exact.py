"""What a query names exactly: a document, a paragraph, a quoted phrase, an acronym. Those passages come first.

    A/CONF.234/RPM.1/1, para. 44 (c)      RPM.1/1 para 44(c)      A/CONF.213/RPM.1/1#annex-I/13(a)
    "access to justice"                   ILANUD

A symbol may be cut short from the left as far as a reader would ("RPM.1/1" names a report of each congress that has
one). An acronym decides when the query is short, a look-up rather than a clause, or when few passages have it: in a
clause about what UNODC should do, the deed says more than the name. Nothing here scores: it says which passages are
named and how exactly, as a tier that goes before the score.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from corpus.model import Corpus, Passage

Tiers = npt.NDArray[np.float32]

PARAGRAPH, BELOW_PARAGRAPH, PHRASE, ACRONYM, DOCUMENT = 5.0, 4.0, 3.0, 2.0, 1.0
_SHORT = 8  # words: above that a query is a clause
_FEW = 0.05  # of the passages: an acronym that so few have is what the query is about
_PLACE = re.compile(
    r"#?\s*,?\s*(?:(?P<container>annex)[\s-]+(?P<numeral>[IVX]+)\b[\s,/]*)?"
    r"(?:(?:para|paras|paragraph|paragraphs)\b\.?\s*|(?<=#)|(?<=/)|\s)?(?P<paragraph>\d{1,4})(?![\w/.])?"
    r"(?P<labels>(?:\s*\([a-z]{1,6}\))*)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[a-z]+", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“”]([^\"“”]{2,})[\"“”]")
_ACRONYM = re.compile(r"(?<![\w/.])[A-Z][A-Z0-9]*[A-Z][A-Za-z0-9]*(?![\w/]|\.\w)")
_BLANKS = re.compile(r"\s+")


def tiers(query: str, corpus: Corpus) -> Tiers:
    """Return how exactly a query names each passage, shape (passages,): 0 for not at all, most for a paragraph.

    Args:
        query: What was typed.
        corpus: The documents.
    """
    found = np.zeros(len(corpus.passages), dtype=np.float32)
    rest = query
    for start, end, symbol in reversed(list(_symbols(query, corpus))):
        place = _PLACE.match(query, end)
        rest = rest[:start] + " " + rest[place.end() if place else end :]
        inside = [number for number, passage in enumerate(corpus.passages) if passage.symbol == symbol]
        spelled = [number for number in inside if _spelled_out(corpus.passages[number], query[start:])]
        named = dict.fromkeys(spelled, PARAGRAPH) or {
            number: tier for number in inside if place and (tier := _placed(corpus.passages[number], place))
        }
        for number, tier in (named or dict.fromkeys(inside, DOCUMENT)).items():
            found[number] = max(found[number], tier)
    if (found > DOCUMENT).any():  # a paragraph was asked for, not whatever else its document says
        found[found == DOCUMENT] = 0
    for phrase in map(_folded, _QUOTED.findall(query)):
        having = [number for number, passage in enumerate(corpus.passages) if phrase in _folded(passage.text)]
        found[having] = np.maximum(found[having], PHRASE)
    for acronym in set(_ACRONYM.findall(rest)):
        whole = re.compile(rf"\b{re.escape(acronym)}\b")
        having = [
            number
            for number, passage in enumerate(corpus.passages)
            if acronym in passage.text and whole.search(passage.text)
        ]
        if len(query.split()) <= _SHORT or len(having) <= _FEW * len(corpus.passages):
            found[having] = np.maximum(found[having], ACRONYM)
    return found


def names_document(query: str, corpus: Corpus) -> frozenset[str]:
    """Return the symbols of the documents that a query names."""
    return frozenset(symbol for _, _, symbol in _symbols(query, corpus))


def _symbols(query: str, corpus: Corpus) -> Iterator[tuple[int, int, str]]:
    """Yield where a query names a document of the corpus, and which; a short form may name several."""
    for source in corpus.sources:
        for match in _pattern(source.symbol).finditer(query):
            yield match.start(), match.end(), source.symbol


@lru_cache(maxsize=4096)
def _pattern(symbol: str) -> re.Pattern[str]:
    """Return what matches a symbol, whole or cut short from the left down to two parts or one with a number."""
    parts = symbol.split("/")
    suffixes = ["/".join(parts[at:]) for at in range(len(parts))]
    named = [suffix for suffix in suffixes if re.match(r"[A-Z]+(?:\.|/)", suffix)]
    return re.compile(rf"(?<![\w/.])(?:{'|'.join(map(re.escape, named))})(?![\w/])", re.IGNORECASE)


def _spelled_out(passage: Passage, words: str) -> bool:
    """Return whether words begin with the id or the full citation of a passage in a declaration, annex or agenda."""
    if not passage.locator.container:
        return False
    folded = _folded(words)
    return any(
        folded.startswith(name) and not re.match(r"[\w/]|\s*\(", folded[len(name) :])
        for name in (_folded(passage.id), _folded(passage.cite()))
    )


def _placed(passage: Passage, place: re.Match[str]) -> float:
    """Return the tier of a passage of a named document, by the place in it that is named; 0 for another place."""
    container = f"annex-{place['numeral'].upper()}" if place["container"] else ""
    labels = tuple(label.lower() for label in _LABEL.findall(place["labels"]))
    locator = passage.locator
    if (locator.container, locator.paragraph) != (container, place["paragraph"]):
        return 0.0
    if locator.subparagraph == labels:
        return PARAGRAPH
    return BELOW_PARAGRAPH if locator.subparagraph[: len(labels)] == labels else 0.0


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Return a text as it is compared: without case, with plain quotes and single blanks."""
    return _BLANKS.sub(" ", text.casefold().replace("’", "'").replace("“", '"').replace("”", '"')).strip()
