"""From the start of a process to its first answer: the exported graph beside sentence-transformers, in one run.

    .venv/bin/python benchmarks/start.py [--runs 7]

The same command answers the same query from two copies of one index, with and without the model's graph in it; the
copies take turns, so that a busy machine slows both alike. Then both answer a batch of queries, and the shares of their
ten best hits that agree are averaged. The queries are the headings of the documents.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus import load_corpus  # noqa: E402 - the path is set above
from corpus.settings import settings  # noqa: E402


def run(index: Path, *arguments: str) -> str:
    """Return what a command prints with an index."""
    environment = {**os.environ, "RAPPORTEUR_INDEX": str(index), "HF_HUB_OFFLINE": "1"}
    command = [sys.executable, "-m", "drafting", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def top_ten(index: Path, queries: Path) -> list[set[str]]:
    """Return the ids of the ten best hits of each query."""
    printed = run(index, "search", "--queries", str(queries), "-k", "10", "--json")
    return [{hit["id"] for hit in json.loads(line)["hits"]} for line in printed.splitlines()]


def main() -> None:
    """Measure, and print the ratio and the agreement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        graph, library = Path(folder) / "graph", Path(folder) / "library"
        shutil.copytree(settings().index, graph)
        shutil.copytree(settings().index, library, ignore=shutil.ignore_patterns("models"))
        seconds: dict[Path, list[float]] = {graph: [], library: []}
        for _ in range(runs):
            for index, taken in seconds.items():
                began = time.perf_counter()
                run(index, "search", "strengthen international cooperation against cybercrime")
                taken.append(time.perf_counter() - began)
        first, second = (statistics.median(taken) for taken in seconds.values())
        print(
            f"graph {first:.2f} s, sentence-transformers {second:.2f} s (medians of {runs}): {second / first:.1f} times"
        )
        queries = Path(folder) / "queries.jsonl"
        headings = sorted(
            {passage.heading[-1] for passage in load_corpus(settings().corpus).passages if passage.heading}
        )
        lines = (json.dumps({"id": str(number), "text": text}) for number, text in enumerate(headings))
        queries.write_text("\n".join(lines), encoding="utf-8")
        pairs = list(zip(top_ten(graph, queries), top_ten(library, queries), strict=True))
        agreement = statistics.fmean(len(a & b) / max(len(a), 1) for a, b in pairs)
        print(f"top-10 agreement {agreement:.4f} over {len(pairs)} queries")


if __name__ == "__main__":
    main()
