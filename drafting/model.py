"""A draft: its masthead, its clauses, and the citations that each clause rests on.

Frozen like the corpus: an operation returns a new draft (`drafting.operations`), and a stored revision never changes
(`drafting.store`). A citation carries its own copy of what it quotes, so that a draft stays whole when a source leaves
the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from corpus.model import Passage, Source


class ClauseKind(StrEnum):
    """What a clause is in the layout of a declaration."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    HEADING = "heading"


class ClauseState(StrEnum):
    """How far the negotiation of a clause has come; whatever changes the words of a clause opens it again."""

    OPEN = "open"
    AGREED = "agreed"


class Style(StrEnum):
    """How operative clauses are written: "We urge … ." or "*Urges* … ;"."""

    DECLARATION = "declaration"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that a clause rests on, with what is needed to print it.

    Attributes:
        passage_id: Id of the passage, such as ``A/CONF.234/RPM.2/1#24(c)``.
        symbol: Symbol of its source.
        locator: Locator in United Nations form, such as ``para. 24 (c)``.
        region: Region that speaks; empty for a document of no region.
        congress: Ordinal of the congress.
        standing: With what authority it was said, in the words of `corpus.model.Standing`.
        voice: Who says it.
        quote: The passage, verbatim.
    """

    passage_id: str
    symbol: str
    locator: str
    region: str
    congress: int
    standing: str
    voice: str
    quote: str

    def cite(self) -> str:
        """Return the full citation, such as ``A/CONF.234/RPM.2/1, para. 24 (c)``."""
        return f"{self.symbol}, {self.locator}"


def citation_of(passage: Passage, source: Source) -> Citation:
    """Return the citation of a passage of a source."""
    return Citation(
        passage_id=passage.id,
        symbol=passage.symbol,
        locator=passage.locator.cite(),
        region=source.region,
        congress=source.congress,
        standing=passage.standing.value,
        voice=passage.voice,
        quote=passage.text,
    )


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another wording proposed for a clause, printed under it as "2 alt." in the negotiating text.

    Attributes:
        id: Unique in the draft for ever, among clauses and alternatives.
        text: What it says, written like the text of a clause.
        proposer: Who proposed it, such as ``GRULAC``; empty when nobody is named.
        citations: Passages it rests on.
        source_text: Verbatim text it was taken from; empty when the drafter wrote it.
        taken_text: Wording it began with when that was a suggestion; see `Clause`.
    """

    id: str
    text: str
    proposer: str = ""
    citations: tuple[Citation, ...] = ()
    source_text: str = ""
    taken_text: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph or subheading of a draft.

    Attributes:
        id: Unique in the draft for ever; letters and digits only, so that it can name a bookmark.
        kind: Preambular, operative or heading.
        text: What the clause says now, without number and without footnote marks. Its lines after the first may be
            subparagraphs (`drafting.lines`), and it may refer to other clauses (`drafting.references`).
        citations: Passages it rests on, in the order of their footnotes.
        source_text: Verbatim text it was taken from; empty when the drafter wrote it.
        taken_text: Wording it began with when that was a suggestion made from ``source_text``; empty when it began
            with the source's own words, or with the drafter's.
        state: Whether it is agreed.
        proposer: Who proposed it, such as ``Japan``; empty when nobody is named.
        alternatives: Other wordings proposed for it, in the order of the page.
    """

    id: str
    kind: ClauseKind
    text: str
    citations: tuple[Citation, ...] = ()
    source_text: str = ""
    taken_text: str = ""
    state: ClauseState = ClauseState.OPEN
    proposer: str = ""
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands above and around the clauses. Every field is text as printed; empty fields are left out.

    Attributes:
        congress: Name of the congress.
        place: Where it is held.
        dates: When it is held.
        distribution_date: Date under "Distr.: Limited".
        agenda_items: Agenda items that the draft answers, a line each.
        chapeau: Opening words of the draft.
        enacting_line: Words between the preamble and the operative paragraphs.
    """

    congress: str = "United Nations Congress on Crime Prevention and Criminal Justice"
    place: str = ""
    dates: str = ""
    distribution_date: str = ""
    agenda_items: tuple[str, ...] = ()
    chapeau: str = "We, the States Members of the United Nations,"
    enacting_line: str = "Declare as follows:"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft at one revision.

    Attributes:
        id: Unguessable id; whoever has it may edit.
        title: Title of the declaration.
        masthead: What stands around the clauses.
        clauses: In the order of the document.
        style: How operative clauses are written.
        revision: Number of the stored revision this is; 0 before it is stored.
    """

    id: str
    title: str = "Draft declaration"
    masthead: Masthead = field(default_factory=Masthead)
    clauses: tuple[Clause, ...] = ()
    style: Style = Style.DECLARATION
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """The clause that is being typed, before it is part of the draft.

    Attributes:
        text: What was typed.
        passage_ids: Passages that it will cite.
        typed_at: When it was typed, in milliseconds of the browser's clock; 0 when it was not typed in a browser.
    """

    text: str = ""
    passage_ids: tuple[str, ...] = ()
    typed_at: int = 0
