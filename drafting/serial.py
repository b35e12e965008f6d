"""A draft as JSON text and back, without losing a character.

The text is ASCII, so that any encoding, database column or terminal carries it, and it names its format, so that a
later Rapporteur can tell old drafts from new ones. Reading is strict: a missing or unknown member is damage and is
refused, never filled in. A draft of an older format is read by the members of that format; what it did not have yet
(format 1: states, proposers, alternatives) takes the default of the model. Deliberately knows nothing of databases and
revisions.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TypeVar

from corpus.errors import StorageError
from drafting.model import Alternative, Citation, Clause, ClauseKind, ClauseState, Draft, Masthead, Pending, Style

FORMAT = 2
"""Number of the format that is written; this one and every older one is read."""

_Word = TypeVar("_Word", ClauseKind, ClauseState, Style)

_DRAFT = ("format", "id", "revision", "title", "style", "masthead", "clauses")
_MASTHEAD = ("congress", "place", "dates", "distribution_date", "agenda_items", "chapeau", "enacting_line")
_PENDING = ("text", "passage_ids", "typed_at")
_CLAUSE_1 = ("id", "kind", "text", "source_text", "citations")
_CLAUSE = (*_CLAUSE_1, "taken_text", "state", "proposer", "alternatives")
_ALTERNATIVE = ("id", "text", "proposer", "source_text", "taken_text", "citations")
_CITATION = ("passage_id", "symbol", "locator", "region", "congress", "standing", "voice", "quote")

_BETWEEN_HALVES = re.compile(r"(?<=[\ud800-\udbff])(?=[\udc00-\udfff])")


def draft_to_json(draft: Draft) -> str:
    """Return a draft as one line of ASCII JSON; equal drafts give equal text."""
    masthead = draft.masthead
    members = {
        "format": FORMAT,
        "id": _written(draft.id),
        "revision": draft.revision,
        "title": _written(draft.title),
        "style": draft.style.value,
        "masthead": {
            "congress": _written(masthead.congress),
            "place": _written(masthead.place),
            "dates": _written(masthead.dates),
            "distribution_date": _written(masthead.distribution_date),
            "agenda_items": [_written(line) for line in masthead.agenda_items],
            "chapeau": _written(masthead.chapeau),
            "enacting_line": _written(masthead.enacting_line),
        },
        "clauses": [_clause_members(clause) for clause in draft.clauses],
    }
    return _dump(members)


def draft_from_json(text: str) -> Draft:
    """Return the draft that `draft_to_json` wrote.

    Raises:
        StorageError: The text is not JSON, is of another format, or has missing, unknown or mistyped members.
    """
    value = _parsed(text)
    if not isinstance(value, dict):
        raise _damaged("the draft")
    written_in = value.get("format")
    if type(written_in) is not int or not 1 <= written_in <= FORMAT:
        raise StorageError(
            f"The draft is stored in format {written_in!r}, and this Rapporteur reads formats 1 to {FORMAT}.",
            "Open it with the version of Rapporteur that wrote it.",
        )
    members = _members(value, _DRAFT, "the draft")
    masthead = _members(members["masthead"], _MASTHEAD, "masthead")
    clause_of = _clause_1 if written_in == 1 else _clause
    return Draft(
        id=_text(members["id"], "id"),
        revision=_number(members["revision"], "revision"),
        title=_text(members["title"], "title"),
        style=_word(members["style"], Style, "style"),
        masthead=Masthead(
            congress=_text(masthead["congress"], "masthead.congress"),
            place=_text(masthead["place"], "masthead.place"),
            dates=_text(masthead["dates"], "masthead.dates"),
            distribution_date=_text(masthead["distribution_date"], "masthead.distribution_date"),
            agenda_items=tuple(
                _text(line, f"masthead.agenda_items[{position}]")
                for position, line in enumerate(_list(masthead["agenda_items"], "masthead.agenda_items"))
            ),
            chapeau=_text(masthead["chapeau"], "masthead.chapeau"),
            enacting_line=_text(masthead["enacting_line"], "masthead.enacting_line"),
        ),
        clauses=tuple(
            clause_of(clause, f"clauses[{position}]")
            for position, clause in enumerate(_list(members["clauses"], "clauses"))
        ),
    )


def pending_to_json(pending: Pending) -> str:
    """Return the clause that is being typed as one line of ASCII JSON."""
    return _dump(
        {
            "text": _written(pending.text),
            "passage_ids": [_written(passage_id) for passage_id in pending.passage_ids],
            "typed_at": pending.typed_at,
        }
    )


def pending_from_json(text: str) -> Pending:
    """Return what `pending_to_json` wrote.

    Raises:
        StorageError: It is not what `pending_to_json` writes.
    """
    members = _members(_parsed(text), _PENDING, "the clause being typed")
    return Pending(
        text=_text(members["text"], "text"),
        passage_ids=tuple(
            _text(passage_id, "passage_ids") for passage_id in _list(members["passage_ids"], "passage_ids")
        ),
        typed_at=_number(members["typed_at"], "typed_at"),
    )


def text_to_json(text: str) -> str:
    """Return one text as ASCII JSON; lossless where a database column is not (NUL, lone surrogates)."""
    return _dump(_written(text))


def text_from_json(text: str) -> str:
    """Return the text that `text_to_json` wrote.

    Raises:
        StorageError: It is not what `text_to_json` writes.
    """
    return _text(_parsed(text), "the text")


def _clause_members(clause: Clause) -> dict[str, object]:
    return {
        "id": _written(clause.id),
        "kind": clause.kind.value,
        "text": _written(clause.text),
        "source_text": _written(clause.source_text),
        "citations": [_citation_members(citation) for citation in clause.citations],
        "taken_text": _written(clause.taken_text),
        "state": clause.state.value,
        "proposer": _written(clause.proposer),
        "alternatives": [_alternative_members(alternative) for alternative in clause.alternatives],
    }


def _alternative_members(alternative: Alternative) -> dict[str, object]:
    return {
        "id": _written(alternative.id),
        "text": _written(alternative.text),
        "proposer": _written(alternative.proposer),
        "source_text": _written(alternative.source_text),
        "taken_text": _written(alternative.taken_text),
        "citations": [_citation_members(citation) for citation in alternative.citations],
    }


def _citation_members(citation: Citation) -> dict[str, object]:
    return {
        "passage_id": _written(citation.passage_id),
        "symbol": _written(citation.symbol),
        "locator": _written(citation.locator),
        "region": _written(citation.region),
        "congress": citation.congress,
        "standing": _written(citation.standing),
        "voice": _written(citation.voice),
        "quote": _written(citation.quote),
    }


def _clause(value: object, where: str) -> Clause:
    members = _members(value, _CLAUSE, where)
    return replace(
        _clause_1({name: members[name] for name in _CLAUSE_1}, where),
        taken_text=_text(members["taken_text"], f"{where}.taken_text"),
        state=_word(members["state"], ClauseState, f"{where}.state"),
        proposer=_text(members["proposer"], f"{where}.proposer"),
        alternatives=tuple(
            _alternative(alternative, f"{where}.alternatives[{position}]")
            for position, alternative in enumerate(_list(members["alternatives"], f"{where}.alternatives"))
        ),
    )


def _clause_1(value: object, where: str) -> Clause:
    """Return a clause as format 1 has it: one wording, and no negotiation yet."""
    members = _members(value, _CLAUSE_1, where)
    return Clause(
        id=_text(members["id"], f"{where}.id"),
        kind=_word(members["kind"], ClauseKind, f"{where}.kind"),
        text=_text(members["text"], f"{where}.text"),
        source_text=_text(members["source_text"], f"{where}.source_text"),
        citations=_citations(members["citations"], f"{where}.citations"),
    )


def _alternative(value: object, where: str) -> Alternative:
    members = _members(value, _ALTERNATIVE, where)
    return Alternative(
        id=_text(members["id"], f"{where}.id"),
        text=_text(members["text"], f"{where}.text"),
        proposer=_text(members["proposer"], f"{where}.proposer"),
        source_text=_text(members["source_text"], f"{where}.source_text"),
        taken_text=_text(members["taken_text"], f"{where}.taken_text"),
        citations=_citations(members["citations"], f"{where}.citations"),
    )


def _citations(value: object, where: str) -> tuple[Citation, ...]:
    return tuple(_citation(citation, f"{where}[{position}]") for position, citation in enumerate(_list(value, where)))


def _citation(value: object, where: str) -> Citation:
    members = _members(value, _CITATION, where)
    return Citation(
        passage_id=_text(members["passage_id"], f"{where}.passage_id"),
        symbol=_text(members["symbol"], f"{where}.symbol"),
        locator=_text(members["locator"], f"{where}.locator"),
        region=_text(members["region"], f"{where}.region"),
        congress=_number(members["congress"], f"{where}.congress"),
        standing=_text(members["standing"], f"{where}.standing"),
        voice=_text(members["voice"], f"{where}.voice"),
        quote=_text(members["quote"], f"{where}.quote"),
    )


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _written(text: str) -> str | list[str]:
    # Two lone surrogates side by side would be read back as one character, so such a text is written as its parts.
    parts = _BETWEEN_HALVES.split(text)
    return text if len(parts) == 1 else parts


def _parsed(text: str) -> object:
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StorageError(
            f"The stored text is not whole JSON ({error}).", "Restore the database from a backup copy."
        ) from error
    return value


def _members(value: object, names: tuple[str, ...], where: str) -> dict[str, object]:
    if not isinstance(value, dict) or value.keys() != set(names):
        raise _damaged(where)
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise _damaged(where)
    return value


def _text(value: object, where: str) -> str:
    if isinstance(value, str):
        return value
    parts = [part for part in _list(value, where) if isinstance(part, str)]
    text = "".join(parts)
    if _written(text) != value:
        raise _damaged(where)
    return text


def _number(value: object, where: str) -> int:
    if type(value) is not int:  # `True` is an int for isinstance
        raise _damaged(where)
    return value


def _word(value: object, words: type[_Word], where: str) -> _Word:
    try:
        return words(_text(value, where))
    except ValueError as error:
        raise _damaged(where) from error


def _damaged(where: str) -> StorageError:
    return StorageError(f"The stored draft is damaged at {where}.", "Restore the database from a backup copy.")
