"""The search: worked out by hand with counted words, and what people expect of the real model."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from fake_encoder import FakeEncoder
from small_corpus import corpus_of, with_genre, with_kind

from corpus.errors import QueryError
from corpus.model import Corpus, Genre, Kind
from index.bands import Band
from index.build import build
from index.encoder import Encoding
from index.opened import open_index
from index.scope import Scope
from index.search import MAX_QUERY, Searcher, SearchResult, checked_query
from index.sentence_encoder import SentenceEncoder
from index.windows import windows
from index.words import STOP_WORDS, stems, words

CORPUS = corpus_of(
    {
        "A/1": [
            "Women in prisons need water.",
            "Cybercrime is on the rise. Women are its victims; corruption helps it.",
            "The session was opened.",
            "Programmes on prisons were described.",
        ],
        "B/1": ["Corruption and cybercrime, cybercrime and corruption.", "Water.", "Women in prisons need water."],
        "C/1": ["Prisons without water are no prisons.", "Women!"],
    }
)

Search = Callable[..., SearchResult]


def searcher_of(folder: Path, corpus: Corpus, encoder: FakeEncoder | None, window: int = 12) -> Searcher:
    """Return a searcher of a corpus indexed with counted words."""
    build(corpus, encoder or FakeEncoder(window), folder)
    return Searcher(open_index(folder, corpus), encoder)


@pytest.fixture
def search(tmp_path: Path) -> Search:
    return searcher_of(tmp_path, CORPUS, FakeEncoder()).search


def ids(result: SearchResult) -> list[str]:
    return [hit.passage.id for hit in result.hits]


def scores_by_hand(query: str, corpus: Corpus) -> dict[str, float]:
    """Return the fused score of every passage by the definition, in plain floats, nothing taken from the index."""
    encoder = FakeEncoder()
    asked = encoder.encode_query(query)
    texts = {passage.id: passage.text for passage in corpus.passages}
    pieces = {
        name: [(text[s.start : s.end], whole) for s, whole in windows(text, 12, encoder.token_counts)]
        for name, text in texts.items()
    }
    whole = {name: [encoder.encode_passage(p) for p, whole in parts if whole] for name, parts in pieces.items()}
    covering = [encoding for encodings in whole.values() for encoding in encodings]
    directions = {name: pooled_by_hand(encodings, covering) for name, encodings in whole.items()}
    mean = sum(directions.values()) / len(directions)
    vectors = {name: direction(vector - 0.5 * mean) for name, vector in directions.items() if vector.any()}
    vectors |= {name: vector for name, vector in directions.items() if not vector.any()}
    towards = direction(pooled_by_hand([asked], covering) - 0.5 * mean)
    lexical = shares_by_hand(query, texts)
    base = {
        name: 0.60 * max(late_by_hand(asked, encoding, covering) for encoding in whole[name])
        + 0.15 * max(float(asked.vector @ encoder.encode_passage(piece).vector) for piece, _ in parts)
        + 0.10 * float(vectors[name] @ towards)
        + 0.15 * lexical[name]
        for name, parts in pieces.items()
    }
    voters = sorted(base, key=lambda name: -base[name])[:4]
    votes = {name: math.exp(20 * (base[name] - base[voters[0]])) for name in voters}
    scores = {}
    for name, score in base.items():
        others = {other: vote for other, vote in votes.items() if other != name}
        heard = sum(vote * float(vectors[name] @ vectors[other]) for other, vote in others.items())
        scores[name] = score + 0.25 * heard / max(sum(others.values()), 0.05 * sum(votes.values()))
    return scores


def shares_by_hand(query: str, texts: dict[str, str]) -> dict[str, float]:
    having = [sum(stem in stems(text) for text in texts.values()) for stem in stems(query)]
    rarity = sum(math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for n in having)
    return {name: score / rarity for name, score in bm25_by_hand(query, texts).items()}


def direction(vector: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return vector / np.linalg.norm(vector)


def weights_by_hand(text: Encoding, covering: list[Encoding]) -> list[float]:
    """Return the weight of each token; those of stop words are known by what the encoder calls the words."""
    stop = {int(FakeEncoder().encode_query(word).token_ids[0]) for word in STOP_WORDS}
    weights = []
    for token in text.token_ids.tolist():
        having = sum(token in other.token_ids.tolist() for other in covering)
        rare = max(0.1, math.log((len(covering) + 1) / (having + 0.5)))
        weights.append(0 if token in stop else rare)
    return weights


def pooled_by_hand(texts: list[Encoding], covering: list[Encoding]) -> npt.NDArray[np.float64]:
    tokens = np.concatenate([text.token_vectors for text in texts]).astype(np.float64)
    total = np.concatenate([weights_by_hand(text, covering) for text in texts]) @ tokens
    return direction(total) if total.any() else total


def late_by_hand(query: Encoding, window: Encoding, covering: list[Encoding]) -> float:
    weights = weights_by_hand(query, covering)
    best = [max(float(q @ d) for d in window.token_vectors) for q in query.token_vectors]
    return sum(w * b for w, b in zip(weights, best, strict=True)) / sum(weights)


def bm25_by_hand(query: str, texts: dict[str, str]) -> dict[str, float]:
    documents = {name: stems(text) for name, text in texts.items()}
    mean = sum(map(len, documents.values())) / len(documents)
    scores = dict.fromkeys(texts, 0.0)
    for stem, (name, document) in itertools.product(stems(query), documents.items()):
        having = sum(stem in other for other in documents.values())
        times = document.count(stem)
        if times:
            rarity = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
            scores[name] += rarity * times / (times + 1.5 * (0.25 + 0.75 * len(document) / mean))
    return scores


@pytest.mark.parametrize(
    "query", ["women in prisons", "water", "cybercrime and corruption", "corruption helps women", "prisons programmes"]
)
def test_the_fused_scores_are_those_of_the_definition(search: Search, query: str) -> None:
    expected = scores_by_hand(query, CORPUS)
    found = {hit.passage.id: hit.score for hit in search(query, 20).hits}
    assert found.keys() == expected.keys()
    for name, score in expected.items():
        assert found[name] == pytest.approx(score, abs=1e-5), name


def test_hits_come_in_order_with_ranks_from_1(search: Search) -> None:
    hits = search("women and water in prisons", 20).hits
    assert [hit.rank for hit in hits] == list(range(1, 10))
    assert all(before.score >= after.score for before, after in itertools.pairwise(hits))
    assert hits[0].passage.text == "Women in prisons need water."
    assert hits[0].source.symbol == hits[0].passage.symbol


def test_equal_scores_stand_in_the_order_of_the_documents_every_time(tmp_path: Path) -> None:
    corpus = corpus_of({symbol: ["Water.", "Women.", "Water."] for symbol in ("C/1", "A/1", "B/1")})
    searcher = searcher_of(tmp_path, corpus, FakeEncoder())
    expected = ["A/1#1", "A/1#3", "B/1#1", "B/1#3", "C/1#1", "C/1#3", "A/1#2", "B/1#2", "C/1#2"]
    assert all(ids(searcher.search("water", 20)) == expected for _ in range(3))
    assert ids(searcher.search("water", 4)) == expected[:4]


@pytest.mark.parametrize("k", [1, 3, 9, 1000])
def test_k_is_the_most_that_is_given_and_more_than_there_is_gives_all(search: Search, k: int) -> None:
    result = search("women", k)
    assert len(result.hits) == min(k, 9)
    assert result.searched == 9
    assert ids(result) == ids(search("women", 9))[:k]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(regions=frozenset({"Western Asia"})), {"B/1#1", "B/1#2", "B/1#3"}),
        (Scope(kinds=frozenset({Kind.PROCEDURAL})), {"A/1#3"}),
        (Scope(genres=frozenset({Genre.DISCUSSION_GUIDE})), {"C/1#1", "C/1#2"}),
        (Scope(genres=frozenset(Genre), kinds=frozenset(Kind)), {passage.id for passage in CORPUS.passages}),
        (Scope(), {passage.id for passage in CORPUS.passages} - {"A/1#3", "C/1#1", "C/1#2"}),
        (Scope(congresses=frozenset({12})), set()),
    ],
)
def test_filters_act_before_the_top_k_is_taken(tmp_path: Path, scope: Scope, expected: set[str]) -> None:
    corpus = with_genre(with_kind(CORPUS, "A/1#3", Kind.PROCEDURAL), "C/1", Genre.DISCUSSION_GUIDE)
    searcher = searcher_of(tmp_path, corpus, FakeEncoder())
    result = searcher.search("women in prisons need water", 9, scope)
    assert set(ids(result)) == expected
    assert result.searched == len(expected)
    assert len(searcher.search("women in prisons need water", 1, scope).hits) == min(1, len(expected))


def test_a_filter_that_leaves_one_passage_finds_it_among_thousands(tmp_path: Path) -> None:
    corpus = corpus_of({"A/1": ["Women in prisons need water."] * 5000, "B/1": ["Corruption."]})
    searcher = searcher_of(tmp_path, corpus, FakeEncoder())
    (hit,) = searcher.search("women in prisons", 10, Scope(regions=frozenset({"Western Asia"}))).hits
    assert hit.passage.id == "B/1#1"
    assert hit.band is Band.RELATED


def test_the_score_of_a_passage_is_that_of_its_best_window(search: Search) -> None:
    hit = search("cybercrime", 1, Scope(regions=frozenset({"Africa"}))).hits[0]
    assert hit.passage.id == "A/1#2"
    assert hit.passage.text[hit.window.start : hit.window.end] == "Cybercrime is on the rise."


def test_marks_are_the_words_that_the_query_shares_at_their_exact_place(search: Search) -> None:
    hit = next(hit for hit in search("a woman’s Corruption of CYBERCRIMES", 9).hits if hit.passage.id == "A/1#2")
    marked = [hit.passage.text[mark.start : mark.end] for mark in hit.marks]
    assert marked == ["Cybercrime", "corruption"]
    assert all(
        word.stem in stems("a woman’s Corruption of CYBERCRIMES")
        for hit in search("a woman’s Corruption of CYBERCRIMES", 9).hits
        for mark in hit.marks
        for word in words(hit.passage.text[mark.start : mark.end])
    )


def test_what_the_query_names_comes_first_and_keeps_the_band_of_its_score(search: Search) -> None:
    first, *others = search('"session" of women in prisons who need water', 9).hits
    assert first.passage.id == "A/1#3"
    assert first.named
    assert first.band is Band.RELATED
    assert others[0].band is Band.CLOSE
    assert 3 <= first.score < 4
    assert not any(hit.named for hit in others)


def test_the_ranking_holds_the_figures_of_the_hits_and_all_candidates(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, CORPUS, FakeEncoder())
    ranking, hits = searcher.ranking("  water for women", 2), searcher.search("water for women", 9).hits
    assert [searcher.index.passages[number].id for number in ranking.numbers] == [hit.passage.id for hit in hits]
    assert ranking.scores.tolist() == [hit.score for hit in hits]
    assert ranking.bands == tuple(hit.band for hit in hits)
    assert np.array_equal(ranking.fused + ranking.tiers, ranking.scores)
    with pytest.raises(QueryError):
        searcher.ranking(" ")


def test_a_filter_that_leaves_nothing_finds_nothing_with_and_without_token_vectors(tmp_path: Path) -> None:
    nowhere = Scope(congresses=frozenset({1}))
    for name, encoder in (("tokens", FakeEncoder()), ("none", FakeEncoder(with_tokens=False)), ("words", None)):
        result = searcher_of(tmp_path / name, CORPUS, encoder).search("women", 5, nowhere)
        assert (result.hits, result.searched, result.nothing_close) == ((), 0, True)


def test_identical_passages_are_all_found_and_each_names_the_others(search: Search) -> None:
    hits = {hit.passage.id: hit for hit in search("women in prisons need water", 2).hits}
    assert hits.keys() == {"A/1#1", "B/1#3"}
    assert [other.id for other in hits["A/1#1"].identical] == ["B/1#3"]
    assert [other.id for other in hits["B/1#3"].identical] == ["A/1#1"]
    assert hits["A/1#1"].score == hits["B/1#3"].score
    assert {hit.source.region for hit in hits.values()} == {"Africa", "Western Asia"}


def test_a_perfect_match_is_close_and_an_unknown_matter_is_nothing_close(search: Search) -> None:
    assert search("women prisons water", 1).hits[0].band is Band.CLOSE
    nothing = search("astronomy of distant galaxies", 5)
    assert nothing.nothing_close
    assert not nothing.words_only
    assert {hit.band for hit in nothing.hits} == {Band.RELATED}


def test_without_a_model_words_alone_rank_and_only_passages_that_share_one(tmp_path: Path) -> None:
    result = searcher_of(tmp_path, CORPUS, None).search("prison programmes", 9)
    assert result.words_only
    assert ids(result) == ["A/1#4", "C/1#1", "A/1#1", "B/1#3"]
    assert {hit.band for hit in result.hits} == {Band.RELATED}, "words alone cannot say how close a passage is"
    assert all((hit.window.start, hit.window.end) == (0, len(hit.passage.text)) for hit in result.hits)
    by_hand = shares_by_hand("prison programmes", {p.id: p.text for p in CORPUS.passages})
    for hit in result.hits:
        assert hit.score == pytest.approx(by_hand[hit.passage.id], rel=1e-5)


@pytest.mark.parametrize("query", ["galaxies", "the of and", "🙂", "犯罪"])
def test_without_a_model_words_that_nobody_uses_find_nothing(tmp_path: Path, query: str) -> None:
    assert searcher_of(tmp_path, CORPUS, None).search(query).hits == ()


def test_without_a_model_filters_hold(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, CORPUS, None)
    assert ids(searcher.search("prisons", 9, Scope(regions=frozenset({"Western Asia"})))) == ["B/1#3"]


def test_a_model_without_token_vectors_searches_by_the_other_two_signals(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, CORPUS, FakeEncoder(with_tokens=False))
    assert not searcher.index.generation.tokens.has_vectors
    hit = searcher.search("women in prisons need water", 1).hits[0]
    assert hit.passage.id == "A/1#1"
    by_hand = shares_by_hand("women in prisons need water", {p.id: p.text for p in CORPUS.passages})
    assert hit.score == pytest.approx(0.6 + 0.4 * by_hand["A/1#1"], rel=1e-5)
    assert hit.band is Band.CLOSE


@pytest.mark.parametrize("query", ["the of and", "!!! ???", "🙂", "犯罪预防", "\u200b", "a\x00b", "'", "; ; ;", "-"])
def test_odd_queries_are_searched_like_any_other(search: Search, query: str) -> None:
    result = search(query, 3)
    assert len(result.hits) == 3
    assert all(math.isfinite(hit.score) for hit in result.hits)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (" \n\t\u00a0 ", "empty"),
        ("x" * (MAX_QUERY + 1), f"has {MAX_QUERY + 1:,} characters"),
        ("\udcff", "bytes that are not text"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_a_remedy(search: Search, text: str, problem: str) -> None:
    with pytest.raises(QueryError, match=problem) as raised:
        search(text)
    assert raised.value.remedy.endswith(".")


def test_a_query_is_searched_without_its_outer_blanks_and_at_its_longest(search: Search) -> None:
    given, bare = search("  water \n", 3), search("water", 3)
    assert given.query == "  water \n"
    assert [(hit.passage.id, hit.score) for hit in given.hits] == [(hit.passage.id, hit.score) for hit in bare.hits]
    assert checked_query("x" * MAX_QUERY + "   ") == "x" * MAX_QUERY


def test_a_query_longer_than_the_window_is_read_to_its_end(tmp_path: Path) -> None:
    encoder = FakeEncoder(window=12)
    searcher = searcher_of(tmp_path, CORPUS, encoder)
    result = searcher.search("nothing " * 60 + "corruption and cybercrime", 1)
    assert len(encoder.queries) > 4
    assert max(encoder.token_counts(encoder.queries)) <= 12
    assert ids(result) == ["B/1#1"]


def test_one_searcher_serves_many_threads(tmp_path: Path) -> None:
    searcher = searcher_of(tmp_path, CORPUS, FakeEncoder())
    scopes = [Scope(), Scope(regions=frozenset({"Africa"})), Scope(kinds=frozenset(Kind))]
    asked = list(itertools.product(["women", "water in prisons", "corruption"], scopes)) * 10
    expected = [ids(searcher.search(query, 5, scope)) for query, scope in asked]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda pair: ids(searcher.search(pair[0], 5, pair[1])), asked)) == expected


@pytest.fixture(scope="module")
def desk(corpus: Corpus, encoder: SentenceEncoder, built_index: Path) -> Searcher:
    """Return a searcher as people use it: the real documents and the real model."""
    return Searcher(open_index(built_index, corpus), encoder)


@pytest.mark.model
@pytest.mark.parametrize(
    ("query", "words_of_it"),
    [
        ("jails hold far more inmates than they were built for", ["overcrowding", "prison"]),
        ("stopping the trade in cultural treasures", ["cultural property"]),
        ("protecting witnesses who testify against criminal groups", ["witness"]),
        ("help for people who were harmed by crime", ["victims"]),
        ("keep young people out of gangs through sport", ["youth", "sport", "gang"]),
        ("smuggling of migrants", ["smuggling of migrants"]),
    ],
)
def test_what_a_person_would_look_for_is_among_the_first_three(
    desk: Searcher, query: str, words_of_it: list[str]
) -> None:
    found = [hit.passage.text.casefold() for hit in desk.search(query, 3).hits]
    assert any(word in text for text in found for word in words_of_it), found


@pytest.mark.model
def test_the_words_of_a_passage_with_a_little_change_find_it_first(desk: Searcher) -> None:
    mask = Scope().mask(desk.index.corpus)
    searched = [p for p, inside in zip(desk.index.passages, mask, strict=True) if inside and len(p.text.split()) > 8]
    for passage in searched[:: len(searched) // 20][:20]:
        told = passage.text.replace(" the ", " ").rstrip(".;") + " as well"
        (hit,) = desk.search(told, 1).hits
        assert passage.id == hit.passage.id or passage in hit.identical, (passage.id, hit.passage.id)
        assert hit.band is Band.CLOSE


@pytest.mark.model
def test_every_query_of_odd_signs_and_great_length_is_answered(desk: Searcher) -> None:
    for query in ("!!!", "🙂", "犯罪预防和刑事司法" * 60, "the of and", "w" * MAX_QUERY, "prison " * 300, "a\x00b"):
        hits = desk.search(query, 5).hits
        assert len(hits) == 5
        assert all(math.isfinite(hit.score) for hit in hits)
