"""Changes are shown with a few words around them, and nothing of what changed is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.abridged import abridged
from drafting.changes import Change, ChangeKind, word_changes

_MARKS = {ChangeKind.EQUAL: "{}", ChangeKind.DELETED: "[-{}-]", ChangeKind.INSERTED: "[+{}+]"}


def shown(before: str, after: str) -> str:
    return "".join(_MARKS[each.kind].format(each.text) for each in abridged(word_changes(before, after)))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Promote peace", "We promote peace", "[-Promote-][+We promote+] peace"),
        ("Share a b c d e f g h;", "We share a b c d e f g h.", "[-Share-][+We share+] a b c d …"),
        ("a b c d e f old", "a b c d e f new.", "… c d e f [-old-][+new.+]"),
        ("x a b c d e f g h i j y", "u a b c d e f g h i j v", "[-x-][+u+] a b c d … g h i j [-y-][+v+]"),
        ("x a b c d e f g h y", "u a b c d e f g h v", "[-x-][+u+] a b c d e f g h [-y-][+v+]"),
        ("We share;", "We share.", ""),
        ("We share", "We share", ""),
        ("", "", ""),
    ],
)
def test_few_words_that_stayed_are_shown_on_either_side(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


@given(*(st.lists(st.sampled_from(["a", "b", "cd", "e,"]), max_size=30).map(" ".join) for _ in range(2)))
def test_every_word_that_went_or_came_is_there_and_no_other_is_made_up(before: str, after: str) -> None:
    changes = word_changes(before, after)
    short = abridged(changes)

    def of(held: tuple[Change, ...], kind: ChangeKind) -> list[str]:
        return [each.text for each in held if each.kind is kind and each.text.strip(" .,;:")]

    for kind in (ChangeKind.DELETED, ChangeKind.INSERTED):
        assert of(short, kind) == of(tuple(changes), kind)
    words = {word for each in changes for word in each.text.split()}
    assert {word for each in short for word in each.text.split()} - {"…"} <= words
