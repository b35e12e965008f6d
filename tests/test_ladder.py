"""How strongly a clause speaks, beside what it cites."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import StorageError
from drafting.ladder import Strength, ladder, openers, read_ladder, rung_of, stronger_than_sources
from drafting.ladder_file import BUILT_IN
from drafting.model import Style
from drafting.phrasing.verbs import SAME

STRENGTHS = [
    ("We decide to act.", 1, "decide"),
    ("We commit ourselves to act.", 1, "commit ourselves to"),
    ("Requests UNODC to act;", 2, "request"),
    ("We urge States to act.", 3, "urge"),
    ("Strongly urges States to act;", 3, "strongly urge"),
    ("We call upon Member States to act.", 4, "call upon"),
    ("Also calls upon Member States to act;", 4, "call upon"),
    ("We endeavour to act.", 4, "endeavour to"),
    ("Strengthen cooperation;", 4, "endeavour to"),
    ("Invite Member States to act;", 6, "invite"),
    ("We recognize the need, and urge States to act.", 3, "urge"),
    ("Recognizes the need, and urges States to act;", 3, "urge"),
    ("Bearing in mind the need, calls upon Member States to act;", 4, "call upon"),
    ("Bearing in mind the need,", 0, ""),
    ("We recognize the need and urge Member States to act.", 3, "urge"),
    ("We note the power to urge and invite. It is great.", 12, "note"),
    ("Noting with concern the rise of crime,", 11, "note with concern"),
    ("Convinced that it matters, we acknowledge the role.", 10, "acknowledge"),
    ("We note and express support for the plan.", 8, "express support"),
    ("The Meeting noted the need.", 12, "note"),
    ("The Meeting took note of the need.", 12, "take note of"),
    ("The Meeting noted with appreciation the work.", 11, "note with appreciation"),
    ("The Meeting also recommended that trust be built.", 5, "recommend"),
    ("The Meeting recommended that States act.", 4, "recommended that States"),
    ("It was recommended that UNODC act.", 2, "recommended that UNODC"),
    ("The Meeting strongly recommended the use of law.", 3, "strongly recommended"),
    ("Recognizing the need, the Meeting recommended that trust be built.", 5, "recommend"),
    ("Concern was expressed about crime.", 10, "concern was expressed"),
    ("The need was stressed. The role was noted.", 9, "stress"),
    ("Platforms should be established.", 5, "should"),
    ("It was noted that platforms should be established.", 12, "note"),
    ("The weather was fine.", 0, ""),
]


@pytest.mark.parametrize(("text", "number", "verb"), STRENGTHS)
def test_a_text_is_as_strong_as_its_strongest_opening_or_reporting_verb(text: str, number: int, verb: str) -> None:
    found = rung_of(text)
    assert (found.number, found.verb) == (number, verb) if found else number == 0


def test_a_clause_stronger_than_all_its_sources_is_marked() -> None:
    compared = stronger_than_sources(
        "We urge Member States to act.", ["The Meeting noted the need.", "It was recommended that trust be built."]
    )
    assert compared.stronger
    assert [source.number for source in compared.sources if source] == [12, 5]
    assert compared.clause
    assert compared.clause.verb == "urge"


@pytest.mark.parametrize(
    ("clause", "quotes"),
    [
        ("We urge States to act.", ["The Meeting noted the need.", "The Meeting strongly recommended the use of law."]),
        ("We note the need.", ["The Meeting noted the need."]),
        ("We urge States to act.", []),
        ("Peace for all.", ["The Meeting noted the need."]),
    ],
)
def test_a_clause_no_stronger_than_one_source_is_not_marked(clause: str, quotes: list[str]) -> None:
    assert not stronger_than_sources(clause, quotes).stronger


def test_a_source_without_a_verb_supports_none() -> None:
    compared = stronger_than_sources("We note the need.", ["The weather was fine."])
    assert compared.sources == (None,)
    assert compared.stronger


def test_openers_are_offered_by_rung_and_style() -> None:
    assert openers(Style.DECLARATION, 3) == ("We urge", "We strongly urge")
    assert openers(Style.RESOLUTION, 3) == ("Urges", "Strongly urges")
    assert openers(Style.RESOLUTION, 4) == ("Calls upon", "Calls for", "Calls on")
    assert "We endeavour to" in openers(Style.DECLARATION, 4)
    assert openers(Style.RESOLUTION, 1) == ("Decides", "Resolves", "Commits itself to")
    assert openers(Style.DECLARATION, 99) == ()


def test_every_opener_stands_on_its_own_rung() -> None:
    for rung in ladder().rungs:
        for style in Style:
            for opener in openers(style, rung.number):
                found = rung_of(f"{opener} the matter.")
                assert found, opener
                assert found.number == rung.number, opener


@pytest.mark.parametrize("verb", SAME)
def test_every_verb_that_the_rules_keep_stands_on_the_ladder(verb: str) -> None:
    assert isinstance(rung_of(f"We {verb.replace(' its ', ' our ')} the matter."), Strength)


def test_a_list_of_ones_own_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "ladder.toml"
    own.write_text('[[rung]]\nnumber = 2\nverbs = ["ask"]\n\n[[rung]]\nnumber = 1\nverbs = ["demand"]\n')
    monkeypatch.setenv("RAPPORTEUR_LADDER", str(own))
    assert [rung.number for rung in ladder().rungs] == [1, 2]
    assert openers(Style.RESOLUTION, 1) == ("Demands",)
    assert rung_of("We urge States to act.") is None
    assert rung_of("Strengthen cooperation;") is None
    assert stronger_than_sources("We demand peace.", ["The Meeting asked for peace."]).stronger


BROKEN = [
    ("not toml", "is not TOML"),
    ("title = 1", "has no [[rung]]"),
    ("rung = []", "has no [[rung]]"),
    ("rung = [1]", "is no table"),
    ('[[rung]]\nnumber = 0\nverbs = ["note"]', "has no number"),
    ('[[rung]]\nnumber = true\nverbs = ["note"]', "has no number"),
    ("[[rung]]\nnumber = 1", "has no verbs"),
    ("[[rung]]\nnumber = 1\nverbs = [1]", "no list of texts"),
    ('[[rung]]\nnumber = 1\nverbs = [" "]', "no list of texts"),
    ('[[rung]]\nnumber = 1\nverbs = ["note"]\nverb = "x"', "unknown entry “verb”"),
    ('[[rung]]\nnumber = 1\nverbs = ["note"]\naddressee = 3', "“addressee” is a text"),
]


@pytest.mark.parametrize(("text", "problem"), BROKEN)
def test_a_broken_list_is_named_with_what_is_wrong_in_it(text: str, problem: str, tmp_path: Path) -> None:
    own = tmp_path / "ladder.toml"
    own.write_text(text)
    with pytest.raises(StorageError) as caught:
        read_ladder(own)
    assert problem in caught.value.problem
    assert str(own) in caught.value.problem
    assert "RAPPORTEUR_LADDER" in caught.value.remedy


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_list_that_cannot_be_read_is_named(content: bytes | None, tmp_path: Path) -> None:
    own = tmp_path / "ladder.toml"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(StorageError, match="cannot be read"):
        read_ladder(own)


def test_the_list_that_comes_with_the_program_has_twelve_rungs() -> None:
    assert {rung.number for rung in read_ladder(BUILT_IN).rungs} == set(range(1, 13))
