"""The answer to "who backed it" as it stands on the page: regions, congresses, and the passages behind each cell.

The screen, the CSV file and the Word file all print this layout, so they cannot disagree. What a cell may claim is
worked out here and nowhere else: a meeting without a report here is never one that said nothing, a count is one of
passages, and every claim names its reservations. Knows the answer of the search; no HTML, no Word, no file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.meetings import known_meetings
from corpus.model import Passage, Source, ordinal
from corpus.reservations import reservations
from index.search import Hit
from index.support import ReportSupport, State, Support

REMARK = "Counts are passages found, not votes."
RESERVATIONS = (
    "Beside a claim stands what keeps its passages from being a text that the meeting agreed on, "
    "such as “one speaker” or “not negotiated”, and how many of them it concerns."
)
_PAIR = 2
REGION_NOT_STATED = "Region not stated"


class CellState(StrEnum):
    """What can be said of a region and a congress, in the words that are shown."""

    BACKS = "Backs"
    PARTLY = "Partly"
    NOTHING_FOUND = "Nothing found"
    NO_REPORT = "No report"
    NO_MEETING = "No meeting known"
    NOT_KNOWN = "Not known"


MEANINGS = {
    CellState.BACKS: "The report has passages that say what the phrase says.",
    CellState.PARTLY: "Its passages say a part of the phrase, or say it less strongly.",
    CellState.NOTHING_FOUND: "The report is here, and no passage of it was found that backs the phrase.",
    CellState.NO_REPORT: "The region met, and its report is not in this corpus: nothing is known of what it said.",
    CellState.NO_MEETING: "No meeting of this region for this congress is on the list of meetings.",
    CellState.NOT_KNOWN: "Whether the region met for this congress is not known here.",
}
_OF_REPORT = {State.BACKS: CellState.BACKS, State.PARTLY: CellState.PARTLY, State.NONE: CellState.NOTHING_FOUND}
_STRONGEST = (State.BACKS, State.PARTLY, State.NONE)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage behind a cell.

    Attributes:
        hit: The passage as it was found.
        reservations: What keeps it from being what the region as a whole asked for; empty when nothing does.
        same: Where else its words stand, as a sentence; empty for nowhere.
    """

    hit: Hit
    reservations: tuple[str, ...]
    same: str

    @property
    def passage(self) -> Passage:
        """Return the passage."""
        return self.hit.passage

    @property
    def attribution(self) -> str:
        """Return with what standing and by whom it was said, such as ``standing: discussion · voice: one speaker``."""
        return f"standing: {self.passage.standing.value} · voice: {self.passage.voice}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known of a region and a congress.

    Attributes:
        region: The region.
        congress: Ordinal of the congress.
        state: What can be said.
        sources: Its reports here; empty for none.
        evidence: The passages that speak for the phrase, best first.
        nearest: The nearest passage of a report that has none; not a claim.
    """

    region: str
    congress: int
    state: CellState
    sources: tuple[Source, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    nearest: Evidence | None = None

    @property
    def title(self) -> str:
        """Return whose cell it is, such as ``Western Asia · Fourteenth Congress``."""
        return f"{self.region or REGION_NOT_STATED} · {ordinal(self.congress).capitalize()} Congress"

    @property
    def count(self) -> str:
        """Return how many passages were found, in words; empty where there is none to count."""
        if not self.evidence:
            return ""
        return "1 passage" if len(self.evidence) == 1 else f"{len(self.evidence)} passages"

    @property
    def reservation(self) -> str:
        """Return the reservations of its passages and how many they concern; empty when there are none.

        Such as ``one speaker`` for one passage, ``all 3: not negotiated``, or ``2 of 3: not negotiated, one speaker
        (1)``; the most frequent first.
        """
        total = len(self.evidence)
        reserved = sum(bool(passage.reservations) for passage in self.evidence)
        counted = Counter(reservation for passage in self.evidence for reservation in passage.reservations)
        if not reserved:
            return ""
        if total == 1:
            return ", ".join(counted)
        words = ", ".join(each if n == reserved else f"{each} ({n})" for each, n in counted.most_common())
        which = f"{reserved} of {total}" if reserved < total else "both" if total == _PAIR else f"all {total}"
        return f"{which}: {words}"

    @property
    def reserved_throughout(self) -> bool:
        """Return whether it claims something, and not one of its passages is without a reservation."""
        return bool(self.evidence) and all(passage.reservations for passage in self.evidence)


@dataclass(frozen=True, slots=True)
class Backing:
    """Who backed a phrase, laid out.

    Attributes:
        clause: The phrase as asked.
        congresses: The columns, in order.
        rows: A row a region, by name; each has a cell a congress.
        sentences: The answer in a few sentences that claim no more than the cells do, the most important first.
    """

    clause: str
    congresses: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sentences: tuple[str, ...]

    @property
    def summary(self) -> str:
        """Return the sentences as one paragraph."""
        return " ".join(self.sentences)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return the cells, row by row."""
        return tuple(cell for row in self.rows for cell in row)


