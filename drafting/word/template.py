"""The empty document that the writer fills: page, styles, lists, settings and footer.

python-docx starts every document from a template made on another machine, with a theme whose fonts override ours, a
thumbnail, a bibliography part, a hundred unused styles and a settings part that fails the schema. All of that is left
out here, so that the file holds what we put into it and nothing else.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Final

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from drafting.word.numbering import OPERATIVE_LIST
from drafting.word.ooxml import page_field, paragraph, run
from drafting.word.options import PageSize
from drafting.word.styles import LANGUAGE, styles_xml

if TYPE_CHECKING:
    from docx.document import Document
    from docx.opc.rel import Relationships
    from docx.oxml.xmlchemy import BaseOxmlElement

_PAPER_MM: Final = {PageSize.A4: (210.0, 297.0), PageSize.LETTER: (215.9, 279.4)}
_SIDE_MM: Final = 35.0
_TOP_MM: Final = 25.0
_FOOTER_MM: Final = 12.0
_ANNEX_SIDE_MM: Final = 20.0
_ANNEX_TOP_MM: Final = 20.0

_UNWANTED: Final = ("customXml", "stylesWithEffects", "webSettings", "fontTable", "theme")
_UNWANTED_IN_PACKAGE: Final = ("thumbnail",)

# Order as in the schema. Compatibility mode 15 keeps Word from opening the file in "compatibility mode".
_SETTINGS: Final = (
    f"<w:settings {nsdecls('w')}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    f'w:val="15"/></w:compat><w:themeFontLang w:val="{LANGUAGE}"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)


def text_width(page_size: PageSize) -> int:
    """Return the width between the margins of a paper, in twips."""
    return int(Mm(_PAPER_MM[page_size][0] - 2 * _SIDE_MM).twips)


def annex_width(page_size: PageSize) -> int:
    """Return the width between the margins of a page that lies on its side, in twips."""
    return int(Mm(_PAPER_MM[page_size][1] - 2 * _ANNEX_SIDE_MM).twips)


def turn_page(last_section: BaseOxmlElement, page_size: PageSize) -> BaseOxmlElement:
    """Return the paragraph that ends the upright pages, and lay the pages after it on their side.

    The break stands in a paragraph of its own, hardly a point high, since the paragraph before it may be one that goes
    when changes are accepted, and would take the break with it.

    Args:
        last_section: The properties of the pages at the end of the document.
        page_size: Paper.
    """
    upright = deepcopy(last_section)
    width, height = (str(int(Mm(length).twips)) for length in _PAPER_MM[page_size])
    side, top = (str(int(Mm(length).twips)) for length in (_ANNEX_SIDE_MM, _ANNEX_TOP_MM))
    size, margins = last_section.find(qn("w:pgSz")), last_section.find(qn("w:pgMar"))
    for name, value in (("w", height), ("h", width), ("orient", "landscape")):
        size.set(qn(f"w:{name}"), value)
    for name, value in (("left", side), ("right", side), ("top", top), ("bottom", top)):
        margins.set(qn(f"w:{name}"), value)
    body = paragraph("UNEnd")
    body[0].append(upright)
    return body


def empty_document(page_size: PageSize) -> Document:
    """Return a document without content, on paper of a size, ready to be filled."""
    document = docx.Document()
    _drop(document.part.rels, _UNWANTED)
    _drop(document.part.package.rels, _UNWANTED_IN_PACKAGE)
    width, height = _PAPER_MM[page_size]
    section = document.sections[0]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = Mm(_SIDE_MM)
    section.top_margin = section.bottom_margin = Mm(_TOP_MM)
    section.header_distance = section.footer_distance = Mm(_FOOTER_MM)
    _refill(document.styles.element, styles_xml(text_width(page_size), OPERATIVE_LIST))
    _refill(document.settings.element, _SETTINGS)
    footer = section.footer.paragraphs[0]._p  # python-docx has no call for fields
    for piece in (page_field("PAGE"), run("/"), page_field("NUMPAGES")):
        footer.append(piece)
    return document


def _drop(relationships: Relationships, unwanted: tuple[str, ...]) -> None:
    """Forget the parts of some relationship types; a part that nothing refers to is not written."""
    for identifier, relationship in list(relationships.items()):
        if relationship.reltype.rpartition("/")[2] in unwanted:
            del relationships[identifier]


def _refill(root: BaseOxmlElement, xml: str) -> None:
    """Give a part of the template new content."""
    for child in list(root):
        root.remove(child)
    for child in list(parse_xml(xml)):
        root.append(child)
