"""What goes into the Word file: which copy it is, on which paper, and since which version its changes are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from drafting.model import Draft

UNKNOWN_AUTHOR = "Unknown author"


class PageSize(StrEnum):
    """Paper that the file is made for."""

    A4 = "A4"
    LETTER = "Letter"


@dataclass(frozen=True, slots=True)
class Since:
    """The version that tracked changes lead back to.

    Attributes:
        draft: The earlier version; rejecting all changes gives its text.
        when: When the changes were made, UTC when it names no zone; the format wants it stated.
        author: Who made them, as Word will name them; empty when nobody is named.
    """

    draft: Draft
    when: datetime
    author: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """What goes into the file. The default is the copy for circulation: clean text, notes and annex.

    Attributes:
        annotated: Whether each clause has a comment that says what it rests on and what was changed in it. Such a copy
            is for the drafters; the one for circulation has no comments.
        negotiating: Whether it is the negotiating text: alternatives, proposers, what is agreed.
        annex: Whether the sources stand in a table at the end.
        page_size: Paper.
        since: The version since which changes are tracked; None for a text without changes.
    """

    annotated: bool = False
    negotiating: bool = False
    annex: bool = True
    page_size: PageSize = PageSize.A4
    since: Since | None = None
