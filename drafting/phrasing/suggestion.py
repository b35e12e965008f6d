"""What a suggestion is: wording in both styles, the rules that made it, and what the drafter must look at.

A suggestion never comes without its source sentence, and one that is declined says why. These types know no English.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafting.model import Style


class FlagKind(StrEnum):
    """What a drafter has to check in a suggestion, or why there is none."""

    DECLINED = "declined"
    ADDRESSEE = "addressee"
    VOICE = "voice"
    VERB = "verb"
    REGION = "region"
    REFERS_BACK = "refers back"
    TENSE = "tense"
    NAME = "name"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to check.

    Attributes:
        kind: What sort of thing it is.
        text: One sentence for the drafter.
    """

    kind: FlagKind
    text: str

    def __str__(self) -> str:
        """Return the flag on one line, such as ``region: “in the region” was left out.``."""
        return f"{self.kind.value}: {self.text}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Wording made from one sentence of a passage.

    Attributes:
        declaration: As an operative paragraph of a declaration ("We call upon … ."); empty when declined.
        resolution: As an operative paragraph of a resolution ("Calls upon … ;"); empty when declined.
        flags: What to check; when declined, why.
        rules: Names of the rules that were applied, in order; see `drafting.phrasing.rules`.
        source: The cited sentence, verbatim.
    """

    declaration: str
    resolution: str
    flags: tuple[Flag, ...]
    rules: tuple[str, ...]
    source: str

    @property
    def declined(self) -> bool:
        """Whether no wording is suggested."""
        return not self.declaration

    @property
    def rule(self) -> str:
        """Name of the rule that recognized the sentence; empty when none did."""
        return self.rules[0] if self.rules else ""

    def wording(self, style: Style) -> str:
        """Return the wording in a style; empty when declined."""
        return self.declaration if style is Style.DECLARATION else self.resolution


def declined(source: str, why: str) -> Suggestion:
    """Return a suggestion without wording.

    Args:
        source: The cited sentence.
        why: One sentence for the drafter.
    """
    return Suggestion("", "", (Flag(FlagKind.DECLINED, why),), (), source)
