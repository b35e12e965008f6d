"""The alignments of hits: a clause's encodings against the words of passages that the index keeps.

`index.alignment` says which words say the same; here both sides are brought together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.alignment import Link, links, side, word_vectors, words_of_tokens
from index.encoder import Encoding, Vectors
from index.opened import OpenIndex
from index.pooling import mean_passage
from index.words import words_of


class Aligner:
    """Aligns clauses with the passages of an index; it keeps nothing, so one serves many threads."""

    def __init__(self, index: OpenIndex) -> None:
        """Bind an index."""
        self._lexical, self._words = index.generation.lexical, index.generation.words
        self._mean: Vectors = mean_passage(index.generation.pooled)

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
        unknown = {word.stem: -1 - at for at, word in enumerate(words)}
        known = (self._lexical.number(word.stem) for word in words)
        stems = [number if number >= 0 else unknown[word.stem] for number, word in zip(known, words, strict=True)]
        clause = side(query, words, stems, [self._lexical.share(word.stem) for word in words])
        passages, cosines = self._words.beside(vectors, numbers)

        def stem(number: int) -> str:
            return self._lexical.word(number) if number >= 0 else words[-1 - number].stem

        return links(clause, passages, cosines, stem)


def tells(encodings: Sequence[Encoding]) -> bool:
    """Return whether encodings say which words they are of: without that nothing but stems can be compared."""
    return bool(encodings) and all(len(encoding.spans) for encoding in encodings)
