"""The draft as it stands on the page: every line with its number, its closing mark and its notes.

The Word file and the desk's preview both print this layout, so they cannot disagree. What depends on where a clause
stands (its number, the mark that closes it, the numbers of its notes, the place of the enacting line) is worked out
here and nowhere else. This module knows no fonts, no Word and no HTML.

Later additions that stand on the page (annex, alternatives, brackets) are laid out here as well.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drafting.characters import name_dropped, printable
from drafting.lines import ParagraphKind, closed, numbered_lines
from drafting.model import Citation, Clause, ClauseKind, Draft, Masthead, Style
from drafting.openers import operative_opener, preambular_opener
from drafting.punctuation import COMMA, FULL_STOP, SEMICOLON

if TYPE_CHECKING:
    from collections.abc import Iterator

BANNER = ("United Nations", "[symbol to be assigned]")
DISTRIBUTION = "Distr.: Limited"
ORIGINAL = "Original: English"
DISCLAIMER = "Working draft for consultation. Not an official document of the United Nations."
DEFAULT_LINK_BASE = "https://undocs.org/"

_CONGRESS_CHARACTERS = 44  # in bold, beside the distribution block
_PLACE_CHARACTERS = 60  # beside the distribution block
_SYMBOL = re.compile(r"[A-Z]+(?:/[A-Z0-9][A-Za-z0-9.()\-]*)+")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote.

    Attributes:
        number: Counted from 1 through the whole document.
        symbol: Symbol of the source, which is printed first.
        rest: What follows the symbol, such as ``, para. 24 (c).``
        passage_id: The passage it leads to.
        linkable: Whether the symbol is a United Nations symbol, which a document server can resolve.
    """

    number: int
    symbol: str
    rest: str
    passage_id: str
    linkable: bool

    @property
    def text(self) -> str:
        """The whole note: symbol, locator, full stop."""
        return self.symbol + self.rest


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph on the page.

    Attributes:
        clause_id: The clause it belongs to; empty for the chapeau and the enacting line.
        kind: What it is.
        number: Number as printed (``1.``, ``(a)``, ``(ii)``); empty for what is not numbered.
        text: What it says, closed by the mark of its place; no number, no notes.
        opener: How ``text`` begins, as far as it is set in italics; may be empty.
        notes: Its footnotes, marked after the text.
    """

    clause_id: str
    kind: ParagraphKind
    number: str
    text: str
    opener: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class MastheadLine:
    """A line of the block under the banner: who meets on the left, distribution on the right.

    Attributes:
        left: Text at the left margin.
        right: Text at the right margin.
        strong: Whether the left text is bold: the name of the congress.
    """

    left: str
    right: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A draft laid out.

    Attributes:
        banner: Left and right text of the ruled line at the top.
        masthead: Lines between the banner and the disclaimer.
        disclaimer: What the document is not.
        agenda_items: Agenda items, a line each.
        title: Title on one line; may be empty.
        paragraphs: Everything after the title, in the order of the page.
        dropped: What the draft holds and the page does not, a sentence a place.
    """

    banner: tuple[str, str]
    masthead: tuple[MastheadLine, ...]
    disclaimer: str
    agenda_items: tuple[str, ...]
    title: str
    paragraphs: tuple[Paragraph, ...]
    dropped: tuple[str, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """All footnotes, in order."""
        return tuple(note for paragraph in self.paragraphs for note in paragraph.notes)


def note_url(note: Note, link_base: str = DEFAULT_LINK_BASE) -> str:
    """Return where the source of a note is found; empty when there is no base, or no United Nations symbol."""
    return link_base + note.symbol if link_base and note.linkable else ""


def is_un_symbol(symbol: str) -> bool:
    """Return whether a symbol is one of the United Nations, which a document server can resolve."""
    return _SYMBOL.fullmatch(symbol) is not None


def lay_out(draft: Draft) -> Page:
    """Return the draft as it stands on the page.

    Args:
        draft: Any draft; nothing in it is changed.
    """
    return _Layout(draft).page()


@dataclass(slots=True)
class _Layout:
    """One pass over a draft, counting paragraphs and notes as they come."""

    draft: Draft
    counts: Counter[ClauseKind] = field(default_factory=Counter)
    notes: int = 0
    dropped: list[str] = field(default_factory=list)

    def page(self) -> Page:
        draft, masthead = self.draft, self.draft.masthead
        lines = tuple(self._masthead(masthead))
        agenda_items = tuple(self._line("An agenda item", item) for item in masthead.agenda_items)
        title = self._line("The title", draft.title)
        paragraphs = tuple(self._paragraphs())
        return Page(
            banner=BANNER,
            masthead=lines,
            disclaimer=DISCLAIMER,
            agenda_items=tuple(item for item in agenda_items if item),
            title=title,
            paragraphs=paragraphs,
            dropped=tuple(self.dropped),
        )

    def _masthead(self, masthead: Masthead) -> Iterator[MastheadLine]:
        congress = self._line("The name of the congress", masthead.congress)
        place = self._line("The place of the congress", masthead.place)
        dates = self._line("The dates of the congress", masthead.dates)
        distributed = self._line("The date of distribution", masthead.distribution_date)
        left = [(line, True) for line in textwrap.wrap(congress, _CONGRESS_CHARACTERS)]
        where_and_when = ", ".join(part for part in (place, dates) if part)
        left += [(line, False) for line in textwrap.wrap(where_and_when, _PLACE_CHARACTERS)]
        right = [line for line in (DISTRIBUTION, distributed, ORIGINAL) if line]
        for row in range(max(len(left), len(right))):
            text, strong = left[row] if row < len(left) else ("", False)
            yield MastheadLine(text, right[row] if row < len(right) else "", strong)

    def _paragraphs(self) -> Iterator[Paragraph]:
        clauses = self.draft.clauses
        enacting = _end_of_preamble(clauses)
        last = max((at for at, clause in enumerate(clauses) if clause.kind is ClauseKind.OPERATIVE), default=-1)
        yield from self._fixed(ParagraphKind.CHAPEAU, "The chapeau", self.draft.masthead.chapeau)
        for at, clause in enumerate(clauses):
            if at == enacting:
                yield from self._enacting_line()
            yield from self._clause(clause, is_last_operative=at == last)
        if enacting == len(clauses):
            yield from self._enacting_line()

    def _enacting_line(self) -> Iterator[Paragraph]:
        return self._fixed(ParagraphKind.ENACTING_LINE, "The enacting line", self.draft.masthead.enacting_line)

    def _fixed(self, kind: ParagraphKind, place: str, words: str) -> Iterator[Paragraph]:
        """Yield the chapeau or the enacting line, unless it is empty; a resolution names its organ in italics."""
        text = self._line(place, words)
        in_italics = kind is ParagraphKind.CHAPEAU and self.draft.style is Style.RESOLUTION
        if text:
            yield Paragraph("", kind, "", text, opener=text.rstrip(" ,:") if in_italics else "")

    def _clause(self, clause: Clause, *, is_last_operative: bool) -> Iterator[Paragraph]:
        number, place, mark = self._standing(clause, is_last_operative=is_last_operative)
        text = printable(clause.text)
        self._report(place, text.dropped)
        if clause.kind is ClauseKind.HEADING:
            if clause.citations:
                self.dropped.append(f"{place}: its citations were left out, for a heading carries no notes.")
            yield Paragraph(clause.id, ParagraphKind.HEADING, "", text.line)
            return
        lines = numbered_lines(text.lines or ("",))
        paragraphs = [
            Paragraph(clause.id, line.kind, line.label, closed(lines, at, mark)) for at, line in enumerate(lines)
        ]
        lead = replace(paragraphs[0], kind=ParagraphKind(clause.kind.value), number=number)
        paragraphs[0] = replace(lead, opener=self._opener(lead))
        paragraphs[-1] = replace(paragraphs[-1], notes=tuple(self._note(citation) for citation in clause.citations))
        yield from paragraphs

    def _standing(self, clause: Clause, *, is_last_operative: bool) -> tuple[str, str, str]:
        """Return a clause's number, the name of its place, and the mark that closes it."""
        self.counts[clause.kind] += 1
        count = self.counts[clause.kind]
        match clause.kind:
            case ClauseKind.HEADING:
                return "", f"Heading {count}", ""
            case ClauseKind.PREAMBULAR:
                return "", f"Preambular clause {count}", COMMA
            case ClauseKind.OPERATIVE:
                goes_on = self.draft.style is Style.RESOLUTION and not is_last_operative
                return f"{count}.", f"Operative clause {count}", SEMICOLON if goes_on else FULL_STOP

    def _opener(self, lead: Paragraph) -> str:
        if lead.kind is ParagraphKind.PREAMBULAR:
            return preambular_opener(lead.text)
        return operative_opener(lead.text) if self.draft.style is Style.RESOLUTION else ""

    def _note(self, citation: Citation) -> Note:
        self.notes += 1
        symbol = self._line(f"Note {self.notes}", citation.symbol)
        locator = self._line(f"Note {self.notes}", citation.locator)
        rest = f", {locator}." if symbol and locator else f"{locator}."
        return Note(self.notes, symbol, rest, citation.passage_id, is_un_symbol(symbol))

    def _line(self, place: str, words: str) -> str:
        text = printable(words)
        self._report(place, text.dropped)
        return text.line

    def _report(self, place: str, dropped: tuple[str, ...]) -> None:
        if dropped:
            self.dropped.append(name_dropped(place, dropped))


def _end_of_preamble(clauses: tuple[Clause, ...]) -> int:
    """Return the index before which the enacting line stands: after the last preambular clause of the preamble."""
    end = 0
    for at, clause in enumerate(clauses):
        if clause.kind is ClauseKind.OPERATIVE:
            break
        if clause.kind is ClauseKind.PREAMBULAR:
            end = at + 1
    return end
