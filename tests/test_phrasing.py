"""Suggested wording, sentence by sentence: what the rules make of what reports say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus.model import Corpus
from drafting.model import Style
from drafting.phrasing.rules import RULES
from drafting.phrasing.suggest import suggest, suggestions
from drafting.phrasing.suggestion import FlagKind

DOCS = Path(__file__).parent.parent / "docs" / "phrasing.md"
EXAMPLE = re.compile(
    r"### (?P<rule>.+)\n\n(?P<what>.+)\n\n> (?P<source>.+) \((?P<cite>A/.+)\)\n\n(?P<made>(?:> .*\n)+)"
)

DECLARATIONS = [
    (
        "The Meeting recommended that States not abdicate their power.",
        "We call upon Member States not to abdicate their power.",
    ),
    (
        "The Meeting further recommended that UNODC take steps towards providing knowledge.",
        "We request the United Nations Office on Drugs and Crime to take steps towards providing knowledge.",
    ),
    ("The Meeting recommended that donors support the project.", "We invite donors to support the project."),
    (
        "The Meeting strongly recommended the strengthening of international cooperation mechanisms.",
        "We urge Member States to strengthen international cooperation mechanisms.",
    ),
    (
        "The Meeting strongly recommended the increased use by States of the provisions of the drug conventions.",
        "We urge Member States to make increased use of the provisions of the drug conventions.",
    ),
    (
        "The Meeting also recommended that children and young people be involved in the development of policies.",
        "We also recommend that children and young people be involved in the development of policies.",
    ),
    (
        "The Meeting took note of the issues relating to economic fraud and recommended support for cooperation.",
        "We take note of the issues relating to economic fraud, and call upon Member States to support cooperation.",
    ),
    (
        "In that respect, the Meeting called for the universal adoption of the regime.",
        "We call for the universal adoption of the regime.",
    ),
    (
        "The Meeting noted and expressed full support for the initiative of Thailand.",
        "We note and express full support for the initiative of Thailand.",
    ),
    (
        "Convinced that the security sector played a key role, the Meeting acknowledged the role of companies.",
        "Convinced that the security sector plays a key role, we acknowledge the role of companies.",
    ),
    (
        "When discussing the use of videoconferencing, the Meeting recommended that standards be developed.",
        "With regard to the use of videoconferencing, we recommend that standards be developed.",
    ),
    (
        "The importance of education was in particular emphasized.",
        "We emphasize in particular the importance of education.",
    ),
    (
        "In preventing trafficking, the importance of a victim-centred approach was highlighted.",
        "In preventing trafficking, we highlight the importance of a victim-centred approach.",
    ),
    ("It was also noted that sport was a powerful tool.", "We also note that sport is a powerful tool."),
    ("Concerns were expressed about the use of the darknet.", "We express concern about the use of the darknet."),
    (
        "Reference was also made to the need for measures against corruption.",
        "We take note of the need for measures against corruption.",
    ),
    (
        "Member States that had not yet done so were encouraged to become parties;",
        "We encourage Member States that have not yet done so to become parties.",
    ),
    ("The Meeting expressed its support for regional efforts.", "We express our support for regional efforts."),
    ("Effectively implement the conventions;", "We endeavour to effectively implement the conventions."),
    ("To identify good practices in treatment;", "We endeavour to identify good practices in treatment."),
    ("In that regard, promote the role of the Commission;", "We endeavour to promote the role of the Commission."),
    ("Call upon States to become parties;", "We call upon Member States to become parties."),
    ("Recognize the need to enhance measures;", "We recognize the need to enhance measures."),
    (
        "More resources should be invested in programmes that had had a proven impact.",
        "We recommend that more resources be invested in programmes that have had a proven impact.",
    ),
    (
        "Building on the experience of the Congress, the process should be inclusive and should be open;",
        "Building on the experience of the Congress, we recommend that the process be inclusive and be open.",
    ),
    ("We urge States to act.", "We urge States to act."),
    (
        "The Meeting recognized the need for training and was informed of initiatives.",
        "We recognize the need for training.",
    ),
    ("The Meeting noted in that respect the developments.", "We note the developments."),
    ("Urges the Commission to give consideration to gaps;", "We urge the Commission to give consideration to gaps."),
    ("Also invites donors to fund training;", "We also invite donors to fund training."),
    (
        "Requests for assistance should be answered in time.",
        "We recommend that requests for assistance be answered in time.",
    ),
    (
        "We recognize, with regard to trafficking, the need for data.",
        "We recognize, with regard to trafficking, the need for data.",
    ),
    (
        "We recall that assets matter and urge Member States to adopt measures.",
        "We recall that assets matter and urge Member States to adopt measures.",
    ),
    (
        "It was noted that crime prevention efforts could not succeed without society.",
        "We note that crime prevention efforts cannot succeed without society.",
    ),
    (
        "It considered links between fraud, on the one hand, and crime, on the other, which had been emphasized.",
        "We take note of links between fraud, on the one hand, and crime, on the other, which have been emphasized.",
    ),
    (
        "In that regard, partnerships were encouraged, as were synergies among organizations to avoid duplication.",
        "We encourage partnerships, as well as synergies among organizations to avoid duplication.",
    ),
    (
        "It was stressed that the Congress was an opportunity, and in this regard it was noted that trust might grow.",
        "We stress that the Congress is an opportunity, and note that trust may grow.",
    ),
    (
        "It was noted that institutions were critical; furthermore, effective services were essential.",
        "We note that institutions are critical; furthermore, effective services are essential.",
    ),
    (
        "While recognizing the agenda, concerns were expressed that linking it could shift the focus.",
        "While recognizing the agenda, we express concern that linking it can shift the focus.",
    ),
    (
        "In exercising discretion, practitioners should be encouraged to consider options.",
        "We recommend that, in exercising discretion, practitioners be encouraged to consider options.",
    ),
    (
        "The Meeting recognized that crime was a threat, as terrorist groups financed or supported their activities.",
        "We recognize that crime is a threat, as terrorist groups finance or support their activities.",
    ),
    (
        "The use of encryption was noted as an area of increasing concern that required attention and a response.",
        "We note the use of encryption as an area of increasing concern that requires attention and a response.",
    ),
    (
        "The Meeting noted the strategy adopted within the hemisphere and endorsed its approach.",
        "We note the strategy adopted within the hemisphere, and endorse its approach.",
    ),
    (
        "Mutual backing of warrants should be promoted within the whole region, in order to avoid delays.",
        "We recommend that mutual backing of warrants be promoted, in order to avoid delays.",
    ),
]

RESOLUTIONS = [
    ("Strengthen the role of the Commission;", "Calls upon Member States to strengthen the role of the Commission;"),
    ("The Meeting also noted the need.", "Also notes the need;"),
    ("We urge States to act.", "Urges States to act;"),
    (
        "Recognizing that women had specific needs, the Meeting recommended that States develop measures.",
        "Recognizes that women have specific needs, and calls upon Member States to develop measures;",
    ),
    (
        "With regard to smuggling, the Meeting recommended that migration be placed on the agenda.",
        "Recommends that, with regard to smuggling, migration be placed on the agenda;",
    ),
    (
        "Building on existing practices, explore the feasibility of a network;",
        "Calls upon Member States, building on existing practices, to explore the feasibility of a network;",
    ),
    (
        "Prevent the recruitment of children; in doing so, take into account their needs; and act;",
        "Calls upon Member States to prevent the recruitment of children, in doing so, take into account their needs "
        "and act;",
    ),
    ("The Meeting expressed its support for the efforts.", "Expresses its support for the efforts;"),
    ("Urges the Commission to act;", "Urges the Commission to act;"),
    (
        "We recall that assets matter and also urge Member States to adopt measures.",
        "Recalls that assets matter, and also urges Member States to adopt measures;",
    ),
    (
        "We encourage Member States to recognize and prevent crime.",
        "Encourages Member States to recognize and prevent crime;",
    ),
    (
        "It was noted that institutions were critical; furthermore, services were essential.",
        "Notes that institutions are critical, and furthermore services are essential;",
    ),
    (
        "While recognizing the agenda, concerns were expressed that linking it could shift the focus.",
        "While recognizing the agenda, expresses concern that linking it can shift the focus;",
    ),
    (
        "Bearing in mind the guidelines, the Meeting recommended that States act.",
        "Bearing in mind the guidelines, calls upon Member States to act;",
    ),
    (
        "In preventing trafficking, the importance of an approach to crime prevention was highlighted.",
        "Highlights, in preventing trafficking, the importance of an approach to crime prevention;",
    ),
    (
        "The Meeting recommended that States review the topics submitted for its consideration.",
        "Calls upon Member States to review the topics of the Congress;",
    ),
]

DECLINED = [
    ("", "no words"),
    ("One speaker noted that gaps existed.", "One speaker"),
    ("Some participants emphasized that capacity mattered.", "Some participants"),
    ("The view was expressed that the Handbook might need to be updated.", "The view was expressed"),
    ("The use of video in such circumstances was recommended by the Meeting.", "such circumstances"),
    ("What measures should States take?", "asks"),
    ("Crime however was increasing and worsening.", "reports nothing"),
    ("The representative of Thailand introduced a proposal.", "reports nothing"),
    ("The Meeting noted the need (see above.", "bracket"),
    ("Recalling its resolution 65/230,", "preambular"),
    ("We are the world.", "verb of a declaration"),
    ("Strengthen it, " * 1000, "too long"),
]

FLAGS = [
    ("The Meeting recommended the adoption of measures.", FlagKind.ADDRESSEE),
    ("The Meeting recommended that measures be taken.", FlagKind.ADDRESSEE),
    ("Assist Member States in developing measures;", FlagKind.ADDRESSEE),
    ("It was noted that crime was rising.", FlagKind.VOICE),
    ("Participants noted the need.", FlagKind.VOICE),
    ("Platforms should be established.", FlagKind.VOICE),
    ("The Meeting considered the impact of crime.", FlagKind.VERB),
    ("The Meeting recommended that States of the region act.", FlagKind.REGION),
    ("The Meeting noted the relevance to the region.", FlagKind.REGION),
    ("The Meeting encouraged the use of law as a basis for such cooperation.", FlagKind.REFERS_BACK),
    ("The Meeting noted that in 2009 the study had been made.", FlagKind.TENSE),
    ("The Meeting noted that by 2009 the study needed to be made.", FlagKind.TENSE),
    ("The way that societies and cultures enhanced human peace was noted.", FlagKind.TENSE),
    ("The Meeting took note of that information.", FlagKind.REFERS_BACK),
    ("The Meeting recognized that this kind of training was useful.", FlagKind.REFERS_BACK),
    ("The Meeting agreed that the recommendations presented below should be considered.", FlagKind.REFERS_BACK),
    ("Urges the Twelfth United Nations Congress to act;", FlagKind.REFERS_BACK),
    ("Urges the Commission to consider the present declaration;", FlagKind.REFERS_BACK),
    ("The Meeting noted the strategy adopted in the hemisphere.", FlagKind.REGION),
    ("Support UNODC in continuing its role;", FlagKind.NAME),
    ("The Meeting noted the need and was informed of initiatives.", FlagKind.LEFT_OUT),
    ("Strengthen capacity. Such training was recommended by the Meeting as key;", FlagKind.LEFT_OUT),
]


@pytest.mark.parametrize(("source", "expected"), DECLARATIONS)
def test_a_sentence_becomes_an_operative_paragraph_of_a_declaration(source: str, expected: str) -> None:
    made = suggest(source)
    assert made.wording(Style.DECLARATION) == expected
    assert made.source == source
    assert made.rule in RULES


@pytest.mark.parametrize(("source", "expected"), RESOLUTIONS)
def test_a_sentence_becomes_an_operative_paragraph_of_a_resolution(source: str, expected: str) -> None:
    assert suggest(source).wording(Style.RESOLUTION) == expected


@pytest.mark.parametrize(("source", "why"), DECLINED)
def test_what_cannot_be_worded_safely_is_declined_with_its_reason(source: str, why: str) -> None:
    made = suggest(source)
    assert made.declined
    assert (made.declaration, made.resolution) == ("", "")
    assert why in made.flags[0].text


@pytest.mark.parametrize(("source", "kind"), FLAGS)
def test_what_a_rule_assumes_or_changes_is_flagged(source: str, kind: FlagKind) -> None:
    assert kind in {flag.kind for flag in suggest(source).flags}


def test_a_plain_recommendation_to_member_states_needs_no_flag() -> None:
    assert suggest("The Meeting recommended that Member States promote exchange.").flags == ()


def test_such_strategies_are_named_by_the_sentence_before() -> None:
    context = "It thus recommended assistance for the design of comprehensive crime prevention strategies."
    made = suggest("Such strategies should foster inclusion.", context)
    assert made.declaration == "We recommend that [comprehensive crime prevention] strategies foster inclusion."
    assert "such" in made.rules
    assert suggest("Such strategies should foster inclusion.").declaration.startswith(
        "We recommend that such strategies"
    )


@pytest.mark.parametrize(
    ("context", "source", "expected"),
    [
        (
            "It referred to the advantages of a scheme for the transfer of foreign prisoners.",
            "The Meeting recommended that such transfers be encouraged.",
            "We recommend that transfers [of foreign prisoners] be encouraged.",
        ),
        (
            "The Meeting recommended that a programme of justice education be developed for all citizens.",
            "Such a programme should be tailored to groups.",
            "We recommend that a programme [of justice education] be tailored to groups.",
        ),
        (
            "The development of partnerships with those States, and with others, was noted.",
            "It was noted that such partnerships could help.",
            "We note that such partnerships can help.",
        ),
        (
            "The Meeting also supported organized exchange and noted regional initiatives.",
            "It was noted that such initiatives were useful.",
            "We note that [regional] initiatives are useful.",
        ),
        (
            "The Meeting noted initiatives of the private sector.",
            "It was noted that such initiatives to involve youth were useful.",
            "We note that such initiatives to involve youth are useful.",
        ),
    ],
)
def test_such_a_thing_is_named_by_what_it_is_of_unless_that_cannot_be_told(
    context: str, source: str, expected: str
) -> None:
    made = suggest(source, context)
    assert made.declaration == expected
    assert FlagKind.REFERS_BACK in {flag.kind for flag in made.flags}


def test_a_list_inside_a_sentence_becomes_subparagraphs() -> None:
    made = suggest("Reference was made to plans that: (a) foster trust; (b) protect victims; and (c) last.")
    assert made.declaration == "We take note of plans that:\n(a) Foster trust;\n(b) Protect victims;\n(c) Last."
    assert made.resolution.endswith("(c) Last;")


def test_footnote_marks_are_left_out() -> None:
    assert "¹" not in suggest("Promote, considering the Guidelines,¹ prevention;").declaration


def test_a_passage_is_worded_sentence_by_sentence(corpus: Corpus) -> None:
    passage = next(each for each in corpus.passages if each.id == "A/CONF.213/RPM.1/1#12")
    made = suggestions(passage)
    assert [each.rule for each in made] == ["reported", "passive report", "reported", "reported"]
    assert all(each.source in passage.text for each in made)


def examples() -> list[re.Match[str]]:
    return list(EXAMPLE.finditer(DOCS.read_text(encoding="utf-8")))


def test_every_rule_is_documented_with_an_example() -> None:
    assert [(found["rule"], found["what"]) for found in examples()] == list(RULES.items())


@pytest.mark.parametrize("found", examples(), ids=lambda found: str(found["rule"]))
def test_the_example_of_a_rule_is_what_the_rule_makes_of_a_sentence_of_the_documents(
    found: re.Match[str], corpus: Corpus
) -> None:
    passage = next(each for each in corpus.passages if each.cite() == found["cite"] and found["source"] in each.text)
    made = suggest(found["source"], passage.text[: passage.text.index(found["source"])])
    assert found["rule"] in made.rules
    assert made.declaration == "\n".join(line[2:] for line in found["made"].splitlines())
