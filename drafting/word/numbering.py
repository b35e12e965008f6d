"""Word's own counting of paragraphs: 1. (a) (i) and 1 alt., tied to the paragraph styles.

Operative paragraphs count through the whole document, subparagraphs start again under each. A preambular paragraph has
no number that would restart its subparagraphs, so each list in the preamble is an instance that starts at (a); so is
each list under an alternative, since that stands below the paragraph that would restart it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from drafting.lines import ParagraphKind
from drafting.word.ooxml import element
from drafting.word.styles import INDENT, PARAGRAPH_STYLES, list_indent

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

OPERATIVE_LIST: Final = 1
# Lists of one definition share their counters, so alternatives do not share one with the subparagraphs between them.
_OPERATIVE, _PREAMBLE, _UNNUMBERED = 0, 1, 2
_LEVELS: Final = (
    (ParagraphKind.OPERATIVE, "decimal", "%1."),
    (ParagraphKind.SUBPARAGRAPH, "lowerLetter", "(%2)"),
    (ParagraphKind.SUB_SUBPARAGRAPH, "lowerRoman", "(%3)"),
)
_LEVEL_OF: Final = {kind: level for level, (kind, _, _) in enumerate(_LEVELS)}
_ONLY_ALTERNATIVE, _ONE_OF_SEVERAL = 3, 4


class Numbering:
    """The lists of one document."""

    def __init__(self, document: Document) -> None:
        """Replace whatever lists the document's template brought along.

        Args:
            document: A document whose numbered paragraphs are yet to be written.
        """
        self._root: BaseOxmlElement = document.part.numbering_part.element
        for child in list(self._root):
            self._root.remove(child)
        self._root.append(_abstract(_OPERATIVE, linked=True))
        self._root.append(_abstract(_PREAMBLE, linked=False))
        self._root.append(_abstract(_UNNUMBERED, linked=False))
        self._root.append(element("num", element("abstractNumId", val=str(_OPERATIVE)), numId=str(OPERATIVE_LIST)))
        self._last = OPERATIVE_LIST

    def start_list(self) -> int:
        """Return the id of a new list whose subparagraphs start at (a)."""
        return self._start(_PREAMBLE)

    def start_alternatives(self) -> int:
        """Return the id of a new list of alternatives to a paragraph without a number: "Alt.", or "Alt. 1" and on."""
        return self._start(_UNNUMBERED)

    def _start(self, definition: int) -> int:
        self._last += 1
        restarts = (
            element("lvlOverride", element("startOverride", val="1"), ilvl=str(level))
            for level in range(_ONE_OF_SEVERAL + 1)
        )
        abstract = element("abstractNumId", val=str(definition))
        self._root.append(element("num", abstract, *restarts, numId=str(self._last)))
        return self._last


def numbered_in(list_id: int, kind: ParagraphKind) -> BaseOxmlElement:
    """Return the property that counts a subparagraph in a list other than that of its style."""
    return element("numPr", element("ilvl", val=str(_LEVEL_OF[kind])), element("numId", val=str(list_id)))


def alternative_in(list_id: int, *, one_of_several: bool) -> BaseOxmlElement:
    """Return the property that counts an alternative: "2 alt." when it is the only one, else "2 alt. 1" and so on."""
    level = _ONE_OF_SEVERAL if one_of_several else _ONLY_ALTERNATIVE
    return element("numPr", element("ilvl", val=str(level)), element("numId", val=str(list_id)))


def _abstract(identifier: int, *, linked: bool) -> BaseOxmlElement:
    """Return the definition of the levels, tied to the paragraph styles or free."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        + (f'<w:pStyle w:val="{PARAGRAPH_STYLES[kind]}"/>' if linked else "")
        + f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs>'
        f'<w:tab w:val="num" w:pos="{(level + 1) * INDENT}"/></w:tabs>{list_indent(level)}</w:pPr></w:lvl>'
        for level, (kind, form, text) in enumerate(_LEVELS)
    )
    name = "%1 alt." if linked else "Alt."
    style = f'<w:pStyle w:val="{PARAGRAPH_STYLES[ParagraphKind.ALTERNATIVE]}"/>' if linked else ""
    levels += "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>{linked_style}'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{2 * INDENT}"/></w:tabs>{list_indent(level)}</w:pPr></w:lvl>'
        for level, text, linked_style in (
            (_ONLY_ALTERNATIVE, name, style),
            (_ONE_OF_SEVERAL, f"{name} %{_ONE_OF_SEVERAL + 1}", ""),
        )
    )
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/>'
        f"{levels}</w:abstractNum>"
    )
