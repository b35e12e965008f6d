"""The vector store: exact inner products, filters inside the search, and its file."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IndexFolderError
from index.faiss_store import FaissStore

VECTORS = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
KEYS = np.array([70, 2**62 + 1, 5, 11, 3], dtype=np.int64)
EAST = np.array([1, 0], dtype=np.float32)


def keys(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


@pytest.fixture
def store() -> FaissStore:
    filled = FaissStore.empty(2)
    filled.add(KEYS, VECTORS)
    return filled


@pytest.mark.parametrize(
    ("k", "allowed", "expected"),
    [
        (2, None, [(70, 1.0), (2**62 + 1, 0.8)]),
        (9, None, [(70, 1.0), (2**62 + 1, 0.8), (5, 0.6), (11, 0.0), (3, -1.0)]),
        (1, [3], [(3, -1.0)]),  # the worst of all is found when it alone is allowed: the filter acts before the top k
        (2, [11, 3, 5], [(5, 0.6), (11, 0.0)]),
        (5, [5, 999], [(5, 0.6)]),
        (5, [999], []),
        (5, [], []),
    ],
)
def test_the_nearest_allowed_vectors_come_best_first(
    store: FaissStore, k: int, allowed: list[int] | None, expected: list[tuple[int, float]]
) -> None:
    found, scores = store.search(EAST, k, None if allowed is None else keys(*allowed))
    assert found.tolist() == [key for key, _ in expected]
    np.testing.assert_allclose(scores, [score for _, score in expected], atol=1e-7)


@given(data=st.data())
def test_a_filtered_search_is_the_full_search_without_the_others(data: st.DataObject) -> None:
    numbers = np.random.default_rng(data.draw(st.integers(0, 1000)))
    vectors = numbers.standard_normal((40, 8)).astype(np.float32)
    store = FaissStore.empty(8)
    store.add(np.arange(40), vectors)
    allowed = data.draw(st.sets(st.integers(0, 39), min_size=1))
    k = data.draw(st.integers(1, 45))
    query = numbers.standard_normal(8).astype(np.float32)
    everything, _ = store.search(query, 40)
    filtered, scores = store.search(query, k, np.array(sorted(allowed)))
    assert filtered.tolist() == [key for key in everything.tolist() if key in allowed][:k]
    np.testing.assert_allclose(scores, vectors[filtered] @ query, rtol=1e-4, atol=1e-5)


def test_vectors_come_back_as_they_were_put_in(store: FaissStore) -> None:
    assert np.array_equal(store.get(keys(3, 70)), VECTORS[[4, 0]])
    assert store.get(keys()).shape == (0, 2)
    assert (len(store), store.dimension) == (5, 2)


def test_a_key_that_is_not_kept_is_a_key_error(store: FaissStore) -> None:
    with pytest.raises(KeyError):
        store.get(keys(70, 71))


def test_a_store_that_was_saved_is_the_same_and_gives_the_same_bytes(store: FaissStore, tmp_path: Path) -> None:
    store.save(tmp_path / "one")
    again = FaissStore.open(tmp_path / "one")
    again.save(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert np.array_equal(again.get(KEYS), VECTORS)
    found, _ = again.search(EAST, 1, keys(3, 5))
    assert found.tolist() == [5]


@pytest.mark.parametrize("content", [None, b"", b"IxM2", b"not an index at all"])
def test_a_file_that_is_no_store_is_one_clear_error(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "vectors.faiss"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexFolderError, match=r"vectors\.faiss") as raised:
        FaissStore.open(path)
    assert "python -m drafting index" in raised.value.remedy


def test_a_truncated_store_is_one_clear_error(store: FaissStore, tmp_path: Path) -> None:
    path = tmp_path / "vectors.faiss"
    store.save(path)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(IndexFolderError, match="cannot be read"):
        FaissStore.open(path)


def test_vectors_without_keys_are_refused(tmp_path: Path) -> None:
    faiss.write_index(faiss.IndexFlatIP(2), str(tmp_path / "flat"))
    with pytest.raises(IndexFolderError, match="IndexFlatIP, not vectors under keys"):
        FaissStore.open(tmp_path / "flat")
