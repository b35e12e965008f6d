"""Which stretches of a passage are embedded: its sentences, and the whole of it in windows that fit the model.

A clause often matches one sentence of a long paragraph, or the paragraph as a whole but no sentence of it; a passage
is scored by its best window. Nothing is cut: what is longer than the model's window is covered by several that
overlap. Offsets only; no text is changed, and nothing here knows a model beyond how many tokens a text takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from corpus.model import Span

TokenCounts = Callable[[Sequence[str]], list[int]]

# A sentence ends at . ? or ! (with closing quotes or brackets), an item of an inline list at a semicolon; what follows
# must look like a beginning, so that "para. 23", "No. 10" and "e.g. by" stay whole.
_END = re.compile(r"[.?!][”\"’')\]]*(?=\s+[“\"‘'(\[]*[A-ZÀ-Þ])|;(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Art|para|paras|vol|vols|art|sect|cf|ed|eds|pp?)|\b[A-Z])\.$"
)
# Where windows may be cut when a sentence is too long: at blanks, and in scripts written without any, anywhere.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED}]+")


def sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text, and the parts between its semicolons, as spans without outer blanks."""
    ends = [match.end() for match in _END.finditer(text) if not _ABBREVIATION.search(text, 0, match.end())]
    bounds = [0, *ends, len(text)]
    return tuple(span for start, end in pairwise(bounds) if (span := _trim(text, start, end)))


def windows(text: str, limit: int, token_counts: TokenCounts) -> tuple[tuple[Span, bool], ...]:
    """Return the spans of a text to embed: every sentence, and the whole in as few windows as fit.

    Args:
        text: A passage's text.
        limit: Most tokens of one window; 0 for no limit.
        token_counts: Tokens that each of several texts takes, special tokens included.

    Returns:
        Distinct spans in order of their start, the longer one first, each with whether it is one of the few that
        cover the whole.
    """
    parts = _parts(text, limit, token_counts)
    whole = set(_packed(text, parts, limit, token_counts))
    ordered = sorted({*parts, *whole}, key=lambda span: (span.start, -span.end))
    return tuple((span, span in whole) for span in ordered)


def packed(text: str, limit: int, token_counts: TokenCounts) -> tuple[Span, ...]:
    """Return the whole of a text in as few windows as fit, at sentence boundaries where there are any."""
    parts = _parts(text, limit, token_counts)
    return tuple(_packed(text, parts, limit, token_counts))


def _parts(text: str, limit: int, token_counts: TokenCounts) -> list[Span]:
    """Return the sentences, those too long in overlapping stretches, so that both starts and ends only ever rise."""
    parts: list[Span] = []
    for span in _fitting(text, sentences(text), limit, token_counts):
        # Halves of halves can lie inside each other, when one side needed more cuts than the other.
        while parts and span.start <= parts[-1].start and span.end >= parts[-1].end:
            parts.pop()
        if not parts or span.end > parts[-1].end:
            parts.append(span)
    return parts


def _trim(text: str, start: int, end: int) -> Span | None:
    """Return the span without blanks at its ends, or None when nothing is left."""
    words = text[start:end]
    left, right = len(words) - len(words.lstrip()), len(words.rstrip())
    return Span(start + left, start + right) if right > left else None


def _fitting(text: str, spans: Sequence[Span], limit: int, token_counts: TokenCounts) -> Iterator[Span]:
    """Yield the spans, each one that is too long replaced by overlapping halves until they fit."""
    counts = token_counts([text[span.start : span.end] for span in spans])
    for span, count in zip(spans, counts, strict=True):
        words = [match.span() for match in _WORD.finditer(text, span.start, span.end)]
        if not limit or count <= limit or len(words) == 1:
            yield span
            continue
        middle, overlap = len(words) // 2, len(words) // 10
        halves = (
            Span(span.start, words[min(len(words) - 2, middle + overlap)][1]),
            Span(words[max(1, middle - overlap)][0], span.end),
        )
        yield from _fitting(text, halves, limit, token_counts)


def _packed(text: str, parts: Sequence[Span], limit: int, token_counts: TokenCounts) -> Iterator[Span]:
    """Yield windows of consecutive parts, each as long as fits, repeating the last part of the one before if it can."""
    first = 0
    while first < len(parts):
        last = _farthest(text, parts, first, limit, token_counts)
        yield Span(parts[first].start, parts[last].end)
        if last == len(parts) - 1:
            return
        # Step back one part for the overlap, unless the next part would then not fit beside it.
        again = Span(parts[last].start, parts[last + 1].end)
        fits = token_counts([text[again.start : again.end]])[0] <= limit
        first = last if last > first and fits else last + 1


def _farthest(text: str, parts: Sequence[Span], first: int, limit: int, token_counts: TokenCounts) -> int:
    """Return the last part that still fits into a window that starts with the first one."""
    if not limit:
        return len(parts) - 1
    start, low, high = parts[first].start, first, len(parts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if token_counts([text[start : parts[middle].end]])[0] <= limit:
            low = middle
        else:
            high = middle - 1
    return low
