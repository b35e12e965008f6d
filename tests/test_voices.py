"""Who speaks is the subject of the sentence, and nobody when there is none."""

import pytest

from corpus.entries import Entry
from corpus.model import Genre, Kind, Locator
from corpus.voices import MEETING, UNATTRIBUTED, voice_of


def made(text: str, chapeau: str = "", container: str = "", heading: tuple[str, ...] = ()) -> Entry:
    return Entry(Locator(container, "1"), heading, text, chapeau, leads=False, footnotes=(), spans=())


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The Meeting noted that crime had grown.", MEETING),
        ("The Latin American and Caribbean Regional Preparatory Meeting agreed on it.", MEETING),
        ("Recognizing that women had needs, the Meeting recommended measures.", MEETING),
        ("Its usefulness was highlighted by the Meeting.", MEETING),
        ("It was noted that crime had grown.", UNATTRIBUTED),
        ("Reference was made to the work of the Meeting.", UNATTRIBUTED),
        ("Japan was represented by an observer at the Meeting.", UNATTRIBUTED),
        ("Several participants noted the need for a framework.", "several participants"),
        ("In the context of prevention, some participants highlighted it.", "some participants"),
        ("While it was noted by some participants that it worked, others doubted.", "some participants"),
        ("A number of participants noted that.", "a number of participants"),
        ("Participants in the Meeting reported on their efforts.", "participants"),
        ("Terrorism was condemned by participants.", "participants"),
        ("One speaker noted that discrepancies existed.", "one speaker"),
        ("A participant highlighted the usefulness.", "a participant"),
        (
            "The representative of Thailand, the host country of it, introduced a proposal.",
            "the representative of Thailand",
        ),
        ("The observer for ILANUD recalled that.", "the observer for ILANUD"),
        (
            "The Secretary of the Western Asia Regional Preparatory Meeting recalled.",
            "the Secretary of the Western Asia Regional Preparatory Meeting",
        ),
        (
            "In discussing youth, the host country of the Fourteenth Congress reiterated it.",
            "the host country of the Fourteenth Congress",
        ),
        ("In its resolution 56/119, the General Assembly decided that.", "the General Assembly"),
    ],
)
def test_the_subject_of_the_first_sentence_speaks(text: str, voice: str) -> None:
    assert voice_of(made(text), Genre.REGIONAL_REPORT, Kind.OBSERVATION) == voice


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("It was noted that crime grew. The Meeting recommended that States act.", MEETING),
        ("The Meeting discussed it. It was recommended that States act.", UNATTRIBUTED),
        ("The Meeting discussed it. It therefore recommended that States act.", MEETING),
        ("The Meeting discussed it. One speaker recommended a convention.", "one speaker"),
    ],
)
def test_in_a_recommendation_it_is_the_sentence_that_recommends(text: str, voice: str) -> None:
    assert voice_of(made(text), Genre.REGIONAL_REPORT, Kind.RECOMMENDATION) == voice


def test_an_item_speaks_with_the_voice_of_its_lead_in() -> None:
    lead_in = "The following recommendations, which were not negotiated by the participants, were identified:"
    item = made("Consider what the Meeting noted;", chapeau=lead_in)
    assert voice_of(item, Genre.REGIONAL_REPORT, Kind.RECOMMENDATION) == UNATTRIBUTED


@pytest.mark.parametrize(
    ("title", "voice"),
    [
        ("Elements proposed by Brazil as host country of the Congress for inclusion", "Brazil"),
        ("Amendments proposed by the Government of Japan", "Japan"),
        ("Elements for the declaration", UNATTRIBUTED),
    ],
)
def test_a_proposal_is_the_proposers(title: str, voice: str) -> None:
    annexed = made("We urge States to act.", container="annex-I", heading=("Annex I", title))
    assert voice_of(annexed, Genre.REGIONAL_REPORT, Kind.RECOMMENDATION) == voice


def test_a_guide_and_a_declaration_have_one_voice() -> None:
    assert voice_of(made("One speaker noted it."), Genre.DISCUSSION_GUIDE, Kind.FOCUS) == "the discussion guide"
    clause = made("Urges States to act;", container="declaration")
    assert voice_of(clause, Genre.REGIONAL_REPORT, Kind.RECOMMENDATION) == MEETING
