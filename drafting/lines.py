"""The lines of a clause: which are subparagraphs, and what closes each.

A clause is one paragraph, or a lead with lines under it; those labelled (a), (b) … or (i), (ii) … in unbroken order are
subparagraphs. This module knows one clause at a time, not where it stands in the draft.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from drafting.punctuation import COLON, SEMICOLON, close, joins_the_next

_LABEL = re.compile(r"\(([a-z]{1,7})\)(?:\s+|$)")
_ROMAN_LIMIT = 40
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

    Word counts subparagraphs itself, so only what it would count the same way is taken for one.
    """
    numbered = [Line(ParagraphKind.CONTINUATION, "", lines[0])]
    letters = romans = 0
    for line in lines[1:]:
        found = _LABEL.match(line)
        label = found.group(1) if found else ""
        text = line[found.end() :] if found else line
        if label and letters and (romans or label == "i") and label == _roman(romans + 1) and label != _letter(letters):
            romans += 1
            numbered.append(Line(ParagraphKind.SUB_SUBPARAGRAPH, f"({label})", text))
        elif label and label == _letter(letters):
            letters, romans = letters + 1, 0
            numbered.append(Line(ParagraphKind.SUBPARAGRAPH, f"({label})", text))
        else:
            numbered.append(Line(ParagraphKind.CONTINUATION, "", line))
    return tuple(numbered)


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
