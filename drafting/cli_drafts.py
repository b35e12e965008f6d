"""The commands for drafts: make, list and put away, put passages and clauses in, look at one."""

from __future__ import annotations

from dataclasses import asdict

import click

from corpus.errors import UnknownValueError
from corpus.settings import settings


def register(app: click.Group) -> None:
    """Add the commands to the command line, with those for versions and backups."""
    from drafting import cli_versions
    from drafting.cli_export import export

    for command in (drafts, new, add, show, export, duplicate, rename, archive, unarchive, delete, undelete, purge):
        app.add_command(command)
    cli_versions.register(app)


draft_id_argument = click.argument("draft_id")
by_option = click.option("--by", default="", metavar="NAME", help="Who makes the change.")


@click.command()
@click.option("--archived", is_flag=True, help="The archived ones instead.")
@click.option("--deleted", is_flag=True, help="The deleted ones instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def drafts(archived: bool, deleted: bool, as_json: bool) -> None:
    """List the drafts, the last changed first."""
    from drafting.output import json_line
    from drafting.store import DraftStore

    for draft in DraftStore(settings().drafts).drafts(archived=archived, deleted=deleted):
        if as_json:
            click.echo(json_line(asdict(draft)))
        else:
            who = f" by {draft.author}" * bool(draft.author)
            click.echo(f"{draft.id}  {draft.saved_at}  {draft.clauses} clauses  {draft.title}")
            click.echo(f"    {draft.congress}\n    version {draft.revision}: {draft.change}{who}")


@click.command()
@click.argument("title", default="Draft declaration")
@by_option
def new(title: str, by: str) -> None:
    """Make an empty draft and print its id."""
    from drafting.store import DraftStore

    click.echo(DraftStore(settings().drafts).create(title, author=by).id)


@click.command()
@draft_id_argument
@by_option
def duplicate(draft_id: str, by: str) -> None:
    """Copy a draft as it stands to a new one and print the new id."""
    from drafting.store import DraftStore

    click.echo(DraftStore(settings().drafts).duplicate(draft_id, author=by).id)


@click.command()
@draft_id_argument
@click.argument("title")
@by_option
def rename(draft_id: str, title: str, by: str) -> None:
    """Give a draft another title."""
    from drafting.store import DraftStore

    renamed = DraftStore(settings().drafts).rename(draft_id, title, author=by)
    click.echo(f"Renamed; version {renamed.revision}.")


@click.command()
@draft_id_argument
def archive(draft_id: str) -> None:
    """Take a draft from the list to the archived ones."""
    from drafting.store import DraftStore

    DraftStore(settings().drafts).archive(draft_id)
    click.echo(f"Archived. `python -m drafting unarchive {draft_id}` takes it back.")


@click.command()
@draft_id_argument
def unarchive(draft_id: str) -> None:
    """Take a draft back from the archived ones."""
    from drafting.store import DraftStore

    DraftStore(settings().drafts).unarchive(draft_id)
    click.echo("Back in the list.")


@click.command()
@draft_id_argument
def delete(draft_id: str) -> None:
    """Delete a draft; it can be taken back."""
    from drafting.store import DraftStore

    DraftStore(settings().drafts).delete(draft_id)
    click.echo(f"Deleted. `python -m drafting undelete {draft_id}` takes it back.")


@click.command()
@draft_id_argument
def undelete(draft_id: str) -> None:
    """Take a deleted draft back."""
    from drafting.store import DraftStore

    DraftStore(settings().drafts).restore_deleted(draft_id)
    click.echo("Taken back.")


@click.command()
@draft_id_argument
def purge(draft_id: str) -> None:
    """Remove a deleted draft and all its versions for good."""
    from drafting.store import DraftStore

    DraftStore(settings().drafts).purge(draft_id)
    click.echo("Removed for good.")


@click.command()
@draft_id_argument
@click.argument("passage_ids", nargs=-1)
@click.option("--text", default="", help="A clause of your own that cites the passages.")
@by_option
def add(draft_id: str, passage_ids: tuple[str, ...], text: str, by: str) -> None:
    """Add passages as clauses in their own words, or one clause that cites them."""
    from corpus import load_corpus
    from corpus.model import Kind
    from drafting.model import ClauseKind, citation_of
    from drafting.openers import preambular_opener
    from drafting.operations import add_clause
    from drafting.store import DraftStore

    if not passage_ids and not text:
        raise UnknownValueError("There is nothing to add.", "Name passages, or give a clause with --text.")
    corpus = load_corpus(settings().corpus)
    passages = {passage.id: passage for passage in corpus.passages}
    sources = {source.symbol: source for source in corpus.sources}
    chosen = []
    for passage_id in passage_ids:
        if passage_id not in passages:
            raise UnknownValueError(
                f"There is no passage {passage_id} in the corpus.", "`python -m drafting passages --json` lists them."
            )
        chosen.append((passages[passage_id], citation_of(passages[passage_id], sources[passages[passage_id].symbol])))
    store = DraftStore(settings().drafts)
    before = draft = store.load(draft_id)
    if text:
        kind = ClauseKind.PREAMBULAR if preambular_opener(text) else ClauseKind.OPERATIVE
        citations = tuple(citation for _, citation in chosen)
        draft = add_clause(draft, text, kind, citations=citations)
    else:
        for passage, citation in chosen:
            kind = ClauseKind.PREAMBULAR if passage.kind is Kind.PREAMBULAR else ClauseKind.OPERATIVE
            draft = add_clause(draft, passage.text, kind, citations=(citation,), source_text=passage.text)
    count = len(draft.clauses) - len(before.clauses)
    saved = store.save(draft, f"Added {count} clause{'s' * (count != 1)}", base=before.revision, author=by)
    click.echo(f"{count} clause{'s' * (count != 1)} added; version {saved.revision}.")


@click.command()
@draft_id_argument
def show(draft_id: str) -> None:
    """Print a draft as it stands on the page, with its notes."""
    from drafting.layout import lay_out
    from drafting.store import DraftStore

    page = lay_out(DraftStore(settings().drafts).load(draft_id))
    click.echo(page.title)
    for paragraph in page.paragraphs:
        marks = "".join(f"[{note.number}]" for note in paragraph.notes)
        click.echo(f"\n{paragraph.number}{' ' * bool(paragraph.number)}{paragraph.text}{marks}")
    if page.notes:
        click.echo("\n" + "\n".join(f"[{note.number}] {note.text}" for note in page.notes))
