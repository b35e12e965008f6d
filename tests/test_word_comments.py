"""The annotated copy says of each paragraph what it rests on, and the annex shows the same in a table."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import docx
import pytest
import word_checking
import word_reading
from docx.oxml.ns import qn
from word_edits import AFTER, BEFORE, citation, cited

from drafting.annex_words import COLUMNS
from drafting.model import Clause, ClauseKind, Draft, Masthead, Style
from drafting.word import Copy, PageSize, Since, docx_bytes

P, O = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE  # noqa: E741
ADAPTED = Clause("o1", O, "We promote peace", cited(1), source_text="We endeavour to promote peace")


def comments(data: bytes) -> list[list[str]]:
    """Return the paragraphs of each comment in the order in which they are shown."""
    body = word_reading.xml(data, "word/document.xml")
    held = {
        each.get(qn("w:id")): ["".join(t.text for t in p.iter(qn("w:t"))) for p in each.iter(qn("w:p"))]
        for each in word_reading.xml(data, "word/comments.xml")
    }
    return [held[mark.get(qn("w:id"))] for mark in body.iter(qn("w:commentReference"))]


KINDS = list(product([False, True], [False, True], [False, True], PageSize, [None, BEFORE], Style))


@pytest.mark.parametrize(("annotated", "negotiating", "annex", "page_size", "before", "style"), KINDS)
def test_every_kind_of_copy_is_what_word_can_read(
    annotated: bool, negotiating: bool, annex: bool, page_size: PageSize, before: Draft | None, style: Style
) -> None:
    since = Since(before, datetime(2026, 11, 21, tzinfo=UTC)) if before else None
    draft = replace(AFTER, style=style)
    data, _ = docx_bytes(draft, copy=Copy(annotated, negotiating, annex, page_size, since))
    assert word_checking.problems(data) == []


def test_a_comment_names_its_paragraph_its_sources_and_what_was_changed() -> None:
    (said,) = comments(docx_bytes(Draft("d", clauses=(ADAPTED,)), copy=Copy(annotated=True))[0])
    assert said == [
        "Paragraph 1: adapted.",
        "A/CONF.234/RPM.2/1, para. 1 (Africa; Fourteenth Congress; recommended; the meeting): cited in support.",
        "“Quote 1.”",
        "Changed from the source: We endeavour to promote peace",
    ]


def test_what_went_is_struck_out_and_what_came_is_underlined() -> None:
    clause = replace(ADAPTED, text="We promote lasting peace")
    root = word_reading.xml(
        docx_bytes(Draft("d", clauses=(clause,)), copy=Copy(annotated=True))[0], "word/comments.xml"
    )
    looks = {
        tag: [
            run.find(qn("w:t")).text for run in root.iter(qn("w:r")) if run.find(f"{qn('w:rPr')}/{qn(tag)}") is not None
        ]
        for tag in ("w:strike", "w:u")
    }
    assert looks == {"w:strike": ["endeavour to promote"], "w:u": ["promote lasting"]}


def test_a_paragraph_without_a_source_says_so() -> None:
    data = docx_bytes(Draft("d", clauses=(Clause("p", P, "Mindful of all"),)), copy=Copy(annotated=True))[0]
    assert comments(data) == [["Preambular paragraph 1: written by the drafter.", "No source is cited."]]


@pytest.mark.parametrize("counts", list(product(range(3), repeat=4)))
def test_no_comment_stands_between_the_first_two_notes_and_none_is_lost(counts: tuple[int, ...]) -> None:
    clauses = tuple(Clause(f"o{at}", O, f"We act {at}", cited(*range(count))) for at, count in enumerate(counts))
    data = docx_bytes(Draft("d", clauses=clauses), copy=Copy(annotated=True, annex=False))[0]
    assert word_checking.problems(data) == []
    assert sorted(each[0] for each in comments(data)) == [
        f"Paragraph {at}: written by the drafter." for at in range(1, 5)
    ]


def test_what_one_source_was_used_for_is_said_once_and_what_is_unknown_of_it_is_left_out() -> None:
    unknown = replace(citation(1), congress=0, region="", voice="", quote="We promote peace")
    clause = Clause("o1", O, "We promote peace", (unknown,), source_text="We promote peace")
    (said,) = comments(docx_bytes(Draft("d", clauses=(clause,)), copy=Copy(annotated=True))[0])
    assert said == ["Paragraph 1: verbatim.", "A/CONF.234/RPM.2/1, para. 1 (recommended).", "“We promote peace”"]


def test_comments_stand_in_the_order_of_the_page_also_where_one_waits_for_a_paragraph_that_stayed() -> None:
    stayed = tuple(Clause(f"o{at}", O, f"We act on matter {at}") for at in (1, 3, 5))
    later = tuple(Clause(f"o{at}", O, f"We act on matter {at}") for at in range(1, 7))
    since = Since(Draft("d", clauses=stayed), datetime(2026, 11, 21, tzinfo=UTC))
    data = docx_bytes(Draft("d", clauses=later), copy=Copy(annotated=True, annex=False, since=since))[0]
    assert [each[0].partition(":")[0] for each in comments(data)] == [f"Paragraph {at}" for at in range(1, 7)]


def test_the_copy_for_circulation_has_no_comments() -> None:
    assert "word/comments.xml" not in word_reading.parts(docx_bytes(AFTER, copy=Copy())[0])


def test_the_annex_has_a_row_for_each_source_with_links_to_paragraph_and_document() -> None:
    draft = Draft("d", clauses=(replace(ADAPTED, citations=cited(1, 2)), Clause("o2", O, "We rest", cited(3))))
    data = docx_bytes(draft, copy=Copy())[0]
    body = word_reading.xml(data, "word/document.xml")
    (table,) = body.iter(qn("w:tbl"))
    rows = [
        ["".join(t.text for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
        for row in table.iter(qn("w:tr"))
    ]
    assert rows[0] == [title for title, _ in COLUMNS]
    assert [row[:3] for row in rows[1:]] == [
        [place, "A/CONF.234/RPM.2/1", f"para. {at}"]
        for place, at in (("Paragraph 1", 1), ("Paragraph 1", 2), ("Paragraph 2", 3))
    ]
    anchors = [link.get(qn("w:anchor")) for link in table.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    assert anchors == ["_c_o1", "_c_o1", "_c_o2"]
    urls = {each.get("Target") for each in word_reading.xml(data, "word/_rels/document.xml.rels")}
    assert "https://undocs.org/A/CONF.234/RPM.2/1" in urls


@pytest.mark.parametrize(("size", "short"), [(PageSize.A4, 210), (PageSize.LETTER, 216)])
def test_the_pages_of_the_annex_lie_on_their_side_and_those_of_the_text_do_not(size: PageSize, short: int) -> None:
    import io

    draft = Draft("d", masthead=Masthead(), clauses=(Clause("o", O, "We act", (citation(1),)),))
    text, annex = docx.Document(io.BytesIO(docx_bytes(draft, copy=Copy(page_size=size))[0])).sections
    assert text.page_width is not None
    assert annex.page_height is not None
    assert (round(text.page_width.mm), round(annex.page_height.mm)) == (short, short)


@pytest.mark.parametrize("paper", PageSize)
def test_no_symbol_is_broken_in_its_column_on_either_paper(paper: PageSize) -> None:
    data = docx_bytes(Draft("d", clauses=(ADAPTED,)), copy=Copy(page_size=paper))[0]
    columns = [int(each.get(qn("w:w"))) for each in word_reading.xml(data, "word/document.xml").iter(qn("w:gridCol"))]
    room = columns[1] / 20 - 2 * 5.4  # in points, less what keeps words from the rules
    assert room > 83.4, "as wide as A/CONF.234/RPM.1/1 is in Times of nine points"


@pytest.mark.parametrize("text", ["We act", "We act:\n(a) now\n(b) then"])
def test_the_last_paragraph_stays_on_the_page_of_the_break_so_that_no_page_is_empty(text: str) -> None:
    draft = Draft("d", clauses=(Clause("o1", O, text, cited(1)),))
    paragraphs = list(word_reading.xml(docx_bytes(draft, copy=Copy())[0], "word/document.xml").iter(qn("w:p")))
    (broken,) = (at for at, each in enumerate(paragraphs) if each.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None)
    kept = [each.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for each in paragraphs]
    assert kept[broken - 1]
    assert not kept[broken]


def test_a_draft_without_sources_has_no_annex() -> None:
    data = docx_bytes(Draft("d", clauses=(Clause("o", O, "We act"),)), copy=Copy())[0]
    assert data == docx_bytes(Draft("d", clauses=(Clause("o", O, "We act"),)))[0]
