"""The command that takes a Word file back in: it lists what was edited, and carries out what was approved."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import UnknownValueError
from corpus.settings import settings

if TYPE_CHECKING:
    from drafting.store import DraftStore
    from drafting.word.incoming import Edit, ForeignDraft, Proposal, WordFile

_SHOWN = 160
_MARKS = {"equal": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}


def register(app: click.Group) -> None:
    """Add the command to the command line."""
    app.add_command(import_command)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--draft", "draft_id", default="", metavar="ID", help="The draft that the file was made from.")
@click.option("--new", "as_new", is_flag=True, help="Make a new draft of it, whatever it was made from.")
@click.option("--yes", is_flag=True, help="Approve every change that does not conflict.")
@click.option("--only", "chosen", multiple=True, metavar="CHANGE", help="Approve this change; may be repeated.")
@click.option("--sources", type=click.IntRange(0, 20), default=0, help="Of a new draft: closest sources a clause.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--by", default="", metavar="NAME", help="Who makes the change.")
def import_command(
    file: Path, draft_id: str, as_new: bool, yes: bool, chosen: tuple[str, ...], sources: int, as_json: bool, by: str
) -> None:
    """List what was edited in an exported Word file, or approve it; another Word file becomes a new draft."""
    from drafting.importing import approve, proposal_for
    from drafting.store import DraftStore
    from drafting.word.incoming import read_file
    from drafting.word.incoming.package import read_bytes

    held = read_file(read_bytes(file))
    store = DraftStore(settings().drafts)
    if as_new or not (held.ours or draft_id):
        _new_draft(store, held, file, make=yes, sources=sources, as_json=as_json, by=by)
        return
    proposal = proposal_for(store, held, draft_id or _made_from(store, held))
    _print(proposal, file, as_json=as_json, approving=yes or bool(chosen))
    wanted = [*chosen, *(key for key in proposal.approvable if yes and key not in chosen)]
    if not wanted:
        return
    saved = approve(store, proposal, wanted, file.name, author=by)
    click.echo(f"{len(wanted)} change{'s' * (len(wanted) != 1)} approved; version {saved.revision}.", err=as_json)


def _made_from(store: DraftStore, held: WordFile) -> str:
    """Return the id of the draft that a file was made from."""
    from drafting.importing import made_from

    draft = made_from(store, held, (*store.drafts(), *store.drafts(archived=True)))
    if draft is None:
        raise UnknownValueError(
            "The Word file was made from a draft that is not here.",
            "Import it where that draft is kept, or make a new draft of it with --new.",
        )
    return draft.id


def _print(proposal: Proposal, file: Path, *, as_json: bool, approving: bool) -> None:
    from drafting.output import json_line

    if as_json:
        for edit in proposal.edits:
            click.echo(json_line(_edit_json(proposal, edit)))
        return
    for sentence in proposal.left_out:
        click.echo(sentence, err=True)
    if not proposal.edits:
        click.echo("Nothing was changed in the file.")
        return
    for edit in proposal.edits:
        click.echo("\n".join(_edit_lines(proposal, edit)))
    if not approving:
        click.echo(
            f"\nNothing is changed yet. `python -m drafting import {file} --yes` approves all"
            f"{' but the conflicts' * bool(proposal.conflicts)}, and --only 'CHANGE' approves one."
        )


def _edit_lines(proposal: Proposal, edit: Edit) -> list[str]:
    """Return what a person reads of an edit: what, where and by whom, then the words."""
    from drafting.comparison import word_changes
    from drafting.word.incoming import EditKind

    who = f" by {', '.join(edit.authors)}" * bool(edit.authors)
    alternative = ", alternative" * bool(edit.alternative_id)
    lines = [f"{edit.key}: {edit.place or 'a new clause'}{alternative}{who}"]
    before, after = proposal.shown(edit)
    if edit.kind is EditKind.COMMENT:
        lines.append(f"    “{edit.words}”: {after}")
    elif edit.kind is EditKind.MOVED:
        lines.append(f"    {after}")
    else:
        marked = "".join(_MARKS[change.kind.value].format(change.text) for change in word_changes(before, after))
        lines += [f"    {line}" for line in marked.splitlines()]
    made = "cut off" if edit.kind is EditKind.SPLIT else "taken up"
    lines += [f"    {made}: {_short(part.text)}" for part in edit.parts]
    if edit.conflict:
        lines.append(f"    Conflict: {edit.conflict}")
    elif not edit.applies and edit.kind is not EditKind.COMMENT:
        lines.append("    No passage is known for this note, so it is not taken over.")
    return lines


def _edit_json(proposal: Proposal, edit: Edit) -> dict[str, Any]:
    before, after = proposal.shown(edit)
    return {**asdict(edit), "shown_before": before, "shown_after": after}


def _new_draft(
    store: DraftStore, held: WordFile, file: Path, *, make: bool, sources: int, as_json: bool, by: str
) -> None:
    """List what a file of somebody else's would become, or make it a draft and print its id."""
    from drafting.importing import make_draft
    from drafting.operations import new_draft_id
    from drafting.output import json_line
    from drafting.word.incoming import new_draft_from

    foreign = new_draft_from(held, new_draft_id(), file.stem)
    closest = _closest(foreign, sources) if sources else {}
    for sentence in foreign.left_out:
        click.echo(sentence, err=True)
    for clause in foreign.draft.clauses:
        if as_json:
            found = closest.get(clause.id, [])
            click.echo(json_line({"id": clause.id, "kind": clause.kind.value, "text": clause.text, "sources": found}))
            continue
        click.echo(f"{clause.kind.value}: {_short(clause.text)}")
        for source in closest.get(clause.id, ()):
            click.echo(f"    {source['cite']}: {_short(source['text'])}")
    if not make:
        option = " --new" * held.ours
        click.echo(
            f"\nNothing is made yet. `python -m drafting import {file}{option} --yes` makes it a new draft of "
            f"{len(foreign.draft.clauses)} clauses.",
            err=as_json,
        )
        return
    made = make_draft(store, foreign, file.name, author=by)
    click.echo(made.id, err=as_json)


def _closest(foreign: ForeignDraft, most: int) -> dict[str, list[dict[str, str]]]:
    """Return the closest sources of each clause."""
    from drafting.cli_inputs import opened_searcher
    from index.search import MAX_QUERY

    searcher = opened_searcher()
    found = foreign.closest(lambda text: searcher.search(text[:MAX_QUERY], most).hits)
    return {
        clause_id: [
            {"passage": hit.passage.id, "cite": hit.passage.cite(), "band": hit.band.value, "text": hit.passage.text}
            for hit in hits
        ]
        for clause_id, hits in found.items()
    }


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
