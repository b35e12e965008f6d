"""Clauses that keep to a passage beside clauses that go beyond every report.

Judged queries hold few clauses that a report's words speak for and its meaning against: "restorative justice should be
forbidden". A model that saw none of them claims support for most. Each line of ``contrast.tsv`` has a passage, a clause
that says what it says, and one on its subject that no report backs, even in part: the contrary, or a ban, a levy, a
world court, a deadline that nobody asked for. They were written from the passages by one hand, to learn from: nothing
that is said of judged queries is measured on them. Of a faithful clause it is known that its passage backs it; which
others do, nobody judged.

Nothing learns from two more files of the kind, by seven other hands, so that they say what such clauses still get. In
``turned.tsv`` the two clauses of a line are of one length and differ in as few words as can be; in ``blunt.tsv`` they
are in everyday words, and anybody sees which of them no report backs.
"""

from __future__ import annotations

import csv
from pathlib import Path

from index.evaluate import JudgedQuery

LEARNED = ("faithful", "overstated")
UNLEARNED = {"turned.tsv": ("kept", "turned"), "blunt.tsv": ("plain and faithful", "blunt")}
PAIRS = (
    LEARNED,
    *UNLEARNED.values(),
)  # kinds of clauses: one that keeps to a passage, one that goes beyond every report
NOT_JUDGED = -1  # grade of a passage of which nobody said whether it backs a clause


def contrast() -> tuple[JudgedQuery, ...]:
    """Return the clauses to learn from, each pair side by side; the first has its passage as the only grade."""
    return _pairs("contrast.tsv", *LEARNED)


def contrast_unlearned() -> tuple[JudgedQuery, ...]:
    """Return the clauses to measure on, likewise."""
    return tuple(clause for name, kinds in UNLEARNED.items() for clause in _pairs(name, *kinds))


def is_contrast(query: JudgedQuery) -> bool:
    """Return whether a query is one of these, and not a judged one."""
    return any(query.kind in pair for pair in PAIRS)


def is_faithful(query: JudgedQuery) -> bool:
    """Return whether a query is one of those that keep to a passage."""
    return any(query.kind == faithful for faithful, _ in PAIRS)


def grade(query: JudgedQuery, passage_id: str) -> int:
    """Return the grade of a passage, `NOT_JUDGED` when there is none."""
    return query.grades.get(passage_id, NOT_JUDGED if is_faithful(query) else 0)


def _pairs(name: str, faithful: str, overstated: str) -> tuple[JudgedQuery, ...]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        clause
        for number, row in enumerate(rows)
        for clause in (
            JudgedQuery(f"{faithful}{number:03}", faithful, row["faithful"], {row["passage"]: 3}),
            JudgedQuery(f"{overstated}{number:03}", overstated, row["overstated"], {}),
        )
    )
