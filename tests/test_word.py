"""The Word file: a sound package that holds what was laid out, and a write that is whole or nothing."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
import pytest
import word_reading
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import StorageError
from drafting.layout import lay_out
from drafting.lines import ParagraphKind
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead, Style
from drafting.word import PageSize, docx_bytes, export_docx

if TYPE_CHECKING:
    from pathlib import Path

P, O, H = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741
ODD = "\x00\x0b\x1f\ud800\uffff مرحبا بالعالم 中华人民共和国 🙂 <&> “quoted” ]]> &amp;"


def citation(locator: str = "para. 24 (c)", symbol: str = "A/CONF.234/RPM.2/1") -> Citation:
    return Citation(f"{symbol}#{locator}", symbol, locator, "Africa", 14, "recommended", "the meeting", "Quote.")


def sixty_clauses_with_a_hundred_notes() -> Draft:
    clauses = tuple(
        Clause(f"c{at}", O, f"We urge {at}", tuple(citation(f"para. {at}-{n}") for n in range(2 if at < 40 else 1)))
        for at in range(60)
    )
    return Draft("d", clauses=clauses)


DRAFTS = {
    "empty": Draft("d"),
    "without a word": Draft("d", title="", masthead=Masthead(congress="", chapeau="", enacting_line="")),
    "one clause": Draft("d", clauses=(Clause("c", O, "We urge States", (citation(),)),)),
    "sixty clauses": sixty_clauses_with_a_hundred_notes(),
    "odd text": Draft(
        "d",
        title=ODD,
        masthead=Masthead(congress=ODD, place=ODD, dates=ODD, agenda_items=(ODD,), chapeau=ODD, enacting_line=ODD),
        clauses=(Clause("p", P, ODD, (citation(ODD, ODD),)), Clause("h", H, ODD), Clause("o", O, ODD)),
    ),
    "lists": Draft(
        "d",
        style=Style.RESOLUTION,
        clauses=(
            Clause("p1", P, "Recalling:\n(a) one\n(i) deep\n(b) two", (citation(),)),
            Clause("p2", P, "Noting:\n(a) one"),
            Clause("o1", O, "Urges:\n(a) one\n(i) deep\n(ii) deeper\n(b) two\n(i) deep"),
            Clause("o2", O, "Invites:\n(a) one", (citation(), citation("para. 3"), citation("para. 4"))),
        ),
    ),
}


NEGOTIATED = Draft(
    "d",
    clauses=(
        Clause(
            "p1",
            P,
            "Recalling A:\n(a) one",
            (citation(),),
            proposer="Japan",
            alternatives=(Alternative("pa", "Noting:\n(a) one\n(b) two", "<GRULAC>"), Alternative("pb", "Aware of B")),
        ),
        Clause("p2", P, "Aware of C", state=ClauseState.AGREED, alternatives=(Alternative("pc", "Mindful of C"),)),
        Clause("h1", H, "Part one", alternatives=(Alternative("ha", "Part 1"),)),
        Clause(
            "o1", O, "We urge {¶o3(b)}:\n(a) one", alternatives=(Alternative("oa", "We [ask] all:\n(a) one\n(i) deep"),)
        ),
        Clause(
            "o2",
            O,
            "We act",
            alternatives=(
                Alternative("ob", "We act on {¶o1}", "Chile", (citation("para. 9"),)),
                Alternative("oc", "We stop:\n(a) now\n(b) then"),
                Alternative("od", "We wait"),
            ),
        ),
        Clause("o3", O, "We note {¶o1} and {#o2}, {¶p1} and {¶gone}:\n(a) one\n(b) two", state=ClauseState.AGREED),
    ),
)


def test_the_negotiating_text_reads_back_as_it_was_laid_out_with_numbers_that_word_counts() -> None:
    page = lay_out(NEGOTIATED, negotiating=True)

    data, report = docx_bytes(NEGOTIATED, negotiating=True)
    read = word_reading.read(data)

    names = [f"_a_{each.alternative_id}" if each.alternative_id else f"_c_{each.clause_id}" for each in page.paragraphs]
    for name in dict.fromkeys(names):
        if name == "_c_":
            continue
        laid_out = [each for each, its in zip(page.paragraphs, names, strict=True) if its == name]
        assert [(each.number, each.text, each.remark, each.notes) for each in read.clauses[name]] == [
            (each.number, each.text, each.remark, [note.number for note in each.notes]) for each in laid_out
        ]
    assert [note.text for note in read.notes.values()] == [note.text for note in page.notes]
    assert report.notes == 5
    assert report.dropped == ()


def test_a_reference_is_a_field_that_leads_to_the_bookmark_of_its_paragraph() -> None:
    read = word_reading.read(docx_bytes(NEGOTIATED)[0])

    assert read.clauses["_c_o1"][0].fields == [("_c_o3", "3"), ("_s_o3_b", "(b)")]
    assert read.clauses["_c_o3"][0].fields == [("_c_o1", "1"), ("_c_o2", "2")]
    numbers = {name: held[0].number.rstrip(".") for name, held in read.clauses.items()}
    numbers |= {each.bookmark: each.number for each in read.paragraphs if each.bookmark}
    assert all(numbers[name] == number for each in read.paragraphs for name, number in each.fields)
    assert [name for name in numbers if name.startswith("_s_")] == ["_s_o3_b"]


def test_the_circulated_file_has_no_trace_of_the_negotiation() -> None:
    data, report = docx_bytes(NEGOTIATED)

    document = (
        word_reading.parts(data)["word/document.xml"].decode() + word_reading.parts(data)["word/footnotes.xml"].decode()
    )
    assert not [word for word in ("agreed", "Proposed", "Mindful", "_a_") if word in document]
    assert [sentence.partition(":")[0] for sentence in report.dropped] == [
        "Preambular clause 1",
        "Preambular clause 2",
        "Heading 1",
        "Operative clause 1",
        "Operative clause 2",
    ]


@pytest.mark.parametrize("name", DRAFTS)
def test_the_package_is_sound(name: str) -> None:
    data, report = docx_bytes(DRAFTS[name])

    parts = word_reading.parts(data)
    for part, content in parts.items():
        assert part.endswith((".xml", ".rels"))
        parse_xml(content)
    body = parse_xml(parts["word/document.xml"])
    marks = [int(mark.get(qn("w:id"))) for mark in body.iter(qn("w:footnoteReference"))]
    notes = [int(note.get(qn("w:id"))) for note in parse_xml(parts["word/footnotes.xml"])]
    assert marks == list(range(1, report.notes + 1))
    assert notes == [-1, 0, *marks]
    bookmarks = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len(set(bookmarks)) == report.clauses == len(DRAFTS[name].clauses)
    assert re.search(rb"<dc:title>[^<]+</dc:title>", parts["docProps/core.xml"])
    assert b"<dc:language>en-GB</dc:language>" in parts["docProps/core.xml"]
    assert b'<w:lang w:val="en-GB"' in parts["word/styles.xml"]
    assert b'<w:zoom w:percent="100"/>' in parts["word/settings.xml"]


@pytest.mark.parametrize("name", DRAFTS)
def test_every_style_and_list_and_relationship_that_is_named_is_there(name: str) -> None:
    parts = word_reading.parts(docx_bytes(DRAFTS[name])[0])

    styles = {style.get(qn("w:styleId")) for style in parse_xml(parts["word/styles.xml"]).findall(qn("w:style"))}
    lists = {each.get(qn("w:numId")) for each in parse_xml(parts["word/numbering.xml"]).findall(qn("w:num"))}
    for part in ("document", "footnotes", "footer1", "styles", "numbering"):
        root = parse_xml(parts[f"word/{part}.xml"])
        for tag in ("pStyle", "rStyle", "basedOn", "next"):
            assert {used.get(qn("w:val")) for used in root.iter(qn(f"w:{tag}"))} <= styles
        assert {used.get(qn("w:val")) for used in root.iter(qn("w:numId"))} <= lists
        relationships = parts.get(f"word/_rels/{part}.xml.rels")
        known = set() if relationships is None else {each.get("Id") for each in parse_xml(relationships)}
        assert {used.get(qn("r:id")) for used in root.iter() if used.get(qn("r:id"))} <= known


def assert_holds_the_layout(draft: Draft) -> None:
    """Every clause reads back with the words, numbers, italics and notes of the layout."""
    page = lay_out(draft)

    read = word_reading.read(docx_bytes(draft)[0])

    assert list(read.clauses) == [f"_c_{clause.id}" for clause in draft.clauses]
    for clause in draft.clauses:
        written = read.clauses[f"_c_{clause.id}"]
        laid_out = [paragraph for paragraph in page.paragraphs if paragraph.clause_id == clause.id]
        assert [(each.number, each.text, each.italic, each.notes) for each in written] == [
            (each.number, each.text, each.opener, [note.number for note in each.notes]) for each in laid_out
        ]
        assert all(each.marks == "," * max(0, len(each.notes) - 1) for each in written)
    assert [note.text for note in read.notes.values()] == [note.text.strip() for note in page.notes]
    flow = [each.text for each in read.paragraphs][-len(page.paragraphs) :] if page.paragraphs else []
    assert flow == [each.text for each in page.paragraphs]


@pytest.mark.parametrize("name", DRAFTS)
def test_the_file_holds_what_was_laid_out(name: str) -> None:
    assert_holds_the_layout(DRAFTS[name])


_words = [
    "Recalling ",
    "Urges ",
    "We ",
    "; and",
    ".",
    ",",
    ":",
    "\n",
    "\n(a) ",
    "\n(b) ",
    "\n(c) ",
    "\n(i) ",
    "\n(ii) ",
]
_text = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.lists(st.sampled_from(_words)).map("".join),
)
_citations = st.lists(st.builds(citation, _text, st.one_of(st.just("A/CONF.234/RPM.2/1"), _text)), max_size=3).map(
    tuple
)
_bodies = st.lists(st.tuples(st.sampled_from(ClauseKind), _text, _citations), max_size=6)


@settings(max_examples=60, deadline=None)
@given(title=_text, chapeau=_text, bodies=_bodies, style=st.sampled_from(Style))
def test_any_draft_reads_back_as_it_was_laid_out(
    title: str, chapeau: str, bodies: list[tuple[ClauseKind, str, tuple[Citation, ...]]], style: Style
) -> None:
    clauses = tuple(Clause(f"c{at}", *body) for at, body in enumerate(bodies))

    assert_holds_the_layout(Draft("d", title, Masthead(chapeau=chapeau), clauses, style))


def test_each_note_leads_to_its_symbol_and_paragraph_through_the_link_base() -> None:
    cited = (citation("para. 24 (c)"), citation("annex I, para. 3", "A/CONF.213/RPM.1/1"), citation("p. 3", "My notes"))
    draft = Draft("d", clauses=(Clause("o", O, "We urge", cited),))

    data, _ = docx_bytes(draft, link_base="https://library.example/")

    assert [(note.text, note.linked, note.url) for note in word_reading.read(data).notes_of("_c_o")] == [
        ("A/CONF.234/RPM.2/1, para. 24 (c).", "A/CONF.234/RPM.2/1", "https://library.example/A/CONF.234/RPM.2/1"),
        ("A/CONF.213/RPM.1/1, annex I, para. 3.", "A/CONF.213/RPM.1/1", "https://library.example/A/CONF.213/RPM.1/1"),
        ("My notes, p. 3.", "", ""),
    ]


def test_sources_that_are_cited_often_share_one_link() -> None:
    parts = word_reading.parts(docx_bytes(DRAFTS["sixty clauses"])[0])

    assert len(parse_xml(parts["word/_rels/footnotes.xml.rels"])) == 1


def test_the_masthead_stands_in_order_above_the_title() -> None:
    masthead = Masthead("Fourteenth Congress", "Kyoto, Japan", "20–27 April 2020", "9 March 2020", ("Agenda item 3",))

    read = word_reading.read(docx_bytes(Draft("d", title="Draft Kyoto declaration", masthead=masthead))[0])

    assert [(each.style, each.text) for each in read.paragraphs] == [
        ("UNBanner", "United Nations[symbol to be assigned]"),
        ("UNMasthead", "Fourteenth CongressDistr.: Limited"),
        ("UNMasthead", "Kyoto, Japan, 20–27 April 20209 March 2020"),
        ("UNMasthead", "Original: English"),
        ("UNMastheadEnd", ""),
        ("UNDisclaimer", "Working draft for consultation. Not an official document of the United Nations."),
        ("UNAgendaItem", "Agenda item 3"),
        ("Title", "Draft Kyoto declaration"),
        ("UNChapeau", "We, the States Members of the United Nations,"),
        ("UNEnactingLine", "Declare as follows:"),
    ]


def test_every_kind_of_paragraph_has_a_style_of_its_own() -> None:
    styles = docx.Document(io.BytesIO(docx_bytes(DRAFTS["lists"])[0])).styles

    names = {"UN Chapeau", "UN Preambular", "UN Enacting Line", "heading 1", "UN Operative", "UN Subparagraph"}
    names |= {"UN Sub-subparagraph", "UN Continuation", "UN Alternative"}
    assert names <= {style.element.name_val for style in styles}
    assert len(ParagraphKind) == len(names)


@pytest.mark.parametrize(("size", "millimetres"), [(PageSize.A4, (210, 297)), (PageSize.LETTER, (216, 279))])
def test_the_page_is_of_the_size_asked_for(size: PageSize, millimetres: tuple[int, int]) -> None:
    section = docx.Document(io.BytesIO(docx_bytes(Draft("d"), page_size=size)[0])).sections[0]

    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == millimetres


def test_the_footer_counts_pages() -> None:
    footer = word_reading.xml(docx_bytes(Draft("d"))[0], "word/footer1.xml")

    assert [field.get(qn("w:instr")).strip() for field in footer.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_equal_drafts_give_equal_bytes_and_a_time_is_stated_only_when_given() -> None:
    draft = DRAFTS["lists"]
    when = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)

    assert docx_bytes(draft) == docx_bytes(draft)
    with zipfile.ZipFile(io.BytesIO(docx_bytes(draft)[0])) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"created" not in word_reading.parts(docx_bytes(draft)[0])["docProps/core.xml"]
    properties = docx.Document(io.BytesIO(docx_bytes(draft, when=when)[0])).core_properties
    assert (properties.created, properties.modified) == (when, when)


def test_the_file_names_the_revision_and_the_copy_and_not_the_secret_id() -> None:
    secret = "fX3-secret_id"  # noqa: S105

    parts = word_reading.parts(docx_bytes(Draft(secret, revision=7))[0])

    custom = parse_xml(parts["docProps/custom.xml"])
    assert {each.get("name"): each[0].text for each in custom} == {
        "RapporteurDraft": hashlib.sha256(secret.encode()).hexdigest()[:16],
        "RapporteurRevision": "7",
        "RapporteurCopy": "clean",
    }
    assert not [name for name, content in parts.items() if secret.encode() in content]


def test_the_report_says_what_was_written_and_what_was_dropped() -> None:
    data, report = docx_bytes(Draft("d", clauses=(Clause("o", O, "We\x00 urge", (citation(), citation("para. 2"))),)))

    assert (report.clauses, report.notes) == (1, 2)
    assert report.dropped == ("Operative clause 1: 1 character that cannot be printed was left out (U+0000).",)
    assert word_reading.read(data).clauses["_c_o"][0].text == "We urge."


def test_a_file_and_a_stream_hold_the_same_bytes(tmp_path: Path) -> None:
    stream, path = io.BytesIO(), tmp_path / "declaration.docx"

    assert export_docx(DRAFTS["lists"], stream) == export_docx(DRAFTS["lists"], path)
    assert stream.getvalue() == path.read_bytes() == docx_bytes(DRAFTS["lists"])[0]
    assert [file.name for file in tmp_path.iterdir()] == ["declaration.docx"]


def test_an_older_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "declaration.docx"
    path.write_bytes(b"old")
    path.chmod(0o600)

    export_docx(Draft("d"), path)

    assert path.read_bytes() == docx_bytes(Draft("d"))[0]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("missing", ["nowhere/declaration.docx", "file/declaration.docx", "folder"])
def test_a_place_that_cannot_be_written_is_named_with_a_remedy(tmp_path: Path, missing: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.iterdir())

    with pytest.raises(StorageError, match="cannot be written") as raised:
        export_docx(Draft("d"), tmp_path / missing)

    assert str(tmp_path / missing) in raised.value.problem
    assert "existing folder" in raised.value.remedy
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_leaves_the_older_file_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "declaration.docx"
    path.write_bytes(b"old")

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)

    with pytest.raises(StorageError, match="No space left on device"):
        export_docx(Draft("d"), path)

    assert [file.name for file in tmp_path.iterdir()] == ["declaration.docx"]
    assert path.read_bytes() == b"old"


def test_naming_the_export_does_not_load_python_docx() -> None:
    program = "import sys, drafting.word, drafting.layout; sys.exit('docx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
