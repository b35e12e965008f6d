"""The alignment: which words of a clause and which words of a passage say the same.

The token vectors of late interaction say it without another model. The vector of a word is the sum of those of its
tokens, with half of the mean passage taken out: what any two texts on crime prevention share says nothing of a word.
Seen from either side, a word is linked with the nearest word of the other text: the one with the same stem, or else
the one with the highest cosine, if that is high enough. How high depends on how common the words are. Words that half
of the passages have, such as "crime" and "justice", lie near everything. Stop words are linked with nothing.

Knows words, vectors and how common a word is; not where they come from, nor what a link is shown as.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from corpus.model import Span
from index.encoder import Offsets, Vectors, unit
from index.opposed import opposed
from index.words import Word, stems

Numbers = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

_CENTRE = 0.5  # how much of the mean passage is taken out of a word
_NEAR = 0.55  # least cosine of two words
_COMMON_FROM, _COMMON_TO = 0.10, 0.16  # between these shares of passages that have a word …
_COMMON_EXTRA = 0.12  # … this much more is asked for, little by little
_NAME = 0.75  # least cosine of a name: one city lies near another
_MOST = 0.99  # of a link between words of two stems
_NEVER = 2.0  # no cosine is that high: a number is like no other
_STEM_FIRST = 4.0  # more than any two cosines differ by
_JOINED = re.compile(r"[\s‐-–-]*")
_SENTENCE_END = frozenset(".?!:;")

# Verbs that open a clause and say what the drafter does, not what is to be backed.
_OPENING = frozenset(
    stems(
        """acknowledge affirm agree appeal bear call commit commitment concern convince decide declare determine
        emphasize encourage endeavour express invite mindful note pledge reaffirm recall recognize recommend reiterate
        renew request resolve seek stress strive strongly support take underline underscore undertake urge welcome"""
    )
)


@dataclass(frozen=True, slots=True)
class Link:
    """A word of a clause and a word of a passage that say the same.

    Attributes:
        clause: The word in the query, as searched.
        passage: The word in the passage's text.
        strength: 1 when they have the same stem; else the cosine of the two words, below 1.
    """

    clause: Span
    passage: Span
    strength: float

    @property
    def same_stem(self) -> bool:
        """Whether it is the same word, but for case and ending."""
        return self.strength == 1.0


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one of the two texts.

    Attributes:
        spans: Where its words stand in it, in order, stop words left out, shape (words, 2).
        stems: A number for the stem of each, the same in both texts, shape (words,).
        least: The least cosine that a link of each takes, shape (words,).
    """

    spans: Offsets
    stems: npt.NDArray[np.integer]
    least: Numbers


def side(text: str, words: Sequence[Word], numbers: Sequence[int], shares: Sequence[float]) -> Side:
    """Return the words of a text with what a link of each takes.

    Args:
        text: The text.
        words: Its words.
        numbers: A number for the stem of each, the same in both texts.
        shares: Share of the passages that have each word.
    """
    extra = (np.array(shares, dtype=np.float32) - _COMMON_FROM) / (_COMMON_TO - _COMMON_FROM)
    least = _NEAR + _COMMON_EXTRA * np.clip(extra, 0, 1)
    for at, word in enumerate(words):
        if text[word.span.start].isdigit() or text[word.span.end - 1].isdigit():
            least[at] = _NEVER
        elif _is_name(text, word.span):
            least[at] = _NAME
    spans = np.array([(word.span.start, word.span.end) for word in words], dtype=np.int32).reshape(len(words), 2)
    return Side(spans, np.array(numbers, dtype=np.int64), np.asarray(least, dtype=np.float32))


def words_of_tokens(words: Sequence[Word], spans: Offsets) -> Integers:
    """Return the word that each token stands in, -1 for a token in none, shape (tokens,).

    Args:
        words: Words of a text in order.
        spans: Where the tokens stand in it.
    """
    if not words:
        return np.full(len(spans), -1)
    starts = np.array([word.span.start for word in words])
    ends = np.array([word.span.end for word in words])
    place = np.searchsorted(ends, spans[:, 0], side="right")
    at = np.minimum(place, len(words) - 1)
    inside = (place < len(words)) & (starts[at] < spans[:, 1]) & (spans[:, 0] < spans[:, 1])
    return np.where(inside, at, -1)


