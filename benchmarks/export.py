"""How long the Word file of 10, 100 and 1,000 clauses takes, plain and with everything in it.

    .venv/bin/python benchmarks/export.py [--runs 3]

Each clause cites two of twenty documents; every third was reworded since the version that changes are tracked from.
Times are those of the processor, so that other programs count little; the fastest run of each counts.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from drafting.model import Citation, Clause, ClauseKind, Draft
from drafting.word import Copy, Since, docx_bytes

SIZES = (10, 100, 1000)
WORDS = "Member States to strengthen international cooperation in crime prevention and criminal justice, including by "


def draft_of(size: int) -> Draft:
    """Return a draft of some clauses with two sources each."""

    def cited(at: int) -> Citation:
        symbol = f"A/CONF.234/RPM.{at % 20}/1"
        return Citation(f"{symbol}#{at}", symbol, f"para. {at}", "Africa", 14, "recommended", "the meeting", WORDS * 2)

    clauses = (
        Clause(f"c{at}", ClauseKind.OPERATIVE, f"We urge {WORDS * 2} means {at}", (cited(at), cited(at + 1)), WORDS * 2)
        for at in range(size)
    )
    return Draft("d", clauses=tuple(clauses))


def main() -> None:
    """Measure and print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    best: dict[tuple[int, bool], float] = {}
    for _ in range(runs):
        for size in SIZES:
            before = draft_of(size)
            reworded = (
                replace(each, text=each.text.replace("strengthen", "promote")) if at % 3 == 0 else each
                for at, each in enumerate(before.clauses)
            )
            after = replace(before, clauses=tuple(reworded))
            since = Since(before, datetime(2026, 1, 1, tzinfo=UTC))
            for whole, copy in ((False, Copy(annex=False)), (True, Copy(annotated=True, since=since))):
                began = time.process_time()
                docx_bytes(after, copy=copy)
                taken = time.process_time() - began
                best[size, whole] = min(taken, best.get((size, whole), taken))
    for size in SIZES:
        plain, everything = best[size, False], best[size, True]
        print(
            f"{size:>5} clauses: {plain * 1000:7.0f} ms ({plain / size * 1000:5.2f} a clause), "
            f"with changes, comments and annex {everything * 1000:7.0f} ms ({everything / size * 1000:5.2f} a clause)"
        )


if __name__ == "__main__":
    main()
