"""What an entry is worth: its kind and its standing, judged by wording and headings.

Always the weakest reading that the source allows, because a claim of support must never be overstated:

* A list is *not negotiated* when the document says so of its recommendations, wherever it says it; in such a document
  nothing else is more than *discussion*, even if "the Meeting recommended" it on the way.
* A paragraph is *recommended* when it recommends and the meeting says it. "It was recommended" names nobody: it counts
  when the meeting agreed, somewhere in the document, on the recommendations presented in it. One speaker's
  recommendation is *discussion*.
* What a meeting noted, recognized or stressed is *discussion*; so is everything procedural, as far as it is a report's.
* A declaration is *adopted* when the paragraph that quotes it says so, else a *proposal*. An annex that is proposed or
  called a draft is a *proposal*; of another annex nothing is claimed but *discussion*.
* All of a discussion guide is *guide*.

This module knows words and headings, no document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model import Genre, Kind, Passage, Standing
from corpus.sentences import directs, last_sentence, proposes, sentences
from corpus.voices import MEETING, UNATTRIBUTED, voice_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.entries import Entry

_NUMBERING = re.compile(r"^(?:[IVXLC]+|[A-Z]|[0-9]{1,2})\.\s+|^[A-Z][a-z]+(?: [a-z]+)? [0-9IVX]{1,4}[.:]\s+")
_PROCEDURAL_TITLE = re.compile(
    r"(?:Introduction|Attendance|Date and venue|Opening of|Election of officers|Adoption of the|Organizational matters"
    r"|Organization of (?:work|the)|Proceedings|Closure of|Closing of|List of|Officers)\b",
    re.IGNORECASE,
)
_OPEN_TITLE = re.compile(r"Other (?:matters|business)\b", re.IGNORECASE)
_QUESTION_TITLE = re.compile(r"(?:Questions|Issues|Points) for (?:further )?discussion\b|Questions\b", re.IGNORECASE)
_FOCUS_TITLE = re.compile(r"(?:Substantive focus|Main issues|Focus|Objectives?|Aims?)\b", re.IGNORECASE)
_PROPOSED_TITLE = re.compile(r"\b(?:proposed|proposals?|draft)\b", re.IGNORECASE)
_ANNOUNCEMENT = re.compile(
    r"[^.?!]*\bfollowing (?:[a-z]+ ){0,2}(?:recommendations|questions|points|proposals|conclusions)\b[^.?!]*:"
)
_RECOMMENDATIONS_FOLLOW = re.compile(
    r"\bfollowing (?:[a-z]+ ){0,2}(?:recommendations|proposals)\b|\brecommend(?:ed|s)?\b|\b(?:We|and) propose\b"
)
_BUSINESS = re.compile(r"(?:Also )?[Aa]t (?:its|the same) (?:[0-9]+(?:st|nd|rd|th) )?meeting\b")
_STATEMENTS = re.compile(
    r"\bbriefed the\b|\b(?:made|delivered|gave) (?:a |an |introductory |the )?(?:statements?|presentations?)\b"
    r"|^(?:Presentations?|(?:A )?[Ss]tatements?) (?:was|were) (?:also )?(?:made|delivered|given)\b"
)
_NOT_NEGOTIATED = re.compile(r"\brecommendations\b[^.]*\bnot (?:been )?negotiated\b", re.IGNORECASE)
_AGREED = re.compile(r"\bMeeting\b[^.]*\bagreed (?:on|upon|that) (?:the )?[^.]*\brecommendations\b")
_ADOPTED = re.compile(r"\badopted\b")


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a document says of itself as a whole.

    Attributes:
        genre: What sort of document it is.
        not_negotiated: True when it says that its recommendations were not negotiated.
        agreed: True when it says that the meeting agreed on its recommendations.
        draft: True when its title calls it a draft or a proposal.
        hosts: Its body paragraphs by number, for what they say of a declaration that they quote.
    """

    genre: Genre
    not_negotiated: bool
    agreed: bool
    draft: bool
    hosts: Mapping[str, Entry]


def judge(symbol: str, title: str, genre: Genre, entries: tuple[Entry, ...]) -> tuple[Passage, ...]:
    """Return the passages of a document: its entries with kind, standing and voice.

    Args:
        symbol: Symbol of the document.
        title: Its title; a declaration called a draft is no more than a proposal.
        genre: What sort of document it is.
        entries: Its entries, in order.
    """
    body = [entry for entry in entries if not entry.locator.container]
    facts = _Facts(
        genre=genre,
        not_negotiated=any(_NOT_NEGOTIATED.search(entry.text) for entry in body),
        agreed=any(_AGREED.search(entry.text) for entry in body),
        draft=bool(_PROPOSED_TITLE.search(title)),
        hosts={entry.locator.paragraph: entry for entry in body if not entry.locator.subparagraph},
    )
    return tuple(_passage(symbol, entry, facts) for entry in entries)


