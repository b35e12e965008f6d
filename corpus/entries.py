"""Entries: numbered paragraphs, items and clauses, while they grow line by line and once they are whole.

Text is joined here and only here, so this is also where a passage's place in the file is known. It doesn't decide which
line belongs to which entry; that is the reader's work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.forms import join
from corpus.model import Footnote, Locator, Span

if TYPE_CHECKING:
    from corpus.forms import Line
    from corpus.notes import Pages


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered paragraph, item or clause as the document prints it.

    Attributes:
        locator: Where it stands.
        heading: Headings above it, chapter first.
        text: Its words on one line.
        chapeau: The text of the entry it hangs from, empty when it hangs from none.
        leads: True when other entries hang from it.
        footnotes: The notes it refers to.
        spans: Where its text stands, in characters of the decoded file.
    """

    locator: Locator
    heading: tuple[str, ...]
    text: str
    chapeau: str
    leads: bool
    footnotes: tuple[Footnote, ...]
    spans: tuple[Span, ...]


@dataclass(slots=True, eq=False)
class Growing:
    """An entry that is still being read.

    Attributes:
        locator: Where it stands.
        heading: Headings above it, chapter first.
        parent: The entry it hangs from.
        leads: True when other entries hang from it.
        parts: Its lines so far, and where in each line its text begins.
    """

    locator: Locator
    heading: tuple[str, ...]
    parent: Growing | None = None
    leads: bool = False
    parts: list[tuple[Line, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its words so far, on one line."""
        return join((line.text[position:], line.trailing_blank) for line, position in self.parts)

    @property
    def ending(self) -> str:
        """Return its last line."""
        return self.parts[-1][0].text if self.parts else ""

    @property
    def lists_without_labels(self) -> bool:
        """Return whether it announced a list that came without labels: all that follows is its list."""
        return not self.leads and any(
            line.text.endswith(":") and after.opens for (line, _), (after, _) in pairwise(self.parts)
        )

    def finish(self, pages: Pages) -> Entry:
        """Return the entry as it is now, with the notes that its marks refer to."""
        spans: list[Span] = []
        last_line = -1
        for line, position in self.parts:
            start = line.start_of(position)
            if spans and line.number == last_line + 1:
                spans[-1] = Span(spans[-1].start, line.end)
            else:
                spans.append(Span(start, line.end))
            last_line = line.number
        marks = [mark for mark in pages.marks if any(span.start <= mark.offset < span.end for span in spans)]
        return Entry(
            locator=self.locator,
            heading=self.heading,
            text=self.text,
            chapeau=self.parent.text if self.parent else "",
            leads=self.leads,
            footnotes=tuple(pages.notes.get(mark.number, Footnote(mark.number, "")) for mark in marks),
            spans=tuple(spans),
        )
