"""Queries that twelve readers wrote and judged for this program, to learn from and never to measure on.

What is learned from judged queries is the better the more of them there are (docs/retrieval.md). Each reader read the
four regional reports, wrote clauses, near misses, phrases and everyday questions from passages drawn by lot, and graded
the passages that the search and BM25 found for them, and others that they knew of. Of the queries that the program is
measured on they had seen five, as examples of the grades. Questions about how a meeting was run, which a search leaves
out, are not among theirs. The readers differ from the judges of those queries: they wrote fewer near misses that a
passage backs in part, so no threshold is cut on them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from index.evaluate import JudgedQuery, read_judged

_QUERIES, _QRELS = (Path(__file__).with_name(f"extra_{name}.jsonl") for name in ("queries", "qrels"))


@cache
def extra() -> tuple[JudgedQuery, ...]:
    """Return the queries; the first two letters of an id name the reader."""
    return read_judged(_QUERIES, _QRELS)


def is_extra(query: JudgedQuery) -> bool:
    """Return whether a query has the words of one of these: what was learned from is not measured on."""
    return query.text in _texts()


@cache
def _texts() -> frozenset[str]:
    return frozenset(query.text for query in extra())
