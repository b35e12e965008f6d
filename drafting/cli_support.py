"""The command that says which regional reports back a clause, and how what it says is put into words and JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import QueryError
from drafting.cli_inputs import opened_searcher, read_batch

if TYPE_CHECKING:
    from index.search import Hit
    from index.support import ReportSupport, Support

CAUTION = "Counts are passages found, not votes."
_IN_WORDS = {"backs": "backs it", "partly": "backs it in part", "none": "nothing found that backs it"}


def register(app: click.Group) -> None:
    """Add the command to the command line."""
    app.add_command(support_command)


@click.command("support")
@click.argument("text", default="")
@click.option("--queries", type=click.Path(path_type=Path), help='A batch: one {"id", "text"} a line.')
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def support_command(text: str, queries: Path | None, as_json: bool) -> None:
    """Say which regional reports back a clause, with the passages that do."""
    from drafting.output import json_line
    from index.search import checked_query
    from index.support import support

    if queries is None:
        checked_query(text)
    elif text:
        raise QueryError("Both a text and --queries were given.", "Give one of them.")
    batch: list[tuple[str | None, str]] = [*read_batch(queries)] if queries else [(None, text)]
    searcher = opened_searcher()
    for query_id, clause in batch:
        found = support(searcher, clause)
        if as_json:
            click.echo(json_line(support_json(found, query_id)))
        else:
            click.echo("".join((f"{query_id}\n" if query_id else "", support_text(found), "\n" if query_id else "")))


def support_json(found: Support, query_id: str | None = None) -> dict[str, Any]:
    """Return what `support --json` says of a clause."""
    return {
        **({} if query_id is None else {"id": query_id}),
        "clause": found.clause,
        "reports": [_report_json(report) for report in found.reports],
        "no_report": [
            {"congress": meeting.congress, "region": meeting.region, "state": "no report"}
            for meeting in found.without_report
        ],
    }


def _report_json(report: ReportSupport) -> dict[str, Any]:
    from corpus.reservations import shared_reservations

    passages = [hit.passage for hit in report.evidence]
    return {
        "symbol": report.source.symbol,
        "region": report.source.region,
        "congress": report.source.congress,
        "state": report.state.value,
        "chance": round(report.chance, 4),
        "reservations": list(shared_reservations(passages, report.source)),
        "evidence": [passage.id for passage in passages],
        "passages": [_passage_json(hit) for hit in report.evidence],
    }


def _passage_json(hit: Hit) -> dict[str, Any]:
    from corpus.reservations import reservations
    from drafting.output import hit_json

    return {**hit_json(hit), "reservations": list(reservations(hit.passage, hit.source))}


def support_text(found: Support) -> str:
    """Return what `support` prints for a person: each congress, each region, with the passages that speak for it."""
    from corpus.model import ordinal

    lines = [CAUTION]
    meetings = {report.source.congress for report in found.reports} | {m.congress for m in found.without_report}
    for congress in sorted(meetings):
        lines += ["", f"{ordinal(congress).capitalize()} Congress"]
        for report in found.reports:
            if report.source.congress == congress:
                lines += _report_lines(report)
        lines += [f"  {m.region}: no report in the corpus" for m in found.without_report if m.congress == congress]
    return "\n".join(lines)


def _report_lines(report: ReportSupport) -> list[str]:
    from corpus.reservations import shared_reservations
    from drafting.output import indented

    only = shared_reservations([hit.passage for hit in report.evidence], report.source)
    count = len(report.evidence)
    said = _IN_WORDS[report.state.value] + (f" ({count} passage{'s' * (count != 1)})" if count else "")
    said += f", but only as: {'; '.join(only)}" if only else ""
    lines = [f"  {report.source.region} ({report.source.symbol}): {said}"]
    for hit in report.evidence:
        lines += [f"    {_cited(hit)}", indented(hit.passage.text, 6)]
    return lines


def _cited(hit: Hit) -> str:
    """Return the citation of a passage with the reservations under which it speaks."""
    from corpus.reservations import reservations

    named = reservations(hit.passage, hit.source)
    return hit.passage.cite() + (f" [{'; '.join(named)}]" if named else "")
