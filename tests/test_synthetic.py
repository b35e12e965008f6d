"""Synthetic passages: as many as asked for, the same for a seed, and like the real ones in what a search depends on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fake_encoder import FakeEncoder
from small_corpus import corpus_of

from benchmarks.scale import LINES
from benchmarks.scale_phases import PHASES, real_passages
from benchmarks.synthetic import Originals, originals, templates, texts, vectors
from index.build import build
from index.encoder import unit
from index.late import TokenIndex
from index.windows import sentences

TEXTS = ["Women in prisons. Water for all; and more.", "Cybercrime is everywhere.", "Corruption. Courts. Judges."]


@pytest.fixture(scope="module")
def real() -> Originals:
    numbers = np.random.default_rng(0)
    middles = numbers.standard_normal((20, 16))
    made = middles[numbers.integers(20, size=200)] + 0.3 * numbers.standard_normal((200, 16))
    return originals(TEXTS, np.array([4, 1, 4]), unit(made.astype(np.float32)), Path())


def test_the_originals_are_all_sentences_and_how_many_each_passage_has(real: Originals) -> None:
    assert real.lengths.tolist() == [3, 1, 3]
    assert real.sentences[:3] == ("Women in prisons.", "Water for all;", "and more.")


def test_the_same_seed_makes_the_same_passages_and_another_makes_others(real: Originals) -> None:
    like = templates(real, 50, seed=1)
    assert np.array_equal(like, templates(real, 50, seed=1))
    assert texts(real, like, seed=1) == texts(real, like, seed=1) != texts(real, like, seed=2)
    assert np.array_equal(vectors(real, 50, seed=1), vectors(real, 50, seed=1))
    assert not np.array_equal(vectors(real, 50, seed=1), vectors(real, 50, seed=2))


def test_a_synthetic_text_has_as_many_sentences_as_its_template_all_of_them_real(real: Originals) -> None:
    like = templates(real, 200, seed=1)
    made = texts(real, like, seed=1)
    counts = [len(sentences(text)) for text in made]
    assert np.mean(counts) == pytest.approx(real.lengths[like].mean(), rel=0.1)
    assert all(any(sentence in text for sentence in real.sentences) for text in made)


def test_the_vocabulary_grows_with_the_texts() -> None:
    long = originals(["One sentence of words. " * 40], np.array([41]), unit(np.eye(4, dtype=np.float32)), Path())

    def words(count: int) -> int:
        return len({word for text in texts(long, np.zeros(count, np.int64), seed=1) for word in text.split()})

    assert words(30) < words(300) < 10 * words(30)


def test_synthetic_vectors_are_unit_vectors_near_real_ones_but_none_of_them(real: Originals) -> None:
    made = vectors(real, 500, seed=1)
    np.testing.assert_allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    nearest = (made @ real.vectors.T).max(axis=1)
    random = unit(np.random.default_rng(5).standard_normal((500, 16)).astype(np.float32))
    assert nearest.max() < 1 - 1e-4
    assert np.median(nearest) > np.median((random @ real.vectors.T).max(axis=1)) + 0.1


def test_the_index_gives_the_texts_the_windows_and_the_vectors_of_the_real_passages(tmp_path: Path) -> None:
    corpus, encoder = corpus_of({"A/1": TEXTS}), FakeEncoder()
    build(corpus, encoder, tmp_path)
    real = real_passages(tmp_path, corpus)
    assert real.lengths.tolist() == [3, 1, 3]
    assert real.windows.sum() == len(real.vectors) == len(encoder.encoded)
    assert np.array_equal(real.vectors[0], encoder.encode_passage(TEXTS[0]).vector)
    assert len(TokenIndex.open(real.tokens)) == 3


@pytest.mark.parametrize(
    "phases", [["store_built", "store_served"], ["words_built", "words_served"], ["pooled"], ["tokens"]]
)
def test_every_phase_measures_all_that_the_table_shows_of_it(tmp_path: Path, phases: list[str]) -> None:
    corpus, encoder = corpus_of({"A/1": TEXTS * 10}), FakeEncoder()
    build(corpus, encoder, tmp_path / "index")
    real = real_passages(tmp_path / "index", corpus)
    for phase in phases:
        measured = {**PHASES[phase](real, 2000, tmp_path), "peak_mib": 0}
        shown = {figure for _, of, figure, _ in LINES if of == phase}
        assert shown <= measured.keys()
    assert {phase for _, phase, _, _ in LINES} == set(PHASES)
