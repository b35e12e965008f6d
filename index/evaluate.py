"""How good the search is on judged queries: the measures, query by query, and against an earlier run.

Queries are one {"id", "kind", "text"} a line, judgements (qrels) one {"id", "grades": {passage id: grade}} a line with
the grades 3 (backs the clause), 2 (backs it in part), 1 (same topic); what is not listed is 0. The measures come from
ir-measures; what it has no name for — the precision of the bands, and whether "is there anything?" was answered rightly
— is counted here. Knows queries and hits, not how the hits were found.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import QueryError, StorageError
from index.bands import Band
from index.search import Hit, SearchResult

DEPTH = 20
BACKS, TOPIC = 2, 1
_BANDS_DEPTH = 10
_NOTHING = "none"  # kind of a query to which nothing in the corpus is an answer
_GAINS = {1: 1, 2: 3, 3: 7}  # 2^grade - 1


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query with its judgements.

    Attributes:
        id: Name of the query.
        kind: Sort of query; ``none`` is one that nothing answers.
        text: What is searched for.
        grades: Grade by passage id.
    """

    id: str
    kind: str
    text: str
    grades: Mapping[str, int]

    @property
    def backed(self) -> bool:
        """Return whether some passage backs it, wholly or in part."""
        return any(grade >= BACKS for grade in self.grades.values())


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a search is worth on judged queries.

    Attributes:
        measures: Mean of each measure by name; a measure is taken over the queries it is defined for.
        per_query: The measures of each query by its id.
        counts: For each share that is not a mean of queries, the right answers and all of them.
    """

    measures: dict[str, float]
    per_query: dict[str, dict[str, float]]
    counts: dict[str, tuple[int, int]]

    def save(self, path: Path) -> None:
        """Write the evaluation to a file, to compare a later one with."""
        try:
            path.write_text(json.dumps({"per_query": self.per_query, "measures": self.measures}), encoding="utf-8")
        except OSError as error:
            raise StorageError(f"{path} cannot be written ({error.strerror}).", "Name another file.") from error


def read_judged(queries: Path, qrels: Path) -> tuple[JudgedQuery, ...]:
    """Return the queries of one file with the judgements of another.

    Raises:
        QueryError: A file or a line of it cannot be read, or a query has no judgements.
    """
    grades = {str(line["id"]): line["grades"] for line in _lines(qrels, "id", "grades")}
    judged = []
    for line in _lines(queries, "id", "text"):
        if str(line["id"]) not in grades:
            raise QueryError(
                f"The query {line['id']} of {queries} has no judgements in {qrels}.", "Give its qrels file."
            )
        judged.append(JudgedQuery(str(line["id"]), str(line.get("kind", "")), line["text"], grades[str(line["id"])]))
    return tuple(judged)


def read_saved(path: Path) -> dict[str, dict[str, float]]:
    """Return the measures of each query that an earlier evaluation saved.

    Raises:
        StorageError: The file is not one.
    """
    try:
        saved: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))["per_query"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(f"{path} is not a saved evaluation.", "Make one with --save FILE.") from error
    return saved


def evaluate(judged: Sequence[JudgedQuery], search: Callable[[str], SearchResult]) -> Evaluation:
    """Return what a search is worth.

    Args:
        judged: The queries.
        search: Finds at least `DEPTH` hits for a text.
    """
    hits = {query.id: search(query.text).hits[:DEPTH] for query in judged}
    per_query = measured(judged, {query: [hit.passage.id for hit in found] for query, found in hits.items()})
    names = sorted({name for measures in per_query.values() for name in measures})
    defined = {name: [measures[name] for measures in per_query.values() if name in measures] for name in names}
    return Evaluation(
        measures={name: math.fsum(values) / len(values) for name, values in defined.items()},
        per_query=per_query,
        counts={
            "close that back": _precision(judged, hits, Band.CLOSE, BACKS),
            "partial on topic": _precision(judged, hits, Band.PARTIAL, TOPIC),
            "is there anything?": _answered(judged, hits),
        },
    )


def measured(judged: Sequence[JudgedQuery], ranked: Mapping[str, Sequence[str]]) -> dict[str, dict[str, float]]:
    """Return nDCG@10, recall@20 and reciprocal rank of each query for which they are defined.

    Args:
        judged: The queries.
        ranked: The ids of the passages found for each query, by its id, best first.
    """
    import ir_measures
    from ir_measures import RR, R, nDCG

    names = {nDCG(gains=_GAINS) @ 10: "nDCG@10", R(rel=BACKS) @ DEPTH: "recall@20", RR(rel=BACKS): "MRR"}
    asked = [query for query in judged if query.kind != _NOTHING and query.grades]
    qrels = [ir_measures.Qrel(query.id, passage, grade) for query in asked for passage, grade in query.grades.items()]
    run = [
        ir_measures.ScoredDoc(query.id, passage, -float(rank))
        for query in asked
        for rank, passage in enumerate(ranked[query.id])
    ]
    backed = {query.id for query in asked if query.backed}
    found: dict[str, dict[str, float]] = {query.id: {} for query in asked}
    for metric in ir_measures.iter_calc(list(names), qrels, run):
        name = names[metric.measure]
        if name == "nDCG@10" or metric.query_id in backed:
            found[metric.query_id][name] = float(metric.value)
    return found


def _precision(
    judged: Sequence[JudgedQuery], hits: Mapping[str, Sequence[Hit]], band: Band, grade: int
) -> tuple[int, int]:
    """Return how many of the first hits in a band have at least a grade, and how many there are."""
    grades = [
        query.grades.get(hit.passage.id, 0)
        for query in judged
        for hit in hits[query.id][:_BANDS_DEPTH]
        if hit.band is band
    ]
    return sum(found >= grade for found in grades), len(grades)


def _answered(judged: Sequence[JudgedQuery], hits: Mapping[str, Sequence[Hit]]) -> tuple[int, int]:
    """Return how many queries were told rightly whether anything comes close, and how many can be judged on it."""
    right = asked = 0
    for query in judged:
        shown = any(hit.band is not Band.RELATED for hit in hits[query.id])
        if query.kind == _NOTHING:
            asked, right = asked + 1, right + (not shown)
        elif query.backed:
            asked, right = asked + 1, right + shown
    return right, asked


def _lines(path: Path, *fields: str) -> list[dict[str, Any]]:
    """Return the objects of a JSON-lines file, each with the fields."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path} cannot be read.", "Name a file of one JSON object a line.") from error
    objects = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                value = json.loads(line)
                objects.append({**value, **{field: value[field] for field in fields}})
            except (ValueError, KeyError, TypeError) as error:
                needed = " and ".join(f'"{field}"' for field in fields)
                raise QueryError(f"Line {number} of {path} is not an object with {needed}.", "Correct it.") from error
    return objects
