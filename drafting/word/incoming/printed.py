"""The draft as it was printed, wording by wording, and back from edited print to what is stored.

What the layout adds (closing marks, labels, the words of references) is never stored; so a line that still says what
was printed keeps its stored form, and an edited one is taken back by undoing what the layout had done to the line that
it was. This module knows one line at a time; which line was which, `drafting.word.incoming.comparing` says.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.layout import lay_out
from drafting.lines import labelled, level_of, outline
from drafting.model import Citation, Clause, ClauseKind
from drafting.numbering import Numbering
from drafting.punctuation import COMMA, FULL_STOP, SEMICOLON, close, joins_the_next
from drafting.references import Target, reference_text
from drafting.word.incoming.wordings import FileLine, Wording, unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from drafting.model import Draft
    from drafting.page import Page
    from drafting.word.incoming.paragraphs import Piece

_MARKS = (COMMA, SEMICOLON, FULL_STOP, ":")
_CLAUSE = re.compile(r"_c_([A-Za-z0-9]+)")
_SUBPARAGRAPH = re.compile(r"_s_([A-Za-z0-9]+)((?:_[a-z]+){1,2})")
_DIRECTION = re.compile(r" (?:above|below)\b")
_BEFORE_REFERENCE = "paragraph "
_WITHIN_REFERENCE = "subparagraph "
_SPACES = re.compile(r"[ \t\r\n]+")  # a space that may not break is a sign of its own


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as it was printed: its level, the print, and what is stored of it (without its label)."""

    level: int
    text: str
    stored: str


class PrintedDraft:
    """A draft laid out once.

    Attributes:
        draft: The draft.
        page: Its page, with alternatives.
        places: What a drafter calls each clause, such as ``operative clause 3``.
        cited: Each citation by the note that it is printed as.
        notes: The notes of each clause and alternative, in order.
    """

    def __init__(self, draft: Draft) -> None:
        """Lay the draft out, with alternatives.

        Args:
            draft: The revision that the file was made from.
        """
        self.draft = draft
        self.page: Page = lay_out(draft, negotiating=True)
        self._numbering = Numbering(draft)
        self._clauses = {clause.id: clause for clause in draft.clauses}
        self.places = _places(draft)
        self.cited = _citations_by_note(self.page, draft)
        self._lines: dict[str, tuple[PrintedLine, ...]] = {}
        self.notes: dict[str, tuple[str, ...]] = {}
        stored = {clause.id: clause.text for clause in draft.clauses}
        stored |= {other.id: other.text for clause in draft.clauses for other in clause.alternatives}
        self._headings = headings = {clause.id for clause in draft.clauses if clause.kind is ClauseKind.HEADING}
        headings |= {other.id for clause in draft.clauses if clause.id in headings for other in clause.alternatives}
        belonging = (each for each in self.page.paragraphs if each.clause_id)
        for identifier, held in groupby(belonging, key=lambda each: each.alternative_id or each.clause_id):
            paragraphs = list(held)
            lines = outline(stored[identifier])
            if identifier in headings:
                self._lines[identifier] = (PrintedLine(0, paragraphs[0].text, stored[identifier]),)
            else:
                self._lines[identifier] = tuple(
                    PrintedLine(level_of(line), paragraph.text, line.text)
                    for line, paragraph in zip(lines, paragraphs, strict=True)
                )
            self.notes[identifier] = tuple(
                " ".join(note.text.split()) for paragraph in paragraphs for note in paragraph.notes
            )

    def lines(self, identifier: str) -> tuple[PrintedLine, ...]:
        """Return the lines of a clause or an alternative as printed."""
        return self._lines[identifier]

    def text(self, identifier: str) -> str:
        """Return a clause or an alternative as printed, a line each."""
        return "\n".join(line.text for line in self._lines[identifier])

    def read(self, line: FileLine) -> str:
        """Return what a line of the file says, each cross-reference with the number that it was printed with."""
        pieces = line.paragraph.pieces
        if not any(piece.bookmark for piece in pieces):
            return line.text
        return _SPACES.sub(" ", "".join(self._number(piece) for piece in pieces)).strip()

    def says(self, wording: Wording, identifier: str) -> bool:
        """Tell whether a wording of the file still says what was printed, but for closing marks."""
        printed = self._lines[identifier]
        return len(printed) == len(wording.lines) and all(
            one.level == other.level and self._same(self.read(one), other.text, identifier)
            for one, other in zip(wording.lines, printed, strict=True)
        )

    def tail(self, wording: Wording, cut_from: str, clause_id: str) -> str:
        """Return the stored form of what was cut off a clause, closed as that is."""
        lines = self.stored(wording, "", clause_id).split("\n")
        return "\n".join((*lines[:-1], _opened(lines[-1], self._lines[cut_from][-1])))

    def stored(self, wording: Wording, identifier: str, clause_id: str) -> str:
        """Return a wording of the file in its stored form.

        Args:
            wording: The wording.
            identifier: The clause or alternative that it was; empty for a new one.
            clause_id: The clause it belongs to, from which "above" is seen.
        """
        old = self._lines.get(identifier, ())
        before = [_bare(line.text) for line in old]
        after = [_bare(self.read(line)) for line in wording.lines]
        was: list[PrintedLine | None] = [None] * len(after)
        for tag, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
            if tag == "equal" or end - start == new_end - new_start:
                was[new_start:new_end] = old[start:end]
        lines: list[tuple[int, str]] = []
        for at, (line, former) in enumerate(zip(wording.lines, was, strict=True)):
            if former is not None and _bare(former.text) == after[at]:
                lines.append((line.level, former.stored))
                continue
            level, bare = (line.level, line) if former else unnumbered(line, lead=at == 0)
            lines.append((level, self._unprinted(bare, former, clause_id)))
        if wording.kind is ClauseKind.HEADING or not any(level for level, _ in lines):
            return "\n".join(text for _, text in lines)
        try:
            return labelled(lines)
        except DraftError:  # more subparagraphs than labels: they stay lines of their own
            return "\n".join(text for _, text in lines)

    def was(self, wording: Wording, identifier: str) -> bool:
        """Tell whether a wording would say what was printed if its tracked changes were rejected."""
        return wording.former == "".join(self.text(identifier).split())

    def _same(self, now: str, printed: str, identifier: str) -> bool:
        """Tell whether two lines say the same; a heading has no closing mark by its place, so its own counts."""
        if identifier in self._headings:
            return _SPACES.sub(" ", now).strip() == _SPACES.sub(" ", printed).strip()
        return _bare(now) == _bare(printed)

    def _unprinted(self, line: FileLine, former: PrintedLine | None, clause_id: str) -> str:
        text = _SPACES.sub(" ", self._with_references(line.paragraph.pieces, clause_id)).strip()
        text = self._numbering.stored(former.stored if former else "", text, clause_id)
        return _opened(text, former)

    def _number(self, piece: Piece) -> str:
        """Return the number that a cross-reference was printed with, whatever Word has made of it since."""
        clause = _CLAUSE.fullmatch(piece.bookmark)
        if clause and clause.group(1) in self._clauses:
            return self._numbering.shown(reference_text(Target(clause.group(1)), number_only=True), "")
        part = _SUBPARAGRAPH.fullmatch(piece.bookmark)
        return f"({part.group(2).rpartition('_')[2]})" if part else piece.text

    def _with_references(self, pieces: Sequence[Piece], clause_id: str) -> str:
        """Return the text of a line with its cross-references in their stored form."""
        made = ""
        left = list(pieces)
        while left:
            piece = left.pop(0)
            target = self._target(piece)
            if target is None:
                made += self._number(piece) if piece.bookmark else piece.text
                continue
            if target.path:  # a label without its number is one only inside its own clause
                if target.clause_id == clause_id and made.endswith(_WITHIN_REFERENCE):
                    made = made.removesuffix(_WITHIN_REFERENCE) + reference_text(target)
                else:
                    made += self._number(piece)
                continue
            while len(left) > 1 and left[0].text == " " and self._goes_on(target, left[1]):
                target = self._target(left[1]) or target
                del left[:2]
            direction = _DIRECTION.match(left[0].text) if left and not left[0].bookmark else None
            if direction and made.endswith(_BEFORE_REFERENCE) and not made.endswith(_WITHIN_REFERENCE):
                made = made.removesuffix(_BEFORE_REFERENCE) + reference_text(target)
                left[0] = type(left[0])(left[0].text[direction.end() :])
            else:
                made += reference_text(target, number_only=True)
        return made

    def _target(self, piece: Piece) -> Target | None:
        clause = _CLAUSE.fullmatch(piece.bookmark)
        if clause:
            found = self._clauses.get(clause.group(1))
            is_numbered = found is not None and found.kind is ClauseKind.OPERATIVE
            return Target(clause.group(1)) if is_numbered else None
        part = _SUBPARAGRAPH.fullmatch(piece.bookmark)
        return Target(part.group(1), tuple(part.group(2)[1:].split("_"))) if part else None

    def _goes_on(self, target: Target, piece: Piece) -> bool:
        further = self._target(piece)
        return further is not None and further.clause_id == target.clause_id and further.path[:-1] == target.path

    def clause(self, clause_id: str) -> Clause:
        """Return a clause of the draft."""
        return self._clauses[clause_id]


