"""The support command: what it prints for a person and for a script, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_corpus import corpus_of
from test_cli import HIT_FIELDS, lines, refused, run

from corpus.meetings import Meeting
from corpus.model import Corpus, Passage, Source, Span, Standing
from drafting.cli_support import CAUTION, support_json, support_text
from index.bands import Band
from index.search import Hit
from index.support import ReportSupport, State, Support

CORPUS = corpus_of({"A/1": ["Prisons need water.", "Water was mentioned."], "B/1": ["Other matters."]})
REGIONS = {source.symbol: source for source in CORPUS.sources}


def hit(passage: Passage, source: Source) -> Hit:
    return Hit(passage, source, 1, 0.9, False, Band.CLOSE, Span(0, 5), (), ())


def spoken(number: int, standing: Standing, voice: str) -> Passage:
    """Return a passage of the first report with another standing and voice."""
    passage = CORPUS.passages[number]
    return Passage(passage.symbol, passage.locator, passage.heading, passage.text, passage.kind, standing, voice)


def found(*passages: Passage) -> Support:
    """Return an answer in which the first report speaks with passages and the second is silent."""
    first, second = CORPUS.sources
    state = State.BACKS if passages else State.NONE
    evidence = tuple(hit(passage, first) for passage in passages)
    reports = (
        ReportSupport(first, state, 0.91234, evidence, None),
        ReportSupport(second, State.NONE, 0.05, (), hit(CORPUS.passages[2], second)),
    )
    return Support("water in prisons", reports, (Meeting(14, "Europe"),))


def test_a_script_reads_every_report_with_its_state_and_evidence() -> None:
    answer = support_json(found(spoken(0, Standing.DISCUSSION, "one speaker")), "q1")
    assert (answer["id"], answer["clause"]) == ("q1", "water in prisons")
    first, second = answer["reports"]
    assert (first["symbol"], first["region"], first["congress"]) == ("A/1", "Africa", 14)
    assert (first["state"], first["chance"], first["evidence"]) == ("backs", 0.9123, ["A/1#1"])
    assert first["reservations"] == ["one speaker", "summary of a discussion"]
    assert set(first["passages"][0]) >= HIT_FIELDS
    assert first["passages"][0]["reservations"] == ["one speaker", "summary of a discussion"]
    assert (second["state"], second["evidence"], second["passages"], second["reservations"]) == ("none", [], [], [])
    assert json.loads(json.dumps(answer)) == answer


def test_no_report_is_a_state_of_its_own_and_not_none() -> None:
    answer = support_json(found())
    assert answer["no_report"] == [{"congress": 14, "region": "Europe", "state": "no report"}]
    assert "Europe" not in {report["region"] for report in answer["reports"]}
    assert "id" not in answer


def test_a_person_reads_the_congress_the_region_and_the_citation_with_what_is_reserved() -> None:
    text = support_text(found(spoken(0, Standing.RECOMMENDED, "the meeting"), spoken(1, Standing.PROPOSAL, "Brazil")))
    assert text.split("\n") == [
        CAUTION,
        "",
        "Fourteenth Congress",
        "  Africa (A/1): backs it (2 passages)",
        "    A/1, para. 1",
        "      Prisons need water.",
        "    A/1, para. 2 [proposal of Brazil]",
        "      Water was mentioned.",
        "  Western Asia (B/1): nothing found that backs it",
        "  Europe: no report in the corpus",
    ]


def test_a_report_with_nothing_but_one_speaker_says_so_where_it_is_claimed() -> None:
    text = support_text(found(spoken(0, Standing.DISCUSSION, "one speaker")))
    assert "  Africa (A/1): backs it (1 passage), but only as: one speaker; summary of a discussion\n" in text


@pytest.mark.parametrize("arguments", [(), ("  ",)])
def test_an_empty_clause_is_refused(arguments: tuple[str, ...]) -> None:
    refused(run("support", *arguments), "empty")


def test_a_text_and_a_batch_together_are_refused(tmp_path: Path) -> None:
    refused(run("support", "water", "--queries", str(tmp_path / "q.jsonl")), "Give one of them")


@pytest.mark.model
def test_a_batch_is_answered_a_line_a_clause(built_index: Path, tmp_path: Path, corpus: Corpus) -> None:
    clauses = ["alternatives to imprisonment", "two eggs and a pinch of salt"]
    queries = tmp_path / "queries.jsonl"
    queries.write_text("".join(json.dumps({"id": f"q{n}", "text": text}) + "\n" for n, text in enumerate(clauses)))
    answers = lines(run("support", "--queries", str(queries), "--json", RAPPORTEUR_INDEX=built_index))
    assert [(answer["id"], answer["clause"]) for answer in answers] == [("q0", clauses[0]), ("q1", clauses[1])]
    ids = {passage.id: passage for passage in corpus.passages}
    for answer in answers:
        assert len(answer["reports"]) == 4
        assert {meeting["region"] for meeting in answer["no_report"]} >= {"Africa", "Europe"}
        for report in answer["reports"]:
            assert report["state"] in {"backs", "partly", "none"}
            assert bool(report["evidence"]) is (report["state"] != "none")
            assert report["evidence"] == [passage["id"] for passage in report["passages"]]
            assert all(ids[name].symbol == report["symbol"] for name in report["evidence"])
    assert any(report["state"] == "backs" for report in answers[0]["reports"])
    assert all(report["state"] == "none" for report in answers[1]["reports"])
