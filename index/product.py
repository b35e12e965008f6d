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


def byte_product(left: npt.NDArray[np.uint8], right: npt.NDArray[np.int8]) -> npt.NDArray[np.int32]:
    """Return the matrix product of bytes, shape (rows, columns).

    Args:
        left: Numbers from -128 to 127 with 128 added to each, see `unsigned`, shape (rows, n): the kernel is fast with
            bytes without a sign here.
        right: Numbers from -`LARGEST` to `LARGEST`, shape (n, columns).
    """
    (product,) = _session().run(["product"], {"left": left, "right": right})
    return np.asarray(product, dtype=np.int32)


def unsigned(numbers: npt.NDArray[np.int8]) -> npt.NDArray[np.uint8]:
    """Return bytes with 128 added to each."""
    return np.asarray(numbers.view(np.uint8) ^ np.uint8(0x80))


def signed(numbers: npt.NDArray[np.uint8]) -> npt.NDArray[np.int8]:
    """Return bytes with the 128 taken off again that `unsigned` added."""
    return np.asarray((numbers ^ np.uint8(0x80)).view(np.int8))


def graph() -> bytes:
    """Return the graph that is kept in `product.onnx`."""
    from onnx import TensorProto, helper

    sides = [
        helper.make_tensor_value_info("left", TensorProto.UINT8, ["rows", "n"]),
        helper.make_tensor_value_info("right", TensorProto.INT8, ["n", "columns"]),
    ]
    product = helper.make_tensor_value_info("product", TensorProto.INT32, ["rows", "columns"])
    added = helper.make_tensor("added", TensorProto.UINT8, [], [128])
    node = helper.make_node("MatMulInteger", ["left", "right", "added"], ["product"])
    model = helper.make_model(
        helper.make_graph([node], "product", sides, [product], initializer=[added]),
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
