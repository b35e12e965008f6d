"""A real LibreOffice opens the file, saves it again and prints it: notes still lead where the draft says."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import word_reading

from drafting.layout import lay_out
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead
from drafting.word import export_docx

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.office

SYMBOLS = ("A/CONF.234/RPM.2/1", "A/CONF.213/RPM.1/1", "A/CONF.213/PM.1")


def cited(at: int) -> tuple[Citation, ...]:
    """Return between no and three citations, no two clauses alike."""
    return tuple(
        Citation(f"{SYMBOLS[n]}#{at}", SYMBOLS[n], f"para. {at} ({'abc'[n]})", "Africa", 14, "recommended", "", "")
        for n in range(at % 4)
    )


def long_draft() -> Draft:
    """Return a draft of several pages, with notes in the preamble, headings, and lists under some clauses."""
    clauses = [Clause(f"p{at}", ClauseKind.PREAMBULAR, f"Recalling resolution {at}", cited(at)) for at in range(1, 6)]
    for at in (6, 7):
        text = f"Noting of {at}:\n(a) one matter of {at}\n(b) another matter of {at}"
        clauses.append(Clause(f"p{at}", ClauseKind.PREAMBULAR, text, cited(at)))
    for at in range(1, 41):
        if at % 10 == 1:
            clauses.append(Clause(f"h{at}", ClauseKind.HEADING, f"Subject of clauses from {at} onwards"))
        text = f"We urge Member States to cooperate in matter {at} of crime prevention and criminal justice"
        items = ", by:\n(a) First means\n(b) Second means" if at % 7 == 0 else ""
        clauses.append(Clause(f"o{at}", ClauseKind.OPERATIVE, text + items, cited(100 + at)))
    return Draft("d", "Draft declaration", Masthead(place="Kyoto, Japan"), tuple(clauses))


@dataclass(frozen=True, slots=True)
class Saved:
    """What LibreOffice made of an exported draft."""

    draft: Draft
    word: word_reading.WordFile
    printed: str


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    folder = tmp_path_factory.mktemp("office")
    draft = long_draft()
    export_docx(draft, folder / "draft.docx")
    again = convert(folder / "draft.docx", "docx", folder)
    pdf = convert(folder / "draft.docx", "pdf", folder)
    printed = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)
    return Saved(draft, word_reading.read(again.read_bytes()), printed.stdout)


def negotiated() -> Draft:
    """Return a draft with alternatives to each kind of clause, and with references up and down."""
    p, h, o = ClauseKind.PREAMBULAR, ClauseKind.HEADING, ClauseKind.OPERATIVE
    preambular = (Alternative("pa", "Noting A:\n(a) the one"), Alternative("pb", "Aware of B"))
    several = (
        Alternative("oa", "We ask all:\n(a) for one\n(i) deep\n(ii) deeper", "Japan", cited(2)),
        Alternative("ob", "We decide on {¶o3}"),
    )
    return Draft(
        "d",
        clauses=(
            Clause("p1", p, "Recalling A:\n(a) one\n(b) two", cited(1), alternatives=preambular),
            Clause("h1", h, "Subject", alternatives=(Alternative("ha", "Matter"),)),
            Clause("o1", o, "We urge, as {¶o3(b)} has it:\n(a) one", alternatives=several),
            Clause("o2", o, "We invite", cited(3), alternatives=(Alternative("oc", "We [call upon]", "Chile"),)),
            Clause("o3", o, "We note {¶o1} and paragraphs {#o1} to {#o2}:\n(a) one\n(b) two", state=ClauseState.AGREED),
        ),
    )


def test_the_negotiating_text_is_printed_and_saved_again_as_it_was_laid_out(tmp_path: Path) -> None:
    page = lay_out(negotiated(), negotiating=True)
    export_docx(negotiated(), tmp_path / "draft.docx", negotiating=True)

    again = word_reading.read(convert(tmp_path / "draft.docx", "docx", tmp_path).read_bytes())
    pdf = convert(tmp_path / "draft.docx", "pdf", tmp_path)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True, timeout=60)

    printed, at = " ".join(text.stdout.split()), 0
    for paragraph in page.paragraphs:
        at = printed.index(f"{paragraph.number} {paragraph.text} {paragraph.remark}".strip(), at) + 1
    for paragraph in page.paragraphs:
        if paragraph.clause_id:
            name = f"_a_{paragraph.alternative_id}" if paragraph.alternative_id else f"_c_{paragraph.clause_id}"
            assert (paragraph.number, paragraph.text) in [(each.number, each.text) for each in again.clauses[name]]
    assert [note.text for note in again.notes.values()] == [note.text for note in page.notes]
    assert [field for each in again.clauses["_c_o1"] for field in each.fields] == [("_c_o3", "3"), ("_s_o3_b", "(b)")]
    assert [each.number for each in again.paragraphs if each.bookmark == "_s_o3_b"] == ["(b)"]
    assert [field for each in again.clauses["_c_o3"] for field in each.fields] == [
        ("_c_o1", "1"),
        ("_c_o1", "1"),
        ("_c_o2", "2"),
    ]


def convert(source: Path, form: str, folder: Path) -> Path:
    """Let LibreOffice convert a file, with a profile of its own; return the new file."""
    made = folder / form
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", form, "--outdir", str(made), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return made / f"{source.stem}.{form}"


def test_every_clause_keeps_its_bookmark_and_its_notes_when_saved_again(saved: Saved) -> None:
    for clause in saved.draft.clauses:
        notes = [note.text for note in saved.word.notes_of(f"_c_{clause.id}")]
        assert notes == [f"{citation.cite()}." for citation in clause.citations], clause.id


def test_every_clause_keeps_its_words_when_saved_again(saved: Saved) -> None:
    page = lay_out(saved.draft)

    for clause in saved.draft.clauses:
        laid_out = [paragraph.text for paragraph in page.paragraphs if paragraph.clause_id == clause.id]
        assert [paragraph.text for paragraph in saved.word.clauses[f"_c_{clause.id}"]] == laid_out


def test_links_still_lead_to_the_document_server(saved: Saved) -> None:
    assert all(note.url == f"https://undocs.org/{note.linked}" for note in saved.word.notes.values())


def test_the_printed_pages_hold_every_note_and_every_number_in_order(saved: Saved) -> None:
    page = lay_out(saved.draft)
    printed = " ".join(saved.printed.split())

    assert saved.printed.count("\f") >= 3
    at = 0
    for paragraph in page.paragraphs:
        at = printed.index(f"{paragraph.number} {paragraph.text}".strip(), at)
    places = [printed.index(note.text) for note in page.notes]
    assert places == sorted(places)
