"""The words of a text as word search sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words import STOP_WORDS, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("the of and a", []),
        ("!?… – 🙂", []),
        ("Preventing crimes, prevented crime", ["prevent", "crime", "prevent", "crime"]),
        ("WOMEN Women women", ["women", "women", "women"]),
        ("resolution 65/230 of 2010", ["resolut", "65/230", "2010"]),
        ("1,500.5 cases", ["1,500.5", "case"]),
        ("A/CONF.213/RPM.1/1", ["conf", "213", "rpm", "1/1"]),
        ("the State’s and the State's", ["state", "state"]),
        ("l’État", ["l'état"]),
        ("COVID19 COVID-19", ["covid19", "covid", "19"]),
        ("e-mail", ["mail"]),
        ("х 犯罪 預防", ["犯罪", "預防"]),
        ("under_score", ["score"]),
        ("Straße", ["strass"]),
    ],
)
def test_stems_are_the_words_without_case_endings_and_stop_words(text: str, expected: list[str]) -> None:
    assert list(stems(text)) == expected


def test_every_form_of_a_word_has_one_stem() -> None:
    assert len(set(stems("cooperate cooperates cooperated cooperating cooperation"))) == 1


@given(text=st.text(max_size=200))
def test_a_word_stands_where_its_span_says(text: str) -> None:
    end = 0
    for word in words(text):
        assert end <= word.span.start < word.span.end <= len(text)
        end = word.span.end
        printed = text[word.span.start : word.span.end]
        assert printed.strip() == printed
        assert printed.casefold() not in STOP_WORDS
        assert word.stem
