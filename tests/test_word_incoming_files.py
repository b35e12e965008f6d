"""Files that nobody vouches for: each is refused with two sentences, or read; nothing crashes or fills the memory."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from word_editing import replaced, with_part

from corpus.errors import RapporteurError, SourceError
from drafting.model import Clause, ClauseKind, Draft
from drafting.word import docx_bytes
from drafting.word.incoming import new_draft_from, propose, read_file
from drafting.word.incoming import package as incoming_package
from drafting.word.incoming.package import LARGEST_FILE, LARGEST_PART, MOST_PARTS, Package, read_bytes
from drafting.word.incoming.tree import parse

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = Draft("d", clauses=tuple(Clause(f"o{n}", ClauseKind.OPERATIVE, f"We urge States on {n}") for n in range(4)))
GOOD = docx_bytes(DRAFT)[0]
BODY = "<w:body/>"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return made.getvalue()


def with_document(xml: bytes) -> bytes:
    return with_part(GOOD, "word/document.xml", lambda _: xml)


def as_encrypted(data: bytes) -> bytes:
    """Return a zip whose parts say that they are encrypted."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def lying_about_its_size() -> bytes:
    """Return a file whose document says that it is small and is larger than the limit."""
    data = with_document(b" " * (LARGEST_PART + 10))
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = changed.find(signature)
        while at >= 0:
            if struct.unpack_from("<I", changed, at + offset)[0] == LARGEST_PART + 10:
                struct.pack_into("<I", changed, at + offset, 1000)
            at = changed.find(signature, at + 4)
    return bytes(changed)


BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><w:document ' + WORD.encode() + b">&c;</w:document>"
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document '
    + WORD.encode() + b"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)  # fmt: skip
