"""What `benchmarks.scale` measures at one number of passages, a process a phase so that each one's memory is its own.

    python -m benchmarks.scale_phases PHASE PASSAGES FOLDER

A phase leaves what the next one needs in FOLDER and prints what it measured as one JSON object. All of it runs the
product's own parts: the vector store, the word index, the pooled vectors and the token store.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from benchmarks.engines import peak_mib
from benchmarks.synthetic import Originals, originals, templates, texts, vectors
from corpus import load_corpus
from corpus.model import Corpus
from corpus.settings import settings
from index.encoder import Encoding, Vectors, unit
from index.faiss_store import FaissStore
from index.folder import read_generation, read_manifest
from index.fusion import CANDIDATES
from index.late import TokenIndex
from index.lexical import LexicalIndex
from index.pooling import PooledIndex
from index.vectors import Keys

Measured = dict[str, float | str]
Answer = TypeVar("Answer")
Filter = Keys | None

SEED, QUERIES = 1, 50
DEEP = 4096  # windows that a ranking asks the store for
SCOPE, NARROW = 0.6, 0.01  # shares of the windows that the default scope and a narrow filter leave
QUERY_TOKENS = 24


def real_passages(folder: Path, corpus: Corpus) -> Originals:
    """Return what synthetic passages are made of, from an index of real ones."""
    manifest = read_manifest(folder)
    generation = read_generation(folder, manifest)
    windows = np.bincount(generation.windows["passage"], minlength=len(corpus.passages))
    found = generation.vectors.get(np.ascontiguousarray(generation.windows["key"]))
    texts_there = [passage.text for passage in corpus.passages]
    return originals(texts_there, windows, found, folder / manifest.generation / "tokens")


def timed(ask: Callable[[int], Answer], count: int) -> tuple[float, float, list[Answer]]:
    """Return p50 and p95 of asking by number, in milliseconds, and what was answered; the first is asked twice."""
    ask(0)
    taken, answers = [], []
    for number in range(count):
        began = time.perf_counter()
        answers.append(ask(number))
        taken.append(1000 * (time.perf_counter() - began))
    return float(np.percentile(taken, 50)), float(np.percentile(taken, 95)), answers


def asking(store: FaissStore, queries: Vectors, k: int, allowed: Filter) -> Callable[[int], Keys]:
    """Return what searches a store for the n-th query and answers with the keys."""
    return lambda number: store.search(queries[number], k, allowed)[0]


def own_mib() -> float:
    """Return the memory that is this process's own now, in MiB: files mapped into it are not counted."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon:")).split()[1]) / 1024


def filters(keys: Keys) -> dict[str, tuple[int, Filter]]:
    """Return the searches that are measured: how many results, and among which keys."""
    drawn = np.random.default_rng(SEED).random(len(keys))
    return {"10": (10, None), "deep": (DEEP, keys[drawn < SCOPE]), "narrow": (10, keys[drawn < NARROW])}


def store_built(real: Originals, passages: int, folder: Path) -> Measured:
    """Build the store that the product picks, and an exact one to compare it with."""
    count = int(real.windows[templates(real, passages, SEED)].sum())
    made, queries = vectors(real, count, SEED), vectors(real, QUERIES, SEED + 1)
    keys = np.random.default_rng(SEED).permutation(np.arange(count, dtype=np.int64) * 2**40 + 1)
    measured: Measured = {"windows": count}
    began = time.perf_counter()
    exact = FaissStore.build(keys, made, exact_up_to=count)
    measured["flat_build_s"] = time.perf_counter() - began
    for name, (k, allowed) in filters(keys).items():
        measured[f"flat_{name}_p50"], _, found = timed(asking(exact, queries, k, allowed), QUERIES)
        np.save(folder / f"exact-{name}.npy", np.stack(found))
    del exact
    began = time.perf_counter()
    store = FaissStore.build(keys, made)
    measured["build_s"] = time.perf_counter() - began
    store.save(folder / "vectors.faiss")
    np.save(folder / "keys.npy", keys)
    np.save(folder / "queries.npy", queries)
    return {**measured, "engine": store.engine, "file_mib": (folder / "vectors.faiss").stat().st_size / 2**20}


def store_served(real: Originals, passages: int, folder: Path) -> Measured:
    """Open the store and search it: times, and recall against the exact one."""
    del real, passages
    keys, queries = np.load(folder / "keys.npy"), np.load(folder / "queries.npy")
    before, began = own_mib(), time.perf_counter()
    store = FaissStore.open(folder / "vectors.faiss")
    measured: Measured = {"load_s": time.perf_counter() - began}
    for name, (k, allowed) in filters(keys).items():
        p50, p95, found = timed(asking(store, queries, k, allowed), QUERIES)
        measured[f"{name}_p50"], measured[f"{name}_p95"] = p50, p95
        exact = np.load(folder / f"exact-{name}.npy")
        shares = [np.isin(right, got).mean() for right, got in zip(exact, found, strict=True)]
        measured[f"recall_{name}"] = float(np.mean(shares))
    return {**measured, "own_mib": own_mib() - before}


