"""What a page with changes is made of: lines and paragraphs whose every word stayed, came, went or moved.

`drafting.redline` fills it and the Word file prints it. A page without changes is one where everything stayed, so that
whoever prints has one thing to print. These types know neither how texts are compared nor what a change looks like.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafting.page import Note, Page, Paragraph
from drafting.references import Target


class Fate(StrEnum):
    """What became of something between two versions."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved here"
    MOVED_AWAY = "moved away"

    @property
    def is_new(self) -> bool:
        """Whether the later version has it in this place."""
        return self in (Fate.KEPT, Fate.INSERTED, Fate.MOVED_HERE)

    @property
    def is_old(self) -> bool:
        """Whether the earlier version had it in this place."""
        return self in (Fate.KEPT, Fate.DELETED, Fate.MOVED_AWAY)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text with one fate.

    Attributes:
        fate: What became of it.
        text: What it says.
        italic: Whether it is set in italics.
        target: The paragraph whose number it is, where the number may follow the numbering: it stayed, and so did the
            paragraph; else None.
        is_remark: Whether it is no words of the clause but a remark on it.
    """

    fate: Fate
    text: str
    italic: bool = False
    target: Target | None = None
    is_remark: bool = False


@dataclass(frozen=True, slots=True)
class MarkedNote:
    """A note at the end of a paragraph, and what became of it; ``note`` is None for the comma between two."""

    fate: Fate
    note: Note | None


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph of either page or both.

    Attributes:
        fate: What became of the paragraph as such, whatever was changed inside it.
        paragraph: As the later page has it, or the earlier one where it went.
        content: Its text, its remark with the space before it, then its notes with the commas between them.
    """

    fate: Fate
    paragraph: Paragraph
    content: tuple[Stretch | MarkedNote, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """The paragraphs of one clause, one alternative, or one fixed line.

    Attributes:
        fate: What became of all of it: `KEPT` also where it was reworded.
        paragraphs: At least one.
        named: Whether this is where the clause is looked for: where it went from, when it is elsewhere now, is not.
    """

    fate: Fate
    paragraphs: tuple[MarkedParagraph, ...]
    named: bool = True


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of the masthead, an agenda item or the title; ``right`` and ``strong`` are those of a masthead line."""

    fate: Fate
    left: tuple[Stretch, ...]
    right: tuple[Stretch, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Redline:
    """A page with its changes.

    Attributes:
        page: The later page, for what cannot change.
        masthead: Lines between the banner and the disclaimer.
        agenda_items: Agenda items.
        title: The title; empty where neither page has one.
        units: Everything after the title.
    """

    page: Page
    masthead: tuple[MarkedLine, ...]
    agenda_items: tuple[MarkedLine, ...]
    title: tuple[MarkedLine, ...]
    units: tuple[Unit, ...]

    @property
    def notes(self) -> int:
        """How many notes stand on it, those that went included."""
        return sum(
            isinstance(piece, MarkedNote) and piece.note is not None
            for unit in self.units
            for marked in unit.paragraphs
            for piece in marked.content
        )
