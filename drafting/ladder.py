"""The ladder of verbs: how strongly a clause speaks, and whether it speaks more strongly than what it cites.

The rungs are data (`ladder.toml`), which a drafter can replace by a list of their own. A clause is compared by its
strongest verb with the strongest verb of each of its sources; a report that merely says "should" is worth a
recommendation. Drafts and screens are not known here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.sentences import sentences
from drafting.ladder_file import BUILT_IN, Rung, read_rungs
from drafting.model import Style
from drafting.phrasing.inflection import gerund, past, third_person
from drafting.phrasing.items import item_of
from drafting.phrasing.names import without_marks
from drafting.phrasing.reports import SHOULD, report_of

_ADVERBS = r"(?:(?:also|further|again|in particular|particularly|therefore|however|thus|generally|strongly) )*?"
_SPEAKERS = (
    r"(?:Meeting(?: for the [A-Z][\w ]+?)?|[Pp]articipants(?: (?:in|at) the [Mm]eeting)?|\b[Ii]t|\b[Tt]hey|\bspeakers?)"
)
_OPENING_WORDS = r"(?:(?:taking|bearing|convinced|while|in (?:noting|looking))\b.*?, )?"
_BEFORE_STATES = r"(?=(?:also |further )?\w+(?: upon| on)? Member States\b)"
_BEFORE_PAST = rf"(?:{_SPEAKERS},? |\b(?:was|were) |\band )"


@dataclass(frozen=True, slots=True)
class Strength:
    """The strongest verb of a text.

    Attributes:
        number: Of its rung; 1 is the strongest.
        verb: The verb in the base form, or the words of a report that stand for one.
        rung: Its rung.
    """

    number: int
    verb: str
    rung: Rung


@dataclass(frozen=True, slots=True)
class Comparison:
    """A clause beside its sources.

    Attributes:
        clause: Its strongest verb; None when it has none of the ladder.
        sources: The strongest verb of each source, in their order; None for one without.
        stronger: True when the clause speaks more strongly than every one of its sources, and it has sources.
    """

    clause: Strength | None
    sources: tuple[Strength | None, ...]
    stronger: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a list, strongest first."""

    rungs: tuple[Rung, ...]

    def openers(self, style: Style, number: int) -> tuple[str, ...]:
        """Return the words that open a clause on a rung ("We urge", "Urges"); empty when there is no such rung."""
        return tuple(
            _opener(verb, style)
            for rung in self.rungs
            if rung.number == number and not (style is Style.RESOLUTION and rung.declaration_only)
            for verb in rung.verbs
        )

    def rung_of(self, text: str) -> Strength | None:
        """Return the strongest opening or reporting verb of a clause or of a source; None when it has none.

        Args:
            text: A clause in either style, an item in the imperative, or sentences of a report.
        """
        told = sentences(without_marks(text))
        found = [strength for sentence in told for strength in self._of_sentence(sentence.strip(" .;:,"))]
        return min(found, key=lambda strength: strength.number, default=None)

    def compare(self, clause: str, quotes: Sequence[str]) -> Comparison:
        """Return a clause beside the passages that it cites.

        Args:
            clause: Text of the clause.
            quotes: Text of each source.
        """
        own = self.rung_of(clause)
        sources = tuple(self.rung_of(quote) for quote in quotes)
        weaker = [source is None or (own is not None and source.number > own.number) for source in sources]
        return Comparison(own, sources, own is not None and bool(sources) and all(weaker))

    def _of_sentence(self, sentence: str) -> list[Strength]:
        patterns = _patterns(self)
        for at_start, anywhere in (patterns.first_person, patterns.third_person):
            if at_start.search(sentence):
                return patterns.all_of(anywhere, sentence)
        report = report_of(sentence)
        if report is None:
            item = None if patterns.preambular.match(sentence) else item_of(sentence)
            if item and not patterns.items.match(sentence):
                return self._of_verb("endeavour to" if item.wording.commitment else item.wording.acts[0].verb)
        elif report.rule == SHOULD:
            return [
                Strength(rung.number, words, rung) for rung in self.rungs for words in rung.alone if words in sentence
            ]
        sought = (patterns.reported, patterns.phrases, patterns.items, patterns.preambular)
        return [strength for pattern in sought for strength in patterns.all_of(pattern, sentence)]

    def _of_verb(self, verb: str) -> list[Strength]:
        return [Strength(rung.number, verb, rung) for rung in self.rungs if verb in rung.verbs]


def ladder() -> Ladder:
    """Return the ladder in force: the file named in ``RAPPORTEUR_LADDER``, else the one that comes with the program.

    Raises:
        StorageError: The file cannot be read, or is no ladder.
    """
    named = os.environ.get("RAPPORTEUR_LADDER", "").strip()
    return read_ladder(Path(named) if named else BUILT_IN)


