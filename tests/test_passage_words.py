"""The words of passages as the index keeps them: their places, their numbers, and vectors that were made of tokens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexFolderError
from index.encoder import Encoding, unit
from index.late import TokenIndex, tokens_of
from index.lexical import LexicalIndex
from index.passage_words import PassageWords

TEXTS = ("Women in prisons need water.", "The of and.", "Water, water.")
# Two windows cover the first text and share "prisons": (start of the window, its tokens' spans in the window).
WINDOWS: tuple[tuple[int, list[tuple[int, int]]], ...] = (
    (0, [(0, 5), (6, 8), (9, 12), (12, 16)]),
    (9, [(0, 7), (8, 12), (13, 18)]),
    (0, []),
    (0, [(0, 5), (7, 12)]),
)
WHOLE = np.array([0, 2, 3, 4])
DIMENSION = 6


def encoding(number: int, spans: list[tuple[int, int]]) -> Encoding:
    rng = np.random.default_rng(number)
    vectors = unit(rng.normal(size=(len(spans), DIMENSION)).astype(np.float32))
    ids = np.arange(len(spans), dtype=np.int32)
    return Encoding(np.zeros(DIMENSION, np.float32), ids, vectors, np.array(spans, dtype=np.int32).reshape(-1, 2))


ENCODINGS = [encoding(number, spans) for number, (_, spans) in enumerate(WINDOWS)]
MEAN = np.full(DIMENSION, 0.1, dtype=np.float32)


@pytest.fixture
def words() -> PassageWords:
    tokens = TokenIndex.build([tokens_of(each) for each in ENCODINGS], DIMENSION, np.zeros(0, np.int32))
    starts = np.array([start for start, _ in WINDOWS], dtype=np.int32)
    return PassageWords.build(TEXTS, tokens, WHOLE, starts, LexicalIndex.build(TEXTS), MEAN)


def test_words_are_found_by_their_passage_with_the_cosine_of_each(words: PassageWords) -> None:
    clause = np.eye(DIMENSION, dtype=np.float32)[:2]
    (water, nothing, women), cosines = words.beside(clause, [2, 1, 0])
    assert [TEXTS[2][start:end] for start, end in water.spans] == ["Water", "water"]
    assert [TEXTS[0][start:end] for start, end in women.spans] == ["Women", "prisons", "need", "water"]
    assert water.stems[0] == water.stems[1] == women.stems[3]
    assert len(nothing.stems) == 0
    assert cosines.shape == (2, 6)
    # "prisons" is the tokens 2 and 3 of the first window, and token 0 of the second.
    total = ENCODINGS[0].token_vectors[2:4].sum(axis=0) + ENCODINGS[1].token_vectors[0]
    expected = unit(unit(total[None, :]) - 0.5 * MEAN)[0]
    np.testing.assert_allclose(cosines[:, 3], expected[:2], atol=0.01)


def test_no_passages_have_no_words(words: PassageWords) -> None:
    sides, cosines = words.beside(np.zeros((3, DIMENSION), np.float32), [])
    assert (sides, cosines.shape) == ([], (3, 0))


def test_words_that_were_saved_are_the_same_and_give_the_same_bytes(words: PassageWords, tmp_path: Path) -> None:
    words.save(tmp_path / "one")
    again = PassageWords.open(tmp_path / "one")
    again.save(tmp_path / "two")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert len(again) == len(words) == 3


@pytest.mark.parametrize("name", ["bounds", "spans", "stems", "least", "codes", "scales"])
@pytest.mark.parametrize("content", [None, b"", b"\x93NUMPY", b"not an array"])
def test_a_missing_or_damaged_file_is_one_clear_error(
    words: PassageWords, tmp_path: Path, name: str, content: bytes | None
) -> None:
    words.save(tmp_path / "words")
    path = tmp_path / "words" / f"{name}.npy"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexFolderError, match="words of the passages") as raised:
        PassageWords.open(tmp_path / "words")
    assert "python -m drafting index" in raised.value.remedy
