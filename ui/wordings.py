"""How a passage can be worded in the draft: in its own words, or as the rules of suggested wording turn a sentence.

A card shows each wording before it is added, with what has to be checked in it; what is added is made anew from the
passage, never taken from the browser. Which wording is added by one click is decided here too. Knows no screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from corpus.errors import DraftError
from corpus.model import Passage
from drafting.model import Style
from drafting.phrasing.rules import IN_SHORT
from drafting.phrasing.suggest import suggestions
from drafting.phrasing.suggestion import Suggestion

OWN_WORDS = "own"
"""Key of the wording that is the passage itself; a suggestion's is the number of its sentence, from 0."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a clause begins with.

    Attributes:
        text: The clause.
        source_text: What it was taken from, verbatim.
        taken_text: The text again when it is a suggestion; else empty.
    """

    text: str
    source_text: str
    taken_text: str = ""


@lru_cache(maxsize=2048)  # the cards of one search come again with every click and with the next search
def suggested(passage: Passage) -> tuple[Suggestion, ...]:
    """Return the suggestions for a passage, one a sentence, the declined ones too."""
    return suggestions(passage)


def default_wording(passage: Passage, *, suggests: bool) -> str:
    """Return the key of the wording that one click adds.

    Only a passage of one sentence has a suggestion that stands for the whole of it.

    Args:
        passage: The passage.
        suggests: Whether suggestions are preferred.
    """
    made = suggested(passage) if suggests else ()
    return "0" if len(made) == 1 and not made[0].declined else OWN_WORDS


def wording_of(passage: Passage, key: str, style: Style) -> Wording:
    """Return a wording by its key.

    Raises:
        DraftError: The passage has no wording of that key, or it was declined.
    """
    if key == OWN_WORDS:
        return Wording(passage.text, passage.text)
    for at, made in enumerate(suggested(passage)):
        if key == str(at) and not made.declined:
            return Wording(made.wording(style), made.source, made.wording(style))
    raise DraftError(
        f"There is no such suggestion for {passage.cite()}.", "Reload the page and choose the wording again."
    )


def wordings(passage: Passage, style: Style, *, suggests: bool) -> dict[str, Any]:
    """Return the wordings of a passage as a card shows them.

    Args:
        passage: The passage.
        style: Style of the draft, which suggestions follow.
        suggests: Whether suggestions are preferred.
    """
    made = suggested(passage)
    several = len(made) > 1
    own = {"key": OWN_WORDS, "title": f"Own words, all {len(made)} sentences" if several else "Own words"}
    offered = [{**own, "text": passage.text, "source": "", "notes": [], "rules": "", "declined": ""}]
    for at, suggestion in enumerate(made):
        sentence = f" · sentence {at + 1}" if several else ""
        offered.append(
            {
                "key": str(at),
                "title": f"Suggested for a {style.value}{sentence}",
                "text": suggestion.wording(style),
                "source": suggestion.source if several else "",
                "notes": [] if suggestion.declined else [f"Check: {flag.text}" for flag in suggestion.flags],
                "rules": _rules(suggestion),
                "declined": f"No suggestion. {suggestion.flags[0].text}" if suggestion.declined else "",
            }
        )
    return {"chosen": default_wording(passage, suggests=suggests), "offered": offered}


def _rules(suggestion: Suggestion) -> str:
    """Return where a suggestion comes from and the rules that made it, in words; empty when it was declined."""
    named = "; ".join(f"{rule}, {IN_SHORT[rule]}" for rule in suggestion.rules)
    return f"Made from the cited sentence by fixed rules (see docs/phrasing.md): {named}." if named else ""
