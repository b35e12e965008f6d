"""The draft on the page: numbers, closing marks, the enacting line, notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drafting.layout import MastheadLine, lay_out, note_url
from drafting.lines import ParagraphKind
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead, Style

P, O, H = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741


def citation(locator: str = "para. 24 (c)", symbol: str = "A/CONF.234/RPM.2/1") -> Citation:
    return Citation(f"{symbol}#{locator}", symbol, locator, "Africa", 14, "recommended", "the meeting", "Quote.")


def draft_of(*clauses: tuple[ClauseKind, str], style: Style = Style.DECLARATION) -> Draft:
    return Draft("d", clauses=tuple(Clause(f"c{at}", *clause) for at, clause in enumerate(clauses)), style=style)


def printed(draft: Draft) -> list[str]:
    """Return the paragraphs as lines, the opener between asterisks."""
    return [
        f"{paragraph.number} ".lstrip()
        + (f"*{paragraph.opener}*" if paragraph.opener else "")
        + paragraph.text[len(paragraph.opener) :]
        for paragraph in lay_out(draft).paragraphs
    ]


def test_a_declaration_has_commas_before_the_enacting_line_and_full_stops_after_it() -> None:
    draft = draft_of((P, "Recalling A;"), (P, "Aware of B."), (H, "First part"), (O, "We urge C;"), (O, "We decide D"))

    assert printed(draft) == [
        "We, the States Members of the United Nations,",
        "*Recalling* A,",
        "*Aware* of B,",
        "Declare as follows:",
        "First part",
        "1. We urge C.",
        "2. We decide D.",
    ]


def test_a_resolution_has_semicolons_but_for_the_last_operative_paragraph() -> None:
    draft = draft_of((P, "Recalling A"), (O, "Urges C."), (O, "Also invites D; and"), (O, "Member States do E;"))
    draft = replace(draft, style=Style.RESOLUTION, masthead=Masthead(chapeau="The General Assembly,", enacting_line=""))

    assert printed(draft) == [
        "*The General Assembly*,",
        "*Recalling* A,",
        "1. *Urges* C;",
        "2. *Also invites* D;",
        "3. Member States do E.",
    ]


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (O, "[Calls upon all to act]", "1. *[Calls upon* all to act]."),
        (O, "[[Also urges] all to act]", "1. [[Also urges] all to act]."),
        (O, "[Urges] [Calls upon] all to act", "1. [Urges] [Calls upon] all to act."),
        (O, "[All shall act]", "1. [All shall act]."),
        (P, "[Recalling A", "*[Recalling* A,"),
    ],
)
def test_a_bracket_before_the_opener_goes_with_it_unless_it_is_one_of_several(
    kind: ClauseKind, text: str, shown: str
) -> None:
    assert shown in printed(draft_of((kind, text), style=Style.RESOLUTION))


def test_subparagraphs_are_labelled_closed_and_numbered_as_word_counts_them() -> None:
    recommended = "(a) Foster inclusion.\n(b) Strengthen:\n(i) police,\n(ii) courts; and\n(c) End"
    draft = draft_of((O, f"We recommend that strategies.\n{recommended}"), (O, "We urge:\n(a) one; and\n(b) two"))

    assert printed(draft)[2:] == [
        "1. We recommend that strategies:",
        "(a) Foster inclusion;",
        "(b) Strengthen:",
        "(i) police;",
        "(ii) courts; and",
        "(c) End.",
        "2. We urge:",
        "(a) one; and",
        "(b) two.",
    ]


def test_a_label_out_of_order_stays_part_of_the_text() -> None:
    draft = draft_of((O, "We note:\n(b) beta\n(a) alpha\n(c) gamma\n(i) iota"))

    assert [(paragraph.kind, paragraph.number, paragraph.text) for paragraph in lay_out(draft).paragraphs[2:]] == [
        (ParagraphKind.OPERATIVE, "1.", "We note:"),
        (ParagraphKind.CONTINUATION, "", "(b) beta"),
        (ParagraphKind.SUBPARAGRAPH, "(a)", "alpha"),
        (ParagraphKind.CONTINUATION, "", "(c) gamma"),
        (ParagraphKind.SUB_SUBPARAGRAPH, "(i)", "iota."),
    ]


def test_the_letter_i_after_h_is_a_letter_and_not_a_figure() -> None:
    draft = draft_of((O, "We list:\n" + "\n".join(f"({letter}) {letter}" for letter in "abcdefghij")))

    numbers = [paragraph.number for paragraph in lay_out(draft).paragraphs[3:]]

    assert numbers == [f"({letter})" for letter in "abcdefghij"]


@pytest.mark.parametrize(
    ("kinds", "order"),
    [
        ((), "chapeau, enacting"),
        ((P,), "chapeau, preambular, enacting"),
        ((O,), "chapeau, enacting, operative"),
        ((H, O), "chapeau, enacting, heading, operative"),
        ((P, H, O), "chapeau, preambular, enacting, heading, operative"),
        ((P, H, P, O), "chapeau, preambular, heading, preambular, enacting, operative"),
        ((P, O, P), "chapeau, preambular, enacting, operative, preambular"),
        ((P, H), "chapeau, preambular, enacting, heading"),
    ],
)
def test_the_enacting_line_closes_the_preamble(kinds: tuple[ClauseKind, ...], order: str) -> None:
    page = lay_out(draft_of(*((kind, "Text") for kind in kinds)))

    assert ", ".join(paragraph.kind.value.removesuffix(" line") for paragraph in page.paragraphs) == order


def test_notes_are_counted_through_the_document_and_stand_at_the_end_of_their_clause() -> None:
    draft = Draft(
        "d",
        clauses=(
            Clause("p", P, "Recalling A", (citation("para. 1"),)),
            Clause("o", O, "We urge:\n(a) one\n(b) two", (citation("para. 2"), citation("annex I, para. 3"))),
        ),
    )

    page = lay_out(draft)

    assert [[note.number for note in paragraph.notes] for paragraph in page.paragraphs] == [[], [1], [], [], [], [2, 3]]
    assert [note.text for note in page.notes] == [
        "A/CONF.234/RPM.2/1, para. 1.",
        "A/CONF.234/RPM.2/1, para. 2.",
        "A/CONF.234/RPM.2/1, annex I, para. 3.",
    ]
    assert page.notes[2].passage_id == "A/CONF.234/RPM.2/1#annex I, para. 3"


@pytest.mark.parametrize(
    ("symbol", "base", "url"),
    [
        ("A/CONF.234/RPM.2/1", "https://undocs.org/", "https://undocs.org/A/CONF.234/RPM.2/1"),
        ("A/RES/74/171", "https://library.example/", "https://library.example/A/RES/74/171"),
        ("A/CONF.234/RPM.2/1", "", ""),
        ("notes of 3 May <&>", "https://undocs.org/", ""),
        ("../../etc", "https://undocs.org/", ""),
        ("", "https://undocs.org/", ""),
    ],
)
def test_only_a_document_symbol_is_a_link(symbol: str, base: str, url: str) -> None:
    draft = Draft("d", clauses=(Clause("o", O, "We urge", (citation(symbol=symbol),)),))

    assert note_url(lay_out(draft).notes[0], base) == url


def test_a_heading_carries_no_notes_and_says_so() -> None:
    page = lay_out(Draft("d", clauses=(Clause("h", H, "Part one.", (citation(),)),)))

    assert page.notes == ()
    assert page.dropped == ("Heading 1: its citations were left out, for a heading carries no notes.",)


def test_the_masthead_sets_the_congress_beside_the_distribution() -> None:
    masthead = Masthead(
        congress="Fourteenth United Nations Congress on Crime Prevention and Criminal Justice",
        place="Kyoto, Japan",
        dates="20–27 April 2020",
        distribution_date="9 March 2020",
        agenda_items=("Item 3", " ", "Item 4"),
    )

    page = lay_out(Draft("d", masthead=masthead))

    assert page.masthead == (
        MastheadLine("Fourteenth United Nations Congress on Crime", "Distr.: Limited", strong=True),
        MastheadLine("Prevention and Criminal Justice", "9 March 2020", strong=True),
        MastheadLine("Kyoto, Japan, 20–27 April 2020", "Original: English", strong=False),
    )
    assert page.agenda_items == ("Item 3", "Item 4")


def test_empty_fields_are_left_out() -> None:
    page = lay_out(Draft("d", title="", masthead=Masthead(congress="", chapeau="", enacting_line="")))

    assert (page.title, page.paragraphs) == ("", ())
    assert [(line.left, line.right) for line in page.masthead] == [("", "Distr.: Limited"), ("", "Original: English")]


def test_an_empty_clause_keeps_its_place_and_its_number() -> None:
    assert printed(draft_of((O, ""), (O, "We urge")))[2:] == ["1. ", "2. We urge."]


def test_what_cannot_be_printed_is_named_with_its_place() -> None:
    draft = Draft(
        "d",
        title="Draft\x00",
        clauses=(Clause("p", P, "Recalling\x01"), Clause("o", O, "We urge\ud800", (citation("para.\x02 1"),))),
    )

    page = lay_out(draft)

    assert [sentence.partition(":")[0] for sentence in page.dropped] == [
        "The title",
        "Preambular clause 1",
        "Operative clause 1",
        "Note 1",
    ]
    assert page.notes[0].text == "A/CONF.234/RPM.2/1, para. 1."


def test_the_draft_is_not_changed_by_being_laid_out() -> None:
    draft = draft_of((P, "Recalling A;"), (O, "We urge B; and"))

    lay_out(draft)

    assert [clause.text for clause in draft.clauses] == ["Recalling A;", "We urge B; and"]


NEGOTIATED = Draft(
    "d",
    clauses=(
        Clause(
            "p",
            P,
            "Recalling A",
            (citation("para. 1"),),
            alternatives=(Alternative("pa", "Noting [A] [B].", "GRULAC"),),
        ),
        Clause("h", H, "Part one", alternatives=(Alternative("ha", "Part 1"),)),
        Clause(
            "o1",
            O,
            "We urge {¶o2}",
            (citation("para. 2"),),
            proposer="Japan",
            alternatives=(
                Alternative("oa", "We invite:\n(a) one\n(b) two", "Canada", (citation("para. 3"),)),
                Alternative("ob", "We act;"),
            ),
        ),
        Clause("o2", O, "We note:\n(a) C", state=ClauseState.AGREED),
    ),
)


def test_the_negotiating_text_has_alternatives_proposers_and_what_is_agreed() -> None:
    page = lay_out(NEGOTIATED, negotiating=True)

    assert [
        " ".join(part for part in (paragraph.number, paragraph.text, paragraph.remark) if part)
        + "".join(f"[{note.text}]" for note in paragraph.notes)
        for paragraph in page.paragraphs[1:]
    ] == [
        "Recalling A,[A/CONF.234/RPM.2/1, para. 1.]",
        "Alt. Noting [A] [B],[Proposed by GRULAC.]",
        "Declare as follows:",
        "Part one",
        "Alt. Part 1",
        "1. We urge paragraph 2 below.[Proposed by Japan.][A/CONF.234/RPM.2/1, para. 2.]",
        "1 alt. 1 We invite:",
        "(a) one;",
        "(b) two.[Proposed by Canada.][A/CONF.234/RPM.2/1, para. 3.]",
        "1 alt. 2 We act.",
        "2. We note:",
        "(a) C. (agreed)",
    ]
    assert [note.number for note in page.notes] == [1, 2, 3, 4, 5, 6]
    assert page.dropped == ()
    of_alternatives = [
        (paragraph.clause_id, paragraph.alternative_id) for paragraph in page.paragraphs if paragraph.alternative_id
    ]
    assert of_alternatives == [("p", "pa"), ("h", "ha"), ("o1", "oa"), ("o1", "oa"), ("o1", "oa"), ("o1", "ob")]


def test_the_circulated_text_is_clean_and_says_what_it_left_out() -> None:
    page = lay_out(NEGOTIATED)

    assert [paragraph.text for paragraph in page.paragraphs[1:]] == [
        "Recalling A,",
        "Declare as follows:",
        "Part one",
        "We urge paragraph 2 below.",
        "We note:",
        "C.",
    ]
    assert not any(paragraph.remark for paragraph in page.paragraphs)
    assert [note.symbol for note in page.notes] == ["A/CONF.234/RPM.2/1"] * 2
    assert [sentence.partition(":")[0] for sentence in page.dropped] == [
        "Preambular clause 1",
        "Heading 1",
        "Operative clause 1",
    ]


def test_a_reference_is_closed_like_words_and_knows_where_its_number_stands() -> None:
    page = lay_out(draft_of((O, "We note {¶c1};"), (O, "We urge:\n(a) as in {#c0}, so\n(b) see {¶c0}")))

    assert [paragraph.text for paragraph in page.paragraphs[2:]] == [
        "We note paragraph 2 below.",
        "We urge:",
        "as in 1, so;",
        "see paragraph 1 above.",
    ]
    numbers = [
        (paragraph.text[n.start : n.end], n.target.clause_id)
        for paragraph in page.paragraphs
        for n in paragraph.numbers
    ]
    assert numbers == [("2", "c1"), ("1", "c0"), ("1", "c0")]
