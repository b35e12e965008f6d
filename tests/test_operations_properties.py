"""What every operation keeps, whatever the draft: other clauses, citations, the order of the parts, a way back."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import DraftError
from drafting.model import Citation, ClauseKind, Draft
from drafting.operations import (
    add_clause,
    cite,
    delete_clause,
    designation,
    edit_text,
    move_clause,
    reorder,
    set_kind,
)

PREAMBULAR, OPERATIVE, HEADING = ClauseKind

untimed = settings(deadline=None)
kinds = st.sampled_from(ClauseKind)
passage_ids = st.sampled_from(["A/1#1", "A/1#2", "A/1#3", "A/2#declaration/pp4"])
words = st.text(max_size=5)
citations = st.builds(Citation, passage_ids, words, words, words, st.integers(0, 20), words, words, words)


def parts_are_in_order(draft: Draft) -> bool:
    operative = [clause.kind is not PREAMBULAR for clause in draft.clauses]
    return operative == sorted(operative)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    draft = Draft("d", revision=draw(st.integers(0, 99)))
    for _ in range(draw(st.integers(0, 7))):
        after = draw(st.none() | st.sampled_from([clause.id for clause in draft.clauses])) if draft.clauses else None
        text = draw(st.text(min_size=1, max_size=5).filter(str.strip))
        draft = add_clause(draft, text, draw(kinds), draw(st.lists(citations, max_size=3)), "Source.", after=after)
    return draft


filled_drafts = drafts().filter(lambda draft: len(draft.clauses) > 0)


@untimed
@given(drafts(), kinds, st.data())
def test_adding_leaves_every_other_clause_as_it_was_and_deleting_restores_the_draft(
    draft: Draft, kind: ClauseKind, data: st.DataObject
) -> None:
    after = data.draw(st.sampled_from([None, *(clause.id for clause in draft.clauses)]))
    added = add_clause(draft, "Text.", kind, after=after, clause_id="new")
    assert parts_are_in_order(added)
    assert delete_clause(added, "new") == draft


@untimed
@given(filled_drafts, st.data())
def test_reordering_keeps_every_clause_and_the_asked_order_inside_each_part(draft: Draft, data: st.DataObject) -> None:
    order = data.draw(st.permutations([clause.id for clause in draft.clauses]))
    changed = reorder(draft, order)
    assert Counter(changed.clauses) == Counter(draft.clauses)
    assert parts_are_in_order(changed)
    for part in ({PREAMBULAR}, {OPERATIVE, HEADING}):
        members = [clause.id for clause in changed.clauses if clause.kind in part]
        assert members == [clause_id for clause_id in order if clause_id in members]
    assert reorder(changed, [clause.id for clause in draft.clauses]) == draft


@untimed
@given(filled_drafts, st.data())
def test_a_move_is_undone_by_the_opposite_move(draft: Draft, data: st.DataObject) -> None:
    clause_id = data.draw(st.sampled_from([clause.id for clause in draft.clauses]))
    by = data.draw(st.sampled_from([-1, 1]))
    try:
        moved = move_clause(draft, clause_id, by)
    except DraftError:
        part = [c for c in draft.clauses if (c.kind is PREAMBULAR) == designation(draft, clause_id).startswith("pre")]
        assert part[0 if by < 0 else -1].id == clause_id
    else:
        assert moved != draft
        assert parts_are_in_order(moved)
        assert move_clause(moved, clause_id, -by) == draft


@untimed
@given(filled_drafts, kinds, citations, st.data())
def test_a_change_of_one_clause_leaves_the_others_and_the_revision_alone(
    draft: Draft, kind: ClauseKind, citation: Citation, data: st.DataObject
) -> None:
    clause_id = data.draw(st.sampled_from([clause.id for clause in draft.clauses]))
    before = {clause.id: clause for clause in draft.clauses}
    for changed in (
        edit_text(draft, clause_id, "Other."),
        cite(draft, clause_id, citation),
        set_kind(draft, clause_id, kind),
        delete_clause(draft, clause_id),
    ):
        assert parts_are_in_order(changed)
        assert changed.revision == draft.revision
        after = {clause.id: clause for clause in changed.clauses}
        own, own_before = after.pop(clause_id, None), before[clause_id]
        assert after == {name: clause for name, clause in before.items() if name != clause_id}
        if own is not None:
            assert own.citations[: len(own_before.citations)] == own_before.citations
            assert own.source_text == own_before.source_text
