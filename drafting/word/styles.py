"""Every style of the Word file, in one place: the writer only names them.

Built-in styles keep their built-in ids and names, so that Word's navigation and readers for the blind know a title, a
heading and a footnote; the others are ours and begin with UN. Lengths are twips (1/20 pt), sizes half points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from drafting.lines import ParagraphKind

LANGUAGE: Final = "en-GB"
FONT: Final = "Times New Roman"
INDENT: Final = 567  # 10 mm
_HANGING_LEVEL: Final = 2

PARAGRAPH_STYLES: Final = {
    ParagraphKind.CHAPEAU: "UNChapeau",
    ParagraphKind.PREAMBULAR: "UNPreambular",
    ParagraphKind.ENACTING_LINE: "UNEnactingLine",
    ParagraphKind.HEADING: "Heading1",
    ParagraphKind.OPERATIVE: "UNOperative",
    ParagraphKind.SUBPARAGRAPH: "UNSubparagraph",
    ParagraphKind.SUB_SUBPARAGRAPH: "UNSubsubparagraph",
    ParagraphKind.CONTINUATION: "UNContinuation",
    ParagraphKind.ALTERNATIVE: "UNAlternative",
}

_FIRST_LINE = f'<w:ind w:firstLine="{INDENT}"/>'
_TABS = "".join(f'<w:tab w:val="left" w:pos="{INDENT * step}"/>' for step in (1, 2, 3))
_WIDE_TABS = "".join(f'<w:tab w:val="left" w:pos="{INDENT * step}"/>' for step in (2, 3))
_EXACT = 'w:line="240" w:lineRule="exact"'
_FREE = 'w:line="240" w:lineRule="auto"'


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: ``before`` and ``after`` border or tabs, in the order that the schema wants them."""

    id: str
    name: str
    based_on: str = "Normal"
    next: str = ""
    keep_with_next: bool = False
    list_level: int | None = None
    border: str = ""
    tabs: str = ""
    spacing: str = ""
    indent: str = ""
    align: str = ""
    outline: int | None = None
    size: int | None = None
    bold: bool = False
    italic: bool = False
    priority: int = 1


def styles_xml(text_width: int, list_id: int) -> str:
    """Return the styles part.

    Args:
        text_width: Width between the margins, in twips; right tabs stand there.
        list_id: The numbering that counts operative paragraphs.
    """
    right = f'<w:tab w:val="right" w:pos="{text_width}"/>'
    styles = (
        _Style(
            "UNBanner", "UN Banner", border=_rule(6), tabs=right, spacing=f'w:before="0" w:after="120" {_FREE}', size=28
        ),
        _Style("UNMasthead", "UN Masthead", tabs=right, spacing=f'w:before="0" w:after="0" {_FREE}'),
        _Style("UNMastheadEnd", "UN Masthead End", border=_rule(18), spacing='w:before="0" w:after="0" ' + _exact(4)),
        _Style("UNDisclaimer", "UN Disclaimer", spacing=f'w:before="80" w:after="240" {_FREE}', italic=True),
        _Style("UNAgendaItem", "UN Agenda Item", spacing=f'w:before="0" w:after="0" {_FREE}', keep_with_next=True),
        _Style(
            "Title", "Title", next="UNChapeau", keep_with_next=True, size=28, bold=True, priority=10,
            spacing=f'w:before="240" w:after="240" {_FREE}',
        ),
        _Style(
            "Heading1", "heading 1", next="UNOperative", keep_with_next=True, size=24, bold=True, outline=0, priority=9,
            spacing=f'w:before="240" w:after="120" {_FREE}',
        ),
        _Style("UNBody", "UN Body", align="both"),
        _Style("UNChapeau", "UN Chapeau", "UNBody", next="UNPreambular", keep_with_next=True, indent=_FIRST_LINE),
        _Style("UNPreambular", "UN Preambular", "UNBody", indent=_FIRST_LINE),
        _Style(
            "UNEnactingLine", "UN Enacting Line", "UNBody", next="UNOperative", keep_with_next=True, indent=_FIRST_LINE,
        ),
        _Style("UNOperative", "UN Operative", "UNBody", list_level=0, tabs=_TABS, indent=list_indent(0)),
        _Style("UNSubparagraph", "UN Subparagraph", "UNBody", list_level=1, tabs=_TABS, indent=list_indent(1)),
        _Style("UNSubsubparagraph", "UN Sub-subparagraph", "UNBody", list_level=2, tabs=_TABS, indent=list_indent(2)),
        _Style("UNContinuation", "UN Continuation", "UNBody", indent=_FIRST_LINE),
        _Style("UNAlternative", "UN Alternative", "UNBody", list_level=3, tabs=_WIDE_TABS, indent=list_indent(3)),
        _Style("UNTable", "UN Table", spacing=f'w:before="40" w:after="40" {_FREE}', size=18),
        _Style("UNAside", "UN Aside", spacing=f'w:before="60" w:after="180" {_FREE}', size=18),
        _Style(
            "FootnoteText", "footnote text", spacing='w:before="0" w:after="40" ' + _exact(11), size=18, priority=99
        ),
        _Style("UNEnd", "UN End", spacing='w:before="0" w:after="0" ' + _exact(1), size=2),
        _Style("CommentText", "annotation text", spacing=f'w:before="0" w:after="40" {_FREE}', size=16, priority=99),
        _Style("Footer", "footer", align="right", spacing=f'w:before="0" w:after="0" {_FREE}', size=18, priority=99),
    )  # fmt: skip
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return (
        f"<w:styles {namespace}>{_DEFAULTS}"
        + "".join(_xml(style, list_id) for style in styles)
        + _CHARACTER_STYLES
        + ("</w:styles>")
    )


