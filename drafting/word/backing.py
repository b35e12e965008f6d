"""Who backed a phrase, as a Word file to hand round; the same answer gives the same bytes.

What the file says is worked out by `drafting.backing` and written by `drafting.word.backing_writer`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafting.layout import DEFAULT_LINK_BASE
from drafting.word.options import PageSize

if TYPE_CHECKING:
    from datetime import datetime

    from drafting.backing import Backing


def support_docx(
    backing: Backing,
    *,
    page_size: PageSize = PageSize.A4,
    link_base: str = DEFAULT_LINK_BASE,
    when: datetime | None = None,
) -> bytes:
    """Return who backed a phrase as the bytes of a .docx file.

    Args:
        backing: The answer laid out.
        page_size: Paper.
        link_base: Address that a document symbol is appended to; empty for no links.
        when: Time of making to state in the file; by default none is stated.
    """
    from drafting.word.backing_writer import write
    from drafting.word.package import package_bytes

    return package_bytes(write(backing, page_size=page_size, link_base=link_base, when=when))
