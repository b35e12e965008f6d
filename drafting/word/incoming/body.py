"""Walks through the body of a Word file and makes its paragraphs: one pass, whatever the file holds.

Content controls, links and smart tags are walked through; text boxes, tables and embedded files hold no clause and are
left out, the tables counted. What Word computes (fields) is taken as it was last computed, except that a
cross-reference keeps the bookmark it leads to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from drafting.word.incoming.marks import DELETED, INSERTED, is_on, joined, list_level, sign, tracked_mark, who
from drafting.word.incoming.paragraphs import Bookmark, Comment, FileParagraph, Piece, TrackedPiece

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from drafting.word.incoming.tree import Element

_REFERENCE = re.compile(r"\s*REF\s+(\S+)")
_THROUGH = {
    "w:hyperlink",
    "w:smartTag",
    "w:sdt",
    "w:sdtContent",
    "w:customXml",
    "w:dir",
    "w:bdo",
    "mc:AlternateContent",
}
_REMARK = "unremark"
_BEFORE_OUR_TABLE = "unaside"  # what stands above the table of sources, which no draft is to hold
MOST_PARAGRAPHS = 20_000
_MOST_COMMENTED = 100  # comments open at once whose words are kept, and pieces of words of each


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands beside the body.

    Attributes:
        styles: Name of each style by its id, as `FileParagraph.style` has it.
        notes: Text of each footnote by its id.
        comments: Each comment by its id, its words not yet known.
    """

    styles: Mapping[str, str]
    notes: Mapping[str, str]
    comments: Mapping[str, Comment]


