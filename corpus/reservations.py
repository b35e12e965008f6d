"""What must be said beside a passage that is given as support: who said it, and that nobody agreed on it.

A recommendation of a meeting and a remark of one speaker can use the same words; whoever counts on a passage must be
told which it is. The rules read standing and voice only; they don't judge what the words say.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus.model import Passage, Source, Standing
from corpus.voices import MEETING, UNATTRIBUTED

SUMMARY = "summary of a discussion"
NOT_NEGOTIATED = "not negotiated"
NO_REGION = "no region’s words"
_AGREED = frozenset({Standing.ADOPTED, Standing.RECOMMENDED})


def reservations(passage: Passage, source: Source) -> tuple[str, ...]:
    """Return the reservations under which a passage supports anything, the gravest first.

    Empty for what a meeting adopted or recommended.

    Args:
        passage: The passage.
        source: Its source, which knows whether a region speaks in it.
    """
    spoken = () if source.region else (NO_REGION,)
    if passage.standing in _AGREED:
        return spoken
    if passage.standing is Standing.PROPOSAL:
        return (*spoken, _proposal(passage))
    speaker = () if passage.voice in {MEETING, UNATTRIBUTED} or not source.region else (passage.voice,)
    if passage.standing is Standing.NOT_NEGOTIATED:
        return (*spoken, *speaker, NOT_NEGOTIATED)
    if passage.standing is Standing.DISCUSSION:
        return (*spoken, *speaker, SUMMARY)
    return spoken


def shared_reservations(passages: Iterable[Passage], source: Source) -> tuple[str, ...]:
    """Return the reservations that all of a report's passages have: what it must be said to support with.

    Empty when one of them goes without, and when there are no passages.
    """
    named = [reservations(passage, source) for passage in passages]
    return tuple(word for word in (named[0] if named else ()) if all(word in others for others in named))


def _proposal(passage: Passage) -> str:
    """Return whose proposal a passage is, as its heading tells."""
    host = any("host country" in title.casefold() for title in passage.heading)
    if passage.voice in {MEETING, UNATTRIBUTED}:
        return "proposal of the host country" if host else "proposal"
    return f"proposal of the host country, {passage.voice}" if host else f"proposal of {passage.voice}"
