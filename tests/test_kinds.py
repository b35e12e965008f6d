"""The weakest reading that the source allows: kind and standing by wording and headings."""

import pytest

from corpus.kinds import judge
from corpus.model import Genre, Kind, Passage, Standing
from corpus.structure import read_document

REPORT = Genre.REGIONAL_REPORT
GUIDE = Genre.DISCUSSION_GUIDE


def judged(text: str, genre: Genre = REPORT, title: str = "Report") -> dict[str, Passage]:
    passages = judge("A/1", title, genre, read_document(text).entries)
    return {passage.locator.fragment(): passage for passage in passages}


@pytest.mark.parametrize(
    ("words", "kind", "standing"),
    [
        ("The Meeting recommended that States act.", Kind.RECOMMENDATION, Standing.RECOMMENDED),
        ("Noting the cost, the Meeting invited States to act.", Kind.RECOMMENDATION, Standing.RECOMMENDED),
        ("It noted this. It therefore recommended that.", Kind.RECOMMENDATION, Standing.DISCUSSION),
        ("The Meeting saw this. It therefore recommended that.", Kind.RECOMMENDATION, Standing.RECOMMENDED),
        ("The Meeting agreed that related issues should be discussed.", Kind.RECOMMENDATION, Standing.RECOMMENDED),
        ("In that respect, the Meeting called for adoption.", Kind.RECOMMENDATION, Standing.RECOMMENDED),
        ("One speaker recommended a convention.", Kind.RECOMMENDATION, Standing.DISCUSSION),
        ("It was recommended that States act.", Kind.RECOMMENDATION, Standing.DISCUSSION),
        ("Member States were encouraged to act.", Kind.RECOMMENDATION, Standing.DISCUSSION),
        ("The Meeting noted the importance of acting.", Kind.OBSERVATION, Standing.DISCUSSION),
        ("The Meeting welcomed the recommendation of another.", Kind.OBSERVATION, Standing.DISCUSSION),
        ("The Meeting took note of instruments that called on States.", Kind.OBSERVATION, Standing.DISCUSSION),
        ("The need for action was noted.", Kind.OBSERVATION, Standing.DISCUSSION),
        ("Presentations were delivered by the Secretariat.", Kind.PROCEDURAL, Standing.DISCUSSION),
        ("Speakers from Brazil made presentations.", Kind.PROCEDURAL, Standing.DISCUSSION),
    ],
)
def test_a_report_recommends_only_where_the_meeting_does(words: str, kind: Kind, standing: Standing) -> None:
    passage = judged(f"II. Conclusions\n\n1. {words}\n")["1"]
    assert (passage.kind, passage.standing) == (kind, standing)


@pytest.mark.parametrize(
    ("agreement", "standing"),
    [
        ("The Meeting agreed on the conclusions and recommendations presented below.", Standing.RECOMMENDED),
        ("The Meeting agreed that the recommendations below should be considered.", Standing.RECOMMENDED),
        ("The Meeting discussed the recommendations presented below.", Standing.DISCUSSION),
    ],
)
def test_a_nameless_recommendation_counts_where_the_meeting_agreed(agreement: str, standing: Standing) -> None:
    text = f"II. Conclusions\n\n1. {agreement}\n\n2. It was recommended that States act.\n"
    assert judged(text)["2"].standing is standing


NOT_NEGOTIATED = """II. Conclusions

1. A summary was prepared and recommendations were identified, which were not negotiated by the participants.

A. Main theme

Summary of deliberations

2. The Meeting recommended training.

Outcome of deliberations

3. The following recommendations were identified:

(a) Strengthen the capacity of officials;
"""


@pytest.mark.parametrize(
    ("fragment", "kind", "standing"),
    [
        ("1", Kind.OBSERVATION, Standing.DISCUSSION),
        ("2", Kind.RECOMMENDATION, Standing.DISCUSSION),
        ("3", Kind.PROCEDURAL, Standing.NOT_NEGOTIATED),
        ("3(a)", Kind.RECOMMENDATION, Standing.NOT_NEGOTIATED),
    ],
)
def test_what_was_not_negotiated_is_said_to_be_so(fragment: str, kind: Kind, standing: Standing) -> None:
    passage = judged(NOT_NEGOTIATED)[fragment]
    assert (passage.kind, passage.standing) == (kind, standing)


@pytest.mark.parametrize(
    "heading",
    [
        "I. Introduction",
        "III. Attendance and organization of work",
        "IV. Proceedings of the Meeting",
        "V. Adoption of the report and closure of the Meeting",
        "I. Date and venue of the Meeting",
        "I. Election of officers",
    ],
)
def test_procedure_is_known_by_its_heading(heading: str) -> None:
    assert judged(f"{heading}\n\n1. The Meeting recommended it.\n")["1"].kind is Kind.PROCEDURAL


