"""The check of a draft as the outline shows it: findings by severity, each with where it jumps to and what fixes it.

Pure: from a draft to plain data, and from a finding that was clicked back to its fix. The rules are `drafting.lint`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from corpus.errors import DraftError
from drafting.lint import RULES, Finding, Severity, lint
from drafting.masthead import FIELDS
from drafting.model import Draft
from drafting.numbering import Numbering
from drafting.operations import designation

_ABOUT = {rule.id: rule.about for rule in RULES}
_TITLES = {Severity.ERROR: "Errors", Severity.WARNING: "Warnings", Severity.NOTE: "Notes"}
_FIELDS = {field.name: field.label for field in FIELDS}


def checks_payload(draft: Draft) -> dict[str, Any]:
    """Return what the check found.

    Returns:
        ``label`` for the button, and ``groups`` from the gravest: title, and findings with key, clause, place in the
        text as it is shown, sentence and the label of the fix (empty without one).
    """
    found, numbering = findings(draft), Numbering(draft)
    texts = {clause.id: clause.text for clause in draft.clauses}
    texts |= {other.id: other.text for clause in draft.clauses for other in clause.alternatives}
    groups = [(severity, [each for each in found if each.severity is severity]) for severity in Severity]
    return {
        "label": "; ".join(_counted(severity, len(each)) for severity, each in groups if each) or "nothing found",
        "graver": any(each.severity is not Severity.NOTE for each in found),
        "groups": [
            {
                "severity": severity.value,
                "title": f"{_TITLES[severity]} ({len(each)})",
                "findings": [_finding(one, draft, numbering, texts) for one in each],
            }
            for severity, each in groups
            if each
        ],
    }


@lru_cache(maxsize=16)  # a page is drawn more often than its draft changes
def findings(draft: Draft) -> tuple[Finding, ...]:
    """Return the findings of every rule in a draft."""
    return lint(draft)


def fix_named(draft: Draft, key: str) -> tuple[Draft, str]:
    """Return the draft with what a finding offers done, and what was done, for the summary of the revision.

    Raises:
        DraftError: There is no such finding any more, or it has no fix.
    """
    for finding in findings(draft):
        if finding.key == key and finding.fix:
            place = f" in {designation(draft, finding.clause_id)}" if finding.clause_id else ""
            return finding.fix.apply(draft), f"{finding.fix.label}{place}"
    raise DraftError("What was found there is no longer so.", "Look at the check as it is now.")


def _counted(severity: Severity, count: int) -> str:
    return f"{count} {severity.value}{'s' * (count != 1)}"


def _finding(finding: Finding, draft: Draft, numbering: Numbering, texts: dict[str, str]) -> dict[str, Any]:
    text = texts.get(finding.alternative_id or finding.clause_id, "")
    start, end = (
        numbering.shown_offset(text, finding.clause_id, place) for place in (finding.span.start, finding.span.end)
    )
    name = designation(draft, finding.clause_id) if finding.clause_id else _FIELDS[finding.field]
    return {
        "key": finding.key,
        "id": finding.clause_id,
        "alternative": finding.alternative_id,
        "field": finding.field,
        "name": f"{name[:1].upper()}{name[1:]}{', alternative' * bool(finding.alternative_id)}",
        "about": _ABOUT[finding.rule],
        "sentence": finding.sentence,
        "start": start,
        "end": end,
        "fix": finding.fix.label if finding.fix else "",
    }
