"""What a document of the corpus is made of: sources, passages, and where a passage stands.

These types are the vocabulary of the whole program. They know nothing of files, vectors or screens; they are
frozen, so that a passage which has been cited cannot change under the citation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Genre(StrEnum):
    """What sort of document a source is."""

    REGIONAL_REPORT = "regional report"
    DISCUSSION_GUIDE = "discussion guide"
    DECLARATION = "declaration"
    OTHER = "other"


class Kind(StrEnum):
    """What a passage does."""

    RECOMMENDATION = "recommendation"
    OBSERVATION = "observation"
    QUESTION = "question"
    FOCUS = "focus"
    PREAMBULAR = "preambular"
    PROCEDURAL = "procedural"


class Standing(StrEnum):
    """With what authority a passage was said; the weakest that its source states."""

    ADOPTED = "adopted"
    RECOMMENDED = "recommended"
    NOT_NEGOTIATED = "not negotiated"
    DISCUSSION = "discussion"
    PROPOSAL = "proposal"
    GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a field of a source holds its value.

    Attributes:
        field: Name of the field of `Source`.
        inferred: True when the document says it, False when `sources.toml` states it by hand.
        quote: The words of the document, verbatim; empty when stated by hand.
        line: 1-based line of the quote in the source file; 0 when stated by hand.
    """

    field: str
    inferred: bool
    quote: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """One document.

    Attributes:
        symbol: United Nations document symbol, such as ``A/CONF.234/RPM.1/1``.
        title: Title as printed, on one line.
        genre: What sort of document it is.
        congress: Ordinal of the congress it prepares (12 for the Twelfth).
        region: Region that speaks, such as ``Western Asia``; empty for a document of no region.
        place: Where the meeting was held (reports) or the congress is to be held; empty when unknown.
        dates: Dates as printed; empty when unknown.
        language: BCP 47 tag of the text, such as ``en``.
        url: Where the official document is found.
        file: File name inside the sources folder.
        sha256: Digest of that file's bytes, lower-case hex.
        evidence: Why each of the fields above holds its value.
    """

    symbol: str
    title: str
    genre: Genre
    congress: int
    region: str
    place: str
    dates: str
    language: str
    url: str
    file: str
    sha256: str
    evidence: tuple[Evidence, ...] = ()


_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()


def ordinal(number: int) -> str:
    """Return the English ordinal of a number in words up to twenty, in figures above ("21st")."""
    if 0 <= number < len(_ORDINALS):
        return _ORDINALS[number]
    suffix = "th" if number % 100 in range(10, 21) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands inside its document.

    Attributes:
        container: Empty for the body; else ``declaration``, ``annex-I``, ``agenda-89`` (an agenda quoted in para. 89).
        paragraph: Paragraph number as printed (``12``); in a declaration ``pp4`` is the fourth preambular clause and
            ``pp0`` its opening words.
        subparagraph: Labels from the outside in, without brackets: ``("c", "iv")``.
        within: Number of the body paragraph that quotes the container; empty when it stands on its own.
    """

    container: str
    paragraph: str
    subparagraph: tuple[str, ...] = ()
    within: str = ""

    def fragment(self) -> str:
        """Return the part of a passage id after ``#``, such as ``annex-I/13(a)``."""
        prefix = f"{self.container}/" if self.container else ""
        return prefix + self.paragraph + "".join(f"({label})" for label in self.subparagraph)

    def cite(self) -> str:
        """Return the locator in United Nations form, such as ``para. 24 (c)`` or ``annex I, para. 13 (a)``."""
        labels = "".join(f" ({label})" for label in self.subparagraph)
        host = f"para. {self.within}, " if self.within else ""
        if self.container.startswith("agenda"):
            return f"{host}agenda item {self.paragraph}{labels}"
        if self.container == "declaration":
            return host + self._cite_declaration(labels)
        name = self.container.replace("-", " ")
        return (f"{name}, " if name else "") + f"para. {self.paragraph}{labels}"

    def _cite_declaration(self, labels: str) -> str:
        preambular = self.paragraph.startswith("pp")
        number = int(self.paragraph.removeprefix("pp"))
        if preambular and number == 0:
            return "opening words of the declaration"
        sort = "preambular" if preambular else "operative"
        return f"{ordinal(number)} {sort} paragraph{labels} of the declaration"


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note of the source document.

    Attributes:
        mark: The reference mark as printed, in plain digits (``10``).
        text: The note's text, markup removed; empty when the source has the mark but not the note.
    """

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text as character offsets, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One numbered paragraph, item, clause or annex item: the unit that is searched, quoted and cited.

    Attributes:
        symbol: Symbol of its source.
        locator: Where it stands.
        heading: Heading path, chapter first.
        text: Its words, verbatim; line wraps joined, page furniture, markup and reference marks left out.
        kind: What it does.
        standing: With what authority it was said.
        voice: Who says it, such as ``the meeting``, ``several participants``, ``one speaker``.
        chapeau: Lead-in that an item hangs from, verbatim; empty for a paragraph.
        footnotes: Notes it refers to.
        spans: Where its text stands in the source, in characters of the decoded file; more than one when a page
            break or a footnote block interrupts it.
    """

    symbol: str
    locator: Locator
    heading: tuple[str, ...]
    text: str
    kind: Kind
    standing: Standing
    voice: str
    chapeau: str = ""
    footnotes: tuple[Footnote, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def id(self) -> str:
        """Return the permanent id, ``SYMBOL#[container/]paragraph[(a)][(ii)]``."""
        return f"{self.symbol}#{self.locator.fragment()}"

    def cite(self) -> str:
        """Return the full citation, such as ``A/CONF.234/RPM.2/1, para. 24 (c)``."""
        return f"{self.symbol}, {self.locator.cite()}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """All sources and their passages, in order of symbol and of standing in the document."""

    sources: tuple[Source, ...]
    passages: tuple[Passage, ...]

    def source(self, symbol: str) -> Source | None:
        """Return the source with this symbol, or None."""
        return next((source for source in self.sources if source.symbol == symbol), None)

    def passages_of(self, symbol: str) -> tuple[Passage, ...]:
        """Return the passages of one source, in document order."""
        return tuple(passage for passage in self.passages if passage.symbol == symbol)
