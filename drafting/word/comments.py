"""Comments as a part of the Word file: what each paragraph rests on, beside the paragraph, for the drafters.

LibreOffice 7.4 swaps the first two footnotes of a document when a comment stands between their marks, and leaves its
look to a paragraph that came when that is rejected and has a comment. So a comment that would stand there waits for the
next paragraph where it can; each begins with the name of the paragraph that it is about. Which words of a source were
changed is struck out and underlined, which a comment can show without being tracked itself.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafting.abridged import abridged
from drafting.changes import Change, ChangeKind
from drafting.drift import Drift
from drafting.sources_table import Use
from drafting.word.ooxml import comment_marks, element, paragraph, run
from drafting.word.properties import timestamp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from drafting.sources_table import Grounds, UsedSource

_AUTHOR: Final = {"author": "Rapporteur", "initials": "R"}
_SAYS: Final = {
    Drift.WRITTEN: "written by the drafter",
    Drift.VERBATIM: "verbatim",
    Drift.SUGGESTED: "suggested wording",
    Drift.ADAPTED: "adapted",
    Drift.NO_LONGER_BACKED: "adapted, and no longer backed by its sources",
}
_USES: Final = {Use.CITED: "cited in support"}
_UNSAFE_AFTER: Final = 1  # notes written: a comment would stand between the first and the second


class Comments:
    """The comments of one document, written one after the other."""

    def __init__(self, document: Document, notes: int, when: datetime | None) -> None:
        """Attach an empty comments part to a document.

        Args:
            document: A document without comments.
            notes: How many notes the document will have.
            when: Time to state; None states none.
        """
        self._root: BaseOxmlElement = parse_xml(f"<w:comments {nsdecls('w')}/>")
        part = XmlPart(PackURI("/word/comments.xml"), CONTENT_TYPE.WML_COMMENTS, self._root, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
        self._has_several_notes = notes > 1
        self._stated = dict(_AUTHOR)
        if when is not None:
            self._stated["date"] = timestamp(when)
        self._waiting: list[Grounds] = []

    def around(
        self, found: Grounds, notes_written: int, *, stays: bool
    ) -> tuple[BaseOxmlElement, BaseOxmlElement, BaseOxmlElement] | None:
        """Write the comment on a paragraph, and return what stands before and after its words.

        Args:
            found: What the paragraph rests on.
            notes_written: How many notes stand before the paragraph.
            stays: Whether the paragraph stays, whatever becomes of the changes in the file.

        Returns:
            The start, the end and the mark; None when the comment has to wait.
        """
        if not (stays and self._is_safe(notes_written)):
            self._waiting.append(found)
            return None
        return self._write(found)

    def waiting(self, notes_written: int) -> Iterator[BaseOxmlElement]:
        """Yield the marks of the comments that waited, at the end of a paragraph that stays."""
        if self._is_safe(notes_written):
            yield from chain.from_iterable(self._write(found) for found in self._waiting)
            self._waiting.clear()

    def _is_safe(self, notes_written: int) -> bool:
        return not (self._has_several_notes and notes_written == _UNSAFE_AFTER)

    def _write(self, found: Grounds) -> tuple[BaseOxmlElement, BaseOxmlElement, BaseOxmlElement]:
        number = len(self._root)
        self._root.append(element("comment", *_content(found), id=str(number), **self._stated))
        return comment_marks(number)


def _content(found: Grounds) -> Iterator[BaseOxmlElement]:
    """Yield the paragraphs of a comment."""
    first = _paragraph(run(f"{found.place}: ", bold=True), run(f"{_SAYS[found.drift]}."))
    number = element("r", element("rPr", element("rStyle", val="CommentReference")), element("annotationRef"))
    first.insert(1, number)  # Word shows a comment without it, and cannot find its way back from it
    yield first
    is_said = len(found.sources) == 1 and found.sources[0].use.value == _SAYS[found.drift]
    for source in found.sources:
        use = "" if is_said else f": {_USES.get(source.use, source.use.value)}"
        yield _paragraph(run(source.symbol, bold=True), run(f", {source.locator}{_about(source)}{use}."))
        if source.quote:
            yield _paragraph(run(f"“{source.quote}”"))
    if not found.sources:
        yield _paragraph(run("No source is cited."))
    changes = abridged(found.changes)
    if changes:
        yield _paragraph(run("Changed from the source: ", bold=True), *_shown(changes))


def _shown(changes: tuple[Change, ...]) -> Iterator[BaseOxmlElement]:
    """Yield changes, those that went struck out and those that came underlined, with a space between the two."""
    before: Change | None = None
    for change in changes:
        if before and before.kind is ChangeKind.DELETED and not (before.text[-1:] + change.text[:1]).count(" "):
            yield run(" ")
        yield run(change.text, struck=change.kind is ChangeKind.DELETED, underlined=change.kind is ChangeKind.INSERTED)
        before = change


def _about(source: UsedSource) -> str:
    """Return who says a source, and how firmly, after its citation."""
    congress = f"{source.congress} Congress" if source.congress else ""
    said = "; ".join(part for part in (source.region, congress, source.standing, source.voice) if part)
    return f" ({said})" if said else ""


def _paragraph(*runs: BaseOxmlElement) -> BaseOxmlElement:
    body = paragraph("CommentText")
    for each in runs:
        body.append(each)
    return body
