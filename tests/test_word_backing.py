"""Who backed a phrase as a Word file: a sound package that says what the screen says, and cites with footnotes."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
import pytest
import word_reading
from backing_values import AFRICA, ASIA, HOSTILE_TEXTS, passage, report
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from corpus.meetings import Meeting
from corpus.model import Standing
from drafting.backing import REMARK, Backing, lay_out_support
from drafting.word import PageSize
from drafting.word.backing import support_docx
from index.support import State, Support

ODD = "\x00\x0b\x1f\uffff"


def answered(text: str = "The Meeting recommended that States cooperate.", clause: str = "A phrase") -> Backing:
    spoken = passage("2", text=text, standing=Standing.DISCUSSION, voice="one speaker")
    return lay_out_support(
        Support(
            clause,
            (
                report(ASIA, 14, State.BACKS, passage("1"), spoken),
                report("Europe", 14, State.PARTLY),
                report("Western Asia", 14, State.NONE),
            ),
            (Meeting(14, AFRICA), Meeting(12, ASIA)),
        )
    )


def table(data: bytes) -> list[list[str]]:
    (found,) = docx.Document(io.BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_the_table_says_what_the_screen_says_and_repeats_its_head() -> None:
    data = support_docx(answered())
    assert table(data) == [
        ["Region", "Twelfth Congress", "Fourteenth Congress"],
        [AFRICA, "No meeting known", "No report"],
        [ASIA, "No report", "Backs, 2 passages\n1 of 2: one speaker, summary of a discussion"],
        ["Europe", "No meeting known", "Partly, 1 passage"],
        ["Western Asia", "No meeting known", "Nothing found"],
    ]
    rows = word_reading.xml(data, "word/document.xml").findall(f".//{qn('w:tr')}")
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True, *[False] * 4]


def test_every_quote_is_verbatim_and_followed_by_its_note_and_its_reservations() -> None:
    backing = answered()
    read = word_reading.read(support_docx(backing))
    quoted = [paragraph for paragraph in read.paragraphs if paragraph.notes]
    found = [evidence for cell in backing.cells for evidence in cell.evidence]
    assert [paragraph.text for paragraph in quoted] == [f"“{evidence.passage.text}”" for evidence in found]
    assert [paragraph.notes for paragraph in quoted] == [[1], [2], [3]]
    assert [note.text for note in read.notes.values()] == [f"{evidence.passage.cite()}." for evidence in found]
    assert read.notes[2].linked == found[1].passage.symbol
    after = read.paragraphs[read.paragraphs.index(quoted[1]) + 1].text
    assert after.startswith("Reservation: one speaker; summary of a discussion. Standing: discussion")


def test_the_summary_and_the_remark_are_there_and_the_nearest_passage_is_not() -> None:
    backing = answered()
    texts = [paragraph.text for paragraph in word_reading.read(support_docx(backing)).paragraphs]
    assert backing.summary in texts
    assert REMARK in texts
    assert "Phrase: “A phrase”" in texts
    assert sum("recommended that States cooperate" in text for text in texts) == 3


def test_equal_answers_give_equal_bytes() -> None:
    assert support_docx(answered()) == support_docx(answered())
    assert support_docx(answered(), page_size=PageSize.LETTER) != support_docx(answered())


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, ODD + "words", ODD])
def test_hostile_text_is_text_and_the_package_is_sound(text: str) -> None:
    data = support_docx(answered(text, text))
    held = word_reading.parts(data)
    for content in held.values():
        parse_xml(content)
    styles = {style.get(qn("w:styleId")) for style in word_reading.xml(data, "word/styles.xml").findall(qn("w:style"))}
    used = word_reading.xml(data, "word/document.xml").iter(qn("w:pStyle"))
    assert {style.get(qn("w:val")) for style in used} <= styles
    words = " ".join("".join(character for character in text if character not in ODD).split())
    assert any(" ".join(p.text.split()) == f"“{words}”" for p in word_reading.read(data).paragraphs)


def test_an_answer_without_any_report_is_still_a_file() -> None:
    read = word_reading.read(support_docx(lay_out_support(Support("A phrase", (), ()))))
    assert read.notes == {}
    assert any("cannot be told" in paragraph.text for paragraph in read.paragraphs)


@pytest.mark.office
def test_libreoffice_prints_the_table_and_the_notes(tmp_path: Path) -> None:
    (tmp_path / "answer.docx").write_bytes(support_docx(answered()))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "answer.docx")], check=True, capture_output=True, timeout=180)
    printed = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "answer.pdf"), "-"],
        check=True, capture_output=True, text=True, timeout=60,
    ).stdout  # fmt: skip
    for words in ("No report", "Nothing found", "Backs, 2 passages", REMARK, passage("2").cite()):
        assert words in printed
