"""What a paragraph may claim of its sources: never more than that its words came from them."""

from __future__ import annotations

import csv
import io

import pytest
from word_edits import AFTER, BEFORE

from drafting.backing_csv import defused
from drafting.model import Alternative, Citation, Clause, ClauseKind, Draft
from drafting.sources_csv import COLUMNS, NO_SOURCE, sources_csv
from drafting.sources_table import Use, grounds

P, O, H = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741
QUOTE = "States should promote peace. They should do so now."


def citation(quote: str = QUOTE, symbol: str = "A/CONF.234/RPM.2/1") -> Citation:
    return Citation(f"{symbol}#1", symbol, "para. 1", "Africa", 14, "recommended", "the meeting", quote)


@pytest.mark.parametrize(
    ("text", "source", "taken", "use"),
    [
        ("States should promote peace", "", "", Use.VERBATIM),
        (QUOTE, QUOTE, "", Use.VERBATIM),
        ("States should promote", QUOTE, "", Use.ADAPTED),
        ("We promote peace", QUOTE, "We promote peace", Use.SUGGESTED),
        ("We promote peace now", QUOTE, "We promote peace", Use.ADAPTED),
        ("We promote peace", "", "", Use.CITED),
        ("We promote peace", "Words of another source.", "", Use.CITED),
    ],
)
def test_a_source_is_called_what_the_words_make_of_it(text: str, source: str, taken: str, use: Use) -> None:
    draft = Draft("d", clauses=(Clause("o", O, text, (citation(),), source, taken),))
    ((found,),) = (each.sources for each in grounds(draft))
    assert found.use is use


def test_of_two_sources_only_the_one_that_the_words_came_from_is_adapted() -> None:
    cited = (citation(), citation("Other words."))
    draft = Draft("d", clauses=(Clause("o", O, "States could promote peace", cited, QUOTE),))
    (found,) = grounds(draft)
    assert [each.use for each in found.sources] == [Use.ADAPTED, Use.CITED]


def test_places_are_named_as_they_are_printed() -> None:
    others = (Alternative("a1", "We wait"), Alternative("a2", "We see"))
    clauses = (
        Clause("p1", P, "Noting", alternatives=(Alternative("a3", "Aware"),)),
        Clause("h", H, "Part"),
        Clause("o1", O, "We act on {¶o2}", alternatives=others),
        Clause("o2", O, "We rest", alternatives=(Alternative("a4", "We go"),)),
    )
    found = grounds(Draft("d", clauses=clauses), negotiating=True)
    assert [each.place for each in found] == [
        "Preambular paragraph 1",
        "Preambular paragraph 1, alt.",
        "Paragraph 1",
        "Paragraph 1 alt. 1",
        "Paragraph 1 alt. 2",
        "Paragraph 2",
        "Paragraph 2 alt.",
    ]
    assert found[2].text == "We act on paragraph 2 below"
    assert [each.place for each in grounds(Draft("d", clauses=clauses))] == [
        "Preambular paragraph 1",
        "Paragraph 1",
        "Paragraph 2",
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "a;b,c\"d'", "🙂 مرحبا", "\x00\ud800=1", "a\nb"]
)
def test_a_table_of_sources_holds_any_text_and_runs_none(text: str) -> None:
    draft = Draft("d", clauses=(Clause("o", O, text, (citation(text),)), Clause("p", P, text)))
    data = sources_csv(draft)
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert tuple(head) == COLUMNS
    assert [row[0] for row in rows] == ["Paragraph 1", "Preambular paragraph 1"]
    assert rows[0][10] == defused(grounds(draft)[0].sources[0].quote)
    assert rows[1][-2] == NO_SOURCE
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_every_paragraph_but_the_headings_has_a_line() -> None:
    for draft in (BEFORE, AFTER):
        rows = list(csv.reader(io.StringIO(sources_csv(draft).decode("utf-8-sig"), newline="")))[1:]
        wanted = sum(max(1, len(clause.citations)) for clause in draft.clauses if clause.kind is not H)
        assert len(rows) == wanted
