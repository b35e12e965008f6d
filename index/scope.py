"""What a search looks at: the filters of region, congress, kind and genre, and what they mean when they are not set.

By default a search ranks what a region said: the regional reports, without their procedural paragraphs. The discussion
guide (a genre) and procedural paragraphs (a kind) are searched when they are asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from corpus.errors import UnknownValueError
from corpus.model import Corpus, Genre, Kind, Passage, Source

_Value = TypeVar("_Value", bound=StrEnum)

REGIONS_SPEAK = frozenset({Genre.REGIONAL_REPORT, Genre.DECLARATION})
SUBSTANCE = frozenset(Kind) - {Kind.PROCEDURAL}


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters that hold together; an empty one leaves its field at the default.

    Attributes:
        regions: Regions that speak; empty for all.
        congresses: Ordinals of congresses; empty for all.
        kinds: Kinds of passage; empty for all but procedural.
        genres: Genres of source; empty for what regions said.
    """

    regions: frozenset[str] = frozenset()
    congresses: frozenset[int] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    genres: frozenset[Genre] = frozenset()

    def admits(self, passage: Passage, source: Source) -> bool:
        """Return whether a passage is searched."""
        return (
            (not self.regions or source.region in self.regions)
            and (not self.congresses or source.congress in self.congresses)
            and passage.kind in (self.kinds or SUBSTANCE)
            and source.genre in (self.genres or REGIONS_SPEAK)
        )

    def mask(self, corpus: Corpus) -> npt.NDArray[np.bool_]:
        """Return which passages of a corpus are searched, shape (passages,)."""
        sources = {source.symbol: source for source in corpus.sources}
        admitted = (self.admits(passage, sources[passage.symbol]) for passage in corpus.passages)
        return np.fromiter(admitted, dtype=np.bool_, count=len(corpus.passages))


def scope_from_words(
    corpus: Corpus,
    *,
    regions: Iterable[str] = (),
    congresses: Iterable[int] = (),
    kinds: Iterable[str] = (),
    genres: Iterable[str] = (),
) -> Scope:
    """Return the scope that a user's words name, letter case ignored.

    Raises:
        UnknownValueError: A word that the corpus does not have; the sentence lists those it has.
    """
    held = {source.region.casefold(): source.region for source in corpus.sources if source.region}
    prepared = sorted({source.congress for source in corpus.sources})
    for congress in congresses:
        if congress not in prepared:
            raise _unknown("congress", str(congress), map(str, prepared))
    chosen = []
    for region in regions:
        if region.strip().casefold() not in held:
            raise _unknown("region", region, held.values())
        chosen.append(held[region.strip().casefold()])
    return Scope(
        regions=frozenset(chosen),
        congresses=frozenset(congresses),
        kinds=frozenset(_member(Kind, "kind", kind) for kind in kinds),
        genres=frozenset(_member(Genre, "genre", genre) for genre in genres),
    )


def _member(values: type[_Value], name: str, word: str) -> _Value:
    """Return the member of an enumeration that a word names."""
    try:
        return values(word.strip().casefold())
    except ValueError:
        raise _unknown(name, word, (value.value for value in values)) from None


def _unknown(name: str, word: str, known: Iterable[str]) -> UnknownValueError:
    return UnknownValueError(f"There is no {name} “{word}” in the corpus.", f"Choose from: {'; '.join(sorted(known))}.")
