"""One reader for wrapped text, HTML-like lines and markdown: what it makes of each trap, on made-up fragments."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.entries import Entry
from corpus.structure import read_document


def told(text: str) -> dict[str, str]:
    """Return the text of each entry by the part of its id after #."""
    return {entry.locator.fragment(): entry.text for entry in read_document(text).entries}


def entry(text: str, fragment: str) -> Entry:
    return next(entry for entry in read_document(text).entries if entry.locator.fragment() == fragment)


def headings(text: str) -> dict[str, str]:
    return {entry.locator.fragment(): " > ".join(entry.heading) for entry in read_document(text).entries}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "1. In its resolution the Secretary-\nGeneral was  \nnon-custodial. \n\n2. And so on. \n",
            {"1": "In its resolution the Secretary-General was non-custodial.", "2": "And so on."},
            id="wrapped lines",
        ),
        pytest.param(
            "1. The first.\n2. The second.\n3. The third.\n",
            {"1": "The first.", "2": "The second.", "3": "The third."},
            id="paragraphs without blank lines",
        ),
        pytest.param(
            "1. Efforts under the\n\nCharter of the United Nations.\n\n2. Next.\n",
            {"1": "Efforts under the Charter of the United Nations.", "2": "Next."},
            id="page break before a capital",
        ),
        pytest.param(
            "1. Topics: (a) youth and\n\nprevention; (b) a culture; and (c) society.\n\n2. Next.\n",
            {"1": "Topics: (a) youth and prevention; (b) a culture; and (c) society.", "2": "Next."},
            id="inline list over a page break",
        ),
        pytest.param(
            "1. Such strategies were based upon: \n(a) foster inclusion; (b) strengthen \ncapacity. \n\n2. Next. \n",
            {"1": "Such strategies were based upon: (a) foster inclusion; (b) strengthen capacity.", "2": "Next."},
            id="inline list at the start of a wrapped line",
        ),
        pytest.param(
            "1. A list:\n\n(a) one;\n\n(b) two that goes\n\non;\n\n(c) three.\n\n2. Next.\n",
            {"1": "A list:", "1(a)": "one;", "1(b)": "two that goes on;", "1(c)": "three.", "2": "Next."},
            id="items",
        ),
        pytest.param(
            "1. A list:\n\n- (a) one;\n- (b) two: which?\n  - (i) deep;\n- (ii) deeper;\n(c) three.\n",
            {
                "1": "A list:",
                "1(a)": "one;",
                "1(b)": "two: which?",
                "1(b)(i)": "deep;",
                "1(b)(ii)": "deeper;",
                "1(c)": "three.",
            },
            id="bulleted and bare items in one list",
        ),
        pytest.param(
            "1. In line with paragraph 2\n(h) and (i) of the resolution.\n\n2. Next.\n",
            {"1": "In line with paragraph 2 (h) and (i) of the resolution.", "2": "Next."},
            id="a bracket that is a reference",
        ),
        pytest.param(
            "1. The following officers:\n\n<i>Chair:</i>\tA. Bee (Kuwait)\n\n Rapporteur:  C. Dee\n\nB. Next\n",
            {"1": "The following officers: Chair: A. Bee (Kuwait) Rapporteur: C. Dee B. Next"},
            id="officers stay at the end",
        ),
        pytest.param(
            "1. The report said:\n\n“First quotation.\n\n“Second quotation.”\n\n"
            "At both sessions it was echoed.\n\n2. Next.\n",
            {
                "1": "The report said: “First quotation. “Second quotation.” At both sessions it was echoed.",
                "2": "Next.",
            },
            id="quotations belong to the paragraph",
        ),
        pytest.param(
            "1. One.\n\n4. Four, after two were lost.\n\n5. Five.\n",
            {"1": "One.", "4": "Four, after two were lost.", "5": "Five."},
            id="lost paragraphs",
        ),
        pytest.param(
            "1. One refers to\n3. which is no number.\n\n2. Two.\n\n3. Three.\n",
            {"1": "One refers to 3. which is no number.", "2": "Two.", "3": "Three."},
            id="a number that comes too early",
        ),
    ],
)
def test_paragraphs_and_items_are_told_apart(text: str, expected: dict[str, str]) -> None:
    assert told(text) == expected


AGENDA = """{number}. It adopted its provisional agenda, which read as follows:

1. Opening.
2. Substantive items:
 - (a) Youth;
 - (b) Terror.
- 3. Adoption of the report.
{next}. At the same meeting it went on.
"""


