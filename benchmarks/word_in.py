"""How long a Word file takes to come back: drafts of 10, 100 and 1,000 clauses, edited in every tenth clause.

    .venv/bin/python benchmarks/word_in.py [--runs 5]

A line a size: to read the file, to compare it with the draft, to carry all edits out, each the least of all runs; then
what a clause costs, which stays the same when time grows with the number of clauses and no faster. The second table is
of files that lost every bookmark, so that clauses are found by their words.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from drafting.model import Citation, Clause, ClauseKind, Draft
from drafting.word import docx_bytes
from drafting.word.incoming import propose, read_file

SIZES = (10, 100, 1000)
SUBJECTS = ("police", "courts", "prisons", "victims", "witnesses", "judges", "prosecutors", "data", "borders", "youth")
_Made = TypeVar("_Made")


def draft_of(count: int) -> Draft:
    """Return a draft with notes, references and subparagraphs; no two clauses say the same."""
    clauses = []
    for at in range(count):
        text = (
            f"We urge States to act on {SUBJECTS[at % 10]} in matter {at}, taking account of paragraph {at * 7} of it"
        )
        if at % 5 == 0:
            text += f":\n(a) By first means {at}\n(b) By second means {at}"
        if at:
            text = f"As {{¶c{at - 1}}} says, {text}"
        cited = Citation(f"A/1#{at}", "A/CONF.234/RPM.2/1", f"para. {at}", "Africa", 14, "recommended", "", "")
        clauses.append(Clause(f"c{at}", ClauseKind.OPERATIVE, text, (cited,)))
    return Draft("benchmark", clauses=tuple(clauses))


def edited(data: bytes, *, bookmarks: bool) -> bytes:
    """Return the file with a word changed in every tenth clause."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                text = re.sub(r"(on police in matter \d+)", r"\1 at once", content.decode())
                content = (text if bookmarks else re.sub(r"<w:bookmark[^>]*>", "", text)).encode()
            new.writestr(name, content)
    return made.getvalue()


def least(runs: int, work: Callable[[], _Made]) -> tuple[float, _Made]:
    """Return the least time of some runs, in seconds, and what the last one made."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        made = work()
        times.append(time.perf_counter() - start)
    return min(times), made


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    for bookmarks in (True, False):
        print("with bookmarks" if bookmarks else "without bookmarks")
        print(f"{'clauses':>8} {'edits':>6} {'read':>8} {'compare':>8} {'apply':>8} {'a clause':>9}")
        for size in SIZES:
            draft = draft_of(size)
            data = edited(docx_bytes(draft)[0], bookmarks=bookmarks)
            reading, file = least(runs, lambda data=data: read_file(data))  # type: ignore[misc]
            comparing, proposal = least(runs, lambda file=file, draft=draft: propose(file, draft, draft))  # type: ignore[misc]
            applying, _ = least(runs, lambda p=proposal, draft=draft: p.apply(draft, p.approvable))  # type: ignore[misc]
            total = reading + comparing + applying
            print(
                f"{size:>8} {len(proposal.edits):>6} {reading * 1000:>5.0f} ms {comparing * 1000:>5.0f} ms "
                f"{applying * 1000:>5.1f} ms {total / size * 1000:>6.2f} ms"
            )


if __name__ == "__main__":
    main()
