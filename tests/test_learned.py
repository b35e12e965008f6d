"""What was learned on top of the cosines: against its definition, and left alone where it doesn't belong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from corpus.errors import IndexFolderError
from index.encoder import Encoder, Encoding, unit
from index.late import TokenIndex, tokens_of
from index.learned import Learned, Parameters, learned, nearest

DIMENSION, RANK = 12, 3


def encoding(ids: list[int], seed: int) -> Encoding:
    numbers = np.random.default_rng(seed)
    vectors = unit(numbers.standard_normal((len(ids), DIMENSION)).astype(np.float32))
    return Encoding(np.zeros(DIMENSION, np.float32), np.array(ids, dtype=np.int32), vectors)


WINDOWS = [encoding([-1, 7, 8, -1], 1), encoding([-1, 7, 7, 9, -1], 2), encoding([-1, 10, -1], 3)]
QUERY = encoding([-1, 7, 9, 30, -1], 4)


def parameters(spread: float = 0.3) -> Parameters:
    numbers = np.random.default_rng(5)
    shapes = ((DIMENSION,), (DIMENSION, RANK), (DIMENSION, RANK))
    return Parameters("a model", *((spread * numbers.standard_normal(shape)).astype(np.float32) for shape in shapes))


@pytest.fixture
def index() -> TokenIndex:
    return TokenIndex.build([tokens_of(window) for window in WINDOWS], DIMENSION, np.zeros(0, np.int32))


@given(
    hnp.arrays(np.float32, (3, 7), elements=st.sampled_from([0.0, 0.25, 0.5])),
    st.lists(st.integers(1, 6), unique=True).map(sorted),
)
def test_the_nearest_token_is_the_first_of_the_best_in_each_window(
    cosines: npt.NDArray[np.float32], later: list[int]
) -> None:
    starts = np.array([0, *later])
    best, columns = nearest(cosines, starts)
    for number, (start, end) in enumerate(zip(starts, [*later, 7], strict=True)):
        np.testing.assert_array_equal(columns[:, number], start + cosines[:, start:end].argmax(axis=1))
        np.testing.assert_array_equal(best[:, number], cosines[:, start:end].max(axis=1))


def test_parameters_of_nothing_leave_every_score_as_it_is(index: TokenIndex) -> None:
    nothing = Learned.of(parameters(0.0), index)
    for numbers in (np.array([2, 0, 1]), np.array([1]), np.array([0, 0])):
        np.testing.assert_allclose(index.scores([QUERY], numbers, nothing), index.scores([QUERY], numbers), atol=1e-6)


def test_the_score_is_that_of_the_definition(index: TokenIndex) -> None:
    learnt = parameters()
    prior = index.weights(QUERY.token_ids)
    factors = [float(np.exp(learnt.importance @ q)) for q in QUERY.token_vectors]
    weights = [w * f for w, f in zip(prior.tolist(), factors, strict=True)]
    expected = []
    for window in WINDOWS:
        total = 0.0
        for weight, q in zip(weights, QUERY.token_vectors, strict=True):
            d = max(window.token_vectors, key=lambda vector, q=q: float(q @ vector))  # type: ignore[misc]
            total += weight * float(q @ d + (learnt.asked.T @ q) @ (learnt.said.T @ d))
        expected.append(total / sum(weights))
    scores = index.scores([QUERY], np.arange(3), Learned.of(learnt, index))
    np.testing.assert_allclose(scores, expected, atol=0.02)  # the windows' vectors are bytes
    assert np.abs(scores - index.scores([QUERY], np.arange(3))).max() > 0.05


def test_no_token_takes_a_query_over_however_large_the_parameters() -> None:
    weights = parameters(1e6).weights(np.full(5, 0.2, np.float32), QUERY.token_vectors)
    assert float(weights.sum()) == pytest.approx(1)
    assert float(weights.max() / weights.min()) == pytest.approx(np.exp(6), rel=1e-4)


def test_a_window_without_tokens_still_scores_0(index: TokenIndex) -> None:
    hole = TokenIndex.build([tokens_of(encoding([], 0)), tokens_of(WINDOWS[0])], DIMENSION, stop=np.zeros(0, np.int32))
    alone = TokenIndex.build([tokens_of(WINDOWS[0])], DIMENSION, stop=np.zeros(0, np.int32))
    scores = hole.scores([QUERY], np.arange(2), Learned.of(parameters(), hole))
    assert scores[0] == 0
    assert len(index) == 3
    assert scores[1] != alone.scores([QUERY], np.array([0]))[0]


def test_parameters_that_were_saved_are_the_same_and_give_the_same_bytes(tmp_path: Path) -> None:
    parameters().save(tmp_path / "one.npz")
    again = Parameters.open(tmp_path / "one.npz")
    again.save(tmp_path / "two.npz")
    assert again.model == "a model"
    np.testing.assert_allclose(again.asked, parameters().asked, atol=1e-3)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.npz", "two.npz"]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off", None])
def test_parameters_that_cannot_be_read_are_reported_with_their_file(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "learned.npz").write_bytes(content)
    with pytest.raises(IndexFolderError, match=r"learned\.npz cannot be read"):
        Parameters.open(tmp_path / "learned.npz")


def test_parameters_of_different_sizes_are_refused(tmp_path: Path) -> None:
    one = parameters()
    Parameters("a model", one.importance[1:], one.asked, one.said).save(tmp_path / "learned.npz")
    with pytest.raises(IndexFolderError, match="do not fit together"):
        Parameters.open(tmp_path / "learned.npz")


def test_another_model_learns_nothing_from_the_bundled_parameters(index: TokenIndex) -> None:
    assert learned("another model", index) is None


@pytest.mark.model
def test_the_bundled_parameters_are_small_finite_and_of_the_bundled_model(encoder: Encoder) -> None:
    bundled = Parameters.open()
    assert bundled.model == encoder.card.digest
    assert bundled.importance.shape == (encoder.card.dimension,)
    for array in (bundled.importance, bundled.asked, bundled.said):
        assert np.isfinite(array).all()
        assert array.any()
        assert array.nbytes < 100_000