@pytest.mark.parametrize(("number", "following"), [(2, 3), (3, 4), (94, 95), (7, 8)])
def test_an_agenda_ends_where_the_next_paragraph_begins(number: int, following: int) -> None:
    before = "".join(f"{paragraph}. Before.\n\n" for paragraph in range(max(1, number - 2), number))
    first = max(1, number - 2)
    text = (before + AGENDA.format(number=number, next=following)).replace(f"{first}. Before", "1. Before", 1)
    if number > 3:
        text = "".join(f"{paragraph}. Before.\n\n" for paragraph in range(1, number)) + AGENDA.format(
            number=number, next=following
        )
    found = told(text)
    assert found[str(following)] == "At the same meeting it went on."
    assert [key for key in found if key.startswith("agenda")] == [
        f"agenda-{number}/1",
        f"agenda-{number}/2",
        f"agenda-{number}/2(a)",
        f"agenda-{number}/2(b)",
        f"agenda-{number}/3",
    ]
    assert entry(text, f"agenda-{number}/2(b)").locator.within == str(number)


DECLARATION = """4. Before.

5. The Meeting considered and adopted the following declaration prepared by the heads of delegations:

The Regional Meeting for the Congress,

Bearing in mind that the Assembly approved an agenda of the following items:

1. Youth;
2. Terror,

Bearing in mind further that there were these workshops:

- (a) Law;
- (b) Prisons,

Considering the resolution on

Crime,

1. *Urges* the Congress to act;

2. *Invites* States:

(a) To join;

(b) To stay;

3. *Requests* the Secretary-General to report.

4. The Meeting agreed on the conclusions below.
"""


def test_a_declaration_is_read_clause_by_clause() -> None:
    text = "".join(f"{number}. Before.\n\n" for number in range(1, 4)) + DECLARATION.replace(
        "4. The Meeting agreed", "6. The Meeting agreed"
    )
    assert list(told(text).items())[4:] == [
        ("5", "The Meeting considered and adopted the following declaration prepared by the heads of delegations:"),
        ("declaration/pp0", "The Regional Meeting for the Congress,"),
        ("declaration/pp1", "Bearing in mind that the Assembly approved an agenda of the following items:"),
        ("declaration/pp1(1)", "Youth;"),
        ("declaration/pp1(2)", "Terror,"),
        ("declaration/pp2", "Bearing in mind further that there were these workshops:"),
        ("declaration/pp2(a)", "Law;"),
        ("declaration/pp2(b)", "Prisons,"),
        ("declaration/pp3", "Considering the resolution on Crime,"),
        ("declaration/1", "Urges the Congress to act;"),
        ("declaration/2", "Invites States:"),
        ("declaration/2(a)", "To join;"),
        ("declaration/2(b)", "To stay;"),
        ("declaration/3", "Requests the Secretary-General to report."),
        ("6", "The Meeting agreed on the conclusions below."),
    ]
    assert entry(text, "declaration/2(a)").locator.within == "5"
    assert entry(text, "declaration/pp0").chapeau.endswith("heads of delegations:")


def test_a_paragraph_with_the_number_of_the_last_clause_follows_the_declaration() -> None:
    text = (
        "1. The Meeting adopted the following declaration:\n\nThe Meeting,\n\n"
        "1. *Urges* X;\n\n2. *Asks* Y.\n\n2. It agreed.\n"
    )
    assert told(text)["declaration/2"] == "Asks Y."
    assert told(text)["2"] == "It agreed."


def test_a_declaration_may_have_operative_clauses_only() -> None:
    text = "1. The Meeting adopted the following declaration:\n\n1. We urge X;\n\n2. We ask Y.\n\n2. It agreed.\n"
    assert list(told(text)) == ["1", "declaration/1", "declaration/2", "2"]
    assert entry(text, "1").leads


def test_an_annex_counts_from_one_again() -> None:
    text = (
        "I. Body\n\n1. One.\n\n2. Two.\n\nAnnex I\n\nElements proposed\n\n1. We urge:\n - (a) this;\n\n"
        "Annex II\n\nList of X\n\nKuwait\tA. B.\n"
    )
    assert told(text) == {"1": "One.", "2": "Two.", "annex-I/1": "We urge:", "annex-I/1(a)": "this;"}
    assert headings(text)["annex-I/1(a)"] == "Annex I > Elements proposed"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "II. Conclusions\n\nA. Items\n\n1. Children, youth and crime\n\n1. One.\n\n2. Two.\n\n"
            "2. Help (item 5); and: (a) x; and (b) y\n\n3. Three.\n",
            {
                "1": "II. Conclusions > A. Items > 1. Children, youth and crime",
                "2": "II. Conclusions > A. Items > 1. Children, youth and crime",
                "3": "II. Conclusions > A. Items > 2. Help (item 5); and: (a) x; and (b) y",
            },
            id="numbered headings between numbered paragraphs",
        ),
        pytest.param(
            " I. Body \n \n\n"
            "1. One. \n  1. Recent developments in the use of science by \ncompetent authorities \n \n\n"
            "2. Two. \n",
            {"1": "I. Body", "2": "I. Body > 1. Recent developments in the use of science by competent authorities"},
            id="a wrapped heading straight after a paragraph",
        ),
        pytest.param(
            "I. Body\n\n"
            "A. Items and workshops**1. Strategies (workshop 1)****Summary of deliberations**\n\n"
            "1. One.\n\nOutcome of deliberations\n\n2. Two.\n",
            {
                "1": "I. Body > A. Items and workshops > 1. Strategies (workshop 1) > Summary of deliberations",
                "2": "I. Body > A. Items and workshops > 1. Strategies (workshop 1) > Outcome of deliberations",
            },
            id="glued headings",
        ),
        pytest.param(
            "## II. Items\n\n### Substantive item 1. Youth\n\n##### A. Background\n\n# 1. Why?\n\n"
            "1. One.\n\n## **B. Focus**\n\n2. Two.\n",
            {
                "1": "II. Items > Substantive item 1. Youth > A. Background > 1. Why?",
                "2": "II. Items > Substantive item 1. Youth > B. Focus",
            },
            id="markdown levels mean nothing",
        ),
        pytest.param(
            "I. Body\n\n1. The Secretary recalled that the agenda was adopted by\n\nresolution 71/206 and\n\n2. Two.\n",
            {"1": "I. Body", "2": "I. Body"},
            id="a paragraph cut by a page break is no heading",
        ),
    ],
)
def test_headings_are_told_from_paragraphs(text: str, expected: dict[str, str]) -> None:
    assert headings(text) == expected


