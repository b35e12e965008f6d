"""The engines that `benchmarks.peers` sets beside ours, each as its own documentation uses it, one process a phase.

    python -m benchmarks.engines build|serve ENGINE FOLDER

FOLDER holds passages.json (id and text of each), queries.json (texts), model.txt (the folder of the weights), and what
the engine built. A phase writes what it measured to FOLDER/ENGINE-PHASE.json. Nothing here knows judgements; an engine
is imported only by its own process, so that each one's memory and start are its own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

DEPTH = 10  # results of a query: as many as the desk and the command line show at first
WARM_UP = 20  # queries before those that are timed


class Engine(Protocol):
    """Builds an index in a folder, opens it, and answers with the ids of passages, best first."""

    def build(self, ids: Sequence[str], texts: Sequence[str], folder: Path, model: str) -> None:
        """Make an index of passages and put it into a folder."""
        ...

    def open(self, ids: Sequence[str], folder: Path, model: str) -> None:
        """Make ready to answer from what was built."""
        ...

    def encode(self, text: str) -> None:
        """Encode a query and do no more; nothing for an engine without a model."""
        ...

    def search(self, text: str) -> list[str]:
        """Return the ids of the `DEPTH` best passages."""
        ...


class Ours:
    """The product as it serves: all documents in the index, the default scope searched, the exported graph."""

    def build(self, ids: Sequence[str], texts: Sequence[str], folder: Path, model: str) -> None:
        """Index the documents; they are more than the passages searched by default, so more is embedded."""
        del ids, texts, model
        from corpus import load_corpus
        from corpus.settings import settings
        from index.build import build
        from index.graph import export_graph
        from index.sentence_encoder import SentenceEncoder

        corpus = load_corpus(settings().corpus)
        encoder = SentenceEncoder()
        build(corpus, encoder, folder)
        why_not = export_graph(encoder, folder, [passage.text for passage in corpus.passages])
        if why_not:
            raise SystemExit(f"The graph was not exported: {why_not}.")

    def open(self, ids: Sequence[str], folder: Path, model: str) -> None:
        """Open the index and the graph."""
        del ids, model
        from corpus import load_corpus
        from corpus.settings import settings
        from index.encoder import encoded
        from index.opened import open_index
        from index.query_encoder import query_encoder
        from index.search import Searcher

        index = open_index(folder, load_corpus(settings().corpus))
        self._encoder, self._encoded = query_encoder(folder, ""), encoded
        self._searcher = Searcher(index, self._encoder)

    def encode(self, text: str) -> None:
        """Encode a query as a search does."""
        self._encoded(self._encoder, text)

    def search(self, text: str) -> list[str]:
        """Search as the desk and the command line do."""
        return [hit.passage.id for hit in self._searcher.search(text, DEPTH).hits]


class SemanticSearch:
    """sentence-transformers alone: `encode`, and `util.semantic_search` over a tensor."""

    def build(self, ids: Sequence[str], texts: Sequence[str], folder: Path, model: str) -> None:
        """Embed the passages and keep the tensor."""
        del ids
        import torch
        from sentence_transformers import SentenceTransformer

        made = SentenceTransformer(model, device="cpu").encode(
            list(texts), convert_to_tensor=True, show_progress_bar=False
        )
        torch.save(made, folder / "embeddings.pt")

    def open(self, ids: Sequence[str], folder: Path, model: str) -> None:
        """Load the model and the tensor."""
        import torch
        from sentence_transformers import SentenceTransformer, util

        self._ids, self._find = list(ids), util.semantic_search
        self._model = SentenceTransformer(model, device="cpu")
        self._passages = torch.load(folder / "embeddings.pt", weights_only=True)

    def encode(self, text: str) -> Any:  # noqa: ANN401 - a tensor of a library that is not imported here
        """Return the embedding of a query."""
        return self._model.encode(text, convert_to_tensor=True, show_progress_bar=False)

    def search(self, text: str) -> list[str]:
        """Embed the query and compare it with every passage."""
        found = self._find(self.encode(text), self._passages, top_k=DEPTH)[0]
        return [self._ids[int(each["corpus_id"])] for each in found]


class Txtai:
    """txtai: an embeddings database, dense or hybrid (dense and its own BM25, half each)."""

    def __init__(self, *, hybrid: bool) -> None:
        self._hybrid = hybrid

    def build(self, ids: Sequence[str], texts: Sequence[str], folder: Path, model: str) -> None:
        """Index the passages under their ids."""
        from txtai import Embeddings  # type: ignore[import-not-found] # in requirements-bench.txt

        embeddings = Embeddings(path=model, content=False, gpu=False, hybrid=self._hybrid)
        embeddings.index(list(zip(ids, texts, strict=True)))
        embeddings.save(str(folder / "txtai"))

    def open(self, ids: Sequence[str], folder: Path, model: str) -> None:
        """Load the database, which loads the model."""
        del ids, model
        from txtai import Embeddings

        self._embeddings = Embeddings()
        self._embeddings.load(str(folder / "txtai"))

    def encode(self, text: str) -> None:
        """Encode a query."""
        self._embeddings.transform(text)

    def search(self, text: str) -> list[str]:
        """Search the database."""
        return [str(found) for found, _ in self._embeddings.search(text, DEPTH)]


class Bm25s:
    """bm25s alone, with its own tokenizer, its English stop words and the Snowball stemmer."""

    def build(self, ids: Sequence[str], texts: Sequence[str], folder: Path, model: str) -> None:
        """Index the passages' words."""
        del ids, model
        import bm25s
        import Stemmer

        words = bm25s.tokenize(list(texts), stopwords="en", stemmer=Stemmer.Stemmer("english"), show_progress=False)
        made = bm25s.BM25()
        made.index(words, show_progress=False)
        made.save(str(folder / "bm25s"), show_progress=False)

    def open(self, ids: Sequence[str], folder: Path, model: str) -> None:
        """Load the index."""
        del model
        import bm25s
        import Stemmer

        self._ids, self._stemmer, self._words = list(ids), Stemmer.Stemmer("english"), bm25s.tokenize
        self._bm25 = bm25s.BM25.load(str(folder / "bm25s"), load_corpus=False)

    def encode(self, text: str) -> None:
        """Do nothing: there is no model."""

    def search(self, text: str) -> list[str]:
        """Rank the passages by the query's words."""
        words = self._words(text, stopwords="en", stemmer=self._stemmer, show_progress=False)
        found, _ = self._bm25.retrieve(words, k=DEPTH, show_progress=False)
        return [self._ids[int(number)] for number in found[0]]


