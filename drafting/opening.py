"""Giving a clause another opener of the ladder: "We urge Member States to …" becomes "We invite Member States to …".

Only the opening verb is exchanged; who is to act and what follows stays as it was written, for the drafter to fit.
Knows the ladder and one text at a time, no draft.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.errors import DraftError
from drafting.ladder import Ladder
from drafting.model import Style

_ADVERBS = r"(?:(?:also|further|again|once again|in particular|therefore)\s+)*"
_OURS = re.compile(r"we\b", re.IGNORECASE)


def openers_by_rung(ladder: Ladder, style: Style) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """Return the openers of a style by rung, the strongest first: number, whom they speak to, and the openers."""
    numbers = sorted({rung.number for rung in ladder.rungs})
    found = (
        (
            number,
            "; ".join(
                dict.fromkeys(
                    rung.addressee
                    for rung in ladder.rungs
                    if rung.number == number and not (style is Style.RESOLUTION and rung.declaration_only)
                )
            ),
            ladder.openers(style, number),
        )
        for number in numbers
    )
    return tuple(each for each in found if each[2])


def with_opener(text: str, opener: str, ladder: Ladder, style: Style) -> str:
    """Return a clause with another opener; adverbs such as "also" stay before the new verb.

    A text that opens with no verb of the ladder gets the opener before its words.

    Args:
        text: The clause.
        opener: An opener of the ladder in this style.
        ladder: The ladder.
        style: Style of the draft.

    Raises:
        DraftError: The text opens with "We" and another verb, or the opener is none of the ladder.
    """
    if opener not in _openers(ladder, style):
        raise DraftError(f"“{opener}” is no opener of the ladder in use.", "Reload the page and choose another.")
    found = _pattern(ladder, style).match(text)
    if found is None:
        words = text.lstrip()
        if style is Style.DECLARATION and _OURS.match(words):
            raise DraftError(
                "The verb that opens this clause is not on the ladder, so it cannot be exchanged.",
                "Change the opening words in the text.",
            )
        return f"{opener} {words}"
    verb = opener.removeprefix("We ") if style is Style.DECLARATION else opener
    before = found["before"]
    if style is Style.RESOLUTION and before.strip():
        verb = verb[:1].lower() + verb[1:]
    return f"{before}{verb}{text[found.end() :]}"


def _openers(ladder: Ladder, style: Style) -> tuple[str, ...]:
    return tuple(opener for _, _, openers in openers_by_rung(ladder, style) for opener in openers)


@lru_cache(maxsize=8)
def _pattern(ladder: Ladder, style: Style) -> re.Pattern[str]:
    """Return a pattern for the opening words of a clause: what comes before the verb, and the verb."""
    ours = style is Style.DECLARATION
    verbs = sorted((opener.removeprefix("We ") if ours else opener for opener in _openers(ladder, style)), key=len)
    any_verb = "|".join(re.escape(verb).replace(r"\ ", r"\s+") for verb in reversed(verbs)) or "(?!)"
    who = r"we\s+" if ours else ""
    return re.compile(rf"(?P<before>\s*{who}{_ADVERBS})(?:{any_verb})\b", re.IGNORECASE)
