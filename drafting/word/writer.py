"""Fills the empty document with a draft that has been laid out.

Every number, closing mark and note comes from `drafting.layout`, what was changed from `drafting.redline`; every look
comes from `drafting.word.styles`. What is left is order: masthead, title, clauses with their alternatives, each found
again by its bookmark, and the annex. A reference to another paragraph is a field of Word, so that it follows the
numbering there too. A text without changes is written as one in which everything stayed.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from drafting.lines import ParagraphKind
from drafting.redline_page import Fate, MarkedNote, Stretch
from drafting.references import Target
from drafting.word.annex import annex
from drafting.word.changes import Changes
from drafting.word.comments import Comments
from drafting.word.names import subparagraph_bookmark, target_bookmark, wording_bookmark
from drafting.word.notes import Footnotes
from drafting.word.numbering import OPERATIVE_LIST, Numbering, alternative_in, numbered_in
from drafting.word.ooxml import bookmark, element, note_mark, paragraph, reference_field, run, tab
from drafting.word.properties import set_properties
from drafting.word.seams import following, parted
from drafting.word.styles import PARAGRAPH_STYLES
from drafting.word.template import annex_width, empty_document, turn_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from drafting.model import Draft
    from drafting.page import Note, Paragraph
    from drafting.redline_page import MarkedLine, MarkedParagraph, Redline, Unit
    from drafting.sources_table import Grounds
    from drafting.word.changes import Piece
    from drafting.word.options import Copy

_BETWEEN_MARKS = ","
# What ends a text must not be empty: when a paragraph before an empty one goes, LibreOffice leaves that one its number.
NOTHING_SEEN = "\u00a0"
# LibreOffice 7.4 leaves an empty paragraph where one goes that has the first note of a document. A copy with changes
# therefore has a first note of its own, in the masthead; its sign leaves the numbers of the others as they are.
TRACKED_SIGN = "*"
_LISTED = (ParagraphKind.SUBPARAGRAPH, ParagraphKind.SUB_SUBPARAGRAPH)


def write(
    draft: Draft, page: Redline, found: tuple[Grounds, ...], *, copy: Copy, link_base: str, when: datetime | None
) -> Document:
    """Return a Word document that holds a draft.

    Args:
        draft: The draft, for its properties.
        page: The same draft laid out, with its changes.
        found: What its paragraphs rest on, for comments and annex.
        copy: What goes into the file.
        link_base: Address that a document symbol is appended to; empty for no links.
        when: Time of making; None states none.
    """
    document = empty_document(copy.page_size)
    set_properties(document, draft, copy, page.page.title, when)
    writer = _Writer(document, page, copy, link_base, when)
    writer.write(found if copy.annotated else ())
    if copy.annex:
        writer.end_with(tuple(annex(document, found, annex_width(copy.page_size), wording_bookmark)), copy)
    return document


class _Writer:
    """One pass over a page."""

    def __init__(self, document: Document, page: Redline, copy: Copy, link_base: str, when: datetime | None) -> None:
        ids = count(1)
        self._page = page
        self._end: BaseOxmlElement = document.element.body.sectPr
        self._notes = Footnotes(document, link_base)
        self._numbering = Numbering(document)
        self._changes = Changes(ids, copy.since)
        self._since = copy.since
        notes = page.notes + (copy.since is not None)
        self._comments = Comments(document, notes, when) if copy.annotated else None
        self._ids = ids
        self._alternatives: dict[str, int] = {}
        self._last = Fate.KEPT
        self._referred_to = frozenset(
            piece.target
            for unit in page.units
            for marked in unit.paragraphs
            for piece in marked.content
            if isinstance(piece, Stretch) and piece.target
        )
        lines = [line.fate for line in (*page.agenda_items, *page.title)]
        self._following = following([*lines, *(marked.fate for unit in page.units for marked in unit.paragraphs)])

    def write(self, found: Iterable[Grounds]) -> None:
        """Write the page, with a comment for each paragraph that is told what it rests on."""
        self._masthead()
        for line in self._page.title:
            self._line("Title", line, next(self._following))
        by_wording = {(each.clause_id, each.alternative_id): each for each in found}
        for unit in self._page.units:
            self._unit(unit, by_wording)
        if self._last is not Fate.KEPT:
            waiting = self._comments.waiting(self._notes.count) if self._comments else ()
            self._place(paragraph("UNEnd"), _kept(run(NOTHING_SEEN), *waiting))

    def end_with(self, pieces: tuple[BaseOxmlElement, ...], copy: Copy) -> None:
        """Write what stands on pages of its own after the text."""
        if pieces:
            self._keep_last_with_break()
            self._place(turn_page(self._end, copy.page_size), _kept(run(NOTHING_SEEN)))
            for piece in pieces:
                self._end.addprevious(piece)

    def _keep_last_with_break(self) -> None:
        """Let the last paragraph of the text stand on the page of the break after it.

        When the page is full, the break would else go on to a page of its own, which is empty.
        """
        properties = next(self._end.itersiblings(qn("w:p"), preceding=True))[0]
        if properties.find(qn("w:keepNext")) is None:
            properties.insert(1, element("keepNext"))

    def _masthead(self) -> None:
        page = self._page.page
        left, right = page.banner
        self._place(paragraph("UNBanner"), _kept(run(left, bold=True), tab(), run(right)))
        after = following(line.fate for line in self._page.masthead)
        for line in self._page.masthead:
            self._line("UNMasthead", line, next(after), has_tab=True)
        self._place(paragraph("UNMastheadEnd"), ())
        disclaimer = [run(page.disclaimer)]
        if self._since is not None:
            version = f"version {self._since.draft.revision}" if self._since.draft.revision else "an earlier version"
            number = self._notes.add_signed(TRACKED_SIGN, f"Changes since {version} are tracked in this copy.")
            disclaimer.append(note_mark(number, TRACKED_SIGN))
        self._place(paragraph("UNDisclaimer"), _kept(*disclaimer))
        for line in self._page.agenda_items:
            self._line("UNAgendaItem", line, next(self._following))

    def _line(self, style: str, line: MarkedLine, after: Fate, *, has_tab: bool = False) -> None:
        ends = parted(line.right if has_tab else line.left, line.fate, after)
        parts = ((line.left, line.strong), (ends, False)) if has_tab else ((ends, line.strong), ((), False))
        left, right = ([made for piece in part for made in self._written(piece, bold=bold)] for part, bold in parts)
        middle: list[Piece] = [(line.fate, tab())] if has_tab else []
        self._place(paragraph(style), [*left, *middle, *right], line.fate)

    def _unit(self, unit: Unit, by_wording: Mapping[tuple[str, str], Grounds]) -> None:
        """Write the paragraphs of a clause or an alternative, the first of them inside its bookmark.

        The paragraphs that follow are known by their styles. A bookmark over several paragraphs would say the same, but
        LibreOffice 7.4 writes its start twice when the last of them has no note.
        """
        lead = unit.paragraphs[0].paragraph
        grounds = by_wording.get((lead.clause_id, lead.alternative_id)) if unit.named else None
        own_list = self._list_of(unit)
        move: tuple[BaseOxmlElement, ...] = ()
        if unit.fate in (Fate.MOVED_HERE, Fate.MOVED_AWAY):
            move = self._changes.move(unit.fate, f"{lead.clause_id}/{lead.alternative_id}")
            self._end.addprevious(move[0])
        for at, marked in enumerate(unit.paragraphs):
            laid_out = marked.paragraph
            body = paragraph(PARAGRAPH_STYLES[laid_out.kind])
            if at == 0 and len(unit.paragraphs) > 1:
                body[0].append(element("keepNext"))  # a page does not end on the words that introduce a list
            if laid_out.kind is ParagraphKind.ALTERNATIVE:
                body[0].append(self._alternative(laid_out))
            if own_list and laid_out.kind in _LISTED:
                body[0].append(numbered_in(own_list, laid_out.kind))
            name = self._bookmark_name(unit, marked, at)
            self._place(body, self._filled(marked, name, grounds if at == 0 else None), marked.fate)
        if move:
            self._end.addprevious(move[1])

    def _bookmark_name(self, unit: Unit, marked: MarkedParagraph, at: int) -> str:
        laid_out = marked.paragraph
        if not laid_out.clause_id:
            return ""
        if at == 0:
            return wording_bookmark(laid_out, here=unit.named)
        if not unit.named:
            return ""
        target = Target(laid_out.clause_id, laid_out.path)
        is_referred_to = not laid_out.alternative_id and marked.fate.is_new and target in self._referred_to
        return subparagraph_bookmark(target) if is_referred_to else ""

    def _alternative(self, laid_out: Paragraph) -> BaseOxmlElement:
        """Return what numbers an alternative: after its paragraph, or by itself where that has no number."""
        is_numbered = laid_out.number[0].isdigit()
        if not is_numbered and laid_out.clause_id not in self._alternatives:
            self._alternatives[laid_out.clause_id] = self._numbering.start_alternatives()
        list_id = OPERATIVE_LIST if is_numbered else self._alternatives[laid_out.clause_id]
        return alternative_in(list_id, one_of_several=not laid_out.number.endswith("."))

    def _list_of(self, unit: Unit) -> int:
        """Return the list of subparagraphs that no operative paragraph restarts; 0 where the styles count rightly."""
        is_list = any(marked.paragraph.kind is ParagraphKind.SUBPARAGRAPH for marked in unit.paragraphs)
        is_operative = unit.paragraphs[0].paragraph.kind is ParagraphKind.OPERATIVE
        return self._numbering.start_list() if is_list and not is_operative else 0

    def _filled(self, marked: MarkedParagraph, name: str, grounds: Grounds | None) -> Iterator[Piece]:
        """Yield what goes into a paragraph; its number is Word's own."""
        content = parted(marked.content, marked.fate, next(self._following))
        start, end = bookmark(next(self._ids), name) if name else (None, None)
        stays = marked.fate is Fate.KEPT
        if self._comments and stays:  # what waited is about paragraphs above, so it comes before what is about this one
            yield from _kept(*self._comments.waiting(self._notes.count))
        comment = None
        if self._comments and grounds:
            comment = self._comments.around(grounds, self._notes.count, stays=stays)
        if start is not None:
            yield Fate.KEPT, start
        if comment:
            yield Fate.KEPT, comment[0]
        words = next((at for at, piece in enumerate(content) if isinstance(piece, MarkedNote)), len(content))
        for piece in content[:words]:
            yield from self._written(piece)
        if comment:  # before the notes, for it must not stand between the first two
            yield from _kept(*comment[1:])
        for piece in content[words:]:
            yield from self._written(piece)
        if end is not None:
            yield Fate.KEPT, end
        if self._comments and stays:
            yield from _kept(*self._comments.waiting(self._notes.count))

    def _written(self, piece: Stretch | MarkedNote, *, bold: bool = False) -> Iterator[Piece]:
        if isinstance(piece, MarkedNote):
            mark = run(_BETWEEN_MARKS, style="FootnoteReference") if piece.note is None else self._note(piece.note)
            yield piece.fate, mark
        elif piece.target is not None:
            yield from ((piece.fate, each) for each in reference_field(target_bookmark(piece.target), piece.text))
        else:
            yield (
                piece.fate,
                run(piece.text, bold=bold, italic=piece.italic, style="UNRemark" if piece.is_remark else ""),
            )

    def _note(self, note: Note) -> BaseOxmlElement:
        return note_mark(self._notes.add(note))

    def _place(self, body: BaseOxmlElement, content: Iterable[Piece], fate: Fate = Fate.KEPT) -> None:
        """Append a filled paragraph to the document."""
        for piece in self._changes.marked(content):
            body.append(piece)
        self._changes.mark_paragraph(body, fate)
        self._end.addprevious(body)
        self._last = fate


def _kept(*made: BaseOxmlElement) -> list[Piece]:
    return [(Fate.KEPT, each) for each in made]
