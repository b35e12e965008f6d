"""A text in parts comes back to the sign, and a part that is not what it was is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from test_serial import DRAFT, drafts

from corpus.errors import StorageError
from drafting.model import ClauseKind, Draft
from drafting.operations import add_clause, edit_text
from drafting.parts import put_together, take_apart
from drafting.serial import draft_to_json


@settings(deadline=None)
@given(drafts)
def test_any_draft_comes_back_to_the_sign(draft: Draft) -> None:
    text = draft_to_json(draft)
    parted = take_apart(text)
    assert parted.text.isascii()
    assert put_together(parted.text, parted.parts.__getitem__) == text
    nothing: dict[str, str] = {}
    assert put_together(text, nothing.__getitem__) == text  # a whole text is a text without digests


def test_words_that_look_like_digests_are_words() -> None:
    for words in ('{"#":"abc def"}', '{"=":"abc"}', '\\{"#":""}', '"}{"=":"'):
        text = draft_to_json(add_clause(replace(DRAFT, title=words), words, ClauseKind.OPERATIVE))
        parted = take_apart(text)
        assert put_together(parted.text, parted.parts.__getitem__) == text


def test_members_that_a_later_version_adds_are_taken_apart_too() -> None:
    text = json.dumps(
        {"clauses": [{"notes": [{"by": "A"}, {"by": "B"}]}], "none": [], "mixed": [1, {}]}, separators=(",", ":")
    )
    parted = take_apart(text)
    assert len(parted.parts) == 3
    assert put_together(parted.text, parted.parts.__getitem__) == text


def test_a_changed_clause_is_the_only_new_part() -> None:
    draft = add_clause(DRAFT, "Encourages", ClauseKind.OPERATIVE)
    before = take_apart(draft_to_json(draft)).parts
    after = take_apart(draft_to_json(edit_text(draft, "c1", "Urges all"))).parts
    assert len(set(after) - set(before)) == 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '"draft"', '{"clauses":[{"a":"é"}]}', '{"=":"x"}'])
def test_a_text_that_would_not_come_back_as_it_was_is_refused(text: str) -> None:
    with pytest.raises(StorageError, match="not JSON as drafts are written"):
        take_apart(text)


def test_a_missing_or_damaged_part_is_refused() -> None:
    parted = take_apart(draft_to_json(DRAFT))
    for digest, part in parted.parts.items():
        left = {name: text for name, text in parted.parts.items() if name != digest}
        with pytest.raises(StorageError, match="part of the stored text is missing"):
            put_together(parted.text, left.__getitem__)
        with pytest.raises(StorageError, match="part of the stored text is damaged"):
            put_together(parted.text, (left | {digest: part.replace('"', "'", 1)}).__getitem__)
