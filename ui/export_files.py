"""What leaves the desk: what can be chosen of a file, what the file is called, and its bytes. No screen.

Everything that can go wrong is read before a file is made: making one needs nothing but the drafts at hand, since it
happens when the button is pressed, outside any session, where nobody could be told of a problem.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from drafting.layout import lay_out
from drafting.model import Draft
from drafting.states import Revision
from drafting.word import Copy, PageSize, Since
from ui.clock import when

_LONGEST_TITLE = 80
_MOST_PLACES = 3  # that are named one by one


class Form(StrEnum):
    """What kind of file; the value is what the menu calls it."""

    WORD = "Word"
    MARKDOWN = "Markdown"
    TEXT = "Plain text"
    CSV = "Sources (CSV)"


class Kind(StrEnum):
    """Which copy of the draft; the value is what the menu calls it."""

    CIRCULATION = "For circulation"
    ANNOTATED = "Annotated"
    NEGOTIATING = "Negotiating text"
    ANNOTATED_NEGOTIATING = "Negotiating text, annotated"

    @property
    def negotiating(self) -> bool:
        """Whether it has the alternatives, who proposed what, and what is agreed."""
        return self in {Kind.NEGOTIATING, Kind.ANNOTATED_NEGOTIATING}

    @property
    def annotated(self) -> bool:
        """Whether it has a comment for each paragraph."""
        return self in {Kind.ANNOTATED, Kind.ANNOTATED_NEGOTIATING}

    @property
    def unannotated(self) -> Kind:
        """The same text without comments, for a file that can hold none."""
        return Kind.NEGOTIATING if self.negotiating else Kind.CIRCULATION


ENDINGS = {Form.WORD: ".docx", Form.MARKDOWN: ".md", Form.TEXT: ".txt", Form.CSV: ".csv"}
MEDIA_TYPES = {
    Form.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.MARKDOWN: "text/markdown",
    Form.TEXT: "text/plain",
    Form.CSV: "text/csv",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen of a file.

    Attributes:
        form: What kind of file.
        kind: Which copy; one with comments only in Word.
        annex: Whether the sources stand at the end; a file that is nothing but the sources has no such choice.
        paper: Paper, in Word.
        since: Version since which changes are tracked, in Word; 0 for none.
    """

    form: Form = Form.WORD
    kind: Kind = Kind.CIRCULATION
    annex: bool = True
    paper: PageSize = PageSize.A4
    since: int = 0


def made(draft: Draft, choices: Choices, since: Since | None, link_base: str) -> bytes:
    """Return the file.

    Args:
        draft: The draft.
        choices: What was chosen.
        since: The version that `choices` names, since which changes are tracked; else None.
        link_base: Address that a document symbol is appended to; empty for no links.
    """
    negotiating, annex = choices.kind.negotiating, choices.annex
    match choices.form:
        case Form.WORD:
            from drafting.word import docx_bytes

            copy = Copy(choices.kind.annotated, negotiating, annex, choices.paper, since)
            return docx_bytes(draft, copy=copy, link_base=link_base, when=datetime.now(UTC))[0]
        case Form.MARKDOWN:
            from drafting.markdown import markdown

            return markdown(draft, negotiating=negotiating, annex=annex, link_base=link_base).encode()
        case Form.TEXT:
            from drafting.plain_text import plain_text

            return plain_text(draft, negotiating=negotiating, annex=annex).encode()
        case Form.CSV:
            from drafting.sources_csv import sources_csv

            return sources_csv(draft, negotiating=negotiating, link_base=link_base)


def file_name(draft: Draft, choices: Choices) -> str:
    """Return a name that every system takes and that says which version of what it holds, in which kind of copy."""
    words = "".join(character if character.isalnum() else " " for character in draft.title).split()
    parts = ["-".join(words)[:_LONGEST_TITLE].strip("-") or "draft"]
    if draft.revision:
        parts.append(f"v{draft.revision}")
    if choices.form is Form.CSV:
        parts.append("sources")
    if choices.kind.negotiating:
        parts.append("negotiating-text")
    if choices.form is Form.WORD:
        parts += ["annotated"] * choices.kind.annotated
        parts += [f"changes-since-v{choices.since}"] * bool(choices.since)
    return "-".join(parts) + ENDINGS[choices.form]


def left_out(draft: Draft, choices: Choices) -> tuple[str, ...]:
    """Return what the draft holds and the file will not, a few sentences."""
    negotiating = choices.kind.negotiating
    plain = draft if negotiating else replace(draft, clauses=tuple(replace(c, alternatives=()) for c in draft.clauses))
    dropped = lay_out(plain, negotiating=negotiating).dropped
    if len(dropped) > _MOST_PLACES:
        more = len(dropped) - _MOST_PLACES
        dropped = (*dropped[:_MOST_PLACES], f"Something was left out in {more} more place{'s' * (more > 1)}.")
    disputed = sum(bool(clause.alternatives) for clause in draft.clauses)
    if negotiating or not disputed:
        return dropped
    who = f"{disputed} clauses have" if disputed > 1 else "1 clause has"
    return (f"{who} alternatives, which only the negotiating text holds.", *dropped)


def earlier_versions(
    log: Iterable[Revision], current: int, timezone: str, now: datetime | None = None
) -> dict[int, str]:
    """Return the versions that changes can be shown since, with what the menu calls each; named ones first.

    Args:
        log: The revisions of the draft, in any order.
        current: The version that is exported.
        timezone: Name of the visitor's zone.
        now: The present; the clock's when left out.
    """
    others = [each for each in log if each.number != current]
    others.sort(key=lambda each: (not each.name, -each.number))
    return {each.number: _called(each, timezone, now) for each in others}


def _called(revision: Revision, timezone: str, now: datetime | None) -> str:
    which = f"Since “{revision.name}”, version" if revision.name else "Since version"
    change = "" if revision.name else revision.summary
    undone = "" if revision.on_branch else "undone"
    said = (f"{which} {revision.number}", when(revision.saved_at, timezone, now), change, undone)
    return " · ".join(filter(None, said))
