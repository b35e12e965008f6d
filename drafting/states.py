"""What the store tells about drafts and their revisions, for lists, screens and scripts.

All times are in UTC, ISO 8601.
"""

from __future__ import annotations

from dataclasses import dataclass

from drafting.model import Draft


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft as it stands, and where one can go from here.

    Attributes:
        draft: The current revision. Where `read_only`, its id is the read-only id, which no change is accepted with.
        can_undo: Whether there is a revision before it.
        can_redo: Whether a revision was made from it.
        saved_at: When the draft last changed (saved, undone or redone).
        author: Who changed it last; empty when unknown.
        change: What that change was, such as ``Moved operative clause 3`` or ``Undone: Moved operative clause 3``.
        read_id: Id for a link that shows the draft and cannot change it; not derivable from the draft's id, nor that
            from it.
        archived_at: When it was archived; empty when it is not.
        deleted_at: When it was deleted; empty when it is not.
        read_only: Whether it was looked up by its read-only id.
    """

    draft: Draft
    can_undo: bool
    can_redo: bool
    saved_at: str
    author: str = ""
    change: str = ""
    read_id: str = ""
    archived_at: str = ""
    deleted_at: str = ""
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A line in the list of drafts.

    Attributes:
        id: Id of the draft.
        title: Title of its current revision.
        clauses: Number of its clauses, headings included.
        saved_at: When it last changed.
        congress: Name of the congress in its masthead.
        revision: Number of its current revision.
        author: Who changed it last; empty when unknown.
        change: What that change was.
        archived_at: When it was archived; empty when it is not.
        deleted_at: When it was deleted; empty when it is not.
    """

    id: str
    title: str
    clauses: int
    saved_at: str
    congress: str = ""
    revision: int = 1
    author: str = ""
    change: str = ""
    archived_at: str = ""
    deleted_at: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """A line in the log of a draft.

    Attributes:
        number: Number of the revision, growing in the order of saving, from 1. A number is never used twice.
        parent: Revision that was changed; None for the first.
        summary: What the change was, in the words of whoever saved it.
        saved_at: When it was saved.
        author: Who saved it, as typed; empty when unknown.
        name: Name that somebody gave to this version; empty when it has none.
        clauses: Number of its clauses, headings included.
        on_branch: Whether undoing from the current revision leads here, or it is the current one.
        current: Whether it is the current one.
    """

    number: int
    parent: int | None
    summary: str
    saved_at: str
    author: str = ""
    name: str = ""
    clauses: int = 0
    on_branch: bool = True
    current: bool = False
