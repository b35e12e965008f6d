"""Footnotes as a part of the Word file.

LibreOffice pairs marks and notes by their order, Word by their ids: so ids run 1..n in document order and the part is
written in that order. The part also holds the two rules that Word demands before the first note. This module does not
know what a note says, beyond a symbol that may be a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafting.layout import note_url
from drafting.word.links import Links
from drafting.word.ooxml import element, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from drafting.layout import Note

_RULE: Final = (
    '<w:footnote w:id="{id}" w:type="{kind}"><w:p><w:pPr><w:spacing w:before="0" w:after="40" w:line="240" '
    'w:lineRule="auto"/></w:pPr><w:r><w:{kind}/></w:r></w:p></w:footnote>'
)
_EMPTY_PART: Final = (
    f"<w:footnotes {nsdecls('w', 'r')}>"
    + _RULE.format(id=-1, kind="separator")
    + _RULE.format(id=0, kind="continuationSeparator")
    + "</w:footnotes>"
)


class Footnotes:
    """The footnotes of one document, written one after the other."""

    def __init__(self, document: Document, link_base: str) -> None:
        """Attach an empty footnotes part to a document.

        Args:
            document: A document without footnotes.
            link_base: Address that a document symbol is appended to; empty for no links.
        """
        package = document.part.package
        self._root: BaseOxmlElement = parse_xml(_EMPTY_PART)
        self._part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._root, package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        self._link_base = link_base
        self._count = 0
        self._links = Links(self._part, "rId")

    @property
    def count(self) -> int:
        """How many notes were written."""
        return self._count

    def add(self, note: Note) -> int:
        """Write a note and return its id; notes come in the order of the page, those that went included."""
        mark = element("r", element("rPr", element("rStyle", val="FootnoteReference")), element("footnoteRef"))
        symbol = self._links.link(note.symbol, note_url(note, self._link_base))
        return self._append(mark, run(" "), symbol, run(note.rest))

    def add_signed(self, sign: str, text: str) -> int:
        """Write a note that a sign refers to in the place of a number, and return its id."""
        return self._append(run(sign, style="FootnoteReference"), run(f" {text}"))

    def _append(self, *content: BaseOxmlElement) -> int:
        self._count += 1
        body = paragraph("FootnoteText")
        for piece in content:
            body.append(piece)
        self._root.append(element("footnote", body, id=str(self._count)))
        return self._count
