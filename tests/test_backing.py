"""What a cell, a sentence and a line of a spreadsheet may claim of a report."""

from __future__ import annotations

import csv
import io

import pytest
from backing_values import AFRICA, ASIA, HOSTILE, HOSTILE_TEXTS, hit, passage, report, source
from hypothesis import given
from hypothesis import strategies as st

from corpus.meetings import Meeting
from corpus.model import Passage, Standing
from corpus.settings import REPOSITORY
from drafting.backing import MEANINGS, Backing, Cell, CellState, lay_out_support
from drafting.backing_csv import COLUMNS, defused, support_csv
from index.support import ReportSupport, State, Support


def laid_out(*reports: ReportSupport, without: tuple[Meeting, ...] = ()) -> Backing:
    return lay_out_support(Support("A phrase", tuple(reports), without))


def cell(backing: Backing, region: str, congress: int) -> Cell:
    return next(each for each in backing.cells if (each.region, each.congress) == (region, congress))


def test_a_meeting_without_a_report_says_so_and_never_that_nothing_was_found() -> None:
    backing = laid_out(report(ASIA, 14, State.NONE), without=(Meeting(14, AFRICA),))
    assert cell(backing, AFRICA, 14).state is CellState.NO_REPORT
    assert cell(backing, ASIA, 14).state is CellState.NOTHING_FOUND
    assert cell(backing, AFRICA, 14).count == ""


@pytest.mark.parametrize(
    ("congress", "state"), [(14, CellState.NO_MEETING), (12, CellState.NO_MEETING), (9, CellState.NOT_KNOWN)]
)
def test_where_no_meeting_is_listed_it_is_said_what_is_known(congress: int, state: CellState) -> None:
    backing = laid_out(report("Atlantis", congress, State.BACKS), report(ASIA, 20, State.NONE))
    assert cell(backing, ASIA, congress).state is state
    assert cell(backing, "Atlantis", 20).state is CellState.NOT_KNOWN


def test_the_table_has_every_region_and_congress_once_in_order() -> None:
    backing = laid_out(
        report(ASIA, 14, State.NONE),
        report(AFRICA, 12, State.BACKS),
        without=(Meeting(14, "Europe"), Meeting(12, ASIA)),
    )
    assert backing.congresses == (12, 14)
    assert [row[0].region for row in backing.rows] == [AFRICA, ASIA, "Europe"]
    assert [[each.congress for each in row] for row in backing.rows] == [[12, 14]] * 3


def test_two_reports_of_a_region_share_a_cell_and_the_one_that_says_most_decides() -> None:
    backing = laid_out(report(ASIA, 14, State.NONE), report(ASIA, 14, State.PARTLY), report(ASIA, 14, State.BACKS))
    (only,) = backing.cells
    assert (only.state, only.count, len(only.sources)) == (CellState.BACKS, "2 passages", 3)
    assert only.nearest is None


def test_the_nearest_passage_stands_only_where_nothing_was_found() -> None:
    backing = laid_out(report(ASIA, 14, State.NONE), report(AFRICA, 14, State.PARTLY))
    assert cell(backing, ASIA, 14).nearest is not None
    assert cell(backing, ASIA, 14).evidence == ()
    assert cell(backing, AFRICA, 14).nearest is None


RECOMMENDED = passage("1")
ONE_SPEAKER = passage("2", standing=Standing.DISCUSSION, voice="one speaker")
NOT_NEGOTIATED = passage("3", standing=Standing.NOT_NEGOTIATED)
PROPOSAL = passage("4", standing=Standing.PROPOSAL, voice="Brazil", heading=("Proposal of the host country",))


@pytest.mark.parametrize(
    ("passages", "reservation", "throughout"),
    [
        ((RECOMMENDED,), "", False),
        ((NOT_NEGOTIATED,), "not negotiated", True),
        ((ONE_SPEAKER,), "one speaker, summary of a discussion", True),
        ((PROPOSAL,), "proposal of the host country, Brazil", True),
        ((NOT_NEGOTIATED, NOT_NEGOTIATED), "both: not negotiated", True),
        ((RECOMMENDED, NOT_NEGOTIATED), "1 of 2: not negotiated", False),
        (
            (NOT_NEGOTIATED, ONE_SPEAKER, NOT_NEGOTIATED),
            "all 3: not negotiated (2), one speaker (1), summary of a discussion (1)",
            True,
        ),
    ],
)
def test_a_cell_names_the_reservations_of_its_passages(
    passages: tuple[Passage, ...], reservation: str, throughout: bool
) -> None:
    (only,) = laid_out(report(ASIA, 14, State.BACKS, *passages)).cells
    assert (only.reservation, only.reserved_throughout) == (reservation, throughout)


MISSING = (Meeting(14, AFRICA), Meeting(12, AFRICA))


