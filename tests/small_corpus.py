"""Corpora of a few lines, for tests that work out by hand what should be found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus.model import Corpus, Genre, Kind, Locator, Passage, Source, Standing

REGIONS = ("Africa", "Western Asia", "Latin America and the Caribbean")


def passage(symbol: str, number: int, text: str, kind: Kind = Kind.RECOMMENDATION) -> Passage:
    """Return one paragraph of a report."""
    return Passage(symbol, Locator("", str(number)), ("I. Matters",), text, kind, Standing.RECOMMENDED, "the meeting")


def source(symbol: str, region: str, congress: int = 14, genre: Genre = Genre.REGIONAL_REPORT) -> Source:
    """Return one report."""
    return Source(symbol, f"Report {symbol}", genre, congress, region, "", "", "en", "", f"{symbol}.txt", "0" * 64)


def corpus_of(texts: Mapping[str, Sequence[str]]) -> Corpus:
    """Return reports with their paragraphs numbered from 1; the n-th report is the n-th region's."""
    symbols = sorted(texts)
    return Corpus(
        sources=tuple(source(symbol, REGIONS[number % len(REGIONS)]) for number, symbol in enumerate(symbols)),
        passages=tuple(
            passage(symbol, number, text) for symbol in symbols for number, text in enumerate(texts[symbol], 1)
        ),
    )


def with_genre(corpus: Corpus, symbol: str, genre: Genre) -> Corpus:
    """Return a corpus in which one source is of another genre, and so speaks for no region."""
    changed = tuple(
        replace(source, genre=genre, region="") if source.symbol == symbol else source for source in corpus.sources
    )
    return Corpus(changed, corpus.passages)


def with_kind(corpus: Corpus, passage_id: str, kind: Kind) -> Corpus:
    """Return a corpus in which one passage is of another kind."""
    changed = tuple(replace(p, kind=kind) if p.id == passage_id else p for p in corpus.passages)
    return Corpus(corpus.sources, changed)
