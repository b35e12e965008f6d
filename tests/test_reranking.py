"""The second reader in the search: what it moves, and what it must leave where it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from fake_encoder import FakeEncoder
from small_corpus import corpus_of

from index.build import build
from index.opened import OpenIndex, open_index
from index.reranking import READ, SHARE
from index.search import Searcher

LONG = "Prisons hold women. " + "Nothing else is said of them here. " * 6 + "Water is dear."
CORPUS = corpus_of({"A/1": ["Women in prisons need water.", "Women in prisons.", LONG], "B/1": ["Water.", "Prisons."]})


class Reader:
    """Likes the texts that have a word, and remembers what it was given."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.texts: list[str] = []

    def read(self, query: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return 1 for a text that has the word, 0 for another."""
        assert query == "women in prisons"
        self.texts = list(texts)
        return np.array([float(self.word in text) for text in texts], dtype=np.float32)


@pytest.fixture
def index(tmp_path: Path) -> OpenIndex:
    build(CORPUS, FakeEncoder(12), tmp_path)
    return open_index(tmp_path, CORPUS)


def searched(index: OpenIndex, reader: Reader | None, text: str = "women in prisons") -> dict[str, tuple[float, str]]:
    hits = Searcher(index, FakeEncoder(12), reader).search(text, 10).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    return {hit.passage.id: (hit.score, hit.band.value) for hit in hits}


def test_scores_are_the_fused_and_the_readers_in_their_shares_and_bands_stay(index: OpenIndex) -> None:
    before, after = searched(index, None), searched(index, Reader("dear"))
    assert before.keys() == after.keys()
    for name, (score, band) in before.items():
        liked = name == "A/1#3"
        assert after[name][0] == pytest.approx((1 - SHARE) * score + SHARE * liked, abs=1e-6)
        assert after[name][1] == band


def test_every_word_of_a_long_passage_is_read(index: OpenIndex) -> None:
    reader = Reader("dear")
    searched(index, reader)
    assert all(any(word in text for text in reader.texts) for word in LONG.split())
    assert next(iter(searched(index, reader))) == "A/1#3"


def test_what_is_named_exactly_stays_first(index: OpenIndex) -> None:
    class Against(Reader):
        def read(self, query: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:  # noqa: ARG002
            return np.array([float("need" not in text) for text in texts], dtype=np.float32)

    assert next(iter(searched(index, Against(""), "A/1, para. 1"))) == "A/1#1"


def test_only_the_best_candidates_are_read_and_the_order_still_descends(tmp_path: Path) -> None:
    corpus = corpus_of({"A/1": ["Women in prisons" + " need water" * number for number in range(READ + 10)]})
    build(corpus, FakeEncoder(200), tmp_path)
    reader = Reader("water")
    hits = Searcher(open_index(tmp_path, corpus), FakeEncoder(200), reader).search("women in prisons", READ + 10).hits
    assert len(reader.texts) == READ
    assert len(hits) == READ + 10
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
