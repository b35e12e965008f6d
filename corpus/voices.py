"""Who says a passage, as the subject of its sentence names them.

The sentence is the first one, or in a recommendation the one that recommends; a pronoun at its head sends back to the
sentence before. A passive without an agent ("It was noted that") is `UNATTRIBUTED`, which is not the meeting: whoever
counts support must not count it as more than it is. An item speaks with the voice of what it hangs from.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Genre, Kind
from corpus.sentences import directs, sentences

if TYPE_CHECKING:
    from corpus.entries import Entry

UNATTRIBUTED = "unattributed"
"""Voice of a sentence that names nobody."""

MEETING = "the meeting"
"""Voice of the meeting that a report reports."""

_PROPOSER = re.compile(r"\bproposed by (?:the (?:Government|delegation) of )?(?:the )?(?P<who>.+?)(?: as | for |,|$)")
_PRONOUN = re.compile(r"(?:It|They) (?!(?:was|is|were|had been|has been)\b)")
_OFFICERS = (
    r"(?:Deputy |Vice-|Executive |Under-|Prime )*"
    r"(?:Secretary(?:-General)?|Chair(?:man|person)?|President|Minister|Director|Head)"
)
_ROLE = re.compile(
    rf"\b(?P<article>[Tt]he|[Aa]n?) (?P<role>representative|observer|host country|{_OFFICERS})"
    r"(?P<of>(?: of| for)(?: the)? (?:[A-Z][\w’'-]*(?: (?:and|of|for|the|on|in))* ?)+)?"
)
_BODIES = (
    "General Assembly|Assembly|Economic and Social Council|Security Council"
    "|Commission(?: on Crime Prevention and Criminal Justice)?"
)
_SUBJECTS = re.compile(
    r"(?P<some>\b(?:several|some|many|most|a number of|a few|other|one|two|three) "
    r"(?:participants?|speakers?|delegations?|representatives?)\b)"
    r"|(?P<one>\ba (?:participant|speaker)\b)"
    r"|(?P<all>(?<!negotiated by the )(?<!negotiated by )\b(?:participants|speakers)\b)"
    rf"|\bthe (?P<body>{_BODIES})(?= (?:also |had |further )?[a-z]+(?:ed|ld|ok)\b)"
    r"|\bthe (?P<group>Intergovernmental Group of Experts)\b"
    r"|(?P<meeting>(?<!of )(?<!at )(?<!in )(?<!during )(?<!to )(?<!for )(?<!before )\bthe (?:[\w ]+ )?Meeting\b)",
    re.IGNORECASE,
)


def voice_of(entry: Entry, genre: Genre, kind: Kind) -> str:
    """Return who says an entry: ``the meeting``, ``several participants``, ``the observer for X``, ….

    Args:
        entry: The entry.
        genre: What sort of document it stands in; a guide and a declaration have one voice.
        kind: What the entry does.
    """
    container = entry.locator.container
    if genre is Genre.DISCUSSION_GUIDE:
        return "the discussion guide"
    if container.startswith("declaration") or genre is Genre.DECLARATION:
        return MEETING
    if container.startswith("annex"):
        proposers = (_PROPOSER.search(title) for title in entry.heading)
        return next((found["who"] for found in proposers if found), UNATTRIBUTED)
    return _speaker(_telling_sentence(entry.chapeau or entry.text, kind))


def _telling_sentence(text: str, kind: Kind) -> str:
    told = sentences(text)
    at = 0
    if kind is Kind.RECOMMENDATION:
        at = next((index for index, sentence in enumerate(told) if directs(sentence)), 0)
    while at and _PRONOUN.match(told[at]):
        at -= 1
    return told[at]


def _speaker(sentence: str) -> str:
    """Return whoever is named first as speaking: the words of the source in lower case, names as they stand."""
    subject = _SUBJECTS.search(sentence)
    role = _ROLE.search(sentence)
    named = role and (role["of"] or role["role"] == "host country")
    if role and named and (subject is None or role.start() <= subject.start()):
        office = f"{role['role']}{(role['of'] or '').rstrip()}".removesuffix(" the").removesuffix(" and")
        return f"{role['article'].lower()} {office}"
    if subject is None:
        return UNATTRIBUTED
    if subject["meeting"]:
        return MEETING
    if subject["body"] or subject["group"]:
        return f"the {subject['body'] or subject['group']}"
    return subject[0].lower()
