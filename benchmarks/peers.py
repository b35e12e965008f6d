"""Our search beside other engines: the same passages, weights, cores and queries, in one run.

    python -m benchmarks.peers QUERIES QRELS [QUERIES QRELS …] [--json FILE]

Each engine builds in one process and serves in another (`benchmarks.engines`), so that its memory and its start are its
own. Judged is what a search without filters looks at: what regions said, without procedural paragraphs. The measure is
that of `drafting evaluate`. txtai is not among what the product needs: requirements-bench.txt brings it.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.engines import ENGINES
from corpus import load_corpus
from corpus.settings import settings
from index.evaluate import JudgedQuery, measured, read_judged
from index.scope import Scope
from index.sentence_encoder import bundled_model

ROOT = Path(__file__).resolve().parent.parent
INSTALL = "python3 -m venv .venv-bench && .venv-bench/bin/pip install -r requirements-bench.txt"
COLUMNS = "engine,nDCG@10,build s,load s,p50 ms,p95 ms,encode p50 ms,p50 / encode,build MiB,serve MiB".split(",")
MOST_OF_ENCODING = 1.5  # what our p50 may be, in encodings of the query


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one engine.

    Attributes:
        engine: Its name.
        ndcg: nDCG@10, mean over the judged queries.
        build_s: Seconds to build, imports and loading of the model included.
        load_s: Seconds from the process's first line to ready, imports and loading of the model included.
        p50: Milliseconds of a query, text to ids: median.
        p95: The same, of the slowest twentieth the fastest.
        encode_p50: Milliseconds of encoding a query alone, median.
        build_mib: Most memory of the process that built.
        serve_mib: Most memory of the process that answered.
    """

    engine: str
    ndcg: float
    build_s: float
    load_s: float
    p50: float
    p95: float
    encode_p50: float
    build_mib: float
    serve_mib: float


def missing(engines: Sequence[str]) -> str:
    """Return what to install before these engines can be measured; empty when all is there."""
    if any(name.startswith("txtai") for name in engines) and importlib.util.find_spec("txtai") is None:
        return (
            f"txtai is not installed in this environment. Run `{INSTALL}` and then this command with "
            ".venv-bench/bin/python, or name the engines to measure with --engines."
        )
    return ""


def row_of(name: str, built: dict[str, Any], served: dict[str, Any], judged: Sequence[JudgedQuery]) -> Row:
    """Return what the two phases of an engine amount to.

    Args:
        name: The engine.
        built: What its build measured.
        served: What its answers are and took, one a query.
        judged: The queries.
    """
    ranked = dict(zip((query.id for query in judged), served["answers"], strict=True))
    found = [measures["nDCG@10"] for measures in measured(judged, ranked).values()]
    return Row(
        engine=name,
        ndcg=float(np.mean(found)),
        build_s=built["seconds"],
        load_s=served["seconds"],
        p50=float(np.percentile(served["search_ms"], 50)),
        p95=float(np.percentile(served["search_ms"], 95)),
        encode_p50=float(np.percentile(served["encode_ms"], 50)),
        build_mib=built["peak_mib"],
        serve_mib=served["peak_mib"],
    )


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for a README."""
    lines = [
        f"| {' | '.join(COLUMNS)} |",
        f"| --- |{' ---: |' * (len(COLUMNS) - 1)}",
    ]
    for row in rows:
        encodes = row.engine != "bm25s"
        lines.append(
            f"| {row.engine} | {row.ndcg:.4f} | {row.build_s:.1f} | {row.load_s:.2f} | {row.p50:.2f} | {row.p95:.2f} | "
            + (f"{row.encode_p50:.2f} | {row.p50 / row.encode_p50:.2f}" if encodes else "– | –")
            + f" | {row.build_mib:.0f} | {row.serve_mib:.0f} |"
        )
    return "\n".join(lines)


def verdict(rows: Sequence[Row]) -> list[str]:
    """Return what the rows say of ours: against each of the others, and against the encoding alone."""
    ours = next((row for row in rows if row.engine == "ours"), None)
    if ours is None:
        return []
    ratio = ours.p50 / ours.encode_p50
    return [
        *(
            f"nDCG@10 of ours {ours.ndcg - row.ndcg:+.4f} against {row.engine}"
            + ("" if ours.ndcg > row.ndcg else ": NOT AHEAD")
            for row in rows
            if row is not ours
        ),
        f"p50 of ours is {ratio:.2f} times the encoding alone"
        + ("" if ratio <= MOST_OF_ENCODING else f": MORE THAN {MOST_OF_ENCODING}"),
    ]


def run(phase: str, name: str, folder: Path, cores: int) -> dict[str, Any]:
    """Run one phase of an engine in a process of its own and return what it measured."""
    environment = {
        **os.environ,
        "OMP_NUM_THREADS": str(cores),
        "OMP_WAIT_POLICY": "PASSIVE",  # the product sets it for itself; the others are not to be worse off
        "TOKENIZERS_PARALLELISM": "false",
        "HF_HUB_OFFLINE": "1",
    }
    command = [sys.executable, "-m", "benchmarks.engines", phase, name, str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{name} could not {phase}:\n{done.stderr[-3000:]}")
    written = folder / f"{name.replace(' ', '-')}-{phase}.json"
    found: dict[str, Any] = json.loads(written.read_text(encoding="utf-8"))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path, metavar="QUERIES QRELS", help="pairs of files, JSON lines")
    parser.add_argument(
        "--engines", nargs="+", choices=list(ENGINES), default=list(ENGINES), help="measure these alone"
    )
    parser.add_argument("--cores", type=int, default=2, help="cores and threads of every engine")
    parser.add_argument("--json", type=Path, help="where to write the rows")
    options = parser.parse_args(arguments)
    if len(options.files) % 2:
        parser.error("give a qrels file after every file of queries")
    if lacking := missing(options.engines):
        parser.error(lacking)
    files = options.files
    judged = [query for pair in zip(files[::2], files[1::2], strict=True) for query in read_judged(*pair)]
    corpus = load_corpus(settings().corpus)
    searched = [passage for passage, inside in zip(corpus.passages, Scope().mask(corpus), strict=True) if inside]
    rows = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        passages = [{"id": passage.id, "text": passage.text} for passage in searched]
        (folder / "passages.json").write_text(json.dumps(passages), encoding="utf-8")
        (folder / "queries.json").write_text(json.dumps([query.text for query in judged]), encoding="utf-8")
        (folder / "model.txt").write_text(str(bundled_model()), encoding="utf-8")
        for name in options.engines:
            print(f"{name} …", file=sys.stderr, flush=True)
            built, served = (run(phase, name, folder, options.cores) for phase in ("build", "serve"))
            rows.append(row_of(name, built, served, judged))
    print(f"{len(searched)} passages, {len(judged)} queries, {options.cores} cores, {platform.machine()}\n")
    print(table(rows))
    print("\n" + "\n".join(verdict(rows)))
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
