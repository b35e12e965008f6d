"""How far a clause has moved from its source."""

from __future__ import annotations

import pytest

from drafting.drift import Drift, drift
from drafting.model import Alternative, Citation, Clause, ClauseKind
from drafting.wording import same_words, sentences

SOURCE = "States should foster inclusion. They are invited to strengthen courts; and"
SUGGESTION = "We urge Member States to foster inclusion."


def clause(text: str, source: str = SOURCE, taken: str = "", quote: str = "") -> Clause:
    cited = (Citation("1", "A/1", "para. 1", "", 14, "recommended", "the meeting", quote),) if quote else ()
    return Clause("o1", ClauseKind.OPERATIVE, text, cited, source, taken)


@pytest.mark.parametrize(
    ("held", "label"),
    [
        (clause(SOURCE), Drift.VERBATIM),
        (clause("States should foster inclusion; they are invited to strengthen courts."), Drift.VERBATIM),
        (clause("3. states should foster  inclusion."), Drift.VERBATIM),
        (clause("They are invited to strengthen courts"), Drift.VERBATIM),
        (clause("States should foster inclusion"), Drift.VERBATIM),
        (clause("foster inclusion"), Drift.ADAPTED),
        (clause("They are invited to strengthen courts. States should foster inclusion."), Drift.ADAPTED),
        (clause("States should [foster] inclusion"), Drift.ADAPTED),
        (clause("States SHOULD foster inclusion"), Drift.ADAPTED),
        (clause(SUGGESTION, taken=SUGGESTION), Drift.SUGGESTED),
        (clause("We urge Member States to foster inclusion;", taken=SUGGESTION), Drift.SUGGESTED),
        (clause("We urge States to foster inclusion", taken=SUGGESTION), Drift.ADAPTED),
        (clause("States should foster inclusion", taken=SUGGESTION), Drift.VERBATIM),
        (clause("We act", source=""), Drift.WRITTEN),
        (clause("We act", source="", quote="We do not act"), Drift.WRITTEN),
        (clause("We act", source="", quote="We act."), Drift.VERBATIM),
        (clause("We urge:\n(a) one;\n(b) two", source="We urge: (a) one;"), Drift.ADAPTED),
        (clause("We urge\n(a) one;\n(b) two", source="We urge\none\nTwo."), Drift.VERBATIM),
    ],
)
def test_a_clause_is_labelled_by_its_words(held: Clause, label: Drift) -> None:
    assert drift(held) is label


@pytest.mark.parametrize(
    ("answer", "label"), [(True, Drift.ADAPTED), (None, Drift.ADAPTED), (False, Drift.NO_LONGER_BACKED)]
)
def test_the_support_check_decides_whether_adapted_words_are_still_backed(answer: bool | None, label: Drift) -> None:
    assert drift(clause("States must foster inclusion"), backed=lambda _: answer) is label


def test_the_support_check_is_not_asked_about_words_that_are_the_sources_own_or_nobodys() -> None:
    asked: list[str] = []

    def backed(text: str) -> bool:
        asked.append(text)
        return False

    assert drift(clause(SOURCE), backed=backed) is Drift.VERBATIM
    assert drift(clause(SUGGESTION, taken=SUGGESTION), backed=backed) is Drift.SUGGESTED
    assert drift(clause("We act", source=""), backed=backed) is Drift.WRITTEN
    assert asked == []
    assert drift(clause("See {¶o2}"), "See paragraph 2 above", backed) is Drift.NO_LONGER_BACKED
    assert asked == ["See paragraph 2 above"]


def test_an_alternative_is_labelled_as_a_clause_is() -> None:
    assert drift(Alternative("a1", "We act", source_text="We act.")) is Drift.VERBATIM
    assert drift(Alternative("a1", "We act")) is Drift.WRITTEN


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("(a) Foster inclusion;", "foster inclusion", True),
        ("Foster inclusion; and", "foster  inclusion.", True),
        ("We urge\nA", "We urge A", False),
        ("We urge A", "We urge B", False),
        ("the UN", "the un", False),
        ("", " ", True),
    ],
)
def test_two_texts_say_the_same_words(one: str, other: str, same: bool) -> None:
    assert same_words(one, other) is same


def test_a_text_is_compared_sentence_by_sentence() -> None:
    assert sentences("1. We urge A. We note:\n(a) One; and\n(b) “Two”.") == ("we urge A", "we note", "one", "“Two”")
