"""The fields of the masthead, one by one."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from corpus.errors import DraftError
from drafting.masthead import FIELDS, field_text, set_field
from drafting.model import Draft, Masthead


def test_every_field_of_the_masthead_and_the_title_can_be_edited() -> None:
    assert {field.name for field in FIELDS} == {field.name for field in fields(Masthead)} | {"title"}
    assert len(FIELDS) == len({field.label for field in FIELDS})


@pytest.mark.parametrize("name", [field.name for field in FIELDS])
def test_a_field_that_is_set_reads_back_and_the_others_stay(name: str) -> None:
    draft = Draft("d")
    changed = set_field(draft, name, "  Some words ")
    assert field_text(changed, name) == "Some words"
    assert all(
        field_text(changed, other.name) == field_text(draft, other.name) for other in FIELDS if other.name != name
    )


def test_agenda_items_are_a_line_each() -> None:
    changed = set_field(Draft("d"), "agenda_items", "Item 3 \n\n Item 4\r\n")
    assert changed.masthead.agenda_items == ("Item 3", "Item 4")
    assert field_text(changed, "agenda_items") == "Item 3\nItem 4"
    assert set_field(changed, "agenda_items", "") == Draft("d")


def test_another_field_is_one_line() -> None:
    assert set_field(Draft("d"), "place", "Kyoto,\nJapan") == replace(
        Draft("d"), masthead=Masthead(place="Kyoto, Japan")
    )


def test_an_unknown_field_and_an_empty_title_are_refused() -> None:
    with pytest.raises(DraftError, match="no field 'sponsor'"):
        set_field(Draft("d"), "sponsor", "Japan")
    with pytest.raises(DraftError, match="no field"):
        field_text(Draft("d"), "clauses")
    with pytest.raises(DraftError, match="title"):
        set_field(Draft("d"), "title", " ")
