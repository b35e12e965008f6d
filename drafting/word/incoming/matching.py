"""Which wording of a file is which clause of the draft: by bookmark, and by its words where that was lost or misled.

A bookmark says which clause a paragraph was; it is lost when a clause is pasted from elsewhere, and it stays behind on
the wrong paragraph when somebody types above a clause and presses Enter. Words are compared as counted sets, and looked
up by the rarest of them, so that a file of a thousand clauses that lost every bookmark is matched in one pass.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from drafting.word.incoming.printed import PrintedDraft
    from drafting.word.incoming.wordings import Wording

ALIKE = 0.6
"""From this share of words in common on, two texts are versions of one."""

_WORD = re.compile(r"\w+|[^\w\s]")
_RAREST = 8


@dataclass(frozen=True, slots=True)
class Match:
    """A wording of the file and the clause that it is.

    Attributes:
        wording: The wording.
        clause_id: The clause that it is; empty for none.
        merged: Clauses whose words it took up.
        tail_of: The clause that it was split from; empty for none.
    """

    wording: Wording
    clause_id: str
    merged: tuple[str, ...] = ()
    tail_of: str = ""


def match(wordings: Sequence[Wording], printed: PrintedDraft) -> tuple[Match, ...]:
    """Return each wording that is a clause (no alternative) with the clause that it is.

    Args:
        wordings: The wordings of a file that are clauses, in order.
        printed: The draft that the file was made from.
    """
    bags = {clause.id: words(printed.text(clause.id)) for clause in printed.draft.clauses}
    found = _by_bookmark(wordings, bags)
    said = [words("\n".join(printed.read(line) for line in each.wording.lines)) for each in found]
    found = _led_back(found, said, bags)
    found = _by_words(found, said, bags)
    found = _tails(found, said, bags)
    return tuple(_mergers(found, said, bags, [clause.id for clause in printed.draft.clauses]))


def words(text: str) -> Counter[str]:
    """Return the words and signs of a text, counted."""
    return Counter(_WORD.findall(text.lower()))


def similarity(one: Counter[str], other: Counter[str]) -> float:
    """Return the share of words in common, from 0 to 1; two empty texts are alike."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def _by_bookmark(wordings: Iterable[Wording], bags: dict[str, Counter[str]]) -> list[Match]:
    """Match by bookmark; of several wordings with one bookmark the first has it."""
    taken: set[str] = set()
    found = []
    for wording in wordings:
        ids = tuple(dict.fromkeys(each for each in wording.clause_ids if each in bags and each not in taken))
        taken.update(ids)
        has_words = any(line.text for line in wording.lines)
        if has_words or not ids or not bags[ids[0]]:
            found.append(Match(wording, ids[0] if ids else "", ids[1:]))
    return found


def _led_back(found: list[Match], said: list[Counter[str]], bags: dict[str, Counter[str]]) -> list[Match]:
    """Give a clause its words back when its bookmark stayed on what was typed above it."""
    led = list(found)
    for at, each in enumerate(found):
        if not each.clause_id or not each.wording.goes_on:
            continue
        end = at + 1
        while end < len(found) and not found[end].wording.clause_ids and end - at <= _RAREST:
            end += 1
        likeness = [similarity(said[place], bags[each.clause_id]) for place in range(at, end)]
        best = max(range(end - at), key=lambda place: (likeness[place], -place))
        if best and likeness[best] >= ALIKE and not _begins(said[at], bags[each.clause_id]):
            led[at] = Match(each.wording, "")
            led[at + best] = Match(found[at + best].wording, each.clause_id, each.merged)
    return led


def _begins(said: Counter[str], clause: Counter[str]) -> bool:
    """Tell whether all words are words of a clause, so that they are its beginning and nothing typed above it."""
    return bool(said) and (said & clause).total() >= ALIKE * said.total()


def _by_words(found: list[Match], said: list[Counter[str]], bags: dict[str, Counter[str]]) -> list[Match]:
    """Match wordings without a clause to clauses without a wording."""
    seen = {each.clause_id for each in found} | {clause_id for each in found for clause_id in each.merged}
    lost = {clause_id: bag for clause_id, bag in bags.items() if clause_id not in seen}
    if not lost:
        return found
    exact: defaultdict[frozenset[tuple[str, int]], list[str]] = defaultdict(list)
    holding: defaultdict[str, list[str]] = defaultdict(list)
    for clause_id, bag in lost.items():
        exact[frozenset(bag.items())].append(clause_id)
        for word in bag:
            holding[word].append(clause_id)
    matched = list(found)
    for at, each in enumerate(matched):
        same = exact.get(frozenset(said[at].items())) if not each.clause_id else None
        while same:
            clause_id = same.pop(0)
            if lost.pop(clause_id, None) is not None:
                matched[at] = replace(each, clause_id=clause_id)
                break
    for at, each in enumerate(matched):
        if each.clause_id or not lost:
            continue
        rare = sorted((word for word in said[at] if word in holding), key=lambda word: len(holding[word]))[:_RAREST]
        candidates = Counter(clause_id for word in rare for clause_id in holding[word][:64] if clause_id in lost)
        ranked = [(similarity(said[at], lost[clause_id]), clause_id) for clause_id, _ in candidates.most_common(16)]
        best = max(ranked, default=(0.0, ""))
        if best[0] >= ALIKE:
            matched[at] = replace(each, clause_id=best[1])
            del lost[best[1]]
    return matched


def _tails(found: list[Match], said: list[Counter[str]], bags: dict[str, Counter[str]]) -> list[Match]:
    """Find the wordings that were cut off the clause above them: their words are its words, and it lacks them now."""
    cut = list(found)
    head, left = "", Counter[str]()
    for at, each in enumerate(found):
        if each.clause_id:
            head, left = each.clause_id, bags[each.clause_id] - said[at]
            continue
        shared = said[at] & left
        if head and said[at] and shared.total() >= ALIKE * said[at].total():
            cut[at] = replace(each, tail_of=head)
            left -= said[at]
        else:
            head, left = "", Counter[str]()
    return cut


def _mergers(
    found: list[Match], said: list[Counter[str]], bags: dict[str, Counter[str]], order: list[str]
) -> list[Match]:
    """Find clauses that have no wording any more because the clause above or below them took their words up."""
    at_of = {each.clause_id: at for at, each in enumerate(found) if each.clause_id}
    seen = at_of.keys() | {clause_id for each in found for clause_id in each.merged}
    merged = list(found)
    for place, clause_id in enumerate(order):
        if clause_id in seen or not bags[clause_id]:
            continue
        above = next((each for each in reversed(order[max(place - _RAREST, 0) : place]) if each in at_of), "")
        below = next((each for each in order[place + 1 : place + _RAREST] if each in at_of), "")
        for taker in (above, below):
            if not taker:
                continue
            at = at_of[taker]
            extra = said[at] - bags[taker]
            for other in merged[at].merged:
                extra -= bags[other]
            if (extra & bags[clause_id]).total() >= ALIKE * bags[clause_id].total():
                merged[at] = replace(merged[at], merged=(*merged[at].merged, clause_id))
                break
    return merged
