"""A draft made of a Word file that Rapporteur did not write: each paragraph a clause, the closest sources offered.

What a paragraph is, its style and its words say: a heading by its style, or because it is short and in capitals; a
paragraph of the preamble by the participle that opens it, until the first paragraph that is numbered or says "We …";
a subparagraph by its label or its level in a list. Nothing is cited by itself: a source that is close is offered, and
whether a clause rests on it is for the drafter to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import DraftError, SourceError
from drafting.lines import labelled
from drafting.model import Clause, ClauseKind, Draft
from drafting.openers import preambular_opener

if TYPE_CHECKING:
    from drafting.word.incoming.paragraphs import FileParagraph
    from drafting.word.incoming.reading import WordFile

_Source = TypeVar("_Source")

_NUMBER = re.compile(r"(?:\d{1,3}|OP\s?\d{1,3}|PP\s?\d{1,3})(?:\s?bis)?[.)]\s+")
_LABEL = re.compile(r"\((?P<label>[a-z]|[ivx]{2,5})\)\s+|(?P<other>[a-z])\)\s+|[•–▪]\s+")
_HEADING = re.compile(r"heading[1-9]?|subtitle")
_LEFT_OUT = re.compile(
    r"(header|footer|footnotetext|toc\d*|caption|unbanner|unmasthead|unmastheadend|undisclaimer|untable|unend)"
)
_SENTENCE = re.compile(r"[.;:,]$")
_SHORT = 90
_CHAPEAU = re.compile(r"^(We|The)\b.{0,160},$")
_ENACTING = re.compile(r"^(?:(?:do )?(?:solemnly )?(?:declare|adopt|agree)\b.{0,80}:)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForeignDraft:
    """What was made of a file.

    Attributes:
        draft: The draft; its clauses cite nothing.
        left_out: What the file holds and the draft does not, a sentence each.
    """

    draft: Draft
    left_out: tuple[str, ...]

    def closest(self, search: Callable[[str], Iterable[_Source]]) -> dict[str, tuple[_Source, ...]]:
        """Return the closest sources of each clause that is no heading, by its id.

        Args:
            search: Gives what is closest to a text, the closest first; called once a clause.
        """
        return {
            clause.id: tuple(search(clause.text))
            for clause in self.draft.clauses
            if clause.kind is not ClauseKind.HEADING
        }


@dataclass(slots=True)
class _Growing:
    """A clause that is being put together: levels and texts of its lines."""

    kind: ClauseKind
    lines: list[tuple[int, str]]


def new_draft_from(file: WordFile, draft_id: str, title: str = "") -> ForeignDraft:
    """Return a draft made of a file.

    Args:
        file: The file.
        draft_id: Id of the draft.
        title: Title for a file that has none, such as its name.

    Raises:
        SourceError: The file has no paragraph that could be a clause.
    """
    paragraphs = [each for each in file.paragraphs if not each.gone and each.text]
    paragraphs = [each for each in paragraphs if not _LEFT_OUT.fullmatch(each.style)]
    titles = [each for each in paragraphs if each.style == "title"]
    draft = Draft(draft_id, title=" ".join(each.text for each in titles) or title or "Draft declaration")
    growing: list[_Growing] = []
    masthead = draft.masthead
    operative = False
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.style == "title":
            continue
        if not growing and (paragraph.style == "unchapeau" or (_CHAPEAU.match(text) and not preambular_opener(text))):
            masthead = replace(masthead, chapeau=text)
        elif paragraph.style == "unaside":  # under the heading of the program's own table of sources
            growing = growing[:-1] if growing and growing[-1].kind is ClauseKind.HEADING else growing
        elif paragraph.style == "unenactingline" or _ENACTING.match(text):
            masthead = replace(masthead, enacting_line=text)
            operative = True
        else:
            operative = _take(growing, paragraph, operative=operative)
    if not growing:
        raise SourceError("The Word file has no paragraph that could be a clause.", "Import a file with text in it.")
    clauses = tuple(
        Clause(f"w{file.digest}{at}", each.kind, _text(each.lines)) for at, each in enumerate(growing, start=1)
    )
    ordered = tuple(sorted(clauses, key=lambda clause: clause.kind is not ClauseKind.PREAMBULAR))
    draft = replace(draft, masthead=masthead, clauses=ordered)
    return ForeignDraft(draft, tuple(_left_out(file)))


def _take(growing: list[_Growing], paragraph: FileParagraph, *, operative: bool) -> bool:
    """Add a paragraph as a clause or as a line of the one above; return whether the operative part has begun."""
    text = paragraph.text
    number, label = _NUMBER.match(text), _LABEL.match(text)
    level = _level(paragraph, label)
    above = growing[-1] if growing else None
    if level and above is not None and above.kind is not ClauseKind.HEADING:
        above.lines.append((level, text[label.end() :] if label else text))
        return operative
    if number:
        text = text[number.end() :]
    if _is_heading(paragraph):
        growing.append(_Growing(ClauseKind.HEADING, [(0, text)]))
        return operative
    numbered = (number is not None and not number.group().startswith("PP")) or paragraph.style == "unoperative"
    preambular = not operative and not numbered and bool(preambular_opener(text))
    growing.append(_Growing(ClauseKind.PREAMBULAR if preambular else ClauseKind.OPERATIVE, [(0, text)]))
    return operative or not preambular


def _level(paragraph: FileParagraph, label: re.Match[str] | None) -> int:
    """Return the level at which a paragraph stands in a clause; 0 for a clause of its own."""
    if paragraph.style == "unsubsubparagraph" or (paragraph.level or 0) > 1:
        return 2
    if paragraph.style == "unsubparagraph" or paragraph.level == 1:
        return 1
    if label is None:
        return 0
    return 2 if len(label.group("label") or "") > 1 or label.group("label") == "i" else 1


def _is_heading(paragraph: FileParagraph) -> bool:
    if _HEADING.fullmatch(paragraph.style):
        return True
    text = paragraph.text
    return len(text) <= _SHORT and text.isupper() and not _SENTENCE.search(text)


def _text(lines: list[tuple[int, str]]) -> str:
    if not any(level for level, _ in lines):
        return "\n".join(text for _, text in lines)
    try:
        return labelled(lines)
    except DraftError:  # more subparagraphs than there are labels: they stay lines of their own
        return "\n".join(text for _, text in lines)


def _left_out(file: WordFile) -> Iterable[str]:
    if file.tables:
        yield f"{file.tables} table{'s' * (file.tables != 1)} left out, for a clause holds no table."
    notes = sum(len(each.notes) for each in file.paragraphs)
    if notes:
        yield f"{notes} note{'s' * (notes != 1)} left out, for no passage is known for them."
    comments = sum(len(each.comments) for each in file.paragraphs)
    if comments:
        yield f"{comments} comment{'s' * (comments != 1)} left out."
