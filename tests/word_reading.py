"""Reads a .docx back the way a reader sees it: clauses by bookmark, with their numbers, italics and notes.

Works on our own files and on those that LibreOffice saved. It counts numbered paragraphs by numbering.xml alone, so it
says what Word will print and not what we hope for.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

NOTE_MARK_STYLES = ("FootnoteReference", "FootnoteAnchor", "FootnoteCharacters")  # ours, and two of LibreOffice
FOLLOWING_STYLES = ("UNSubparagraph", "UNSubsubparagraph", "UNContinuation")
REMARK_STYLE = "UNRemark"
SUBPARAGRAPH_PREFIX = "_s_"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A footnote: its id, its text, the text that is a link and where that leads."""

    id: int
    text: str
    linked: str
    url: str


@dataclass(slots=True)
class ReadParagraph:
    """A paragraph as printed: style id, number, text without note marks, italic text, ids of its notes.

    `fields` are the cross-references in it: bookmark and cached number; `bookmark` is its own as a subparagraph.
    """

    style: str
    number: str
    text: str = ""
    italic: str = ""
    marks: str = ""
    notes: list[int] = field(default_factory=list)
    remark: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a reader sees: all paragraphs, those of each bookmarked clause, and the footnotes by id."""

    paragraphs: tuple[ReadParagraph, ...]
    clauses: dict[str, tuple[ReadParagraph, ...]]
    notes: dict[int, ReadNote]

    def notes_of(self, bookmark: str) -> tuple[ReadNote, ...]:
        """Return the notes marked in a bookmarked clause, in order."""
        return tuple(self.notes[note] for paragraph in self.clauses[bookmark] for note in paragraph.notes)


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name; a damaged zip or a name used twice fails."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(names) == len(set(names))
        return {name: package.read(name) for name in names}


def xml(data: bytes, name: str) -> BaseOxmlElement:
    """Return the root of one part."""
    return parse_xml(parts(data)[name])


def read(data: bytes) -> WordFile:
    """Return what a reader sees of a file."""
    body = docx.Document(io.BytesIO(data)).element.body
    numbers = _Numbers(data)
    paragraphs: list[ReadParagraph] = []
    clauses: dict[str, list[ReadParagraph]] = {}
    open_bookmarks: set[str] = set()
    for found in body.iter():
        if found.tag == qn("w:bookmarkStart"):
            open_bookmarks.add(found.get(qn("w:id")))
            name = found.get(qn("w:name"))
            if name.startswith(SUBPARAGRAPH_PREFIX):
                paragraphs[-1].bookmark = name
            else:
                clauses[name] = [paragraphs[-1]]
        elif found.tag == qn("w:bookmarkEnd"):
            open_bookmarks.remove(found.get(qn("w:id")))
        elif found.tag == qn("w:p"):
            style = found.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            style_id = "" if style is None else style.get(qn("w:val"))
            assert not open_bookmarks, "a bookmark goes beyond its paragraph"
            paragraphs.append(ReadParagraph(style_id, numbers.count(found, style_id)))
            if style_id in FOLLOWING_STYLES:
                next(reversed(clauses.values())).append(paragraphs[-1])
        elif found.tag == qn("w:r") and paragraphs:
            _read_run(found, paragraphs[-1])
    return WordFile(tuple(paragraphs), {name: tuple(held) for name, held in clauses.items()}, _read_notes(data))


def _read_run(run: BaseOxmlElement, into: ReadParagraph) -> None:
    text = "".join(piece.text or "" for piece in run.findall(qn("w:t")))
    for instruction in run.findall(qn("w:instrText")):
        into.fields.append((instruction.text.split()[1], ""))
    if text and into.fields and not into.fields[-1][1]:
        into.fields[-1] = (into.fields[-1][0], text)
    into.notes += [int(mark.get(qn("w:id"))) for mark in run.findall(qn("w:footnoteReference"))]
    properties = run.find(qn("w:rPr"))
    style = None if properties is None else properties.find(qn("w:rStyle"))
    if style is not None and style.get(qn("w:val")) in NOTE_MARK_STYLES:
        into.marks += text
        return
    if style is not None and style.get(qn("w:val")) == REMARK_STYLE:
        into.remark += text.strip()
        return
    into.text += text
    if properties is not None and properties.find(qn("w:i")) is not None:
        into.italic += text


def _read_notes(data: bytes) -> dict[int, ReadNote]:
    held = parts(data)
    if "word/footnotes.xml" not in held:
        return {}
    relationships = held.get("word/_rels/footnotes.xml.rels")
    urls = {} if relationships is None else {each.get("Id"): each.get("Target") for each in parse_xml(relationships)}
    notes = {}
    for note in parse_xml(held["word/footnotes.xml"]):
        links = list(note.iter(qn("w:hyperlink")))
        url = urls[links[0].get(qn("r:id"))] if links else ""
        identifier = int(note.get(qn("w:id")))
        if note.get(qn("w:type")) is None:
            notes[identifier] = ReadNote(identifier, _text(note).strip(), _text(links[0]) if links else "", url)
    return notes


def _text(element: BaseOxmlElement) -> str:
    return "".join(piece.text or "" for piece in element.iter(qn("w:t")))


class _Numbers:
    """Counts paragraphs as Word does: by level, a level starting anew after a higher one and in a new list."""

    def __init__(self, data: bytes) -> None:
        held = parts(data)
        numbering = parse_xml(held["word/numbering.xml"])
        self._levels = {
            definition.get(qn("w:abstractNumId")): {
                int(level.get(qn("w:ilvl"))): (
                    level.find(qn("w:numFmt")).get(qn("w:val")),
                    level.find(qn("w:lvlText")).get(qn("w:val")),
                )
                for level in definition.findall(qn("w:lvl"))
            }
            for definition in numbering.findall(qn("w:abstractNum"))
        }
        self._lists = {
            each.get(qn("w:numId")): each.find(qn("w:abstractNumId")).get(qn("w:val"))
            for each in numbering.findall(qn("w:num"))
        }
        self._styles = {
            style.get(qn("w:styleId")): properties.find(qn("w:numPr"))
            for style in parse_xml(held["word/styles.xml"]).findall(qn("w:style"))
            if (properties := style.find(qn("w:pPr"))) is not None
        }
        self._restarting = {
            each.get(qn("w:numId"))
            for each in numbering.findall(qn("w:num"))
            if each.find(qn("w:lvlOverride")) is not None
        }
        self._counts: defaultdict[tuple[str, int], int] = defaultdict(int)

    def count(self, paragraph: BaseOxmlElement, style: str) -> str:
        properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if properties is None:
            properties = self._styles.get(style)
        if properties is None:
            return ""
        list_id = properties.find(qn("w:numId")).get(qn("w:val"))
        if list_id == "0":  # taken out of every list
            return ""
        level_of = properties.find(qn("w:ilvl"))
        level = 0 if level_of is None else int(level_of.get(qn("w:val")))
        definition = self._lists[list_id]
        if list_id in self._restarting:  # from its first paragraph on; later ones count on
            self._restarting.remove(list_id)
            self._forget(definition, -1)
        self._counts[definition, level] += 1
        self._forget(definition, level)
        text = str(self._levels[definition][level][1])
        for shown in range(level + 1):
            figure = _figure(self._levels[definition][shown][0], self._counts.get((definition, shown), 0))
            text = text.replace(f"%{shown + 1}", figure)
        return text

    def _forget(self, definition: str, level: int) -> None:
        """Let deeper levels start anew; lists of one definition share their counters."""
        for deeper in [key for key in self._counts if key[0] == definition and key[1] > level]:
            del self._counts[deeper]


def _figure(form: str, count: int) -> str:
    match form:
        case "decimal":
            return str(count)
        case "lowerLetter":
            return _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)
        case "lowerRoman":
            figures = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
            written = ""
            for value, figure in figures:
                while count >= value:
                    written, count = written + figure, count - value
            return written
        case _:
            raise ValueError(form)


_COMES, _GOES = ("ins", "moveTo"), ("del", "moveFrom")
_RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")


def settled(data: bytes, *, accept: bool) -> bytes:
    """Return a file with all its changes accepted or rejected, as Word does it.

    A paragraph whose mark goes is joined to the one after it, which keeps its own look; bookmarks in it go too.
    """
    gone, stays = (_GOES, _COMES) if accept else (_COMES, _GOES)
    held = parts(data)
    root = parse_xml(held["word/document.xml"])
    for name in _RANGES:
        for marker in list(root.iter(qn(f"w:{name}"))):
            marker.getparent().remove(marker)
    for body in list(root.iter(qn("w:p"))):
        marks = body.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        is_gone = marks is not None and any(marks.find(qn(f"w:{name}")) is not None for name in gone)
        if marks is not None:
            marks.getparent().remove(marks)
        for name in gone:
            for change in body.findall(qn(f"w:{name}")):
                body.remove(change)
        for name in stays:
            for change in body.findall(qn(f"w:{name}")):
                for piece in list(change):
                    change.addprevious(piece)
                body.remove(change)
        for text in list(body.iter(qn("w:delText"))):
            text.tag = qn("w:t")
        if is_gone:
            assert body.getnext().tag == qn("w:p"), "nothing to join a paragraph to"
            assert not body.findall(qn("w:r")), "a paragraph goes and its words stay"
            body.getparent().remove(body)
    assert not [change for name in (*gone, *stays) for change in root.iter(qn(f"w:{name}"))]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in held.items():
            package.writestr(name, _written(root) if name == "word/document.xml" else content)
    return target.getvalue()


def _written(root: BaseOxmlElement) -> bytes:
    return str(root.xml).encode()
