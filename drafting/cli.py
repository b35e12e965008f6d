"""The command line: each command is a few lines over the package that does the work.

Results go to stdout; progress and complaints to stderr. An expected error is one line that names the remedy, with exit
code 1. Models, FAISS and Word are imported by the commands that need them, so that `--help` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import click

from corpus.errors import IndexFolderError, QueryError, RapporteurError, UnknownValueError
from corpus.settings import settings
from drafting.cli_inputs import opened_searcher, read_batch

as_json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def app() -> None:
    """Rapporteur: find what the regions asked for, and draft from it."""


def main() -> None:
    """Run the command line; the process ends with 0, or with 1 after one line that says what is wrong."""
    from drafting import cli_drafts, cli_import, cli_phrase, cli_support

    for commands in (cli_drafts, cli_import, cli_phrase, cli_support):
        commands.register(app)
    for stream in (sys.stdout, sys.stderr):  # the documents hold more characters than some terminals' encodings
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app.main(prog_name="python -m drafting", standalone_mode=False)
    except RapporteurError as error:
        _fail(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(1)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "python -m drafting"
        _fail(f"{error.format_message()} See `{path} --help`.")
    except click.Abort:
        _fail("Stopped.")
    except OSError as error:
        if error.filename is not None:  # not about the output; every module speaks for its own files
            raise
        # Python would try to write the rest once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail(f"The output cannot be written ({error.strerror}). Send it to a place with space.")


def _fail(sentence: str) -> None:
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(1)


@app.command()
@as_json_option
def sources(as_json: bool) -> None:
    """List the documents: symbol, region, congress, passages; and say what searches them."""
    from corpus import load_corpus
    from drafting.output import json_line, serving_text, source_json, source_text
    from index.folder import read_manifest
    from index.graph import open_graph
    from index.sentence_encoder import DEFAULT_MODEL

    corpus = load_corpus(settings().corpus)
    for source in corpus.sources:
        click.echo(json_line(source_json(source, corpus)) if as_json else source_text(source, corpus))
    if not as_json:
        try:
            manifest = read_manifest(settings().index)
        except IndexFolderError as error:
            click.echo(f"\n{error.problem} {error.remedy}")
        else:
            same = manifest.model.name == (settings().model or DEFAULT_MODEL)
            graph = same and open_graph(settings().index, manifest.model) is not None
            click.echo("\n" + serving_text(manifest.engine, graph=graph))


@app.command()
@click.option("--symbol", default="", metavar="S", help="Only this document, such as A/CONF.234/RPM.1/1.")
@click.option("--all", "everything", is_flag=True, help="Procedural passages too.")
@as_json_option
def passages(symbol: str, everything: bool, as_json: bool) -> None:
    """Print the passages of the documents."""
    from corpus import load_corpus, passage_json
    from corpus.model import Kind
    from drafting.output import json_line, passage_text

    corpus = load_corpus(settings().corpus)
    held = {source.symbol: source for source in corpus.sources}
    if symbol and symbol not in held:
        raise UnknownValueError(f"There is no document {symbol} in the corpus.", f"Choose from: {'; '.join(held)}.")
    for passage in corpus.passages:
        if (not symbol or passage.symbol == symbol) and (everything or passage.kind is not Kind.PROCEDURAL):
            source = held[passage.symbol]
            click.echo(json_line(passage_json(passage, source)) if as_json else passage_text(passage, source) + "\n")


@app.command("index")
def index_command() -> None:
    """Build the index, or bring it up to date; print what changed."""
    from corpus import load_corpus
    from drafting.output import build_text, serving_text
    from index.build import build
    from index.folder import read_manifest
    from index.graph import export_graph
    from index.sentence_encoder import SentenceEncoder

    corpus = load_corpus(settings().corpus)
    click.echo(f"Loading the model {settings().model or 'all-MiniLM-L6-v2'} …", err=True)
    encoder = SentenceEncoder(settings().model, download=True)
    click.echo(build_text(build(corpus, encoder, settings().index, _progress)))
    why_not = export_graph(encoder, settings().index, [passage.text for passage in corpus.passages])
    click.echo(serving_text(read_manifest(settings().index).engine, graph=not why_not, why_not=why_not))


@app.command()
@click.argument("text", default="")
@click.option("--queries", type=click.Path(path_type=Path), help='A batch: one {"id", "text"} a line.')
@click.option("-k", type=click.IntRange(1, 1000), default=10, show_default=True, help="Most hits of a query.")
@click.option("--region", "regions", multiple=True, metavar="R", help="Only this region; may be repeated.")
@click.option("--congress", "congresses", multiple=True, type=int, metavar="N", help="Only this congress, such as 14.")
@click.option("--kind", "kinds", multiple=True, metavar="K", help="Only this kind, such as recommendation.")
@click.option("--genre", "genres", multiple=True, metavar="G", help="Only this genre, such as “discussion guide”.")
@as_json_option
def search(
    text: str,
    queries: Path | None,
    k: int,
    regions: tuple[str, ...],
    congresses: tuple[int, ...],
    kinds: tuple[str, ...],
    genres: tuple[str, ...],
    as_json: bool,
) -> None:
    """Find the passages most similar to a clause, or to each of a batch."""
    from drafting.output import hit_json, json_line, result_json, result_text
    from index.scope import scope_from_words
    from index.search import checked_query

    if queries is None:
        checked_query(text)
    elif text:
        raise QueryError("Both a text and --queries were given.", "Give one of them.")
    batch = read_batch(queries) if queries else []
    scope_of = partial(scope_from_words, regions=regions, congresses=congresses, kinds=kinds, genres=genres)
    searcher = opened_searcher(scope_of)
    scope = scope_of(searcher.index.corpus)
    if queries is None:
        result = searcher.search(text, k, scope)
        lines = [json_line(hit_json(hit)) for hit in result.hits] if as_json else [result_text(result)]
        click.echo("\n".join(lines), nl=bool(lines))
        return
    for query_id, query in batch:
        result = searcher.search(query, k, scope)
        click.echo(json_line(result_json(query_id, result)) if as_json else f"{query_id}\n{result_text(result)}\n")


@app.command()
@click.argument("queries", type=click.Path(path_type=Path))
@click.argument("qrels", type=click.Path(path_type=Path))
@click.option("--per-query", is_flag=True, help="A line a query, the worst first.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep the evaluation in this file.")
@click.option("--against", type=click.Path(path_type=Path), help="Print the difference to a saved evaluation.")
def evaluate(queries: Path, qrels: Path, per_query: bool, save: Path | None, against: Path | None) -> None:
    """Print how good the search is on judged queries."""
    from drafting.output import evaluation_text
    from index.evaluate import DEPTH, read_judged, read_saved
    from index.evaluate import evaluate as measure

    judged = read_judged(queries, qrels)
    before = read_saved(against) if against else {}
    searcher = opened_searcher()
    evaluation = measure(judged, lambda text: searcher.search(text, DEPTH))
    if save:
        evaluation.save(save)
    click.echo(evaluation_text(evaluation, judged, before, per_query=per_query))


@app.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8501, show_default=True, help="Port of the app.")
@click.option("--address", default="localhost", show_default=True, help="Listen here; 0.0.0.0 for every network.")
@click.option("--browser/--no-browser", default=True, help="Open a browser, where there is a screen.")
def serve(port: int, address: str, browser: bool) -> None:
    """Run the app."""
    from drafting.serving import run_app

    sys.exit(run_app(address, port, browser=browser))


def _progress(numbers: Sequence[int]) -> Iterable[int]:
    """Show on stderr how far the embedding is; quick work shows nothing."""
    from tqdm import tqdm

    often = 0.1 if sys.stderr.isatty() else 10.0  # seconds; a log needs no moving bar
    return tqdm(numbers, desc="Embedding", unit=" windows", file=sys.stderr, mininterval=often, disable=not numbers)
