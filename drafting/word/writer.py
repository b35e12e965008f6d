"""Fills the empty document with a draft that has been laid out.

Every number, closing mark and note comes from `drafting.layout`; every look comes from `drafting.word.styles`. What is
left is order: masthead, title, clauses with their alternatives, each found again by its bookmark. A reference to
another paragraph is a field of Word, so that it follows the numbering there too. An annex would be one more step.
"""

from __future__ import annotations

from itertools import count, groupby
from typing import TYPE_CHECKING

from drafting.lines import ParagraphKind
from drafting.references import Target
from drafting.word.notes import Footnotes
from drafting.word.numbering import OPERATIVE_LIST, Numbering, alternative_in, numbered_in
from drafting.word.ooxml import bookmark, element, note_mark, paragraph, reference_field, run, tab
from drafting.word.properties import set_properties
from drafting.word.styles import PARAGRAPH_STYLES
from drafting.word.template import empty_document

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from drafting.layout import Page, Paragraph
    from drafting.model import Draft
    from drafting.word.export import PageSize

BOOKMARK_PREFIX = "_c_"
ALTERNATIVE_PREFIX = "_a_"
SUBPARAGRAPH_PREFIX = "_s_"
_BETWEEN_MARKS = ","


def write(draft: Draft, page: Page, *, page_size: PageSize, link_base: str, when: datetime | None) -> Document:
    """Return a Word document that holds a draft.

    Args:
        draft: The draft, for its properties.
        page: The same draft laid out.
        page_size: Paper.
        link_base: Address that a document symbol is appended to; empty for no links.
        when: Time of making; None states none.
    """
    document = empty_document(page_size)
    set_properties(document, draft, page.title, when)
    _Writer(document, link_base).write(page)
    return document


class _Writer:
    """One pass over a page."""

    def __init__(self, document: Document, link_base: str) -> None:
        self._end: BaseOxmlElement = document.element.body.sectPr
        self._notes = Footnotes(document, link_base)
        self._numbering = Numbering(document)
        self._bookmarks = count(1)
        self._referred_to: frozenset[Target] = frozenset()

    def write(self, page: Page) -> None:
        self._referred_to = frozenset(number.target for laid_out in page.paragraphs for number in laid_out.numbers)
        self._masthead(page)
        if page.title:
            self._place(paragraph("Title"), run(page.title))
        for clause_id, paragraphs in groupby(page.paragraphs, key=lambda laid_out: laid_out.clause_id):
            if clause_id:
                self._clause(tuple(paragraphs))
            else:
                for laid_out in paragraphs:
                    self._place(*self._filled(laid_out))

    def _masthead(self, page: Page) -> None:
        left, right = page.banner
        self._place(paragraph("UNBanner"), run(left, bold=True), tab(), run(right))
        for line in page.masthead:
            self._place(paragraph("UNMasthead"), run(line.left, bold=line.strong), tab(), run(line.right))
        self._place(paragraph("UNMastheadEnd"))
        self._place(paragraph("UNDisclaimer"), run(page.disclaimer))
        for item in page.agenda_items:
            self._place(paragraph("UNAgendaItem"), run(item))

    def _clause(self, paragraphs: tuple[Paragraph, ...]) -> None:
        """Write a clause and then its alternatives."""
        clause, *alternatives = (
            tuple(wording) for _, wording in groupby(paragraphs, key=lambda laid_out: laid_out.alternative_id)
        )
        self._wording(clause, None)
        if not alternatives:
            return
        list_id = OPERATIVE_LIST if clause[0].number else self._numbering.start_alternatives()
        for alternative in alternatives:
            self._wording(alternative, alternative_in(list_id, one_of_several=len(alternatives) > 1))

    def _wording(self, paragraphs: tuple[Paragraph, ...], numbered: BaseOxmlElement | None) -> None:
        """Write the paragraphs of a clause or an alternative, the first of them inside its bookmark.

        The paragraphs that follow are known by their styles. A bookmark over several paragraphs would say the same, but
        LibreOffice 7.4 writes its start twice when the last of them has no note.
        """
        lead = paragraphs[0]
        name = ALTERNATIVE_PREFIX + lead.alternative_id if lead.alternative_id else BOOKMARK_PREFIX + lead.clause_id
        start, end = bookmark(next(self._bookmarks), name)
        own_list = self._list_of(paragraphs)
        for at, laid_out in enumerate(paragraphs):
            body, *content = self._filled(laid_out)
            if at == 0 and len(paragraphs) > 1:
                body[0].append(element("keepNext"))  # a page does not end on the words that introduce a list
            if at == 0 and numbered is not None:
                body[0].append(numbered)
            if own_list and laid_out.kind in (ParagraphKind.SUBPARAGRAPH, ParagraphKind.SUB_SUBPARAGRAPH):
                body[0].append(numbered_in(own_list, laid_out.kind))
            if at == 0:
                content = [start, *content, end]
            elif not laid_out.alternative_id and Target(laid_out.clause_id, laid_out.path) in self._referred_to:
                name = _bookmark_name(Target(laid_out.clause_id, laid_out.path))
                label_start, label_end = bookmark(next(self._bookmarks), name)
                content = [label_start, *content, label_end]
            self._place(body, *content)

    def _list_of(self, paragraphs: tuple[Paragraph, ...]) -> int:
        """Return the list of subparagraphs that no operative paragraph restarts; 0 where the styles count rightly."""
        is_list = any(laid_out.kind is ParagraphKind.SUBPARAGRAPH for laid_out in paragraphs)
        return self._numbering.start_list() if is_list and paragraphs[0].kind is not ParagraphKind.OPERATIVE else 0

    def _filled(self, laid_out: Paragraph) -> Iterable[BaseOxmlElement]:
        """Yield a paragraph and then what goes into it; its number is Word's own."""
        yield paragraph(PARAGRAPH_STYLES[laid_out.kind])
        at = len(laid_out.opener)
        if laid_out.opener:
            yield run(laid_out.opener, italic=True)
        for number in laid_out.numbers:
            if number.start > at:
                yield run(laid_out.text[at : number.start])
            yield from reference_field(_bookmark_name(number.target), laid_out.text[number.start : number.end])
            at = number.end
        if laid_out.text[at:]:
            yield run(laid_out.text[at:])
        if laid_out.remark:
            yield run(f" {laid_out.remark}", style="UNRemark")
        for at, note in enumerate(laid_out.notes):
            if at:
                yield run(_BETWEEN_MARKS, style="FootnoteReference")
            yield note_mark(note.number)
            self._notes.add(note)

    def _place(self, body: BaseOxmlElement, *content: BaseOxmlElement) -> None:
        """Append a filled paragraph to the document."""
        for piece in content:
            body.append(piece)
        self._end.addprevious(body)


def _bookmark_name(target: Target) -> str:
    """Return the bookmark that references lead to; a subparagraph has one only when there is a reference to it."""
    if target.path:
        return SUBPARAGRAPH_PREFIX + "_".join((target.clause_id, *target.path))
    return BOOKMARK_PREFIX + target.clause_id
