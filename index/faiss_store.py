"""The vector store that FAISS provides; the one module that imports it, and that chooses among its indexes.

    up to 50,000 vectors   Flat          every vector is compared: exact
    more                   IVFn,Flat     n cells around centroids; the vectors of the cells nearest to the query are
                                         compared, so scores are exact and only what lies in far cells is missed

Cells rather than a graph (HNSW): a filter that leaves 1 vector in 100 costs a graph most of its neighbours, while here
more cells are looked into; and thousands of results are asked for at once. Whole vectors rather than codes: an index
that was updated must hold what a build from nothing makes, scores must mean the same at every size, and mapped from
disk they take no memory of their own. The figures are in benchmarks/README.md.

One thread, because a query is bound by one core's memory, and a second thread costs more than it brings; and because
cells must not depend on how many cores a machine has.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from corpus.errors import IndexFolderError
from index.encoder import Vectors
from index.vectors import Keys, Scores

faiss.omp_set_num_threads(1)

EXACT_UP_TO = 50_000  # vectors; up to there an exact search takes no longer than the encoding of the query
_CELLS = 1.5  # times the square root of the number of vectors, and then the nearest power of two
_TRAINED_ON = 64  # vectors a cell: with more of them the cells are hardly better and take far longer
# Vectors compared for a query: this many, and this many times the results asked for. Under a filter only those that it
# leaves count, so that a narrow one looks into more cells, and one that leaves fewer than that is exact.
_COMPARED, _COMPARED_PER_RESULT = 16_384, 8
_MAPPED_FROM = 64 * 2**20  # bytes of a file; FAISS would not survive a mapped file that ends before its head does
_FILTERS_KEPT = 8


@dataclass(frozen=True, slots=True)
class _Filter:
    """Keys that are allowed, how many of them are kept, and what FAISS is told when k results are asked for."""

    allowed: Keys
    k: int
    among: int
    parameters: faiss.SearchParameters | None


class FaissStore:
    """Vectors under keys, built whole, saved to and opened from one file; safe to share between threads."""

    def __init__(self, index: faiss.IndexIDMap) -> None:
        self._index = index
        self._inner = faiss.downcast_index(index.index)
        self._keys: Keys = faiss.vector_to_array(index.id_map)
        self._rows = np.argsort(self._keys, kind="stable")
        self._sorted = self._keys[self._rows]
        self._filters: tuple[_Filter, ...] = ()

    @classmethod
    def build(cls, keys: Keys, vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> FaissStore:
        """Return a store of vectors, shape (n, dimension), under keys, shape (n,), no two alike.

        The same keys and vectors give the same store, byte for byte, whatever was stored before.

        Args:
            keys: What the vectors are asked for by.
            vectors: Unit vectors.
            exact_up_to: Most vectors that are all compared with a query.
        """
        count, dimension = vectors.shape
        vectors = np.ascontiguousarray(vectors)
        inner = faiss.IndexFlatIP(dimension) if count <= exact_up_to else _cells(vectors)
        index = faiss.IndexIDMap(inner)
        index.add_with_ids(vectors, np.ascontiguousarray(keys))
        return cls(index)

    @classmethod
    def open(cls, path: Path, mapped_from: int = _MAPPED_FROM) -> FaissStore:
        """Return the store in a file.

        Args:
            path: The file.
            mapped_from: Size of a file, in bytes, from which it is mapped and not read: its vectors stay on disk.

        Raises:
            IndexFolderError: The file is missing or is not such a store.
        """
        remedy = "Run `python -m drafting index` to build the index again."
        try:
            mapped = path.stat().st_size >= mapped_from
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC if mapped else 0)
        except (OSError, RuntimeError) as error:
            raise IndexFolderError(f"The vectors in {path} cannot be read.", remedy) from error
        if not isinstance(index, faiss.IndexIDMap):
            raise IndexFolderError(f"The file {path} holds a {type(index).__name__}, not vectors under keys.", remedy)
        return cls(index)

    def __len__(self) -> int:
        """Return how many vectors are kept."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Return the length of a vector."""
        return int(self._index.d)

    @property
    def engine(self) -> str:
        """Return which index of FAISS this is, in its own notation: `Flat`, or such as `IVF1024,Flat`."""
        return f"IVF{self._inner.nlist},Flat" if isinstance(self._inner, faiss.IndexIVF) else "Flat"

    def search(self, query: Vectors, k: int, allowed: Keys | None = None) -> tuple[Keys, Scores]:
        """Return the keys and inner products of the nearest vectors, best first (see `VectorStore`)."""
        if allowed is None:
            parameters, among = self._parameters(None, len(self), k), len(self)
        else:
            known = self._filter(allowed, k)
            parameters, among = known.parameters, known.among
        if not among:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        scores, rows = self._inner.search(query[None, :], k, params=parameters)
        found = rows[0] >= 0  # FAISS fills up with -1 when fewer than k are found
        return self._keys[rows[0][found]], scores[0][found]

    def get(self, keys: Keys) -> Vectors:
        """Return the vectors of keys, shape (n, dimension); KeyError when one is not kept."""
        rows, kept = self._rows_of(keys)
        if not kept.all():
            raise KeyError(int(keys[~kept][0]))
        return np.asarray(self._inner.reconstruct_batch(rows), dtype=np.float32).reshape(len(keys), self.dimension)

    def save(self, path: Path) -> None:
        """Write the store to a file.

        Raises:
            OSError: The file cannot be written.
        """
        with path.open("wb") as stream:  # written by Python: FAISS itself would not say why it failed
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(stream.write))  # type: ignore[attr-defined]

    def _rows_of(self, keys: Keys) -> tuple[Keys, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
        """Return where keys stand, and which of them are kept at all."""
        if not len(self):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=np.bool_)
        places = np.minimum(np.searchsorted(self._sorted, keys), len(self) - 1)
        return self._rows[places], self._sorted[places] == keys

    def _filter(self, allowed: Keys, k: int) -> _Filter:
        """Return what FAISS is told when some keys are allowed and k results asked for.

        Screens ask for few filters again and again; that of a million keys takes longer to make than to search with.
        """
        for known in self._filters:
            if known.k == k and np.array_equal(known.allowed, allowed):
                return known
        rows, kept = self._rows_of(allowed)
        mask = np.zeros(len(self), dtype=np.bool_)
        mask[rows[kept]] = True
        selector = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))  # type: ignore[call-arg, arg-type]
        among = int(mask.sum())
        made = _Filter(allowed.copy(), k, among, self._parameters(selector, among, k))
        self._filters = (made, *self._filters[: _FILTERS_KEPT - 1])
        return made

    def _parameters(self, selector: faiss.IDSelectorBitmap | None, among: int, k: int) -> faiss.SearchParameters | None:
        """Return how to search among some vectors: with which filter, and in how many cells."""
        if isinstance(self._inner, faiss.IndexIVF):
            share = min(1.0, max(_COMPARED, _COMPARED_PER_RESULT * k) / max(among, 1))
            cells = math.ceil(share * self._inner.nlist)
            return faiss.SearchParametersIVF(nprobe=cells, sel=selector)  # type: ignore[call-arg]
        return None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


def _cells(vectors: Vectors) -> faiss.IndexIVFFlat:
    """Return an empty index of cells around centroids of these vectors (k-means from a fixed seed)."""
    count, dimension = vectors.shape
    cells = 1 << round(math.log2(_CELLS * math.sqrt(count)))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, cells, faiss.METRIC_INNER_PRODUCT)
    index.cp.spherical = True
    index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, _TRAINED_ON
    index.train(vectors)
    index.make_direct_map()  # to give vectors back by their place
    return index
