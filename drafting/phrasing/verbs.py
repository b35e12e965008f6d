"""The verbs of reports, and the verb of a declaration that each keeps.

A report's verb is kept, never raised: "noted" stays "note". Where a report only mentions or discusses, the weakest verb
stands for it, and the drafter is told. How strong a verb is, the ladder says (`drafting.ladder`).
"""

from __future__ import annotations

import re

from drafting.phrasing.inflection import gerund, past, third_person

SAME: tuple[str, ...] = (
    "accord high priority", "accord priority", "acknowledge", "affirm", "agree", "appreciate", "call for", "call on",
    "call upon", "commend", "condemn", "decide", "emphasize", "encourage", "endorse", "express appreciation",
    "express concern", "express gratitude", "express its appreciation", "express its concern", "express its gratitude",
    "express its support", "express support",
    "express full support", "highlight", "invite", "note", "note with appreciation", "note with concern",
    "note with satisfaction", "propose", "reaffirm", "recall", "recognize", "recommend", "regret", "reiterate",
    "request", "stress", "suggest", "support", "take note", "underline", "underscore", "urge", "welcome",
)  # fmt: skip
"""Verbs that a declaration words as the report does."""

INSTEAD: dict[str, str] = {
    "consider": "take note of", "feel": "consider", "be of the view": "consider", "identify": "recognize",
    "mention": "note", "observe": "note", "point out": "note", "raise concerns": "express concern",
    "raise concern": "express concern", "refer to": "take note of",
}  # fmt: skip
"""Verbs that a declaration doesn't use of itself, and what stands for each."""


def _past(verb: str) -> str:
    head, _, tail = verb.partition(" ")
    return f"{'was' if head == 'be' else past(head)} {tail}".strip()


def _gerund(verb: str) -> str:
    head, _, tail = verb.partition(" ")
    return f"{gerund(head)} {tail}".strip()


def _third_person(verb: str) -> str:
    head, _, tail = verb.partition(" ")
    return f"{third_person(head)} {tail}".strip()


BY_PAST: dict[str, str] = {_past(verb): verb for verb in SAME} | {_past(old): new for old, new in INSTEAD.items()}
"""Past tense → verb of a declaration."""

BY_GERUND: dict[str, str] = {_gerund(verb): verb for verb in SAME}
"""Present participle → verb of a declaration."""

BY_THIRD_PERSON: dict[str, str] = {_third_person(verb): verb for verb in SAME}
"""Third person, as an operative paragraph of a resolution has it → verb of a declaration."""

SUBSTITUTED = frozenset(_past(old) for old in INSTEAD)
"""Past tenses whose verb is not kept."""

WITH_ADDRESSEE = frozenset(("call upon", "call on", "encourage", "invite", "request", "urge"))
"""Verbs that may be followed by "Member States to …"."""


def _any(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


PAST = rf"(?:{_any(BY_PAST)})"
"""Pattern for any reporting verb in the past."""

GERUND = rf"(?:{_any(BY_GERUND)})"
"""Pattern for any reporting verb as a participle."""

THIRD_PERSON = rf"(?:{_any(BY_THIRD_PERSON)})"
"""Pattern for any such verb in the third person."""

ADVERBS = (
    r"(?:also|further|again|strongly|in particular|particularly|therefore|however|thus|likewise|specifically|generally)"
)
"""Pattern for an adverb beside a reporting verb."""

THIRD_PERSON = rf"(?:{_any(BY_THIRD_PERSON)})"
"""Pattern for any such verb in the third person."""

KEPT_ADVERBS = ("also", "further", "again", "strongly")
"""Adverbs that stay before the verb; "in particular" goes behind it, the others join sentences and are dropped."""
