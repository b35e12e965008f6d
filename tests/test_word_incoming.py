"""A Word file comes back: exactly what was done to it is proposed, and approving it makes the draft say the same."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import word_editing
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from hypothesis import given, settings
from hypothesis import strategies as st
from word_editing import BY, edited, new_paragraph, paragraph_of, replaced, without_bookmarks

from corpus.errors import ConflictError, DraftError
from drafting.layout import lay_out
from drafting.masthead import set_field
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead, Style
from drafting.operations import add_clause, delete_clause, edit_text, reorder, set_kind
from drafting.word import docx_bytes
from drafting.word.incoming import Edit, EditKind, Proposal, propose, read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.oxml.xmlchemy import BaseOxmlElement

P, O, H = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741


def cited(*paragraphs: int) -> tuple[Citation, ...]:
    symbol = "A/CONF.234/RPM.2/1"
    return tuple(
        Citation(f"{symbol}#{n}", symbol, f"para. {n}", "Africa", 14, "recommended", "the meeting", f"Quote {n}.")
        for n in paragraphs
    )


DRAFT = Draft(
    "d",
    "Draft declaration on justice",
    Masthead(place="Kyoto, Japan", dates="7–12 March 2021", distribution_date="9 March 2026", agenda_items=("Item 3",)),
    (
        Clause("p1", P, "Recalling its resolution 56/119 of 19 December 2001", cited(1)),
        Clause("p2", P, "Bearing in mind the needs of victims:\n(a) women\n(b) children"),
        Clause("h1", H, "Prevention of crime"),
        Clause("o1", O, "We urge States to prevent crime among young people; they should act early", cited(2, 3)),
        Clause("o2", O, "We recommend, as {¶o1} says, that strategies:\n(a) Foster inclusion;\n(b) End it."),
        Clause("o3", O, "We invite [all] donors to support {¶o2(b)} with money", cited(4), "We invite donors."),
        Clause("o4", O, "We call for more data on the courts and the prisons of every region", cited(5)),
        Clause("o5", O, "We stress that nobody is above the law"),
    ),
)  # fmt: skip
NEGOTIATED = replace(
    DRAFT,
    clauses=(
        *DRAFT.clauses[:3],
        replace(
            DRAFT.clauses[3],
            proposer="Japan",
            alternatives=(
                Alternative("x1", "We ask States to prevent all crime", "GRULAC", cited(6)),
                Alternative("x2", "We decide to leave crime alone"),
            ),
        ),
        *DRAFT.clauses[4:7],
        replace(DRAFT.clauses[7], state=ClauseState.AGREED),
    ),
)


def proposed(data: bytes, draft: Draft = DRAFT, current: Draft | None = None) -> Proposal:
    return propose(read_file(data), draft, current or draft)


def told(proposal: Proposal) -> list[tuple[EditKind, str]]:
    """Return what was done, and to what."""
    return [(edit.kind, edit.field or edit.alternative_id or edit.clause_id) for edit in proposal.edits]


def approved(proposal: Proposal, draft: Draft = DRAFT) -> Draft:
    return proposal.apply(draft, proposal.approvable)


def printed(draft: Draft, *, negotiating: bool = False) -> list[tuple[str, str, list[str]]]:
    """Return what a reader sees of a draft."""
    page = lay_out(draft, negotiating=negotiating)
    head = [("", line.left + line.right, [""]) for line in page.masthead]
    head += [("", text, [""]) for text in (*page.agenda_items, page.title)]
    return head + [(each.number, each.text, [note.text for note in each.notes]) for each in page.paragraphs]


def on_body(change: Callable[[BaseOxmlElement], None]) -> bytes:
    return edited(docx_bytes(DRAFT)[0], change)


def text_of(data: bytes, before: str, after: str) -> bytes:
    return replaced(data, before, after)


def insert_after(bookmark: str, *texts: str, style: str = "UNOperative") -> bytes:
    def change(body: BaseOxmlElement) -> None:
        at = paragraph_of(body, bookmark)
        for text in reversed(texts):
            at.addnext(new_paragraph(text, style))

    return on_body(change)


def typed_above(bookmark: str, text: str) -> bytes:
    """Type a paragraph at the beginning of another: its bookmark stays on what was typed and ends in the old words."""

    def change(body: BaseOxmlElement) -> None:
        old = paragraph_of(body, bookmark)
        made = new_paragraph(text)
        made.insert(1, old.find(qn("w:bookmarkStart")))
        old.addprevious(made)

    return on_body(change)


def cut_in_two(bookmark: str, words: str) -> bytes:
    """Press Enter before some words; the notes go with the second half, and the bookmark ends there."""

    def change(body: BaseOxmlElement) -> None:
        old = paragraph_of(body, bookmark)
        run = next(each for each in old.iter(qn("w:t")) if words in (each.text or ""))
        head, tail = run.text.split(words)
        made = new_paragraph(words + tail)
        run.text = head
        for each in list(old)[list(old).index(run.getparent()) + 1 :]:
            made.append(each)
        old.addnext(made)

    return on_body(change)


def joined(first: str, second: str) -> bytes:
    """Delete the break between two paragraphs."""
    return on_body(lambda body: _join(body, first, second))


def _join(body: BaseOxmlElement, first: str, second: str) -> None:
    one, other = paragraph_of(body, first), paragraph_of(body, second)
    one.append(new_paragraph(" ")[1])
    for each in list(other)[1:]:
        one.append(each)
    body.remove(other)


def moved_after(bookmark: str, above: str) -> bytes:
    return on_body(lambda body: paragraph_of(body, above).addnext(paragraph_of(body, bookmark)))


def removed(bookmark: str) -> bytes:
    return on_body(lambda body: body.remove(paragraph_of(body, bookmark)))


def restyled(bookmark: str, style: str) -> bytes:
    return on_body(
        lambda body: paragraph_of(body, bookmark).find(f"{qn('w:pPr')}/{qn('w:pStyle')}").set(qn("w:val"), style)
    )


def without_note(bookmark: str) -> bytes:
    def change(body: BaseOxmlElement) -> None:
        run = next(paragraph_of(body, bookmark).iter(qn("w:footnoteReference"))).getparent()
        run.getparent().remove(run)

    return on_body(change)


EXPORTED = docx_bytes(DRAFT)[0]
K = EditKind
NEW = "We encourage civil society to take part in every reform of justice."

SCRIPTED: dict[str, tuple[bytes, list[EditKind], str]] = {
    "a word": (text_of(EXPORTED, "prevent crime among", "prevent violence among"), [K.CHANGED], "o1"),
    "a bracket": (text_of(EXPORTED, "the courts and", "[the courts] and"), [K.BRACKETS], "o4"),
    "brackets taken off": (text_of(EXPORTED, "[all] ", "all "), [K.BRACKETS], "o3"),
    "a subparagraph": (text_of(EXPORTED, "Foster inclusion", "Foster real inclusion"), [K.CHANGED], "o2"),
    "the beginning": (text_of(EXPORTED, "We stress that nobody", "We affirm that nobody"), [K.CHANGED], "o5"),
    "the title": (text_of(EXPORTED, "declaration on justice", "declaration on fair justice"), [K.FIELD], "title"),
    "the chapeau": (text_of(EXPORTED, "We, the States Members", "We, the Heads of State"), [K.FIELD], "chapeau"),
    "the enacting line": (text_of(EXPORTED, "Declare as", "Solemnly declare as"), [K.FIELD], "enacting_line"),
    "the place": (text_of(EXPORTED, "Kyoto, Japan, ", "Abu Dhabi, "), [K.FIELD], "place"),
    "the dates": (text_of(EXPORTED, "7–12 March 2021", "25–30 April 2026"), [K.FIELD], "dates"),
    "an agenda item": (text_of(EXPORTED, "Item 3", "Item 4"), [K.FIELD], "agenda_items"),
    "a deleted clause": (removed("_c_o4"), [K.DELETED], "o4"),
    "a deleted heading": (removed("_c_h1"), [K.DELETED], "h1"),
    "a new clause": (insert_after("_c_o4", NEW), [K.NEW], ""),
    "a new preambular clause": (insert_after("_c_p1", "Noting the rule of law", style="UNPreambular"), [K.NEW], ""),
    "a clause typed above another": (typed_above("_c_o4", NEW), [K.NEW], ""),
    "a clause cut in two": (cut_in_two("_c_o1", "they should act"), [K.SPLIT], "o1"),
    "two clauses made one": (joined("_c_o4", "_c_o5"), [K.MERGED], "o4"),
    "a moved clause": (moved_after("_c_o5", "_c_h1"), [K.MOVED], "o5"),
    "a clause made a heading": (restyled("_c_o5", "Heading1"), [K.KIND], "o5"),
    "a note taken out": (without_note("_c_o1"), [K.NOTE_REMOVED], "o1"),
}  # fmt: skip


@pytest.mark.parametrize("what", SCRIPTED)
def test_exactly_the_scripted_edit_is_reported(what: str) -> None:
    data, kinds, about = SCRIPTED[what]
    proposal = proposed(data)

    assert [kind for kind, _ in told(proposal)] == kinds
    if about:
        assert told(proposal)[0][1] == about
    assert proposal.approvable == tuple(edit.key for edit in proposal.edits)


@pytest.mark.parametrize("what", SCRIPTED)
def test_after_approving_all_the_file_has_nothing_more_to_say(what: str) -> None:
    data, _, _ = SCRIPTED[what]
    after = approved(proposed(data))

    assert after != DRAFT
    assert told(proposed(data, DRAFT, after)) == []


def test_several_edits_are_told_apart() -> None:
    data = text_of(insert_after("_c_o3", NEW), "nobody is above", "no one is above")
    data = edited(data, lambda body: body.remove(paragraph_of(body, "_c_p1")))
    data = edited(data, lambda body: paragraph_of(body, "_c_h1").addnext(paragraph_of(body, "_c_o4")))

    assert sorted(kind.value for kind, _ in told(proposed(data))) == ["changed", "deleted", "moved", "new"]


def test_only_what_was_approved_is_changed() -> None:
    data = edited(text_of(EXPORTED, "nobody is above", "no one is above"), lambda b: b.remove(paragraph_of(b, "_c_p1")))
    proposal = proposed(data)

    after = proposal.apply(DRAFT, ["deleted p1"])
    assert after == delete_clause(DRAFT, "p1")
    assert proposal.apply(DRAFT, []) == DRAFT
    with pytest.raises(DraftError, match="no change 'deleted p9'"):
        proposal.apply(DRAFT, ["deleted p9"])


def test_provenance_stays_with_its_clause_however_it_is_edited() -> None:
    by_id = {clause.id: clause for clause in DRAFT.clauses}
    for what in (
        "a word",
        "a moved clause",
        "a clause typed above another",
        "a clause made a heading",
        "the beginning",
    ):
        for clause in approved(proposed(SCRIPTED[what][0])).clauses:
            if clause.id in by_id:
                assert (clause.citations, clause.source_text) == (
                    by_id[clause.id].citations,
                    by_id[clause.id].source_text,
                )


def test_both_halves_of_a_clause_keep_what_it_rests_on() -> None:
    after = approved(proposed(SCRIPTED["a clause cut in two"][0]))

    first, second = after.clauses[3:5]
    assert (first.text, second.text) == (
        "We urge States to prevent crime among young people;",
        "they should act early",
    )
    assert first.citations == second.citations == DRAFT.clauses[3].citations


def test_a_merged_clause_rests_on_what_both_rested_on_and_references_follow() -> None:
    data = joined("_c_o1", "_c_o2")
    after = approved(proposed(data))

    assert [clause.id for clause in after.clauses][3:5] == ["o1", "o3"]
    assert after.clauses[3].citations == DRAFT.clauses[3].citations
    assert after.clauses[4].text == "We invite [all] donors to support {¶o1(b)} with money"


def test_merged_clauses_unite_their_sources() -> None:
    after = approved(proposed(joined("_c_o3", "_c_o4")))
    assert after.clauses[5].citations == cited(4, 5)
    assert after.clauses[5].source_text == "We invite donors."
    assert after.clauses[6].id == "o5"


def test_an_edited_text_keeps_its_references_and_gets_no_closing_mark() -> None:
    data = text_of(EXPORTED, " says, that strategies", " says, that all strategies")
    assert approved(proposed(data)).clauses[4].text == (
        "We recommend, as {¶o1} says, that all strategies:\n(a) Foster inclusion;\n(b) End it."
    )
    data = text_of(EXPORTED, "more data on", "better data on")
    assert (
        approved(proposed(data)).clauses[6].text
        == "We call for better data on the courts and the prisons of every region"
    )


def test_numbers_that_word_counted_anew_are_no_edits() -> None:
    def count_on(body: BaseOxmlElement) -> None:
        for text in body.iter(qn("w:t")):
            if text.text in ("1", "2"):  # what the cross-references showed
                text.text = str(int(text.text) + 1)

    data = edited(insert_after("_c_h1", NEW), count_on)
    assert [kind for kind, _ in told(proposed(data))] == [K.NEW]


def test_a_reference_in_a_new_clause_is_one() -> None:
    def change(body: BaseOxmlElement) -> None:
        copy = deepcopy(paragraph_of(body, "_c_o3"))
        for each in (*copy.iter(qn("w:bookmarkStart")), *copy.iter(qn("w:bookmarkEnd"))):
            each.getparent().remove(each)
        first = next(copy.iter(qn("w:t")))
        first.text = "Judges and prosecutors shall read with care and publish what they think of "
        paragraph_of(body, "_c_o5").addnext(copy)

    (edit,) = proposed(on_body(change)).edits
    assert edit.kind is K.NEW
    assert edit.after.startswith("Judges and prosecutors shall read with care and publish what they think of ")
    assert "{" in edit.after
    assert edit.citations == cited(4)


LOST = {
    "all bookmarks": without_bookmarks(EXPORTED),
    "all bookmarks and a word": without_bookmarks(text_of(EXPORTED, "among young people", "among youths")),
}


@pytest.mark.parametrize(("what", "expected"), [("all bookmarks", []), ("all bookmarks and a word", [K.CHANGED])])
def test_clauses_are_found_by_their_words_when_bookmarks_are_lost(what: str, expected: list[EditKind]) -> None:
    assert [kind for kind, _ in told(proposed(LOST[what]))] == expected


def part_of_a_list(bookmark: str) -> bytes:
    """Press Tab in a clause: it goes one level down and belongs to the clause above."""

    def change(body: BaseOxmlElement) -> None:
        numbered = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
        paragraph_of(body, bookmark).find(qn("w:pPr")).append(numbered)

    return on_body(change)


def test_a_clause_made_a_subparagraph_is_taken_up_by_the_clause_above() -> None:
    (edit,) = proposed(part_of_a_list("_c_o5")).edits

    assert (edit.kind, edit.clause_id, [part.id for part in edit.parts]) == (K.MERGED, "o4", ["o5"])
    assert edit.after.splitlines()[1] == "(a) We stress that nobody is above the law."


def test_a_reference_to_what_was_taken_up_leads_to_the_clause_that_took_it() -> None:
    draft = replace(DRAFT, clauses=(*DRAFT.clauses, Clause("o6", O, "We repeat {¶o5}")))
    data = edited(docx_bytes(draft)[0], lambda body: _join(body, "_c_o4", "_c_o5"))

    after = approved(proposed(data, draft), draft)
    assert after.clauses[-1].text == "We repeat {¶o4}"


ADDED_NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'


def test_a_note_that_was_copied_cites_its_passage_and_an_unknown_note_is_only_listed() -> None:
    end = "nobody is above the law.</w:t></w:r>"
    (edit,) = proposed(text_of(EXPORTED, end, end + ADDED_NOTE.format(5))).edits
    assert (edit.kind, edit.clause_id, edit.citations) == (K.NOTE_ADDED, "o5", cited(5))

    def another(part: bytes) -> bytes:
        return part.replace(
            b"</w:footnotes>",
            b'<w:footnote w:id="77"><w:p><w:r><w:t>Somebody, Crime (2020).</w:t></w:r></w:p></w:footnote>'
            b"</w:footnotes>",
        )

    data = word_editing.with_part(text_of(EXPORTED, end, end + ADDED_NOTE.format(77)), "word/footnotes.xml", another)
    proposal = proposed(data)
    (edit,) = proposal.edits
    assert (edit.kind, edit.after, edit.applies) == (K.NOTE_ADDED, "Somebody, Crime (2020).", False)
    assert approved(proposal) == DRAFT


def test_another_proposer_in_a_note_is_one() -> None:
    data = word_editing.with_part(
        docx_bytes(NEGOTIATED, negotiating=True)[0],
        "word/footnotes.xml",
        lambda part: part.replace(b"Proposed by Japan.", b"Proposed by Japan and Chile."),
    )
    proposal = proposed(data, NEGOTIATED)
    (edit,) = proposal.edits
    assert (edit.kind, edit.before, edit.after) == (K.PROPOSER, "Japan", "Japan and Chile")
    assert approved(proposal, NEGOTIATED).clauses[3].proposer == "Japan and Chile"


def test_what_the_program_wrote_itself_is_no_edit() -> None:
    annex = (
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Annex: sources</w:t></w:r></w:p><w:p><w:pPr>'
        '<w:pStyle w:val="UNAside"/></w:pPr><w:r><w:t>Sources of each paragraph.</w:t></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Paragraph 1</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sectPr"
    )
    data = text_of(EXPORTED, "<w:sectPr", annex)
    data = text_of(
        data, "above the law.</w:t></w:r>", 'above the law.</w:t></w:r><w:r><w:commentReference w:id="7"/></w:r>'
    )
    own = COMMENTS.replace("Jean", "Rapporteur").encode()
    proposal = proposed(word_editing.with_part(data, "word/comments.xml", lambda _: own))

    assert (proposal.edits, proposal.left_out) == ((), ())


def test_a_table_that_somebody_put_in_is_said_to_be_left_out() -> None:
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>We urge</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sectPr"
    proposal = proposed(text_of(EXPORTED, "<w:sectPr", table))
    assert (proposal.edits, proposal.left_out) == ((), ("1 table was left out, for a clause holds no table.",))


def test_links_content_controls_and_the_strict_edition_of_the_format_are_read_through() -> None:
    plain = '<w:r><w:t xml:space="preserve">We stress that nobody is above the law.</w:t></w:r>'
    for before, after in (
        ("<w:hyperlink>", "</w:hyperlink>"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ):
        assert proposed(text_of(EXPORTED, plain, before + plain + after)).edits == ()
    strict = EXPORTED
    for part in ("word/document.xml", "word/styles.xml", "word/footnotes.xml"):
        strict = word_editing.with_part(
            strict, part, lambda held: held.replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            ),
        )  # fmt: skip
    assert proposed(strict).edits == ()


def test_a_cross_reference_that_became_one_field_is_the_same() -> None:
    def change(body: BaseOxmlElement) -> None:
        begin = next(each for each in body.iter(qn("w:fldChar"))).getparent()
        runs = [begin, *list(begin.itersiblings())[:4]]
        simple = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" REF _c_o1 \\n \\h "/>')
        begin.addprevious(simple)
        for run in runs:
            run.getparent().remove(run)
        simple.append(runs[3])

    assert proposed(on_body(change)).edits == ()


def tracked(inside: str, kind: str) -> str:
    return f"<w:{kind} {BY}>{inside}</w:{kind}>"


def test_tracked_changes_are_read_with_their_authors() -> None:
    data = text_of(
        EXPORTED,
        "We stress that nobody is above the law.</w:t></w:r>",
        "We stress that </w:t></w:r>"
        + tracked("<w:r><w:delText>nobody</w:delText></w:r>", "del")
        + tracked("<w:r><w:t>no one</w:t></w:r>", "ins")
        + '<w:r><w:t xml:space="preserve"> is above the law.</w:t></w:r>',
    )
    (edit,) = proposed(data).edits

    assert (edit.kind, edit.authors, edit.tracked) == (K.CHANGED, ("Amina",), True)
    assert edit.after == "We stress that no one is above the law"


def test_an_edit_that_was_tracked_in_part_only_is_not_called_tracked() -> None:
    data = text_of(
        EXPORTED, "above the law.</w:t></w:r>", "above justice</w:t></w:r>" + tracked("<w:r><w:t>!</w:t></w:r>", "ins")
    )
    (edit,) = proposed(data).edits
    assert (edit.authors, edit.tracked) == (("Amina",), False)


def track_whole(body: BaseOxmlElement, bookmark: str, kind: str) -> None:
    paragraph = paragraph_of(body, bookmark)
    mark = parse_xml(f"<w:rPr {nsdecls('w')}><w:{kind} {BY}/></w:rPr>")
    paragraph.find(qn("w:pPr")).append(mark)
    for run in list(paragraph.findall(qn("w:r"))):
        wrapped = parse_xml(f"<w:{kind} {nsdecls('w')} {BY}/>")
        run.addprevious(wrapped)
        wrapped.append(run)
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText" if kind == "del" else "w:t")


def test_a_tracked_deletion_of_a_clause_is_a_deletion_by_its_author() -> None:
    (edit,) = proposed(on_body(lambda body: track_whole(body, "_c_o5", "del"))).edits
    assert (edit.kind, edit.clause_id, edit.authors, edit.tracked) == (K.DELETED, "o5", ("Amina",), True)


def test_a_tracked_deletion_of_the_break_between_two_clauses_merges_them() -> None:
    def change(body: BaseOxmlElement) -> None:
        mark = parse_xml(f"<w:rPr {nsdecls('w')}><w:del {BY}/></w:rPr>")
        paragraph_of(body, "_c_o4").find(qn("w:pPr")).append(mark)

    (edit,) = proposed(on_body(change)).edits
    assert (edit.kind, edit.clause_id, [part.id for part in edit.parts]) == (K.MERGED, "o4", ["o5"])
    assert edit.authors == ("Amina",)


COMMENTS = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:comment w:id="7" '
    'w:author="Jean" w:date="2026-11-20T10:00:00Z"><w:p><w:r><w:t>Which </w:t></w:r><w:r><w:t>law?</w:t></w:r></w:p>'
    "</w:comment></w:comments>"
)


def test_comments_are_listed_with_their_authors_and_words_and_change_nothing() -> None:
    data = text_of(
        EXPORTED,
        "nobody is above the law.</w:t></w:r>",
        'nobody is above </w:t></w:r><w:commentRangeStart w:id="7"/><w:r><w:t>the law.</w:t></w:r>'
        '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
    )
    proposal = proposed(word_editing.with_part(data, "word/comments.xml", lambda _: COMMENTS.encode()))

    (edit,) = proposal.edits
    assert (edit.kind, edit.clause_id, edit.authors) == (K.COMMENT, "o5", ("Jean",))
    assert (edit.after, edit.words, edit.applies) == ("Which law?", "the law.", False)
    assert proposal.approvable == ()
    assert proposal.comments == (edit,)


def negotiated(before: str, after: str) -> Proposal:
    return proposed(text_of(docx_bytes(NEGOTIATED, negotiating=True)[0], before, after), NEGOTIATED)


def test_edits_of_alternatives_are_theirs() -> None:
    (edit,) = negotiated("prevent all crime", "prevent most crime").edits
    assert (edit.kind, edit.clause_id, edit.alternative_id) == (K.CHANGED, "o1", "x1")

    data = edited(docx_bytes(NEGOTIATED, negotiating=True)[0], lambda b: b.remove(paragraph_of(b, "_a_x2")))
    (edit,) = proposed(data, NEGOTIATED).edits
    assert (edit.kind, edit.alternative_id) == (K.DELETED, "x2")

    def add(body: BaseOxmlElement) -> None:
        paragraph_of(body, "_a_x2").addnext(new_paragraph("We regret crime", "UNAlternative"))

    proposal = proposed(edited(docx_bytes(NEGOTIATED, negotiating=True)[0], add), NEGOTIATED)
    (edit,) = proposal.edits
    assert (edit.kind, edit.clause_id, edit.after) == (K.NEW, "o1", "We regret crime")
    after = approved(proposal, NEGOTIATED)
    assert [each.text for each in after.clauses[3].alternatives][-1] == "We regret crime"


def test_the_clean_text_says_nothing_about_alternatives_and_proposers() -> None:
    assert proposed(docx_bytes(NEGOTIATED)[0], NEGOTIATED).edits == ()


def test_an_agreed_clause_is_open_once_its_words_change() -> None:
    proposal = negotiated("nobody is above", "no one is above")
    assert approved(proposal, NEGOTIATED).clauses[7].state is ClauseState.OPEN


def test_a_clause_that_changed_on_both_sides_is_a_conflict_and_never_overwritten_unasked() -> None:
    data = text_of(EXPORTED, "nobody is above", "no one is above")
    current = replace(edit_text(DRAFT, "o5", "We stress that all are equal"), revision=4)
    proposal = proposed(data, DRAFT, current)

    (edit,) = proposal.edits
    assert "now says: “We stress that all are equal”" in edit.conflict
    assert proposal.approvable == ()
    assert proposal.conflicts == (edit,)
    assert proposal.apply(current, [edit.key]).clauses[7].text == "We stress that no one is above the law"


MOVED_ON: list[tuple[str, Callable[[Draft], Draft], bool]] = [
    ("a word", lambda draft: edit_text(draft, "o5", "We stress something else"), False),
    ("a word", lambda draft: edit_text(draft, "o1", "We urge nobody"), True),
    ("a word", lambda draft: delete_clause(draft, "o1"), True),
    ("a deleted clause", lambda draft: edit_text(draft, "o4", "We call for less data"), True),
    ("a deleted clause", lambda draft: edit_text(draft, "o5", "We call for less data"), False),
    ("a moved clause", lambda draft: delete_clause(draft, "o5"), True),
    ("the title", lambda draft: set_field(draft, "title", "Another title"), True),
    ("the title", lambda draft: set_field(draft, "place", "Vienna"), False),
    ("two clauses made one", lambda draft: edit_text(draft, "o5", "We stress something else"), True),
    ("two clauses made one", lambda draft: delete_clause(draft, "o5"), True),
    ("a clause cut in two", lambda draft: edit_text(draft, "o1", "We urge"), True),
    ("a clause made a heading", lambda draft: set_kind(draft, "o5", P), True),
    ("a new clause", lambda draft: delete_clause(draft, "o4"), False),
]


@pytest.mark.parametrize(("what", "meanwhile", "conflicts"), MOVED_ON)
def test_a_draft_that_moved_on_conflicts_only_where_both_sides_touched(
    what: str, meanwhile: Callable[[Draft], Draft], conflicts: bool
) -> None:
    current = replace(meanwhile(DRAFT), revision=9)
    proposal = proposed(SCRIPTED[what][0], DRAFT, current)

    assert bool(proposal.conflicts) == conflicts
    assert bool(proposal.approvable) != conflicts
    if conflicts:
        assert approved(proposal, current) == current
    else:
        after = approved(proposal, current)
        untouched = [clause for clause in current.clauses if clause not in DRAFT.clauses]
        assert all(clause in after.clauses for clause in untouched)


def test_a_proposal_for_another_revision_is_refused() -> None:
    proposal = proposed(SCRIPTED["a word"][0])
    with pytest.raises(ConflictError, match="at version 5"):
        proposal.apply(replace(DRAFT, revision=5), proposal.approvable)


def test_a_file_of_another_draft_is_refused() -> None:
    with pytest.raises(DraftError, match="another draft"):
        proposed(EXPORTED, replace(DRAFT, id="other"))


WORDS = (
    "We urge", "States", "[all", "[some] ", "]", "🙂", "👩‍👩‍👧",
    "مرحبا", "<&>", "&amp;", ";", "; and", ".", ":", "etc.",
    "“", "{¶c0}", "{#c1}", "{¶c2(a)}", "{¶c9}", "\n(a) one", "\n(b) two", "\n(i) deep", "\nmore", "paragraph 2 above",
    "[[1]]", "\u00a0", "  ", "\t", "e\u0301", "1. ",
)  # fmt: skip
texts = st.text(max_size=40) | st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
citations = st.lists(st.integers(1, 6), max_size=3, unique=True).map(lambda held: cited(*held))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    clauses = []
    for at in range(draw(st.integers(0, 6))):
        held = draw(st.lists(texts, max_size=2))
        alternatives = tuple(
            Alternative(f"a{at}x{n}", text, draw(st.sampled_from(["", "Japan", "G77 & China"])), draw(citations))
            for n, text in enumerate(held)
        )
        kind = draw(st.sampled_from(ClauseKind))
        clauses.append(
            Clause(f"c{at}", kind, draw(texts), draw(citations), proposer=draw(st.sampled_from(["", "Chile"])),
                   alternatives=alternatives, state=draw(st.sampled_from(ClauseState)))
        )  # fmt: skip
    congress, place, dates, distributed, item, chapeau, enacting = (draw(texts) for _ in range(7))
    masthead = Masthead(congress, place, dates, distributed, (item,), chapeau, enacting)
    return Draft("d", draw(texts), masthead, tuple(clauses), draw(st.sampled_from(Style)), draw(st.integers(0, 9)))


@settings(max_examples=40)
@given(drafts(), st.booleans())
def test_a_file_that_nobody_edited_proposes_nothing(draft: Draft, negotiating: bool) -> None:
    data = docx_bytes(draft, negotiating=negotiating)[0]
    file = read_file(data)

    assert file.revision == draft.revision
    assert propose(file, draft, draft).edits == ()


SUBJECTS = (
    "courts",
    "prisons",
    "police",
    "victims",
    "witnesses",
    "judges",
    "data",
    "borders",
    "cybercrime",
    "firearms",
)


def sentence(at: int) -> str:
    return f"We urge {SUBJECTS[at % 10]} number {at} to act on matter {at * 7} without delay and with care {at * 3}"


@st.composite
def edited_drafts(draw: st.DrawFn) -> tuple[Draft, Draft]:
    """Return a draft and what an editor made of it in Word: some clauses changed, deleted, added and moved."""
    count = draw(st.integers(2, 8))
    base = Draft("d", clauses=tuple(Clause(f"o{at}", O, sentence(at), cited(at)) for at in range(count)))
    after = base
    for at in draw(st.lists(st.integers(0, count - 1), unique=True, max_size=3)):
        match draw(st.sampled_from(["change", "delete", "add"])):
            case "change":
                after = edit_text(after, f"o{at}", f"{sentence(at)} and [great] speed 🙂 <&>")
            case "delete":
                after = delete_clause(after, f"o{at}")
            case _:
                text = f"We welcome the {SUBJECTS[-at]} of tomorrow as partners in every endeavour {at}"
                after = add_clause(after, text, O, after=f"o{at}", clause_id=f"n{at}")
    order = [clause.id for clause in after.clauses]
    if draw(st.booleans()) and len(order) > 1:
        order.insert(draw(st.integers(0, len(order) - 1)), order.pop(draw(st.integers(0, len(order) - 1))))
    return base, reorder(after, order)


@settings(max_examples=25)
@given(edited_drafts())
def test_approving_all_makes_the_draft_say_what_the_file_says(drafts: tuple[Draft, Draft]) -> None:
    base, after = drafts
    ours = {f"_c_{clause.id}" for clause in base.clauses}
    data = without_bookmarks(docx_bytes(after)[0], ours)

    proposal = proposed(data, base)
    assert printed(approved(proposal, base)) == printed(after)
    before = {clause.id: clause for clause in base.clauses}
    now = {clause.id: clause for clause in after.clauses}
    kinds = [kind for kind, _ in told(proposal)]
    assert kinds.count(K.DELETED) == len(before.keys() - now.keys())
    assert kinds.count(K.NEW) == len(now.keys() - before.keys())
    assert kinds.count(K.CHANGED) == sum(now[i].text != before[i].text for i in now.keys() & before.keys())
    assert set(kinds) <= {K.DELETED, K.NEW, K.CHANGED, K.MOVED}


def test_every_edit_has_a_key_of_its_own() -> None:
    data = text_of(insert_after("_c_o3", NEW, "We reject every form of torture."), "nobody is above", "no one is above")
    edits: tuple[Edit, ...] = proposed(data).edits
    assert len({edit.key for edit in edits}) == len(edits) == 3