REMOTE_DTD = b'<!DOCTYPE d SYSTEM "http://192.0.2.1/evil.dtd"><d/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "The file is empty"),
    "no zip": (b"We urge States to act.", "not a Word file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "not a Word file"),
    "a PDF": (b"%PDF-1.7\n1 0 obj", "This is a PDF"),
    "rich text": (b"{\\rtf1\\ansi We urge}", "rich text"),
    "an older Word file": (OLE, r"older Word \(\.doc\)"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "an encrypted zip": (as_encrypted(GOOD), "protected by a password"),
    "OpenDocument": (zipped({"mimetype": b"application/x", "content.xml": b"<a/>"}), "OpenDocument"),
    "Excel": (zipped({"xl/workbook.xml": b"<a/>"}), "an Excel file"),
    "PowerPoint": (zipped({"ppt/presentation.xml": b"<a/>"}), "a PowerPoint file"),
    "another zip": (zipped({"readme.txt": b"We urge"}), "without a Word document"),
    "macros": (with_part(GOOD, "word/vbaProject.bin", lambda _: b"x"), "holds macros"),
    "the beginning of a file": (GOOD[: len(GOOD) // 2], "not a whole Word file"),
    "a damaged part": (GOOD.replace(b"PK\x05\x06", b"PK\x05\x07"), "not a whole Word file"),
    "a large file": (b"PK\x03\x04" + b"\0" * LARGEST_FILE, "larger than 20 MB"),
    "50 MB": (b"PK\x03\x04" + bytes(50 * 2**20), "larger than 20 MB"),
    "a zip bomb": (with_part(GOOD, "word/bomb.bin", lambda _: bytes(40 * 2**20)), "more than 200 times its size"),
    "a bomb that hides its size": (lying_about_its_size(), "cannot be unpacked"),
    "too many parts": (zipped({f"word/{n}.xml": b"" for n in range(MOST_PARTS + 1)}), "more than 2,000 parts"),
    "another packing": (
        zipped({"word/document.xml": b"<a/>"}, zipfile.ZIP_LZMA), "packs its part"
    ),
    "many laughs": (with_document(BILLION_LAUGHS), "document type"),
    "an external entity": (with_document(EXTERNAL), "document type"),
    "a remote document type": (with_document(REMOTE_DTD), "document type"),
    "no XML": (with_document(b"We urge"), "not sound XML"),
    "no part": (with_document(b""), "not sound XML"),
    "an unknown encoding": (with_document(b'<?xml version="1.0" encoding="klingon"?><a/>'), "not sound XML"),
    "too deep": (with_document(b"<a>" * 100_000 + b"</a>" * 100_000), "levels deep"),
    "no body": (with_document(f"<w:document {WORD}/>".encode()), "it has no text"),
    "no document at all": (with_document(b"<html><body>We urge</body></html>"), "it has no text"),
    "a paragraph without end": (
        replaced(GOOD, "We urge States on 2.", "ha " * 20_000), "A paragraph of the Word file has more than"
    ),
    "paragraphs without end": (
        with_document(f"<w:document {WORD}><w:body>{'<w:p/>' * 20_001}</w:body></w:document>".encode()),
        "more than 20,000 paragraphs",
    ),
    "elements without end": (
        with_document(f"<w:document {WORD}>{'<a/>' * 1_000_000}</w:document>".encode()),
        "more than 200 times its size",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_a_bad_file_is_refused_with_a_problem_and_a_remedy(what: str) -> None:
    data, sentence = BAD[what]
    with pytest.raises(SourceError, match=sentence) as refused:
        read_file(data)
    assert refused.value.problem.endswith(".")
    assert refused.value.remedy.endswith(".")


def test_elements_are_counted_while_a_part_is_read() -> None:
    with pytest.raises(SourceError, match="more than 400,000 elements"):
        parse(b"<a>" + b"<b/>" * 400_001 + b"</a>", "word/document.xml")


def test_no_more_is_unpacked_than_the_limits_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming_package, "LARGEST_PART", 1000)
    with pytest.raises(SourceError, match="larger than 0 MB unpacked"):
        read_file(GOOD)
    monkeypatch.undo()
    monkeypatch.setattr(incoming_package, "LARGEST_READ", 4000)
    with pytest.raises(SourceError, match="unpacked"):
        read_file(GOOD)


def test_what_a_package_may_unpack_to_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming_package, "LARGEST_PACKAGE", 4000)
    with pytest.raises(SourceError, match="it unpacks to more than"):
        Package(GOOD)


def test_each_part_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = Package._bytes

    def counted(package: Package, name: str) -> bytes | None:
        read.append(name)
        return original(package, name)

    monkeypatch.setattr(Package, "_bytes", counted)
    read_file(GOOD)
    assert len(read) == len(set(read))


def test_a_linked_template_or_picture_is_never_looked_for() -> None:
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="http://192.0.2.1/evil.dotm" TargetMode="External"/></Relationships>'
    )
    data = with_part(GOOD, "word/_rels/settings.xml.rels", lambda _: link)
    assert propose(read_file(data), DRAFT, DRAFT).edits == ()


def test_what_a_file_is_its_first_bytes_say_and_not_its_name(tmp_path: Path) -> None:
    (tmp_path / "draft.pdf").write_bytes(GOOD)
    assert read_file(read_bytes(tmp_path / "draft.pdf")).ours
    (tmp_path / "draft.docx").write_bytes(b"%PDF-1.7")
    with pytest.raises(SourceError, match="This is a PDF"):
        read_file(read_bytes(tmp_path / "draft.docx"))


def test_a_file_that_is_not_there_or_a_folder_is_said_so(tmp_path: Path) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(SourceError, match="cannot be read"):
            read_bytes(path)


def taken_in(data: bytes) -> None:
    """Read a file as an import does; anything but an error of our own is a failure."""
    with contextlib.suppress(RapporteurError):
        file = read_file(data)
        if file.ours:
            proposal = propose(file, DRAFT, DRAFT)
            proposal.apply(DRAFT, proposal.approvable)
        else:
            new_draft_from(file, "n")


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_any_bytes_may_be_turned_over(flips: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, value in flips:
        data[at] = value
    taken_in(bytes(data))


@settings(max_examples=60)
@given(st.integers(0, len(GOOD)), st.binary(max_size=30))
def test_a_file_may_be_cut_off_anywhere(at: int, rest: bytes) -> None:
    taken_in(GOOD[:at] + rest)


PARTS = ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "docProps/custom.xml", "_rels/.rels")


@settings(max_examples=120)
@given(st.sampled_from(PARTS), st.integers(0, 10**6), st.integers(0, 60), st.binary(max_size=20))
def test_any_part_may_say_anything(part: str, at: int, length: int, other: bytes) -> None:
    def change(content: bytes) -> bytes:
        place = at % (len(content) + 1)
        return content[:place] + other + content[place + length :]

    taken_in(with_part(GOOD, part, change))


TAGS = ("w:p", "w:r", "w:t", "w:ins", "w:del", "w:hyperlink", "w:sdt", "w:tbl", "w:fldSimple", "w:pPr", "w:numPr",
        "w:bookmarkStart", "w:bookmarkEnd", "w:fldChar", "w:instrText", "w:commentRangeStart", "w:footnoteReference",
        "w:rPr", "w:delText", "w:moveTo", "w:ilvl", "w:numId", "mc:Fallback")  # fmt: skip
elements = st.recursive(
    st.text("ab (i)1.\u00a0", max_size=5),
    lambda inner: st.builds(
        lambda tag, name, inside: f'<{tag} w:id="1" w:val="{name}" w:name="_c_{name}" w:instr=" REF _c_{name} " '
        f'w:fldCharType="{name}" w:author="x">{"".join(inside)}</{tag}>',
        st.sampled_from(TAGS), st.sampled_from(("o1", "o2", "0", "1", "begin", "separate", "end", "UNOperative")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=30,
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(elements, max_size=6))
def test_elements_may_stand_anywhere(inside: list[str]) -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    taken_in(with_document(f"<w:document {WORD} {mc}><w:body>{''.join(inside)}</w:body></w:document>".encode()))


def test_a_checksum_that_does_not_hold_is_a_damaged_part() -> None:
    crc = struct.pack("<I", zlib.crc32(zipfile.ZipFile(io.BytesIO(GOOD)).read("word/document.xml")))
    with pytest.raises(SourceError, match="cannot be unpacked"):
        read_file(GOOD.replace(crc, b"\0\0\0\0"))
