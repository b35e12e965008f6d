"""The pieces of WordprocessingML that python-docx has no call for, each with the reason it is written by hand.

Elements are built, never formatted as strings, so that every text is escaped. This module knows no drafts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """Return an element of the ``w`` namespace.

    Args:
        tag: Local name, such as ``r``.
        children: What it holds, in order.
        attributes: Attributes of the ``w`` namespace.
    """
    made = OxmlElement(f"w:{tag}", attrs={qn(f"w:{name}"): value for name, value in attributes.items()})
    for child in children:
        made.append(child)
    return made


def run(
    text: str,
    *,
    style: str = "",
    bold: bool = False,
    italic: bool = False,
    struck: bool = False,
    underlined: bool = False,
) -> BaseOxmlElement:
    """Return a run of text. A clause is a few runs, and python-docx would look its style up for each by a scan."""
    made = element("r")
    properties = element("rPr")
    if style:
        properties.append(element("rStyle", val=style))
    for tag, is_set in (("b", bold), ("bCs", bold), ("i", italic), ("iCs", italic)):
        if is_set:
            properties.append(element(tag))
    if struck:
        properties.append(element("strike"))
    if underlined:
        properties.append(element("u", val="single"))
    if len(properties):
        made.append(properties)
    made.append(_text(text))
    return made


def tab() -> BaseOxmlElement:
    """Return a run that holds a tab."""
    return element("r", element("tab"))


def paragraph(style: str) -> BaseOxmlElement:
    """Return an empty paragraph of a style, to be placed by its writer.

    ``Document.add_paragraph`` looks for the end of the body by a scan, which makes long drafts quadratic.
    """
    return element("p", element("pPr", element("pStyle", val=style)))


def bookmark(number: int, name: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    """Return the start and the end of a bookmark; a name that begins with ``_`` is hidden from readers.

    Bookmarks are what survives Word, LibreOffice and a detour through .odt; content controls do not.
    """
    return element("bookmarkStart", id=str(number), name=name), element("bookmarkEnd", id=str(number))


def note_mark(number: int, sign: str = "") -> BaseOxmlElement:
    """Return the run in the text that refers to a footnote.

    Args:
        number: Id of the note.
        sign: Mark in the place of a number; such a note does not count among the numbered ones.
    """
    properties = element("rPr", element("rStyle", val="FootnoteReference"))
    if not sign:
        return element("r", properties, element("footnoteReference", id=str(number)))
    return element("r", properties, element("footnoteReference", customMarkFollows="1", id=str(number)), _text(sign))


def hyperlink(relationship_id: str, text: str) -> BaseOxmlElement:
    """Return a link; python-docx reads hyperlinks and does not write them."""
    made = element("hyperlink", run(text, style="Hyperlink"), history="1")
    made.set(qn("r:id"), relationship_id)
    return made


def place_link(bookmark_name: str, text: str) -> BaseOxmlElement:
    """Return a link to a bookmark of the same document."""
    return element("hyperlink", run(text, style="Hyperlink"), anchor=bookmark_name, history="1")


def comment_marks(number: int) -> tuple[BaseOxmlElement, BaseOxmlElement, BaseOxmlElement]:
    """Return the start and the end of what a comment is about, and the run that shows the comment.

    python-docx marks runs of its own paragraphs only, and looks for a free number by a scan.
    """
    shown = element(
        "r", element("rPr", element("rStyle", val="CommentReference")), element("commentReference", id=str(number))
    )
    return element("commentRangeStart", id=str(number)), element("commentRangeEnd", id=str(number)), shown


def deleted_text(made: BaseOxmlElement) -> None:
    """Turn the text of a run into deleted text, which has a tag of its own: readers without it show what went."""
    for text in made.findall(qn("w:t")):
        text.tag = qn("w:delText")


def page_field(instruction: str) -> BaseOxmlElement:
    """Return a field that the reading program computes, such as ``PAGE`` or ``NUMPAGES``."""
    return element("fldSimple", run("1"), instr=f" {instruction} ")


def reference_field(bookmark_name: str, number: str) -> list[BaseOxmlElement]:
    """Return the runs of a cross-reference: the number or label of the paragraph that a bookmark is in.

    The label is asked for alone (switch n), since the numbers above it are fields of their own. A field of several
    runs, for readers of paragraphs look for text in runs and pass over a simple field.
    """
    instruction = element("instrText")
    instruction.text = f" REF {bookmark_name} \\n \\h "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        element("r", element("fldChar", fldCharType="begin")),
        element("r", instruction),
        element("r", element("fldChar", fldCharType="separate")),
        run(number),
        element("r", element("fldChar", fldCharType="end")),
    ]


def _text(text: str) -> BaseOxmlElement:
    made = element("t")
    made.text = text
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made
