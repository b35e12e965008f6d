"""Passages that nobody wrote, structured like the real ones: as many as a test of scale needs, the same for a seed.

A synthetic passage takes a real one as its template: it has as many sentences, and as many windows. Its words are that
many sentences of the whole corpus, drawn at random, with one word in `_NEW_WORD` replaced by one of a vocabulary that
grows with the square root of the texts (Heaps' law). Its windows' vectors cannot come from the model, which would take
hours: each mixes the vector of a real window with that of one of its nearest neighbours, plus noise of the real
windows' covariance. Knows nothing of what is measured on them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors, unit
from index.windows import sentences

Integers = npt.NDArray[np.int64]

_NEIGHBOURS = 8
_NOISE = 0.5  # of the spread of the real vectors; the mixed vector keeps a cosine of about .9 with where it came from
_NEW_WORD = 40  # words
_BLOCK = 50_000  # vectors made at once


@dataclass(frozen=True, slots=True)
class Originals:
    """What is real.

    Attributes:
        sentences: All sentences of the passages.
        lengths: How many sentences each passage has, shape (passages,).
        windows: How many windows each passage has, shape (passages,).
        vectors: The vectors of all windows, shape (windows, dimension).
        tokens: The folder of the passages' token vectors (`index.late`).
    """

    sentences: tuple[str, ...]
    lengths: Integers
    windows: Integers
    vectors: Vectors
    tokens: Path


def originals(texts: Sequence[str], windows: Integers, vectors: Vectors, tokens: Path) -> Originals:
    """Return what synthetic passages are made of.

    Args:
        texts: The passages' texts.
        windows: How many windows each has, shape (passages,).
        vectors: The windows' vectors, shape (windows, dimension).
        tokens: The folder of the passages' token vectors.
    """
    split = [[text[span.start : span.end] for span in sentences(text)] for text in texts]
    lengths = np.array([len(parts) for parts in split], dtype=np.int64)
    return Originals(tuple(part for parts in split for part in parts), lengths, windows, vectors, tokens)


def templates(real: Originals, count: int, seed: int) -> Integers:
    """Return which real passage each of some synthetic ones is like, shape (count,)."""
    return np.random.default_rng([seed, 0]).integers(len(real.lengths), size=count)


def texts(real: Originals, like: Integers, seed: int) -> list[str]:
    """Return the texts of synthetic passages, one for each template."""
    numbers = np.random.default_rng([seed, 1])
    drawn = numbers.integers(len(real.sentences), size=int(real.lengths[like].sum()))
    new = 100 * math.isqrt(len(like))
    made, at = [], 0
    for length in real.lengths[like].tolist():
        words = " ".join(real.sentences[number] for number in drawn[at : at + length].tolist()).split(" ")
        for place in numbers.integers(len(words), size=len(words) // _NEW_WORD).tolist():
            words[place] = f"term{int(new * numbers.random() ** 2)}"
        made.append(" ".join(words))
        at += length
    return made


def vectors(real: Originals, count: int, seed: int) -> Vectors:
    """Return vectors of synthetic windows, unit vectors, shape (count, dimension)."""
    numbers = np.random.default_rng([seed, 2])
    dimension = real.vectors.shape[1]
    near = np.argsort(-(real.vectors @ real.vectors.T), axis=1)[:, 1 : 1 + _NEIGHBOURS]
    spread = np.cov(real.vectors.T).reshape(dimension, dimension) + 1e-6 * np.eye(dimension)
    shape = np.linalg.cholesky(spread).astype(np.float32).T * np.float32(_NOISE)
    made = np.empty((count, dimension), dtype=np.float32)
    for start in range(0, count, _BLOCK):
        size = min(_BLOCK, count - start)
        first = numbers.integers(len(real.vectors), size=size)
        second = near[first, numbers.integers(near.shape[1], size=size)]
        share = numbers.random((size, 1), dtype=np.float32)
        mixed = (1 - share) * real.vectors[first] + share * real.vectors[second]
        made[start : start + size] = unit(mixed + numbers.standard_normal((size, dimension), dtype=np.float32) @ shape)
    return made
