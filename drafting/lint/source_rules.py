"""Rules about what a clause rests on: no source at all, or one whose standing a drafter should be aware of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.model import Standing
from corpus.voices import MEETING, UNATTRIBUTED
from drafting.lint.finding import Finding, Rule, Severity
from drafting.model import Citation, ClauseKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafting.lint.reading import Reading

_WEAK_STANDINGS = {
    Standing.NOT_NEGOTIATED: "not negotiated",
    Standing.DISCUSSION: "a summary of discussion",
    Standing.PROPOSAL: "a proposal",
    Standing.GUIDE: "the discussion guide, which speaks for no region",
}
_BODIES = (
    MEETING,
    "the General Assembly",
    "the Economic and Social Council",
    "the Security Council",
    "the Commission on Crime Prevention and Criminal Justice",
    "",  # of a draft made before voices were kept
)


def _no_source(reading: Reading) -> Iterator[Finding]:
    """Yield clauses that cite nothing."""
    for clause in reading.draft.clauses:
        if clause.kind is not ClauseKind.HEADING and not clause.citations:
            sentence = "This clause cites no source."
            yield Finding("no-source", Severity.WARNING, sentence, clause.id)


def _standing(reading: Reading) -> Iterator[Finding]:
    """Yield clauses that rest on a passage of weak standing or on the voice of some; graver when on nothing else."""
    for wording in reading.wordings:
        weak = [reason for citation in wording.citations if (reason := _caution(citation))]
        if weak and not wording.is_heading:
            alone = len(weak) == len(wording.citations)
            sentence = f"{'It rests on' if alone else 'It also rests on'} {'; '.join(weak)}."
            yield wording.finding("standing", Severity.WARNING if alone else Severity.NOTE, sentence)


def _caution(citation: Citation) -> str:
    """Return what to be aware of in a citation, as words after "rests on"; empty when there is nothing."""
    reasons = [words for standing, words in _WEAK_STANDINGS.items() if citation.standing == standing.value]
    if citation.voice == UNATTRIBUTED:
        reasons.append("said by nobody who is named")
    elif citation.voice not in _BODIES and citation.standing != Standing.GUIDE.value:
        reasons.append(f"said by {citation.voice}")
    return f"{citation.cite()} ({', '.join(reasons)})" if reasons else ""


SOURCE_RULES = (
    Rule("no-source", "Clauses without a source", _no_source),
    Rule("standing", "Sources to be aware of", _standing),
)
