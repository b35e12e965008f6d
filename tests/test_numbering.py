"""References: what they print, how they follow the numbering, and how they survive an editor."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DraftError
from corpus.model import Span
from drafting.model import Alternative, Clause, ClauseKind, ClauseState, Draft
from drafting.numbering import Numbering, PrintedNumber
from drafting.operations import delete_clause, edit_text, move_clause
from drafting.references import Reference, Target, reference_text, references
from drafting.referring import insert_reference, make_live

KINDS = {"p": ClauseKind.PREAMBULAR, "o": ClauseKind.OPERATIVE, "h": ClauseKind.HEADING}


def draft_of(**texts: str) -> Draft:
    return Draft("d", clauses=tuple(Clause(name, KINDS[name[0]], text) for name, text in texts.items()))


DRAFT = draft_of(
    p1="Recalling A",
    p2="Noting B",
    h1="Part one\n",
    o1="We urge",
    o2="We invite:\n(a) one\n(i) deep\n(b) two",
    o3="We note",
)


@pytest.mark.parametrize(
    ("token", "seen_from", "shown"),
    [
        ("{¶o1}", "o2", "paragraph 1 above"),
        ("{¶o3}", "o2", "paragraph 3 below"),
        ("{¶o2(a)(i)}", "o3", "paragraph 2 (a) (i) above"),
        ("{#o1}", "o2", "1"),
        ("{#o2(b)}", "o1", "2 (b)"),
        ("{¶o2}", "o2", "the present paragraph"),
        ("{¶o2(b)}", "o2", "subparagraph (b)"),
        ("{¶p2}", "o1", "second preambular paragraph above"),
        ("{¶p2}", "p1", "second preambular paragraph below"),
        ("{#p2}", "o1", "second"),
        ("{¶h1}", "o1", "“Part one” above"),
        ("{¶gone}", "o1", "[paragraph deleted]"),
        ("{¶o1(a)}", "o2", "[subparagraph deleted]"),
        ("{¶o1}", "not yet in the draft", "paragraph 1 above"),
        ("{o1} {¶} {¶o 1} {¶o1(a)(b)(c)}", "o2", "{o1} {¶} {¶o 1} {¶o1(a)(b)(c)}"),
    ],
)
def test_a_reference_prints_the_number_and_the_place(token: str, seen_from: str, shown: str) -> None:
    assert Numbering(DRAFT).shown(f"as in {token}, so", seen_from) == f"as in {shown}, so"


def test_the_stored_form_reads_back() -> None:
    target = Target("o2", ("a", "i"))
    text = f"See {reference_text(target)} and {reference_text(Target('o1'), number_only=True)}."
    assert references(text) == (Reference(4, 15, target), Reference(20, 25, Target("o1"), number_only=True))


def test_numbers_of_operative_paragraphs_are_found_in_the_printed_text() -> None:
    text, numbers = Numbering(DRAFT).printed("See {¶o2(b)}, {¶p1} and {#o3}.", "o1")

    assert text == "See paragraph 2 (b) below, first preambular paragraph above and 3."
    assert numbers == (
        PrintedNumber(14, 15, Target("o2")),
        PrintedNumber(16, 19, Target("o2", ("b",))),
        PrintedNumber(64, 65, Target("o3")),
    )
    assert [text[number.start : number.end] for number in numbers] == ["2", "(b)", "3"]


def test_a_reference_follows_its_clause_when_clauses_move_or_go() -> None:
    draft = edit_text(DRAFT, "o3", "See {¶o2} and {¶o1}")

    def shown(draft: Draft) -> str:
        clause = next(clause for clause in draft.clauses if clause.id == "o3")
        return Numbering(draft).shown(clause.text, "o3")

    assert shown(draft) == "See paragraph 2 above and paragraph 1 above"
    assert shown(move_clause(draft, "o1", 1)) == "See paragraph 1 above and paragraph 2 above"
    assert shown(move_clause(draft, "o2", 1)) == "See paragraph 3 below and paragraph 1 above"
    assert shown(delete_clause(draft, "o1")) == "See paragraph 1 above and [paragraph deleted]"


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("We invite:\n(a) new\n(b) one\n(i) deep\n(c) two", "{¶o2(c)}"),
        ("We invite all:\n(a) one\n(i) deep\n(b) two", "{¶o2(b)}"),
        ("We invite:\n(a) one\n(i) deep\n(b) two or more", "{¶o2(b)}"),
        ("We invite:\n(a) two", "{¶o2(a)}"),
        ("We invite:\n(a) one\n(i) deep", "{¶o2(gone)}"),
        ("We invite two", "{¶o2(gone)}"),
    ],
)
def test_a_reference_to_a_subparagraph_follows_it_when_its_clause_is_edited(text: str, token: str) -> None:
    draft = edit_text(DRAFT, "o1", "See {¶o2(b)}")
    assert edit_text(draft, "o2", text).clauses[3].text == f"See {token}"


def test_references_in_alternatives_follow_too() -> None:
    clause = Clause("o1", ClauseKind.OPERATIVE, "Text", alternatives=(Alternative("a1", "See {¶o2(b)}"),))
    draft = Draft("d", clauses=(clause, DRAFT.clauses[4]))
    changed = edit_text(draft, "o2", "We invite:\n(a) two")
    assert changed.clauses[0].alternatives[0].text == "See {¶o2(a)}"


BEFORE = "As in {¶o1} and {¶o3}, act on paragraph 1 above and {¶o1}"


@pytest.mark.parametrize(
    ("edited", "stored"),
    [
        (
            "As in paragraph 1 above and paragraph 3 below, act on paragraph 1 above and paragraph 1 above",
            BEFORE,
        ),
        ("As in paragraph 1 above, act", "As in {¶o1}, act"),
        ("Act as in paragraph 3 below", "Act as in {¶o3}"),
        ("As in paragraph 3 below and paragraph 1 above", "As in {¶o3} and {¶o1}"),
        ("As in paragraph 2 above", "As in paragraph 2 above"),
        ("As in [[3]] and [[2 (b)]], not [[9]] or [[1 (a)]]", "As in {¶o3} and {¶o2(b)}, not [[9]] or [[1 (a)]]"),
    ],
)
def test_an_edited_text_keeps_its_references_and_makes_none_of_mere_words(edited: str, stored: str) -> None:
    assert Numbering(DRAFT).stored(BEFORE, edited, "o2") == stored


@pytest.mark.parametrize(
    ("edited", "stored"),
    [
        ("We act on 1 to 3", "We act on {#o1} to {#o3}"),
        ("We act on 1 to 30", "We act on {#o1} to 30"),
        ("We act from 1990 to 3", "We act from 1990 to {#o3}"),
        ("By 2031, 3 States act", "By 2031, 3 States act"),
    ],
)
def test_a_number_is_a_reference_only_where_it_was_one(edited: str, stored: str) -> None:
    assert Numbering(DRAFT).stored("We act on {#o1} to {#o3}", edited, "o2") == stored


def test_words_that_were_never_a_reference_stay_words() -> None:
    assert Numbering(DRAFT).stored("We act", "We act on paragraph 1 above", "o2") == "We act on paragraph 1 above"


tokens = st.sampled_from(["{¶o1}", "{#o2(b)}", "{¶gone}", "{¶p1}", "{¶o2}"])
pieces = st.lists(tokens | st.sampled_from(["We ", "urge, ", "[", "]", "\n(a) ", "paragraph 1 above ", "1 ", "{¶"]))


@settings(max_examples=60, deadline=None)
@given(pieces.map("".join))
def test_a_text_that_was_shown_and_not_changed_is_stored_as_it_was(text: str) -> None:
    numbering = Numbering(DRAFT)
    shown = numbering.shown(text, "o2")
    assert numbering.stored(text, shown, "o2") == text
    spaced = text.replace("{", " {").replace("}", "} ")
    assert numbering.stored(spaced, numbering.shown(spaced, "o2") + "!", "o2") == spaced + "!"


@settings(max_examples=60, deadline=None)
@given(pieces.map("".join), st.data())
def test_a_place_in_the_shown_text_is_a_place_in_the_stored_one(text: str, data: st.DataObject) -> None:
    numbering = Numbering(DRAFT)
    shown = numbering.shown(text, "o2")
    offset = data.draw(st.integers(0, len(shown)))
    stored = numbering.stored_offset(text, "o2", offset)
    head = numbering.shown(text[:stored], "o2")
    assert not any(held.start < stored < held.end for held in references(text))
    assert head == shown[:offset] or head.startswith(shown[:offset])
    assert numbering.stored_offset(text, "o2", len(shown)) == len(text)
    assert numbering.stored_offset(text, "o2", numbering.shown_offset(text, "o2", stored)) == stored


@pytest.mark.parametrize(
    ("at", "text"),
    [(0, "{¶o2(b)} We urge"), (2, "We {¶o2(b)} urge"), (3, "We {¶o2(b)} urge"), (7, "We urge {¶o2(b)}")],
)
def test_a_reference_is_put_in_apart_from_words(at: int, text: str) -> None:
    assert insert_reference(DRAFT, "o1", at, Target("o2", ("b",))).clauses[3].text == text


def test_a_reference_is_not_put_into_another() -> None:
    draft = edit_text(DRAFT, "o1", "See {¶o3}.")
    assert insert_reference(draft, "o1", 6, Target("o2"), number_only=True).clauses[3].text == "See {¶o3} {#o2}."


@pytest.mark.parametrize(
    ("clause_id", "at", "target"),
    [
        ("x", 0, Target("o2")),
        ("o1", 0, Target("x")),
        ("o1", 0, Target("o2", ("c",))),
        ("o1", 0, Target("h1")),
        ("o1", 99, Target("o2")),
        ("o1", -1, Target("o2")),
    ],
)
def test_a_reference_that_would_lead_nowhere_is_refused(clause_id: str, at: int, target: Target) -> None:
    with pytest.raises(DraftError):
        insert_reference(DRAFT, clause_id, at, target)


def test_words_that_name_a_paragraph_are_found_and_made_a_reference() -> None:
    text = "As in paragraph 1 above, para. 2 (b) below, paragraph 3 above and paragraph 9 below"
    draft = edit_text(DRAFT, "o1", text)
    draft = move_clause(draft, "o1", 1)

    found = Numbering(draft).literal_references(text, "o1")

    assert [(literal.words, literal.target, literal.points_right) for literal in found] == [
        ("paragraph 1 above", Target("o2"), True),
        ("para. 2 (b) below", None, False),
        ("paragraph 3 above", Target("o3"), False),
        ("paragraph 9 below", None, False),
    ]
    live = make_live(draft, "o1", found[0].span)
    assert next(clause.text for clause in live.clauses if clause.id == "o1").startswith("As in {¶o2}, para. 2")
    for literal in found[1:]:
        with pytest.raises(DraftError):
            make_live(draft, "o1", literal.span)


def test_a_reference_made_of_words_opens_an_agreed_clause_again() -> None:
    # The words on the page are the same today, and may be others tomorrow.
    agreed = Clause("o2", ClauseKind.OPERATIVE, "See paragraph 1 above", state=ClauseState.AGREED)
    draft = Draft("d", clauses=(DRAFT.clauses[3], agreed))
    assert make_live(draft, "o2", Span(4, 21)).clauses[1].state is ClauseState.OPEN