COVER = """**General Assembly**Distr.: General
26 May 2009

Report of the Meeting

Contents

	<i>Page</i>
I. Introduction	2
A. Declaration. ....	1-9	3
Annexes

I. Elements	21

I. Introduction

1. One.
"""


def test_cover_and_contents_are_no_body() -> None:
    document = read_document(COVER)
    assert [entry.text for entry in document.entries] == ["One."]
    assert document.cover[0].text == "General AssemblyDistr.: General"
    assert document.cover[-1].text == "I. Elements\t21"


def test_a_footnote_block_parts_the_spans_and_joins_the_text() -> None:
    text = "1. Developed the *Manual for the*\n\n---\n\n<sup>1</sup> A note.\n\n*Indicators.*<sup>1</sup> The end.\n"
    (only,) = read_document(text).entries
    assert only.text == "Developed the Manual for the Indicators. The end."
    assert [(note.mark, note.text) for note in only.footnotes] == [("1", "A note.")]
    assert [text[span.start : span.end] for span in only.spans] == [
        "Developed the *Manual for the*",
        "Indicators.*<sup>1</sup> The end.",
    ]


def test_a_mark_without_its_note_is_told() -> None:
    (only,) = read_document("1. A lost note.⁴\n").entries
    assert [(note.mark, note.text) for note in only.footnotes] == [("4", "")]


def test_text_under_a_heading_without_a_number_is_no_entry() -> None:
    assert told("I. Body\n\nUnnumbered words.\n\n1. One.\n") == {"1": "One."}


WORDS = st.lists(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyz’", min_size=1, max_size=9).filter(lambda word: word[0] != "’"),
    min_size=8,
    max_size=60,
)


@given(st.lists(WORDS, min_size=1, max_size=4), st.data())
def test_wrapping_differently_changes_no_text(paragraphs: list[list[str]], data: st.DataObject) -> None:
    texts = ["The " + " ".join(words) + "." for words in paragraphs]
    expected = {str(number): text for number, text in enumerate(texts, start=1)}
    blocks = []
    for number, text in expected.items():
        words = text.split()
        breaks = data.draw(st.sets(st.integers(2, len(words) - 1), max_size=8))
        joined = "".join(("\n" if at in breaks else " ") + word for at, word in enumerate(words))
        blocks.append(f"{number}.{joined}")
    assert told("\n\n".join(blocks)) == expected


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "",
                " ",
                "---",
                "1. One.",
                "2. Two:",
                "1. Heading",
                "(a) item;",
                "(b) item.",
                "(i) item",
                "- (ii) item",
                "I. Introduction",
                "A. Part",
                "B. Part**1. Deep****Plain**",
                "Annex I",
                "Annex",
                "Contents",
                "the following declaration:",
                "3. It adopted the following declaration:",
                "3. Its agenda was:",
                "The Meeting,",
                "<sup>1</sup> A note",
                "word<sup>1</sup> and²",
                "² Note.",
                " 3  Plain note",
                "____________",
                "A/CONF.1/1",
                "12",
                "## Marked",
            ]
        ),
        st.text(max_size=40),
    ),
    max_size=40,
)


@given(LINES)
def test_no_text_is_too_strange_to_read(lines: list[str]) -> None:
    text = "\n".join(lines)
    entries = read_document(text).entries
    fragments = [entry.locator.fragment() for entry in entries]
    assert len(fragments) == len(set(fragments))
    for found in entries:
        inside = "".join(text[span.start : span.end] for span in found.spans)
        remaining = iter(re.sub(r"\s", "", inside))
        assert all(character in remaining for character in re.sub(r"\s", "", found.text))
        assert all(before.end <= after.start for before, after in pairwise(found.spans))


@given(LINES)
def test_no_word_is_in_two_entries(lines: list[str]) -> None:
    spans = sorted((span.start, span.end) for found in read_document("\n".join(lines)).entries for span in found.spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
