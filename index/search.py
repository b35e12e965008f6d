"""The search: one query in, ranked passages with their provenance out.

Three signals are fused. A passage's dense score is the inner product of the query with its best window; its lexical
score is BM25 over its words; its late score compares the query with it token by token (`index.late`). The first two
choose the candidates among all passages that the filters leave, the third joins them for the candidates. Each is
stretched to 0…1 before it is mixed. Without a model the lexical score ranks alone, and the result says so. Whatever the
query names exactly (`index.exact`) comes before everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from corpus.errors import QueryError
from corpus.model import Genre, Kind, Passage, Source, Span
from index.bands import Band, band
from index.build import window_span
from index.encoder import Encoder, Encoding
from index.exact import names_document, tiers
from index.opened import OpenIndex, check_model
from index.scope import Scope
from index.windows import packed
from index.words import words

Numbers = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

# Weights of the fusion, chosen by cross-validation (docs/retrieval.md): the dense score beside the lexical one, and the
# late score beside both.
DENSE_WEIGHT = 0.75
LATE_WEIGHT = 0.5
CANDIDATES = 200
MAX_QUERY = 10_000
# Windows that the vector store is asked for; at this depth a passage's best window decides, not the depth.
_DEPTH = 4096


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        passage: The passage.
        source: Its source.
        rank: Place in the ranking, from 1.
        score: Fused score, 0 to 1, plus the tier of `index.exact` when the query names the passage; comparable within
            one search only.
        named: Whether the query names it: its symbol, its paragraph, a quoted phrase or an acronym that it has.
        band: How close it is, in words; comparable between searches.
        window: The stretch of its text that matched best.
        marks: The words of its text that the query shares, by stem.
        identical: Passages elsewhere with the same words.
    """

    passage: Passage
    source: Source
    rank: int
    score: float
    named: bool
    band: Band
    window: Span
    marks: tuple[Span, ...]
    identical: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found.

    Attributes:
        query: The query as searched.
        hits: Best first.
        searched: How many passages the filters left to search.
        words_only: Whether the model was not there, so that only words were compared.
    """

    query: str
    hits: tuple[Hit, ...]
    searched: int
    words_only: bool

    @property
    def nothing_close(self) -> bool:
        """Return whether no hit is close, or close in part, or named by the query."""
        return all(hit.band is Band.RELATED and not hit.named for hit in self.hits)


def checked_query(text: str) -> str:
    """Return a query without outer blanks.

    Raises:
        QueryError: It is empty, longer than `MAX_QUERY` characters, or not text.
    """
    query = text.strip()
    if not query:
        raise QueryError("The query is empty.", "Type a clause or a phrase to search for.")
    if len(query) > MAX_QUERY:
        raise QueryError(
            f"The query has {len(query):,} characters, and at most {MAX_QUERY:,} can be searched at once.",
            "Search for one clause at a time.",
        )
    if any("\ud800" <= character <= "\udfff" for character in query):  # bytes that were no UTF-8 arrive as these
        raise QueryError("The query holds bytes that are not text.", "Type it again, or save it as UTF-8.")
    return query


class Searcher:
    """Searches an open index; a query leaves nothing behind but the mask of its scope, so one serves many threads."""

    def __init__(self, index: OpenIndex, encoder: Encoder | None) -> None:
        """Bind an index to a model.

        Args:
            index: The open index.
            encoder: The model the index was built with; None to compare words only.

        Raises:
            IndexFolderError: The index was built with another model.
        """
        if encoder is not None:
            check_model(index.manifest, encoder.card)
        self.index = index
        self._encoder = encoder
        self._masks: dict[Scope, Mask] = {}

    def search(self, text: str, k: int = 10, scope: Scope | None = None) -> SearchResult:
        """Return the k passages most similar to a text.

        Args:
            text: A clause or phrase.
            k: Most hits.
            scope: Filters; None for what regions said.

        Raises:
            QueryError: The text cannot be searched.
        """
        query = checked_query(text)
        tier = tiers(query, self.index.corpus)
        mask = self._mask(scope or Scope()) | self._named(query, tier, scope or Scope())
        tier = np.where(mask, tier, 0).astype(np.float32)
        lexical = np.where(mask, self.index.generation.lexical.scores(query), 0).astype(np.float32)
        if self._encoder is None:
            ranking = _by_words(lexical, tier, mask)
        else:
            ranking = self._by_meaning(encoded(self._encoder, query), lexical, tier, mask, max(k, CANDIDATES))
        stems = {word.stem for word in words(query)}
        best = float(ranking.closeness.max(initial=-1))
        hits = tuple(self._hit(ranking, at, stems, best, tier) for at in range(min(k, len(ranking.numbers))))
        return SearchResult(query, hits, int(mask.sum()), self._encoder is None)

    def _mask(self, scope: Scope) -> Mask:
        """Return which passages a scope admits; the screens ask for few scopes, again and again."""
        if scope not in self._masks:
            self._masks[scope] = scope.mask(self.index.corpus)
        return self._masks[scope]

    def _named(self, query: str, tier: Numbers, scope: Scope) -> Mask:
        """Return the passages that the query names by symbol; only a filter of kind or genre keeps them out."""
        symbols = names_document(query, self.index.corpus)
        if not symbols or scope.kinds or scope.genres:
            return np.zeros(len(tier), dtype=np.bool_)
        every = self._mask(replace(scope, kinds=frozenset(Kind), genres=frozenset(Genre)))
        named = (t > 0 and passage.symbol in symbols for t, passage in zip(tier, self.index.passages, strict=True))
        return every & np.fromiter(named, dtype=np.bool_, count=len(tier))

    def _by_meaning(self, query: list[Encoding], lexical: Numbers, tier: Numbers, mask: Mask, depth: int) -> _Ranking:
        """Rank by all three signals."""
        generation = self.index.generation
        cosines, windows = self._dense(query, mask)
        scores = DENSE_WEIGHT * stretched(cosines, mask) + (1 - DENSE_WEIGHT) * stretched(lexical, mask)
        numbers = _descending(scores + tier, np.flatnonzero(mask))[:depth]
        scores, closeness = scores[numbers], cosines[numbers]
        if generation.tokens.has_vectors and len(numbers):
            late = self._late(query, numbers)
            every = np.ones(len(late), dtype=np.bool_)
            scores = np.asarray((1 - LATE_WEIGHT) * scores + LATE_WEIGHT * stretched(late, every), dtype=np.float32)
            closeness = np.asarray((closeness + late) / 2, dtype=np.float32)
        scores = scores + tier[numbers]
        order = _descending(scores, np.arange(len(numbers)))
        return _Ranking(numbers[order], scores[order], closeness[order], windows[numbers][order])

    def _dense(self, query: list[Encoding], mask: Mask) -> tuple[Numbers, npt.NDArray[np.int64]]:
        """Return, for every passage, the inner product of its best window (-1 when not found) and that window's row."""
        windows = self.index.generation.windows
        inside = mask[windows["passage"]]
        allowed = None if inside.all() else np.ascontiguousarray(windows["key"][inside])
        cosines = np.full(len(mask), -1, dtype=np.float32)
        best = np.full(len(mask), -1, dtype=np.int64)
        if inside.any():
            total = np.sum([encoding.vector for encoding in query], axis=0, dtype=np.float32)
            vector = np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), dtype=np.float32)
            depth = min(_DEPTH, int(inside.sum()))
            keys, found = self.index.generation.vectors.search(vector, depth, allowed)
            rows = self.index.rows_of(keys)
            numbers = windows["passage"][rows]
            first = np.unique(numbers, return_index=True)[1]  # best first, so the first of a passage is its best
            cosines[numbers[first]], best[numbers[first]] = found[first], rows[first]
        return cosines, best

    def _late(self, query: list[Encoding], numbers: npt.NDArray[np.int64]) -> Numbers:
        """Return the late score of passages: that of the best of the windows that cover each."""
        first, last = self.index.whole[numbers], self.index.whole[numbers + 1]
        windows = np.concatenate([np.arange(a, b) for a, b in zip(first, last, strict=True)])
        starts = np.cumsum(np.concatenate([[0], (last - first)[:-1]]))
        scores = self.index.generation.tokens.scores(query, windows)
        return np.asarray(np.maximum.reduceat(scores, starts), dtype=np.float32)

    def _hit(self, ranking: _Ranking, at: int, stems: set[str], best: float, tier: Numbers) -> Hit:
        number = int(ranking.numbers[at])
        passage = self.index.passages[number]
        row, closeness = int(ranking.windows[at]), float(ranking.closeness[at])
        window = window_span(self.index.generation.windows[row]) if row >= 0 else Span(0, len(passage.text))
        return Hit(
            passage=passage,
            source=self.index.sources[passage.symbol],
            rank=at + 1,
            score=float(ranking.scores[at]),
            named=bool(tier[number]),
            band=band(closeness, best=closeness >= best),
            window=window,
            marks=tuple(word.span for word in words(passage.text) if word.stem in stems),
            identical=tuple(self.index.by_id[other] for other in self.index.identical.get(passage.id, ())),
        )


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Passages in order of their score, with what else a hit shows; all arrays have the same length."""

    numbers: npt.NDArray[np.int64]
    scores: Numbers
    closeness: Numbers
    windows: npt.NDArray[np.int64]


def _by_words(lexical: Numbers, tier: Numbers, mask: Mask) -> _Ranking:
    """Rank the passages that share a word with the query. Words alone cannot say how close a passage is."""
    scores = stretched(lexical, mask) + tier
    numbers = _descending(scores, np.flatnonzero((lexical > 0) | (tier > 0)))
    unknown = np.full(len(numbers), -1)
    return _Ranking(numbers, scores[numbers], unknown.astype(np.float32), unknown)


def _descending(scores: Numbers, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return numbers by their score, best first, equal ones in their own order."""
    return numbers[np.lexsort((numbers, -scores[numbers]))]


def encoded(encoder: Encoder, query: str) -> list[Encoding]:
    """Return the encodings of a query: one, or several when it is longer than the model's window."""
    spans = packed(query, encoder.card.window, partial(encoder.token_counts, query=True))
    return [encoder.encode_query(query[span.start : span.end]) for span in spans]


def stretched(scores: Numbers, mask: Mask) -> Numbers:
    """Return scores mapped to 0…1 over the masked passages (min-max), 0 outside and where all are equal."""
    inside = scores[mask]
    low, high = (float(inside.min()), float(inside.max())) if inside.size else (0.0, 0.0)
    if high <= low:
        return np.zeros_like(scores)
    return np.where(mask, (scores - low) / (high - low), 0).astype(np.float32)
