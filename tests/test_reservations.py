"""What is said beside a passage that is given as support, by its standing and its voice."""

from __future__ import annotations

import pytest

from corpus.model import Corpus, Genre, Kind, Locator, Passage, Source, Standing
from corpus.reservations import reservations, shared_reservations

REPORT = Source("A/CONF.1/RPM.1/1", "Report", Genre.REGIONAL_REPORT, 1, "Africa", "", "", "en", "", "r.txt", "0")
GUIDE = Source("A/CONF.1/PM.1", "Guide", Genre.DISCUSSION_GUIDE, 1, "", "", "", "en", "", "g.txt", "0")
HOST = "Elements proposed by Brazil as host country of the Twelfth Congress for inclusion in the declaration"


def passage(standing: Standing, voice: str, heading: str = "") -> Passage:
    return Passage(REPORT.symbol, Locator("", "1"), (heading,), "Words.", Kind.OBSERVATION, standing, voice)


@pytest.mark.parametrize(
    ("standing", "voice", "heading", "expected"),
    [
        (Standing.ADOPTED, "the meeting", "", ()),
        (Standing.RECOMMENDED, "the meeting", "", ()),
        (Standing.RECOMMENDED, "unattributed", "", ()),
        (Standing.NOT_NEGOTIATED, "unattributed", "", ("not negotiated",)),
        (Standing.NOT_NEGOTIATED, "some participants", "", ("some participants", "not negotiated")),
        (Standing.DISCUSSION, "the meeting", "", ("summary of a discussion",)),
        (Standing.DISCUSSION, "unattributed", "", ("summary of a discussion",)),
        (Standing.DISCUSSION, "one speaker", "", ("one speaker", "summary of a discussion")),
        (Standing.PROPOSAL, "Brazil", HOST, ("proposal of the host country, Brazil",)),
        (Standing.PROPOSAL, "Brazil", "Elements proposed by Brazil", ("proposal of Brazil",)),
        (Standing.PROPOSAL, "unattributed", "Draft elements", ("proposal",)),
    ],
)
def test_standing_and_voice_say_what_is_reserved(
    standing: Standing, voice: str, heading: str, expected: tuple[str, ...]
) -> None:
    assert reservations(passage(standing, voice, heading), REPORT) == expected


def test_a_document_of_no_region_speaks_for_none() -> None:
    assert reservations(passage(Standing.GUIDE, "the discussion guide"), GUIDE) == ("no region’s words",)


def test_only_what_a_meeting_adopted_or_recommended_goes_without_reservation(corpus: Corpus) -> None:
    sources = {source.symbol: source for source in corpus.sources}
    free = {p.standing for p in corpus.passages if not reservations(p, sources[p.symbol])}
    assert free == {Standing.ADOPTED, Standing.RECOMMENDED}


AGREED, SPOKEN = passage(Standing.RECOMMENDED, "the meeting"), passage(Standing.DISCUSSION, "one speaker")
SUMMED_UP = passage(Standing.DISCUSSION, "the meeting")


@pytest.mark.parametrize(
    ("passages", "expected"),
    [
        ([], ()),
        ([SPOKEN], ("one speaker", "summary of a discussion")),
        ([SPOKEN, SUMMED_UP], ("summary of a discussion",)),
        ([SPOKEN, AGREED], ()),
    ],
)
def test_a_report_is_reserved_by_what_all_its_passages_are(passages: list[Passage], expected: tuple[str, ...]) -> None:
    assert shared_reservations(passages, REPORT) == expected
