"""How a clause sounds: the file it comes from, and what it says of clauses nobody judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexFolderError
from index.precedent import Precedent, bundled


def test_what_is_saved_is_what_is_opened(tmp_path: Path) -> None:
    precedent = Precedent("digest", -1.5, np.array([0.25, -2.0, 3.0], np.float32))
    precedent.save(tmp_path / "precedent.npz")
    opened = Precedent.open(tmp_path / "precedent.npz")
    assert (opened.model, opened.bias, opened.weights.tolist()) == ("digest", -1.5, [0.25, -2.0, 3.0])
    assert [path.name for path in tmp_path.iterdir()] == ["precedent.npz"]


@pytest.mark.parametrize("content", [None, b"", b"not an archive"])
def test_a_file_that_is_missing_or_damaged_is_named_with_a_remedy(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "precedent.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(IndexFolderError, match=r"precedent\.npz cannot be read\. Put back"):
        Precedent.open(path)


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", weights=np.zeros(3))
    with pytest.raises(IndexFolderError):
        Precedent.open(tmp_path / "other.npz")


def test_the_bundled_weights_are_finite_numbers() -> None:
    assert np.isfinite(bundled().weights).all()
    assert np.isfinite(bundled().bias)
    assert bundled().weights.any()
