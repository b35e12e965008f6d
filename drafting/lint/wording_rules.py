"""Rules about the words of one clause: marks, openers, spaces, characters, labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.errors import DraftError
from corpus.model import Span
from drafting.characters import LINE_BREAK, name_dropped, printable
from drafting.lines import outline, relabelled
from drafting.lint.finding import Finding, Rule, Severity
from drafting.model import ClauseKind, Style
from drafting.openers import operative_opener, preambular_opener
from drafting.punctuation import COLON, COMMA, FULL_STOP, SEMICOLON, close

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafting.lint.reading import Reading, Wording

_CLOSING = re.compile(r"(?:[ \t,;.]|(?<=[,;])\s+(?:and/or|and|or))*$")
_ENDING_IN_STOPS = re.compile(r"(?:etc|et al)\.$|\.\.\.$|…$")
_UNUSUAL_END = re.compile(r"[?!:—–]$")
_BLANKS = re.compile(
    r"(?<=\S)(?:[ \t\u00a0]{2,}|\t)(?=\S)|(?<=\w)[ \u00a0]+(?=[,;.](?:\s|$))|[ \t]+(?=$|\n)|\n(?:[ \t]*\n)+"
)
_BEFORE_WORDS = re.compile(r"[\s\[(“\"]*")
_MARK_NAMES = {COMMA: "a comma", SEMICOLON: "a semicolon", FULL_STOP: "a full stop", COLON: "a colon"}


def _closing_marks(reading: Reading) -> Iterator[Finding]:
    """Yield texts that were typed with another closing mark than the one their place gives them."""
    style = reading.draft.style
    for wording in reading.wordings:
        text = wording.text.rstrip()
        found = _CLOSING.search(text)
        typed = found.group().strip() if found and not _ENDING_IN_STOPS.search(text) else ""
        lines = outline(text)
        due = _mark_of(wording, style)
        span = Span(len(text) - len(typed), len(text))
        if typed and (typed != due or wording.is_heading):
            why = (
                "A subheading ends without a mark"
                if wording.is_heading
                else f"This clause is closed by {_MARK_NAMES[due]} where it stands"
            )
            sentence = f"{why}; “{typed}” was typed at its end."
            stem = text[: len(text) - len(found.group())] if found else text
            fix = wording.rewrite("Take out what was typed at the end", stem) if stem.strip() else None
            yield wording.finding("closing-mark", Severity.NOTE, sentence, span, fix)
        elif _UNUSUAL_END.search(text) and not wording.is_heading:
            sentence = f"This clause ends in “{text[-1]}”, which stays there in print."
            yield wording.finding("closing-mark", Severity.WARNING, sentence, Span(len(text) - 1, len(text)))
        elif not wording.is_heading and len(lines) > 1 and close(lines[0].text, COLON)[-1:] not in {":", "—", "–"}:
            sentence = "The words before the subparagraphs end in a mark that does not introduce them."
            yield wording.finding("closing-mark", Severity.WARNING, sentence)


def _mark_of(wording: Wording, style: Style) -> str:
    if wording.is_heading:
        return ""
    if wording.clause.kind is ClauseKind.PREAMBULAR:
        return COMMA
    return SEMICOLON if style is Style.RESOLUTION and not wording.is_last else FULL_STOP


def _openers(reading: Reading) -> Iterator[Finding]:
    """Yield clauses that do not open as their kind and the style of the draft ask for."""
    is_resolution = reading.draft.style is Style.RESOLUTION
    for wording in reading.wordings:
        start = _start_of_words(wording.text)
        words = wording.text[start:]
        participle, verb = preambular_opener(words), operative_opener(words)
        place = Span(start, start + len(words.split(maxsplit=1)[0]) if words.strip() else start)
        sentence = ""
        if wording.clause.kind is ClauseKind.PREAMBULAR and not participle:
            sentence = (
                "A preambular clause opens with a participle, such as “Recalling” or “Aware of”; this one does not."
            )
        elif wording.clause.kind is ClauseKind.OPERATIVE and participle and not verb:
            sentence = f"“{participle}” opens a clause of the preamble; this one is operative."
        elif wording.clause.kind is ClauseKind.OPERATIVE and is_resolution and not verb:
            sentence = "An operative clause of a resolution opens with its verb, such as “Urges”; this one does not."
        elif wording.clause.kind is ClauseKind.OPERATIVE and not is_resolution and verb:
            sentence = f"“{verb}” opens a clause of a resolution; in a declaration it is “We …”."
        if sentence:
            yield wording.finding("opener", Severity.WARNING, sentence, place)


def _first_letters(reading: Reading) -> Iterator[Finding]:
    """Yield clauses that begin with a small letter."""
    for wording in reading.wordings:
        start = _start_of_words(wording.text)
        letter = wording.text[start : start + 1]
        if letter.islower():
            text = wording.text[:start] + letter.upper() + wording.text[start + 1 :]
            fix = wording.rewrite("Begin with a capital", text)
            sentence = "This clause begins with a small letter."
            yield wording.finding("first-letter", Severity.WARNING, sentence, Span(start, start + 1), fix)


def _spaces(reading: Reading) -> Iterator[Finding]:
    """Yield texts with spaces or lines too many."""
    for wording in reading.wordings:
        found = _BLANKS.search(wording.text.strip())
        if found:
            start = found.start() + len(wording.text) - len(wording.text.lstrip())
            fix = wording.rewrite("Tidy the spaces", _BLANKS.sub(_tidy, wording.text.strip()))
            span = Span(start, start + len(found.group()))
            yield wording.finding("spaces", Severity.NOTE, "There are spaces or blank lines too many.", span, fix)


def _characters(reading: Reading) -> Iterator[Finding]:
    """Yield texts with characters that no file can hold."""
    for wording in reading.wordings:
        dropped = printable(wording.text).dropped
        if dropped:
            kept = "".join(character for character in wording.text if character not in dropped)
            fix = wording.rewrite("Take the characters out", kept) if kept.strip() else None
            start = wording.text.index(dropped[0])
            sentence = name_dropped("In print", dropped)
            yield wording.finding("unprintable", Severity.WARNING, sentence, Span(start, start + 1), fix)


def _labels(reading: Reading) -> Iterator[Finding]:
    """Yield texts in which the labels of subparagraphs are out of order."""
    for wording in reading.wordings:
        if not LINE_BREAK.search(wording.text) or wording.is_heading:
            continue
        sentence = "The labels of the subparagraphs are out of order, so some are printed as plain words."
        try:
            text = relabelled(wording.text)
        except DraftError as error:
            yield wording.finding("labels", Severity.WARNING, error.problem)
            continue
        if text != wording.text:
            fix = wording.rewrite("Label them in order", text)
            yield wording.finding("labels", Severity.WARNING, sentence, Span(0, len(wording.text)), fix)


def _start_of_words(text: str) -> int:
    found = _BEFORE_WORDS.match(text)
    return found.end() if found else 0


def _tidy(blanks: re.Match[str]) -> str:
    """Return what is to stand in place of a run of blanks."""
    following = blanks.string[blanks.end() : blanks.end() + 1]
    if "\n" in blanks.group():
        return "\n"
    return "" if following in {"", "\n", ",", ";", "."} else " "


WORDING_RULES = (
    Rule("closing-mark", "Closing marks", _closing_marks),
    Rule("opener", "Opening words", _openers),
    Rule("first-letter", "First letters", _first_letters),
    Rule("spaces", "Spaces", _spaces),
    Rule("unprintable", "Characters that cannot be printed", _characters),
    Rule("labels", "Labels of subparagraphs", _labels),
)
