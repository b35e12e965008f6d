"""The commands for what was: the versions of a draft, what differs between them, and backups of all drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.settings import settings

if TYPE_CHECKING:
    from drafting.backup import Contents
    from drafting.comparison import Change, ClauseComparison, Comparison

_draft_id = click.argument("draft_id")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
_MARKS = {"equal": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


def register(app: click.Group) -> None:
    """Add the commands to the command line."""
    for command in (versions, name, compare, revert, backup, restore):
        app.add_command(command)


@click.command()
@_draft_id
@click.option("--named", is_flag=True, help="Only those that have a name.")
@_as_json
def versions(draft_id: str, named: bool, as_json: bool) -> None:
    """List the versions of a draft, the newest first."""
    from drafting.output import json_line
    from drafting.store import DraftStore

    store = DraftStore(settings().drafts)
    for revision in store.versions(draft_id) if named else store.timeline(draft_id):
        if as_json:
            click.echo(json_line(asdict(revision)))
            continue
        mark = "*" if revision.current else " " if revision.on_branch else "-"
        who = f" by {revision.author}" * bool(revision.author)
        called = f"  “{revision.name}”" * bool(revision.name)
        click.echo(f"{mark}{revision.number:>5}  {revision.saved_at}  {revision.summary}{who}{called}")


@click.command()
@_draft_id
@click.argument("revision", type=click.IntRange(min=1))
@click.argument("called", metavar="NAME")
def name(draft_id: str, revision: int, called: str) -> None:
    """Give a version a name; an empty NAME takes it away."""
    from drafting.store import DraftStore

    DraftStore(settings().drafts).name_version(draft_id, revision, called)
    click.echo(f"Version {revision} is called “{called.strip()}”." if called.strip() else "The name is taken away.")


@click.command()
@_draft_id
@click.argument("before", type=click.IntRange(min=1))
@click.argument("after", type=click.IntRange(min=1))
@_as_json
def compare(draft_id: str, before: int, after: int, as_json: bool) -> None:
    """Print what changed from one version of a draft to another."""
    from drafting.comparison import compare as compared
    from drafting.output import json_line
    from drafting.store import DraftStore

    store = DraftStore(settings().drafts)
    comparison = compared(store.at(draft_id, before), store.at(draft_id, after))
    if as_json:
        for line in _json(comparison):
            click.echo(json_line(line))
        return
    for field in comparison.fields:
        click.echo(f"{field.name}: {_marked(field.words())}")
    for row in comparison.clauses:
        if not row.unchanged:
            click.echo(f"{row.id} ({', '.join(_what(row))}): {_marked(row.words())}")
            for sign, citations in (("+", row.cited), ("-", row.uncited)):
                for citation in citations:
                    click.echo(f"    {sign} {citation.cite()}")
    if comparison.same:
        click.echo("Nothing is different.")


@click.command()
@_draft_id
@click.argument("revision", type=click.IntRange(min=1))
@click.option("--by", default="", metavar="NAME", help="Who makes the change.")
def revert(draft_id: str, revision: int, by: str) -> None:
    """Make a draft what it was at a version, as a new version."""
    from drafting.store import DraftStore

    store = DraftStore(settings().drafts)
    restored = store.restore(draft_id, revision, base=store.load(draft_id).revision, author=by)
    click.echo(f"As in version {revision}; version {restored.revision}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace the file when it exists.")
def backup(file: Path, force: bool) -> None:
    """Write all drafts with all versions to one file; the app may go on meanwhile."""
    from drafting.backup import back_up

    contents = back_up(settings().drafts, file, overwrite=force)
    click.echo(f"Written to {file}: {_held(contents)}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Put the drafts of a backup in the place of those at hand, which are kept aside."""
    from drafting.backup import restore as put_back

    restored = put_back(settings().drafts, file)
    click.echo(f"Put back from {file}: {_held(restored.contents)}.")
    if restored.kept and restored.damaged:
        click.echo(f"The database was damaged; it was moved to {restored.kept}.")
    elif restored.kept:
        click.echo(f"The drafts as they were until now are kept in {restored.kept}.")


def _held(contents: Contents) -> str:
    drafts, revisions = contents.drafts, contents.revisions
    return f"{drafts} draft{'s' * (drafts != 1)} with {revisions} version{'s' * (revisions != 1)}"


def _what(row: ClauseComparison) -> Iterator[str]:
    """Give the words for what became of a clause."""
    if row.added or row.deleted:
        yield "added" if row.added else "deleted"
    if row.moved:
        yield "moved"
    if row.reworded:
        yield "reworded"
    if row.kind_changed and row.before and row.after:
        yield f"{row.before.kind.value} to {row.after.kind.value}"
    if row.citations_changed:
        yield "citations changed"
    for field in row.fields:
        yield f"{field.name} changed"


def _json(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """Give the lines of `compare --json`: each field and clause that is different."""
    for field in comparison.fields:
        yield {
            "field": field.name,
            "before": field.before,
            "after": field.after,
            "words": [[change.kind.value, change.text] for change in field.words()],
        }
    for row in comparison.clauses:
        if not row.unchanged:
            yield {
                "clause": row.id,
                "changes": list(_what(row)),
                "before": row.before.text if row.before else None,
                "after": row.after.text if row.after else None,
                "words": [[change.kind.value, change.text] for change in row.words()],
                "cited": [citation.passage_id for citation in row.cited],
                "uncited": [citation.passage_id for citation in row.uncited],
            }


def _marked(changes: tuple[Change, ...]) -> str:
    return "".join(_MARKS[change.kind.value].format(change.text) for change in changes)
