"""The alignments of hits: a clause's encodings against the token vectors that the index keeps.

`index.alignment` says which words say the same; here the words of passages get their vectors and their commonness from
an open index. The words of passages that were shown lately are kept, so that a search is not held up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.alignment import Link, Side, links, side, word_vectors, words_of_tokens
from index.encoder import Encoding, Vectors
from index.opened import OpenIndex
from index.words import words_of

_HELD = 512  # passages whose words are kept, about 50 kB each


@dataclass(frozen=True, slots=True)
class _Located:
    """The words of a text with their vectors.

    Attributes:
        side: The words.
        vectors: Their vectors, zeros for a word without tokens.
    """

    side: Side
    vectors: Vectors


class Aligner:
    """Aligns clauses with the passages of an index; all it keeps are words of passages, so one serves many threads."""

    def __init__(self, index: OpenIndex) -> None:
        """Bind an index."""
        self._index = index
        pooled = index.generation.pooled
        self._mean: Vectors = pooled.mean(axis=0) if len(pooled) else np.zeros(pooled.shape[1], dtype=np.float32)
        windows = index.generation.windows
        self._starts = windows["start"][windows["whole"]]
        self._passage = lru_cache(maxsize=_HELD)(self._locate)

    def align(self, query: str, encodings: Sequence[Encoding], numbers: Sequence[int]) -> list[tuple[Link, ...]]:
        """Return the links between a query and each of some passages.

        Without encodings, or when the model's tokenizer cannot say where its tokens stand, only words of the same stem
        are linked.

        Args:
            query: The query.
            encodings: What the index's model makes of it, with the tokens' spans in the query.
            numbers: Numbers of passages.
        """
        words = words_of(query)
        vectors = np.zeros((len(words), len(self._mean)), dtype=np.float32)
        if tells(encodings):
            spans = np.concatenate([encoding.spans for encoding in encodings])
            tokens = np.concatenate([encoding.token_vectors for encoding in encodings])
            vectors = word_vectors(words_of_tokens(words, spans), tokens, len(words), self._mean)
        clause = self._side(query)
        passages = [self._passage(number) for number in numbers]
        theirs = np.concatenate([vectors[:0], *(passage.vectors for passage in passages)])
        return links(clause, [passage.side for passage in passages], vectors @ theirs.T)

    def _side(self, text: str) -> Side:
        """Return the words of a text, with their numbers and shares in the index's word index."""
        lexical, words = self._index.generation.lexical, words_of(text)
        unknown = {word.stem: -1 - at for at, word in enumerate(words)}
        numbers = [known if (known := lexical.number(word.stem)) >= 0 else unknown[word.stem] for word in words]
        return side(text, words, numbers, [lexical.share(word.stem) for word in words])

    def _locate(self, number: int) -> _Located:
        """Return the words of a passage; a word that several windows cover is the sum of what each makes of it."""
        text = self._index.passages[number].text
        words, index = words_of(text), self._index.generation.tokens
        windows = range(*self._index.whole[number : number + 2].tolist())
        tokens = [index.window(window) for window in windows]
        places = [
            # An empty span stays one: it is in no word.
            words_of_tokens(words, window.spans + self._starts[at])
            for at, window in zip(windows, tokens, strict=True)
        ]
        none = np.zeros((0, len(self._mean)), dtype=np.float32)
        vectors = word_vectors(
            np.concatenate([np.zeros(0, dtype=np.int64), *places]),
            np.concatenate([none, *(window.codes * window.scales[:, None] for window in tokens)]),
            len(words),
            self._mean,
        )
        return _Located(self._side(text), vectors)


def tells(encodings: Sequence[Encoding]) -> bool:
    """Return whether encodings say which words they are of: without that nothing but stems can be compared."""
    return bool(encodings) and all(len(encoding.spans) for encoding in encodings)
