"""What a sentence does, apart from who says it: acts, and how a declaration and a resolution word them.

An act is a verb with what follows it. "We recognize that …, and call upon Member States to …" and "Recognizes that …,
and calls upon Member States to …" are the same two acts. How an act was found in a sentence is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafting.phrasing.inflection import third_person
from drafting.phrasing.verbs import WITH_ADDRESSEE
from drafting.punctuation import FULL_STOP, SEMICOLON, close

_SUBLIST = re.compile(r":?\s*\(a\) (?P<first>.+?)[;,]? (?P<rest>\(b\) .+)$", re.DOTALL)
# Opening words of a report that say what the body itself does, so that they cannot stand behind an addressee.
_OF_THE_BODY = re.compile(r"(?:taking|bearing|convinced|while|in (?:noting|looking))\b")
_LABEL = re.compile(r"[;,]?(?: and| or)?\s+(?=\([b-z]\) )")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a sentence does.

    Attributes:
        verb: Base of the verb with what belongs to it: "call upon", "note with concern".
        rest: What follows, without the closing mark; empty when it shares what follows the next act.
        adverb: Stands before the verb: "also", "further", "strongly".
    """

    verb: str
    rest: str
    adverb: str = ""

    def first_person(self) -> str:
        """Return the act after "we"."""
        rest = re.sub(
            r"^its (?=(?:full |strong )?(?:support|concern|appreciation|commitment|gratitude)\b)", "our ", self.rest
        )
        return _joined(self.adverb, self.verb.replace(" its ", " our "), rest)

    def third_person(self) -> str:
        """Return the act of a body that is not named, without a capital."""
        head, _, tail = self.verb.partition(" ")
        return _joined(self.adverb, third_person(head), tail, self.rest)


@dataclass(frozen=True, slots=True)
class Wording:
    """The acts of a sentence and what stands before them.

    Attributes:
        acts: At least one.
        aside: Opening words that are no act: "building on existing practices"; without commas at its ends.
        commitment: True for what States undertake themselves: the act is "call upon" only in a resolution.
    """

    acts: tuple[Act, ...]
    aside: str = ""
    commitment: bool = False

    def declaration(self) -> str:
        """Return the operative paragraph of a declaration."""
        acts = self.acts
        if self.commitment:
            to_do = acts[0].rest.removeprefix("Member States ")
            acts = (Act("endeavour", to_do, acts[0].adverb), *acts[1:])
        text = "we " + _in_a_row([act.first_person() for act in acts], acts)
        return _finished(f"{self.aside}, {text}" if self.aside else text, FULL_STOP)

    def resolution(self) -> str:
        """Return the operative paragraph of a resolution."""
        acts, before = self.acts, ""
        if _OF_THE_BODY.match(self.aside) and not self.commitment:
            before = f"{self.aside}, "
        elif self.aside:
            acts = (Act(acts[0].verb, _with_aside(acts[0], self.aside), acts[0].adverb), *acts[1:])
        text = _in_a_row([act.third_person() for act in acts], acts).replace("the present Congress", "the Congress")
        text = before + text
        return _finished(text, SEMICOLON)


def _with_aside(act: Act, aside: str) -> str:
    """Return what follows the verb with opening words behind the addressee, the conjunction, or the verb."""
    patterns = [r"(?P<before>that) "]
    if act.verb in WITH_ADDRESSEE:
        patterns.append(r"(?P<before>(?:\[?the |Member |States|[A-Z])[^,;]*?\]?) (?=to [a-z])")
    for pattern in patterns:
        found = re.match(pattern, act.rest)
        if found:
            return f"{found['before']}, {aside}, {act.rest[found.end() :]}"
    return f", {aside}, {act.rest}"


def _in_a_row(worded: list[str], acts: tuple[Act, ...]) -> str:
    text = worded[0]
    for previous, following in zip(acts, worded[1:], strict=False):
        text += (", and " if previous.rest else " and ") + following
    return text


def _finished(text: str, mark: str) -> str:
    """Capitalize, lay out an in-line list (a), (b) … as lines, and close."""
    text = text[:1].upper() + text[1:]
    found = _SUBLIST.search(text)
    if found:
        entries = [found["first"], *(part[4:] for part in _LABEL.split(" " + found["rest"])[1:])]
        if len(entries) <= len("abcdefghijklmnopqrstuvwxyz"):
            lines = [
                close(f"({chr(ord('a') + at)}) {entry[:1].upper()}{entry[1:]}", SEMICOLON)
                for at, entry in enumerate(entries)
            ]
            lines[-1] = close(lines[-1], mark)
            return "\n".join([text[: found.start()] + ":", *lines])
    if mark == SEMICOLON:  # ends an operative paragraph, so none may stand inside
        text = text.replace("; furthermore,", ", and furthermore")
        text = re.sub(r"; (and|or) ", r" \1 ", text).replace(";", ",")
    return close(text, mark)


def _joined(*parts: str) -> str:
    text = " ".join(part for part in parts if part)
    return text.replace(" ,", ",")
