"""The timeline and the comparison of two versions: what is told, and that every text is text."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest

from drafting.comparison import compare
from drafting.masthead import set_field
from drafting.model import Alternative, Citation, ClauseKind, ClauseState, Draft
from drafting.operations import add_clause, delete_clause, edit_text, move_clause
from drafting.states import Revision
from ui.comparison_html import Side, comparison_html, summary
from ui.versions_payload import chosen_pair, timeline_payload

HOSTILE = "<script>hack()</script> \"'&"
NOW = datetime(2031, 3, 10, 12, 0, tzinfo=UTC)


def revision(number: int, **fields: object) -> Revision:
    made = Revision(number, number - 1 or None, "Added", f"2031-03-10T09:0{number}:00+00:00")
    return replace(made, **fields)  # type: ignore[arg-type]


# Version 3 was undone, and version 4 was made from version 2.
TIMELINE = (
    revision(4, parent=2, current=True, author="Maria"),
    revision(3, on_branch=False),
    revision(2, name=HOSTILE, summary=HOSTILE, author=HOSTILE),
    revision(1),
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", (2, 4)),
        ("1", "3", (1, 3)),
        ("3", "1", (1, 3)),
        ("", "3", (2, 3)),
        ("3", "", (3, 4)),
        ("2", "2", (2, 2)),
        ("99", "-1", (2, 4)),
        ("１", "²", (2, 4)),
        ("9" * 5000, HOSTILE, (2, 4)),
        ("", "1", (1, 1)),
    ],
)
def test_any_two_versions_can_be_chosen_and_nonsense_leaves_the_last_change(
    before: str, after: str, expected: tuple[int, int]
) -> None:
    assert chosen_pair(TIMELINE, before, after) == expected


def test_the_timeline_tells_when_who_what_and_what_was_left() -> None:
    told = timeline_payload(TIMELINE, (2, 4), "Europe/Vienna", NOW)
    assert (told["current"], told["before"], told["after"]) == (4, 2, 4)
    rows = {row["number"]: row for row in told["rows"]}
    assert list(rows) == [4, 3, 2, 1]
    assert (rows[4]["day"], rows[4]["time"], rows[4]["by"], rows[4]["current"]) == ("Today", "10:04", "Maria", True)
    assert (rows[2]["name"], rows[2]["change"], rows[2]["by"]) == (HOSTILE,) * 3
    assert [number for number, row in rows.items() if row["left"]] == [3]


def clause(draft: Draft, clause_id: str, text: str) -> Draft:
    return add_clause(draft, text, ClauseKind.OPERATIVE, clause_id=clause_id)


OLD = clause(clause(clause(Draft("d"), "c1", "We urge States to act"), "c2", "We invite donors"), "c3", "We note")
CITATION = Citation("X#1", f"X/{HOSTILE}", "para. 1", "Africa", 12, "recommended", "the meeting", "Words")


def cited(draft: Draft) -> Draft:
    first, *rest = draft.clauses
    return replace(draft, clauses=(replace(first, citations=(CITATION,), state=ClauseState.AGREED), *rest))


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (OLD, "Nothing is different between these two versions."),
        (edit_text(OLD, "c1", "We urge all States to act"), "1 clause reworded."),
        (delete_clause(clause(OLD, "c4", "We add"), "c2"), "1 clause deleted, 1 added."),
        (move_clause(OLD, "c3", -2), "1 clause moved."),
        (set_field(OLD, "place", "Doha"), "Place changed."),
        (set_field(clause(OLD, "c4", "We add"), "title", "Doha"), "1 clause added; title changed."),
        (cited(OLD), "1 clause with other sources, 1 changed otherwise."),
        (delete_clause(delete_clause(OLD, "c1"), "c2"), "2 clauses deleted."),
    ],
)
def test_the_differences_are_counted_in_words(new: Draft, expected: str) -> None:
    assert summary(compare(OLD, new)) == expected


def shown(old: Draft, new: Draft) -> str:
    return comparison_html(compare(old, new), Side(old, "Version 1", HOSTILE), Side(new, "Version 2", "Today"))


def test_each_side_is_its_own_version_word_for_word() -> None:
    html = shown(OLD, edit_text(OLD, "c1", f"We call upon all States to act {HOSTILE}"))
    old, new = re.findall(r'<div class="words" dir="auto">(.*?)</div>', html, re.DOTALL)
    assert unescape(re.sub(r"</?del>", "", old)) == "We urge States to act"
    assert unescape(re.sub(r"</?ins>", "", new)) == f"We call upon all States to act {HOSTILE}"
    assert "<del>urge" in old
    assert "<ins>call upon all" in new
    assert html.count("<details>") == 1
    assert "2 clauses as they were" in html


def test_what_came_went_and_moved_is_named_and_not_only_coloured() -> None:
    html = shown(OLD, move_clause(clause(delete_clause(OLD, "c2"), "c4", "We add"), "c4", -2))
    assert 'Operative clause 2 of version 1 <span class="badge">Deleted</span>' in html
    assert 'Operative clause 1 <span class="badge">Added</span>' in html
    assert html.count("Not in this version") == 2
    moved = shown(OLD, move_clause(OLD, "c3", -2))
    assert 'Operative clause 1 (was operative clause 3) <span class="badge">Moved</span>' in moved


def test_sources_states_and_fields_are_told_beside_the_words() -> None:
    html = shown(OLD, set_field(cited(OLD), "place", HOSTILE))
    assert "<li>State: <del>open</del> <ins>agreed</ins></li>" in html
    assert "<li><ins>X/&lt;script&gt;" in html
    assert 'Place <span class="badge">Changed</span>' in html
    assert '<span class="none">Empty</span>' in html


def test_references_are_printed_as_a_reader_sees_them_and_alternatives_in_words() -> None:
    new = edit_text(OLD, "c3", "We note {¶c1}")
    first, *rest = new.clauses
    new = replace(new, clauses=(replace(first, alternatives=(Alternative("a1", "We ask"),)), *rest))
    html = shown(OLD, new)
    assert "paragraph 1 above" in unescape(html)
    assert "Alternative: We ask" in unescape(re.sub(r"</?ins>", "", html))
    assert "<li>Alternatives changed</li>" in html
    assert "{" not in html


def test_hostile_text_stays_text_everywhere() -> None:
    hostile = set_field(clause(Draft("d", HOSTILE), "c1", HOSTILE), "congress", HOSTILE)
    for old, new in ((OLD, hostile), (hostile, OLD), (hostile, cited(hostile))):
        assert "<script" not in shown(old, new)
