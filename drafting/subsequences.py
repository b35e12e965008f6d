"""What two sequences have in common, and the longest part of one that grows: the arithmetic of comparing.

A longest common subsequence is found with whole numbers as bit vectors: what it costs depends on the lengths only,
never on what the sequences hold. (`difflib` is quadratic or worse when words repeat, and by default takes frequent
words for noise.) Knows nothing of words, clauses or drafts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence

_BITS = 2**28
"""Most bits that one comparison of stretches may hold in memory (32 MiB): 16,000 words against 16,000."""


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """Return the positions of a longest strictly increasing subsequence."""
    tails: list[int] = []  # the least number that ends an increasing subsequence of each length
    positions: list[int] = []
    previous: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(tails, number)
        previous.append(positions[length - 1] if length else -1)
        if length == len(tails):
            tails.append(number)
            positions.append(position)
        else:
            tails[length], positions[length] = number, position
    longest: list[int] = []
    position = positions[-1] if positions else -1
    while position >= 0:
        longest.append(position)
        position = previous[position]
    return longest[::-1]


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the pairs of positions of a longest common subsequence, or of a long one where texts are very long."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    pairs = [(position, position) for position in range(start)]
    inner_old, inner_new = old[start : len(old) - end], new[start : len(new) - end]
    if len(inner_old) * len(inner_new) <= _BITS:
        found = _longest_common(inner_old, inner_new)
    else:
        found = _common_by_anchors(inner_old, inner_new)
    pairs += [(start + one, start + other) for one, other in found]
    pairs += [(len(old) - left, len(new) - left) for left in range(end, 0, -1)]
    return pairs


def _longest_common(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return a longest common subsequence, by bit vectors (Hyyrö 2004).

    A row of the table of lengths is a number: a bit is 0 where the length grows at that position of `old`.
    """
    where: dict[Hashable, int] = {}
    for position, word in enumerate(old):
        where[word] = where.get(word, 0) | (1 << position)
    full = (1 << len(old)) - 1
    row, rows = full, []
    for word in new:
        matches = row & where.get(word, 0)
        row = ((row + matches) | (row - matches)) & full
        rows.append(row)
    pairs = []
    one, other = len(old), len(new)
    while one and other:
        if (rows[other - 1] >> (one - 1)) & 1:
            one -= 1
        else:
            other -= 1
            if not other or (rows[other - 1] >> (one - 1)) & 1:
                one -= 1
                pairs.append((one, other))
    return pairs[::-1]


def _common_by_anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return a common subsequence of what is too long for a table: words that both have once, and what is between.

    A stretch that is still too long and has no such words counts as replaced.
    """
    once_old, once_new = _once(old), _once(new)
    both = sorted((position, once_new[word]) for word, position in once_old.items() if word in once_new)
    anchors = [both[index] for index in longest_increasing([other for _, other in both])]
    pairs: list[tuple[int, int]] = []
    one = other = 0
    for anchor in [*anchors, (len(old), len(new))]:
        between_old, between_new = old[one : anchor[0]], new[other : anchor[1]]
        if anchors or len(between_old) * len(between_new) <= _BITS:
            pairs += [(one + left, other + right) for left, right in common(between_old, between_new)]
        pairs.append(anchor)
        one, other = anchor[0] + 1, anchor[1] + 1
    return pairs[:-1]


def _once(words: Sequence[Hashable]) -> dict[Hashable, int]:
    positions: dict[Hashable, int] = {}
    again: set[Hashable] = set()
    for position, word in enumerate(words):
        if word in positions:
            again.add(word)
        positions[word] = position
    return {word: position for word, position in positions.items() if word not in again}
