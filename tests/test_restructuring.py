"""Splitting, merging, indenting: what becomes of words, sources, ids and references."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DraftError
from drafting.lines import outline, paths
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft
from drafting.numbering import Numbering
from drafting.operations import edit_text, move_clause
from drafting.references import Target, reference_text
from drafting.restructuring import indent, merge_with_next, outdent, split_clause

PREAMBULAR, OPERATIVE, HEADING = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING
KINDS = {"p": PREAMBULAR, "o": OPERATIVE, "h": HEADING}


def citation(passage_id: str) -> Citation:
    return Citation(passage_id, "A/1", "para. 1", "Africa", 14, "recommended", "the meeting", "Quote")


def draft_of(**texts: str) -> Draft:
    """Return a draft of clauses whose ids begin with the letter of their kind, each with a source of its own."""
    return Draft(
        "d",
        clauses=tuple(
            Clause(name, KINDS[name[0]], text, (citation(name), citation("shared")), f"Source of {name}.")
            for name, text in texts.items()
        ),
    )


def texts_of(draft: Draft) -> dict[str, str]:
    return {clause.id: clause.text for clause in draft.clauses}


@pytest.mark.parametrize(
    ("text", "at", "first", "second"),
    [
        ("We urge A. We invite B.", 10, "We urge A.", "We invite B."),
        ("We urge A. We invite B.", 11, "We urge A.", "We invite B."),
        ("We urge:\n(a) one\n(b) two\n(c) three", 17, "We urge:\n(a) one", "two\n(a) three"),
        ("We urge:\n(a) one\n(b) two\n(c) three", 19, "We urge:\n(a) one", "two\n(a) three"),
        ("We urge:\n(a) one\n(b) two\n(c) three", 21, "We urge:\n(a) one", "two\n(a) three"),
        ("We urge:\n(a) one and two\n(i) deep", 16, "We urge:\n(a) one", "and two\n(a) deep"),
        ("See {¶o9} there", 6, "See {¶o9}", "there"),
    ],
)
def test_a_clause_is_split_at_a_place_in_its_text(text: str, at: int, first: str, second: str) -> None:
    assert texts_of(split_clause(draft_of(o1=text, o2="End"), "o1", at, new_clause_id="new")) == {
        "o1": first,
        "new": second,
        "o2": "End",
    }


@pytest.mark.parametrize("at", [0, 2, 9, 10, 99])
def test_a_clause_is_not_split_where_nothing_is_left(at: int) -> None:
    with pytest.raises(DraftError, match="cannot be split at its"):
        split_clause(draft_of(o1="  We urge "), "o1", at)


def test_both_halves_keep_the_provenance_and_are_open() -> None:
    draft = draft_of(o1="We urge A. We invite B.")
    other = Alternative("a1", "We call upon", citations=(citation("x"),))
    clause = replace(
        draft.clauses[0], proposer="Japan", taken_text="T", state=ClauseState.AGREED, alternatives=(other,)
    )

    first, second = split_clause(replace(draft, clauses=(clause,)), "o1", 10, new_clause_id="new").clauses

    assert first == replace(clause, text="We urge A.", state=ClauseState.OPEN)
    assert second == replace(clause, id="new", text="We invite B.", state=ClauseState.OPEN, alternatives=())


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        ("We urge A.", "We invite B.", "We urge A. We invite B."),
        ("We urge", "A:\n(a) one", "We urge A:\n(a) one"),
        ("We urge:\n(a) one", "We invite:\n(a) two", "We urge:\n(a) one\nWe invite:\n(b) two"),
    ],
)
def test_two_clauses_are_merged_under_the_id_of_the_first(first: str, second: str, merged: str) -> None:
    changed = merge_with_next(draft_of(o1=first, o2=second, o3="End"), "o1")

    assert texts_of(changed) == {"o1": merged, "o3": "End"}
    assert [held.passage_id for held in changed.clauses[0].citations] == ["o1", "shared", "o2"]
    assert changed.clauses[0].source_text == "Source of o1.\nSource of o2."


def test_what_began_as_a_suggestion_is_compared_with_all_it_began_with() -> None:
    draft = draft_of(o1="We urge A", o2="Source of o2.")
    suggested = replace(draft.clauses[0], taken_text="We urge A")

    merged = merge_with_next(replace(draft, clauses=(suggested, draft.clauses[1])), "o1").clauses[0]

    assert merged.taken_text == "We urge A\nSource of o2."


@pytest.mark.parametrize(("ids", "clause_id"), [("o1", "o1"), ("p1 o1", "p1"), ("o1 h1 o2", "o1"), ("h1 o1", "h1")])
def test_only_a_clause_of_the_same_kind_right_after_is_merged(ids: str, clause_id: str) -> None:
    with pytest.raises(DraftError, match="to be merged with"):
        merge_with_next(draft_of(**dict.fromkeys(ids.split(), "Text")), clause_id)


def test_a_clause_becomes_the_last_subparagraph_of_the_one_above_with_all_it_has() -> None:
    draft = draft_of(o1="We urge:\n(a) one", o2="to act:\n(a) two\n(b) three", o3="End")

    changed = indent(draft, "o2")

    assert texts_of(changed) == {"o1": "We urge:\n(a) one\n(b) to act:\n(i) two\n(ii) three", "o3": "End"}
    assert [held.passage_id for held in changed.clauses[0].citations] == ["o1", "shared", "o2"]


@pytest.mark.parametrize(
    ("texts", "clause_id"),
    [
        ({"o1": "Text"}, "o1"),
        ({"p1": "Text", "o1": "Text"}, "o1"),
        ({"h1": "Text", "o1": "Text"}, "o1"),
        ({"h1": "Text", "h2": "Text"}, "h2"),
        ({"o1": "Text", "o2": "Text:\n(a) one\n(i) deep"}, "o2"),
    ],
)
def test_a_clause_is_not_indented_without_one_above_or_too_deep(texts: dict[str, str], clause_id: str) -> None:
    with pytest.raises(DraftError):
        indent(draft_of(**texts), clause_id)


LIST = "We urge:\n(a) one\n(b) two\n(i) deep\n(c) three\nand so on"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (2, "We urge:\n(a) one\n(i) two\n(ii) deep\n(b) three\nand so on"),
        (4, "We urge:\n(a) one\n(b) two\n(i) deep\n(ii) three\nand so on"),
        (5, "We urge:\n(a) one\n(b) two\n(i) deep\n(c) three\n(d) and so on"),
    ],
)
def test_a_line_is_indented_and_all_are_labelled_anew(line: int, text: str) -> None:
    assert texts_of(indent(draft_of(o1=LIST), "o1", line)) == {"o1": text}


@pytest.mark.parametrize("line", [1, 3, 6, -1])
def test_a_line_is_not_indented_too_deep_or_when_it_is_not_there(line: int) -> None:
    with pytest.raises(DraftError):
        indent(draft_of(o1=LIST), "o1", line)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        (1, {"o1": "We urge:\n(a) two\n(i) deep\n(b) three\nand so on", "new": "one"}),
        (2, {"o1": "We urge:\n(a) one\n(b) three\nand so on", "new": "two\n(a) deep"}),
        (3, {"o1": "We urge:\n(a) one\n(b) two\n(c) deep\n(d) three\nand so on"}),
        (5, {"o1": "We urge:\n(a) one\n(b) two\n(i) deep\n(c) three", "new": "and so on"}),
    ],
)
def test_a_line_is_outdented_and_from_the_first_level_on_it_is_a_clause(line: int, texts: dict[str, str]) -> None:
    draft = draft_of(o1=LIST)
    changed = outdent(draft, "o1", line, new_clause_id="new")
    assert texts_of(changed) == texts
    assert all(clause.citations == draft.clauses[0].citations for clause in changed.clauses)


def test_a_lead_and_a_line_that_is_not_there_are_not_outdented() -> None:
    for line in (0, 6):
        with pytest.raises(DraftError):
            outdent(draft_of(o1=LIST), "o1", line)


REFERRING = "{¶o1} {¶o1(a)} {¶o1(b)} {¶o1(b)(i)} {¶o1(c)} {#o2}"


@pytest.mark.parametrize(
    ("change", "references"),
    [
        (lambda draft: indent(draft, "o1", 4), "{¶o1} {¶o1(a)} {¶o1(b)} {¶o1(b)(i)} {¶o1(b)(ii)} {#o2}"),
        (lambda draft: outdent(draft, "o1", 3), "{¶o1} {¶o1(a)} {¶o1(b)} {¶o1(c)} {¶o1(d)} {#o2}"),
        (
            lambda draft: outdent(draft, "o1", 2, new_clause_id="new"),
            "{¶o1} {¶o1(a)} {¶new} {¶new(a)} {¶o1(b)} {#o2}",
        ),
        (lambda draft: merge_with_next(draft, "o1"), "{¶o1} {¶o1(a)} {¶o1(b)} {¶o1(b)(i)} {¶o1(c)} {#o1}"),
        (lambda draft: indent(draft, "o2"), "{¶o1} {¶o1(a)} {¶o1(b)} {¶o1(b)(i)} {¶o1(c)} {#o1(d)}"),
        (
            lambda draft: split_clause(draft, "o1", LIST.index("two"), new_clause_id="new"),
            "{¶o1} {¶o1(a)} {¶new} {¶new(a)} {¶new(b)} {#o2}",
        ),
        (
            lambda draft: split_clause(draft, "o1", LIST.index("wo"), new_clause_id="new"),
            "{¶o1} {¶o1(a)} {¶o1(b)} {¶new(a)} {¶new(b)} {#o2}",
        ),
    ],
)  # fmt: skip
def test_references_follow_the_words(change: object, references: str) -> None:
    draft = draft_of(o0=REFERRING, o1=LIST, o2="We invite.")
    assert callable(change)
    assert texts_of(change(draft))["o0"] == references


def bare(text: str) -> str:
    """Return a text without what splitting and merging write anew: spaces and the labels of subparagraphs."""
    return re.sub(r"\([a-z]+\)", "", re.sub(r"\s", "", text))


words = st.lists(
    st.sampled_from(["urge", "States", "act,", "so", "[", "]", "end.", "\n(a) ", "\n(b) ", "\n(i) ", "\n"])
)
texts = words.map(lambda parts: "We " + " ".join(parts).strip())


@settings(max_examples=50, deadline=None)
@given(texts, texts, st.data())
def test_a_clause_that_is_split_and_merged_has_its_words_and_sources_again(
    text: str, other: str, data: st.DataObject
) -> None:
    draft = draft_of(o0="See {¶o1} {¶o2}", o1=text, o2=other)
    at = data.draw(st.integers(0, len(text)))
    try:
        split = split_clause(draft, "o1", at)
    except DraftError:
        assert not outline(text[:at])[0].text or not outline(text[at:])[0].text or "(" in text
        return
    merged = merge_with_next(split, "o1")
    assert bare(merged.clauses[1].text) == bare(text)
    assert replace(merged.clauses[1], text=text) == draft.clauses[1]
    assert (merged.clauses[0], merged.clauses[2]) == (draft.clauses[0], draft.clauses[2])


@st.composite
def changes(draw: st.DrawFn, draft: Draft) -> Draft:
    """Draw a change of a draft, or the draft itself when the change is refused."""
    clause = draw(st.sampled_from(draft.clauses[1:]))
    line = draw(st.integers(0, len(outline(clause.text))))
    at = draw(st.sampled_from([0, *(space.end() for space in re.finditer(r"\s", clause.text))]))
    try:
        match draw(st.sampled_from(["split", "merge", "indent", "outdent", "move"])):
            case "split":
                return split_clause(draft, clause.id, at)
            case "merge":
                return merge_with_next(draft, clause.id)
            case "indent":
                return indent(draft, clause.id, line)
            case "outdent":
                return outdent(draft, clause.id, line)
            case _:
                return move_clause(draft, clause.id, 1)
    except DraftError:
        return draft


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, min_size=1, max_size=4), st.data())
def test_no_citation_no_word_and_no_reference_is_ever_lost_and_no_id_is_ever_shared(
    bodies: list[str], data: st.DataObject
) -> None:
    draft = draft_of(p0="See", **{f"o{at}": text for at, text in enumerate(bodies)})
    targets = [Target(clause.id, path) for clause in draft.clauses[1:] for path in paths(outline(clause.text))]
    draft = edit_text(draft, "p0", " ".join(map(reference_text, targets)) or "See")
    for _ in range(5):
        changed = data.draw(changes(draft))
        assert {held.passage_id for clause in changed.clauses for held in clause.citations} == {
            held.passage_id for clause in draft.clauses for held in clause.citations
        }
        assert letters(changed) == letters(draft)
        ids = [clause.id for clause in changed.clauses]
        assert len(set(ids)) == len(ids)
        assert "deleted" not in Numbering(changed).shown(changed.clauses[0].text, "p0")
        draft = changed


def letters(draft: Draft) -> Counter[str]:
    """Return how often each character of the texts stands there, labels and spaces aside."""
    return Counter("".join(bare("\n".join(line.text for line in outline(clause.text))) for clause in draft.clauses[1:]))
