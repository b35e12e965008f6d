"""The second reader that sentence-transformers provides, on a real model of the right shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import EncoderError
from index.cross_encoder import CrossEncoderReader
from index.query_encoder import query_reranker
from index.sentence_encoder import bundled_model


def saved(folder: Path, labels: int) -> str:
    """Save a real cross-encoder: the bundled model under a head that is untrained, yet always the same."""
    import torch
    from sentence_transformers import CrossEncoder

    torch.manual_seed(1)
    CrossEncoder(str(bundled_model()), num_labels=labels, device="cpu", local_files_only=True).save_pretrained(
        str(folder)
    )
    return str(folder)


@pytest.mark.model
def test_any_cross_encoder_reads_query_and_passage_together(tmp_path: Path) -> None:
    reader = query_reranker(saved(tmp_path / "model", 1))
    assert isinstance(reader, CrossEncoderReader)
    texts = ["Prisons for women.", "Water.", "Prisons for women."]
    scores = reader.read("women in prison", texts)
    assert scores.shape == (3,)
    assert np.all((scores > 0) & (scores < 1))
    assert scores[0] == pytest.approx(scores[2], abs=1e-6)
    assert scores[0] != pytest.approx(reader.read("corruption", texts)[0], abs=1e-6)


@pytest.mark.model
def test_a_model_with_several_scores_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="3 scores a pair") as raised:
        CrossEncoderReader(saved(tmp_path / "model", 3))
    assert "RAPPORTEUR_RERANKER" in raised.value.remedy


@pytest.mark.model
@pytest.mark.parametrize("model", ["nobody/no-such-model", "/no/such/folder"])
def test_a_model_that_is_not_there_is_refused_with_the_remedy(model: str) -> None:
    with pytest.raises(EncoderError, match="cannot be loaded") as raised:
        CrossEncoderReader(model)
    assert "RAPPORTEUR_RERANKER" in raised.value.remedy


def test_no_reader_is_the_default() -> None:
    assert query_reranker("") is None
