"""From a draft to a .docx: bytes for a download, or a file that is whole or not there at all.

The same draft gives the same bytes. This module knows where files go and what can go wrong there; what is inside them
is laid out by `drafting.layout` and written by `drafting.word.writer`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from corpus.errors import StorageError
from drafting.layout import DEFAULT_LINK_BASE, lay_out
from drafting.redline import redline, unmarked
from drafting.sources_table import grounds
from drafting.word.options import Copy, PageSize

if TYPE_CHECKING:
    from datetime import datetime

    from drafting.model import Draft


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export holds and what it could not hold.

    Attributes:
        clauses: Number of clauses written.
        notes: Number of footnotes written.
        dropped: What the draft holds and the file does not (characters that no Word file can hold, alternatives in the
            clean text), a sentence a place; empty when all is there.
    """

    clauses: int
    notes: int
    dropped: tuple[str, ...]


def docx_bytes(
    draft: Draft,
    *,
    page_size: PageSize = PageSize.A4,
    link_base: str = DEFAULT_LINK_BASE,
    when: datetime | None = None,
    negotiating: bool = False,
    copy: Copy | None = None,
) -> tuple[bytes, ExportReport]:
    """Return a draft as the bytes of a .docx file, and what was left out of it.

    Args:
        draft: The draft.
        page_size: Paper.
        link_base: Address that a document symbol is appended to; empty for no links.
        when: Time of making to state in the file, UTC when it names no zone; by default none is stated, so that equal
            drafts give equal bytes.
        negotiating: Whether to write the negotiating text (alternatives, proposers, what is agreed) or the clean one.
        copy: What goes into the file, in the place of `page_size` and `negotiating`, which are for the plain copy.
    """
    from drafting.word.package import package_bytes
    from drafting.word.writer import write

    wanted = copy or Copy(negotiating=negotiating, page_size=page_size)
    page = lay_out(draft, negotiating=wanted.negotiating)
    marked = (
        redline(lay_out(wanted.since.draft, negotiating=wanted.negotiating), page) if wanted.since else unmarked(page)
    )
    found = (
        grounds(draft, negotiating=wanted.negotiating, link_base=link_base) if wanted.annotated or wanted.annex else ()
    )
    document = write(draft, marked, found, copy=wanted, link_base=link_base, when=when)
    return package_bytes(document), ExportReport(len(draft.clauses), len(page.notes), page.dropped)


def export_docx(
    draft: Draft,
    target: Path | BinaryIO,
    *,
    page_size: PageSize = PageSize.A4,
    link_base: str = DEFAULT_LINK_BASE,
    when: datetime | None = None,
    negotiating: bool = False,
    copy: Copy | None = None,
) -> ExportReport:
    """Write a draft to a .docx file, replacing an older one in a single step.

    Args:
        draft: The draft.
        target: Path of the file, or a binary stream.
        page_size: Paper.
        link_base: Address that a document symbol is appended to; empty for no links.
        when: Time of making to state in the file; see `docx_bytes`.
        negotiating: Whether to write the negotiating text; see `docx_bytes`.
        copy: What goes into the file; see `docx_bytes`.

    Returns:
        What was written and what was left out.

    Raises:
        StorageError: The file cannot be written; what stood at the path before is untouched.
    """
    data, report = docx_bytes(
        draft, page_size=page_size, link_base=link_base, when=when, negotiating=negotiating, copy=copy
    )
    if isinstance(target, Path):
        _replace_file(target, data)
    else:
        target.write(data)
    return report


def _replace_file(path: Path, data: bytes) -> None:
    """Write data beside a path and rename it there, so that a reader sees the old file or the new one."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.is_file():
            temporary.chmod(stat.S_IMODE(path.stat().st_mode))
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise StorageError(
            f"The Word file {path} cannot be written: {error.strerror or error}.",
            "Export to an existing folder that you may write to and that has room, under a short file name.",
        ) from error
