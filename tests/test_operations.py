"""The operations on a draft: what each changes, what it leaves alone, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus.errors import DraftError
from drafting.model import Citation, Clause, ClauseKind, Draft, Masthead, Style
from drafting.operations import (
    add_clause,
    cite,
    delete_clause,
    designation,
    edit_text,
    move_clause,
    reorder,
    set_kind,
    set_masthead,
    set_style,
    set_title,
    uncite,
)

if TYPE_CHECKING:
    from collections.abc import Callable

PREAMBULAR, OPERATIVE, HEADING = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING
KINDS = {"p": PREAMBULAR, "o": OPERATIVE, "h": HEADING}


def citation(passage_id: str = "A/CONF.234/RPM.2/1#24(c)", quote: str = "Improve the access of victims") -> Citation:
    return Citation(
        passage_id=passage_id,
        symbol="A/CONF.234/RPM.2/1",
        locator="para. 24 (c)",
        region="Africa",
        congress=14,
        standing="recommended",
        voice="the meeting",
        quote=quote,
    )


def draft_of(ids: str) -> Draft:
    """Return a draft of clauses whose ids begin with the letter of their kind, such as ``"p1 p2 h1 o1"``."""
    clauses = tuple(
        Clause(name, KINDS[name[0]], f"Text of {name}.", (citation(f"A/1#{name}"),), f"Source of {name}.")
        for name in ids.split()
    )
    return Draft(id="d", clauses=clauses, revision=7)


def ids_of(draft: Draft) -> str:
    return " ".join(clause.id for clause in draft.clauses)


@pytest.mark.parametrize(
    ("kind", "after", "expected"),
    [
        (PREAMBULAR, None, "p1 p2 new h1 o1 o2"),
        (OPERATIVE, None, "p1 p2 h1 o1 o2 new"),
        (HEADING, None, "p1 p2 h1 o1 o2 new"),
        (PREAMBULAR, "p1", "p1 new p2 h1 o1 o2"),
        (OPERATIVE, "h1", "p1 p2 h1 new o1 o2"),
        (HEADING, "o1", "p1 p2 h1 o1 new o2"),
        (PREAMBULAR, "o1", "p1 p2 new h1 o1 o2"),
        (OPERATIVE, "p1", "p1 p2 new h1 o1 o2"),
        (HEADING, "p2", "p1 p2 new h1 o1 o2"),
    ],
)
def test_a_new_clause_stands_where_it_is_asked_for_or_at_the_nearest_end_of_its_part(
    kind: ClauseKind, after: str | None, expected: str
) -> None:
    changed = add_clause(draft_of("p1 p2 h1 o1 o2"), "Text.", kind, after=after, clause_id="new")
    assert ids_of(changed) == expected


def test_a_new_clause_keeps_its_text_citations_and_source_text() -> None:
    changed = add_clause(Draft("d"), " Urges $x$ \n", OPERATIVE, (citation(),), "Source.", clause_id="c1")
    assert changed.clauses == (Clause("c1", OPERATIVE, " Urges $x$ \n", (citation(),), "Source."),)


def test_a_new_clause_cites_a_passage_once() -> None:
    changed = add_clause(Draft("d"), "Text.", OPERATIVE, [citation("A/1#1"), citation("A/1#2"), citation("A/1#1", "x")])
    assert changed.clauses[0].citations == (citation("A/1#1"), citation("A/1#2"))


def test_new_ids_differ_and_can_name_a_word_bookmark() -> None:
    draft = Draft("d")
    for _ in range(50):
        draft = add_clause(draft, "Text.", OPERATIVE)
    assert len({clause.id for clause in draft.clauses}) == 50
    assert all(
        clause.id.isascii() and clause.id.isalnum() and clause.id[0].isalpha() and len(clause.id) <= 40
        for clause in draft.clauses
    )


def test_a_random_id_that_is_taken_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter(["aa", "aa", "bb"])
    monkeypatch.setattr("drafting.operations.secrets.token_hex", lambda _bytes: next(draws))
    draft = add_clause(add_clause(Draft("d"), "One.", OPERATIVE), "Two.", OPERATIVE)
    assert ids_of(draft) == "caa cbb"


@pytest.mark.parametrize("clause_id", ["", "a b", "o-1", "é", "o1\n", "o1"])
def test_an_id_that_is_malformed_or_taken_is_refused(clause_id: str) -> None:
    with pytest.raises(DraftError):
        add_clause(draft_of("o1"), "Text.", OPERATIVE, clause_id=clause_id)


def test_editing_a_text_keeps_citations_and_source_text() -> None:
    draft = draft_of("p1 o1")
    changed = edit_text(draft, "o1", "Other.")
    assert changed.clauses == (draft.clauses[0], replace(draft.clauses[1], text="Other."))


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u00a0"])
def test_a_blank_clause_or_title_is_refused(text: str) -> None:
    draft = draft_of("o1")
    with pytest.raises(DraftError, match="cannot be empty"):
        edit_text(draft, "o1", text)
    with pytest.raises(DraftError, match="cannot be empty"):
        add_clause(draft, text, OPERATIVE)
    with pytest.raises(DraftError, match="title"):
        set_title(draft, text)


@pytest.mark.parametrize(
    ("clause_id", "by", "expected"),
    [
        ("p2", -1, "p2 p1 h1 o1 o2"),
        ("o1", -1, "p1 p2 o1 h1 o2"),
        ("o1", 1, "p1 p2 h1 o2 o1"),
        ("h1", 2, "p1 p2 o1 o2 h1"),
        ("p1", 0, "p1 p2 h1 o1 o2"),
    ],
)
def test_a_clause_moves_inside_its_part(clause_id: str, by: int, expected: str) -> None:
    assert ids_of(move_clause(draft_of("p1 p2 h1 o1 o2"), clause_id, by)) == expected


@pytest.mark.parametrize(
    ("clause_id", "by", "sentence"),
    [
        ("p1", -1, "The preambular clause 1 cannot be moved above the first clause of the preamble."),
        ("p2", 1, "The preambular clause 2 cannot be moved below the last clause of the preamble."),
        ("h1", -1, "The heading 1 cannot be moved above the first clause of the operative part."),
        ("o2", 1, "The operative clause 2 cannot be moved below the last clause of the operative part."),
    ],
)
def test_a_clause_never_moves_out_of_its_part(clause_id: str, by: int, sentence: str) -> None:
    with pytest.raises(DraftError) as refusal:
        move_clause(draft_of("p1 p2 h1 o1 o2"), clause_id, by)
    assert refusal.value.problem == sentence


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("o2 o1 h1 p2 p1", "p2 p1 o2 o1 h1"),
        ("o2 p1 p2 h1 o1", "p1 p2 o2 h1 o1"),
        ("p2 h1 o1 o2 p1", "p2 p1 h1 o1 o2"),
    ],
)
def test_a_clause_dragged_into_the_other_part_stops_at_the_border(order: str, expected: str) -> None:
    assert ids_of(reorder(draft_of("p1 p2 h1 o1 o2"), order.split())) == expected


@pytest.mark.parametrize("order", ["", "p1", "p1 o1 o1", "p1 x", "p1 o1 x", "p1 p1"])
def test_an_order_that_is_no_permutation_is_refused(order: str) -> None:
    with pytest.raises(DraftError, match="not the 2 clauses"):
        reorder(draft_of("p1 o1"), order.split())


def test_citing_a_passage_twice_changes_nothing() -> None:
    once = cite(draft_of("o1"), "o1", citation())
    assert once.clauses[0].citations == (citation("A/1#o1"), citation())
    assert cite(once, "o1", citation(quote="another copy")) == once


def test_uncite_takes_away_what_cite_added() -> None:
    draft = draft_of("p1 o1")
    assert uncite(cite(draft, "o1", citation()), "o1", citation().passage_id) == draft


def test_uncite_refuses_a_passage_that_is_not_cited() -> None:
    with pytest.raises(DraftError, match="operative clause 1 does not cite A/2#1"):
        uncite(draft_of("o1"), "o1", "A/2#1")


@pytest.mark.parametrize(
    ("clause_id", "kind", "expected"),
    [
        ("o1", PREAMBULAR, "p1 p2 o1 h1 o2"),
        ("p1", OPERATIVE, "p2 p1 h1 o1 o2"),
        ("o1", HEADING, "p1 p2 h1 o1 o2"),
        ("p2", PREAMBULAR, "p1 p2 h1 o1 o2"),
    ],
)
def test_a_clause_of_a_new_kind_goes_to_the_nearest_end_of_its_new_part(
    clause_id: str, kind: ClauseKind, expected: str
) -> None:
    draft = draft_of("p1 p2 h1 o1 o2")
    changed = set_kind(draft, clause_id, kind)
    assert ids_of(changed) == expected
    before = next(clause for clause in draft.clauses if clause.id == clause_id)
    assert replace(before, kind=kind) in changed.clauses


def test_title_style_and_masthead_are_set_and_nothing_else() -> None:
    draft = draft_of("o1")
    masthead = Masthead(place="Kyoto", agenda_items=("Item 3",))
    changed = set_masthead(set_style(set_title(draft, "Kyoto Declaration"), Style.RESOLUTION), masthead)
    assert changed == replace(draft, title="Kyoto Declaration", style=Style.RESOLUTION, masthead=masthead)


@pytest.mark.parametrize(
    ("clause_id", "expected"),
    [("p2", "preambular clause 2"), ("h1", "heading 1"), ("o2", "operative clause 2"), ("h2", "heading 2")],
)
def test_a_clause_is_called_by_its_kind_and_number(clause_id: str, expected: str) -> None:
    assert designation(draft_of("p1 p2 h1 o1 h2 o2"), clause_id) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: designation(draft, "x"),
        lambda draft: add_clause(draft, "Text.", OPERATIVE, after="x"),
        lambda draft: edit_text(draft, "x", "Text."),
        lambda draft: delete_clause(draft, "x"),
        lambda draft: move_clause(draft, "x", 1),
        lambda draft: cite(draft, "x", citation()),
        lambda draft: uncite(draft, "x", "A/1#1"),
        lambda draft: set_kind(draft, "x", HEADING),
    ],
)
def test_an_unknown_clause_is_named_in_the_error(change: Callable[[Draft], object]) -> None:
    with pytest.raises(DraftError, match=r"no clause with the id 'x'\. Reload the draft"):
        change(draft_of("p1 o1"))
