"""The XML of a part as a tree, read so that no file can do harm: expat alone, and within limits.

Expat (the standard library's parser) never opens a file or a connection by itself. A document type is refused as soon
as it begins, so that no entity is ever declared, let alone expanded. Depth and number of elements are limited while
the part is read. This module knows no Word; names are given the prefixes that the formats' own texts use, in both of
their editions (transitional and strict).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from corpus.errors import SourceError

_DEEPEST = 200
_MOST = 400_000
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w:",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r:",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes": "vt:",
    "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties": "property:",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel:",
    "http://schemas.openxmlformats.org/package/2006/content-types": "type:",
}
_REMEDY = "Open it in Word or LibreOffice, save it as .docx again, and import that file."


@dataclass(slots=True)
class Element:
    """An element of a part.

    Attributes:
        tag: Its name with the usual prefix, such as ``w:p``; ``?:`` before a name of another namespace.
        attributes: By name, those of the element's format with their prefix.
        children: The elements in it, in order.
        pieces: The text directly in it, in pieces.
    """

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in it."""
        return "".join(self.pieces)

    def child(self, *path: str) -> Element | None:
        """Return the first element down a path of names; None when there is none."""
        found: Element | None = self
        for tag in path:
            found = next((each for each in found.children if each.tag == tag), None) if found else None
        return found

    def value(self, *path: str) -> str:
        """Return the ``w:val`` of the first element down a path; empty when there is none."""
        found = self.child(*path)
        return found.attributes.get("w:val", "") if found else ""


def parse(data: bytes, part: str) -> Element:
    """Return the root of a part.

    Args:
        data: Its bytes.
        part: Its name, for the error sentences.

    Raises:
        SourceError: It is not well-formed, has a document type, or is too deep or too large.
    """
    reader = _Reader(part)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the last two: an encoding that is none
        raise SourceError(f"The Word file is damaged: its part {part} is not sound XML ({error}).", _REMEDY) from error
    return reader.root.children[0]


class _Reader:
    """What expat calls, building the tree."""

    def __init__(self, part: str) -> None:
        self.root = Element("", {})
        self._part = part
        self._open = [self.root]
        self._names: dict[str, str] = {}
        self._left = _MOST

    def doctype(self, *_: object) -> None:
        self._refuse("has a document type, which no Word file needs and which can hide entities")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._left -= 1 + len(attributes)
        if self._left < 0:
            self._refuse(f"has more than {_MOST:,} elements and attributes")
        if len(self._open) > _DEEPEST:
            self._refuse(f"has elements within elements {_DEEPEST} levels deep")
        made = Element(self._name(name), {self._name(key): value for key, value in attributes.items()})
        self._open[-1].children.append(made)
        self._open.append(made)

    def end(self, _: str) -> None:
        self._open.pop()

    def characters(self, text: str) -> None:
        self._open[-1].pieces.append(text)

    def _name(self, name: str) -> str:
        if name not in self._names:
            namespace, _, local = name.rpartition(" ")
            self._names[name] = _PREFIXES.get(namespace, "?:" if namespace else "") + local
        return self._names[name]

    def _refuse(self, why: str) -> NoReturn:
        raise SourceError(f"The Word file cannot be read safely: its part {self._part} {why}.", _REMEDY)
