"""How building, memory, time and recall grow with the number of passages, up to a million synthetic ones.

    python -m benchmarks.scale [--passages 10000 100000 1000000] [--json FILE]

The passages are made from the real ones (`benchmarks.synthetic`), so the index must have been built. What is measured
of each part of a search is in `benchmarks.scale_phases`; encoding the query costs the same at every size. The times of
one part are of one thread.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PHASES = ("store_built", "store_served", "words_built", "words_served", "pooled", "tokens")
# Lines of the table: what it says, the phase, the name of the figure there, and how it is written.
LINES = (
    ("windows", "store_built", "windows", ",.0f"),
    ("vector index", "store_built", "engine", "s"),
    ("vectors: build s", "store_built", "build_s", ".1f"),
    ("vectors: build peak MiB", "store_built", "peak_mib", ",.0f"),
    ("vectors: file MiB", "store_built", "file_mib", ",.0f"),
    ("vectors: open s", "store_served", "load_s", ".2f"),
    ("vectors: own memory MiB", "store_served", "own_mib", ",.0f"),
    ("best 10: p50 ms", "store_served", "10_p50", ".2f"),
    ("best 10: p95 ms", "store_served", "10_p95", ".2f"),
    ("best 10: p50 ms, flat", "store_built", "flat_10_p50", ".2f"),
    ("best 10: recall", "store_served", "recall_10", ".4f"),
    ("best 10 of 1 %: p50 ms", "store_served", "narrow_p50", ".2f"),
    ("best 10 of 1 %: p50 ms, flat", "store_built", "flat_narrow_p50", ".2f"),
    ("best 10 of 1 %: recall", "store_served", "recall_narrow", ".4f"),
    ("best 4,096 of 60 %: p50 ms", "store_served", "deep_p50", ".2f"),
    ("best 4,096 of 60 %: p50 ms, flat", "store_built", "flat_deep_p50", ".2f"),
    ("best 4,096 of 60 %: recall", "store_served", "recall_deep", ".4f"),
    ("words: build s", "words_built", "build_s", ".1f"),
    ("words: build peak MiB", "words_built", "peak_mib", ",.0f"),
    ("words: file MiB", "words_built", "file_mib", ",.0f"),
    ("words: open s", "words_served", "load_s", ".2f"),
    ("words: own memory MiB", "words_served", "own_mib", ",.0f"),
    ("words: p50 ms", "words_served", "p50", ".2f"),
    ("words: p95 ms", "words_served", "p95", ".2f"),
    ("pooled: p50 ms", "pooled", "p50", ".2f"),
    ("pooled: own memory MiB", "pooled", "own_mib", ",.0f"),
    ("tokens of 100 candidates: p50 ms", "tokens", "p50", ".2f"),
    ("tokens: open s", "tokens", "load_s", ".2f"),
    ("tokens: own memory MiB", "tokens", "own_mib", ",.0f"),
    ("tokens: file MiB", "tokens", "file_mib", ",.0f"),
)


def measure(passages: int) -> dict[str, dict[str, Any]]:
    """Return what every phase measured at a number of passages."""
    found: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for phase in PHASES:
            print(f"{passages:,}: {phase} …", file=sys.stderr, flush=True)
            command = [sys.executable, "-m", "benchmarks.scale_phases", phase, str(passages), folder]
            environment = {**os.environ, "OMP_NUM_THREADS": "1"}
            done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
            if done.returncode:
                raise SystemExit(f"{phase} at {passages:,} passages failed:\n{done.stderr[-3000:]}")
            found[phase] = json.loads(done.stdout)
    return found


def table(found: dict[int, dict[str, dict[str, Any]]]) -> str:
    """Return the figures as a table for a README, a column a number of passages."""
    lines = [
        "| " + " | ".join(["passages", *(f"{size:,}" for size in found)]) + " |",
        "| --- " + "| ---: " * len(found) + "|",
    ]
    for name, phase, figure, form in LINES:
        lines.append(f"| {name} | " + " | ".join(format(each[phase][figure], form) for each in found.values()) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__.splitlines()[0])
    parser.add_argument("--passages", nargs="+", type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--json", type=Path, help="where to write all figures")
    options = parser.parse_args(arguments)
    found = {}
    for size in options.passages:
        found[size] = measure(size)
        if options.json:  # after every size: the largest takes longer than all the others
            options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(table(found))


if __name__ == "__main__":
    main()
