"""What somebody did to a draft in a Word file, one thing at a time, as a drafter is asked about it.

An edit says what was there, what is there now and who did it as far as the file tells. This module knows neither how
edits are found nor how they are carried out.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafting.model import Citation, ClauseKind


class EditKind(StrEnum):
    """What an editor did."""

    CHANGED = "changed"
    BRACKETS = "brackets"
    DELETED = "deleted"
    NEW = "new"
    SPLIT = "split"
    MERGED = "merged"
    MOVED = "moved"
    KIND = "kind changed"
    FIELD = "field changed"
    NOTE_REMOVED = "note removed"
    NOTE_ADDED = "note added"
    PROPOSER = "proposer changed"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Part:
    """A clause that an edit makes or takes up.

    Attributes:
        id: Its id in the draft, once the edit is approved.
        text: Its text in stored form.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that an editor did.

    Attributes:
        key: Names it in its proposal, such as ``changed c1``.
        kind: What was done.
        clause_id: The clause it was done to; for a new one the id it will have; empty for a field.
        before: What was there, in stored form; empty for something new.
        after: What is there now, in stored form; the text of a comment; the text of a note.
        place: What a drafter calls the place in the draft as it was exported, such as ``operative clause 3``.
        alternative_id: The alternative it was done to, or the id a new one will have; empty for the clause itself.
        field: Name of the field as in `drafting.masthead`; else empty.
        clause_kind: Kind of a new clause, or the kind that a clause is changed to.
        parts: Of a split the clauses that come after the first; of a merger the clauses taken up.
        citations: Passages that a new clause cites, or that lose their note.
        authors: Who did it, where changes were tracked or it is a comment.
        tracked: Whether it was tracked as a whole, so that rejecting it in Word would have left the draft as it was.
        words: The words that a comment is about.
        proposer: Who proposes it, as a note says; of a new alternative, or where the proposer is changed.
        conflict: What happened to the same place in the draft since it was exported, as a sentence; else empty.
        now: What the draft says at that place now, as a reader sees it; None without a conflict, or when it is gone.
        applies: Whether approving it changes the draft; a comment changes nothing.
    """

    key: str
    kind: EditKind
    clause_id: str
    before: str = ""
    after: str = ""
    place: str = ""
    alternative_id: str = ""
    field: str = ""
    clause_kind: ClauseKind | None = None
    parts: tuple[Part, ...] = ()
    citations: tuple[Citation, ...] = ()
    authors: tuple[str, ...] = ()
    tracked: bool = False
    words: str = ""
    proposer: str = ""
    conflict: str = ""
    now: str | None = None
    applies: bool = True
