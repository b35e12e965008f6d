"""When something was saved, in the words of the visitor's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def local(moment: str, timezone: str) -> datetime:
    """Return a stored moment on the visitor's clock.

    Args:
        moment: A time with its offset, ISO 8601.
        timezone: Name of the visitor's zone; one that is not known counts as UTC.
    """
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return datetime.fromisoformat(moment).astimezone(zone)


def day_of(moment: str, timezone: str, now: datetime | None = None) -> str:
    """Return the day of a stored moment, such as ``Today``, ``Yesterday``, ``3 March`` or ``3 March 2031``.

    Args:
        moment: A time with its offset, ISO 8601.
        timezone: Name of the visitor's zone.
        now: The present; the clock's when left out.
    """
    at = local(moment, timezone)
    today = (now or datetime.now(UTC)).astimezone(at.tzinfo).date()
    if at.date() == today:
        return "Today"
    if at.date() == today - timedelta(days=1):
        return "Yesterday"
    year = f" {at.year}" if at.year != today.year else ""
    return f"{at.day} {at:%B}{year}"


def time_of(moment: str, timezone: str) -> str:
    """Return the time of day of a stored moment, such as ``14:05``."""
    return f"{local(moment, timezone):%H:%M}"


def when(moment: str, timezone: str, now: datetime | None = None) -> str:
    """Return day and time of a stored moment, such as ``Today 14:05``; the arguments are those of `day_of`."""
    return f"{day_of(moment, timezone, now)} {time_of(moment, timezone)}"
