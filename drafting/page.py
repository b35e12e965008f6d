"""What a laid-out draft is made of: lines of a masthead, paragraphs with their numbers, notes.

`drafting.layout` fills it; the Word file and the preview print it. These types know neither how a number is worked out
nor what a page looks like.
"""

from __future__ import annotations

from dataclasses import dataclass

from drafting.lines import ParagraphKind
from drafting.numbering import PrintedNumber

DEFAULT_LINK_BASE = "https://undocs.org/"


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote.

    Attributes:
        number: Counted from 1 through the whole document.
        symbol: Symbol of the source, which is printed first; empty in a note that says who proposed something.
        rest: What follows the symbol, such as ``, para. 24 (c).``
        passage_id: The passage it leads to; empty in a note that says who proposed something.
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
        number: Number as printed (``1.``, ``(a)``, ``(ii)``, ``2 alt.``); empty for what is not numbered.
        text: What it says, closed by the mark of its place; no number, no notes.
        opener: How ``text`` begins, as far as it is set in italics; may be empty.
        notes: Its footnotes, marked after the text.
        numbers: Where ``text`` has the number or label of another paragraph that it refers to.
        remark: What is added after the text, such as ``(agreed)``; no words of the clause.
        alternative_id: The alternative it belongs to; empty for the clause itself.
        path: Labels of a subparagraph from the outside in, such as ``("b", "ii")``; empty for every other paragraph.
    """

    clause_id: str
    kind: ParagraphKind
    number: str
    text: str
    opener: str = ""
    notes: tuple[Note, ...] = ()
    numbers: tuple[PrintedNumber, ...] = ()
    remark: str = ""
    alternative_id: str = ""
    path: tuple[str, ...] = ()


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
