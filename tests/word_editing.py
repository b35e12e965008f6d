"""Edits a .docx as an editor's program would, on the XML: what a test changes is all that is changed."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from docx.oxml.xmlchemy import BaseOxmlElement

BY = 'w:id="900" w:author="Amina" w:date="2026-11-20T09:00:00Z"'


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """Return a package with one part changed, added, or taken out where the change gives None."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        held = {each: old.read(each) for each in old.namelist()}
        changed = change(held.pop(name, b""))
        for each, content in held.items():
            new.writestr(each, content)
        if changed is not None:
            new.writestr(name, changed)
    return made.getvalue()


def edited(data: bytes, change: Callable[[BaseOxmlElement], None]) -> bytes:
    """Return a file whose body was changed."""

    def rewritten(part: bytes) -> bytes:
        root = parse_xml(part)
        change(root.find(qn("w:body")))
        return bytes(serialize_part_xml(root))

    return with_part(data, "word/document.xml", rewritten)


def replaced(data: bytes, before: str, after: str) -> bytes:
    """Return a file with some XML of the body replaced, which must be there once."""

    def rewritten(part: bytes) -> bytes:
        text = part.decode()
        assert text.count(before) == 1, f"{before!r} is there {text.count(before)} times"
        return text.replace(before, after).encode()

    return with_part(data, "word/document.xml", rewritten)


def paragraph_of(body: BaseOxmlElement, bookmark: str) -> BaseOxmlElement:
    """Return the paragraph in which a bookmark begins."""
    found: BaseOxmlElement = next(
        each.getparent() for each in body.iter(qn("w:bookmarkStart")) if each.get(qn("w:name")) == bookmark
    )
    return found


def new_paragraph(text: str, style: str = "UNOperative") -> BaseOxmlElement:
    """Return a paragraph that somebody typed."""
    made = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t/></w:r></w:p>')
    made.find(f"{qn('w:r')}/{qn('w:t')}").text = text
    return made


def without_bookmarks(data: bytes, kept: Container[str] = ()) -> bytes:
    """Return a file without the bookmarks of clauses and alternatives but for some, as new paragraphs have none."""

    def strip(body: BaseOxmlElement) -> None:
        for start in list(body.iter(qn("w:bookmarkStart"))):
            if re.match("_[cas]_", start.get(qn("w:name"))) and start.get(qn("w:name")) not in kept:
                identifier = start.get(qn("w:id"))
                end = next(each for each in body.iter(qn("w:bookmarkEnd")) if each.get(qn("w:id")) == identifier)
                for each in (start, end):
                    each.getparent().remove(each)

    return edited(data, strip)