def _bare(text: str) -> tuple[str, bool]:
    """Return a line without the mark that closes it by its place, and whether it joins the next ("; and")."""
    plain = _SPACES.sub(" ", text).strip()
    return close(plain, FULL_STOP), joins_the_next(plain)


def _opened(text: str, former: PrintedLine | None) -> str:
    """Return an edited line closed as its stored form was, where the print had closed it otherwise."""
    if former is None or not text.endswith(_MARKS):
        return text
    printed, stored = former.text, former.stored
    if printed.endswith(text[-1]) and not stored.rstrip().endswith(text[-1]):
        ending = stored.rstrip()[-1:]
        return text[:-1].rstrip() + (ending if ending in _MARKS else "")
    return text


def _places(draft: Draft) -> dict[str, str]:
    """Return what a drafter calls each clause; `drafting.operations.designation` counts anew for each."""
    counts: Counter[ClauseKind] = Counter()
    places = {}
    for clause in draft.clauses:
        counts[clause.kind] += 1
        name = "heading" if clause.kind is ClauseKind.HEADING else f"{clause.kind.value} clause"
        places[clause.id] = f"{name} {counts[clause.kind]}"
    return places


def _citations_by_note(page: Page, draft: Draft) -> dict[str, Citation]:
    """Return the citations of a draft by the notes that they are printed as."""
    cited: dict[str, Citation] = {}
    citations = {each.passage_id: each for clause in draft.clauses for each in clause.citations}
    alternatives = (other for clause in draft.clauses for other in clause.alternatives)
    citations |= {each.passage_id: each for other in alternatives for each in other.citations}
    for note in page.notes:
        if note.passage_id in citations:
            cited.setdefault(" ".join(note.text.split()), citations[note.passage_id])
    return cited
