"""Reads a Word file: which draft it says it holds, and all its paragraphs. Nothing is compared here.

The limits are far beyond any declaration; they keep a file that is none from filling the memory.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from corpus.errors import SourceError
from drafting.word.incoming.body import BodyReader, Margins
from drafting.word.incoming.package import Package
from drafting.word.incoming.paragraphs import Comment, FileParagraph
from drafting.word.properties import CLEAN, COPY_PROPERTY, FINGERPRINT_PROPERTY, NEGOTIATING, REVISION_PROPERTY

if TYPE_CHECKING:
    from drafting.word.incoming.tree import Element

LONGEST_PARAGRAPH: Final = 40_000
_TEXTS: Final = {NEGOTIATING: True, CLEAN: False}
_WHOLE_NUMBER = re.compile(r"(\d{1,9})(?:\.0*)?")


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a Word file says.

    Attributes:
        fingerprint: Fingerprint of the draft that it says it holds; empty when it says none.
        revision: The revision of that draft; None when it says none.
        paragraphs: In order, also those that tracked changes take away.
        tables: How many tables were left out.
        digest: 24 hexadecimal digits that tell the file from others.
        negotiating: Whether it was exported as the negotiating text, with alternatives; None when it does not say.
    """

    fingerprint: str
    revision: int | None
    paragraphs: tuple[FileParagraph, ...]
    tables: int
    digest: str
    negotiating: bool | None = None

    @property
    def ours(self) -> bool:
        """Whether it says that it holds a draft of Rapporteur."""
        return bool(self.fingerprint)


def read_file(data: bytes) -> WordFile:
    """Return what a Word file says.

    Args:
        data: Its bytes, from anywhere.

    Raises:
        SourceError: It is no Word file, a damaged one, or one that cannot be read safely.
    """
    package = Package(data)
    root = package.part(package.main)
    body = root.child("w:body") if root else None
    if body is None:
        raise SourceError("The Word file is damaged: it has no text.", "Ask for the file again.")
    reader = BodyReader(_margins(package))
    paragraphs = tuple(reader.paragraphs(body))
    if any(len(each.raw) > LONGEST_PARAGRAPH for each in paragraphs):
        raise SourceError(
            f"A paragraph of the Word file has more than {LONGEST_PARAGRAPH:,} characters.",
            "Divide it into paragraphs in Word, and import the file again.",
        )
    properties = _properties(package.part("docProps/custom.xml"))
    number = _WHOLE_NUMBER.fullmatch(properties.get(REVISION_PROPERTY, "").strip())
    return WordFile(
        fingerprint=properties.get(FINGERPRINT_PROPERTY, "").strip(),
        revision=int(number.group(1)) if number else None,
        paragraphs=paragraphs,
        tables=reader.tables,
        digest=hashlib.sha256(data).hexdigest()[:24],
        negotiating=_TEXTS.get(properties.get(COPY_PROPERTY, "").strip().partition(" ")[0]),
    )


def _margins(package: Package) -> Margins:
    notes: dict[str, str] = {}
    for part, tag in (("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")):
        root = package.beside_main(part)
        for note in root.children if root else ():
            if "w:type" not in note.attributes:
                notes[tag + note.attributes.get("w:id", "")] = " ".join(_all_text(note).split())
    comments = {}
    root = package.beside_main("comments.xml")
    for each in root.children if root else ():
        comments[each.attributes.get("w:id", "")] = Comment(
            each.attributes.get("w:author", "").strip(),
            each.attributes.get("w:date", ""),
            " ".join(_all_text(each).split()),
            "",
        )
    return Margins(_styles(package.beside_main("styles.xml")), notes, comments)


def _styles(root: Element | None) -> dict[str, str]:
    """Return the name of each style; the ids are the writing program's own business."""
    styles = {}
    default = ""
    for style in root.children if root else ():
        if style.tag == "w:style":
            identifier = style.attributes.get("w:styleId", "")
            name = style.value("w:name") or identifier
            styles[identifier] = re.sub(r"[\s\-]+", "", name).lower()
            if style.attributes.get("w:type") == "paragraph" and style.attributes.get("w:default") in {"1", "true"}:
                default = styles[identifier]
    styles.setdefault("", default)
    return styles


def _properties(root: Element | None) -> dict[str, str]:
    return {
        each.attributes.get("name", ""): "".join(value.text for value in each.children)
        for each in (root.children if root else ())
    }


def _all_text(element: Element) -> str:
    """Return the text of a note or comment, a space between its paragraphs."""
    if element.tag == "w:t":
        return element.text
    inside = "".join(_all_text(child) for child in element.children if child.tag != "w:del")
    return f"{inside} " if element.tag == "w:p" else inside
