"""The exported graph gives what the model gives, and where it cannot, the model serves."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from small_corpus import corpus_of

from corpus.model import Corpus
from index.build import build
from index.encoder import Encoder
from index.graph import GraphEncoder, export_graph, graph_folder, open_graph
from index.query_encoder import query_encoder
from index.sentence_encoder import SentenceEncoder, bundled_model

pytestmark = pytest.mark.model

TEXTS = (
    "cybercrime",
    "We call upon Member States to act; 中文 😀 العربية",
    "word " * 600,
    "A/CONF.234/RPM.1/1, para. 44 (c)",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceEncoder, corpus: Corpus) -> Path:
    """Return an index folder that holds the graph of the bundled model."""
    index = tmp_path_factory.mktemp("graph")
    assert export_graph(encoder, index, [passage.text for passage in corpus.passages]) == ""
    return index


def agree(one: Encoder, other: Encoder, text: str) -> None:
    for a, b in (
        (one.encode_query(text), other.encode_query(text)),
        (one.encode_passage(text), other.encode_passage(text)),
    ):
        assert np.array_equal(a.token_ids, b.token_ids)
        assert np.array_equal(a.spans, b.spans)
        assert np.allclose(a.vector, b.vector, atol=1e-5)
        assert np.allclose(a.token_vectors, b.token_vectors, atol=1e-4)
    assert one.token_counts([text]) == other.token_counts([text])
    assert one.token_counts([text], query=True) == other.token_counts([text], query=True)


@pytest.mark.parametrize("text", TEXTS)
def test_the_graph_gives_what_the_model_gives(folder: Path, encoder: SentenceEncoder, text: str) -> None:
    graph = open_graph(folder, encoder.card)
    assert graph is not None
    agree(graph, encoder, text)


def test_a_graph_that_is_there_is_not_made_again(folder: Path, encoder: SentenceEncoder) -> None:
    graph = graph_folder(folder, encoder.card) / "graph.onnx"
    before = graph.stat().st_mtime_ns
    assert export_graph(encoder, folder, []) == ""
    assert graph.stat().st_mtime_ns == before


@pytest.mark.parametrize("name", ["graph.onnx", "tokenizer.json", "graph.json"])
def test_a_damaged_graph_is_not_used_and_made_again(
    folder: Path, tmp_path: Path, encoder: SentenceEncoder, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    damaged = graph_folder(tmp_path, encoder.card) / name
    damaged.write_bytes(damaged.read_bytes()[:100])
    with caplog.at_level(logging.WARNING):
        assert open_graph(tmp_path, encoder.card) is None
    assert "cannot be used" in caplog.text
    assert export_graph(encoder, tmp_path, ["A text."]) == ""
    assert open_graph(tmp_path, encoder.card) is not None


def test_queries_are_answered_by_the_graph_where_there_is_one(
    folder: Path, tmp_path: Path, encoder: SentenceEncoder
) -> None:
    build(corpus_of({"A/1": ["Cybercrime grows."]}), encoder, tmp_path)
    assert isinstance(query_encoder(tmp_path, ""), SentenceEncoder)
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    assert isinstance(query_encoder(tmp_path, ""), GraphEncoder)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, encoder: SentenceEncoder) -> None:
    (tmp_path / "models").write_text("in the way", encoding="utf-8")
    assert "cannot be written" in export_graph(encoder, tmp_path, ["A text."])


def test_a_model_without_a_graph_says_why_and_serves_itself(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=8)], device="cpu").save(
        str(tmp_path / "s"), create_model_card=False
    )
    static = SentenceEncoder(str(tmp_path / "s"))
    build(corpus_of({"A/1": ["Cybercrime grows."]}), static, tmp_path / "index")
    assert "tokenizer" in export_graph(static, tmp_path / "index", ["A text."])
    assert isinstance(query_encoder(tmp_path / "index", str(tmp_path / "s")), SentenceEncoder)
