"""Groups the paragraphs of a file into wordings: a clause or an alternative with its subparagraphs, or a line around.

What a paragraph is, its style says, and where it was indented by itself, its level in the list. A paragraph in any
other style is a clause. This module compares nothing; it knows the printed draft only as far as lines around the
clauses are known by their words when they lost their style.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drafting.lines import ParagraphKind
from drafting.model import ClauseKind
from drafting.word.styles import PARAGRAPH_STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from drafting.word.incoming.paragraphs import Comment, FileParagraph

CLAUSE_NAME = re.compile(r"_c_([A-Za-z0-9]+)")
ALTERNATIVE_NAME = re.compile(r"_a_([A-Za-z0-9]+)")
TITLE, AGENDA_ITEM, MASTHEAD, BANNER, CHAPEAU, ENACTING_LINE = (
    "title", "unagendaitem", "unmasthead", "unbanner", "unchapeau", "unenactingline",
)  # fmt: skip
ALTERNATIVE = "unalternative"
_AROUND = (TITLE, AGENDA_ITEM, MASTHEAD, BANNER, CHAPEAU, ENACTING_LINE, "unmastheadend", "undisclaimer")
_OURS_ONLY = re.compile(r"un(table|aside|end)|footnotetext|footer|header|caption|toc\d*")
_ASIDE = "unaside"
_HEADING = re.compile(r"heading[1-9]?|subtitle")
_LEADS = {
    PARAGRAPH_STYLES[ParagraphKind.PREAMBULAR].lower(): ClauseKind.PREAMBULAR,
    PARAGRAPH_STYLES[ParagraphKind.OPERATIVE].lower(): ClauseKind.OPERATIVE,
}
_FOLLOWERS = {"unsubparagraph": 1, "unsubsubparagraph": 2, "uncontinuation": 0}
_TYPED_NUMBER = re.compile(r"\d{1,3}(?:\.\s+|\)\s+)")
_TYPED_LABEL = re.compile(r"\(([a-z]|[ivx]{2,5})\)\s+")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of a wording: its level as in `drafting.lines`, and the paragraph it is."""

    level: int
    paragraph: FileParagraph

    @property
    def text(self) -> str:
        """What it says."""
        return self.paragraph.text


@dataclass(frozen=True, slots=True)
class Wording:
    """A clause or an alternative as the file has it.

    Attributes:
        clause_ids: The clauses it is by its bookmarks, that with words in this place first; empty when new.
        goes_on: Whether the bookmark of its clause ends in a later paragraph: it was split, or typed before.
        kind: What its style says it is; None when its style says nothing.
        lines: Its lines, the lead first.
        gone: The lines that tracked changes take away.
        alternative: Whether it is an alternative to the clause above.
        alternative_id: Which one, by its bookmark; empty when new.
    """

    clause_ids: tuple[str, ...]
    goes_on: bool
    kind: ClauseKind | None
    lines: tuple[FileLine, ...]
    gone: tuple[FileParagraph, ...] = ()
    alternative: bool = False
    alternative_id: str = ""

    @property
    def text(self) -> str:
        """Its words, a line each."""
        return "\n".join(line.text for line in self.lines)

    @property
    def notes(self) -> tuple[str, ...]:
        """The text of its footnotes."""
        return tuple(note for line in self.lines for note in line.paragraph.notes)

    @property
    def authors(self) -> tuple[str, ...]:
        """Who tracked a change in it, each once."""
        paragraphs = (*(line.paragraph for line in self.lines), *self.gone)
        return tuple(dict.fromkeys(author for paragraph in paragraphs for author in paragraph.authors))

    @property
    def former(self) -> str:
        """All its words as they would be with the tracked changes rejected, and nothing between them."""
        paragraphs = sorted((*(line.paragraph for line in self.lines), *self.gone), key=lambda each: each.place)
        return "".join("".join(each.former.split()) for each in paragraphs)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """The comments on it."""
        return tuple(comment for line in self.lines for comment in line.paragraph.comments)


@dataclass(frozen=True, slots=True)
class Wordings:
    """A file in wordings.

    Attributes:
        wordings: Clauses and alternatives, in order.
        around: The paragraphs around them by their style, such as the title.
        gone: The paragraphs that tracked changes take away with their bookmarks.
    """

    wordings: tuple[Wording, ...]
    around: Mapping[str, tuple[FileParagraph, ...]]
    gone: tuple[FileParagraph, ...]


