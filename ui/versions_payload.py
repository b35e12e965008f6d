"""What the timeline of a draft shows: a row a revision, the newest first, as plain data without a screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from drafting.states import Revision
from ui.clock import day_of, time_of


def timeline_payload(
    timeline: Sequence[Revision], pair: tuple[int, int], timezone: str, now: datetime | None = None
) -> dict[str, Any]:
    """Return what the timeline component shows.

    Args:
        timeline: The revisions, the newest first.
        pair: The two that are compared.
        timezone: Name of the visitor's zone.
        now: The present; the clock's when left out.
    """
    rows = [
        {
            "number": revision.number,
            "day": day_of(revision.saved_at, timezone, now),
            "time": time_of(revision.saved_at, timezone),
            "at": revision.saved_at,
            "by": revision.author,
            "change": revision.summary,
            "name": revision.name,
            "current": revision.current,
            # Undone, or on a branch that was left by undoing: it is no part of the draft as it stands.
            "left": not revision.on_branch,
        }
        for revision in timeline
    ]
    current = next((revision.number for revision in timeline if revision.current), 0)
    return {"rows": rows, "current": current, "before": pair[0], "after": pair[1]}


def chosen_pair(timeline: Sequence[Revision], before: str, after: str) -> tuple[int, int]:
    """Return which two revisions are compared, the earlier first.

    Args:
        timeline: The revisions, the newest first; there is at least one.
        before: A number from the address; when the draft has no such revision, the one that the other was made from.
        after: A number from the address; when the draft has no such revision, the current one.
    """
    numbers = {revision.number: revision for revision in timeline}
    current = next((revision for revision in timeline if revision.current), timeline[0])
    later = numbers.get(_number(after), current)
    earlier = _number(before)
    if earlier not in numbers:
        earlier = later.parent or later.number
    return min(earlier, later.number), max(earlier, later.number)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - digits of a count
