"""Which regional reports back a clause, with the passages that do.

A claim of support is worse when it is wrong than a hit is, so it is not read off the ranking: a report is judged by its
best passages and by what the clause demands that they do not mention. A meeting whose report is not in the corpus is
named, never counted as silent. Knows the search; draws and prints nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.meetings import Meeting
from corpus.model import Source
from index.search import Hit, Searcher


class State(StrEnum):
    """What a report says to a clause."""

    BACKS = "backs"
    PARTLY = "partly"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReportSupport:
    """What one regional report says to a clause.

    Attributes:
        source: The report.
        state: Whether it backs the clause.
        chance: Estimated chance that it does, at least in part, 0 to 1.
        evidence: The passages that speak for it, best first; empty when the state is none.
        nearest: The passage nearest to the clause; not a claim. None when the report has no passage in scope.
    """

    source: Source
    state: State
    chance: float
    evidence: tuple[Hit, ...]
    nearest: Hit | None


@dataclass(frozen=True, slots=True)
class Support:
    """Who backed a clause.

    Attributes:
        clause: The clause as asked.
        reports: Every regional report of the corpus, in its order.
        without_report: Meetings of the same congresses whose report the corpus does not have: nothing is known of them.
    """

    clause: str
    reports: tuple[ReportSupport, ...]
    without_report: tuple[Meeting, ...]


def support(searcher: Searcher, clause: str) -> Support:
    """Return which regional reports back a clause.

    Raises:
        QueryError: The clause cannot be searched.
        EncoderError: There is no model, and words alone cannot tell.
    """
    raise NotImplementedError
