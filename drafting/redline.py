"""Two laid-out drafts as one page on which everything stayed, came, went or moved: what tracked changes show.

Read without what went it is the later page, read without what came the earlier one, to the last sign. Paragraphs are
the same when they belong to the same clause, alternative or fixed line; inside, words are compared. This module knows
neither Word nor the store.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise, zip_longest
from typing import Final, TypeVar

from drafting.changes import Change, ChangeKind, word_changes
from drafting.comparison import moved_between, side_by_side
from drafting.lines import ParagraphKind
from drafting.page import Note, Page, Paragraph
from drafting.redline_page import Fate, MarkedLine, MarkedNote, MarkedParagraph, Redline, Stretch, Unit
from drafting.references import Target

_Held = TypeVar("_Held")
_Pair = tuple[Paragraph | None, Paragraph | None]

_FATES: Final = {ChangeKind.EQUAL: Fate.KEPT, ChangeKind.DELETED: Fate.DELETED, ChangeKind.INSERTED: Fate.INSERTED}
_MOVED: Final = "moved away: "  # stands before the key of a unit where it was; no key begins so
_FIRST_SIGN: Final = 0xD800
_MOST_SIGNS: Final = 0x800


def unmarked(page: Page) -> Redline:
    """Return a page on which nothing changed."""
    return redline(page, page)


def redline(before: Page, after: Page) -> Redline:
    """Return what became of a page.

    Args:
        before: The earlier page.
        after: The later page.
    """
    return Redline(
        after,
        tuple(
            _line((one.left, one.right) if one else None, (other.left, other.right) if other else None, strong=strong)
            for strong in (True, False)
            for one, other in zip_longest(
                (line for line in before.masthead if line.strong is strong),
                (line for line in after.masthead if line.strong is strong),
            )
        ),
        tuple(
            _line((one, "") if one else None, (other, "") if other else None)
            for one, other in _in_step(before.agenda_items, after.agenda_items, str)
        ),
        tuple(
            _line((one, "") if one else None, (other, "") if other else None)
            for one, other in [(before.title, after.title)]
            if one or other
        ),
        tuple(_units(before, after)),
    )


def _line(before: tuple[str, str] | None, after: tuple[str, str] | None, *, strong: bool = False) -> MarkedLine:
    fate = Fate.INSERTED if before is None else Fate.DELETED if after is None else Fate.KEPT
    left, right = (
        tuple(Stretch(_FATES[change.kind], change.text) for change in word_changes(one, other))
        for one, other in zip(before or ("", ""), after or ("", ""), strict=True)
    )
    return MarkedLine(fate, left, right, strong)


def _units(before: Page, after: Page) -> Iterator[Unit]:
    """Yield the units of both pages in an order that holds the order of each."""
    old, new = _by_key(before), _by_key(after)
    moved = moved_between([key for key in old if key in new], [key for key in new if key in old])
    pairs = {key: tuple(_paired(old[key], new[key])) for key in new if key in old}
    stable = frozenset(_stable(pair for key, found in pairs.items() if key not in moved for pair in found))
    for key in side_by_side([_MOVED + key if key in moved else key for key in old], list(new)):
        origin = key.removeprefix(_MOVED)
        if origin in moved:
            fate = Fate.MOVED_HERE if key in new else Fate.MOVED_AWAY
            found = (_moved(pair, fate) for pair in pairs[origin])
            yield Unit(fate, tuple(each for each in found if each), named=key in new)
        elif key in pairs:
            yield Unit(Fate.KEPT, tuple(_marked(pair, stable) for pair in pairs[key]))
        elif key in new:
            yield Unit(Fate.INSERTED, tuple(_marked((None, each), stable) for each in new[key]))
        else:
            is_gone = not any(each.startswith(_stem(key)) for each in new)
            yield Unit(Fate.DELETED, tuple(_marked((each, None), stable) for each in old[key]), named=is_gone)


def _by_key(page: Page) -> dict[str, list[Paragraph]]:
    """Return the paragraphs of each clause, alternative or fixed line.

    The key of what is numbered by another rule is another: a paragraph that changes its style or its list went, and one
    came, for readers do not agree on what becomes of a paragraph property that was changed.
    """
    found: dict[str, list[Paragraph]] = {}
    for (clause_id, alternative_id), paragraphs in groupby(
        page.paragraphs, key=lambda paragraph: (paragraph.clause_id, paragraph.alternative_id)
    ):
        held = list(paragraphs)
        if not clause_id:
            found |= {f"//{each.kind}": [each] for each in held}
            continue
        lead = held[0]
        rule = lead.kind.value
        if lead.kind is ParagraphKind.ALTERNATIVE:
            rule += f" unnumbered {lead.number.startswith('Alt')} several {not lead.number.endswith('.')}"
        found[f"{clause_id}/{alternative_id}/{rule}"] = held
    return found


def _stem(key: str) -> str:
    """Return the beginning of all keys of the same clause or alternative."""
    return key[: key.rindex("/") + 1]


def _paired(before: list[Paragraph], after: list[Paragraph]) -> Iterator[_Pair]:
    """Yield the paragraphs of a unit side by side; the first is the first, and a line of another kind another line."""
    yield before[0], after[0]
    for one, other in _in_step(before[1:], after[1:], lambda paragraph: (paragraph.kind, paragraph.text)):
        if one and other and one.kind is not other.kind:
            yield one, None
            yield None, other
        else:
            yield one, other


def _stable(pairs: Iterable[_Pair]) -> Iterator[Target]:
    """Yield the paragraphs that have their place and label in both versions, so that a number can follow them."""
    for one, other in pairs:
        if one and other and one.path == other.path and not other.alternative_id:
            yield Target(other.clause_id, other.path)


def _marked(pair: _Pair, stable: frozenset[Target]) -> MarkedParagraph:
    """Return a paragraph that did not move."""
    one, other = pair
    fate = Fate.INSERTED if one is None else Fate.DELETED if other is None else Fate.KEPT
    found = one if other is None else other
    assert found is not None  # noqa: S101 - one of a pair is there
    return MarkedParagraph(fate, found, tuple(_settled(piece, stable) for piece in _content(pair)))


def _settled(piece: Stretch | MarkedNote, stable: frozenset[Target]) -> Stretch | MarkedNote:
    """Return a piece whose number follows the numbering only where that is right in every version that has it."""
    if isinstance(piece, MarkedNote) or piece.target is None:
        return piece
    return piece if piece.fate is Fate.KEPT and piece.target in stable else replace(piece, target=None)


def _moved(pair: _Pair, fate: Fate) -> MarkedParagraph | None:
    """Return one end of a move: words that were changed besides came or went, the others moved."""
    found = pair[fate is Fate.MOVED_HERE]
    if found is None:
        return None
    changed = Fate.INSERTED if fate.is_new else Fate.DELETED
    ends = {Fate.KEPT: fate, changed: changed}
    pieces = (replace(piece, fate=ends[piece.fate]) for piece in _content(pair) if piece.fate in ends)
    return MarkedParagraph(fate, found, tuple(_settled(piece, frozenset()) for piece in pieces))


def _content(pair: _Pair) -> Iterator[Stretch | MarkedNote]:
    yield from _text(*pair)
    yield from _remark(*pair)
    yield from _notes(*pair)


def _text(before: Paragraph | None, after: Paragraph | None) -> Iterator[Stretch]:
    """Yield the text of a paragraph; a number is one sign, and words whose italics change went and came."""
    signs = _Signs()
    old, old_opener = signs.written(before)
    new, new_opener = signs.written(after)
    at = to = 0
    for change in _changes(old, new):
        length = len(change.text)
        cuts = {0, length}
        if change.kind is not ChangeKind.INSERTED:
            cuts |= {old_opener - at}
        if change.kind is not ChangeKind.DELETED:
            cuts |= {new_opener - to}
        inside = sorted(cut for cut in cuts if 0 <= cut <= length)
        for start, end in pairwise(inside):
            words = change.text[start:end]
            was_italic, is_italic = at + start < old_opener, to + start < new_opener
            if change.kind is ChangeKind.EQUAL and was_italic is not is_italic:
                yield from signs.read(Fate.DELETED, words, italic=was_italic)
                yield from signs.read(Fate.INSERTED, words, italic=is_italic)
            else:
                italic = was_italic if change.kind is ChangeKind.DELETED else is_italic
                yield from signs.read(_FATES[change.kind], words, italic=italic)
        at += length if change.kind is not ChangeKind.INSERTED else 0
        to += length if change.kind is not ChangeKind.DELETED else 0


def _changes(before: str, after: str) -> tuple[Change, ...]:
    """Return how a text became another; most of a draft did not change, and is not taken apart to find that out."""
    if before == after:
        return (Change(ChangeKind.EQUAL, after),) if after else ()
    return word_changes(before, after)


class _Signs:
    """Numbers of other paragraphs as single signs, so that a comparison takes or leaves each as a whole.

    The signs are halves of surrogate pairs, which no laid-out text holds; numbers beyond as many are words.
    """

    def __init__(self) -> None:
        self._signs: dict[tuple[str, Target], str] = {}
        self._meanings: dict[str, tuple[str, Target]] = {}

    def written(self, paragraph: Paragraph | None) -> tuple[str, int]:
        """Return a text with signs for its numbers, and how far its opener reaches in it."""
        if paragraph is None:
            return "", 0
        pieces: list[str] = []
        at = opener = len(paragraph.opener)
        pieces.append(paragraph.opener)
        for number in paragraph.numbers:
            words = paragraph.text[number.start : number.end]
            sign = self._sign(words, number.target)
            if number.start >= at and sign:
                pieces += [paragraph.text[at : number.start], sign]
                at = number.end
        pieces.append(paragraph.text[at:])
        return "".join(pieces), opener

    def _sign(self, words: str, target: Target) -> str:
        if (words, target) not in self._signs and len(self._signs) < _MOST_SIGNS:
            sign = chr(_FIRST_SIGN + len(self._signs))
            self._signs[words, target] = sign
            self._meanings[sign] = (words, target)
        return self._signs.get((words, target), "")

    def read(self, fate: Fate, text: str, *, italic: bool) -> Iterator[Stretch]:
        """Yield a text with signs as words and numbers."""
        for sign, words in groupby(text, key=lambda letter: letter if letter in self._meanings else ""):
            if not sign:
                yield Stretch(fate, "".join(words), italic)
                continue
            number, target = self._meanings[sign]
            for _ in words:
                yield Stretch(fate, number, italic, target)


def _remark(before: Paragraph | None, after: Paragraph | None) -> Iterator[Stretch]:
    one, other = (f" {each.remark}" if each and each.remark else "" for each in (before, after))
    for change in _changes(one, other):
        yield Stretch(_FATES[change.kind], change.text, is_remark=True)


def _notes(before: Paragraph | None, after: Paragraph | None) -> Iterator[MarkedNote]:
    """Yield the notes of a paragraph and the commas between them; a note that says the same stayed."""
    one, other = (_with_commas(each.notes if each else ()) for each in (before, after))
    for left, right in _in_step(one, other, _saying):
        if left and right and _saying(left) == _saying(right):
            yield replace(right, fate=Fate.KEPT)
            continue
        if left:
            yield replace(left, fate=Fate.DELETED)
        if right:
            yield replace(right, fate=Fate.INSERTED)


def _with_commas(notes: tuple[Note, ...]) -> list[MarkedNote]:
    found = [MarkedNote(Fate.KEPT, each) for note in notes for each in (None, note)]
    return found[1:]


def _saying(marked: MarkedNote) -> Hashable:
    return (marked.note.text, marked.note.linkable) if marked.note else None


def _in_step(
    before: Sequence[_Held], after: Sequence[_Held], key: Callable[[_Held], Hashable]
) -> Iterator[tuple[_Held | None, _Held | None]]:
    """Yield two short lists side by side: what is equal by its key together, and in between one beside the other."""
    matcher = SequenceMatcher(None, [key(each) for each in before], [key(each) for each in after], autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield from zip_longest(before[start:end], after[new_start:new_end])
