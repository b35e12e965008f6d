"""Footnotes: which lines of the file are notes, and where the text refers to them.

A note stands at the foot of its page, and so in the middle of whatever the page break cut: a paragraph, a list, a
title. This module takes notes, the rules above them and page furniture (page numbers, running symbols) out of the
stream of lines. It doesn't know paragraphs; a note reaches its passage later, by the offset of its mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.forms import SUPERSCRIPTS, Line, Mark, RawLine, clean, join, plain_figures
from corpus.model import Footnote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SYMBOL = r"[A-Z]{1,5}(?:/[A-Za-z0-9.()-]+)+"
"""A United Nations document symbol, such as ``A/CONF.234/RPM.1/1``."""

_RULE = re.compile(r"\s*(?:-{3,}|_{5,}|\*{3,})\s*")
_RAISED_NOTE = re.compile(
    rf"\s*(?:<sup>\s*(?P<tagged>[0-9]{{1,3}})\s*</sup>|\[\^(?P<caret>[0-9]{{1,3}})\]:|(?P<raised>[{SUPERSCRIPTS}]{{1,3}}))"
    r"\s*(?=\S)"
)
_PLAIN_NOTE = re.compile(r"\s*(?P<plain>[0-9]{1,3})(?:\s{2,}|\t)(?=\S)")
_LABELLED = re.compile(r"\s*(?:[-•*]\s+)?(?:#+\s|\([a-z0-9]{1,5}\)\s|[0-9]{1,3}\.\s|[A-Z]\.\s|[IVXL]+\.\s)")
_PAGE_NUMBER = re.compile(r"\s*(?:page\s+)?[0-9]{1,4}(?:\s*/\s*[0-9]{1,4})?\s*", re.IGNORECASE)
_RUNNING_SYMBOL = re.compile(rf"\s*({SYMBOL})\s*(?:\s[0-9]{{1,4}})?\s*")
_NOT_A_MARK_AFTER = frozenset(
    ["add", "amend", "art", "chap", "corr", "no", "nos", "para", "paras", "rev", "sect", "vol", "vols"]
)
_FINISHED = (".", "?", "!", ")", "”", '"')


@dataclass(frozen=True, slots=True)
class Pages:
    """A document with its notes and furniture set apart.

    Attributes:
        lines: The lines that remain, without markup and reference marks.
        notes: The notes by number.
        marks: The reference marks, in the order of the text.
        running_symbols: The lines that hold nothing but a document symbol: number of the line and the symbol.
    """

    lines: tuple[Line, ...]
    notes: Mapping[str, Footnote]
    marks: tuple[Mark, ...]
    running_symbols: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Note:
    number: str
    plain: bool
    line: int
    parts: list[tuple[RawLine, int]]


def read_pages(raw_lines: tuple[RawLine, ...]) -> Pages:
    """Return the lines of a document without notes and furniture, and the notes beside them."""
    notes, dropped = _find_notes(raw_lines)
    running = _drop_furniture(raw_lines, dropped)
    numbers = frozenset(note.number for note in notes)
    lines: list[Line] = []
    follows_blank = True
    for raw in raw_lines:
        if raw.blank or raw.number in dropped:
            follows_blank = True
            continue
        line = clean(raw, numbers, follows_blank=follows_blank)
        follows_blank = not line.text
        if line.text:
            lines.append(line)
    lines = _take_plain_marks(lines, [note for note in notes if note.plain])
    return Pages(
        lines=tuple(lines),
        notes={note.number: Footnote(note.number, _text_of(note)) for note in notes},
        marks=tuple(sorted((mark for line in lines for mark in line.marks), key=lambda mark: mark.offset)),
        running_symbols=tuple(running),
    )


def _find_notes(raw_lines: tuple[RawLine, ...]) -> tuple[list[_Note], set[int]]:
    """Return the notes, and the numbers of all lines that they and the rules above them take up."""
    notes: list[_Note] = []
    dropped: set[int] = set()
    below_rule = False
    in_note = False
    follows_blank = True
    for index, raw in enumerate(raw_lines):
        if raw.blank:
            follows_blank = True
            in_note = in_note and below_rule
            continue
        if _RULE.fullmatch(raw.text):
            below_rule, in_note, follows_blank = True, False, True
            dropped.add(raw.number)
            continue
        note = _note_start(raw, notes, below_rule=below_rule)
        if note:
            notes.append(note)
            in_note = True
        elif in_note and not follows_blank and _goes_on(raw, below_rule=below_rule):
            notes[-1].parts.append((raw, 0))
        elif below_rule and not in_note and _continues_last_note(notes, raw_lines, index):
            notes[-1].parts.append((raw, 0))
            in_note = True
        else:
            below_rule = in_note = follows_blank = False
            continue
        follows_blank = False
        dropped.add(raw.number)
    return notes, dropped


def _note_start(raw: RawLine, notes: list[_Note], *, below_rule: bool) -> _Note | None:
    match = _RAISED_NOTE.match(raw.text)
    if match:
        number = match["tagged"] or match["caret"] or plain_figures(match["raised"])
    else:
        match = _PLAIN_NOTE.match(raw.text) if below_rule else None
        if not match or (notes and int(match["plain"]) != int(notes[-1].number) + 1):
            return None
        number = match["plain"]
    if any(note.number == number for note in notes):
        return None
    return _Note(number, plain="plain" in match.re.groupindex, line=raw.number, parts=[(raw, match.end())])


def _goes_on(raw: RawLine, *, below_rule: bool) -> bool:
    """Tell whether a line right below a line of a note continues it; without a rule above, a label starts the text."""
    return not raw.text[:1].isspace() and (below_rule or not _LABELLED.match(raw.text))


def _continues_last_note(notes: list[_Note], raw_lines: tuple[RawLine, ...], index: int) -> bool:
    """Tell whether an unnumbered block below a rule is the rest of a note that the page before broke off."""
    if not notes or _text_of(notes[-1]).endswith(_FINISHED):
        return False
    rest = raw_lines[index + 1 :]
    end = next((at for at, raw in enumerate(rest) if raw.blank), len(rest))
    following = next((raw for raw in rest[end:] if not raw.blank), None)
    return following is not None and bool(_note_start(following, notes, below_rule=True))


def _text_of(note: _Note) -> str:
    parts = []
    for raw, position in note.parts:
        line = clean(RawLine(raw.number, raw.start + position, raw.text[position:]), (), follows_blank=True)
        parts.append((line.text, line.trailing_blank))
    return join(parts)


def _drop_furniture(raw_lines: tuple[RawLine, ...], dropped: set[int]) -> list[tuple[int, str]]:
    """Add page numbers and running symbols, each alone between blank lines, to the dropped lines."""
    running: list[tuple[int, str]] = []
    for before, raw, after in _neighbours(raw_lines):
        if raw.blank or raw.number in dropped:
            continue
        alone = all(line is None or line.blank or line.number in dropped for line in (before, after))
        symbol = _RUNNING_SYMBOL.fullmatch(raw.text)
        if alone and symbol:
            running.append((raw.number, symbol[1]))
        if alone and (symbol or _PAGE_NUMBER.fullmatch(raw.text)):
            dropped.add(raw.number)
    return running


def _neighbours(lines: tuple[RawLine, ...]) -> Iterator[tuple[RawLine | None, RawLine, RawLine | None]]:
    for index, line in enumerate(lines):
        yield (
            lines[index - 1] if index else None,
            line,
            lines[index + 1] if index + 1 < len(lines) else None,
        )


def _take_plain_marks(lines: list[Line], notes: list[_Note]) -> list[Line]:
    """Take out marks that a PDF left as plain figures glued to a word, each on the way to the foot of its own page."""
    index, position = 0, 0
    for note in notes:
        pattern = re.compile(rf"(?P<word>[^\W\d_]{{2,}})[,.;:”\"’)\]]{{0,2}}(?P<mark>{note.number})(?=\s|$|[,.;:)”])")
        for at in range(index, len(lines)):
            line = lines[at]
            if line.number > note.line:
                break
            match = next(
                (
                    found
                    for found in pattern.finditer(line.text, position if at == index else 0)
                    if found["word"].casefold() not in _NOT_A_MARK_AFTER
                    and not _inside_symbol(line.text, found.start())
                ),
                None,
            )
            if match:
                lines[at] = _without(line, match.start("mark"), match.end("mark"))
                index, position = at, match.start("mark")
                break
    return lines


def _inside_symbol(text: str, position: int) -> bool:
    return "/" in text[text.rfind(" ", 0, position) + 1 : position]


def _without(line: Line, start: int, stop: int) -> Line:
    return replace(
        line,
        text=line.text[:start] + line.text[stop:],
        offsets=line.offsets[:start] + line.offsets[stop:],
        marks=(*line.marks, Mark(line.text[start:stop], line.offsets[start])),
    )
