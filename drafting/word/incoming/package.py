"""Opens a file that claims to be a Word file, and hands out its parts, whatever somebody put into it.

What it is, its first bytes say and not its name. A zip is refused by what it declares (too many parts, too large, too
tightly packed) before anything is unpacked, and a part is unpacked only as far as the limits go, for what a zip
declares may be a lie. Parts outside the package (linked templates and pictures) are never looked for. This module
knows no paragraphs.
"""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from corpus.errors import SourceError
from drafting.word.incoming.tree import Element, parse

if TYPE_CHECKING:
    from pathlib import Path

MIB: Final = 2**20
LARGEST_FILE: Final = 20 * MIB
LARGEST_PART: Final = 24 * MIB
LARGEST_READ: Final = 48 * MIB
LARGEST_PACKAGE: Final = 200 * MIB
MOST_PARTS: Final = 2_000
MOST_TIMES: Final = 200
_SMALL: Final = MIB  # a part below this size may be packed as tightly as it likes

_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SAVE_AGAIN: Final = "Open it in Word or LibreOffice, save it as a Word document (.docx), and import that file."
_ASK_AGAIN: Final = "Ask for the file again: it was probably cut off or damaged on its way."
_OFFICE_DOCUMENT: Final = "/officeDocument"
_MAIN: Final = "word/document.xml"
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
    KeyError, IndexError, OverflowError,
)  # fmt: skip


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file to import.

    Raises:
        SourceError: It cannot be read, or is larger than the limit.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise SourceError(
            f"The file {path} cannot be read: {error.strerror or error}.", "Name a Word file (.docx) that exists."
        ) from error
    return data


class Package:
    """The parts of a Word file."""

    def __init__(self, data: bytes) -> None:
        """Open a file.

        Args:
            data: Its bytes.

        Raises:
            SourceError: It is no Word file, or one that cannot be read safely.
        """
        _require_zip(data)
        if data.count(_DIRECTORY_ENTRY) > MOST_PARTS:  # before zipfile makes an object of each
            raise _unsafe(f"it has more than {MOST_PARTS:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise SourceError("The file is not a whole Word file: it cannot be unpacked.", _ASK_AGAIN) from error
        self._entries = {entry.filename: entry for entry in self._zip.infolist()}
        self._left = LARGEST_READ
        self._require_limits()
        self.main = self._main_part()

    def part(self, name: str) -> Element | None:
        """Return the root of a part; None when the file has no such part.

        Raises:
            SourceError: The part is damaged or beyond the limits.
        """
        data = self._bytes(name)
        return None if data is None else parse(data, name)

    def beside_main(self, name: str) -> Element | None:
        """Return the root of a part that stands in the folder of the main part, such as ``styles.xml``."""
        return self.part(f"{self.main.rpartition('/')[0]}/{name}".lstrip("/"))

    def _bytes(self, name: str) -> bytes | None:
        entry = self._entries.get(name)
        if entry is None:
            return None
        if entry.flag_bits & 1:
            raise _locked()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceError(f"The Word file packs its part {name} in a way that Word does not.", _SAVE_AGAIN)
        limit = min(LARGEST_PART, self._left)
        try:
            with self._zip.open(entry) as part:
                data = part.read(limit + 1)
        except _BROKEN as error:
            raise SourceError(f"The Word file is damaged: its part {name} cannot be unpacked.", _ASK_AGAIN) from error
        if len(data) > limit:
            raise _unsafe(f"its part {name} is larger than {limit // MIB} MB unpacked")
        self._left -= len(data)
        return data

    def _require_limits(self) -> None:
        total = 0
        for entry in self._entries.values():
            total += entry.file_size
            if entry.file_size > _SMALL and entry.file_size > MOST_TIMES * max(entry.compress_size, 1):
                raise _unsafe(f"its part {entry.filename[:80]} unpacks to more than {MOST_TIMES} times its size")
        if total > LARGEST_PACKAGE:
            raise _unsafe(f"it unpacks to more than {LARGEST_PACKAGE // MIB} MB")

    def _main_part(self) -> str:
        if "mimetype" in self._entries and "content.xml" in self._entries:
            raise SourceError("This is an OpenDocument file and not a Word file.", _SAVE_AGAIN)
        if any(name.lower().endswith("vbaproject.bin") for name in self._entries):
            raise SourceError(
                "The Word file holds macros, which a declaration does not need and which may do harm.", _SAVE_AGAIN
            )
        relationships = self.part("_rels/.rels")
        for each in relationships.children if relationships else ():
            if each.attributes.get("Type", "").endswith(_OFFICE_DOCUMENT):
                name = each.attributes.get("Target", "").lstrip("/")
                if name in self._entries and name.startswith("word/"):
                    return name
        if _MAIN in self._entries:
            return _MAIN
        what = "an Excel" if "xl/workbook.xml" in self._entries else "a PowerPoint"
        if "xl/workbook.xml" in self._entries or "ppt/presentation.xml" in self._entries:
            raise SourceError(f"This is {what} file and not a Word file.", "Import a Word document (.docx).")
        raise SourceError("The file is a zip file without a Word document in it.", _SAVE_AGAIN)


def _require_zip(data: bytes) -> None:
    """Refuse what is no zip by what it is."""
    start = data[:1024].lstrip()
    if not data:
        raise SourceError("The file is empty.", _ASK_AGAIN)
    if len(data) > LARGEST_FILE:
        raise SourceError(
            f"The file is larger than {LARGEST_FILE // MIB} MB, which is more than a draft declaration can be.",
            "Take the pictures out, save it again, and import that file.",
        )
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise _locked()
        raise SourceError("This is a file of an older Word (.doc) and not a .docx file.", _SAVE_AGAIN)
    if start.startswith(b"%PDF"):
        raise SourceError(
            "This is a PDF, which does not say what belongs to which clause.", "Import the Word file it was made from."
        )
    if start.startswith(b"{\\rtf"):
        raise SourceError("This is a rich text file (.rtf) and not a .docx file.", _SAVE_AGAIN)
    if not data.startswith(b"PK"):
        raise SourceError("This is not a Word file: it does not begin as a .docx file does.", _SAVE_AGAIN)


def _locked() -> SourceError:
    return SourceError(
        "The Word file is protected by a password.", "Save it without the password, and import that file."
    )


def _unsafe(why: str) -> SourceError:
    return SourceError(f"The Word file cannot be read safely: {why}.", _SAVE_AGAIN)
