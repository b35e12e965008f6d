"""A Word file beside the stored drafts: the right one is found, one version is made, and no edit is half made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from docx.oxml.ns import qn
from word_editing import edited, new_paragraph, paragraph_of, replaced, with_part, without_bookmarks
from word_edits import cited

from corpus.errors import ConflictError, DraftError
from drafting.importing import approve, made_from, make_draft, proposal_for, resembling
from drafting.model import Alternative, Clause, ClauseKind, Draft
from drafting.operations import edit_text
from drafting.store import DraftStore
from drafting.word import docx_bytes
from drafting.word.incoming import EditKind, Proposal, new_draft_from, propose, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from docx.oxml.xmlchemy import BaseOxmlElement

O = ClauseKind.OPERATIVE  # noqa: E741
CLAUSES = (
    Clause("o1", O, "We urge States to prevent crime", cited(1)),
    Clause("o2", O, "We note {¶o1}", alternatives=(Alternative("x1", "We recall nothing at all"),)),
)


@pytest.fixture
def store(tmp_path: Path) -> DraftStore:
    return DraftStore(tmp_path / "drafts.sqlite")


def stored(store: DraftStore, title: str = "Draft declaration") -> Draft:
    made = store.create(title)
    return store.save(replace(made, clauses=CLAUSES), "Added", base=made.revision)


def lost(data: bytes) -> bytes:
    """Return a file without what it says of itself."""
    return with_part(data, "docProps/custom.xml", lambda _: None)


def test_the_draft_that_a_file_says_it_holds_is_found_among_those_that_may_be_changed(store: DraftStore) -> None:
    draft, other = stored(store), stored(store)
    read_id = store.state(draft.id).read_id
    from_desk, for_reading = (read_file(docx_bytes(replace(draft, id=each))[0]) for each in (draft.id, read_id))
    for file in (from_desk, for_reading):
        found = made_from(store, file, store.drafts())
        assert found
        assert found.id == draft.id
        assert made_from(store, file, [each for each in store.drafts() if each.id == other.id]) is None
        assert proposal_for(store, file, draft.id).edits == ()
    assert made_from(store, read_file(lost(docx_bytes(draft)[0])), store.drafts()) is None
    with pytest.raises(DraftError, match="another draft"):
        proposal_for(store, from_desk, other.id)
    store.renew_read_id(draft.id)
    assert made_from(store, for_reading, store.drafts()) is None


def test_a_file_that_lost_its_properties_is_known_by_its_bookmarks(store: DraftStore) -> None:
    empty, draft = store.create("Empty"), stored(store)
    data = lost(docx_bytes(draft)[0])
    found = resembling(store, read_file(data), store.drafts())
    assert found
    assert found.id == draft.id
    assert resembling(store, read_file(data), [each for each in store.drafts() if each.id == empty.id]) is None
    assert resembling(store, read_file(without_bookmarks(data)), store.drafts()) is None
    assert proposal_for(store, read_file(data), draft.id).base == draft


def test_what_was_approved_is_one_version_and_a_proposal_is_good_for_one_revision(store: DraftStore) -> None:
    draft = stored(store)
    file = read_file(replaced(docx_bytes(draft)[0], "to prevent crime", "to prevent all crime"))
    proposal = proposal_for(store, file, draft.id)
    saved = approve(store, proposal, proposal.approvable, "edited.docx", author="Amina")
    assert (saved.revision, saved.clauses[0].text) == (3, "We urge States to prevent all crime")
    assert (store.state(draft.id).change, store.state(draft.id).author) == (
        "Imported 1 change from edited.docx",
        "Amina",
    )
    with pytest.raises(ConflictError):
        approve(store, proposal, proposal.approvable, "edited.docx")
    assert store.load(draft.id) == saved
    assert proposal_for(store, file, draft.id).edits == ()
    assert store.undo(draft.id, base=3).clauses == CLAUSES


def test_a_file_of_somebody_else_becomes_a_draft_that_cites_what_was_chosen_and_nothing_else(store: DraftStore) -> None:
    file = read_file(without_bookmarks(lost(docx_bytes(stored(store))[0])))
    foreign = new_draft_from(file, "temporary", "Zero draft")
    first, second = foreign.draft.clauses
    plain = make_draft(store, foreign, "a.docx")
    chosen = make_draft(store, foreign, "a.docx", author="Amina", cited={second.id: cited(7, 8)})
    assert [clause.citations for clause in store.load(plain.id).clauses] == [(), ()]
    assert [clause.citations for clause in store.load(chosen.id).clauses] == [(), cited(7, 8)]
    assert [clause.text for clause in store.load(chosen.id).clauses] == [first.text, second.text]
    assert (store.state(chosen.id).author, store.state(chosen.id).change) == ("Amina", "Made from a.docx")


DRAFT = Draft("d", clauses=CLAUSES)


def proposed(data: bytes, current: Draft = DRAFT) -> Proposal:
    return propose(read_file(data), DRAFT, current)


def with_new_clause_and_alternative(body: BaseOxmlElement) -> None:
    at = paragraph_of(body, "_c_o1")
    at.addnext(new_paragraph("We propose another wording of the same matter.", "UNAlternative"))
    at.addnext(new_paragraph("We welcome the courts as partners in all that was said.", "UNOperative"))


def test_an_alternative_to_a_new_clause_requires_the_clause() -> None:
    data = edited(docx_bytes(DRAFT, negotiating=True)[0], with_new_clause_and_alternative)
    proposal = proposed(data)
    clause, alternative = (edit for edit in proposal.edits if edit.kind is EditKind.NEW)
    assert proposal.required == {alternative.key: clause.key}
    with pytest.raises(DraftError, match="cannot be made without"):
        proposal.apply(DRAFT, [alternative.key])
    both = proposal.apply(DRAFT, [alternative.key, clause.key])
    assert [len(each.alternatives) for each in both.clauses] == [0, 1, 1]

    alone = replace(proposal.apply(DRAFT, [clause.key]), revision=1)
    (left,) = proposed(data, alone).edits
    assert proposed(data, alone).required == {}
    assert left.key == alternative.key
    assert proposed(data, alone).apply(alone, [left.key]).clauses == both.clauses
    assert proposed(data, replace(both, revision=2)).edits == ()


def test_an_alternative_of_a_clause_that_was_taken_up_is_changed_where_it_went() -> None:
    def change(body: BaseOxmlElement) -> None:
        one, other = paragraph_of(body, "_c_o1"), paragraph_of(body, "_c_o2")
        for each in list(other)[1:]:
            one.append(each)
        body.remove(other)
        words = paragraph_of(body, "_a_x1").iter(qn("w:t"))
        next(each for each in words if "nothing" in (each.text or "")).text = "We recall everything at all"

    proposal = proposed(edited(docx_bytes(DRAFT, negotiating=True)[0], change))
    assert {EditKind.MERGED, EditKind.CHANGED} <= {edit.kind for edit in proposal.edits}
    (clause,) = proposal.apply(DRAFT, proposal.approvable).clauses
    assert [other.text for other in clause.alternatives] == ["We recall everything at all"]


def test_a_conflict_says_what_the_draft_says_now_as_a_reader_sees_it() -> None:
    data = replaced(docx_bytes(DRAFT)[0], "We note paragraph ", "We recall paragraph ")
    current = replace(edit_text(DRAFT, "o2", "We stress {¶o1}"), revision=1)
    (edit,) = proposed(data, current).edits
    assert edit.now == "We stress paragraph 1 above"
    assert "now says: “We stress paragraph 1 above”" in edit.conflict
    assert proposed(data).edits[0].now is None