@dataclass(frozen=True, slots=True)
class _By:
    """In which tracked change a run stands."""

    inserted: tuple[str, str] | None = None
    deleted: tuple[str, str] | None = None


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read; `start` of a bookmark is how many characters stood before it."""

    pieces: list[Piece] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    bookmarks: dict[str, tuple[str, int, int | None]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    tracked: list[TrackedPiece] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    bold: bool | None = None
    length: int = 0


class BodyReader:
    """One pass over a body."""

    def __init__(self, margins: Margins) -> None:
        """Begin.

        Args:
            margins: What stands beside the body.
        """
        self._margins = margins
        self._fields: list[tuple[list[str], list[str], bool]] = []  # instruction, result, whether in the result
        self._commented: dict[str, list[str]] = {}  # words of the comments that are open
        self._words: dict[str, str] = {}
        self._above = ""  # style of the paragraph above
        self.tables = 0

    def paragraphs(self, body: Element) -> Iterator[FileParagraph]:
        """Yield the paragraphs of a body, with those that tracked changes join made one.

        Raises:
            SourceError: There are more than any declaration has.
        """
        waiting: FileParagraph | None = None
        for place, element in enumerate(self._blocks(body)):
            if place >= MOST_PARAGRAPHS:
                raise SourceError(
                    f"The Word file has more than {MOST_PARAGRAPHS:,} paragraphs.",
                    "Import the declaration alone, without what it is a part of.",
                )
            paragraph, mark_deleted = self._paragraph(element)
            paragraph = replace(paragraph, place=place)
            self._above = paragraph.style
            if waiting is not None:
                paragraph = joined(waiting, paragraph)
                waiting = None
            if mark_deleted and not paragraph.gone:
                waiting = paragraph
            else:
                yield self._with_comments(paragraph)
        if waiting is not None:
            yield self._with_comments(waiting)

    def _blocks(self, parent: Element) -> Iterator[Element]:
        for child in parent.children:
            if child.tag == "w:p":
                yield child
            elif child.tag == "w:tbl":
                self.tables += self._above != _BEFORE_OUR_TABLE
            elif child.tag in _THROUGH or child.tag in INSERTED:
                yield from self._blocks(child)

    def _paragraph(self, element: Element) -> tuple[FileParagraph, bool]:
        """Return a paragraph, and whether its mark was deleted while words of it stay."""
        made = _Open()
        self._content(element, made, _By())
        own = element.child("w:pPr")
        style = self._margins.styles.get(own.value("w:pStyle") if own else "", "")
        level = list_level(own)
        deleted = own is not None and any(own.child("w:rPr", tag) for tag in DELETED)
        has_words = bool("".join(piece.text for piece in made.pieces).strip())
        gone = not has_words and (deleted or any(not each.inserted for each in made.tracked))
        made.tracked += tracked_mark(own)
        return FileParagraph(
            style=style,
            pieces=tuple(made.pieces),
            former="".join(made.former),
            level=level,
            bold=bool(made.bold),
            bookmarks=tuple(
                Bookmark(name, empty=not _has_words(made, start, end), goes_on=end is None)
                for name, start, end in made.bookmarks.values()
            ),
            notes=tuple(made.notes),
            tracked=tuple(made.tracked),
            comments=tuple(Comment("", "", identifier, "") for identifier in dict.fromkeys(made.comments)),
            gone=gone,
        ), deleted and has_words

    def _content(self, parent: Element, made: _Open, by: _By) -> None:
        for child in parent.children:
            match child.tag:
                case "w:r":
                    self._run(child, made, by)
                case "w:fldSimple":
                    self._simple_field(child, made, by)
                case "w:bookmarkStart":
                    name = child.attributes.get("w:name", "")
                    made.bookmarks[child.attributes.get("w:id", name)] = (name, made.length, None)
                case "w:bookmarkEnd":
                    opened = made.bookmarks.get(child.attributes.get("w:id", ""))
                    if opened:
                        made.bookmarks[child.attributes["w:id"]] = (opened[0], opened[1], made.length)
                case "w:commentRangeStart" | "w:commentRangeEnd":
                    self._comment_mark(child, made)
                case tag if tag in INSERTED:
                    self._content(child, made, _By(who(child), by.deleted))
                case tag if tag in DELETED:
                    self._content(child, made, _By(by.inserted, who(child)))
                case tag if tag in _THROUGH:
                    self._content(child, made, by)

    def _comment_mark(self, mark: Element, made: _Open) -> None:
        identifier = mark.attributes.get("w:id", "")
        if mark.tag == "w:commentRangeEnd":
            self._words[identifier] = "".join(self._commented.pop(identifier, ()))
            return
        made.comments.append(identifier)
        if len(self._commented) < _MOST_COMMENTED:
            self._commented[identifier] = []

    def _simple_field(self, element: Element, made: _Open, by: _By) -> None:
        found = _REFERENCE.match(element.attributes.get("w:instr", ""))
        inside = _Open()
        self._content(element, inside, by)
        for piece in inside.pieces:
            self._say(Piece(piece.text, found.group(1) if found else ""), made, by)

    def _run(self, run: Element, made: _Open, by: _By) -> None:
        style = self._margins.styles.get(run.value("w:rPr", "w:rStyle"), "")
        is_mark = style.startswith(("footnote", "endnote")) or style == _REMARK
        for child in run.children:
            match child.tag:
                case "w:t" | "w:delText" if not is_mark:
                    if made.bold is None and child.text.strip():
                        made.bold = is_on(run.child("w:rPr", "w:b"))
                    self._text(child.text, made, by)
                case "w:footnoteReference" | "w:endnoteReference":
                    note = self._margins.notes.get(child.tag[2:-9] + child.attributes.get("w:id", ""))
                    if note is not None and by.deleted is None:
                        made.notes.append(note)
                case "w:commentReference":
                    made.comments.append(child.attributes.get("w:id", ""))
                case "w:instrText" if self._fields and not self._fields[-1][2]:
                    self._fields[-1][0].append(child.text)
                case "w:fldChar":
                    self._field_mark(child.attributes.get("w:fldCharType", ""), made, by)
                case _:
                    self._text(sign(child), made, by)

    def _field_mark(self, kind: str, made: _Open, by: _By) -> None:
        if kind == "begin":
            self._fields.append(([], [], False))
        elif kind == "separate" and self._fields:
            self._fields[-1] = (*self._fields[-1][:2], True)
        elif kind == "end" and self._fields:
            instruction, result, _ = self._fields.pop()
            found = _REFERENCE.match("".join(instruction))
            if result:
                self._say(Piece("".join(result), found.group(1) if found else ""), made, by)

    def _text(self, text: str, made: _Open, by: _By) -> None:
        """Take text in: into the field that is open, or into the paragraph."""
        if not text:
            return
        if not self._fields:
            self._say(Piece(text), made, by)
        elif self._fields[-1][2]:
            self._fields[-1][1].append(text)

    def _say(self, piece: Piece, made: _Open, by: _By) -> None:
        if by.inserted is None:
            made.former.append(piece.text)
        else:
            made.tracked.append(TrackedPiece(piece.text, True, *by.inserted))
        if by.deleted is not None:
            made.tracked.append(TrackedPiece(piece.text, False, *by.deleted))
            return
        made.length += len(piece.text)
        for words in self._commented.values():
            if len(words) < _MOST_COMMENTED:
                words.append(piece.text)
        if made.pieces and not piece.bookmark and not made.pieces[-1].bookmark:
            made.pieces[-1] = Piece(made.pieces[-1].text + piece.text)
        else:
            made.pieces.append(piece)

    def _with_comments(self, paragraph: FileParagraph) -> FileParagraph:
        """Return a paragraph with its comments found by their ids; one that goes on is known by what it began with."""
        known = (
            replace(comment, words=" ".join(self._said(identifier).split()))
            for identifier in (each.text for each in paragraph.comments)
            if (comment := self._margins.comments.get(identifier)) is not None
        )
        return replace(paragraph, comments=tuple(known))

    def _said(self, identifier: str) -> str:
        return self._words.get(identifier, "") or "".join(self._commented.get(identifier, ()))


def _has_words(made: _Open, start: int, end: int | None) -> bool:
    return bool("".join(piece.text for piece in made.pieces)[start:end].strip())
