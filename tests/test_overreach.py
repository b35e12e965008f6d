"""Whether a clause goes too far: its vector by hand, and what the program's own weights say of clauses never judged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from fake_encoder import VOCABULARY, FakeEncoder
from small_corpus import corpus_of

from corpus.model import Corpus
from index.build import build
from index.encoder import encoded
from index.opened import OpenIndex, open_index
from index.overreach import bundled, clause_vector
from index.precedent import bundled as bundled_precedent
from index.precedent import pooled_clause
from index.query_encoder import query_encoder
from index.search import Searcher


@pytest.fixture
def index(tmp_path: Path) -> OpenIndex:
    corpus = corpus_of({"A/1": ["Women in prisons need water.", "Cybercrime helps corruption.", "Water."]})
    build(corpus, FakeEncoder(), tmp_path)
    return open_index(tmp_path, corpus)


def test_a_clause_is_its_rare_words_and_then_all_of_it(index: OpenIndex) -> None:
    encodings = encoded(FakeEncoder(), "women need water")
    vector, tokens = clause_vector(index.generation.tokens, encodings), index.generation.tokens
    dimension = len(VOCABULARY)
    np.testing.assert_allclose(vector[:dimension], pooled_clause(tokens, encodings))
    np.testing.assert_allclose(vector[dimension:], encodings[0].vector, atol=1e-6)


def test_a_clause_of_several_windows_is_one_vector_of_length_one(index: OpenIndex) -> None:
    encodings = [*encoded(FakeEncoder(), "women need water"), *encoded(FakeEncoder(), "corruption")]
    whole = clause_vector(index.generation.tokens, encodings)[len(VOCABULARY) :]
    assert np.linalg.norm(whole) == pytest.approx(1, abs=1e-6)
    assert whole @ encodings[0].vector > 0
    assert whole @ encodings[1].vector > 0


def test_the_bundled_weights_are_finite_and_of_the_model_of_the_precedent() -> None:
    assert bundled().model == bundled_precedent().model
    assert len(bundled().weights) == 2 * len(bundled_precedent().weights)
    assert np.isfinite(bundled().weights).all()
    assert np.isfinite(bundled().bias)


@pytest.mark.model
@pytest.mark.parametrize(
    ("said", "too_far"),
    [
        ("Legal aid should be available to the poor.", "Legal aid should no longer be available to the poor."),
        ("We encourage the training of prison staff.", "We forbid the training of prison staff."),
        (
            "States should cooperate against trafficking.",
            "States that do not cooperate shall be fined by a world court.",
        ),
        ("Young people need education and jobs.", "Young people shall be jailed for leaving school."),
    ],
)
def test_a_clause_that_goes_too_far_is_heard_as_less_likely_than_one_that_does_not(
    built_index: Path, corpus: Corpus, said: str, too_far: str
) -> None:
    searcher = Searcher(open_index(built_index, corpus), query_encoder(built_index, ""))
    tokens = searcher.index.generation.tokens
    one, other = (bundled().log_odds(clause_vector(tokens, searcher.encodings(text))) for text in (said, too_far))
    assert one > other
