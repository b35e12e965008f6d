"""A file says which kind of copy it was exported as: what is missing in it was deleted, or was never there."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import word_editing
from word_editing import edited, new_paragraph, paragraph_of

from drafting.model import Alternative, Clause, ClauseKind, Draft
from drafting.word import Copy, PageSize, Since, docx_bytes
from drafting.word.incoming import EditKind, propose, read_file
from drafting.word.properties import COPY_PROPERTY, kind_of

O = ClauseKind.OPERATIVE  # noqa: E741
SINCE = Since(Draft("d"), datetime(2026, 11, 21, tzinfo=UTC))
DRAFT = Draft(
    "d",
    clauses=(
        Clause("o1", O, "We urge States to act", alternatives=(Alternative("x1", "We ask States to wait"),)),
        Clause("o2", O, "We rest"),
    ),
)


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        (Copy(), "clean"),
        (Copy(annotated=True, page_size=PageSize.LETTER), "clean annotated"),
        (Copy(negotiating=True, annex=False), "negotiating"),
        (Copy(annotated=True, negotiating=True, since=SINCE), "negotiating annotated tracked"),
    ],
)
def test_a_file_says_which_kind_of_copy_it_is(copy: Copy, kind: str) -> None:
    assert kind_of(copy) == kind
    assert read_file(docx_bytes(DRAFT, copy=copy)[0]).negotiating is copy.negotiating


def without_alternative(data: bytes) -> bytes:
    """Return a file from which the alternative was deleted untracked."""
    return edited(data, lambda body: body.remove(paragraph_of(body, "_a_x1")))


def saying(data: bytes, kind: str | None) -> bytes:
    """Return a file that says it is another kind of copy, or says nothing of it."""
    name, said = "docProps/custom.xml", b"<vt:lpwstr>negotiating</vt:lpwstr>"

    def rewritten(part: bytes) -> bytes:
        assert said in part
        if kind is None:
            return part.replace(COPY_PROPERTY.encode(), b"SomethingElse")
        return part.replace(said, f"<vt:lpwstr>{kind}</vt:lpwstr>".encode())

    return word_editing.with_part(data, name, rewritten)


NEGOTIATING = without_alternative(docx_bytes(DRAFT, negotiating=True)[0])


@pytest.mark.parametrize(
    ("kind", "deleted"),
    [("negotiating", ["x1"]), ("negotiating annotated", ["x1"]), ("clean", []), ("other", []), ("", []), (None, [])],
)
def test_the_last_alternative_was_deleted_only_where_the_file_says_that_it_had_some(
    kind: str | None, deleted: list[str]
) -> None:
    edits = propose(read_file(saying(NEGOTIATING, kind)), DRAFT, DRAFT).edits
    assert [(edit.kind, edit.alternative_id, edit.tracked) for edit in edits] == [
        (EditKind.DELETED, each, False) for each in deleted
    ]


def test_an_alternative_typed_into_a_clean_copy_takes_none_away() -> None:
    clean = edited(
        docx_bytes(DRAFT)[0],
        lambda body: paragraph_of(body, "_c_o2").addnext(new_paragraph("We sleep", "UNAlternative")),
    )
    proposal = propose(read_file(clean), DRAFT, DRAFT)
    assert [(edit.kind, edit.clause_id) for edit in proposal.edits] == [(EditKind.NEW, "o2")]
    after = proposal.apply(DRAFT, proposal.approvable)
    assert [[each.text for each in clause.alternatives] for clause in after.clauses] == [
        ["We ask States to wait"],
        ["We sleep"],
    ]


def test_what_was_deleted_is_there_no_more_after_approval_and_nothing_is_left_to_say() -> None:
    file = read_file(NEGOTIATING)
    proposal = propose(file, DRAFT, DRAFT)
    after = proposal.apply(DRAFT, proposal.approvable)
    assert not any(clause.alternatives for clause in after.clauses)
    assert propose(file, DRAFT, after).edits == ()
