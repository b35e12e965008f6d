"""Declarations that a report quotes: how one is announced, and how its clauses follow one another.

After the opening words ("The Meeting,") come preambular clauses without numbers, then operative clauses numbered from
1. It knows wording and punctuation, and how many clauses have passed; growing them is the reader's work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.blocks import has_stopped

if TYPE_CHECKING:
    from corpus.forms import Line

_ANNOUNCED = re.compile(r"\bfollowing (?:[a-z]+ ){0,2}declaration\b", re.IGNORECASE)
_OPENER = re.compile(r"[A-Z][a-z]+ing\b|(?:Alarmed|Aware|Concerned|Convinced|Conscious|Deeply|Mindful|Inspired)\b")


def announces_declaration(text: str) -> bool:
    """Tell whether a paragraph announces a declaration ("adopted the following declaration")."""
    return bool(_ANNOUNCED.search(text))


@dataclass(slots=True)
class Declaration:
    """A declaration that is being read.

    Attributes:
        container: Its name in locators.
        within: Number of the paragraph that quotes it.
        preambular: Number of the last preambular clause read; 0 the opening words, -1 nothing yet.
        operative: Number of the last operative clause read.
    """

    container: str
    within: str
    preambular: int = -1
    operative: int = 0

    @property
    def untouched(self) -> bool:
        """Return True as long as nothing of it has been read."""
        return self.preambular < 0 and not self.operative

    def goes_on(self, line: Line, before: str) -> bool:
        """Tell whether a line without number begins another preambular clause.

        Args:
            line: The line; where nothing in its form sets it apart, only an opening verb tells it from wrapped text.
            before: The last line of what came before.
        """
        if self.operative or not has_stopped(before) or not line.text[:1].isupper():
            return False
        return line.opens or (before.endswith((",", ";")) and bool(_OPENER.match(line.text)))

    def next_preambular(self, line: Line) -> str:
        """Count the clause that a line begins and return its name; one that opens with a verb is no opening words."""
        self.preambular += 1
        if self.preambular == 0 and _OPENER.match(line.text):
            self.preambular = 1
        return f"pp{self.preambular}"