def wordings_of(paragraphs: Iterable[FileParagraph], known: Mapping[str, str]) -> Wordings:
    """Return the paragraphs of a file in wordings.

    Args:
        paragraphs: The paragraphs.
        known: Style of a line around the clauses by its words as printed, for those that lost their style.
    """
    made: list[Wording] = []
    around: dict[str, list[FileParagraph]] = {}
    gone: list[FileParagraph] = []
    carried: tuple[str, ...] = ()  # bookmarks of an empty paragraph that go on into the next
    for paragraph in paragraphs:
        if paragraph.gone:
            if made and not paragraph.bookmarks:
                made[-1] = replace(made[-1], gone=(*made[-1].gone, paragraph))
            else:
                gone.append(paragraph)
            continue
        clause_ids = (*carried, *_clause_ids(paragraph))
        alternative_id = next(iter(_named(paragraph, ALTERNATIVE_NAME)), "")
        place = paragraph.style if paragraph.style in _AROUND else ""
        if not place and not clause_ids and not alternative_id:
            place = known.get(paragraph.text, "")
        carried = ()
        if place and not clause_ids:
            around.setdefault(place, []).append(paragraph)
        elif not paragraph.text and not alternative_id and any(each.goes_on for each in paragraph.bookmarks):
            carried = clause_ids
        elif paragraph.style == _ASIDE and made and made[-1].kind is ClauseKind.HEADING and not made[-1].clause_ids:
            made.pop()  # the heading of a table of sources, which is the program's own like the words under it
        elif (paragraph.text or clause_ids or alternative_id) and not _OURS_ONLY.fullmatch(paragraph.style):
            _take(made, paragraph, clause_ids, alternative_id)
    return Wordings(tuple(made), {place: tuple(held) for place, held in around.items()}, tuple(gone))


def unnumbered(line: FileLine, *, lead: bool) -> tuple[int, FileLine]:
    """Return the level of a line and the line without a number or label that was typed instead of counted.

    Args:
        line: A line that the draft does not have.
        lead: Whether it is the first of its wording; only then a number is one, and a label is none.
    """
    pattern = _TYPED_NUMBER if lead else _TYPED_LABEL
    first = line.paragraph.pieces[0] if line.paragraph.pieces else None
    found = pattern.match(first.text.lstrip()) if first and not first.bookmark else None
    if first is None or found is None:
        return line.level, line
    level = line.level
    if not lead and level == 0:
        level = 2 if len(found.group(1)) > 1 else 1
    shorter = replace(first, text=first.text.lstrip()[found.end() :])
    return level, replace(line, paragraph=replace(line.paragraph, pieces=(shorter, *line.paragraph.pieces[1:])))


def _take(made: list[Wording], paragraph: FileParagraph, clause_ids: tuple[str, ...], alternative_id: str) -> None:
    """Add a paragraph: as a line of the wording above, or as a new one."""
    level = _level(paragraph)
    if level is not None and made and not alternative_id:
        above = made[-1]
        line = FileLine(level, paragraph)
        made[-1] = replace(above, lines=(*above.lines, line), clause_ids=(*above.clause_ids, *clause_ids))
        return
    alternative = bool(alternative_id) or (paragraph.style == ALTERNATIVE and not clause_ids)
    kind = None if alternative else _kind(paragraph)
    made.append(
        Wording(
            clause_ids=() if alternative else clause_ids,
            goes_on=any(each.goes_on for each in paragraph.bookmarks),
            kind=kind,
            lines=(FileLine(0, paragraph),),
            alternative=alternative,
            alternative_id=alternative_id,
        )
    )


def _level(paragraph: FileParagraph) -> int | None:
    """Return the level of a line that follows a lead; None for a lead."""
    if paragraph.style in _FOLLOWERS:
        level = _FOLLOWERS[paragraph.style]
        if paragraph.level in (1, 2):
            return paragraph.level
        return None if level and paragraph.level == 0 else 0 if paragraph.level == -1 else level
    if paragraph.style in _LEADS and paragraph.level in (1, 2):
        return paragraph.level
    return None


def _kind(paragraph: FileParagraph) -> ClauseKind | None:
    """Return what the style of a lead says that it is."""
    return ClauseKind.HEADING if _HEADING.fullmatch(paragraph.style) else _LEADS.get(paragraph.style)


def _clause_ids(paragraph: FileParagraph) -> tuple[str, ...]:
    """Return the clauses that a paragraph is by its bookmarks; one that is empty beside another was deleted."""
    names = {each.name: each for each in paragraph.bookmarks if CLAUSE_NAME.fullmatch(each.name)}
    full = [name for name, each in names.items() if not each.empty]
    return tuple(name[3:] for name in (full or list(names)[:1]))


def _named(paragraph: FileParagraph, pattern: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(found.group(1) for each in paragraph.bookmarks if (found := pattern.fullmatch(each.name)) is not None)
