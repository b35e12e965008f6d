"""Tracked changes as Word writes them: insertions, deletions and moves, by word and by paragraph mark.

A paragraph that came or went has its mark tracked too: else taking it away would leave an empty paragraph with a
number. The mark of the last paragraph of a document cannot go, which is why the writer lets a text end on a paragraph
that stays. This module knows neither drafts nor how changes are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, groupby
from typing import TYPE_CHECKING, Final

from drafting.characters import printable
from drafting.redline_page import Fate
from drafting.word.ooxml import deleted_text, element
from drafting.word.options import UNKNOWN_AUTHOR
from drafting.word.properties import timestamp

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    from drafting.word.options import Since

    Piece = tuple[Fate, BaseOxmlElement]

_TAGS: Final = {
    Fate.INSERTED: "ins",
    Fate.DELETED: "del",
    Fate.MOVED_HERE: "moveTo",
    Fate.MOVED_AWAY: "moveFrom",
}


class Changes:
    """The marks of one document: one author, one date, and an id for each mark."""

    def __init__(self, ids: Iterator[int], since: Since | None) -> None:
        """Prepare the marks.

        Args:
            ids: Where ids come from that nothing else in the document has.
            since: Who made the changes, and when; None when nothing will be marked.
        """
        self._ids = ids
        self._moves = count(1)
        self._names: dict[str, str] = {}
        self._stated: dict[str, str] = {}
        if since is not None:
            self._stated["author"] = printable(since.author).line or UNKNOWN_AUTHOR
            self._stated["date"] = timestamp(since.when)

    def marked(self, pieces: Iterable[Piece]) -> Iterator[BaseOxmlElement]:
        """Yield the content of a paragraph, neighbours of one fate inside one mark."""
        for fate, group in groupby(pieces, key=lambda piece: piece[0]):
            content = [made for _, made in group]
            if fate is Fate.KEPT:
                yield from content
                continue
            if fate is Fate.DELETED:
                for made in content:
                    deleted_text(made)
            yield self._mark(_TAGS[fate], *content)

    def mark_paragraph(self, body: BaseOxmlElement, fate: Fate) -> None:
        """Mark the end of a paragraph, whose properties are complete, as come or gone."""
        if fate is not Fate.KEPT:
            body[0].append(element("rPr", self._mark(_TAGS[fate])))

    def _mark(self, tag: str, *content: BaseOxmlElement) -> BaseOxmlElement:
        return element(tag, *content, id=str(next(self._ids)), **self._stated)

    def move(self, fate: Fate, key: str) -> tuple[BaseOxmlElement, BaseOxmlElement]:
        """Return the start and the end of what moved; both ends of a move have one name, by which Word joins them.

        Args:
            fate: `MOVED_HERE` or `MOVED_AWAY`.
            key: What moved, the same at both ends.
        """
        if key not in self._names:
            self._names[key] = f"move{next(self._moves)}"
        tag, number = _TAGS[fate], str(next(self._ids))
        start = element(f"{tag}RangeStart", id=number, name=self._names[key], **self._stated)
        return start, element(f"{tag}RangeEnd", id=number)
