"""What a paragraph of a Word file says: its words, who inserted and deleted some, its bookmarks, notes and comments.

A paragraph is seen as if all tracked changes were accepted; how it would read with all rejected is kept beside it. This
module knows neither drafts nor files; `drafting.word.incoming.body` walks through the XML.
"""

from __future__ import annotations

from dataclasses import dataclass

from drafting.characters import printable


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph.

    Attributes:
        text: What it says.
        bookmark: The bookmark that it refers to when it is the number in a cross-reference; else empty.
    """

    text: str
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark that begins in a paragraph.

    Attributes:
        name: Its name.
        empty: Whether no words are in it as far as this paragraph goes.
        goes_on: Whether it ends in a later paragraph.
    """

    name: str
    empty: bool
    goes_on: bool


@dataclass(frozen=True, slots=True)
class TrackedPiece:
    """Words that somebody inserted or deleted while changes were tracked.

    Attributes:
        text: The words.
        inserted: Whether they were inserted, or deleted.
        author: Who did it, as the file says; may be empty.
        date: When, as the file says; may be empty.
    """

    text: str
    inserted: bool
    author: str
    date: str


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin.

    Attributes:
        author: Who wrote it.
        date: When, as the file says.
        text: What it says.
        words: The words it is about; empty when it is about a place between words.
    """

    author: str
    date: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class FileParagraph:
    """A paragraph of a file, with all tracked changes accepted.

    Attributes:
        style: Name of its style in small letters, without spaces and hyphens, such as ``unoperative``.
        pieces: What it says.
        former: What it would say if all tracked changes were rejected.
        level: Level of the list that it was put in by itself, from 0; None where its style decides, -1 for no list.
        bold: Whether its first words are bold.
        bookmarks: The bookmarks that begin in it.
        notes: The text of each footnote, in order.
        tracked: What was inserted and deleted in it.
        comments: The comments on it.
        gone: Whether it is not there once all changes are accepted.
        place: Its place among the paragraphs of the file.
    """

    style: str
    pieces: tuple[Piece, ...]
    former: str
    level: int | None = None
    bold: bool = False
    bookmarks: tuple[Bookmark, ...] = ()
    notes: tuple[str, ...] = ()
    tracked: tuple[TrackedPiece, ...] = ()
    comments: tuple[Comment, ...] = ()
    gone: bool = False
    place: int = 0

    @property
    def text(self) -> str:
        """What it says, on one line, without what no draft can hold."""
        return printable(self.raw).line

    @property
    def raw(self) -> str:
        """What it says, with its tabs."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def authors(self) -> tuple[str, ...]:
        """Who tracked a change in it, each once."""
        return tuple(dict.fromkeys(each.author for each in self.tracked if each.author))
