"""Words by which a clause asks for more than its subject: money, compulsion, prohibition, a body or a time limit.

Two texts on one subject can differ by one such word: "publish" or "keep", "encouraged" or "obliged". Where a passage
doesn't mention what a clause demands, it is no support. A general vocabulary, by stem; nothing here knows the subjects
of the reports.
"""

from __future__ import annotations

from index.words import every_stem

MONEY = every_stem(
    """pay pays paid paying levy levies tax taxes fee fees fine fines cost costs budget budgets percentage percent cent
    finance financed finances fund funded compensate compensation subsidy"""
)
COMPULSION = every_stem(
    """mandatory compulsory binding oblige obliges obliged obligation require requires required force forced impose
    imposes imposed compel must automatic automatically immediate immediately permanent permanently minimum maximum
    fixed exclusive exclusively"""
)
PROHIBITION = every_stem(
    """ban bans banned prohibit prohibits forbid forbids forbidden outlaw abolish abolishes abolition repeal withdraw
    withdraws suspend suspends expel exclude excluded deny denied denies refuse refuses refused reject rejects oppose
    blacklist sanction sanctions penalty penalties punish punished withhold cease stop"""
)
BODY = every_stem(
    """court tribunal jurisdiction council treaty protocol agency authority body commission military adult inspect
    inspectors inspection publish published publishes register deadline year years annual annually months days"""
)
DEMANDS = (MONEY, COMPULSION, PROHIBITION, BODY)


def unmentioned(clause: frozenset[str], passage: frozenset[str]) -> tuple[int, ...]:
    """Return how many words of each sort a clause demands that a passage doesn't mention.

    Args:
        clause: Stems of the clause, stop words included.
        passage: Stems of the passage and its chapeau.
    """
    return tuple(len((clause & sort) - passage) for sort in DEMANDS)