@pytest.mark.parametrize(
    ("states", "without", "summary"),
    [
        ((), (), "There is no regional report here, so who backed this phrase cannot be told."),
        (
            (State.BACKS, State.BACKS, State.PARTLY, State.NONE),
            MISSING,
            "2 of the 4 reports here back this phrase, and 1 backs a part of it. "
            "2 further meetings have no report here: nothing is known of what they said.",
        ),
        (
            (State.PARTLY, State.NONE),
            MISSING[:1],
            "1 of the 2 reports here backs a part of this phrase, and none backs all of it. "
            "1 further meeting has no report here: nothing is known of what it said.",
        ),
        ((State.NONE, State.NONE), (), "Nothing that backs this phrase was found in the 2 reports here."),
        ((State.BACKS,), (), "1 of the 1 report here backs this phrase."),
    ],
)
def test_the_summary_claims_no_more_than_the_cells(
    states: tuple[State, ...], without: tuple[Meeting, ...], summary: str
) -> None:
    reports = [report(f"Region {number}", 14, state) for number, state in enumerate(states)]
    assert laid_out(*reports, without=without).summary == summary


@pytest.mark.parametrize(
    ("reserved", "words"),
    [(0, ""), (1, "In 1 of these, every"), (2, "In 2 of these, every"), (3, "In each of these, every")],
)
def test_the_summary_says_how_many_claims_rest_on_reserved_passages_alone(reserved: int, words: str) -> None:
    reports = [
        report(f"Region {number}", 14, State.BACKS, NOT_NEGOTIATED if number < reserved else RECOMMENDED)
        for number in range(3)
    ]
    summary = laid_out(*reports).summary
    assert words in summary
    assert ("reservation" in summary) == bool(reserved)


def test_a_single_claim_with_a_reservation_is_named_as_such() -> None:
    assert "In this report, every passage" in laid_out(report(ASIA, 14, State.BACKS, PROPOSAL)).summary


def test_the_same_words_elsewhere_name_every_place() -> None:
    other = report(AFRICA, 12, State.NONE)
    same = passage("9", symbol=other.source.symbol)
    guide = passage("7", symbol="A/CONF.213/PM.1")
    found = hit(RECOMMENDED, source(ASIA, 14), identical=(same, guide))
    backing = laid_out(report(ASIA, 14, State.BACKS, hits=(found,)), other)
    (evidence,) = cell(backing, ASIA, 14).evidence
    assert evidence.same == f"The same words stand in {same.cite()} (Africa); {guide.cite()}."


def test_every_state_has_a_meaning_and_words_of_its_own() -> None:
    assert set(MEANINGS) == set(CellState)
    assert len({state.value for state in CellState}) == len(CellState) == len(set(MEANINGS.values()))


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_csv_has_a_line_a_passage_and_one_for_every_cell_without() -> None:
    backing = laid_out(
        report(ASIA, 14, State.BACKS, RECOMMENDED, ONE_SPEAKER), report("Europe", 14, State.NONE), without=MISSING[:1]
    )
    lines = rows(support_csv(backing))
    assert list(lines[0]) == list(COLUMNS)
    assert [(line["region"], line["state"], line["citation"]) for line in lines] == [
        (AFRICA, "No report", ""),
        (ASIA, "Backs", RECOMMENDED.cite()),
        (ASIA, "Backs", ONE_SPEAKER.cite()),
        ("Europe", "Nothing found", ""),
    ]
    assert lines[2] | {"clause": ""} == {
        "clause": "",
        "congress": "14",
        "region": ASIA,
        "symbol": ONE_SPEAKER.symbol,
        "state": "Backs",
        "citation": ONE_SPEAKER.cite(),
        "passage id": ONE_SPEAKER.id,
        "standing": "discussion",
        "voice": "one speaker",
        "reservations": "one speaker; summary of a discussion",
        "quote": ONE_SPEAKER.text,
        "address": source(ASIA, 14).url,
    }
    assert lines[3]["symbol"]
    assert lines[3]["quote"] == "", "the nearest passage is no claim"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (" =1", "' =1"),
        ("a=1", "a=1"),
        ("", ""),
        ("“=1”", "“=1”"),
    ],
)
def test_a_spreadsheet_runs_nothing(text: str, shown: str) -> None:
    assert defused(text) == shown


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_is_in_the_csv_as_it_is(text: str) -> None:
    shown = report(ASIA, 14, State.BACKS, passage("1", text=text))
    (line,) = rows(support_csv(lay_out_support(Support(HOSTILE, (shown,), ()))))
    assert line["quote"] == defused(text)
    assert line["clause"] == defused(HOSTILE)


@given(st.text(max_size=60))
def test_any_quote_survives_the_csv(text: str) -> None:
    (line,) = rows(support_csv(laid_out(report(ASIA, 14, State.BACKS, passage("1", text=text)))))
    assert line["quote"] == defused(text)


def test_the_documentation_says_what_the_screen_says() -> None:
    text = " ".join((REPOSITORY / "docs" / "who-backed-it.md").read_text(encoding="utf-8").split())
    for state in MEANINGS:
        assert f"| {state.value} | " in text
    assert ", ".join(COLUMNS) in text
