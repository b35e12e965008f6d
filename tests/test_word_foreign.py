"""A Word file that is not ours becomes a draft: each paragraph a clause, nothing cited, the closest sources offered."""

from __future__ import annotations

import io

import docx
import pytest

from corpus.errors import SourceError
from drafting.model import ClauseKind
from drafting.word.incoming import new_draft_from, read_file

P, O, H = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741

PARAGRAPHS = (
    ("Title", "Kyoto Declaration"),
    ("Normal", "We, Heads of State and Government,"),
    ("Normal", "Recalling the Doha Declaration,"),
    ("Normal", "Bearing in mind the 2030 Agenda,"),
    ("Normal", "Declare that we:"),
    ("Heading 1", "Crime prevention"),
    ("Normal", "1. Endeavour to tackle the causes of crime:"),
    ("Normal", "(a) By education;"),
    ("Normal", "(i) In schools;"),
    ("Normal", "(b) By work."),
    ("Normal", "CRIMINAL JUSTICE"),
    ("Normal", "2.\tTaking note of the above, enhance data collection."),
    ("List Paragraph", "We commit to review this declaration."),
)


def a_file(paragraphs: tuple[tuple[str, str], ...]) -> bytes:
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_each_paragraph_is_a_clause_of_the_kind_its_words_say() -> None:
    made = new_draft_from(read_file(a_file(PARAGRAPHS)), "n").draft

    assert made.title == "Kyoto Declaration"
    assert (made.masthead.chapeau, made.masthead.enacting_line) == (
        "We, Heads of State and Government,",
        "Declare that we:",
    )
    assert [(clause.kind, clause.text) for clause in made.clauses] == [
        (P, "Recalling the Doha Declaration,"),
        (P, "Bearing in mind the 2030 Agenda,"),
        (H, "Crime prevention"),
        (O, "Endeavour to tackle the causes of crime:\n(a) By education;\n(i) In schools;\n(b) By work."),
        (H, "CRIMINAL JUSTICE"),
        (O, "Taking note of the above, enhance data collection."),
        (O, "We commit to review this declaration."),
    ]
    assert len({clause.id for clause in made.clauses}) == 7


def test_sources_are_offered_and_never_cited() -> None:
    made = new_draft_from(read_file(a_file(PARAGRAPHS)), "n")
    asked: list[str] = []

    def search(text: str) -> list[str]:
        asked.append(text)
        return [f"closest to {text[:9]}"]

    closest = made.closest(search)
    assert closest[made.draft.clauses[0].id] == ("closest to Recalling",)
    assert len(asked) == 5
    assert all(not clause.citations for clause in made.draft.clauses)


def test_a_file_without_a_title_takes_its_name() -> None:
    assert new_draft_from(read_file(a_file((("Normal", "We urge States."),))), "n", "Zero draft").draft.title == (
        "Zero draft"
    )


def test_what_a_draft_cannot_hold_is_said() -> None:
    document = docx.Document()
    document.add_paragraph("We urge States.")
    document.add_table(1, 1).cell(0, 0).text = "We urge nobody."
    made = io.BytesIO()
    document.save(made)

    foreign = new_draft_from(read_file(made.getvalue()), "n")
    assert foreign.left_out == ("1 table left out, for a clause holds no table.",)
    assert [clause.text for clause in foreign.draft.clauses] == ["We urge States."]


def test_a_file_without_words_is_refused() -> None:
    with pytest.raises(SourceError, match="no paragraph"):
        new_draft_from(read_file(a_file(())), "n")


def test_more_subparagraphs_than_labels_stay_lines() -> None:
    many = (("Normal", "1. We urge:"), *(("Normal", f"({chr(97 + at % 26)}) to act") for at in range(40)))
    (clause,) = new_draft_from(read_file(a_file(many)), "n").draft.clauses
    assert clause.text.count("to act") == 40
