"""Word by word: nothing of either text is lost, and what is shown can be read."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drafting.changes import Change, ChangeKind, word_changes
from drafting.subsequences import longest_increasing

MARKS = {ChangeKind.EQUAL: "{}", ChangeKind.DELETED: "[-{}-]", ChangeKind.INSERTED: "[+{}+]"}

words = st.sampled_from(
    ["States", "the", "urge", "of", ",", ".", " ", "  ", "\n", "2,000", "(a)", "é", "e\u0301", "宣言"]
)
texts = st.one_of(
    st.lists(words, max_size=30).map(" ".join),
    st.text(st.characters() | st.sampled_from(" \0\ud83d\ude00\u0301\u200d🙂🏽🇰🇪"), max_size=20),
)


def marked(before: str, after: str) -> str:
    """Return the changes as one text with marks."""
    return "".join(MARKS[change.kind].format(change.text) for change in word_changes(before, after))


@given(texts, texts)
@example("a b c", "")
@example(" a", "a ")
@example("\u0301", "e\u0301")
def test_both_texts_are_in_the_changes_to_the_last_sign(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert "".join(c.text for c in changes if c.kind is not ChangeKind.INSERTED) == before
    assert "".join(c.text for c in changes if c.kind is not ChangeKind.DELETED) == after
    assert all(change.text for change in changes)
    kinds = [change.kind for change in changes]
    assert all(one is not other for one, other in pairwise(kinds))
    assert (ChangeKind.INSERTED, ChangeKind.DELETED) not in list(pairwise(kinds))


@given(texts)
def test_equal_texts_have_no_change(text: str) -> None:
    assert word_changes(text, text) == ((Change(ChangeKind.EQUAL, text),) if text else ())


@given(texts, texts)
def test_no_accent_is_parted_from_its_letter(before: str, after: str) -> None:
    text = before + after
    letters = [at for at in range(1, len(text)) if unicodedata.category(text[at])[0] == "M" and text[at - 1].isalpha()]
    for one, other in ((text, after), (after, text), (text, "e x")):
        place = 0
        for change in word_changes(one, other):
            if change.kind is not ChangeKind.INSERTED:
                assert one is not text or place not in letters
                place += len(change.text)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Urge States to act", "Invite States to act", "[-Urge-][+Invite+] States to act"),
        ("States and regions", "States, regions", "States[- and-][+,+] regions"),
        ("Urge States.", "Urge States to act.", "Urge States[+ to act+]."),
        ("Urge all States", "Urge States", "Urge [-all -]States"),
        ("One. Two.", "One. Three. Two.", "One. [+Three. +]Two."),
        (
            "We urge. Each acts. End.",
            "We urge. Each reports. Each acts. End.",
            "We urge. [+Each reports. +]Each acts. End.",
        ),
        ("a  b", "a b", "a[- -] b"),
        ("", "Urge", "[+Urge+]"),
        ("2,000 in para. 24 (c)", "2,500 in para. 24 (d)", "[-2,000-][+2,500+] in para. 24 ([-c-][+d+])"),
        (
            "the law-enforcement officer",
            "the law enforcement officer",
            "the [-law-enforcement-][+law enforcement+] officer",
        ),
        ("State's", "States'", "[-State's-][+States'+]"),
        ("宣言", "宣告", "宣[-言-][+告+]"),
        ("cafe\u0301 noir", "cafe noir", "[-cafe\u0301-][+cafe+] noir"),
        ("👩🏽‍⚖️ x", "👩🏻‍⚖️ x", "[-👩🏽‍⚖️-][+👩🏻‍⚖️+] x"),
        ("🇰🇪🇺🇬", "🇰🇪🇹🇿", "🇰🇪[-🇺🇬-][+🇹🇿+]"),
    ],
)
def test_a_change_reads_as_a_person_would_mark_it(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def test_a_few_words_between_larger_changes_are_no_salad() -> None:
    before = "strengthen the cooperation of competent authorities"
    after = "enhance the coordination of national bodies"
    assert marked(before, after) == f"[-{before}-][+{after}+]"


def test_a_sentence_that_stays_between_two_rewritten_ones_is_shown_as_it_is() -> None:
    stays = " Each State shall report on what it did. "
    before = f"Nobody knows how such measures will be financed.{stays}They meet every other year in Vienna or Doha."
    after = f"Funds come from voluntary contributions.{stays}A conference shall be convened when required."
    assert f"][+Funds come from voluntary contributions+].{stays}[-" in marked(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a b " * 20_000, "b a a " * 13_000),
        (" ".join(map(str, range(40_000))), " ".join(map(str, [*range(1, 40_000, 2), *range(0, 40_000, 2)]))),
        ("\u0301" * 50_000, "x"),
    ],
    ids=["two words without end", "all moved", "accents without letters"],
)
def test_very_long_texts_are_compared_whole(before: str, after: str) -> None:
    changes = word_changes(before, after)
    assert "".join(c.text for c in changes if c.kind is not ChangeKind.INSERTED) == before
    assert "".join(c.text for c in changes if c.kind is not ChangeKind.DELETED) == after


def test_single_words_changed_in_a_very_long_text_are_found_though_most_words_repeat() -> None:
    words = [f"w{number % 97}" if number % 50 else f"u{number}" for number in range(40_000)]
    after = list(words)
    after[101], after[39_901] = "first", "last"
    changes = word_changes(" ".join(words), " ".join(after))
    assert [change.text for change in changes if change.kind is ChangeKind.INSERTED] == ["first", "last"]
    assert [change.text for change in changes if change.kind is ChangeKind.DELETED] == [words[101], words[39_901]]


@given(st.lists(st.integers(0, 9), max_size=9))
def test_the_longest_increasing_subsequence_is_increasing_and_none_is_longer(numbers: list[int]) -> None:
    found = [numbers[position] for position in longest_increasing(numbers)]
    assert all(one < other for one, other in pairwise(found))
    best = [0] * len(numbers)
    for end, number in enumerate(numbers):
        best[end] = 1 + max((best[at] for at in range(end) if numbers[at] < number), default=0)
    assert len(found) == max(best, default=0)
