"""The vector store: inner products exact or in cells by size, filters inside the search, and its file."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import IndexFolderError
from index.encoder import Vectors, unit
from index.faiss_store import EXACT_UP_TO, FaissStore
from index.vectors import Keys

VECTORS = np.array([[1, 0], [0.8, 0.6], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)
KEYS = np.array([70, 2**62 + 1, 5, 11, 3], dtype=np.int64)
EAST = np.array([1, 0], dtype=np.float32)


def keys(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(values, dtype=np.int64)


@pytest.fixture
def store() -> FaissStore:
    return FaissStore.build(KEYS, VECTORS)


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
    store = FaissStore.build(np.arange(40), vectors)
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


def clustered(count: int, seed: int) -> Vectors:
    """Return unit vectors in clumps, as texts about a few hundred subjects are."""
    numbers = np.random.default_rng(seed)
    middles = np.random.default_rng(0).standard_normal((300, 16))
    vectors = middles[numbers.integers(300, size=count)] + 0.5 * numbers.standard_normal((count, 16))
    return unit(vectors.astype(np.float32))


MANY = clustered(40_000, seed=1)
MANY_KEYS = np.random.default_rng(2).permutation(np.arange(40_000) * 2**45 + 7)
QUERIES = clustered(50, seed=3)


@pytest.fixture(scope="module")
def exact() -> FaissStore:
    return FaissStore.build(MANY_KEYS, MANY)


@pytest.fixture(scope="module")
def cells() -> FaissStore:
    return FaissStore.build(MANY_KEYS, MANY, exact_up_to=len(MANY) - 1)


@pytest.mark.parametrize(
    ("count", "exact_up_to", "expected"),
    [(0, 0, "Flat"), (5, 5, "Flat"), (6, 5, "IVF4,Flat"), (2, 1, "IVF2,Flat"), (900, 899, "IVF32,Flat")],
)
def test_the_number_of_vectors_alone_chooses_the_index(
    tmp_path: Path, count: int, exact_up_to: int, expected: str
) -> None:
    built = FaissStore.build(MANY_KEYS[:count], MANY[:count], exact_up_to)
    built.save(tmp_path / "vectors.faiss")
    assert (built.engine, FaissStore.open(tmp_path / "vectors.faiss").engine) == (expected, expected)
    assert len(built.search(QUERIES[0], 10)[0]) == min(count, 10), "a few vectors are all found, in cells or not"


def test_the_product_is_exact_up_to_fifty_thousand_vectors(exact: FaissStore) -> None:
    assert EXACT_UP_TO == 50_000
    assert exact.engine == "Flat"


def recall(found: FaissStore, exact: FaissStore, k: int, allowed: Keys | None = None) -> float:
    """Return the share of the exact results of `QUERIES` that are found."""
    pairs = [(found.search(q, k, allowed)[0], exact.search(q, k, allowed)[0]) for q in QUERIES]
    return float(np.mean([np.isin(right, keys).mean() for keys, right in pairs]))


def test_cells_find_nearly_what_an_exact_search_finds_with_the_very_scores(
    cells: FaissStore, exact: FaissStore
) -> None:
    assert recall(cells, exact, 10) > 0.99
    assert 0.9 < recall(cells, exact, 100) <= 1
    vectors = dict(zip(MANY_KEYS.tolist(), MANY, strict=True))
    found, scores = cells.search(QUERIES[0], 20)
    assert list(scores) == sorted(scores, reverse=True)
    np.testing.assert_allclose(scores, [vectors[key] @ QUERIES[0] for key in found.tolist()], atol=1e-6)


@pytest.mark.parametrize("share", [0.4, 0.05, 0.001])
def test_a_filter_that_leaves_few_vectors_makes_cells_exact(cells: FaissStore, exact: FaissStore, share: float) -> None:
    allowed = MANY_KEYS[: int(share * len(MANY_KEYS))]
    assert recall(cells, exact, 10, allowed) == 1
    assert np.isin(cells.search(QUERIES[0], 30, allowed)[0], allowed).all()


def test_filters_are_told_apart_however_many_were_used(cells: FaissStore) -> None:
    filters = [MANY_KEYS[start : start + 50] for start in range(0, 1000, 50)]
    for allowed in [*filters, *filters]:
        assert set(cells.search(QUERIES[0], 50, allowed)[0].tolist()) == set(allowed.tolist())


def test_a_filter_that_its_owner_changes_is_another_filter(store: FaissStore) -> None:
    allowed = keys(5, 3)
    assert store.search(EAST, 2, allowed)[0].tolist() == [5, 3]
    allowed[0] = 11
    assert store.search(EAST, 2, allowed)[0].tolist() == [11, 3]


def test_cells_give_vectors_back_exactly_so_an_updated_store_is_one_built_from_nothing(
    cells: FaissStore, tmp_path: Path
) -> None:
    cells.save(tmp_path / "before")
    before = FaissStore.open(tmp_path / "before")
    assert np.array_equal(before.get(MANY_KEYS), MANY)
    kept = slice(10_000, 40_000)
    new = clustered(500, seed=4)
    after = (np.concatenate([np.arange(500), MANY_KEYS[kept]]), np.concatenate([new, before.get(MANY_KEYS[kept])]))
    fresh = (after[0], np.concatenate([new, MANY[kept]]))
    for name, (store_keys, vectors) in (("updated", after), ("fresh", fresh)):
        FaissStore.build(store_keys, vectors, exact_up_to=100).save(tmp_path / name)
    assert (tmp_path / "updated").read_bytes() == (tmp_path / "fresh").read_bytes()


@pytest.mark.parametrize("kind", ["cells", "exact"])
def test_a_store_that_is_mapped_from_disk_answers_as_the_one_that_was_built(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    built: FaissStore = request.getfixturevalue(kind)
    path = tmp_path / "vectors.faiss"
    built.save(path)
    mapped = FaissStore.open(path, mapped_from=0)
    path.unlink()  # a later build may replace the file while this one still serves
    for query in QUERIES[:5]:
        for allowed in (None, MANY_KEYS[:2000]):
            (found, scores), (expected, right) = (each.search(query, 10, allowed) for each in (mapped, built))
            assert np.array_equal(found, expected)
            assert np.array_equal(scores, right)
    assert np.array_equal(mapped.get(MANY_KEYS[:5]), MANY[:5])
    mapped.save(path)
    built.save(tmp_path / "again")
    assert path.read_bytes() == (tmp_path / "again").read_bytes()


def test_a_disk_that_is_full_is_an_error_that_says_so(store: FaissStore) -> None:
    with pytest.raises(OSError, match="No space left"):
        store.save(Path("/dev/full"))
