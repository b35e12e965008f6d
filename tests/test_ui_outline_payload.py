"""What a row of the outline says."""

from __future__ import annotations

from typing import Any

import pytest

from corpus.model import Corpus, Kind
from drafting.ladder import ladder
from drafting.layout import lay_out
from drafting.model import Citation, Clause, ClauseKind, Draft, Style, citation_of
from drafting.negotiation import add_alternative
from drafting.operations import add_clause, edit_text
from ui.outline_payload import adapted, openers_payload, outline_rows, proposers_payload, read_lines

HOSTILE = "<script>alert(1)</script> $x$ ![i](http://example.org)"
OPERATIVE = ClauseKind.OPERATIVE


def quoted(quote: str) -> Citation:
    return Citation("S/1#1", "S/1", "para. 1", "Western Asia", 14, "recommended", "the meeting", quote)


def rows(draft: Draft, **options: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - of many types
    return outline_rows(draft, lay_out(draft), {}, "", **options)


def test_rows_number_clauses_as_the_page_does_and_know_where_a_part_ends(corpus: Corpus) -> None:
    passage = next(passage for passage in corpus.passages if passage.kind is Kind.RECOMMENDATION)
    source = corpus.source(passage.symbol)
    assert source
    draft = add_clause(Draft("d"), "Recalling", ClauseKind.PREAMBULAR, clause_id="p")
    draft = add_clause(draft, "Heading", ClauseKind.HEADING, clause_id="h")
    citation = citation_of(passage, source)
    draft = add_clause(draft, passage.text, OPERATIVE, (citation,), passage.text, clause_id="a")
    draft = add_clause(draft, "Urge", OPERATIVE, clause_id="b")
    found = outline_rows(draft, lay_out(draft), {passage.symbol: source.url}, "b")
    assert [(row["number"], row["first"], row["last"]) for row in found] == [
        ("", True, True),
        ("", True, False),
        ("1.", False, False),
        ("2.", False, True),
    ]
    assert [row["drift"].get("label") for row in found] == [
        "Written, no source",
        None,
        "Verbatim",
        "Written, no source",
    ]
    assert [row["target"] for row in found] == [False, False, False, True]
    assert found[2]["sources"][0]["cite"] == passage.cite()
    assert found[2]["sources"][0]["href"] == source.url


def test_references_are_shown_as_words_everywhere_in_a_row() -> None:
    draft = add_clause(Draft("d"), "We urge", OPERATIVE, clause_id="c1")
    draft = add_clause(draft, "We recall {¶c1}:\n(a) {¶c1} [see\n(b) B]", OPERATIVE, clause_id="c2")
    draft = add_alternative(draft, "c2", "Otherwise {¶c1}", HOSTILE)
    row = rows(draft)[1]
    assert "¶" not in repr(row)
    assert row["text"].startswith("We recall paragraph 1 above")
    assert row["alternatives"][0]["number"] == "2 alt."
    assert row["alternatives"][0]["text"] == "Otherwise paragraph 1 above"
    assert [value for value, _ in row["targets"]] == ["c2", "c2(a)", "c2(b)"]
    assert proposers_payload(draft) == [HOSTILE]


@pytest.mark.parametrize(
    ("text", "levels", "marked"),
    [
        ("One line", [], []),
        (HOSTILE.replace("[", "(").replace("]", ")"), [], []),
        ("A [b] c", [0], [("[", "bracket"), ("]", "bracket")]),
        ("A [b", [0], [("[", "unmatched")]),
        ("A] [[b]", [0], [("]", "unmatched"), ("[", "unmatched"), ("[", "bracket"), ("]", "bracket")]),
        ("Lead:\n(a) A;\n(i) One\n\n(b) [B\nand] more", [0, 1, 2, 1, 0], [("[", "bracket"), ("]", "bracket")]),
        ("<b>\n[$x$]", [0, 0], [("[", "bracket"), ("]", "bracket")]),
        ("A\n\x01\nB", [0, 0, 0], []),
    ],
)
def test_lines_are_read_with_their_level_and_brackets_with_their_partner(
    text: str, levels: list[int], marked: list[tuple[str, str]]
) -> None:
    found = read_lines(text)
    assert [line["level"] for line in found] == levels
    pieces = [piece for line in found for piece in line["pieces"]]
    assert [piece for piece in pieces if piece[1]] == marked
    if found:
        assert "".join(piece for piece, _ in pieces) == text.replace("\n", "")


def test_words_are_followed_from_their_source_to_no_longer_backed() -> None:
    source = "The Meeting recommended that States cooperate."
    draft = add_clause(Draft("d"), source, OPERATIVE, (quoted(source),), source, clause_id="c")
    assert rows(draft)[0]["drift"]["is"] == "verbatim"
    assert rows(draft)[0]["changes"] == []
    assert adapted(draft) == ()
    draft = edit_text(draft, "c", "We urge that States cooperate")
    (row,) = rows(draft)
    assert row["drift"]["label"] == "Adapted"
    assert ("deleted", "The Meeting recommended") in row["changes"]
    assert ("inserted", "We urge") in row["changes"]
    assert [text for _, text in adapted(draft)] == ["We urge that States cooperate"]
    asked: list[str] = []

    def verdict(answer: bool | None) -> Any:  # noqa: ANN401 - a function
        def backed(clause: Clause, text: str) -> bool | None:
            asked.append(f"{clause.id} {text}")
            return answer

        return backed

    labels = [rows(draft, backed=verdict(answer))[0]["drift"] for answer in (None, True, False)]
    assert [label["label"] for label in labels] == ["Adapted", "Adapted", "No longer backed by its sources’ reports"]
    assert ["still backs" in label["about"] for label in labels] == [False, True, False]
    assert set(asked) == {"c We urge that States cooperate"}


@pytest.mark.parametrize(
    ("text", "quotes", "own", "sources", "stronger"),
    [
        ("We urge States", ["The Meeting invited States to act."], "“urge”", ["“invite”"], True),
        ("We invite States", ["The Meeting urged States to act."], "“invite”", ["“urge”"], False),
        (
            "We urge States",
            ["Invited.", "The Meeting urged States."],
            "“urge”",
            ["no verb of the ladder", "“urge”"],
            False,
        ),
        (HOSTILE, ["The Meeting urged States."], "no verb of the ladder", ["“urge”"], False),
        ("We urge States", [], "“urge”", [], False),
    ],
)
def test_the_verb_of_a_clause_stands_beside_those_of_its_sources(
    text: str, quotes: list[str], own: str, sources: list[str], stronger: bool
) -> None:
    citations = [
        Citation(f"S/{at}#1", f"S/{at}", "para. 1", "", 14, "recommended", "the meeting", quote)
        for at, quote in enumerate(quotes)
    ]
    (row,) = rows(add_clause(Draft("d"), text, OPERATIVE, citations), ladder=ladder())
    assert row["ladder"]["own"] == own
    assert row["ladder"]["sources"] == sources
    assert row["ladder"]["stronger"] is stronger


def test_a_subheading_has_no_source_no_verb_and_cannot_be_referred_to() -> None:
    (row,) = rows(add_clause(Draft("d"), HOSTILE, ClauseKind.HEADING), ladder=ladder())
    assert (row["drift"], row["changes"], row["ladder"], row["targets"]) == ({}, [], {}, [])
    assert row["text"] == HOSTILE


def test_openers_are_those_of_the_style_and_none_without_a_ladder() -> None:
    declared = openers_payload(ladder(), Style.DECLARATION)
    assert declared[0]["rung"] == 1
    assert "We urge" in declared[2]["openers"]
    assert all(
        "We " not in opener for rung in openers_payload(ladder(), Style.RESOLUTION) for opener in rung["openers"]
    )
    assert openers_payload(None, Style.DECLARATION) == []
