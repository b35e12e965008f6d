"""Tracked changes: all accepted it is the new file, all rejected the old one, and both are what Word can read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import word_checking
import word_reading
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from word_edits import AFTER, BEFORE, citation

from drafting.model import Alternative, Clause, ClauseKind, ClauseState, Draft, Masthead, Style
from drafting.word import Copy, Since, docx_bytes

O, H = ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741
APART = {"UNEnd", "UNDisclaimer"}  # what ends a text, and the line that has the note on changes
WHEN = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def tracked(before: Draft, after: Draft, *, negotiating: bool = False, author: str = "Ann") -> bytes:
    copy = Copy(negotiating=negotiating, annex=False, since=Since(before, WHEN, author))
    return docx_bytes(after, copy=copy)[0]


def printed(data: bytes) -> list[tuple[object, ...]]:
    """Return what a reader sees of each paragraph, with what its notes say."""
    read = word_reading.read(data)
    return [
        (
            each.style,
            each.number,
            each.text,
            each.italic,
            each.remark,
            each.marks,
            [read.notes[n].text for n in each.notes],
        )
        for each in read.paragraphs
        if each.style not in APART
    ]


def assert_both_versions_are_in(before: Draft, after: Draft, *, negotiating: bool) -> None:
    data = tracked(before, after, negotiating=negotiating)
    assert word_checking.problems(data) == []
    for draft, accept in ((after, True), (before, False)):
        plain = docx_bytes(draft, negotiating=negotiating)[0]
        assert printed(word_reading.settled(data, accept=accept)) == printed(plain)


@pytest.mark.parametrize("negotiating", [False, True])
def test_accepting_gives_the_new_text_and_rejecting_the_old_one(negotiating: bool) -> None:
    assert_both_versions_are_in(BEFORE, AFTER, negotiating=negotiating)
    assert_both_versions_are_in(AFTER, BEFORE, negotiating=negotiating)


_WORDS = ["We ", "urge ", "Noting ", "States ", "🙂🏽 ", "مرحبا ", "e\u0301 ", "{¶c1} ", "{#c2(a)}", "\x00", "]", "."]
_WORDS += ["\n(a) one", "\n(b) two", "\n(i) in", "\nmore"]
_texts = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=12),
    st.lists(st.sampled_from(_WORDS), max_size=9).map("".join),
)  # fmt: skip
_cited = st.lists(st.integers(1, 4), max_size=3).map(lambda places: tuple(citation(at) for at in places))
_states = st.sampled_from(ClauseState)
_bodies = st.tuples(st.sampled_from(ClauseKind), _texts, _cited, _states, st.lists(_texts, max_size=2))
_masts = st.builds(
    Masthead,
    place=_texts,
    distribution_date=_texts,
    agenda_items=st.lists(_texts, max_size=2).map(tuple),
    chapeau=_texts,
)


def _clause(identifier: str, body: tuple[ClauseKind, str, tuple[object, ...], ClauseState, list[str]]) -> Clause:
    kind, text, citations, state, others = body
    alternatives = tuple(Alternative(f"{identifier}x{at}", other) for at, other in enumerate(others))
    return Clause(identifier, kind, text, citations, state=state, alternatives=alternatives)  # type: ignore[arg-type]


@st.composite
def _versions(draw: st.DrawFn) -> tuple[Draft, Draft]:
    """Draw two drafts that share clauses: some alike, some reworded, in any order."""
    pool = [_clause(f"c{at}", body) for at, body in enumerate(draw(st.lists(_bodies, min_size=1, max_size=6)))]
    drafts = []
    for _ in range(2):
        clauses = draw(st.permutations(pool).flatmap(lambda order: st.integers(0, len(order)).map(lambda n: order[:n])))
        changed = [_clause(each.id, draw(_bodies)) if draw(st.booleans()) else each for each in clauses]
        drafts.append(Draft("d", draw(_texts), draw(_masts), tuple(changed), draw(st.sampled_from(Style))))
    return drafts[0], drafts[1]


@settings(max_examples=40)
@given(versions=_versions(), negotiating=st.booleans())
def test_any_two_versions_are_both_in_the_file(versions: tuple[Draft, Draft], negotiating: bool) -> None:
    assert_both_versions_are_in(*versions, negotiating=negotiating)


def test_equal_versions_have_no_change() -> None:
    root = word_reading.xml(tracked(BEFORE, BEFORE), "word/document.xml")
    assert not [each for tag in ("ins", "del", "moveFrom", "moveTo") for each in root.iter(qn(f"w:{tag}"))]


def test_only_the_words_that_changed_are_marked() -> None:
    root = word_reading.xml(tracked(BEFORE, AFTER), "word/document.xml")
    came = ["".join(t.text for t in each.iter(qn("w:t"))) for each in root.iter(qn("w:ins"))]
    went = ["".join(t.text for t in each.iter(qn("w:delText"))) for each in root.iter(qn("w:del"))]
    assert "urge" in came
    assert "invite" in went
    assert not [words for words in (*came, *went) if "States" in words]


def test_what_moved_is_marked_as_moved_and_named_once_at_each_end() -> None:
    root = word_reading.xml(tracked(BEFORE, AFTER), "word/document.xml")
    ends = {
        tag: [each.get(qn("w:name")) for each in root.iter(qn(f"w:{tag}"))]
        for tag in ("moveFromRangeStart", "moveToRangeStart", "bookmarkStart")
    }
    assert ends["moveFromRangeStart"] == ends["moveToRangeStart"] == ["move1"]
    moved = ["".join(t.text or "" for t in each.iter(qn("w:t"))) for each in root.iter(qn("w:moveTo"))]
    assert "".join(moved).startswith("We shall move down")
    assert {"_c_o4", "_m_o4", "_m_p3", "_c_o3"} <= set(ends["bookmarkStart"])


@pytest.mark.parametrize(("author", "stated"), [("Ann", "Ann"), ("", "Unknown author"), ("\x00<&>", "<&>")])
def test_each_change_names_its_author_and_its_time(author: str, stated: str) -> None:
    since = Since(BEFORE, WHEN, author)
    root = word_reading.xml(docx_bytes(AFTER, copy=Copy(since=since))[0], "word/document.xml")
    changes = [each for tag in ("ins", "del", "moveFrom", "moveTo") for each in root.iter(qn(f"w:{tag}"))]
    assert len(changes) > 40
    assert {(each.get(qn("w:author")), each.get(qn("w:date"))) for each in changes} == {
        (stated, "2026-11-21T09:30:00Z")
    }


def test_a_number_follows_the_numbering_only_where_both_versions_have_its_paragraph() -> None:
    said = (("o1", "We act"), ("o2", "We move"), ("o3", "See {¶o1}, {¶o2}"), ("o4", "We stay"), ("o5", "We rest"))
    clauses = tuple(Clause(identifier, O, text) for identifier, text in said)
    before = Draft("d", clauses=clauses)
    after = replace(before, clauses=(clauses[0], *clauses[2:], clauses[1]))
    read = word_reading.read(tracked(before, after))
    fields = [field for each in read.paragraphs for field in each.fields]
    assert fields == [("_c_o1", "1")]
    for accept in (True, False):
        left = word_reading.read(word_reading.settled(tracked(before, after), accept=accept))
        assert {name for each in left.paragraphs for name, _ in each.fields} <= set(left.clauses)


@pytest.mark.parametrize(
    ("text", "notes"), [("We act?", ()), ("We act", (7,)), ("We act", (1, 7)), ("We now act at once", (7,))]
)
def test_an_insertion_at_the_end_is_kept_apart_from_the_new_paragraph_after_it(
    text: str, notes: tuple[int, ...]
) -> None:
    before = Draft(
        "d", clauses=(Clause("o1", O, "We act", tuple(citation(n) for n in notes if n == 1)), Clause("h", H, "A"))
    )
    own = replace(before.clauses[0], text=text, citations=tuple(citation(n) for n in notes))
    after = replace(before, clauses=(own, Clause("o2", O, "We are new"), before.clauses[1]))
    data = tracked(before, after)
    root = word_reading.xml(data, "word/document.xml")
    (first,) = [
        p for p in root.iter(qn("w:p")) if any(b.get(qn("w:name")) == "_c_o1" for b in p.iter(qn("w:bookmarkStart")))
    ]
    runs = [each.tag for each in first if each.tag in {qn("w:r"), qn("w:ins"), qn("w:del")}]
    assert runs[-1] == qn("w:del")
    assert_both_versions_are_in(before, after, negotiating=False)


def test_what_moved_and_grew_before_a_new_paragraph_goes_as_a_whole() -> None:
    said = [Clause(f"o{at}", O, f"We do {at}") for at in range(4)]
    grown = replace(said[0], text="We do 0 at once", citations=(citation(1),))
    after = Draft("d", clauses=(*said[1:], grown, Clause("n", O, "We are new"), Clause("h", H, "Part")))
    assert_both_versions_are_in(Draft("d", clauses=(*said, Clause("h", H, "Part"))), after, negotiating=False)
