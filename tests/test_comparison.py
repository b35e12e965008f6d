"""Two drafts side by side: every difference is named, and as little as possible counts as moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.changes import ChangeKind
from drafting.comparison import compare
from drafting.model import Citation, Clause, ClauseKind, Draft, Masthead, Style

ONE = Citation("A/1#1", "A/1", "para. 1", "Africa", 14, "recommended", "the meeting", "Quote")
OTHER = replace(ONE, passage_id="A/1#2", locator="para. 2")


def clause(name: str, text: str = "Urge", *citations: Citation) -> Clause:
    return Clause(name, ClauseKind.OPERATIVE, text, citations)


def draft(names: str) -> Draft:
    return Draft("d", clauses=tuple(clause(name) for name in names))


clause_lists = st.lists(st.sampled_from("abcdefgh"), unique=True).map("".join)


@given(clause_lists)
def test_a_draft_is_the_same_as_itself(names: str) -> None:
    assert compare(draft(names), replace(draft(names), id="other", revision=9)).same


@given(clause_lists, clause_lists)
def test_every_clause_of_both_stands_in_the_comparison_once_and_both_orders_can_be_read_off(old: str, new: str) -> None:
    comparison = compare(draft(old), draft(new))
    assert sorted(row.id for row in comparison.clauses) == sorted(set(old) | set(new))
    assert "".join(row.id for row in comparison.clauses if not row.deleted) == new
    assert {row.id for row in comparison.clauses if row.deleted} == set(old) - set(new)
    assert {row.id for row in comparison.clauses if row.added} == set(new) - set(old)
    stayed = [row.id for row in comparison.clauses if not (row.added or row.deleted or row.moved)]
    assert stayed == [name for name in old if name in stayed]
    assert comparison.same == (old == new)


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        ("abcde", "eabcd", 1),
        ("abcde", "bcdea", 1),
        ("abcde", "acbde", 1),
        ("abcde", "axcdb", 1),
        ("abc", "cba", 2),
        ("abcde", "bcd", 0),
        ("abc", "axbyc", 0),
    ],
)
def test_as_few_clauses_as_possible_count_as_moved(old: str, new: str, moved: int) -> None:
    found = "".join(row.id for row in compare(draft(old), draft(new)).clauses if row.moved)
    assert len(found) == moved


def test_a_deleted_clause_stands_behind_the_one_it_stood_behind() -> None:
    assert "".join(row.id for row in compare(draft("xaybz"), draft("ba")).clauses) == "xbzay"


def test_what_changed_in_a_clause_is_named() -> None:
    before = Draft("d", clauses=(replace(clause("a", "Urge States", ONE), source_text="Urge"), clause("b")))
    after = Draft(
        "d",
        clauses=(Clause("a", ClauseKind.PREAMBULAR, "Urge all States", (OTHER,), "Urge all"), clause("b")),
    )
    row, other = compare(before, after).clauses
    assert (row.reworded, row.kind_changed, row.citations_changed, row.moved, row.unchanged) == (
        True,
        True,
        True,
        False,
        False,
    )
    assert (row.cited, row.uncited) == ((OTHER,), (ONE,))
    assert [(field.name, field.before, field.after) for field in row.fields] == [("source_text", "Urge", "Urge all")]
    assert [(change.kind, change.text) for change in row.words()] == [
        (ChangeKind.EQUAL, "Urge "),
        (ChangeKind.INSERTED, "all "),
        (ChangeKind.EQUAL, "States"),
    ]
    assert other.unchanged


def test_citations_in_another_order_are_a_change_without_new_ones() -> None:
    (row,) = compare(
        Draft("d", clauses=(clause("a", "Urge", ONE, OTHER),)), Draft("d", clauses=(clause("a", "Urge", OTHER, ONE),))
    ).clauses
    assert row.citations_changed
    assert (row.cited, row.uncited, row.unchanged) == ((), (), False)


def test_an_added_or_deleted_clause_is_inserted_or_deleted_as_a_whole() -> None:
    rows = {row.id: row for row in compare(draft("b"), draft("a")).clauses}
    assert (rows["a"].added, rows["b"].deleted) == (True, True)
    assert [change.kind for change in rows["a"].words()] == [ChangeKind.INSERTED]
    assert [change.kind for change in rows["b"].words()] == [ChangeKind.DELETED]
    assert not any(row.reworded or row.kind_changed or row.citations_changed for row in rows.values())


def test_title_style_and_masthead_are_compared_too() -> None:
    before = Draft("d", "One", Masthead(place="Doha", agenda_items=("Item 3",)))
    after = Draft("d", "Two", Masthead(agenda_items=("Item 3", "Item 4")), style=Style.RESOLUTION)
    changes = {field.name: (field.before, field.after) for field in compare(before, after).fields}
    assert changes == {
        "title": ("One", "Two"),
        "style": ("declaration", "resolution"),
        "masthead.place": ("Doha", ""),
        "masthead.agenda_items": ("Item 3", "Item 3\nItem 4"),
    }
