"""The product of two matrices of bytes: exact, and several times as fast as the same numbers in single precision.

numpy multiplies matrices fast in floating point only; onnxruntime has a kernel for bytes, and serves the model anyway.
Its graph is a single MatMulInteger, kept beside this module (`product.onnx`) so that no query has to wait for the onnx
package. Knows numbers only.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

LARGEST = 63
"""Largest number of the right matrix: two products of bytes then fit the 16 bits that older processors add them in."""

_GRAPH = Path(__file__).with_name("product.onnx")


def byte_product(left: npt.NDArray[np.int8], right: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
    """Return the matrix product of bytes, shape (rows, columns).

    Args:
        left: Shape (rows, n). Taken over: its numbers are not the same afterwards.
        right: Shape (n, columns), numbers from -`LARGEST` to `LARGEST`.
    """
    # The kernel is fast with bytes without a sign on the left: 128 is added to each, and its share taken off again.
    unsigned = left.view(np.uint8)
    np.bitwise_xor(unsigned, 0x80, out=unsigned)
    (product,) = _session().run(["product"], {"left": unsigned, "right": right})
    product -= 128 * right.sum(axis=0, dtype=np.int32)
    return np.asarray(product, dtype=np.int32)


def graph() -> bytes:
    """Return the graph that is kept in `product.onnx`."""
    from onnx import TensorProto, helper

    sides = [
        helper.make_tensor_value_info("left", TensorProto.UINT8, ["rows", "n"]),
        helper.make_tensor_value_info("right", TensorProto.INT8, ["n", "columns"]),
    ]
    product = helper.make_tensor_value_info("product", TensorProto.INT32, ["rows", "columns"])
    node = helper.make_node("MatMulInteger", ["left", "right"], ["product"])
    model = helper.make_model(
        helper.make_graph([node], "product", sides, [product]),
        opset_imports=[helper.make_opsetid("", 17)],
        ir_version=8,
        producer_name="",
    )
    return bytes(model.SerializeToString(deterministic=True))


@cache
def _session() -> InferenceSession:
    """Return the session of the graph: one thread, for queries are answered side by side."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(_GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])
