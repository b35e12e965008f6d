"""The lines of a clause: which are subparagraphs, what closes each, and how they are labelled anew.

A clause is one paragraph, or a lead with lines under it; those labelled (a), (b) … or (i), (ii) … in unbroken order are
subparagraphs. The labels stand in the text, so that a clause reads the same in an editor, in a message and in print;
whoever moves a line writes them again with `labelled`. This module knows one clause at a time, not where it stands in
the draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import DraftError
from drafting.characters import printable
from drafting.punctuation import COLON, SEMICOLON, close, joins_the_next

_LABEL = re.compile(r"\(([a-z]{1,7})\)(?:\s+|$)")
_ANY_LABEL = re.compile(r"\(([a-z]|[ivx]{2,7})\)(?:\s+|$)")
_ROMAN_LIMIT = 40
DEEPEST = 2
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class ParagraphKind(StrEnum):
    """What a paragraph is on the page; each has one style in Word and in the preview."""

    CHAPEAU = "chapeau"
    PREAMBULAR = "preambular"
    ENACTING_LINE = "enacting line"
    HEADING = "heading"
    OPERATIVE = "operative"
    SUBPARAGRAPH = "subparagraph"
    SUB_SUBPARAGRAPH = "sub-subparagraph"
    CONTINUATION = "continuation"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a clause.

    Attributes:
        kind: `SUBPARAGRAPH`, `SUB_SUBPARAGRAPH`, or `CONTINUATION` for the lead and every line without a number.
        label: Its label as printed, such as ``(a)``; empty without one.
        text: What it says after the label.
    """

    kind: ParagraphKind
    label: str
    text: str


def numbered_lines(lines: tuple[str, ...]) -> tuple[Line, ...]:
    """Return each line of a clause with its kind and label; a label out of order stays part of the text.

    Word counts subparagraphs itself, so only what it would count the same way is taken for one. After (h), an (i) is a
    letter, unless (ii) follows it.
    """
    labels = [_read_label(line) for line in lines]
    numbered = [Line(ParagraphKind.CONTINUATION, "", lines[0])]
    letters = romans = 0
    for at, (label, text) in enumerate(labels[1:], start=1):
        is_letter = bool(label) and label == _letter(letters)
        is_roman = bool(label and letters) and (romans > 0 or label == "i") and label == _roman(romans + 1)
        if is_letter and is_roman:
            following = next((later for later, _ in labels[at + 1 :] if later), "")
            is_letter = following != _roman(romans + 2)
        if is_letter:
            letters, romans = letters + 1, 0
            numbered.append(Line(ParagraphKind.SUBPARAGRAPH, f"({label})", text))
        elif is_roman:
            romans += 1
            numbered.append(Line(ParagraphKind.SUB_SUBPARAGRAPH, f"({label})", text))
        else:
            numbered.append(Line(ParagraphKind.CONTINUATION, "", lines[at]))
    return tuple(numbered)


def outline(text: str) -> tuple[Line, ...]:
    """Return the lines of a clause, from its text; the first is its lead. A blank text has one empty line."""
    return numbered_lines(printable(text).lines or ("",))


def level_of(line: Line) -> int:
    """Return how deep a line stands: 0 for a lead or continuation, 1 for a subparagraph, 2 for one under that."""
    return {ParagraphKind.SUBPARAGRAPH: 1, ParagraphKind.SUB_SUBPARAGRAPH: DEEPEST}.get(line.kind, 0)


def paths(lines: tuple[Line, ...]) -> tuple[tuple[str, ...], ...]:
    """Return where each line stands in its clause, such as ``("b", "ii")``; empty for a line without a label."""
    found: list[tuple[str, ...]] = []
    above = ""
    for line in lines:
        label = line.label.strip("()")
        level = level_of(line)
        above = label if level == 1 else above
        found.append(((), (label,), (above, label))[level])
    return tuple(found)


def labelled(lines: list[tuple[int, str]]) -> str:
    """Return the text of a clause whose lines stand at given levels, labelled in order.

    Args:
        lines: Level and text without label, the lead first. The lead is set at level 0, and a line of level 2 that
            stands under no subparagraph at level 1.

    Raises:
        DraftError: The labels run out, or would read as others (a single (i) under (h)).
    """
    written: list[str] = []
    wanted: list[int] = []
    letters = romans = 0
    for at, (asked, text) in enumerate(lines):
        level = min(asked, DEEPEST if letters else 1) if at else 0
        label = ""
        if level == 1:
            label, letters, romans = _letter(letters), letters + 1, 0
        elif level == DEEPEST:
            romans += 1
            label = _roman(romans)
        written.append(f"({label}) {text}" if level else text)
        wanted.append(level)
    read = numbered_lines(tuple(written)) if written else ()
    if any(level and level != level_of(line) for level, line in zip(wanted, read, strict=True)):
        raise DraftError(
            "The subparagraphs of this clause cannot be labelled: there are too many, or one label reads as another.",
            "Split the clause in two, so that each has fewer subparagraphs.",
        )
    return "\n".join(written)


def relabelled(text: str) -> str:
    """Return a clause with the labels that were typed at its lines put in order; unchanged when they are.

    Raises:
        DraftError: The labels run out.
    """
    lines = printable(text).lines or ("",)
    levels: list[tuple[int, str]] = [(0, lines[0])]
    inside, letters = False, 0
    for line in lines[1:]:
        found = _ANY_LABEL.match(line)
        if not found:
            levels.append((0, line))
            continue
        label = found.group(1)
        is_ninth = label == "i" and _letter(letters) == "i"
        inside = letters > 0 and not is_ninth and (len(label) > 1 or label == "i" or (inside and label in "vx"))
        letters += not inside
        levels.append((DEEPEST if inside else 1, line[found.end() :]))
    settled = outline(text)
    if all(level_of(line) == level for line, (level, _) in zip(settled, levels, strict=True)):
        return text
    return labelled(levels)


def _read_label(line: str) -> tuple[str, str]:
    """Return what may be the label of a line, without brackets, and what follows it."""
    found = _LABEL.match(line)
    return (found.group(1), line[found.end() :]) if found else ("", line)


def _letter(index: int) -> str:
    """Return the letter at an index, empty after z."""
    return _LETTERS[index : index + 1]


def _roman(number: int) -> str:
    """Return a number in small roman figures, empty from forty on: no clause counts so far."""
    if number >= _ROMAN_LIMIT:
        return ""
    tens, units = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[units]


def closed(lines: tuple[Line, ...], at: int, final: str) -> str:
    """Return the text of a line, closed by the mark that its place in the clause asks for."""
    kind, text = lines[at].kind, lines[at].text
    if at == len(lines) - 1:
        return close(text, final)
    following = lines[at + 1].kind
    if following is ParagraphKind.CONTINUATION:
        return text
    opens_a_list = at == 0 or (kind is ParagraphKind.SUBPARAGRAPH and following is ParagraphKind.SUB_SUBPARAGRAPH)
    if opens_a_list:
        return close(text, COLON)
    if kind is ParagraphKind.CONTINUATION or (at == len(lines) - 2 and joins_the_next(text)):
        return text
    return close(text, SEMICOLON)
