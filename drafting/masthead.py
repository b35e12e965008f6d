"""The fields of the masthead one by one: what each is called, what it says, and how it is changed.

A screen shows a row a field and changes one at a time, so that two people who fill in different fields do not undo each
other. This module knows no page; `drafting.layout` says where a field stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.errors import DraftError
from drafting.model import Draft
from drafting.operations import set_masthead, set_title


@dataclass(frozen=True, slots=True)
class MastheadField:
    """A field above or around the clauses.

    Attributes:
        name: Its name in `Masthead`, or ``title``.
        label: What a drafter calls it.
        example: What it may say, for an empty one.
        several_lines: Whether it holds a line an entry.
    """

    name: str
    label: str
    example: str
    several_lines: bool = False


FIELDS = (
    MastheadField("congress", "Congress", "Fifteenth United Nations Congress on Crime Prevention and Criminal Justice"),
    MastheadField("place", "Place", "Abu Dhabi"),
    MastheadField("dates", "Dates", "25–30 April 2026"),
    MastheadField("distribution_date", "Date of distribution", "9 March 2026"),
    MastheadField("agenda_items", "Agenda items", "Item 3 of the provisional agenda", several_lines=True),
    MastheadField("title", "Title", "Draft declaration"),
    MastheadField("chapeau", "Chapeau", "We, the States Members of the United Nations,"),
    MastheadField("enacting_line", "Enacting line", "Declare as follows:"),
)
_BY_NAME = {field.name: field for field in FIELDS}


def field_text(draft: Draft, name: str) -> str:
    """Return what a field says; the agenda items a line each.

    Raises:
        DraftError: There is no such field.
    """
    field = _field(name)
    if name == "title":
        return draft.title
    value = getattr(draft.masthead, field.name)
    return "\n".join(value) if field.several_lines else str(value)


def set_field(draft: Draft, name: str, text: str) -> Draft:
    """Return the draft with another text in one field, trimmed; empty lines between agenda items are left out.

    Raises:
        DraftError: There is no such field, or the title is blank.
    """
    field = _field(name)
    if name == "title":
        return set_title(draft, text.strip())
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    value = lines if field.several_lines else " ".join(lines)
    return set_masthead(draft, replace(draft.masthead, **{field.name: value}))  # type: ignore[arg-type]


def _field(name: str) -> MastheadField:
    if name not in _BY_NAME:
        raise DraftError(f"The masthead has no field {name!r}.", f"It has {', '.join(_BY_NAME)}.")
    return _BY_NAME[name]
