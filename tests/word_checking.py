"""Checks a .docx without Word: package, schema, notes, comments, tables, and what readers for the blind need.

The schema is that of ECMA-376 (transitional), as published with the standard: tests/data/ecma-376-transitional.zip.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import word_reading
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

_SCHEMAS = Path(__file__).parent / "data" / "ecma-376-transitional.zip"
_IGNORABLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable"
_RUNNING = ("ins", "del", "moveFrom", "moveTo")


class _FromArchive(etree.Resolver):  # type: ignore[misc]
    """Finds the schemas that a schema names in the same archive, and nothing anywhere else."""

    def resolve(self, url: str, _: str, context: object) -> object:
        with zipfile.ZipFile(_SCHEMAS) as archive:
            return self.resolve_string(archive.read(url.rpartition("/")[2]), context, base_url=url)


@cache
def _schema() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_FromArchive())
    with zipfile.ZipFile(_SCHEMAS) as archive:
        return etree.XMLSchema(etree.parse(io.BytesIO(archive.read("wml.xsd")), parser, base_url="wml.xsd"))


def problems(data: bytes) -> list[str]:
    """Return what is wrong with a file, a sentence each; empty when nothing is."""
    parts = word_reading.parts(data)
    body = etree.fromstring(parts["word/document.xml"])
    return [*_invalid(parts), *_wrong_notes(parts, body), *_wrong_names(body), *_unreadable(parts, body)]


def _invalid(parts: dict[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        root = etree.fromstring(content)
        root.attrib.pop(_IGNORABLE, None)  # says what a reader may pass over; we write nothing of that kind
        if name.startswith("word/") and etree.QName(root).namespace == root.nsmap.get("w"):
            schema = _schema()
            if not schema.validate(root):
                yield from (f"{name}: {error.message}" for error in schema.error_log)


def _wrong_notes(parts: dict[str, bytes], body: etree._Element) -> Iterator[str]:
    marks = [int(mark.get(qn("w:id"))) for mark in body.iter(qn("w:footnoteReference"))]
    notes = [int(note.get(qn("w:id"))) for note in etree.fromstring(parts["word/footnotes.xml"])]
    if marks != list(range(1, len(marks) + 1)) or notes != [-1, 0, *marks]:
        yield f"notes {notes} do not follow marks {marks}"
    tags = [qn(f"w:{name}") for name in ("footnoteReference", "commentRangeStart", "commentReference")]
    order = [each.tag for each in body.iter(*tags)]
    places = [at for at, tag in enumerate(order) if tag == tags[0]][:2]
    if len(places) > 1 and places[1] != places[0] + 1:
        yield "a comment stands between the first two notes"
    shown = [mark.get(qn("w:id")) for mark in body.iter(qn("w:commentReference"))]
    comments = parts.get("word/comments.xml")
    held = [] if comments is None else [each.get(qn("w:id")) for each in etree.fromstring(comments)]
    if sorted(held) != sorted(shown):
        yield f"comments {held} are not those shown, {shown}"


def _wrong_names(body: etree._Element) -> Iterator[str]:
    ids = [each.get(qn("w:id")) for name in (*_RUNNING, "bookmarkStart") for each in body.iter(qn(f"w:{name}"))]
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    if len(set(ids)) != len(ids) or len(set(names)) != len(names):
        yield "two changes or bookmarks have one id or name"
    links = {each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))} - {None}
    fields = {text.text.split()[1] for text in body.iter(qn("w:instrText"))}
    if not (links | fields) <= set(names):
        yield f"links to nowhere: {(links | fields) - set(names)}"


def _unreadable(parts: dict[str, bytes], body: etree._Element) -> Iterator[str]:
    if any(next(table.iter(qn("w:tblHeader")), None) is None for table in body.iter(qn("w:tbl"))):
        yield "a table has no header row that repeats"
    if re.search(rb"<dc:title>[^<]+</dc:title>", parts["docProps/core.xml"]) is None:
        yield "the file has no title"
    if b'<w:lang w:val="en-GB"' not in parts["word/styles.xml"]:
        yield "the file has no language"
