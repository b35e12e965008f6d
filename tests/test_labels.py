"""(i) is a letter or a roman number, and only its list can say which."""

import pytest

from corpus.labels import OpenLists, label_at_start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a) Consider the importance", ("a", 4)),
        ("(iv) What can be done", ("iv", 5)),
        ("(2005); Amendment to the", None),
        ("(see paras. 10-14 above)", None),
        ("(h)and", None),
        ("(A) Capital", None),
    ],
)
def test_a_label_is_a_short_bracket_followed_by_text(text: str, expected: tuple[str, int] | None) -> None:
    assert label_at_start(text) == expected


def paths(*labels: str) -> list[str]:
    lists = OpenLists()
    placed = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        path = lists.place(label, following, may_nest=True)
        placed.append("".join(path) if path else "-")
    return placed


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("a b c", "a b c"),
        ("a b c d e f g h i j", "a b c d e f g h i j"),
        ("a i ii iii b", "a ai aii aiii b"),
        ("a b c i ii iii iv v vi d", "a b c ci cii ciii civ cv cvi d"),
        ("a b c d e f g i ii iii h i", "a b c d e f g gi gii giii h i"),
        ("a b c d e f g h i ii", "a b c d e f g h hi hii"),
        ("a b c d e f g h i", "a b c d e f g h i"),
        ("u v w x y z aa bb", "- - - - - - - -"),
        ("a c", "a c"),
        ("a g", "a -"),
        ("b c", "- -"),
        ("1 2 a b 3", "1 2 2a 2b 3"),
    ],
)
def test_each_label_finds_its_place(labels: str, expected: str) -> None:
    assert paths(*labels.split()) == expected.split()


def test_letters_go_on_after_z_by_doubling() -> None:
    alphabet = [chr(ord("a") + number) for number in range(26)]
    assert paths(*alphabet, "aa", "bb")[-2:] == ["aa", "bb"]


def test_no_list_begins_where_the_text_has_not_stopped() -> None:
    assert OpenLists().place("a", "b", may_nest=False) is None
