"""What single marks of WordprocessingML say: a switch, a level in a list, a sign that is no letter, who changed what.

Each function looks at one element (`joined` at two paragraphs that were read). `drafting.word.incoming.body` knows
where they stand.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from drafting.word.incoming.paragraphs import FileParagraph, TrackedPiece

if TYPE_CHECKING:
    from drafting.word.incoming.tree import Element

INSERTED: Final = {"w:ins", "w:moveTo"}
DELETED: Final = {"w:del", "w:moveFrom"}


def joined(first: FileParagraph, second: FileParagraph) -> FileParagraph:
    """Return two paragraphs as one, the mark between them having been deleted."""
    if second.gone:
        second = replace(second, pieces=(), bookmarks=())
    return replace(
        first,
        pieces=(*first.pieces, *second.pieces),
        former=f"{first.former}\n{second.former}",
        bookmarks=(*first.bookmarks, *second.bookmarks),
        notes=(*first.notes, *second.notes),
        tracked=(*first.tracked, *second.tracked),
        comments=(*first.comments, *second.comments),
    )


def sign(element: Element) -> str:
    """Return the sign that an element of a run stands for; a page break stands for none."""
    if element.tag in {"w:br", "w:cr"}:
        return " " if element.attributes.get("w:type", "textWrapping") == "textWrapping" else ""
    return {"w:tab": "\t", "w:ptab": "\t", "w:noBreakHyphen": "\u2011"}.get(element.tag, "")


def list_level(own: Element | None) -> int | None:
    """Return the level of the list that a paragraph was put in by itself."""
    numbered = own.child("w:numPr") if own else None
    if numbered is None or numbered.child("w:numId") is None:
        return None
    if numbered.value("w:numId") == "0":
        return -1
    level = numbered.value("w:ilvl") or "0"
    return int(level) if level.isascii() and level.isdigit() and len(level) == 1 else None


def tracked_mark(own: Element | None) -> list[TrackedPiece]:
    """Return who inserted or deleted the end of a paragraph."""
    properties = own.child("w:rPr") if own else None
    return [
        TrackedPiece("\n", each.tag in INSERTED, *who(each))
        for each in (properties.children if properties else ())
        if each.tag in INSERTED | DELETED
    ]


def is_on(switch: Element | None) -> bool:
    """Tell whether a property that is on when it is there is on."""
    return switch is not None and switch.attributes.get("w:val", "1") not in {"0", "false", "off"}


def who(change: Element) -> tuple[str, str]:
    """Return author and date of a tracked change."""
    return change.attributes.get("w:author", "").strip(), change.attributes.get("w:date", "")
