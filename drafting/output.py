"""What the command line prints: the lines a person reads, and the JSON objects a script reads.

Nothing is searched or loaded here. A JSON object's fields are part of the contract in docs/command-line.md.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus import passage_json
from corpus.model import Corpus, Passage, Source, Span, ordinal

if TYPE_CHECKING:
    from index.alignment import Link
    from index.build import BuildReport
    from index.evaluate import Evaluation, JudgedQuery
    from index.search import Hit, SearchResult

_WIDTH = 100


def json_line(value: dict[str, Any]) -> str:
    """Return one JSON object on one line, safe to print on any terminal."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": ")).encode("utf-8", "replace").decode("utf-8")


def who(source: Source) -> str:
    """Return who speaks in a source, such as ``Western Asia · Fourteenth Congress``."""
    return f"{source.region or source.genre.value.capitalize()} · {ordinal(source.congress).capitalize()} Congress"


def source_json(source: Source, corpus: Corpus) -> dict[str, Any]:
    """Return what `sources --json` says of a source."""
    return {
        "symbol": source.symbol,
        "title": source.title,
        "genre": source.genre.value,
        "region": source.region,
        "congress": source.congress,
        "place": source.place,
        "dates": source.dates,
        "language": source.language,
        "url": source.url,
        "file": source.file,
        "sha256": source.sha256,
        "passages": len(corpus.passages_of(source.symbol)),
        "evidence": [
            {"field": e.field, "inferred": e.inferred, "quote": e.quote, "line": e.line} for e in source.evidence
        ],
    }


def source_text(source: Source, corpus: Corpus) -> str:
    """Return the lines that `sources` prints for a source."""
    count = len(corpus.passages_of(source.symbol))
    return f"{source.symbol:<20}  {who(source)}  ({count} passages)\n{'':<20}  {source.title}"


def passage_text(passage: Passage, source: Source) -> str:
    """Return the lines that a person reads of a passage: its citation, where it stands, its words."""
    return f"{placed_text(passage, source)}\n{indented(passage.text)}"


def placed_text(passage: Passage, source: Source) -> str:
    """Return the lines that say where a passage stands and who speaks, without its words."""
    about = f"{who(source)} · {passage.standing.value} · {passage.voice}"
    return f"{passage.cite()}\n{indented(about)}\n{indented(' › '.join(passage.heading))}"


def hit_json(hit: Hit) -> dict[str, Any]:
    """Return what `search --json` says of a hit: its passage, and why it was found."""
    return {
        **passage_json(hit.passage, hit.source),
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "named": hit.named,
        "band": hit.band.value,
        "window": _offsets(hit.window),
        "marks": [_offsets(mark) for mark in hit.marks],
        "alignment": [_link_json(link) for link in hit.alignment],
        "identical": [passage.id for passage in hit.identical],
    }


def result_json(query_id: str, result: SearchResult) -> dict[str, Any]:
    """Return the line of a batch that answers one query."""
    unbacked = None if result.unbacked is None else [_offsets(span) for span in result.unbacked]
    return {"id": query_id, "unbacked": unbacked, "hits": [hit_json(hit) for hit in result.hits]}


def result_text(result: SearchResult) -> str:
    """Return what `search` prints for a person."""
    if not result.hits:
        return f"Nothing was found in the {result.searched} passages searched."
    blocks = ["\n".join(_group_lines(group)) for group in result.groups]
    if result.nothing_close:
        blocks.insert(0, "Nothing close was found. These passages are related at most:")
    else:
        if result.none_the_same:
            blocks.insert(0, "Close in subject: no passage says the same.")
        if result.unbacked:
            blocks.append(f"No passage shown backs: {', '.join(f'“{words}”' for words in result.unbacked_words)}.")
    return "\n\n".join(blocks)


def _group_lines(group: Sequence[Hit]) -> Iterator[str]:
    """Yield the lines of the hits with the same words: the first in full, the others with where they stand."""
    first, *others = group
    shown = {hit.passage.id for hit in group}
    yield f"{first.rank}. {first.band.value}: {passage_text(first.passage, first.source)}"
    for hit in others:
        yield f"{hit.rank}. {hit.band.value}, the same words: {placed_text(hit.passage, hit.source)}"
    for other in first.identical:
        if other.id not in shown:
            yield f"    The same words stand in {other.cite()}."


def build_text(report: BuildReport) -> str:
    """Return what `index` prints when it is done."""
    because = f" (the index before could not be used: {report.previous})" if report.previous else ""
    return (
        f"{report.passages} passages: {report.added} added, {report.changed} changed, {report.removed} removed; "
        f"{report.embedded} of {report.windows} windows embedded{because}."
    )


def serving_text(engine: str, *, graph: bool, why_not: str = "") -> str:
    """Return what answers queries: what encodes them, and which index of vectors is searched.

    Args:
        engine: What holds the vectors, as the index's description names it.
        graph: Whether the model's graph is in the index folder.
        why_not: Why it is not, where that is known.
    """
    because = f", since {why_not}" if why_not else ""
    encoder = "onnxruntime" if graph else f"sentence-transformers{because}"
    exact = "every vector is compared" if engine == "Flat" else "the nearest cells of vectors are compared"
    return f"Queries are answered by {encoder}; the vectors stand in FAISS {engine} ({exact})."


def evaluation_text(
    evaluation: Evaluation,
    judged: Sequence[JudgedQuery],
    before: Mapping[str, Mapping[str, float]],
    *,
    per_query: bool,
) -> str:
    """Return what `evaluate` prints: the measures, the shares, and on request every query.

    Args:
        evaluation: What was measured.
        judged: The queries.
        before: Measures of each query in an earlier evaluation; empty for none.
        per_query: Whether to add a line a query.
    """
    lines = []
    for name, value in evaluation.measures.items():
        defined = [query_id for query_id, measures in evaluation.per_query.items() if name in measures]
        both = [i for i in defined if name in before.get(i, {})]
        change = sum(evaluation.per_query[i][name] - before[i][name] for i in both) / len(both) if both else None
        difference = f"  {change:+.4f} on {len(both)} queries of both" if change is not None else ""
        lines.append(f"{name:<20} {value:.4f}  ({len(defined)} queries){difference}")
    for name, (right, total) in evaluation.counts.items():
        lines.append(f"{name:<20} {right / total if total else 0:.4f}  ({right} of {total})")
    if per_query:
        lines += [
            f"{measures.get('nDCG@10', 0):.4f}  {query.id}  [{query.kind}]  {query.text}"
            for query in sorted(judged, key=lambda query: evaluation.per_query.get(query.id, {}).get("nDCG@10", 1))
            if (measures := evaluation.per_query.get(query.id))
        ]
    return "\n".join(lines)


def indented(text: str, blanks: int = 4) -> str:
    """Return a text wrapped to the width of a page, each line after some blanks."""
    return textwrap.fill(
        text, _WIDTH, initial_indent=" " * blanks, subsequent_indent=" " * blanks, break_on_hyphens=False
    )


def _link_json(link: Link) -> dict[str, Any]:
    return {
        "clause": _offsets(link.clause),
        "passage": _offsets(link.passage),
        "strength": round(link.strength, 2),
    }


def _offsets(span: Span) -> list[int]:
    return [span.start, span.end]