ENGINES: Mapping[str, Engine] = {
    "ours": Ours(),
    "txtai dense": Txtai(hybrid=False),
    "txtai hybrid": Txtai(hybrid=True),
    "semantic_search": SemanticSearch(),
    "bm25s": Bm25s(),
}


def peak_mib() -> float:
    """Return the most memory this process ever held, in MiB, files mapped into it included.

    From /proc and not from getrusage, whose figure begins with what the parent held when it started this process.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def serve(engine: Engine, queries: Sequence[str]) -> dict[str, Any]:
    """Return the answers of an opened engine and the milliseconds of each, and of the encoding alone.

    The query that is encoded alone is another one each time than the one that is searched for, so that no engine is
    asked for what it has just encoded.
    """
    for text in queries[:WARM_UP]:
        engine.encode(text)
        engine.search(text)
    encoding, searching, answers = [], [], []
    for number, text in enumerate(queries):
        began = time.perf_counter()
        engine.encode(queries[number - 1])
        between = time.perf_counter()
        answers.append(engine.search(text))
        ended = time.perf_counter()
        encoding.append(1000 * (between - began))
        searching.append(1000 * (ended - between))
    return {"answers": answers, "encode_ms": encoding, "search_ms": searching}


def main() -> None:
    """Run one phase of one engine and write what was measured."""
    began = time.perf_counter()
    phase, name, place = sys.argv[1:]
    # As many cores as threads: some libraries count the machine's cores, whatever they are told.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(os.environ["OMP_NUM_THREADS"])])
    folder = Path(place)
    own = folder / name.replace(" ", "-")
    own.mkdir(exist_ok=True)
    engine, model = ENGINES[name], (folder / "model.txt").read_text(encoding="utf-8")
    passages = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
    ids, texts = [passage["id"] for passage in passages], [passage["text"] for passage in passages]
    if phase == "build":
        engine.build(ids, texts, own, model)
        measured: dict[str, Any] = {"seconds": time.perf_counter() - began}
    else:
        engine.open(ids, own, model)
        measured = {"seconds": time.perf_counter() - began}
        measured |= serve(engine, json.loads((folder / "queries.json").read_text(encoding="utf-8")))
    measured["peak_mib"] = peak_mib()
    (folder / f"{own.name}-{phase}.json").write_text(json.dumps(measured), encoding="utf-8")


if __name__ == "__main__":
    main()
