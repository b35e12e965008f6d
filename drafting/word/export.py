"""From a draft to a .docx: bytes for a download, or a file.

The same draft gives the same bytes. What is inside is laid out by `drafting.layout`, compared with an earlier version
by `drafting.redline` and written by `drafting.word.writer`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from drafting.layout import DEFAULT_LINK_BASE, lay_out
from drafting.redline import redline, unmarked
from drafting.sources_table import grounds
from drafting.word.options import Copy, PageSize
from drafting.written import replace_file

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
        copy: What goes into the file, in the place of `page_size` and `negotiating`; by default the text and its notes,
            without an annex.
    """
    from drafting.word.package import package_bytes
    from drafting.word.writer import write

    wanted = copy or Copy(negotiating=negotiating, page_size=page_size, annex=False)
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
        replace_file(target, data)
    else:
        target.write(data)
    return report
