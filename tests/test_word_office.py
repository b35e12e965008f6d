"""A real LibreOffice opens the file, saves it again and prints it: notes still lead where the draft says."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import word_reading

from drafting.layout import lay_out
from drafting.model import Citation, Clause, ClauseKind, Draft, Masthead
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