def lay_out_support(support: Support) -> Backing:
    """Return who backed a phrase as it stands on the page.

    Args:
        support: The answer of the search.
    """
    held = [(report.source.congress, report.source.region) for report in support.reports]
    missing = {(meeting.congress, meeting.region) for meeting in support.without_report}
    congresses = tuple(sorted({congress for congress, _ in (*held, *missing)}))
    regions = sorted({region for _, region in (*held, *missing)}, key=lambda region: (not region, region))
    listed = {meeting.congress for meeting in known_meetings()} | {congress for congress, _ in missing}
    sources = {report.source.symbol: report.source for report in support.reports}
    rows = tuple(
        tuple(
            _cell(
                region,
                congress,
                [r for r in support.reports if (r.source.congress, r.source.region) == (congress, region)],
                without_report=(congress, region) in missing,
                listed=congress in listed,
                sources=sources,
            )
            for congress in congresses
        )
        for region in regions
    )
    return Backing(support.clause, congresses, rows, tuple(filter(None, _sentences(support))))


def _cell(
    region: str,
    congress: int,
    reports: Sequence[ReportSupport],
    *,
    without_report: bool,
    listed: bool,
    sources: dict[str, Source],
) -> Cell:
    """Return a cell; where a region has two reports for a congress, the one that says most decides."""
    if not reports:
        state = CellState.NO_REPORT if without_report else CellState.NO_MEETING if listed else CellState.NOT_KNOWN
        return Cell(region, congress, state)
    state = _OF_REPORT[min((report.state for report in reports), key=_STRONGEST.index)]
    evidence = tuple(_evidence(hit, sources) for report in reports for hit in report.evidence)
    near = [report.nearest for report in reports if report.nearest] if state is CellState.NOTHING_FOUND else []
    nearest = _evidence(max(near, key=lambda hit: hit.score), sources) if near else None
    return Cell(region, congress, state, tuple(report.source for report in reports), evidence, nearest)


def _evidence(hit: Hit, sources: dict[str, Source]) -> Evidence:
    return Evidence(hit, reservations(hit.passage, hit.source), _same(hit.identical, sources))


def _same(others: Iterable[Passage], sources: dict[str, Source]) -> str:
    places = [
        f"{other.cite()} ({sources[other.symbol].region})" if other.symbol in sources else other.cite()
        for other in others
    ]
    return f"The same words stand in {'; '.join(places)}." if places else ""


def _sentences(support: Support) -> tuple[str, ...]:
    total = len(support.reports)
    if not total:
        return "There is no regional report here, so who backed this phrase cannot be told.", _missing(support)
    backing = [report for report in support.reports if report.state is State.BACKS]
    partly = [report for report in support.reports if report.state is State.PARTLY]
    here = f"the {total} reports here" if total > 1 else "the 1 report here"
    if backing:
        lead = f"{len(backing)} of {here} {_verb(len(backing))} this phrase"
        lead += f", and {len(partly)} {_verb(len(partly))} a part of it." if partly else "."
    elif partly:
        lead = f"{len(partly)} of {here} {_verb(len(partly))} a part of this phrase, and none backs all of it."
    else:
        lead = f"Nothing that backs this phrase was found in {here}."
    return lead, _reserved([*backing, *partly]), _missing(support)


def _verb(number: int) -> str:
    return "backs" if number == 1 else "back"


def _reserved(claims: Sequence[ReportSupport]) -> str:
    """Say how many claims rest on passages with a reservation alone."""
    number = sum(
        bool(report.evidence) and all(reservations(hit.passage, report.source) for hit in report.evidence)
        for report in claims
    )
    if not number:
        return ""
    which = {1: "In 1 of these", len(claims): "In each of these"}.get(number, f"In {number} of these")
    if len(claims) == 1:
        which = "In this report"
    return f"{which}, every passage found carries a reservation."


def _missing(support: Support) -> str:
    number = len(support.without_report)
    if not number:
        return ""
    meetings = "1 further meeting has" if number == 1 else f"{number} further meetings have"
    return f"{meetings} no report here: nothing is known of what {'it' if number == 1 else 'they'} said."