def _passage(symbol: str, entry: Entry, facts: _Facts) -> Passage:
    kind = kind_of(entry, facts.genre)
    voice = voice_of(entry, facts.genre, kind)
    return Passage(
        symbol=symbol,
        locator=entry.locator,
        heading=entry.heading,
        text=entry.text,
        kind=kind,
        standing=_standing_of(entry, facts, kind, voice),
        voice=voice,
        chapeau=entry.chapeau,
        footnotes=entry.footnotes,
        spans=entry.spans,
    )


def kind_of(entry: Entry, genre: Genre) -> Kind:
    """Return what an entry does.

    Args:
        entry: The entry.
        genre: What sort of document it stands in; a guide asks and sets the focus, a report observes and recommends.
    """
    if entry.locator.container.startswith("declaration"):
        return Kind.PREAMBULAR if entry.locator.paragraph.startswith("pp") else Kind.RECOMMENDATION
    if _is_procedural(entry):
        return Kind.PROCEDURAL
    if genre is Genre.DISCUSSION_GUIDE:
        return _kind_in_guide(entry)
    if entry.locator.container.startswith("annex") or genre is Genre.DECLARATION:
        own = proposes(entry.text) or proposes(entry.chapeau)
        return Kind.RECOMMENDATION if own else Kind.OBSERVATION
    return _kind_in_report(entry)


def _is_procedural(entry: Entry) -> bool:
    """Tell whether an entry is mere procedure.

    That is an agenda; whatever stands under a heading such as "Attendance" or "Introduction"; a bare announcement ("The
    following recommendations were identified:"), which says nothing that could be quoted; and the business of a sitting
    ("At its 6th meeting, the Meeting adopted the following declaration:"). "Other matters" stands in such a chapter
    too, but may report substance: there only what was delivered is procedure.
    """
    if entry.locator.container.startswith("agenda"):
        return True
    if entry.heading and _OPEN_TITLE.match(_NUMBERING.sub("", entry.heading[-1])):
        return bool(_STATEMENTS.search(sentences(entry.text)[0]))
    if any(_PROCEDURAL_TITLE.match(_NUMBERING.sub("", title)) for title in entry.heading):
        return True
    return entry.leads and bool(_ANNOUNCEMENT.fullmatch(entry.text) or _BUSINESS.match(entry.text))


def _kind_in_guide(entry: Entry) -> Kind:
    """Judge by the heading; under "Questions" a paragraph that neither asks nor leads to questions observes."""
    title = _NUMBERING.sub("", entry.heading[-1]) if entry.heading else ""
    if _QUESTION_TITLE.match(title):
        asks = entry.chapeau or entry.leads or "?" in entry.text
        return Kind.QUESTION if asks else Kind.OBSERVATION
    return Kind.FOCUS if _FOCUS_TITLE.match(title) else Kind.OBSERVATION


def _kind_in_report(entry: Entry) -> Kind:
    if entry.chapeau and _RECOMMENDATIONS_FOLLOW.search(last_sentence(entry.chapeau)):
        return Kind.RECOMMENDATION
    if directs(entry.text):
        return Kind.RECOMMENDATION
    return Kind.PROCEDURAL if _STATEMENTS.search(sentences(entry.text)[0]) else Kind.OBSERVATION


def _standing_of(entry: Entry, facts: _Facts, kind: Kind, voice: str) -> Standing:
    container = entry.locator.container
    if facts.genre is Genre.DISCUSSION_GUIDE:
        return Standing.GUIDE
    if container.startswith("declaration"):
        host = facts.hosts.get(entry.locator.within)
        return Standing.ADOPTED if host and _ADOPTED.search(last_sentence(host.text)) else Standing.PROPOSAL
    if container.startswith("annex"):
        proposed = any(_PROPOSED_TITLE.search(title) for title in entry.heading)
        return Standing.PROPOSAL if proposed else Standing.DISCUSSION
    if facts.genre is Genre.DECLARATION:
        return Standing.PROPOSAL if facts.draft else Standing.ADOPTED
    return _standing_in_report(entry, facts, kind, voice)


def _standing_in_report(entry: Entry, facts: _Facts, kind: Kind, voice: str) -> Standing:
    if facts.not_negotiated:
        lead_in = entry.chapeau or (entry.text if entry.leads else "")
        listed = _RECOMMENDATIONS_FOLLOW.search(lead_in)
        return Standing.NOT_NEGOTIATED if listed else Standing.DISCUSSION
    if kind is not Kind.RECOMMENDATION:
        return Standing.DISCUSSION
    agreed = voice == MEETING or (voice == UNATTRIBUTED and facts.agreed)
    return Standing.RECOMMENDED if agreed else Standing.DISCUSSION
