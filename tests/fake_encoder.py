"""An encoder whose vectors can be worked out by hand: one dimension a word, and how often the text has it.

For the logic around the model only; what the real model finds is tested with the real model.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from index.encoder import Encoding, ModelCard, unit

VOCABULARY = ("women", "prisons", "cybercrime", "corruption", "water")
_WORD = re.compile(r"\w+")


class FakeEncoder:
    """Counts the words of `VOCABULARY`; every word is a token, and only those of the vocabulary have a direction.

    Attributes:
        card: What it says it is.
        encoded: The passage windows it was asked to encode, in order.
        queries: The queries it was asked to encode, in order.
    """

    def __init__(self, window: int = 12, name: str = "fake", *, with_tokens: bool = True) -> None:
        self.card = ModelCard(name, f"digest of {name}", len(VOCABULARY), window)
        self.encoded: list[str] = []
        self.queries: list[str] = []
        self._with_tokens = with_tokens

    def encode_passage(self, text: str) -> Encoding:
        """Return the counts of a window."""
        self.encoded.append(text)
        return self._encoding(text)

    def encode_query(self, text: str) -> Encoding:
        """Return the counts of a query."""
        self.queries.append(text)
        return self._encoding(text)

    def token_counts(self, texts: Sequence[str], *, query: bool = False) -> list[int]:
        """Return the number of words of each text; a query counts no differently."""
        del query
        return [len(_words(text)) for text in texts]

    def _encoding(self, text: str) -> Encoding:
        found = _words(text)
        places = [match.span() for match in _WORD.finditer(text)] if self._with_tokens else []
        counts = np.array([[found.count(word) for word in VOCABULARY]], dtype=np.float32)
        if not self._with_tokens:
            found = []
        ids = [VOCABULARY.index(w) if w in VOCABULARY else 100 + zlib.crc32(w.encode()) % 1_000_000 for w in found]
        directions = [[float(word == known) for known in VOCABULARY] for word in found]
        return Encoding(
            vector=unit(counts)[0],
            token_ids=np.array(ids, dtype=np.int32),
            token_vectors=np.array(directions, dtype=np.float32).reshape(len(found), len(VOCABULARY)),
            spans=np.array(places, dtype=np.int32).reshape(len(places), 2),
        )


def _words(text: str) -> list[str]:
    return [match.group().casefold() for match in _WORD.finditer(text)]
