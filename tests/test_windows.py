"""What is embedded of a text: its sentences, and the whole of it, nothing cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Corpus
from index.sentence_encoder import SentenceEncoder
from index.windows import TokenCounts, packed, sentences, windows

LONG = " ".join(f"word{number}" for number in range(100))


def count_words(texts: Sequence[str]) -> list[int]:
    """One token a word, and two more as a model adds them."""
    return [2 + len(text.split()) for text in texts]


def count_characters(texts: Sequence[str]) -> list[int]:
    """One token a character, so that words of different lengths weigh differently."""
    return [2 + sum(not character.isspace() for character in text) for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t ", []),
        ("One.", ["One."]),
        ("  One. Two?  Three! ", ["One.", "Two?", "Three!"]),
        ("First part; second part; third.", ["First part;", "second part;", "third."]),
        ("See para. 23 and No. 10, e.g. by Mr. Smith. Next.", ["See para. 23 and No. 10, e.g. by Mr. Smith.", "Next."]),
        ("He said: “Enough.” The end.", ["He said: “Enough.”", "The end."]),
        ("Said (as noted.) Then (“Quoted”) went.", ["Said (as noted.)", "Then (“Quoted”) went."]),
        ("Signed J. Smith. Édouard agreed.", ["Signed J. Smith.", "Édouard agreed."]),
        ("Rose by 3.5 per cent. in 2009. And fell.", ["Rose by 3.5 per cent. in 2009.", "And fell."]),
        ("No end at all", ["No end at all"]),
        ("a;b; c", ["a;b;", "c"]),
        ("see arts. 5 and 6 of vol. II. Yes.", ["see arts. 5 and 6 of vol. II.", "Yes."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("", 10, []),
        ("One two.", 10, [("One two.", True)]),
        ("One two. Three four.", 0, [("One two. Three four.", True), ("One two.", False), ("Three four.", False)]),
        ("One two. Three four.", 6, [("One two. Three four.", True), ("One two.", False), ("Three four.", False)]),
        ("One two. Three four.", 5, [("One two.", True), ("Three four.", True)]),
        (
            "A a. B b. C c.",  # two fit, so the middle one is in both
            6,
            [("A a. B b.", True), ("A a.", False), ("B b. C c.", True), ("B b.", False), ("C c.", False)],
        ),
        ("one two three four", 4, [("one two", True), ("two three", True), ("three four", True)]),
        ("unbreakable", 1, [("unbreakable", True)]),
        ("two words", 1, [("two", True), ("words", True)]),
    ],
)
def test_windows_are_the_sentences_and_the_whole(text: str, limit: int, expected: list[tuple[str, bool]]) -> None:
    found = windows(text, limit, count_words)
    assert [(text[span.start : span.end], whole) for span, whole in found] == expected


def test_windows_of_a_sentence_that_is_too_long_overlap() -> None:
    spans = packed(LONG, 30, count_words)
    assert len(spans) > 3
    assert all(after.start < before.end for before, after in pairwise(spans))


def test_a_script_without_blanks_is_not_cut_off_at_the_window() -> None:
    text = "犯罪预防和刑事司法" * 20
    spans = packed(text, 50, count_characters)
    assert len(spans) > 2
    assert max(count_characters([text[span.start : span.end] for span in spans])) <= 50
    assert set().union(*(range(span.start, span.end) for span in spans)) == set(range(len(text)))


WORDS = st.text(alphabet="abZ0é’”.;?!()“ \n\u00a0犯", max_size=12)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@given(text=TEXTS, limit=st.integers(0, 40), token_counts=st.sampled_from([count_words, count_characters]))
def test_the_whole_windows_cover_every_character_that_is_not_blank(
    text: str, limit: int, token_counts: TokenCounts
) -> None:
    found = windows(text, limit, token_counts)
    covered = {at for span, whole in found if whole for at in range(span.start, span.end)}
    assert {at for at, character in enumerate(text) if not character.isspace()} <= covered
    for span, _ in found:
        piece = text[span.start : span.end]
        assert piece == piece.strip() != ""
        within = not limit or token_counts([piece])[0] <= limit
        assert within or re.fullmatch(r"\S+", piece), "only a single word may be longer than the window"
        assert not re.match(r"[a-zA-Z0-9é]{2}", text[span.start - 1 : span.start + 1]) or span.start == 0
        assert not re.match(r"[a-zA-Z0-9é]{2}", text[span.end - 1 : span.end + 1])
    assert [span for span, _ in found] == sorted({span for span, _ in found}, key=lambda s: (s.start, -s.end))


@given(text=TEXTS, limit=st.integers(1, 40))
def test_packed_windows_move_forward(text: str, limit: int) -> None:
    spans = packed(text, limit, count_characters)
    assert all(a.start < b.start and a.end < b.end for a, b in pairwise(spans))


@given(text=TEXTS)
def test_sentences_follow_each_other_and_leave_out_only_blanks(text: str) -> None:
    spans = sentences(text)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    inside = {at for span in spans for at in range(span.start, span.end)}
    assert all(text[at].isspace() for at in set(range(len(text))) - inside)


@pytest.mark.model
def test_no_passage_is_cut_at_the_models_window(corpus: Corpus, encoder: SentenceEncoder) -> None:
    limit = encoder.card.window
    longest = 0
    for passage in corpus.passages:
        spans = [span for span, _ in windows(passage.text, limit, encoder.token_counts)]
        pieces = [passage.text[span.start : span.end] for span in spans]
        assert max(encoder.token_counts(pieces)) <= limit, passage.id
        longest = max(longest, encoder.token_counts([passage.text])[0])
    assert longest > limit, "the corpus has passages longer than the window"
