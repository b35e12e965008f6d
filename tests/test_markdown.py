"""Markdown and plain text print the page as it is: whatever a clause holds is words and no mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from word_edits import AFTER, cited

from drafting.layout import lay_out
from drafting.markdown import escaped, markdown
from drafting.model import Alternative, Clause, ClauseKind, ClauseState, Draft, Masthead, Style
from drafting.plain_text import plain_text

P, O, H = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741
BARE = Masthead(congress="", chapeau="", enacting_line="")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain, words (a).", "plain, words (a)."),
        ("*strong* _so_", "\\*strong\\* \\_so\\_"),
        ("[link](javascript:x)", "\\[link\\](javascript:x)"),
        ("<script>&amp;", "\\<script\\>\\&amp;"),
        ("a | b ~~c~~ `d` $e$ #f \\g", "a \\| b \\~\\~c\\~\\~ \\`d\\` \\$e\\$ \\#f \\\\g"),
    ],
)
def test_marks_are_escaped(text: str, printed: str) -> None:
    assert escaped(text) == printed


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- no list", "\\- no list,"),
        ("+ no list", "\\+ no list,"),
        ("1. no list", "1\\. no list,"),
        ("12) no list", "12\\) no list,"),
        ("# no heading", "\\# no heading,"),
        ("> no quote", "\\> no quote,"),
        ("---", "\\---,"),
        ("===", "\\===,"),
        ("| no | table |", "\\| no \\| table \\|,"),
    ],
)
def test_no_paragraph_begins_with_a_mark(text: str, line: str) -> None:
    draft = Draft("d", "", BARE, (Clause("p", P, text),))
    assert markdown(draft).split("\n\n")[-1].strip() == line


DRAFT = Draft(
    "d",
    "Draft",
    Masthead(place="Doha"),
    (
        Clause("p", P, "Recalling A", cited(1)),
        Clause("h", H, "Part"),
        Clause(
            "o", O, "We urge:\n(a) one\n(b) two:\n(i) deep", cited(2, 3),
            state=ClauseState.AGREED, alternatives=(Alternative("x", "We [ask]", "Chile"),),
        ),
    ),
)  # fmt: skip


def test_markdown_holds_the_page_with_its_notes_and_its_table() -> None:
    text = markdown(DRAFT, negotiating=True)
    blocks = text.strip().split("\n\n")
    assert blocks[2:12] == [
        "# Draft",
        "We, the States Members of the United Nations,",
        "*Recalling* A,[^1]",
        "Declare as follows:",
        "## Part",
        "1\\. We urge:",
        "&emsp;(a) one;",
        "&emsp;(b) two:",
        "&emsp;&emsp;(i) deep. *(agreed)*[^2][^3]",
        "1 alt. We \\[ask\\].[^4]",
    ]
    assert blocks[-4] == "[^1]: [A/CONF.234/RPM.2/1](<https://undocs.org/A/CONF.234/RPM.2/1>), para. 1."
    assert blocks[-1] == "[^4]: Proposed by Chile."
    (table,) = [block for block in blocks if block.startswith("| Paragraph")]
    assert len(table.splitlines()) == 2 + 3
    assert {line.count("|") for line in table.splitlines()} == {9}


def test_plain_text_holds_the_page_with_its_notes_and_sources() -> None:
    text = plain_text(DRAFT, negotiating=True)
    for line in (
        "Recalling A, [note 1]",
        "1. We urge:",
        "    (b) two:",
        "        (i) deep. (agreed) [note 2] [note 3]",
        "1 alt. We [ask]. [note 4]",
        "[note 2] A/CONF.234/RPM.2/1, para. 2.",
        "    A/CONF.234/RPM.2/1, para. 1 (Africa; Fourteenth Congress; recommended): cited.",
        "    “Quote 1.”",
    ):
        assert line in text.splitlines()
    assert "Annex" not in plain_text(DRAFT, annex=False)
    assert "Annex" not in markdown(DRAFT, annex=False)


_texts = st.text(st.characters(exclude_categories=()) | st.sampled_from("*_[]<>|`#-\n1."), max_size=20)


@given(title=_texts, texts=st.lists(_texts, max_size=4), style=st.sampled_from(Style))
def test_every_word_of_any_draft_is_there_and_can_be_written(title: str, texts: list[str], style: Style) -> None:
    kinds = list(ClauseKind)
    clauses = tuple(Clause(f"c{at}", kinds[at % 3], text, cited(at)) for at, text in enumerate(texts))
    draft = Draft("d", title, Masthead(), clauses, style)
    marked, plain = markdown(draft), plain_text(draft)
    assert marked.encode()
    assert plain.encode()
    page = lay_out(draft)
    for paragraph in page.paragraphs:
        assert paragraph.text in plain
    assert sum(line.startswith("[note ") for line in plain.splitlines()) >= len(page.notes)
    for note in page.notes:
        assert f"[^{note.number}]: " in marked


def test_the_real_edits_are_all_there() -> None:
    page = lay_out(AFTER)
    assert all(paragraph.text in plain_text(AFTER) for paragraph in page.paragraphs)
