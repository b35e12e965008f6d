"""What a rule finds: where, how grave, in which words, and what can be done about it with one click."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from corpus.model import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from drafting.lint.reading import Reading
    from drafting.model import Draft

WHOLE = Span(0, 0)
"""Place of a finding that means a clause as a whole."""


class Severity(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that is safe to make without reading on: it takes nothing away that a person wrote as words.

    Attributes:
        label: What it does, as a drafter would say it, such as ``Take out the double spaces``.
        apply: The change. It raises `corpus.errors.DraftError` when the draft is no longer as it was when it was read.
    """

    label: str
    apply: Callable[[Draft], Draft]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        rule: Id of the rule.
        severity: How much it weighs.
        sentence: What is the matter, as one sentence.
        clause_id: The clause to jump to; empty when it is a field of the masthead.
        span: Stretch of the stored text that is meant, in characters; empty at 0 when it is the clause as a whole.
        alternative_id: The alternative whose text is meant; empty for the text of the clause.
        field: The field of the masthead to jump to, by its name; empty when it is a clause.
        fix: What can be done about it; None when only a person can tell.
    """

    rule: str
    severity: Severity
    sentence: str
    clause_id: str = ""
    span: Span = WHOLE
    alternative_id: str = ""
    field: str = ""
    fix: Fix | None = None

    @property
    def key(self) -> str:
        """What tells this finding from the others of its draft, the same each time the draft is read."""
        place = self.alternative_id or self.clause_id or self.field
        return f"{self.rule}:{place}:{self.span.start}:{self.span.end}"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule.

    Attributes:
        id: Its name in findings, such as ``unbalanced-bracket``.
        about: What it looks for, as a heading over its findings.
        check: Yields what it finds.
    """

    id: str
    about: str
    check: Callable[[Reading], Iterator[Finding]]
