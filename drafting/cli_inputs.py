"""What the commands that search begin with: the index of the documents that are set, its model, and a batch of queries.

Prints nothing; what is missing or wrong is an error that names the remedy.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import QueryError
from corpus.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.model import Corpus
    from index.search import Searcher


def opened_searcher(check: Callable[[Corpus], object] | None = None) -> Searcher:
    """Open the index of the documents that are set, and the model that it was built with.

    The two are opened side by side: the model is read by onnxruntime, which leaves Python free meanwhile.

    Args:
        check: Looks at the documents first; what it raises comes before whatever is wrong with index or model.
    """
    from corpus import load_corpus
    from index.opened import open_index
    from index.query_encoder import query_encoder, query_reranker
    from index.search import Searcher

    chosen = settings()
    with ThreadPoolExecutor(1) as beside:
        encoder = beside.submit(query_encoder, chosen.index, chosen.model)
        corpus = load_corpus(chosen.corpus)
        if check is not None:
            check(corpus)
        index = open_index(chosen.index, corpus)
        return Searcher(index, encoder.result(), query_reranker(chosen.reranker))


def read_batch(path: Path) -> list[tuple[str, str]]:
    """Return the ids and texts of a batch file, all of it checked before anything is searched."""
    from index.search import checked_query

    remedy = 'Give a file with one JSON object a line, such as {"id": "q1", "text": "…"}.'
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # JSON may hold the other line separators
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise QueryError(f"The queries in {path} cannot be read: {reason}.", remedy) from error
    batch = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                entry = json.loads(line)
                batch.append((str(entry["id"]), checked_query(entry["text"])))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                raise QueryError(f"Line {number} of {path} is not a query.", remedy) from error
            except QueryError as error:
                raise QueryError(f"Line {number} of {path}: {error.problem}", error.remedy) from error
    return batch
