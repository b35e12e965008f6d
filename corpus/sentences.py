"""Sentences and the verbs in them that recommend: what both the kind and the voice of a passage are judged by.

It knows the wording of reports, nothing of where a sentence stands.
"""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.?!])[”\"]?\s+(?=[A-Z“\"])")
_WHO = r"(?:[Tt]he Meeting|[Pp]articipants|[Tt]hey|[Ii]t|and|speakers?|Council|Group)"
_HOW = r"(?:also |further |strongly |therefore |however |in particular |again )*"
_DIRECTIVE = re.compile(
    r"\brecommended\b"
    rf"|\b{_WHO} {_HOW}(?:called (?:for|upon|on)|urged|invited|encouraged|requested)\b"
    rf"|\b{_WHO} {_HOW}agreed that [^.]*\bshould\b"
    rf"|\b(?:States|Governments|[Cc]ountries|[Pp]arties) were {_HOW}"
    r"(?:encouraged|invited|urged|requested|called upon) to\b"
)
_PROPOSES = re.compile(
    rf"\b(?:[Ww]e|and|moreover|therefore) {_HOW}"
    r"(?:recommend|urge|encourage|propose|invite|request|call (?:for|upon|on))\b"
)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, at least one; where an abbreviation looks like an end, one too many."""
    return _END.split(text)


def last_sentence(text: str) -> str:
    """Return the last sentence of a text."""
    return sentences(text)[-1]


def directs(text: str) -> bool:
    """Tell whether a text reports a recommendation: "recommended", "called for", "agreed that … should"."""
    return bool(_DIRECTIVE.search(text))


def proposes(text: str) -> bool:
    """Tell whether a text makes a proposal in its own name: "We urge Member States to …"."""
    return bool(_PROPOSES.search(text))
