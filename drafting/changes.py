"""What changed between two texts, word by word, so that a person can read it.

The words that stay are a longest common subsequence (`drafting.subsequences`). What would read as a salad of single
words is then shown as one change. Knows nothing of drafts, files or screens, so that a comparison on screen and tracked
changes in Word say the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from drafting.subsequences import common


class ChangeKind(StrEnum):
    """What became of a stretch of text."""

    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stayed, went or came.

    Attributes:
        kind: What became of it.
        text: The text; never empty.
    """

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word or another sign, and the space after it."""

    text: str
    space: str


@dataclass(slots=True)
class _Run:
    """Words that stay (the same count in both texts), or words that go and words that come in their place."""

    equal: bool
    before: list[_Word]
    after: list[_Word]


# Scripts that are written without spaces are compared sign by sign; so are marks that are no letters. A number keeps
# its separators ("2,000"), a word its hyphens and apostrophes. Flags are two signs each.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W{_UNSPACED}]"
_SIGN = re.compile(
    rf"[{_UNSPACED}]|{_LETTER}+(?:['’‑-]{_LETTER}+|(?<=\d)[.,](?=\d){_LETTER}+)*"
    r"|[\U0001f1e6-\U0001f1ff]{2}|\s+|."
)
_JOINERS = ("\u200c", "\u200d")
_SENTENCE_ENDS = ".;:!?…"
_FEW = 3  # words that stay and still are no landmark between two changes


def word_changes(before: str, after: str) -> tuple[Change, ...]:
    """Return how one text became another.

    What is equal or deleted, put together, is exactly `before`; what is equal or inserted is exactly `after`. Where
    something was replaced, what was deleted stands before what was inserted. Letters are never parted from their
    accents, nor emoji from what modifies them.

    Args:
        before: The earlier text.
        after: The later text.
    """
    old, new = _words(before), _words(after)
    stays = common([word.text for word in old], [word.text for word in new])
    runs = _readable(_settled(_runs(old, new, stays)))
    return tuple(_changes(runs))


def _words(text: str) -> list[_Word]:
    """Return a text as its words, each with the space after it; space that begins the text follows an empty word."""
    words: list[tuple[list[str], list[str]]] = []  # signs that belong together, and the space after them
    for match in _SIGN.finditer(text):
        sign = match[0]
        open_word = words[-1][0] if words and not words[-1][1] else None
        if open_word and _continues(open_word, sign):
            open_word.append(sign)
        elif sign.isspace():
            if not words:
                words.append(([], []))
            words[-1][1].append(sign)
        else:
            words.append(([sign], []))
    return [_Word("".join(signs), "".join(space)) for signs, space in words]


def _continues(word: list[str], sign: str) -> bool:
    """Return whether a sign cannot stand apart from the word before it: an accent, a joiner, what follows those."""
    first, last = sign[0], word[-1][-1]
    if unicodedata.category(first)[0] == "M" or first in _JOINERS or "\U0001f3fb" <= first <= "\U0001f3ff":
        return True
    if last in _JOINERS:
        return not first.isspace()
    return unicodedata.category(last)[0] == "M" and first.isalpha() and word[0][0].isalpha()


def _runs(old: list[_Word], new: list[_Word], stays: list[tuple[int, int]]) -> list[_Run]:
    """Return the texts as runs that alternate between what stays and what was changed."""
    runs: list[_Run] = []
    one = other = start = 0
    for index, (left, right) in enumerate([*stays, (len(old), len(new))]):
        if left > one or right > other or index == len(stays):
            if index > start:
                runs.append(_Run(True, old[one - (index - start) : one], new[other - (index - start) : other]))
            if left > one or right > other:
                runs.append(_Run(False, old[one:left], new[other:right]))
            start = index
        one, other = left + 1, right + 1
    return runs


def _settled(runs: list[_Run]) -> list[_Run]:
    """Shift what was only deleted or only inserted to where a reader expects it: behind the end of a sentence.

    "A b. [C b.] D" and "A [b. C] b. D" are the same change; the first one reads as a sentence.
    """
    for index in range(1, len(runs) - 1):
        left, run, right = runs[index - 1 : index + 2]
        if run.equal or bool(run.before) == bool(run.after):
            continue
        changed = list(run.before or run.after)
        by = 0
        while by < min(len(changed), len(left.before)) and left.before[-1 - by].text == changed[-1 - by].text:
            by += 1
        for shift in range(by + 1):
            first = len(left.before) - shift
            if first == 0 or left.before[first - 1].text[-1:] in _SENTENCE_ENDS:
                _shift(left, run, right, shift)
                break
    return [run for run in runs if run.before or run.after]


def _shift(left: _Run, run: _Run, right: _Run, by: int) -> None:
    """Move a change by some words to the left, which are the words that it ends with."""
    if not by:
        return
    for parts in ((left.before, run.before, right.before), (left.after, run.after, right.after)):
        words, changed = [*parts[0], *parts[1], *parts[2]], len(parts[1])
        start = len(parts[0]) - by
        parts[0][:], parts[1][:], parts[2][:] = words[:start], words[start : start + changed], words[start + changed :]


def _readable(runs: list[_Run]) -> list[_Run]:
    """Take a few words that stay between two larger changes into one change."""
    read: list[_Run] = []
    sizes: list[int] = []
    for run in runs:
        read.append(run)
        sizes.append(_letters(run.before) if run.equal else max(_letters(run.before), _letters(run.after)))
        while _is_lost(read[-3:], sizes[-3:]):
            for lost in read[-2:]:
                read[-3].before += lost.before
                read[-3].after += lost.after
            sizes[-3] += sizes[-2] + sizes[-1]
            del read[-2:], sizes[-2:]
    return read


def _is_lost(runs: list[_Run], sizes: list[int]) -> bool:
    if [run.equal for run in runs] != [False, True, False]:
        return False
    words = sum(map(_is_word, runs[1].before))
    return words <= _FEW and sizes[1] <= min(sizes[0], sizes[2])


def _letters(words: list[_Word]) -> int:
    return sum(len(word.text) for word in words if _is_word(word))


def _is_word(word: _Word) -> bool:
    return any(map(str.isalnum, word.text))


def _changes(runs: list[_Run]) -> Iterator[Change]:
    """Give the runs as stretches of text, with neighbours of one kind joined."""
    equal: list[str] = []
    deleted: list[str] = []
    inserted: list[str] = []

    def changed() -> Iterator[Change]:
        went, came = "".join(deleted), "".join(inserted)
        deleted.clear()
        inserted.clear()
        shared = _shared_space(went, came)
        for kind, text in ((ChangeKind.DELETED, went), (ChangeKind.INSERTED, came)):
            if len(text) > shared:
                yield Change(kind, text[: len(text) - shared])
        equal.append(went[len(went) - shared :])

    def stayed() -> Iterator[Change]:
        if text := "".join(equal):
            yield Change(ChangeKind.EQUAL, text)
        equal.clear()

    for run in runs:
        if not run.equal:
            yield from stayed()
            deleted += [word.text + word.space for word in run.before]
            inserted += [word.text + word.space for word in run.after]
            continue
        for one, other in zip(run.before, run.after, strict=True):
            yield from changed()
            equal.append(one.text)
            if one.space == other.space:
                equal.append(one.space)
            else:
                yield from stayed()
                deleted.append(one.space)
                inserted.append(other.space)
    yield from changed()
    yield from stayed()


def _shared_space(one: str, other: str) -> int:
    """Return how much space both texts end with; it stays, though the words before it were replaced."""
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count] == other[-1 - count] and one[-1 - count].isspace():
        count += 1
    return count