def rung_of(text: str) -> Strength | None:
    """Return the strongest verb of a text on the ladder in force; see `Ladder.rung_of`."""
    return ladder().rung_of(text)


def stronger_than_sources(clause: str, quotes: Sequence[str]) -> Comparison:
    """Return a clause beside its sources on the ladder in force; see `Ladder.compare`."""
    return ladder().compare(clause, quotes)


def openers(style: Style, rung: int) -> tuple[str, ...]:
    """Return the openers of a rung on the ladder in force; see `Ladder.openers`."""
    return ladder().openers(style, rung)


def read_ladder(path: Path) -> Ladder:
    """Read a ladder.

    Args:
        path: A TOML file with one ``[[rung]]`` after the other.

    Raises:
        StorageError: It cannot be read, or is no ladder.
    """
    return Ladder(read_rungs(path))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Where the verbs of a ladder are looked for; every match has its words in the group of that name.

    The pairs tell where a clause opens in a style, and where that clause has verbs: "We note X, and urge Y".
    """

    known: dict[str, tuple[str, Rung]]
    first_person: tuple[re.Pattern[str], re.Pattern[str]]
    third_person: tuple[re.Pattern[str], re.Pattern[str]]
    preambular: re.Pattern[str]
    reported: re.Pattern[str]
    phrases: re.Pattern[str]
    items: re.Pattern[str]

    def all_of(self, pattern: re.Pattern[str], sentence: str) -> list[Strength]:
        """Return what the matches of a pattern stand for."""
        found = (self.known[match["words"].lower()] for match in pattern.finditer(sentence))
        return [Strength(rung.number, verb, rung) for verb, rung in found]


@cache
def _patterns(ladder: Ladder) -> _Patterns:
    inflections: dict[str, Callable[[str], str]] = {"we": str, "body": third_person, "gerund": gerund, "past": past}
    forms: dict[str, dict[str, tuple[str, Rung]]] = {sort: {} for sort in inflections}
    # The weakest first, so that of a verb on two rungs the strongest counts.
    verbs = [(verb, rung) for rung in reversed(ladder.rungs) for verb in rung.verbs]
    for sort, inflect in inflections.items():
        for verb, on in verbs:
            forms[sort] |= {words.lower(): (verb, on) for words in _variants(_inflected(verb, inflect))}
    as_reported = {words.lower(): (words, rung) for rung in ladder.rungs for words in rung.reported}
    phrases = [words for words in as_reported if re.search(r" (?:was|were) ", words)]
    ours, bodys = _any(forms["we"]), _any(forms["body"])
    return _Patterns(
        known={**forms["gerund"], **forms["body"], **forms["we"], **forms["past"], **as_reported},
        first_person=(
            _compiled(rf"(?:^|, )we {_ADVERBS}{ours}"),
            _compiled(rf"(?=(?:(?:^|, )we |, and |(?<=\bwe )\w+ and | and {_BEFORE_STATES}){_ADVERBS}{ours})"),
        ),
        third_person=(
            _compiled(rf"^{_OPENING_WORDS}{_ADVERBS}{bodys}"),
            _compiled(rf"(?=(?:^{_OPENING_WORDS}|,? and ){_ADVERBS}{bodys})"),
        ),
        preambular=_compiled(rf"^{_ADVERBS}{_any(forms['gerund'])}"),
        reported=_compiled(rf"{_BEFORE_PAST}{_ADVERBS}{_any(forms['past'] | as_reported)}"),
        phrases=_compiled(_any(phrases)),
        items=_compiled(rf"^{_any(as_reported)}"),
    )


def _inflected(verb: str, inflect: Callable[[str], str]) -> str:
    """Return a verb with what belongs to it in another form: "takes note of", "strongly urges"."""
    words = verb.split()
    at = 1 if len(words) > 1 and words[0].endswith("ly") else 0
    return " ".join([*words[:at], inflect(words[at]), *words[at + 1 :]])


def _variants(words: str) -> tuple[str, ...]:
    """Return words with each pronoun that they may have: "expressed its support", "commits itself to"."""
    if words.endswith("note of"):
        return words, words.removesuffix(" of")
    if words.lower().startswith("express"):
        head, _, tail = words.partition(" ")
        return tuple(f"{head} {pronoun}{tail}" for pronoun in ("", "its ", "our ", "their "))
    if " ourselves" in words:
        return tuple(words.replace("ourselves", pronoun) for pronoun in ("ourselves", "itself", "themselves"))
    return (words,)


def _any(words: Iterable[str]) -> str:
    longest_first = sorted(words, key=lambda each: (-len(each), each))
    return rf"(?P<words>{'|'.join(map(re.escape, longest_first)) or '(?!)'})\b"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _opener(verb: str, style: Style) -> str:
    if style is Style.DECLARATION:
        return f"We {verb}"
    opener = _inflected(verb, third_person).replace("ourselves", "itself")
    return opener[:1].upper() + opener[1:]
