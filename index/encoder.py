"""What the index asks of a model that turns text into vectors.

A protocol, so that a model served in another way, or a fake one whose vectors can be worked out by hand, stands in the
same place. Nothing here knows sentence-transformers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.windows import packed

Vectors = npt.NDArray[np.float32]
Offsets = npt.NDArray[np.int32]


def _no_offsets() -> Offsets:
    return np.zeros((0, 2), dtype=np.int32)


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Which model made a vector.

    Attributes:
        name: Name as the user gave it, or the default model's name.
        digest: SHA-256 over the weights and whatever else changes a vector (modules, prompts, window), in hex.
        dimension: Length of a vector.
        window: Most tokens the model reads of one text, the special ones included; 0 when it has no limit.
    """

    name: str
    digest: str
    dimension: int
    window: int


@dataclass(frozen=True, slots=True)
class Encoding:
    """What a model makes of one text.

    Attributes:
        vector: The text as a whole, a unit vector, shape (dimension,).
        token_ids: Its tokens as numbers of the model's vocabulary, shape (tokens,); -1 for a special token.
        token_vectors: Each token in its context, unit vectors, shape (tokens, dimension). No rows when the model has no
            token vectors to give.
        spans: Where each token stands in the text, first and behind the last character, shape (tokens, 2); first and
            last are equal for what stands for no character of it: special tokens, and the model's prompt. No rows when
            the model's tokenizer cannot say.
    """

    vector: Vectors
    token_ids: npt.NDArray[np.int32]
    token_vectors: Vectors
    spans: Offsets = field(default_factory=_no_offsets)


class Encoder(Protocol):
    """Turns texts into unit vectors whose inner product is their similarity."""

    @property
    def card(self) -> ModelCard:
        """Return which model this is."""
        ...

    def encode_passage(self, text: str) -> Encoding:
        """Return the encoding of one passage window."""
        ...

    def encode_query(self, text: str) -> Encoding:
        """Return the encoding of one query."""
        ...

    def token_counts(self, texts: Sequence[str], *, query: bool = False) -> list[int]:
        """Return how many tokens each text takes of the window, prompt and special tokens included.

        Args:
            texts: Passage windows or queries.
            query: Whether they are queries, whose prompt can be longer or shorter.
        """
        ...


def encoded(encoder: Encoder, query: str) -> list[Encoding]:
    """Return the encodings of a query: one, or several when it is longer than the model's window.

    The spans of their tokens are in the whole query, blanks at its ends included; these are not encoded.
    """
    spans = packed(query, encoder.card.window, partial(encoder.token_counts, query=True))
    parts = ((encoder.encode_query(query[span.start : span.end]), span) for span in spans)
    return [replace(encoding, spans=encoding.spans + np.int32(span.start)) for encoding, span in parts]


def text_spans(offsets: Sequence[tuple[int, int]], prompt: int) -> Offsets:
    """Return the spans of tokens in a text, from their offsets in the text behind a prompt.

    Args:
        offsets: First and behind the last character of each token.
        prompt: Length of the prompt.
    """
    spans = np.array(offsets, dtype=np.int32).reshape(len(offsets), 2) - np.int32(prompt)
    return np.asarray(np.maximum(spans, 0), dtype=np.int32)


def unit(vectors: Vectors) -> Vectors:
    """Return vectors, shape (n, dimension), each divided by its length."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)
