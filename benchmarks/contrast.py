"""Clauses that keep to a passage beside clauses that go beyond every report, to learn from and never to measure on.

Judged queries hold few clauses that a report's words speak for and its meaning against: "restorative justice should be
forbidden". A model that saw none of them claims support for most. Each line of ``contrast.tsv`` has a passage, a clause
that says what it says, and one on its subject that no report backs, even in part: the contrary, or a ban, a levy, a
world court, a deadline that nobody asked for. They were written for this purpose from the passages by one hand. That
is why nothing that is said of judged queries is measured on them. Of a faithful clause it is known that its passage
backs it; which others do, nobody judged.
"""

from __future__ import annotations

import csv
from pathlib import Path

from index.evaluate import JudgedQuery

FAITHFUL, OVERSTATED = "faithful", "overstated"
NOT_JUDGED = -1  # grade of a passage of which nobody said whether it backs a clause
_FILE = Path(__file__).with_name("contrast.tsv")


def contrast() -> tuple[JudgedQuery, ...]:
    """Return the clauses, each pair side by side; the first of them has its passage as the only grade."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        clause
        for number, row in enumerate(rows)
        for clause in (
            JudgedQuery(f"faithful{number:03}", FAITHFUL, row["faithful"], {row["passage"]: 3}),
            JudgedQuery(f"overstated{number:03}", OVERSTATED, row["overstated"], {}),
        )
    )


def is_contrast(query: JudgedQuery) -> bool:
    """Return whether a query is one of these, and not a judged one."""
    return query.kind in (FAITHFUL, OVERSTATED)


def grade(query: JudgedQuery, passage_id: str) -> int:
    """Return the grade of a passage, `NOT_JUDGED` when there is none."""
    return query.grades.get(passage_id, NOT_JUDGED if query.kind == FAITHFUL else 0)