def test_an_agenda_is_procedural() -> None:
    passages = judged("II. Body\n\n1. The agenda read as follows:\n\n1. Opening.\n2. Items recommended.\n\n2. Next.\n")
    assert passages["agenda-1/2"].kind is Kind.PROCEDURAL
    assert passages["agenda-1/2"].standing is Standing.DISCUSSION


@pytest.mark.parametrize(
    ("lead_in", "standing"),
    [
        ("considered and adopted the following declaration", Standing.ADOPTED),
        ("discussed the following draft declaration", Standing.PROPOSAL),
    ],
)
def test_a_declaration_is_adopted_when_the_report_says_so(lead_in: str, standing: Standing) -> None:
    passages = judged(
        f"II. Body\n\n1. The Meeting {lead_in}:\n\nThe Meeting,\n\nNoting X,\n\n1. *Urges* Y.\n\n2. It agreed.\n"
    )
    assert {key: passage.kind for key, passage in passages.items() if "declaration" in key} == {
        "declaration/pp0": Kind.PREAMBULAR,
        "declaration/pp1": Kind.PREAMBULAR,
        "declaration/1": Kind.RECOMMENDATION,
    }
    assert {passage.standing for key, passage in passages.items() if "declaration" in key} == {standing}


@pytest.mark.parametrize(
    ("title", "standing"),
    [
        ("Elements proposed by Brazil for inclusion in the declaration", Standing.PROPOSAL),
        ("Draft rules", Standing.PROPOSAL),
        ("Summary of the workshop", Standing.DISCUSSION),
    ],
)
def test_an_annex_is_no_more_than_its_title_says(title: str, standing: Standing) -> None:
    text = f"I. Body\n\n1. One.\n\nAnnex I\n\n{title}\n\n1. We urge States to act.\n2. We are aware of the cost.\n"
    passages = judged(text)
    assert passages["annex-I/1"].kind is Kind.RECOMMENDATION
    assert passages["annex-I/2"].kind is Kind.OBSERVATION
    assert passages["annex-I/1"].standing is standing


@pytest.mark.parametrize(
    ("heading", "words", "kinds"),
    [
        ("C. Questions for discussion", "The Congress is a unique opportunity.", ["observation"]),
        (
            "C. Questions for discussion",
            "They may wish to consider the following questions:\n\n(a) Is it?",
            ["procedural", "question"],
        ),
        ("C. Questions for discussion", "Participants may give examples:\n\n(a) Staff;", ["question", "question"]),
        ("B. Substantive focus", "The debate may focus on:\n\n(a) Reviewing;", ["focus", "focus"]),
        ("B. Main issues", "The discussion may address aid.", ["focus"]),
        ("B. Objectives", "The objectives will be:\n\n(a) To identify;", ["focus", "focus"]),
        ("A. Background", "Crime is a threat.", ["observation"]),
        ("A. Scope", "Standards include:\n\n(a) Rules;", ["observation", "observation"]),
    ],
)
def test_a_guide_is_judged_by_its_headings(heading: str, words: str, kinds: list[str]) -> None:
    sections = "".join(f"{letter}. Before\n\n" for letter in "ABC"[: "ABC".index(heading[0])])
    passages = judged(f"II. Items\n\n{sections}{heading}\n\n1. {words}\n", GUIDE)
    assert [passage.kind for passage in passages.values()] == kinds
    assert {passage.standing for passage in passages.values()} == {Standing.GUIDE}


@pytest.mark.parametrize(
    ("title", "standing"), [("Doha Declaration on crime", Standing.ADOPTED), ("Draft declaration", Standing.PROPOSAL)]
)
def test_a_declaration_of_its_own_is_adopted_unless_it_is_a_draft(title: str, standing: Standing) -> None:
    passages = judged("1. We urge States to act.\n\n2. We are aware.\n", Genre.DECLARATION, title)
    assert passages["1"].standing is standing
    assert (passages["1"].kind, passages["2"].kind) == (Kind.RECOMMENDATION, Kind.OBSERVATION)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The representative of Japan briefed the participants about Kyoto.", Kind.PROCEDURAL),
        ("The observer for an institute delivered a statement on its work.", Kind.PROCEDURAL),
        ("In that connection, it was noted that practitioners used discretion.", Kind.OBSERVATION),
        ("The Meeting recommended that States act.", Kind.RECOMMENDATION),
    ],
)
def test_other_matters_may_report_substance(words: str, kind: Kind) -> None:
    text = f"III. Attendance and organization of work\n\nF. Other matters\n\n1. {words}\n"
    assert judged(text)["1"].kind is kind
