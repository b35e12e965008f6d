"""The word index: BM25 worked out by hand, its files, and what is said when they are damaged."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexFolderError
from corpus.model import Corpus
from index.lexical import LexicalIndex
from index.words import stems

TEXTS = ("Women in prisons", "Prisons, prisons and prison staff", "Water", "the of and", "Cybercrime against women")


def bm25_by_hand(query: str, texts: tuple[str, ...]) -> list[float]:
    """Return the scores by Lucene's form of BM25, k1 1.5 and b 0.75, from the definition."""
    documents = [stems(text) for text in texts]
    mean = sum(map(len, documents)) / len(documents)
    scores = []
    for document in documents:
        score = 0.0
        for stem in stems(query):
            having = sum(stem in other for other in documents)
            rarity = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
            times = document.count(stem)
            score += rarity * times / (times + 1.5 * (0.25 + 0.75 * len(document) / mean)) if times else 0.0
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "query",
    ["women", "prison", "the prisons of women", "water water", "unheard-of", "the", "", "🙂 犯罪", "women unheard"],
)
def test_scores_are_those_of_the_definition(query: str) -> None:
    np.testing.assert_allclose(LexicalIndex.build(TEXTS).scores(query), bm25_by_hand(query, TEXTS), rtol=1e-5)


@pytest.mark.parametrize("query", ["women", "the prisons of women", "water water", "women unheard-of"])
def test_shares_are_scores_over_all_that_the_words_could_weigh(query: str) -> None:
    total = sum(
        math.log(1 + (len(TEXTS) - having + 0.5) / (having + 0.5))
        for stem in stems(query)
        for having in [sum(stem in stems(text) for text in TEXTS)]
    )
    found = LexicalIndex.build(TEXTS).shares(query)
    np.testing.assert_allclose(found, np.array(bm25_by_hand(query, TEXTS)) / total, rtol=1e-5)
    assert found.max() <= 1


@pytest.mark.parametrize("query", ["", "the of", "unheard"])
def test_a_query_that_shares_no_word_has_no_share(query: str) -> None:
    assert LexicalIndex.build(TEXTS).shares(query).tolist() == [0] * len(TEXTS)


def test_rarity_grows_with_rareness_and_is_nothing_for_a_word_nobody_has() -> None:
    index = LexicalIndex.build(TEXTS)
    assert index.rarity("water") == pytest.approx(math.log(1 + 4.5 / 1.5))
    assert index.rarity("women") == pytest.approx(math.log(1 + 3.5 / 2.5))
    assert index.rarity("unheard") == 0.0


@pytest.mark.parametrize("texts", [("the",), ("", ""), ("🙂", "women")])
def test_texts_without_words_are_indexed_too(texts: tuple[str, ...]) -> None:
    assert LexicalIndex.build(texts).scores("women prisons").shape == (len(texts),)


def test_an_index_that_was_saved_gives_the_same_scores(tmp_path: Path) -> None:
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path / "lexical")
    again = LexicalIndex.open(tmp_path / "lexical")
    for query in ("women prisons", "nothing known", ""):
        assert np.array_equal(again.scores(query), index.scores(query))
    assert again.rarity("water") == index.rarity("water")


def test_the_same_texts_give_the_same_bytes(tmp_path: Path, corpus: Corpus) -> None:
    for name in ("one", "two"):
        LexicalIndex.build([passage.text for passage in corpus.passages]).save(tmp_path / name)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


NAMES = ["columns.npy", "scores.npy", "texts.npy", "words.json"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [None, b"", b"\xff\x00 damaged"])
def test_a_missing_or_damaged_file_is_one_clear_error(tmp_path: Path, name: str, content: bytes | None) -> None:
    folder = tmp_path / "lexical"
    LexicalIndex.build(TEXTS).save(folder)
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(IndexFolderError, match="lexical cannot be read") as raised:
        LexicalIndex.open(folder)
    assert "python -m drafting index" in raised.value.remedy