def words_built(real: Originals, passages: int, folder: Path) -> Measured:
    """Build the word index."""
    made = texts(real, templates(real, passages, SEED), SEED)
    began = time.perf_counter()
    lexical = LexicalIndex.build(made)
    measured: Measured = {"build_s": time.perf_counter() - began}
    lexical.save(folder / "lexical")
    size = sum(path.stat().st_size for path in (folder / "lexical").iterdir())
    return {**measured, "file_mib": size / 2**20}


def words_served(real: Originals, passages: int, folder: Path) -> Measured:
    """Open the word index and score all passages for sentences of the corpus."""
    del passages
    chosen = np.random.default_rng(SEED).integers(len(real.sentences), size=QUERIES)
    before, began = own_mib(), time.perf_counter()
    lexical = LexicalIndex.open(folder / "lexical")
    measured: Measured = {"load_s": time.perf_counter() - began}
    measured["p50"], measured["p95"], _ = timed(lambda n: lexical.shares(real.sentences[chosen[n]]), QUERIES)
    return {**measured, "own_mib": own_mib() - before}


def pooled_served(real: Originals, passages: int, folder: Path) -> Measured:
    """Compare a query's pooled vector with that of every passage."""
    del folder
    before = own_mib()
    pooled = PooledIndex(vectors(real, passages, SEED), np.ones(passages, dtype=np.bool_))
    queries = vectors(real, QUERIES, SEED + 1)
    p50, p95, _ = timed(lambda n: pooled.scores(queries[n]), QUERIES)
    return {"p50": p50, "p95": p95, "own_mib": own_mib() - before}


def tokens_served(real: Originals, passages: int, folder: Path) -> Measured:
    """Open a token store of this many windows and score as many of them as a search has candidates.

    The windows are real ones, repeated. On disk only the vectors of those that are scored are written, the rest of that
    file is left empty.
    """
    source, place = real.tokens, folder / "tokens"
    place.mkdir()
    numbers = np.random.default_rng(SEED)
    bounds = np.load(source / "bounds.npy")
    like = numbers.integers(len(bounds) - 1, size=passages)
    ends = np.concatenate([[0], np.cumsum(np.diff(bounds)[like])])
    np.save(place / "bounds.npy", ends)
    shutil.copy(source / "stop.npy", place)
    tokens = np.repeat(bounds[like] - ends[:-1], np.diff(ends)) + np.arange(ends[-1])
    for path in source.glob("*.npy"):  # whatever else is kept has a row a token
        if path.stem not in {"bounds", "stop", "codes"}:
            np.save(place / path.name, np.load(path)[tokens])
    known = np.load(source / "codes.npy")
    shape = (int(ends[-1]), known.shape[1])
    codes = np.lib.format.open_memmap(place / "codes.npy", mode="w+", dtype=known.dtype, shape=shape)
    candidates = numbers.integers(passages, size=(QUERIES, CANDIDATES))
    for number in np.unique(candidates).tolist():
        codes[ends[number] : ends[number + 1]] = known[tokens[ends[number] : ends[number + 1]]]
    codes.flush()
    del codes, tokens
    before, began = own_mib(), time.perf_counter()
    opened = TokenIndex.open(place)
    load_s = time.perf_counter() - began
    ids = np.load(source / "ids.npy")
    queries = [_query(ids[number:], shape[1], numbers) for number in range(QUERIES)]
    p50, p95, _ = timed(lambda n: opened.scores([queries[n]], candidates[n]), QUERIES)
    size = sum(path.stat().st_size for path in place.iterdir())
    return {"load_s": load_s, "p50": p50, "p95": p95, "file_mib": size / 2**20, "own_mib": own_mib() - before}


def _query(ids: npt.NDArray[np.int32], dimension: int, numbers: np.random.Generator) -> Encoding:
    """Return a query of `QUERY_TOKENS` tokens; what they are makes no difference to the time."""
    made: Vectors = unit(numbers.standard_normal((QUERY_TOKENS, dimension)).astype(np.float32))
    return Encoding(made[0], ids[:QUERY_TOKENS], made)


PHASES: dict[str, Callable[[Originals, int, Path], Measured]] = {
    "store_built": store_built,
    "store_served": store_served,
    "words_built": words_built,
    "words_served": words_served,
    "pooled": pooled_served,
    "tokens": tokens_served,
}


def main(arguments: Sequence[str]) -> None:
    """Run one phase and print what was measured."""
    phase, passages, folder = arguments
    real = real_passages(settings().index, load_corpus(settings().corpus))
    measured = PHASES[phase](real, int(passages), Path(folder))
    print(json.dumps({**measured, "peak_mib": peak_mib()}))


if __name__ == "__main__":
    main(sys.argv[1:])
