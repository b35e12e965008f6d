"""What can be chosen of a file: its name says it, its bytes hold it, and what it cannot hold is said."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
import word_checking
import word_reading
from docx import Document

from drafting.model import Alternative, Citation, Clause, ClauseKind, Draft
from drafting.states import Revision
from drafting.word import PageSize
from drafting.word.earlier import since_version
from ui.export_files import Choices, Form, Kind, earlier_versions, file_name, left_out, made

O = ClauseKind.OPERATIVE  # noqa: E741
BASE = "https://undocs.org/"
SOURCE = Citation("s#1", "A/CONF.234/RPM.2/1", "para. 1", "Asia", 14, "recommended", "the meeting", "States act")
OTHER = (Alternative("x", "We sleep", "Chile"),)
DRAFT = Draft(
    "d",
    "Draft Kyoto declaration",
    clauses=(Clause("o1", O, "We act", (SOURCE,), "We act", alternatives=OTHER), Clause("o2", O, "We rest")),
    revision=12,
)


@pytest.mark.parametrize(
    ("choices", "name"),
    [
        (Choices(), "Draft-Kyoto-declaration-v12.docx"),
        (Choices(kind=Kind.ANNOTATED, since=3), "Draft-Kyoto-declaration-v12-annotated-changes-since-v3.docx"),
        (Choices(kind=Kind.NEGOTIATING), "Draft-Kyoto-declaration-v12-negotiating-text.docx"),
        (Choices(kind=Kind.ANNOTATED_NEGOTIATING), "Draft-Kyoto-declaration-v12-negotiating-text-annotated.docx"),
        (Choices(Form.MARKDOWN, since=3), "Draft-Kyoto-declaration-v12.md"),
        (Choices(Form.TEXT, Kind.NEGOTIATING), "Draft-Kyoto-declaration-v12-negotiating-text.txt"),
        (Choices(Form.CSV), "Draft-Kyoto-declaration-v12-sources.csv"),
    ],
)
def test_the_name_says_what_the_file_holds(choices: Choices, name: str) -> None:
    assert file_name(DRAFT, choices) == name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("", "draft.docx"),
        ('a/b\\c:d*?"<>|\x00', "a-b-c-d.docx"),
        ("مسودة 草案", "مسودة-草案.docx"),
        ("x" * 200, "x" * 80 + ".docx"),
    ],
)
def test_every_system_takes_the_name(title: str, name: str) -> None:
    assert file_name(Draft("d", title), Choices()) == name


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("paper", PageSize)
@pytest.mark.parametrize("annex", [True, False])
def test_the_word_file_is_the_copy_that_was_chosen(kind: Kind, paper: PageSize, annex: bool) -> None:
    since = since_version(Draft("d", revision=1), DRAFT, LOG)
    data = made(DRAFT, Choices(Form.WORD, kind, annex, paper, since=1), since, BASE)
    parts = word_reading.parts(data)
    assert word_checking.problems(data) == []
    assert ("word/comments.xml" in parts) is kind.annotated
    assert (b"We sleep" in parts["word/document.xml"]) is kind.negotiating
    assert (b"<w:tbl>" in parts["word/document.xml"]) is annex
    width = Document(io.BytesIO(data)).sections[0].page_width
    assert width is not None
    assert round(width.mm) == {PageSize.A4: 210, PageSize.LETTER: 216}[paper]
    assert b'w:author="Ben, Cho"' in parts["word/document.xml"]


@pytest.mark.parametrize(
    ("choices", "held", "missing"),
    [
        (Choices(Form.MARKDOWN), "## Annex: sources", "We sleep"),
        (Choices(Form.MARKDOWN, Kind.NEGOTIATING, annex=False), "We sleep", "## Annex"),
        (Choices(Form.TEXT), "[note 1] A/CONF.234/RPM.2/1, para. 1.", "We sleep"),
        (Choices(Form.TEXT, Kind.NEGOTIATING, annex=False), "Proposed by Chile.", "Annex"),
        (Choices(Form.CSV), f"{BASE}A/CONF.234/RPM.2/1", "We sleep"),
        (Choices(Form.CSV, Kind.NEGOTIATING), "We sleep", "Annex"),
    ],
)
def test_the_other_files_are_what_was_chosen(choices: Choices, held: str, missing: str) -> None:
    text = made(DRAFT, choices, None, BASE).decode()
    assert held in text
    assert missing not in text


ONE = "1 clause has alternatives, which only the negotiating text holds."
ODD = Clause("o3", O, "We\x00 act")
PLACE = "Operative clause 1: 1 character that cannot be printed was left out (U+0000)."


@pytest.mark.parametrize(
    ("clauses", "kind", "said"),
    [
        (DRAFT.clauses, Kind.CIRCULATION, (ONE,)),
        (DRAFT.clauses, Kind.ANNOTATED, (ONE,)),
        (DRAFT.clauses, Kind.NEGOTIATING, ()),
        (DRAFT.clauses[:1] * 2, Kind.CIRCULATION, ("2 clauses" + ONE[8:].replace("has", "have"),)),
        ((ODD,), Kind.NEGOTIATING, (PLACE,)),
        ((ODD, *DRAFT.clauses), Kind.CIRCULATION, (ONE, PLACE)),
    ],
)
def test_what_the_file_cannot_hold_is_said(clauses: tuple[Clause, ...], kind: Kind, said: tuple[str, ...]) -> None:
    assert left_out(Draft("d", clauses=clauses), Choices(kind=kind)) == said


@pytest.mark.parametrize(
    ("places", "said", "last"),
    [(3, 3, PLACE.replace("clause 1", "clause 3")), (4, 4, "Something was left out in 1 more place."),
     (99, 4, "Something was left out in 96 more places.")],
)  # fmt: skip
def test_many_places_are_counted(places: int, said: int, last: str) -> None:
    found = left_out(Draft("d", clauses=(ODD,) * places), Choices())
    assert (len(found), found[-1]) == (said, last)


LOG = (
    Revision(1, None, "Began", "2026-11-20T09:00:00+00:00", "Ann"),
    Revision(2, 1, "Added a clause", "2026-11-20T10:00:00+00:00", "Ben", name="First reading"),
    Revision(3, 2, "Moved a clause", "2026-11-21T08:30:00+00:00", "Dee", on_branch=False),
    Revision(4, 2, "Edited a clause", "2026-11-21T09:00:00+00:00", "Cho", current=True),
)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_earlier_versions_are_listed_with_named_ones_first() -> None:
    assert earlier_versions(LOG, 4, "UTC", NOW) == {
        2: "Since “First reading”, version 2 · Yesterday 10:00",
        3: "Since version 3 · Today 08:30 · Moved a clause · undone",
        1: "Since version 1 · Yesterday 09:00 · Began",
    }
    assert list(earlier_versions(LOG, 4, "UTC", NOW)) == [2, 3, 1]
    assert earlier_versions((), 0, "UTC") == {}


@pytest.mark.parametrize(
    ("before", "after", "author", "when"),
    [
        (1, 4, "Ben, Cho", (21, 9, 0)),
        (2, 4, "Cho", (21, 9, 0)),
        (1, 2, "Ben", (20, 10, 0)),
        (2, 3, "Dee", (21, 8, 30)),
        (4, 2, "Cho", (21, 9, 0)),
        (4, 4, "Ann, Ben, Cho", (21, 9, 0)),
    ],
)
def test_changes_name_who_made_them_and_when_the_last_was_made(
    before: int, after: int, author: str, when: tuple[int, int, int]
) -> None:
    since = since_version(Draft("d", revision=before), Draft("d", revision=after), LOG)
    assert (since.draft.revision, since.author) == (before, author)
    assert (since.when.day, since.when.hour, since.when.minute) == when
