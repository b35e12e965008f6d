"""The product of bytes: the same numbers as numpy's, by the graph that the module describes."""

from __future__ import annotations

from pathlib import Path

import hypothesis.extra.numpy as hnp
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import product
from index.product import LARGEST, byte_product, signed, unsigned

SIZES = st.tuples(st.integers(1, 40), st.integers(1, 70), st.integers(1, 20))
Bytes = npt.NDArray[np.int8]


@given(data=st.data(), sizes=SIZES)
def test_the_product_is_exact(data: st.DataObject, sizes: tuple[int, int, int]) -> None:
    rows, inner, columns = sizes
    left: Bytes = data.draw(hnp.arrays(np.int8, (rows, inner), elements=st.integers(-128, 127)))
    right: Bytes = data.draw(hnp.arrays(np.int8, (inner, columns), elements=st.integers(-LARGEST, LARGEST)))
    assert np.array_equal(signed(unsigned(left)), left)
    expected = left.astype(np.int64) @ right.astype(np.int64)
    assert np.array_equal(byte_product(unsigned(left), right), expected)


@pytest.mark.parametrize("sign", [-1, 1])
def test_the_largest_numbers_do_not_overflow(sign: int) -> None:
    left = np.full((300, 768), 127, dtype=np.int8)
    right = np.full((768, 20), sign * LARGEST, dtype=np.int8)
    assert np.all(byte_product(unsigned(left), right) == sign * 127 * LARGEST * 768)


def test_the_graph_that_is_kept_is_the_one_that_is_described() -> None:
    assert Path(product.__file__).with_name("product.onnx").read_bytes() == product.graph()
