"""What a drafter should look at in a draft: every rule in one list, each finding with its place and, where safe, a fix.

A rule is a small function from a draft to findings, and is registered here once. This package reads drafts alone: not
the corpus, not the model, no screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from drafting.lint.finding import Finding, Fix, Rule, Severity
from drafting.lint.reading import Reading
from drafting.lint.source_rules import SOURCE_RULES
from drafting.lint.structure_rules import STRUCTURE_RULES
from drafting.lint.wording_rules import WORDING_RULES

if TYPE_CHECKING:
    from drafting.model import Draft

__all__ = ["RULES", "Finding", "Fix", "Rule", "Severity", "lint"]

RULES: tuple[Rule, ...] = (*WORDING_RULES, *STRUCTURE_RULES, *SOURCE_RULES)
"""Every rule, in the order in which their findings at one place are given."""


def lint(draft: Draft, rules: tuple[Rule, ...] = RULES) -> tuple[Finding, ...]:
    """Return the findings of rules in the order of the draft: the masthead first, then clause by clause.

    Args:
        draft: The draft.
        rules: The rules to apply.
    """
    reading = Reading(draft)
    found = [finding for rule in rules for finding in rule.check(reading)]
    places = {clause.id: at for at, clause in enumerate(draft.clauses)}
    return tuple(sorted(found, key=lambda finding: (places.get(finding.clause_id, -1), finding.alternative_id)))