def word_vectors(places: Integers, tokens: Vectors, count: int, mean: Vectors) -> Vectors:
    """Return the vectors of words, zeros for those without a token, shape (count, dimension).

    Args:
        places: The word that each token stands in, -1 for none.
        tokens: The tokens' vectors.
        count: How many words.
        mean: The mean passage.
    """
    vectors = np.zeros((count, len(mean)), dtype=np.float32)
    order = np.argsort(places, kind="stable")[np.count_nonzero(places < 0) :]
    if len(order):
        ordered = places[order]
        first = np.flatnonzero(np.diff(ordered, prepend=-1))
        there = ordered[first]
        sums = np.add.reduceat(tokens[order], first, axis=0)
        directed = np.any(sums, axis=1)
        vectors[there[directed]] = unit(unit(sums[directed]) - _CENTRE * mean)
    return vectors


def links(
    clause: Side, passages: Sequence[Side], cosines: Vectors, stem: Callable[[int], str]
) -> list[tuple[Link, ...]]:
    """Return the links between a clause and each of some passages, by the clause's words, then the passage's.

    Args:
        clause: The words of the clause.
        passages: The words of each passage.
        cosines: Of each word of the clause with each word of the passages, one passage after the other.
        stem: Returns the stem of a number.
    """
    found: list[list[Link]] = [[] for _ in passages]
    sizes = np.array([len(passage.stems) for passage in passages], dtype=np.int64)
    if len(clause.stems) and sizes.any():
        # All passages at once: each alone would take as long.
        starts = np.cumsum(sizes) - sizes
        place = np.repeat(np.arange(len(sizes)), sizes)
        filled = np.cumsum(sizes > 0) - 1  # the segment of a passage that has words
        stems, spans = (np.concatenate(each) for each in zip(*((p.stems, p.spans) for p in passages), strict=True))
        same = clause.stems[:, None] == stems
        near = cosines + _STEM_FIRST * same
        best = np.maximum.reduceat(near, starts[sizes > 0], axis=1)[:, filled[place]]
        chosen = (near == best) | (near == near.max(axis=0))
        least = np.concatenate([passage.least for passage in passages])
        chosen &= same | (cosines >= np.maximum(clause.least[:, None], least))
        i, j = np.nonzero(chosen)
        asked = [Span(*span) for span in clause.spans.tolist()]
        columns = (place[j], i, spans[j], clause.stems[i], stems[j], same[i, j], cosines[i, j])
        for number, word, other, a, b, equal, cosine in zip(*(each.tolist() for each in columns), strict=True):
            if equal or not opposed(stem(a), stem(b)):
                found[number].append(Link(asked[word], Span(*other), 1.0 if equal else min(cosine, _MOST)))
    return [tuple(each) for each in found]


def marks(found: Iterable[Link]) -> tuple[Span, ...]:
    """Return the words of a passage that are linked, each once, from first to last."""
    return tuple(sorted({link.passage for link in found}, key=lambda span: span.start))


def unbacked(query: str, words: Sequence[Word], backing: Iterable[Link]) -> tuple[Span, ...]:
    """Return the stretches of a clause whose words no link backs; words side by side are one stretch.

    A word that is linked in one place is backed wherever it stands again. The verbs that open a clause ("We call
    upon") ask for no backing.

    Args:
        query: The clause.
        words: Its words.
        backing: The links of the passages that count.
    """
    linked = {link.clause.start for link in backing}
    backed = {word.stem for word in words if word.span.start in linked}
    first = next((at for at, word in enumerate(words) if word.stem not in _OPENING), len(words))
    stretches: list[Span] = []
    for word in words[first:]:
        if word.stem in backed:
            continue
        before = stretches[-1] if stretches else None
        if before and _JOINED.fullmatch(query, before.end, word.span.start):
            stretches[-1] = Span(before.start, word.span.end)
        else:
            stretches.append(word.span)
    return tuple(stretches)


def _is_name(text: str, span: Span) -> bool:
    """Return whether a word has a capital where no sentence begins."""
    if not text[span.start].isupper():
        return False
    before = text[: span.start].rstrip(" \t\n\r\u00a0\"'“”‘’([")
    return bool(before) and before[-1] not in _SENTENCE_END
