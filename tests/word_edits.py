"""Two versions of a draft with every kind of change between them, for the tests that track changes."""

from __future__ import annotations

from dataclasses import replace

from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead

P, O, H = ClauseKind.PREAMBULAR, ClauseKind.OPERATIVE, ClauseKind.HEADING  # noqa: E741


def citation(at: int) -> Citation:
    symbol = "A/CONF.234/RPM.2/1"
    return Citation(f"{symbol}#{at}", symbol, f"para. {at}", "Africa", 14, "recommended", "the meeting", f"Quote {at}.")


def cited(*places: int) -> tuple[Citation, ...]:
    return tuple(citation(at) for at in places)


BEFORE = Draft(
    "d",
    masthead=Masthead(place="Kyoto, Japan", agenda_items=("Item 3",)),
    clauses=(
        Clause("p1", P, "Recalling the one", cited(1)),
        Clause("p2", P, "Noting:\n(a) first\n(b) second", cited(2, 3)),
        Clause("p3", P, "Aware of what becomes operative"),
        Clause("h1", H, "Part one"),
        Clause("o1", O, "We invite States to act", cited(4, 5)),
        Clause("o2", O, "We urge all, as in {¶o5}:\n(a) to do one\n(b) to do two\n(i) deep\n(c) to do three", cited(6)),
        Clause("o3", O, "We shall go entirely:\n(a) with this", cited(7)),
        Clause("h2", H, "Part two, which goes"),
        Clause("o4", O, "We shall move down, as {¶o1} has it", cited(8)),
        Clause("o5", O, "We stay here", cited(9)),
        Clause("o6", O, "We stay too, noting {¶o1} and {¶o4}", cited(10), proposer="Japan"),
        Clause("o7", O, "We have alternatives", alternatives=(Alternative("a1", "We [had] one", "Chile", cited(30)),)),
        Clause("o8", O, "We end and go", cited(11)),
    ),
)
_held = {clause.id: clause for clause in BEFORE.clauses}
AFTER = replace(
    BEFORE,
    title="Draft Doha declaration",
    masthead=replace(
        BEFORE.masthead, place="Doha", dates="2026", distribution_date="9 March", agenda_items=("Item 3 (c)", "Item 4")
    ),
    clauses=(
        replace(_held["p1"], citations=cited(1, 31)),
        Clause("p9", P, "Mindful 🙂 of مرحبا \x00matters", cited(20)),
        replace(_held["p2"], text="Noting with concern:\n(a) first\n(b) new second\n(c) third", citations=cited(3)),
        _held["h1"],
        Clause("o10", O, "We are wholly new:\n(a) one\n(b) two", cited(21)),
        replace(_held["o1"], text="We urge States to act now?", citations=cited(4, 22, 5)),
        replace(_held["o2"], text="We urge all, as in {¶o5}:\n(a) to do one\n(b) to do three"),
        replace(_held["p3"], kind=O, text="We are aware of what became operative"),
        _held["o5"],
        replace(_held["o6"], citations=(), state=ClauseState.AGREED, proposer=""),
        Clause("h3", H, "Part three, which comes"),
        replace(_held["o4"], text="We shall move down below, as {¶o1} has it"),
        replace(
            _held["o7"],
            alternatives=(Alternative("a1", "We [have] one", "Chile"), Alternative("a2", "We have two:\n(a) now")),
        ),
        Clause("o9", O, "We are the last new one", cited(23)),
    ),
)
