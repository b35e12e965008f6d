"""Late interaction: the byte form, the weights, and the score against a plain computation."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from corpus.errors import IndexFolderError
from index.encoder import Encoding, unit
from index.late import TokenIndex, WindowTokens, tokens_of

DIMENSION = 16
STOP = np.array([10, 50], dtype=np.int32)


def encoding(ids: list[int], seed: int = 0) -> Encoding:
    """Return an encoding with these token ids and made-up unit vectors."""
    numbers = np.random.default_rng(seed)
    vectors = unit(numbers.standard_normal((len(ids), DIMENSION)).astype(np.float32))
    spans = np.array([[2 * at, 2 * at + (token >= 0)] for at, token in enumerate(ids)], np.int32).reshape(len(ids), 2)
    return Encoding(np.zeros(DIMENSION, np.float32), np.array(ids, dtype=np.int32), vectors, spans)


WINDOWS = [encoding([-1, 7, 8, -1], 1), encoding([-1, 7, 7, 9, -1], 2), encoding([-1, 10, -1], 3)]


@pytest.fixture
def index() -> TokenIndex:
    return TokenIndex.build([tokens_of(window) for window in WINDOWS], DIMENSION, STOP)


def score_by_hand(query: Encoding, window: Encoding, all_windows: list[Encoding]) -> float:
    """Return the score by its definition, in plain floats and without the byte form."""
    weights = []
    for token in query.token_ids.tolist():
        having = sum(token in other.token_ids.tolist() for other in all_windows)
        rare = max(0.1, math.log((len(all_windows) + 1) / (having + 0.5)))
        weights.append(0.5 if token < 0 else 0.0 if token in STOP else rare)
    weights = weights if any(weights) else [1.0] * len(weights)
    best = [max(float(q @ d) for d in window.token_vectors) for q in query.token_vectors]
    return sum(w * b for w, b in zip(weights, best, strict=True)) / sum(weights)


@given(vectors=hnp.arrays(np.float32, (3, DIMENSION), elements=st.floats(-1, 1, width=32)))
def test_the_byte_form_is_off_by_half_a_step_at_most(vectors: npt.NDArray[np.float32]) -> None:
    tokens = tokens_of(Encoding(vectors[0], np.zeros(3, np.int32), vectors))
    restored = tokens.codes.astype(np.float32) * tokens.scales[:, None]
    assert tokens.codes.dtype == np.int8
    assert np.all(np.abs(restored - vectors) <= tokens.scales[:, None] * 0.5001)


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([7], [1.0]),
        ([7, 99], [math.log(4 / 2.5), math.log(4 / 0.5)]),  # two windows have 7, none has 99
        ([-1, 8, -1], [0.5, math.log(4 / 1.5), 0.5]),
        ([8, 10, 50], [math.log(4 / 1.5), 0, 0]),  # stop words, one of them in no window
        ([-1], [1.0]),
        ([10, 10], [0.5, 0.5]),  # nothing but stop words
    ],
)
def test_rare_tokens_weigh_more_and_weights_add_up_to_1(
    index: TokenIndex, ids: list[int], expected: list[float]
) -> None:
    weights = index.weights(np.array(ids, dtype=np.int32))
    assert float(weights.sum()) == pytest.approx(1)
    np.testing.assert_allclose(weights, np.array(expected) / sum(expected), rtol=1e-5)


def test_a_token_that_every_window_has_still_weighs_something() -> None:
    common = TokenIndex.build([tokens_of(encoding([4, 4]))] * 50, DIMENSION, STOP)
    assert common.weights(np.array([4, 5], dtype=np.int32))[0] == pytest.approx(0.1 / (0.1 + math.log(51 / 0.5)))


@given(st.lists(st.integers(-1, 12), min_size=1, max_size=8), st.integers(0, 99))
def test_the_score_is_that_of_the_definition_within_the_byte_forms_tolerance(ids: list[int], seed: int) -> None:
    built = TokenIndex.build([tokens_of(window) for window in WINDOWS], DIMENSION, STOP)
    query = encoding(ids, 100 + seed)
    scores = built.scores([query], np.array([2, 0, 1, 0]))
    expected = [score_by_hand(query, WINDOWS[number], WINDOWS) for number in (2, 0, 1, 0)]
    np.testing.assert_allclose(scores, expected, atol=(0.5 / 127 + 0.5 / 63) * math.sqrt(DIMENSION))
    assert np.all(np.abs(scores) <= 1.01)


def test_a_long_query_in_several_encodings_is_scored_as_one(index: TokenIndex) -> None:
    parts = [encoding([7, 8], 5), encoding([9], 6)]
    joined = Encoding(
        parts[0].vector,
        np.concatenate([part.token_ids for part in parts]),
        np.concatenate([part.token_vectors for part in parts]),
    )
    numbers = np.arange(3)
    np.testing.assert_allclose(index.scores(parts, numbers), index.scores([joined], numbers), rtol=1e-6)


def test_a_window_finds_itself_with_the_score_1(index: TokenIndex) -> None:
    for number, window in enumerate(WINDOWS):
        scores = index.scores([window], np.arange(3))
        assert scores.argmax() == number
        assert scores[number] == pytest.approx(1, abs=0.02)


def test_a_window_without_tokens_scores_0_and_leaves_the_others_alone(index: TokenIndex) -> None:
    empty = tokens_of(encoding([]))
    with_hole = TokenIndex.build([tokens_of(WINDOWS[0]), empty, tokens_of(WINDOWS[1]), empty], DIMENSION, STOP)
    scores = with_hole.scores([WINDOWS[0]], np.arange(4))
    assert scores[1] == scores[3] == 0
    assert scores[0] == pytest.approx(1, abs=0.02)
    assert with_hole.scores([WINDOWS[0]], np.array([1])).tolist() == [0]
    assert index.scores([encoding([])], np.arange(3)).tolist() == [0, 0, 0]


def test_a_model_without_token_vectors_gives_an_empty_index() -> None:
    index = TokenIndex.build([tokens_of(encoding([]))] * 3, DIMENSION, STOP)
    assert not index.has_vectors
    assert len(index) == 3
    assert index.scores([encoding([7])], np.arange(3)).tolist() == [0, 0, 0]


def same(one: WindowTokens, other: WindowTokens) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("ids", "codes", "scales", "spans"))


def test_tokens_of_unknown_place_are_kept_with_empty_spans() -> None:
    vectors = np.eye(3, DIMENSION, dtype=np.float32)
    tokens = tokens_of(Encoding(vectors[0], np.arange(3, dtype=np.int32), vectors))
    assert tokens.spans.tolist() == [[0, 0]] * 3


def test_pooled_vectors_are_the_weighted_sums_of_each_passages_tokens(index: TokenIndex) -> None:
    pooled = index.pooled(np.array([0, 2, 2, 3]))  # two windows, none, one
    assert pooled.shape == (3, DIMENSION)
    assert not pooled[1].any()
    for row, windows in ((0, WINDOWS[:2]), (2, WINDOWS[2:])):
        total = np.zeros(DIMENSION)
        for window in windows:
            weights = [
                0.5 if i < 0 else 0 if i == 10 else {7: math.log(4 / 2.5)}.get(i, math.log(4 / 1.5))
                for i in window.token_ids.tolist()
            ]
            total += np.array(weights) @ window.token_vectors
        np.testing.assert_allclose(pooled[row], total / np.linalg.norm(total), atol=0.01)


def test_an_index_that_was_saved_is_the_same_and_gives_the_same_bytes(index: TokenIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "one")
    again = TokenIndex.open(tmp_path / "one")
    again.save(tmp_path / "two")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert all(same(again.window(number), tokens_of(window)) for number, window in enumerate(WINDOWS))
    assert np.array_equal(again.scores([WINDOWS[1]], np.arange(3)), index.scores([WINDOWS[1]], np.arange(3)))


@pytest.mark.parametrize("name", ["bounds", "ids", "codes", "scales", "spans", "stop"])
@pytest.mark.parametrize("content", [None, b"", b"\x93NUMPY", b"not an array"])
def test_a_missing_or_damaged_file_is_one_clear_error(
    index: TokenIndex, tmp_path: Path, name: str, content: bytes | None
) -> None:
    index.save(tmp_path / "tokens")
    path = tmp_path / "tokens" / f"{name}.npy"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexFolderError, match="tokens cannot be read") as raised:
        TokenIndex.open(tmp_path / "tokens")
    assert "python -m drafting index" in raised.value.remedy
