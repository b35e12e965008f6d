"""What Word refuses to open, or opens with an offer of repair, though the schema allows it: no copy has any of it.

The schema itself is in `word_checking`. Each rule is shown to find what it is there for, on a file that was spoilt.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from posixpath import dirname, join, normpath

import pytest
import word_reading
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]
from test_word_comments import KINDS
from word_edits import AFTER, BEFORE

from drafting.model import Draft, Style
from drafting.word import Copy, PageSize, Since, docx_bytes

Parts = Mapping[str, bytes]
_LONGEST_NAME = 40  # of a bookmark; Word cuts a longer one off, and two may then be one
_TRACKED = ("ins", "del", "moveFrom", "moveTo")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_STORY = ("word/document.xml", "word/footnotes.xml", "word/comments.xml")


def faults(parts: Parts) -> Iterator[str]:
    """Yield what Word would stumble over in a package, a sentence each."""
    body = etree.fromstring(parts["word/document.xml"]).find(qn("w:body"))
    yield from _package(parts)
    yield from _pairs(body, "bookmarkStart", "bookmarkEnd")
    yield from _pairs(body, "moveFromRangeStart", "moveFromRangeEnd")
    yield from _pairs(body, "moveToRangeStart", "moveToRangeEnd")
    yield from _pairs(body, "commentRangeStart", "commentRangeEnd")
    yield from _names(body)
    yield from _changes(body)
    yield from _comments(parts, body)
    yield from _notes(parts)
    yield from _texts(body)
    yield from _tables(body)
    yield from _properties(parts)


def _package(parts: Parts) -> Iterator[str]:
    """Yield what is wrong with content types and relationships."""
    types = etree.fromstring(parts["[Content_Types].xml"])
    stated = [each.get("PartName") for each in types if each.get("PartName")]
    types_of = {each.get("PartName"): each.get("ContentType") for each in types}
    endings = {each.get("Extension") for each in types} - {None}
    for name, count in Counter(stated).items():
        if count > 1 or name[1:] not in parts:
            yield f"{name} has {count} content types and is {'' if name[1:] in parts else 'not '}there"
    for name in parts:
        by_ending = name.endswith(".rels") and "rels" in endings
        if f"/{name}" not in stated and not by_ending and name != "[Content_Types].xml":
            yield f"{name} has no content type of its own"
    reached = {"[Content_Types].xml"}
    for name in parts:
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        held = etree.fromstring(parts[name])
        ids = Counter(each.get("Id") for each in held)
        source = normpath(join(dirname(name), "..", name.rpartition("/")[2].removesuffix(".rels")))
        used = set(re.findall(rb'r:(?:id|embed|link)="([^"]+)"', parts.get(source, b"")))
        if max(ids.values()) > 1 or not {each.decode() for each in used} <= set(ids):
            yield f"{name} has an id twice, or lacks one that {source} names"
        for each in held:
            is_link = each.get("Type").endswith("/hyperlink")
            if is_link != (each.get("TargetMode") == "External"):
                yield f"{each.get('Id')} of {name} is a link inside the package, or a part outside it"
            if is_link:
                continue
            target = normpath(join(dirname(source), each.get("Target"))).lstrip("/")
            reached.add(target)
            kind = each.get("Type").rpartition("/")[2].replace("officeDocument", "document.main")
            if not types_of.get(f"/{target}", "").endswith(f".{kind}+xml"):
                yield f"{target} is not of the type {kind}"
    if reached != set(parts):
        yield f"parts that lead nowhere, or to which nothing leads: {reached ^ set(parts)}"


def _pairs(body: etree._Element, start: str, end: str) -> Iterator[str]:
    """Yield the ranges that do not begin once and then end once."""
    open_, closed = set[str](), set[str]()
    for each in body.iter(qn(f"w:{start}"), qn(f"w:{end}")):
        number = each.get(qn("w:id"))
        if each.tag == qn(f"w:{start}"):
            if number in open_ | closed:
                yield f"{start} {number} is there twice"
            open_.add(number)
        elif number in open_:
            open_.remove(number)
            closed.add(number)
        else:
            yield f"{end} {number} ends nothing"
    if open_:
        yield f"{start} {open_} never ends"


def _names(body: etree._Element) -> Iterator[str]:
    """Yield what is wrong with the names of bookmarks; Word takes two that differ in case for one."""
    names = [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    if len({name.lower() for name in names}) != len(names):
        yield "two bookmarks have one name"
    for name in names:
        if len(name) > _LONGEST_NAME or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            yield f"{name} cannot name a bookmark"
    moves = [
        Counter(each.get(qn("w:name")) for each in body.iter(qn(f"w:{tag}")))
        for tag in ("moveFromRangeStart", "moveToRangeStart")
    ]
    if moves[0] != moves[1] or any(count > 1 for count in moves[0].values()):
        yield f"moves {moves[0]} do not arrive as {moves[1]}"


def _changes(body: etree._Element) -> Iterator[str]:
    """Yield what is wrong with the marks of changes."""
    marks = [each for tag in _TRACKED for each in body.iter(qn(f"w:{tag}"))]
    ranges = [each for tag in ("moveFromRangeStart", "moveToRangeStart") for each in body.iter(qn(f"w:{tag}"))]
    ids = Counter(each.get(qn("w:id")) for each in (*marks, *ranges, *body.iter(qn("w:bookmarkStart"))))
    if any(count > 1 for count in ids.values()):
        yield "two changes or bookmarks have one id"
    for each in (*marks, *ranges):
        if not each.get(qn("w:author")) or not _DATE.fullmatch(each.get(qn("w:date"), "")):
            yield f"a change has no author or no time: {dict(each.attrib)}"
    for each in marks:
        if any(above.tag in {mark.tag for mark in marks} for above in each.iterancestors()):
            yield "a change stands inside another"


def _comments(parts: Parts, body: etree._Element) -> Iterator[str]:
    """Yield the comments that are not shown once, or are empty."""
    comments = etree.fromstring(parts.get("word/comments.xml", b"<none/>"))
    held = [each.get(qn("w:id")) for each in comments]
    shown = [each.get(qn("w:id")) for each in body.iter(qn("w:commentReference"))]
    ranged = [each.get(qn("w:id")) for each in body.iter(qn("w:commentRangeStart"))]
    if not sorted(held) == sorted(shown) == sorted(ranged) or len(set(held)) != len(held):
        yield f"comments {held} are shown as {shown} and are about {ranged}"
    for each in comments:
        if not each.get(qn("w:author")) or each[-1].tag != qn("w:p"):
            yield "a comment has no author or no paragraph"


def _notes(parts: Parts) -> Iterator[str]:
    """Yield what is wrong with the two rules above the notes, which Word asks for by the settings."""
    notes = etree.fromstring(parts["word/footnotes.xml"])
    rules = {each.get(qn("w:id")): each.get(qn("w:type")) for each in notes if each.get(qn("w:type"))}
    named = [each.get(qn("w:id")) for each in etree.fromstring(parts["word/settings.xml"]).iter(qn("w:footnote"))]
    if rules != {"-1": "separator", "0": "continuationSeparator"} or named != list(rules):
        yield f"rules above the notes: {rules}, in the settings {named}"
    if any(each[-1].tag != qn("w:p") for each in notes):
        yield "a note has no paragraph"


def _texts(body: etree._Element) -> Iterator[str]:
    """Yield text and fields that do not fit what stands around them."""
    for tag, is_deleted in (("t", False), ("instrText", False), ("delText", True), ("delInstrText", True)):
        for each in body.iter(qn(f"w:{tag}")):
            if is_deleted != any(above.tag == qn("w:del") for above in each.iterancestors()):
                yield f"{tag} {'outside' if is_deleted else 'inside'} of a deletion: {each.text}"
    for paragraph in body.iter(qn("w:p")):
        steps = [each.get(qn("w:fldCharType")) for each in paragraph.iter(qn("w:fldChar"))]
        if steps != ["begin", "separate", "end"] * (len(steps) // 3):
            yield f"a field is {steps}"


def _tables(body: etree._Element) -> Iterator[str]:
    """Yield rows of another width than their table, cells without a paragraph, and an end that is none."""
    for table in body.iter(qn("w:tbl")):
        columns = len(list(table.iter(qn("w:gridCol"))))
        if any(len(row.findall(qn("w:tc"))) != columns for row in table.iter(qn("w:tr"))):
            yield "a row has not as many cells as its table has columns"
    if any(cell[-1].tag != qn("w:p") for cell in body.iter(qn("w:tc"))):
        yield "a cell does not end in a paragraph"
    if [each.tag for each in body[-2:]] != [qn("w:p"), qn("w:sectPr")]:
        yield "the text does not end in a paragraph and its page"


def _properties(parts: Parts) -> Iterator[str]:
    """Yield what is wrong with the properties."""
    custom = etree.fromstring(parts["docProps/custom.xml"])
    numbers, names = ([each.get(name) for each in custom] for name in ("pid", "name"))
    if numbers != [str(at) for at in range(2, 2 + len(custom))] or len(set(names)) != len(names):
        yield f"properties {names} are numbered {numbers}"
    for each in custom:
        kind = etree.QName(each[0]).localname
        if kind not in {"lpwstr", "i4"} or (kind == "i4" and not re.fullmatch(r"\d{1,9}", each[0].text or "")):
            yield f"property {each.get('name')} is {kind} {each[0].text}"
    core = Counter(each.tag for each in etree.fromstring(parts["docProps/core.xml"]))
    if any(count > 1 for count in core.values()):
        yield f"properties are there twice: {core}"
    for name in _STORY:
        if b"w14:paraId" in parts.get(name, b""):
            yield f"{name} has paragraph ids, which nobody has counted"


def copy_of(
    annotated: bool, negotiating: bool, annex: bool, paper: PageSize, before: Draft | None, style: Style
) -> Parts:
    """Return the parts of a copy of a draft with every kind of change."""
    when = datetime(2026, 11, 21, tzinfo=UTC)
    since = Since(before, when) if before else None
    copy = Copy(annotated, negotiating, annex, paper, since)
    return word_reading.parts(docx_bytes(replace(AFTER, style=style), copy=copy, when=when)[0])


@pytest.mark.parametrize(("annotated", "negotiating", "annex", "paper", "before", "style"), KINDS)
def test_word_opens_every_kind_of_copy(
    annotated: bool, negotiating: bool, annex: bool, paper: PageSize, before: Draft | None, style: Style
) -> None:
    assert list(faults(copy_of(annotated, negotiating, annex, paper, before, style))) == []


SPOILT: tuple[tuple[str, str, str, str], ...] = (
    ("[Content_Types].xml", "/word/comments.xml", "/word/remarks.xml", "has no content type"),
    ("[Content_Types].xml", "footnotes+xml", "endnotes+xml", "word/footnotes.xml is not of the type footnotes"),
    ("word/_rels/document.xml.rels", 'Target="footnotes.xml"', 'Target="notes.xml"', "lead nowhere"),
    ("word/_rels/document.xml.rels", ' TargetMode="External"', "", "is a link inside the package"),
    ("word/_rels/document.xml.rels", 'Id="rIdSource1"', 'Id="rIdOther"', "lacks one that word/document.xml names"),
    ("word/document.xml", "<w:bookmarkEnd", "<w:commentRangeEnd", "never ends"),
    ("word/document.xml", 'w:name="_c_p9"', 'w:name="_C_P1"', "two bookmarks have one name"),
    ("word/document.xml", 'w:name="_c_p9"', f'w:name="_c_{"p" * 40}"', "cannot name a bookmark"),
    ("word/document.xml", 'w:name="move1"', 'w:name="move9"', "do not arrive"),
    ("word/document.xml", 'w:author="Unknown author"', 'w:author=""', "no author or no time"),
    ("word/document.xml", "T00:00:00Z", "", "no author or no time"),
    ("word/document.xml", '<w:del w:id="1"', '<w:del w:id="2"', "have one id"),
    ("word/document.xml", "<w:commentReference", "<w:footnoteReference", "comments"),
    ("word/document.xml", "w:delText", "w:t", "inside of a deletion"),
    ("word/document.xml", 'w:fldCharType="begin"', 'w:fldCharType="end"', "a field is"),
    ("word/document.xml", "<w:gridCol ", "<w:gridCol/><w:gridCol ", "not as many cells"),
    ("word/settings.xml", '<w:footnote w:id="0"/>', "", "rules above the notes"),
    ("word/footnotes.xml", 'w:type="separator"', "", "rules above the notes"),
    ("word/comments.xml", 'w:author="Rapporteur"', 'w:author=""', "has no author"),
    ("docProps/custom.xml", 'pid="3"', 'pid="2"', "are numbered"),
    ("docProps/custom.xml", "<vt:i4>0<", "<vt:i4>x<", "is i4 x"),
    ("docProps/core.xml", "<dc:title>", "<dc:title/><dc:title>", "are there twice"),
)


@pytest.mark.parametrize(("part", "before", "after", "said"), SPOILT)
def test_a_spoilt_copy_is_found_out(part: str, before: str, after: str, said: str) -> None:
    parts = dict(copy_of(True, True, True, PageSize.A4, BEFORE, Style.DECLARATION))
    content = parts[part].decode()
    assert before in content
    if before == "w:delText":  # at both ends of the element
        content = content.replace(before, after, 1).replace(f"/{before}", f"/{after}", 1)
    parts[part] = content.replace(before, after, int(before != "w:delText")).encode()
    assert any(said in each for each in faults(parts))