def list_indent(level: int) -> str:
    """Return the indents of a numbered paragraph: its text runs back to the margin, except in a sub-subparagraph.

    Levels from the third on are alternatives, whose numbers ("12 alt. 2") begin at the margin.
    """
    if level == _HANGING_LEVEL:
        return f'<w:ind w:left="{3 * INDENT}" w:hanging="{INDENT}"/>'
    if level > _HANGING_LEVEL:
        return '<w:ind w:left="0" w:firstLine="0"/>'
    return f'<w:ind w:left="0" w:firstLine="{level * INDENT}"/>'


def _rule(eighths: int) -> str:
    """Return a rule under a paragraph, its weight in eighths of a point."""
    return f'<w:pBdr><w:bottom w:val="single" w:sz="{eighths}" w:space="1" w:color="auto"/></w:pBdr>'


def _exact(points: int) -> str:
    return f'w:line="{points * 20}" w:lineRule="exact"'


def _fonts() -> str:
    # One font for all four slots: curly quotes count as East Asian text on some systems, and would change font there.
    return f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'


# Schema order inside rPr: rFonts, b, bCs, i, iCs, color, sz, szCs, vertAlign, lang. The Cs twins serve Arabic text.
_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_fonts()}"
    f'<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{LANGUAGE}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f'<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="120" {_EXACT}/></w:pPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)
_CHARACTER_STYLES = (
    '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
    '<w:uiPriority w:val="99"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
    '<w:uiPriority w:val="99"/><w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="UNRemark"><w:name w:val="UN Remark"/>'
    '<w:uiPriority w:val="1"/><w:rPr><w:i/><w:iCs/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:uiPriority w:val="99"/><w:rPr><w:color w:val="0563C1"/></w:rPr></w:style>'
)


def _xml(style: _Style, list_id: int) -> str:
    """Return a paragraph style with its properties in the order of the schema."""
    custom = ' w:customStyle="1"' if style.id.startswith("UN") else ""
    paragraph = "<w:keepNext/>" if style.keep_with_next else ""
    if style.list_level is not None:
        level = f'<w:ilvl w:val="{style.list_level}"/>' if style.list_level else ""
        paragraph += f'<w:numPr>{level}<w:numId w:val="{list_id}"/></w:numPr>'
    paragraph += style.border
    paragraph += f"<w:tabs>{style.tabs}</w:tabs>" if style.tabs else ""
    paragraph += f"<w:spacing {style.spacing}/>" if style.spacing else ""
    paragraph += style.indent
    paragraph += f'<w:jc w:val="{style.align}"/>' if style.align else ""
    paragraph += f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    letters = "<w:b/><w:bCs/>" if style.bold else ""
    letters += "<w:i/><w:iCs/>" if style.italic else ""
    letters += f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>' if style.size else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>'
        + (f'<w:next w:val="{style.next}"/>' if style.next else "")
        + f'<w:uiPriority w:val="{style.priority}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )
