"""The reader: walks through the lines of a body and decides what each of them begins or continues.

It is led by sequences: a number is a paragraph when it is the next paragraph, a heading when it is the next heading, an
agenda item when a lead-in announced a list, an operative clause inside a declaration. It doesn't know which document it
reads, nor what an entry is worth: kind, standing and voice are judged in `kinds`.

Unlabelled text belongs to the entry before it, however many page breaks lie between; text under a heading that has no
number of its own belongs to no entry.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.blocks import (
    block_at,
    glued_titles,
    has_stopped,
    is_finished,
    label_after,
    leading_number,
    numbers_from,
    stands_like_a_title,
    text_of,
)
from corpus.declarations import Declaration, announces_declaration
from corpus.entries import Growing
from corpus.headings import Form, HeadingPath, Numbering, numberings
from corpus.labels import OpenLists, is_second, label_at_start
from corpus.model import Locator

if TYPE_CHECKING:
    from corpus.forms import Line

_NOT_A_TITLE = re.compile(r"[.;,:]$")
_AGENDA = re.compile(r"\bagenda\b", re.IGNORECASE)
_LOST_PARAGRAPHS = 3


class Reader:
    """Walks through the lines of a body and grows its entries.

    Attributes:
        lines: The lines of the body.
        entries: What has been read so far, in order.
    """

    def __init__(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines
        self.entries: list[Growing] = []
        self._at = 0
        self._path = HeadingPath()
        self._container = ""
        self._next_paragraph = 1
        self._current: Growing | None = None  # what unlabelled text belongs to
        self._host: Growing | None = None  # the numbered entry that labels hang from
        self._lists = OpenLists()
        self._labelled: dict[tuple[str, ...], Growing] = {}
        self._listed: set[int] = set()  # indexes of lines that are numbered items of an announced list
        self._announcer: Growing | None = None  # what announced that list
        self._agenda: tuple[str, str] | None = None  # container and paragraph of the agenda being read
        self._declaration: Declaration | None = None
        self._containers: dict[str, int] = {}

    def read(self) -> None:
        """Read all lines."""
        while self._at < len(self.lines):
            line = self.lines[self._at]
            self._at += self._take(line)

    def _take(self, line: Line) -> int:
        """Read what begins at a line and return how many lines it takes up."""
        if self._may_start(line):
            taken = self._take_numbered(line) or self._take_heading(line) or self._take_labelled(line)
            taken = taken or self._take_clause(line) or self._take_plain_heading()
            if taken:
                return taken
        if self._current is not None:
            self._current.parts.append((line, 0))
        return 1

    def _may_start(self, line: Line) -> bool:
        """Tell whether something new may begin: the form says so, or the line before came to a stop."""
        if line.opens or self._at == 0:
            return True
        return has_stopped(self.lines[self._at - 1].text) or bool(self.lines[self._at - 1].cuts)

    # Numbers: paragraphs, items of a list that was announced, operative clauses, headings.

    def _take_numbered(self, line: Line) -> int:
        number = leading_number(line)
        if number is None:
            return 0
        value, position = number
        if value == 1 and self._current is not None and self._current.ending.endswith(":"):
            self._declaration = self._declaration or self._announced_declaration(line)
            if not (self._declaration and self._declaration.untouched):
                self._open_list()
        if self._at in self._listed:
            return self._take_list_item(line, value, position)
        if self._declaration and self._take_operative(line, value, position):
            return 1
        if value == self._next_paragraph and not self._titles_its_paragraph(value):
            return self._take_paragraph(line, value, position)
        taken = self._take_heading(line)
        if not taken and self._follows_lost_paragraphs(line, value):
            return self._take_paragraph(line, value, position)
        return taken

    def _take_paragraph(self, line: Line, value: int, position: int) -> int:
        self._declaration = self._agenda = None
        self._next_paragraph = value + 1
        self._host_new(Locator(self._container, str(value)), line, position)
        return 1

    def _host_new(self, locator: Locator, line: Line, position: int, parent: Growing | None = None) -> None:
        self._host = self._current = self._grow(locator, line, position, parent)
        self._lists = OpenLists()
        self._labelled = {}

    def _grow(self, locator: Locator, line: Line, position: int, parent: Growing | None) -> Growing:
        growing = Growing(locator, self._path.titles, parent, parts=[(line, position)])
        if parent:
            parent.leads = True
        self.entries.append(growing)
        return growing

    def _titles_its_paragraph(self, value: int) -> bool:
        """Tell whether a number that could be the next paragraph is a heading above that very paragraph."""
        block = block_at(self.lines, self._at)
        if _NOT_A_TITLE.search(text_of(block)):
            return False
        following = next((number for _, number in numbers_from(self.lines, self._at + len(block))), None)
        return following == value and self._path.choose(numberings(block[0].text)) is not None

    def _follows_lost_paragraphs(self, line: Line, value: int) -> bool:
        """Tell whether a number that is too high is a paragraph all the same, because the ones before it were lost."""
        if not line.opens or not 0 < value - self._next_paragraph <= _LOST_PARAGRAPHS:
            return False
        if self._current is not None and not is_finished(self._current.ending):
            return False
        return all(number != self._next_paragraph for _, number in numbers_from(self.lines, self._at + 1))

    def _open_list(self) -> None:
        """Find out how far an announced list goes: to the end of its sequence, but not over the next paragraph."""
        run: list[int] = []
        after: int | None = None
        for index, value in numbers_from(self.lines, self._at):
            if value == len(run) + 1:
                run.append(index)
            else:
                after = value
                break
        if len(run) >= self._next_paragraph and after != self._next_paragraph and not self._declaration:
            del run[self._next_paragraph - 1 :]
        self._listed = set(run)
        self._announcer = self._current
        quotes_agenda = self._current is self._host and not self._container and not self._declaration
        if self._current and quotes_agenda and _AGENDA.search(self._current.text):
            within = self._current.locator.paragraph
            self._agenda = (self._unique(f"agenda-{within}"), within)

    def _take_list_item(self, line: Line, value: int, position: int) -> int:
        announcer = self._announcer
        if self._agenda:
            container, within = self._agenda
            self._host_new(Locator(container, str(value), within=within), line, position, announcer)
            return 1
        if announcer is None:
            return 0
        above = announcer.locator
        labels = (*above.subparagraph, str(value))
        self._current = self._grow(
            Locator(above.container, above.paragraph, labels, above.within), line, position, announcer
        )
        return 1

    # Items with bracketed labels.

    def _take_labelled(self, line: Line) -> int:
        found = label_at_start(line.text)
        if found is None or self._host is None or self._current is None:
            return 0
        label, position = found
        following = label_after(self.lines, self._at)
        may_nest = has_stopped(self._current.ending) and (line.opens or is_second(following))
        path = self._lists.place(label, following, may_nest=may_nest)
        if path is None:
            return 0
        parent = self._labelled.get(path[:-1], self._host)
        above = self._host.locator
        locator = Locator(above.container, above.paragraph, path, above.within)
        self._current = self._labelled[path] = self._grow(locator, line, position, parent)
        return 1

    # A declaration quoted in a paragraph.

    def _take_operative(self, line: Line, value: int, position: int) -> bool:
        declaration, current = self._declaration, self._current
        if declaration is None or current is None or value != declaration.operative + 1:
            return False
        if value == self._next_paragraph and is_finished(current.ending) and declaration.operative:
            return False
        declaration.operative = value
        self._take_declared(declaration, current, str(value), line, position)
        return True

    def _take_clause(self, line: Line) -> int:
        """Read the first line of a preambular clause, or of the opening words; it stands alone and has no number."""
        self._declaration = self._declaration or self._announced_declaration(line)
        declaration, current = self._declaration, self._current
        if declaration is None or current is None or not declaration.goes_on(line, current.ending):
            return 0
        self._take_declared(declaration, current, declaration.next_preambular(line), line, 0)
        return 1

    def _take_declared(self, declaration: Declaration, before: Growing, clause: str, line: Line, position: int) -> None:
        """Grow a clause; the very first hangs from the paragraph that quotes the declaration."""
        parent = before if before.locator.container != declaration.container else None
        self._host_new(Locator(declaration.container, clause, within=declaration.within), line, position, parent)

    def _announced_declaration(self, line: Line) -> Declaration | None:
        current = self._current
        if current is None or current is not self._host or not line.follows_blank or self._container:
            return None
        if not current.ending.endswith(":") or not announces_declaration(current.text):
            return None
        return Declaration(self._unique("declaration"), current.locator.paragraph)

    def _unique(self, container: str) -> str:
        """Return a container's name, with a number when the document has had one of that name before."""
        count = self._containers[container] = self._containers.get(container, 0) + 1
        return container if count == 1 else f"{container}-{count}"

    # Headings.

    def _take_heading(self, line: Line) -> int:
        readings = numberings(line.text)
        if not readings:
            return self._take_marked_heading(line)
        block = block_at(self.lines, self._at)
        title = text_of(block)
        numbering = self._path.choose(readings) or (readings[0] if line.hashed else None)
        if numbering is None or (_NOT_A_TITLE.search(title) and numbering.form is not Form.ANNEX):
            return 0
        if numbering.form is Form.ANNEX:
            return self._take_annex(numbering, title, len(block))
        self._leave()
        first, *glued = glued_titles(block)
        self._path.enter(numbering, first)
        for title in glued:
            self._path.enter_unsorted(title)
        return len(block)

    def _take_annex(self, numbering: Numbering, title: str, size: int) -> int:
        name = f"annex-{numbering.mark}" if numbering.mark else "annex"
        self._leave()
        self._container = self._unique(name)
        self._next_paragraph = 1
        self._path.enter(numbering, title)
        after = self._at + size
        if after < len(self.lines) and not numberings(self.lines[after].text):
            block = block_at(self.lines, after)
            self._path.enter_plain(text_of(block))
            size += len(block)
        return size

    def _take_marked_heading(self, line: Line) -> int:
        if not line.hashed:
            return 0
        block = block_at(self.lines, self._at)
        self._leave()
        self._path.enter_plain(text_of(block))
        return len(block)

    def _take_plain_heading(self) -> int:
        """Read an unnumbered heading: a short block of its own, after a finished text, above a number or a heading."""
        block, current = block_at(self.lines, self._at), self._current
        after = self._at + len(block)
        if self._declaration or not stands_like_a_title(self.lines, self._at, after):
            return 0
        if current is not None and (
            not is_finished(current.ending) or (current is self._host and current.lists_without_labels)
        ):
            return 0
        number = leading_number(self.lines[after])
        above_paragraph = number is not None and number[0] == self._next_paragraph
        if not above_paragraph and not self._path.choose(numberings(self.lines[after].text)):
            return 0
        self._leave()
        self._path.enter_plain(text_of(block))
        return len(block)

    def _leave(self) -> None:
        self._current = self._host = None
        self._declaration = self._agenda = None
        self._listed = set()
        self._lists = OpenLists()
        self._labelled = {}
