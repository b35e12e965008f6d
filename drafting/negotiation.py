"""What delegations do to a clause: agree on it, propose other wordings for it, put words of it in square brackets.

A clause is agreed as it stands: as soon as its words change or another wording is proposed, it is open again. Taking up
an alternative exchanges two wordings with all that belongs to them, so that neither loses its sources. Deliberately
knows nothing of how brackets are read (`drafting.brackets`) and of how alternatives are printed (`drafting.layout`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.brackets import has_brackets
from drafting.clauses import checked_id, clause_of, one_per_passage, require_text, with_clause
from drafting.model import Alternative, Citation, Clause, ClauseState, Draft
from drafting.operations import designation, edit_text
from drafting.references import references

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_LABEL = re.compile(r"(?m)^[ \t]*\([a-z]{1,7}\)[ \t]+")


def set_state(draft: Draft, clause_id: str, state: ClauseState) -> Draft:
    """Return the draft with one clause agreed, or open again.

    Raises:
        DraftError: The clause is unknown, or is to be agreed while it has brackets or alternatives.
    """
    clause = clause_of(draft, clause_id)
    if state is ClauseState.AGREED and (clause.alternatives or has_brackets(clause.text)):
        what = "alternatives" if clause.alternatives else "square brackets"
        raise DraftError(
            f"The {designation(draft, clause_id)} still has {what}, so it cannot be agreed.",
            "Settle on one wording and take the others out first.",
        )
    return with_clause(draft, replace(clause, state=state))


def set_proposer(draft: Draft, clause_id: str, proposer: str) -> Draft:
    """Return the draft with another proposer of one clause; an empty one names nobody.

    Raises:
        DraftError: The clause is unknown.
    """
    return with_clause(draft, replace(clause_of(draft, clause_id), proposer=proposer.strip()))


def add_alternative(
    draft: Draft,
    clause_id: str,
    text: str,
    proposer: str = "",
    citations: Iterable[Citation] = (),
    source_text: str = "",
    *,
    taken_text: str = "",
    alternative_id: str | None = None,
) -> Draft:
    """Return the draft with another wording proposed for one clause, after those it has; the clause is open.

    Args:
        draft: The draft.
        clause_id: The clause.
        text: The other wording.
        proposer: Who proposes it; empty when nobody is named.
        citations: Passages it rests on; of several citations of one passage the first is kept.
        source_text: Verbatim text it was taken from; empty when the drafter wrote it.
        taken_text: Wording it begins with, when that is a suggestion made from the source text; else empty.
        alternative_id: Id of the alternative; None: a new random one.

    Raises:
        DraftError: The clause is unknown, the text is blank, or the id is taken or malformed.
    """
    require_text(text)
    alternative = Alternative(
        id=checked_id(draft, alternative_id),
        text=text,
        proposer=proposer.strip(),
        citations=one_per_passage(citations),
        source_text=source_text,
        taken_text=taken_text,
    )
    clause = clause_of(draft, clause_id)
    return _with_alternatives(draft, clause, (*clause.alternatives, alternative))


def edit_alternative(
    draft: Draft, clause_id: str, alternative_id: str, text: str, proposer: str | None = None
) -> Draft:
    """Return the draft with another text of an alternative, and another proposer where one is given.

    Raises:
        DraftError: The clause or the alternative is unknown, or the text is blank.
    """
    require_text(text)
    old = _alternative(draft, clause_id, alternative_id)
    return _with_alternative(
        draft, clause_id, replace(old, text=text, proposer=old.proposer if proposer is None else proposer.strip())
    )


def cite_in_alternative(draft: Draft, clause_id: str, alternative_id: str, citation: Citation) -> Draft:
    """Return the draft with a citation added to an alternative; unchanged when it cites that passage already.

    Raises:
        DraftError: The clause or the alternative is unknown.
    """
    old = _alternative(draft, clause_id, alternative_id)
    return _with_alternative(draft, clause_id, replace(old, citations=one_per_passage((*old.citations, citation))))


def uncite_in_alternative(draft: Draft, clause_id: str, alternative_id: str, passage_id: str) -> Draft:
    """Return the draft with the citation of a passage taken from an alternative; unchanged when it has none.

    Raises:
        DraftError: The clause or the alternative is unknown.
    """
    old = _alternative(draft, clause_id, alternative_id)
    kept = tuple(citation for citation in old.citations if citation.passage_id != passage_id)
    return _with_alternative(draft, clause_id, replace(old, citations=kept))


def remove_alternative(draft: Draft, clause_id: str, alternative_id: str) -> Draft:
    """Return the draft without one alternative; its citations go with it, for they backed that wording.

    Raises:
        DraftError: The clause or the alternative is unknown.
    """
    clause = clause_of(draft, clause_id)
    position = _position(draft, clause, alternative_id)
    return _with_alternatives(draft, clause, (*clause.alternatives[:position], *clause.alternatives[position + 1 :]))


def promote_alternative(draft: Draft, clause_id: str, alternative_id: str) -> Draft:
    """Return the draft with an alternative as the text of its clause, and the former text as an alternative.

    Text, proposer, citations and source text change places together. The ids stay where they are, since references and
    bookmarks name the place in the draft and not the wording; so the same promotion a second time undoes the first.

    Raises:
        DraftError: The clause or the alternative is unknown.
    """
    clause = clause_of(draft, clause_id)
    position = _position(draft, clause, alternative_id)
    taken = clause.alternatives[position]
    former = Alternative(
        taken.id, clause.text, clause.proposer, clause.citations, clause.source_text, clause.taken_text
    )
    promoted = replace(
        clause,
        text=taken.text,
        proposer=taken.proposer,
        citations=taken.citations,
        source_text=taken.source_text,
        taken_text=taken.taken_text,
    )
    rest = (*clause.alternatives[:position], former, *clause.alternatives[position + 1 :])
    return _with_alternatives(draft, promoted, rest)


def bracket(draft: Draft, clause_id: str, start: int, end: int) -> Draft:
    """Return the draft with a stretch of a clause's text in square brackets.

    Spaces at its ends stay outside, the label of a subparagraph stays before the bracket, and a reference is never cut.

    Args:
        draft: The draft.
        clause_id: The clause.
        start: Where the stretch begins in the stored text, in characters.
        end: Where it ends, exclusive.

    Raises:
        DraftError: The clause is unknown, or there is no word in the stretch.
    """
    text = clause_of(draft, clause_id).text
    for held in references(text):
        start = held.start if held.start < start < held.end else start
        end = held.end if held.start < end < held.end else end
    for label in _LINE_LABEL.finditer(text):
        start = label.end() if label.start() <= start < label.end() else start
    stretch = text[start:end]
    words = stretch.strip()
    if start < 0 or end > len(text) or not words:
        raise DraftError(
            "There are no words to put in brackets at this place.", "Select the disputed words of the clause."
        )
    start += len(stretch) - len(stretch.lstrip())
    return edit_text(draft, clause_id, f"{text[:start]}[{words}]{text[start + len(words) :]}")


def open_clauses(draft: Draft) -> tuple[Clause, ...]:
    """Return the clauses that are not agreed yet, in order."""
    return tuple(clause for clause in draft.clauses if clause.state is ClauseState.OPEN)


def proposers(draft: Draft) -> tuple[str, ...]:
    """Return everyone who proposed a clause or an alternative, in order of the draft, once each."""
    names = (
        name
        for clause in draft.clauses
        for name in (clause.proposer, *(other.proposer for other in clause.alternatives))
    )
    return tuple(dict.fromkeys(name for name in names if name))


def _alternative(draft: Draft, clause_id: str, alternative_id: str) -> Alternative:
    clause = clause_of(draft, clause_id)
    return clause.alternatives[_position(draft, clause, alternative_id)]


def _with_alternative(draft: Draft, clause_id: str, changed: Alternative) -> Draft:
    """Return the draft with an alternative in place of the one that has its id."""
    clause = clause_of(draft, clause_id)
    alternatives = tuple(changed if other.id == changed.id else other for other in clause.alternatives)
    return _with_alternatives(draft, clause, alternatives)


def _position(draft: Draft, clause: Clause, alternative_id: str) -> int:
    for position, alternative in enumerate(clause.alternatives):
        if alternative.id == alternative_id:
            return position
    raise DraftError(
        f"The {designation(draft, clause.id)} has no alternative with the id {alternative_id!r}.",
        "Reload the draft: the alternative may have been removed elsewhere.",
    )


def _with_alternatives(draft: Draft, clause: Clause, alternatives: tuple[Alternative, ...]) -> Draft:
    return with_clause(draft, replace(clause, alternatives=alternatives, state=ClauseState.OPEN))
