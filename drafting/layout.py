"""The draft as it stands on the page: every line with its number, its closing mark and its notes.

The Word file and the desk's preview both print this layout, so they cannot disagree. What depends on where a clause
stands (its number, the mark that closes it, the numbers of its notes, the place of the enacting line) is worked out
here and nowhere else; what a reference to another clause prints, `drafting.numbering` says. This module knows
no fonts, no Word and no HTML.

A page is clean, as a declaration is circulated, or it is the negotiating text: with the alternatives of each clause
under it, who proposed what in a note, and what is agreed. Square brackets are words of a clause and stand on both.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drafting.characters import name_dropped, printable
from drafting.lines import ParagraphKind, closed, numbered_lines, paths
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead, Style
from drafting.numbering import Numbering
from drafting.openers import operative_opener, preambular_opener
from drafting.page import DEFAULT_LINK_BASE, MastheadLine, Note, Page, Paragraph, note_url
from drafting.punctuation import COMMA, FULL_STOP, SEMICOLON

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DEFAULT_LINK_BASE", "MastheadLine", "Note", "Page", "Paragraph", "lay_out", "note_url"]

BANNER = ("United Nations", "[symbol to be assigned]")
DISTRIBUTION = "Distr.: Limited"
ORIGINAL = "Original: English"
AGREED = "(agreed)"
DISCLAIMER = "Working draft for consultation. Not an official document of the United Nations."

_CONGRESS_CHARACTERS = 44  # in bold, beside the distribution block
_PLACE_CHARACTERS = 60  # beside the distribution block
_SYMBOL = re.compile(r"[A-Z]+(?:/[A-Z0-9][A-Za-z0-9.()\-]*)+")


def is_un_symbol(symbol: str) -> bool:
    """Return whether a symbol is one of the United Nations, which a document server can resolve."""
    return _SYMBOL.fullmatch(symbol) is not None


def lay_out(draft: Draft, *, negotiating: bool = False) -> Page:
    """Return the draft as it stands on the page.

    Args:
        draft: Any draft; nothing in it is changed.
        negotiating: Whether it is the negotiating text, with alternatives, proposers and what is agreed, or the clean
            text that is circulated.
    """
    return _Layout(draft, Numbering(draft), negotiating=negotiating).page()


@dataclass(slots=True)
class _Layout:
    """One pass over a draft, counting paragraphs and notes as they come."""

    draft: Draft
    numbering: Numbering
    negotiating: bool
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
        lead = Paragraph(clause.id, ParagraphKind(clause.kind.value), number, "")
        own = self._wording(clause, clause.kind, lead, place, mark)
        is_agreed = self.negotiating and clause.state is ClauseState.AGREED
        yield from own[:-1]
        yield replace(own[-1], remark=AGREED if is_agreed else "")
        if clause.alternatives and not self.negotiating:
            self.dropped.append(
                f"{place}: its alternatives were left out, for they stand in the negotiating text only."
            )
            return
        for at, alternative in enumerate(clause.alternatives, start=1):
            count = f" {at}" if len(clause.alternatives) > 1 else ""
            number_of_it = f"{number.rstrip('.')} alt.{count}" if number else f"Alt.{count}"
            lead = Paragraph(clause.id, ParagraphKind.ALTERNATIVE, number_of_it, "")
            for paragraph in self._wording(alternative, clause.kind, lead, f"{place}, alternative {at}", mark):
                yield replace(paragraph, alternative_id=alternative.id)

    def _wording(
        self, wording: Clause | Alternative, kind: ClauseKind, lead: Paragraph, place: str, mark: str
    ) -> list[Paragraph]:
        """Return the paragraphs of a clause or an alternative, the first of them filled in from `lead`."""
        text = printable(wording.text)
        self._report(place, text.dropped)
        if kind is ClauseKind.HEADING:
            if wording.citations:
                self.dropped.append(f"{place}: its citations were left out, for a heading carries no notes.")
            return [self._referring(replace(lead, text=text.line))]
        lines = numbered_lines(text.lines or ("",))
        paragraphs = [
            self._referring(Paragraph(lead.clause_id, line.kind, line.label, closed(lines, at, mark), path=path))
            for at, (line, path) in enumerate(zip(lines, paths(lines), strict=True))
        ]
        first = replace(paragraphs[0], kind=lead.kind, number=lead.number)
        paragraphs[0] = replace(first, opener=self._opener(first.text, kind))
        paragraphs[-1] = replace(paragraphs[-1], notes=tuple(self._notes(wording)))
        return paragraphs

    def _referring(self, paragraph: Paragraph) -> Paragraph:
        """Return a paragraph with its references as words."""
        text, numbers = self.numbering.printed(paragraph.text, paragraph.clause_id)
        return replace(paragraph, text=text, numbers=numbers)

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

    def _opener(self, text: str, kind: ClauseKind) -> str:
        """Return what a clause opens with in italics, with a bracket before it; not one of several to choose from."""
        words = text.lstrip("[ ")
        found = ""
        if kind is ClauseKind.PREAMBULAR:
            found = preambular_opener(words)
        elif self.draft.style is Style.RESOLUTION:
            found = operative_opener(words)
        before = text[: len(text) - len(words)]
        is_choice = bool(before) and words.startswith("]", len(found))
        return before + found if found and not is_choice else ""

    def _notes(self, wording: Clause | Alternative) -> Iterator[Note]:
        if self.negotiating and wording.proposer:
            self.notes += 1
            proposer = self._line(f"Note {self.notes}", wording.proposer)
            yield Note(self.notes, "", f"Proposed by {proposer}.", "", linkable=False)
        yield from (self._note(citation) for citation in wording.citations)

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
