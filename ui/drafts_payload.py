"""What the list of drafts shows: a row a draft, as plain data without a screen. Text is passed as text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from drafting.states import DraftSummary
from ui.clock import when

ACTIVE, ARCHIVED, DELETED = "Active", "Archived", "Deleted"
SHELVES = (ACTIVE, ARCHIVED, DELETED)
_ACTIONS = {
    ACTIVE: ("rename", "duplicate", "versions", "archive", "delete"),
    ARCHIVED: ("unarchive", "duplicate", "versions", "delete"),
    DELETED: ("restore", "purge"),
}
_EMPTY = {
    ACTIVE: "There is no draft yet. Start one with “New draft”, or type a clause on the drafting desk.",
    ARCHIVED: "No draft is archived. Archiving takes a draft off the list of active ones; it can be edited as before.",
    DELETED: "No draft is deleted. What is deleted stays here, with all its versions, until you remove it for good.",
}


def list_payload(
    summaries: Iterable[DraftSummary], shelf: str, timezone: str, now: datetime | None = None
) -> dict[str, Any]:
    """Return what the list component shows.

    Args:
        summaries: The drafts, in the order of the list.
        shelf: One of `SHELVES`, which decides what can be done with each.
        timezone: Name of the visitor's zone.
        now: The present; the clock's when left out.
    """
    rows = [
        {
            "id": summary.id,
            "title": summary.title,
            # A deleted draft cannot be worked on, so its title leads nowhere.
            "href": "" if shelf == DELETED else f"./?draft={quote(summary.id, safe='')}",
            "congress": summary.congress,
            "clauses": summary.clauses,
            "when": when(summary.saved_at, timezone, now),
            "at": summary.saved_at,
            "by": summary.author,
            "change": summary.change,
            "actions": list(_ACTIONS[shelf]),
        }
        for summary in summaries
    ]
    return {"shelf": shelf, "rows": rows, "empty": "" if rows else _EMPTY[shelf]}
