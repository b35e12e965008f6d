"""The command for suggested wording: of a text, of a passage, or of a batch of cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import QueryError, UnknownValueError
from corpus.settings import settings

if TYPE_CHECKING:
    from corpus.model import Corpus
    from drafting.phrasing.suggestion import Suggestion

_REMEDY = 'Give a file with one JSON object a line, such as {"id": "c1", "source": "…"}.'


def register(app: click.Group) -> None:
    """Add the command to the command line."""
    app.add_command(phrase)


@dataclass(frozen=True, slots=True)
class _Case:
    """A sentence of a batch; symbol and paragraph are empty when the batch does not say where it stands."""

    id: str
    source: str
    symbol: str
    paragraph: str


@click.command()
@click.argument("text", default="")
@click.option("--passage", "passage_id", default="", metavar="ID", help="Word each sentence of this passage.")
@click.option("--cases", type=click.Path(path_type=Path), help='A batch: one {"id", "source"} a line.')
@click.option("--style", type=click.Choice(["declaration", "resolution"]), help="Only in this style.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def phrase(text: str, passage_id: str, cases: Path | None, style: str | None, as_json: bool) -> None:
    """Suggest how a cited sentence could be worded in a declaration and in a resolution.

    Nothing is invented: a suggestion is the cited sentence turned by rules, with what to check.
    """
    from corpus import load_corpus
    from drafting.output import json_line
    from drafting.phrasing.suggest import suggest, suggestions

    if sum(map(bool, (text.strip(), passage_id, cases))) != 1:
        raise QueryError("Either a text, --passage or --cases is needed, and only one.", "Give one of them.")
    if cases is not None:
        batch = _batch(cases)
        corpus = load_corpus(settings().corpus) if any(case.symbol for case in batch) else None
        made = [(case.id, suggest(case.source, _context(case, corpus))) for case in batch]
    elif passage_id:
        corpus = load_corpus(settings().corpus)
        passage = next((each for each in corpus.passages if each.id == passage_id), None)
        if passage is None:
            raise UnknownValueError(
                f"There is no passage {passage_id} in the corpus.", "`python -m drafting passages --json` lists them."
            )
        made = [(passage_id, suggestion) for suggestion in suggestions(passage)]
    else:
        made = [("", suggest(text))]
    for case_id, suggestion in made:
        if as_json:
            click.echo(json_line(_as_json(case_id, suggestion, style, with_source=cases is None)))
        else:
            click.echo("\n".join(_as_text(case_id, suggestion, style)))


def _as_json(case_id: str, suggestion: Suggestion, style: str | None, *, with_source: bool) -> dict[str, object]:
    """Return a suggestion as it is printed with --json."""
    line: dict[str, object] = {"id": case_id} if case_id else {}
    if style != "resolution":
        line["declaration"] = suggestion.declaration
    if style != "declaration":
        line["resolution"] = suggestion.resolution
    line["flags"] = [str(flag) for flag in suggestion.flags]
    line["rules"] = list(suggestion.rules)
    if with_source:
        line["source"] = suggestion.source
    return line


def _as_text(case_id: str, suggestion: Suggestion, style: str | None) -> Iterator[str]:
    if case_id:
        yield f"{case_id}: {suggestion.source}"
    if suggestion.declaration and style != "resolution":
        yield suggestion.declaration
    if suggestion.resolution and style != "declaration":
        yield suggestion.resolution
    for flag in suggestion.flags:
        yield f"  {flag}"


def _batch(path: Path) -> list[_Case]:
    """Return the cases of a batch file, all of it checked before anything is worded."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # JSON may hold the other line separators
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise QueryError(f"The cases in {path} cannot be read: {reason}.", _REMEDY) from error
    return [_case(line, f"Line {number} of {path}") for number, line in enumerate(lines, 1) if line.strip()]


def _case(line: str, where: str) -> _Case:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise QueryError(f"{where} is not JSON.", _REMEDY) from error
    if not isinstance(entry, dict) or "id" not in entry or not isinstance(entry.get("source"), str):
        raise QueryError(f"{where} is not a case with “id” and “source”.", _REMEDY)
    return _Case(str(entry["id"]), entry["source"], str(entry.get("symbol", "")), str(entry.get("paragraph", "")))


def _context(case: _Case, corpus: Corpus | None) -> str:
    """Return what stands before a case in its passage; empty where it is not found word for word."""
    for passage in corpus.passages_of(case.symbol) if corpus else ():
        if passage.locator.cite() == f"para. {case.paragraph}" and case.source in passage.text:
            return passage.text[: passage.text.index(case.source)]
    return ""
