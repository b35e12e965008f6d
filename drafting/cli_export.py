"""The command that lets a draft out: as a Word file, Markdown, plain text, or its sources as a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import UnknownValueError
from corpus.settings import settings

if TYPE_CHECKING:
    from drafting.model import Draft
    from drafting.store import DraftStore
    from drafting.word import Since

_FORMS = (".docx", ".md", ".txt", ".csv")


@click.command()
@click.argument("draft_id")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file: .docx, .md, .txt or .csv (sources).",
)
@click.option("--annotated", is_flag=True, help="A comment for each paragraph: what it rests on (Word).")
@click.option("--negotiating", is_flag=True, help="Alternatives, proposers and what is agreed, too.")
@click.option("--annex/--no-annex", default=True, show_default=True, help="The sources at the end.")
@click.option("--page", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="Paper (Word).")
@click.option("--since", type=click.IntRange(min=1), metavar="REVISION", help="Track changes since a version (Word).")
@click.option(
    "--since-file", type=click.Path(path_type=Path), metavar="FILE.docx", help="Since the version that a file holds."
)
def export(
    draft_id: str,
    output: Path,
    annotated: bool,
    negotiating: bool,
    annex: bool,
    page: str,
    since: int | None,
    since_file: Path | None,
) -> None:
    """Write a draft as a file, by its ending: Word with footnotes, Markdown, plain text, or the sources as a table."""
    from drafting.store import DraftStore

    form = output.suffix.lower()
    if form not in _FORMS:
        raise UnknownValueError(
            f"The file {output} has none of the endings that can be written.", f"Choose from: {', '.join(_FORMS)}."
        )
    if form != ".docx" and (annotated or since is not None or since_file is not None):
        raise UnknownValueError(
            f"Comments and tracked changes cannot stand in {output}.", "Write them to a file that ends in .docx."
        )
    store = DraftStore(settings().drafts)
    draft = store.load(draft_id)
    if form == ".docx":
        from drafting.word import Copy, PageSize, export_docx

        copy = Copy(
            annotated=annotated,
            negotiating=negotiating,
            annex=annex,
            page_size=PageSize.LETTER if page == "letter" else PageSize.A4,
            since=_since(store, draft, since, since_file),
        )
        for sentence in export_docx(draft, output, link_base=settings().link_base, copy=copy).dropped:
            click.echo(sentence, err=True)
    else:
        _write_text(draft, output, negotiating=negotiating, annex=annex)
    click.echo(f"Written to {output}.")


def _write_text(draft: Draft, output: Path, *, negotiating: bool, annex: bool) -> None:
    from drafting.layout import lay_out
    from drafting.markdown import markdown
    from drafting.plain_text import plain_text
    from drafting.sources_csv import sources_csv
    from drafting.written import replace_file

    base = settings().link_base
    match output.suffix.lower():
        case ".md":
            data = markdown(draft, negotiating=negotiating, annex=annex, link_base=base).encode()
        case ".txt":
            data = plain_text(draft, negotiating=negotiating, annex=annex).encode()
        case _:
            data = sources_csv(draft, negotiating=negotiating, link_base=base)
    replace_file(output, data)
    for sentence in lay_out(draft, negotiating=negotiating).dropped:
        click.echo(sentence, err=True)


def _since(store: DraftStore, draft: Draft, revision: int | None, file: Path | None) -> Since | None:
    """Return the version that changes are shown from, with who made them and when the last of them was made."""
    from drafting.word.earlier import since_version

    if revision is not None and file is not None:
        raise UnknownValueError("Changes can be shown since one version.", "Give --since or --since-file, not both.")
    if file is not None:
        revision = _revision_in(file, draft)
    if revision is None:
        return None
    return since_version(store.at(draft.id, revision), draft, store.revisions(draft.id))


def _revision_in(file: Path, draft: Draft) -> int:
    from drafting.word.origin import origin
    from drafting.word.properties import fingerprint

    found = origin(file)
    if found.fingerprint != fingerprint(draft.id):
        raise UnknownValueError(
            f"The file {file} was exported from another draft.", "Name a file that was exported from this one."
        )
    return found.revision
