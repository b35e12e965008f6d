"""States, proposers, alternatives, brackets put around words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DraftError
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft
from drafting.negotiation import (
    add_alternative,
    bracket,
    cite_in_alternative,
    edit_alternative,
    open_clauses,
    promote_alternative,
    proposers,
    remove_alternative,
    set_proposer,
    set_state,
    uncite_in_alternative,
)
from drafting.operations import add_clause, edit_text

AGREED, OPEN = ClauseState.AGREED, ClauseState.OPEN


def citation(passage_id: str) -> Citation:
    return Citation(passage_id, "A/1", "para. 1", "Africa", 14, "recommended", "the meeting", "Quote")


A1 = Alternative("a1", "We call upon States", "GRULAC", (citation("1"),), "Call", "Calls")
A2 = Alternative("a2", "We invite States")
CLAUSE = Clause("o1", ClauseKind.OPERATIVE, "We urge States", (citation("2"),), "Urge", proposer="Japan")
DRAFT = Draft("d", clauses=(CLAUSE, Clause("o2", ClauseKind.OPERATIVE, "We note", state=AGREED)))
PROPOSED = replace(DRAFT, clauses=(replace(CLAUSE, alternatives=(A1, A2)), DRAFT.clauses[1]))


def test_the_open_clauses_are_those_that_are_not_agreed() -> None:
    assert [clause.id for clause in open_clauses(DRAFT)] == ["o1"]
    assert open_clauses(set_state(DRAFT, "o1", AGREED)) == ()
    assert set_state(set_state(DRAFT, "o1", AGREED), "o1", OPEN) == DRAFT


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("We note", AGREED),
        (" We  note; ", AGREED),
        ("we note.", AGREED),
        ("We note it", OPEN),
        ("We [note]", OPEN),
        ("We Note", OPEN),
    ],
)
def test_a_clause_is_open_again_when_its_words_change(text: str, state: ClauseState) -> None:
    assert edit_text(DRAFT, "o2", text).clauses[1].state is state


def test_what_is_still_disputed_cannot_be_agreed() -> None:
    with pytest.raises(DraftError, match="operative clause 1 still has alternatives"):
        set_state(PROPOSED, "o1", AGREED)
    with pytest.raises(DraftError, match="still has square brackets"):
        set_state(edit_text(DRAFT, "o1", "We urge] States"), "o1", AGREED)


def test_a_clause_names_its_proposer_from_the_beginning_or_later() -> None:
    draft = add_clause(DRAFT, "We act", ClauseKind.OPERATIVE, proposer="Canada", taken_text="We act", clause_id="o3")
    assert (draft.clauses[2].proposer, draft.clauses[2].taken_text) == ("Canada", "We act")
    assert set_proposer(draft, "o3", " Chile ").clauses[2] == replace(draft.clauses[2], proposer="Chile")
    assert proposers(PROPOSED) == ("Japan", "GRULAC")


def test_an_alternative_is_added_last_and_opens_the_clause() -> None:
    draft = add_alternative(
        DRAFT, "o2", A1.text, " GRULAC ", A1.citations * 2, "Call", taken_text="Calls", alternative_id="a1"
    )
    draft = add_alternative(draft, "o2", A2.text, alternative_id="a2")
    assert draft.clauses[1] == replace(DRAFT.clauses[1], alternatives=(A1, A2), state=OPEN)
    assert add_alternative(draft, "o2", "Text").clauses[1].alternatives[2].id not in {"o1", "o2", "a1", "a2"}


@pytest.mark.parametrize("taken", ["o1", "a1", "a-b", ""])
def test_an_alternative_has_an_id_of_its_own(taken: str) -> None:
    with pytest.raises(DraftError):
        add_alternative(PROPOSED, "o2", "Text", alternative_id=taken)


def test_an_alternative_is_edited_and_removed() -> None:
    edited = edit_alternative(PROPOSED, "o1", "a1", "We ask States")
    assert edited.clauses[0].alternatives == (replace(A1, text="We ask States"), A2)
    assert edit_alternative(edited, "o1", "a1", A1.text, "Brazil").clauses[0].alternatives[0].proposer == "Brazil"
    assert remove_alternative(PROPOSED, "o1", "a1").clauses[0].alternatives == (A2,)


def test_an_alternative_has_citations_of_its_own() -> None:
    cited = cite_in_alternative(PROPOSED, "o1", "a1", citation("9"))
    assert cited.clauses[0].alternatives == (replace(A1, citations=(*A1.citations, citation("9"))), A2)
    assert cited.clauses[0].citations == CLAUSE.citations
    assert cite_in_alternative(cited, "o1", "a1", citation("9")) == cited
    assert uncite_in_alternative(cited, "o1", "a1", "9") == PROPOSED
    assert uncite_in_alternative(PROPOSED, "o1", "a2", "9") == PROPOSED


def test_a_promoted_alternative_changes_places_with_the_text_and_all_that_belongs_to_it() -> None:
    promoted = promote_alternative(PROPOSED, "o1", "a1").clauses[0]

    assert (promoted.text, promoted.proposer, promoted.citations) == (A1.text, A1.proposer, A1.citations)
    assert (promoted.source_text, promoted.taken_text) == (A1.source_text, A1.taken_text)
    assert promoted.alternatives == (Alternative("a1", CLAUSE.text, "Japan", CLAUSE.citations, "Urge", ""), A2)
    assert promote_alternative(promote_alternative(PROPOSED, "o1", "a1"), "o1", "a1") == PROPOSED


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: edit_alternative(draft, "o1", "x", "Text"),
        lambda draft: edit_alternative(draft, "o1", "a1", " "),
        lambda draft: remove_alternative(draft, "o2", "a1"),
        lambda draft: promote_alternative(draft, "o1", "x"),
        lambda draft: add_alternative(draft, "x", "Text"),
        lambda draft: add_alternative(draft, "o1", "\n"),
        lambda draft: set_state(draft, "x", AGREED),
        lambda draft: set_proposer(draft, "x", "Japan"),
        lambda draft: bracket(draft, "x", 0, 1),
    ],
)
def test_what_is_not_there_is_refused(change: Callable[[Draft], Draft]) -> None:
    with pytest.raises(DraftError):
        change(PROPOSED)


@pytest.mark.parametrize(
    ("text", "start", "end", "bracketed"),
    [
        ("We urge States", 3, 7, "We [urge] States"),
        ("We urge States", 2, 8, "We [urge] States"),
        ("We urge:\n(a) one\n(b) two", 9, 16, "We urge:\n(a) [one]\n(b) two"),
        ("We urge:\n(a) one\n(b) two", 13, 24, "We urge:\n(a) [one\n(b) two]"),
        ("See {¶o2} there", 6, 8, "See [{¶o2}] there"),
        ("We [urge] States", 0, 16, "[We [urge] States]"),
    ],
)
def test_words_are_put_in_brackets(text: str, start: int, end: int, bracketed: str) -> None:
    assert bracket(edit_text(DRAFT, "o1", text), "o1", start, end).clauses[0].text == bracketed


@pytest.mark.parametrize(("start", "end"), [(2, 3), (5, 5), (7, 3), (-1, 4), (0, 99)])
def test_there_must_be_words_to_put_in_brackets(start: int, end: int) -> None:
    with pytest.raises(DraftError, match="no words to put in brackets"):
        bracket(DRAFT, "o1", start, end)


@given(st.data())
def test_brackets_add_two_signs_and_nothing_else(data: st.DataObject) -> None:
    text = data.draw(st.lists(st.sampled_from(["We ", "urge", "{¶o2}", "\n(a) ", " ", "[", "]"])).map("".join))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    draft = replace(DRAFT, clauses=(replace(CLAUSE, text=text), DRAFT.clauses[1]))
    try:
        changed = bracket(draft, "o1", start, end).clauses[0].text
    except DraftError:
        return
    assert len(changed) == len(text) + 2
    assert changed.replace("[", "").replace("]", "") == text.replace("[", "").replace("]", "")
    assert changed.count("{¶o2}") == text.count("{¶o2}")
