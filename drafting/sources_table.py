"""What each paragraph of a draft rests on: its sources, how its words relate to each, and what was changed.

The annex, the comments of the annotated copy and the table for spreadsheets print this, so they cannot disagree. A
source is called verbatim or adapted only when the words of the paragraph came from it; every other one is cited. This
module knows no files.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from corpus.model import ordinal
from drafting.changes import Change, word_changes
from drafting.characters import printable
from drafting.drift import Drift, drift
from drafting.layout import DEFAULT_LINK_BASE, is_un_symbol, lay_out
from drafting.model import Alternative, Citation, Clause, ClauseKind, Draft
from drafting.numbering import Numbering
from drafting.wording import same_words, stands_in


class Use(StrEnum):
    """What a paragraph does with the words of a source."""

    VERBATIM = "verbatim"
    SUGGESTED = "suggested wording"
    ADAPTED = "adapted"
    CITED = "cited"


_USES = {Drift.SUGGESTED: Use.SUGGESTED, Drift.ADAPTED: Use.ADAPTED, Drift.NO_LONGER_BACKED: Use.ADAPTED}


@dataclass(frozen=True, slots=True)
class UsedSource:
    """A source of a paragraph; every text is on one line and can be printed.

    Attributes:
        passage_id: Id of the passage.
        symbol: Symbol of the document.
        url: Where the document is found; empty when no document server has it.
        locator: Where in it, such as ``para. 24 (c)``.
        region: Region that speaks; empty for a document of no region.
        congress: Ordinal of the congress in words, such as ``Fourteenth``; empty when unknown.
        standing: With what authority it was said.
        voice: Who says it.
        quote: The passage, verbatim.
        use: What the paragraph does with its words.
    """

    passage_id: str
    symbol: str
    url: str
    locator: str
    region: str
    congress: str
    standing: str
    voice: str
    quote: str
    use: Use


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a paragraph, or an alternative to one, rests on.

    Attributes:
        clause_id: The clause.
        alternative_id: The alternative; empty for the clause itself.
        place: Where it stands, such as ``Paragraph 3``, ``Preambular paragraph 2`` or ``Paragraph 3 alt. 1``.
        text: What it says, on one line, with references as words; no number, no closing mark of its place.
        drift: How its words relate to their source.
        sources: Its sources in the order of their notes; empty when there are none.
        changes: How the words it was taken from became its own; empty when they did not change, or are its own.
    """

    clause_id: str
    alternative_id: str
    place: str
    text: str
    drift: Drift
    sources: tuple[UsedSource, ...]
    changes: tuple[Change, ...]


def grounds(draft: Draft, *, negotiating: bool = False, link_base: str = DEFAULT_LINK_BASE) -> tuple[Grounds, ...]:
    """Return what each paragraph of a draft rests on, in the order of the page; headings rest on nothing.

    Args:
        draft: The draft.
        negotiating: Whether alternatives are asked about too.
        link_base: Address that a document symbol is appended to; empty for no links.
    """
    return tuple(_grounds(draft, negotiating=negotiating, link_base=link_base))


def _grounds(draft: Draft, *, negotiating: bool, link_base: str) -> Iterator[Grounds]:
    numbering = Numbering(draft)
    numbers = _numbers(draft, negotiating=negotiating)
    preambular = 0
    for clause in draft.clauses:
        if clause.kind is ClauseKind.HEADING:
            continue
        is_preambular = clause.kind is ClauseKind.PREAMBULAR
        preambular += is_preambular
        wordings: tuple[Clause | Alternative, ...] = (clause, *(clause.alternatives if negotiating else ()))
        for wording in wordings:
            alternative_id = "" if wording is clause else wording.id
            number = numbers[clause.id, alternative_id]
            place = f"Preambular paragraph {preambular}" + f", {number.lower()}" * bool(number)
            shown = printable(numbering.shown(wording.text, clause.id))
            drifted = drift(wording, "\n".join(shown.lines))
            changes: tuple[Change, ...] = ()
            if drifted in _USES and wording.source_text:
                changes = word_changes(printable(wording.source_text).line, shown.line)
            yield Grounds(
                clause.id,
                alternative_id,
                place if is_preambular else f"Paragraph {number}",
                shown.line,
                drifted,
                tuple(
                    _used(citation, _use(citation, wording, drifted, "\n".join(shown.lines)), link_base)
                    for citation in wording.citations
                ),
                changes,
            )


def _numbers(draft: Draft, *, negotiating: bool) -> dict[tuple[str, str], str]:
    """Return the number of each clause and alternative as printed, without its full stop."""
    paragraphs = lay_out(draft, negotiating=negotiating).paragraphs
    return {
        key: number[:-1] if (number := next(found).number)[:-1].isdigit() else number
        for key, found in groupby(paragraphs, key=lambda paragraph: (paragraph.clause_id, paragraph.alternative_id))
    }


def _use(citation: Citation, wording: Clause | Alternative, drifted: Drift, text: str) -> Use:
    """Return what a wording does with the words of one of its sources."""
    if stands_in(text, citation.quote):
        return Use.VERBATIM
    source = wording.source_text
    is_its_source = bool(source) and (same_words(source, citation.quote) or stands_in(source, citation.quote))
    return _USES.get(drifted, Use.CITED) if is_its_source else Use.CITED


def _used(citation: Citation, use: Use, link_base: str) -> UsedSource:
    symbol = printable(citation.symbol).line
    return UsedSource(
        passage_id=printable(citation.passage_id).line,
        symbol=symbol,
        url=link_base + symbol if link_base and is_un_symbol(symbol) else "",
        locator=printable(citation.locator).line,
        region=printable(citation.region).line,
        congress=ordinal(citation.congress).capitalize() if citation.congress > 0 else "",
        standing=printable(citation.standing).line,
        voice=printable(citation.voice).line,
        quote=printable(citation.quote).line,
        use=use,
    )
