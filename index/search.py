"""The search: one query in, ranked passages with their provenance out.

Which passages are searched is the filters' to say (`index.scope`), in which order they come that of the ranking
(`index.ranking`); here they become hits that a screen can show: with their source, how close they are, the stretch that
matched, and what else says the same words. Whatever the query names exactly (`index.exact`) comes first, even from
outside the default scope.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderError, QueryError
from corpus.model import Genre, Kind, Passage, Source, Span
from index.aligner import Aligner, tells
from index.alignment import Link, marks, unbacked
from index.bands import Band
from index.encoder import Encoder, Encoding, encoded
from index.exact import names_document, tiers
from index.folder import window_span
from index.opened import OpenIndex, check_model
from index.ranking import Ranking, by_meaning, by_words
from index.reranking import Reranker, reranked
from index.scope import Scope
from index.words import words_of

Numbers = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

MAX_QUERY = 10_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        passage: The passage.
        source: Its source.
        rank: Place in the ranking, from 1.
        score: Fused score, about 0 to 1.2, plus the tier of `index.exact` when the query names the passage;
            comparable between searches. Without a model, the lexical score, 0 to about 1, plus the tier.
        named: Whether the query names it: its symbol, its paragraph, a quoted phrase or an acronym that it has.
        band: How close it is, in words; comparable between searches.
        window: The stretch of its text that matched best.
        alignment: Which words of the query and which of its text say the same.
        identical: Passages elsewhere with the same words.
    """

    passage: Passage
    source: Source
    rank: int
    score: float
    named: bool
    band: Band
    window: Span
    alignment: tuple[Link, ...]
    identical: tuple[Passage, ...]

    @property
    def marks(self) -> tuple[Span, ...]:
        """The words of its text that say what the query says, from first to last."""
        return marks(self.alignment)

    @property
    def counts(self) -> bool:
        """Whether it can back the query: it is close, close in part, or named by it, and not only on its topic."""
        return self.named or self.band is not Band.RELATED


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found.

    Attributes:
        query: The text that was searched for, as it was given; `alignment` and `unbacked` are places in it.
        hits: Best first.
        searched: How many passages the filters left to search.
        words_only: Whether the model was not there, so that only words were compared.
        unbacked: The stretches of the query of which no hit that counts says anything; None where that cannot be
            said, since only stems were compared.
    """

    query: str
    hits: tuple[Hit, ...]
    searched: int
    words_only: bool
    unbacked: tuple[Span, ...] | None = None

    @property
    def unbacked_words(self) -> tuple[str, ...]:
        """The words of `unbacked`, blanks made single, what stands there again left out."""
        found = (" ".join(self.query[span.start : span.end].split()) for span in self.unbacked or ())
        return tuple({words.casefold(): words for words in reversed(list(found))}.values())[::-1]

    @property
    def nothing_close(self) -> bool:
        """Return whether no hit is close, or close in part, or named by the query."""
        return not any(hit.counts for hit in self.hits)

    @property
    def none_the_same(self) -> bool:
        """Return whether hits are on the subject, but none is close or named: no passage says the same."""
        about = not self.words_only and not self.nothing_close
        return about and not any(hit.named or hit.band is Band.CLOSE for hit in self.hits)

    @property
    def groups(self) -> tuple[tuple[Hit, ...], ...]:
        """The hits as they are shown: those with the same words together, where the best of them stands.

        Their ranks stay as they are.
        """
        groups: dict[str, list[Hit]] = {}
        first: dict[str, str] = {}
        for hit in self.hits:
            name = first.setdefault(hit.passage.id, hit.passage.id)
            groups.setdefault(name, []).append(hit)
            for other in hit.identical:
                first.setdefault(other.id, name)
        return tuple(tuple(group) for group in groups.values())


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
    try:
        query.encode()
    except UnicodeEncodeError as error:  # bytes that were no UTF-8 arrive as surrogates
        raise QueryError("The query holds bytes that are not text.", "Type it again, or save it as UTF-8.") from error
    return query


class Searcher:
    """Searches an open index; a query leaves nothing behind but the mask of its scope, so one serves many threads."""

    def __init__(self, index: OpenIndex, encoder: Encoder | None, reranker: Reranker | None = None) -> None:
        """Bind an index to a model.

        Args:
            index: The open index.
            encoder: The model the index was built with; None to compare words only.
            reranker: A second reader of the best candidates; None for none. Without an encoder it is not asked.

        Raises:
            IndexFolderError: The index was built with another model.
        """
        if encoder is not None:
            check_model(index.manifest, encoder.card)
        self.index = index
        self._encoder = encoder
        self._reranker = reranker
        self._masks: dict[Scope, Mask] = {}
        self._aligner = Aligner(index)

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
        encodings = encoded(self._encoder, text) if self._encoder else []
        ranking, searched = self._ranked(query, encodings, k, scope or Scope())
        alignments = self._aligner.align(text, encodings, ranking.numbers[:k].tolist())
        hits = tuple(self._hit(ranking, at, links) for at, links in enumerate(alignments))
        without = None
        if tells(encodings):
            backing = (link for hit in hits if hit.counts for link in hit.alignment)
            without = unbacked(text, words_of(text), backing)
        return SearchResult(text, hits, searched, self._encoder is None, without)

    def ranking(
        self, text: str, k: int = 10, scope: Scope | None = None, encodings: Sequence[Encoding] | None = None
    ) -> Ranking:
        """Return the figures behind a search: all candidates, at least k where there are as many.

        Args:
            text: A clause or phrase.
            k: Least number of candidates.
            scope: Filters; None for what regions said.
            encodings: What `encodings` returned for the text, when it was asked already.

        Raises:
            QueryError: The text cannot be searched.
        """
        query = checked_query(text)
        if encodings is None:
            encodings = encoded(self._encoder, query) if self._encoder else []
        return self._ranked(query, encodings, k, scope or Scope())[0]

    def encodings(self, text: str) -> Sequence[Encoding]:
        """Return what the model makes of a text.

        Raises:
            QueryError: The text cannot be searched.
            EncoderError: There is no model.
        """
        checked_query(text)
        if self._encoder is None:
            raise EncoderError("There is no model to compare meanings with.", "Set it up, or search by words.")
        return encoded(self._encoder, text)

    def hit(self, ranking: Ranking, at: int, text: str, encodings: Sequence[Encoding]) -> Hit:
        """Return a candidate as a hit.

        Args:
            ranking: The ranking.
            at: Place of the candidate in it, from 0.
            text: What was ranked for.
            encodings: What `encodings` returned for it.
        """
        (links,) = self._aligner.align(text, encodings, [int(ranking.numbers[at])])
        return self._hit(ranking, at, links)

    def _ranked(self, query: str, encodings: Sequence[Encoding], k: int, scope: Scope) -> tuple[Ranking, int]:
        """Return the ranking of a query, and how many passages were searched."""
        tier = tiers(query, self.index.corpus)
        mask = self._mask(scope) | self._named(query, tier, scope)
        tier = np.where(mask, tier, 0).astype(np.float32)
        if self._encoder is None:
            ranking = by_words(self.index, query, tier, mask)
        else:
            ranking = by_meaning(self.index, query, encodings, tier, mask, k)
            if self._reranker is not None:
                ranking = reranked(self.index, self._reranker, query, ranking)
        return ranking, int(mask.sum())

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

    def _hit(self, ranking: Ranking, at: int, alignment: tuple[Link, ...]) -> Hit:
        number = int(ranking.numbers[at])
        passage = self.index.passages[number]
        row = int(ranking.windows[at])
        window = window_span(self.index.generation.windows[row]) if row >= 0 else Span(0, len(passage.text))
        return Hit(
            passage=passage,
            source=self.index.sources[passage.symbol],
            rank=at + 1,
            score=float(ranking.scores[at]),
            named=bool(ranking.tiers[at]),
            band=ranking.bands[at],
            window=window,
            alignment=alignment,
            identical=tuple(self.index.by_id[other] for other in self.index.identical.get(passage.id, ())),
        )
