"""Which words say the same: cosines given by hand, counted words, and what drafters expect of the real model."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pytest
from fake_encoder import FakeEncoder
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import corpus_of

from corpus.model import Corpus, Span
from index.alignment import Link, Side, links, marks, side, unbacked, word_vectors, words_of_tokens
from index.build import build
from index.encoder import Encoding
from index.opened import open_index
from index.opposed import opposed
from index.search import Searcher, SearchResult
from index.sentence_encoder import SentenceEncoder
from index.words import STOP_WORDS, stems, words, words_of

CORPUS = corpus_of(
    {
        "A/1": [
            "Women in prisons need water. Corruption in the prisons helps cybercrime; <b>women</b> & water, 🙂 women.",
            "The 2030 Agenda. Cybercrime is on the rise.",
        ],
        "B/1": ["Corruption and cybercrime.", "منع الجريمة water", "The of and."],
    }
)


class Gaoler(FakeEncoder):
    """Gives "dungeon" the direction of "prisons"."""

    def encode_query(self, text: str) -> Encoding:
        """Return the counts of a query, the two words counted as one."""
        return super().encode_query(text.replace("dungeon", "prisons"))


def searcher_of(folder: Path, encoder: FakeEncoder | None) -> Searcher:
    build(CORPUS, encoder or FakeEncoder(), folder)
    return Searcher(open_index(folder, CORPUS), encoder)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    return searcher_of(tmp_path_factory.mktemp("aligned"), Gaoler())


def at(text: str, span: Span) -> str:
    return text[span.start : span.end]


def number_of(stem: str) -> int:
    return sum(ord(letter) << 8 * place for place, letter in enumerate(stem[:7]))


def side_of(text: str, common: str = "") -> Side:
    """Return a text's words; those named are in every passage."""
    found = words_of(text)
    return side(
        text, found, [number_of(word.stem) for word in found], [float(word.stem in stems(common)) for word in found]
    )


def linked(clause: str, passage: str, cosines: dict[tuple[str, str], float], common: str = "") -> set[tuple[str, str]]:
    """Return the pairs of words that are linked, when words have these cosines and all others 0."""
    ours, theirs = side_of(clause, common), side_of(passage, common)
    near = np.array(
        [
            [cosines.get((at(clause, a.span), at(passage, b.span)), 0) for b in words_of(passage)]
            for a in words_of(clause)
        ],
        dtype=np.float32,
    ).reshape(len(ours.stems), len(theirs.stems))
    stem = {number_of(word.stem): word.stem for word in (*words_of(clause), *words_of(passage))}.__getitem__
    return {(at(clause, link.clause), at(passage, link.passage)) for link in links(ours, [theirs], near, stem)[0]}


@pytest.mark.parametrize(
    ("clause", "passage", "cosines", "expected"),
    [
        pytest.param("the minors", "the children", {("minors", "children"): 0.57}, {("minors", "children")}, id="near"),
        pytest.param("the minors", "the children", {("minors", "children"): 0.53}, set(), id="not near enough"),
        pytest.param("of prisons", "Prison of", {}, {("prisons", "Prison")}, id="stem"),
        pytest.param(
            "jails",
            "prisons jail",
            {("jails", "prisons"): 0.9},
            {("jails", "jail"), ("jails", "prisons")},
            id="the stem first, and the other from its own side",
        ),
        pytest.param(
            "jails courts",
            "prisons",
            {("jails", "prisons"): 0.7, ("courts", "prisons"): 0.6},
            {("jails", "prisons"), ("courts", "prisons")},
            id="both sides choose",
        ),
        pytest.param(
            "jails",
            "prisons custody",
            {("jails", "prisons"): 0.7, ("jails", "custody"): 0.6},
            {("jails", "prisons"), ("jails", "custody")},
            id="several words of a passage",
        ),
        pytest.param("by 2035", "in 2030", {("2035", "2030"): 0.9}, set(), id="numbers"),
        pytest.param("by 2030", "in 2030", {}, {("2030", "2030")}, id="the same number"),
        pytest.param("in Kyoto", "in Tokyo", {("Kyoto", "Tokyo"): 0.7}, set(), id="names"),
        pytest.param(
            "in African", "in Africa", {("African", "Africa"): 0.8}, {("African", "Africa")}, id="a near name"
        ),
        pytest.param("Jails full", "in prisons", {("Jails", "prisons"): 0.6}, {("Jails", "prisons")}, id="sentence"),
        pytest.param("for men", "for women", {("men", "women"): 0.9}, set(), id="opposed"),
        pytest.param("reliable", "unreliable", {("reliable", "unreliable"): 0.9}, set(), id="negated"),
        pytest.param("the of", "the of", {}, set(), id="stop words"),
        pytest.param("", "prisons", {}, set(), id="no clause"),
        pytest.param("prisons", "", {}, set(), id="no passage"),
    ],
)
def test_a_word_is_linked_with_the_nearest_that_says_the_same(
    clause: str, passage: str, cosines: dict[tuple[str, str], float], expected: set[tuple[str, str]]
) -> None:
    assert linked(clause, passage, cosines) == expected


def test_common_words_must_be_nearer() -> None:
    cosines = {("police", "criminal"): 0.6}
    assert linked("police", "criminal", cosines) == {("police", "criminal")}
    assert linked("police", "criminal", cosines, common="criminal") == set()
    assert linked("police", "criminal", {("police", "criminal"): 0.7}, common="criminal") == {("police", "criminal")}


def test_the_strength_says_whether_it_is_the_same_word() -> None:
    cosines = np.array([[1, 0], [0, 1]], dtype=np.float32)
    ((same, near),) = links(side_of("jails minors"), [side_of("jail children")], cosines, str)
    assert (same.strength, same.same_stem) == (1.0, True)
    assert near.strength < 1
    assert not near.same_stem


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("men", "women", True), ("victim", "offender", True), ("traffick", "smuggl", True), ("prison", "jail", False)],
)
def test_what_drafters_keep_apart_is_opposed_both_ways(one: str, other: str, expected: bool) -> None:
    (a,), (b,) = stems(one), stems(other)
    assert opposed(a, b) is opposed(b, a) is expected


@given(st.sampled_from(sorted({stem for text in ("men prisons smuggling private", "risk") for stem in stems(text)})))
def test_nothing_is_opposed_to_itself(stem: str) -> None:
    assert not opposed(stem, stem)


def test_tokens_belong_to_the_word_that_they_stand_in() -> None:
    found = words_of("The detention facilities, 🙂 jails")
    spans = np.array([[0, 0], [0, 3], [4, 9], [9, 13], [13, 24], [24, 25], [26, 27], [27, 33], [33, 33]], np.int32)
    assert words_of_tokens(found, spans).tolist() == [-1, -1, 0, 0, 1, -1, -1, 2, -1]
    assert words_of_tokens((), spans).tolist() == [-1] * len(spans)


def test_a_word_of_several_tokens_is_their_sum_without_half_of_the_mean() -> None:
    tokens = np.array([[9, 9], [1, 0], [0, 1], [0, 0]], dtype=np.float32)
    mean = np.array([1, 0], dtype=np.float32)
    vectors = word_vectors(np.array([-1, 1, 1, 2]), tokens, 3, mean)
    expected = np.array([np.sqrt(0.5) - 0.5, np.sqrt(0.5)])
    np.testing.assert_allclose(vectors[1], expected / np.linalg.norm(expected), rtol=1e-6)
    assert not vectors[0].any(), "without a token"
    assert not vectors[2].any(), "without a direction"


@pytest.mark.parametrize(
    ("clause", "backed", "expected"),
    [
        ("We call upon Member States to jail nobody", ("Member", "States"), ["jail nobody"]),
        ("collect biometric data every five years", ("data", "collect"), ["biometric", "every five years"]),
        ("jails for the jails", (), ["jails", "jails"]),
        ("prison and prisons", ("prison",), []),
        ("We urge and we call", (), []),
        ("risk-\nbased, 🙂 plans", (), ["risk-\nbased", "plans"]),
    ],
)
def test_what_no_link_backs_is_named_in_whole_stretches(
    clause: str, backed: tuple[str, ...], expected: list[str]
) -> None:
    found = words_of(clause)
    backing = [Link(word.span, Span(0, 1), 1.0) for word in found if at(clause, word.span) in backed]
    assert [at(clause, span) for span in unbacked(clause, found, backing)] == expected


TEXTS = st.lists(
    st.sampled_from(
        "women WOMEN’s prisons dungeon Dungeon the of and water, cybercrime; corruption. 🙂 犯罪 الجريمة <script> &lt; "
        "2030 e\u0301tat \u200b \n".split(" ")
    ),
    min_size=1,
    max_size=40,
).map(" ".join)


@given(text=TEXTS.filter(lambda text: bool(text.strip())))
def test_links_are_between_whole_words_that_are_no_stop_words(searcher: Searcher, text: str) -> None:
    result = searcher.search(text, 9)
    ours = {word.span for word in words(text)}
    for hit in result.hits:
        theirs = {word.span for word in words(hit.passage.text)}
        assert {link.clause for link in hit.alignment} <= ours
        assert {link.passage for link in hit.alignment} <= theirs
        assert all(0 < link.strength <= 1 for link in hit.alignment)
        assert not {at(hit.passage.text, mark).casefold() for mark in hit.marks} & STOP_WORDS
        assert all(one.end <= other.start for one, other in zip(hit.marks, hit.marks[1:], strict=False))
        assert hit.marks == marks(hit.alignment)
    assert (result.unbacked is not None) or not ours
    stretches = result.unbacked or ()
    assert all(re.search(r"\w", at(text, span)) for span in stretches)
    assert all(one.end <= other.start for one, other in itertools.pairwise(stretches))
    counted = {link.clause for hit in result.hits if hit.counts for link in hit.alignment}
    assert not any(span.start <= each.start < span.end for span in stretches for each in counted)


def test_a_query_longer_than_the_window_with_blanks_before_it_is_aligned_to_its_end(searcher: Searcher) -> None:
    text = " \n" + "nothing " * 60 + "a dungeon and corruption"
    hit = next(hit for hit in searcher.search(text, 9).hits if hit.passage.id == "A/1#1")
    pairs = {(at(text, link.clause), at(hit.passage.text, link.passage)) for link in hit.alignment}
    assert pairs == {("dungeon", "prisons"), ("corruption", "Corruption")}


def links_of(result: SearchResult) -> set[tuple[str, str]]:
    return {
        (at(result.query, link.clause).casefold(), at(hit.passage.text, link.passage).casefold())
        for hit in result.hits
        for link in hit.alignment
    }


@pytest.mark.parametrize("encoder", [None, FakeEncoder(with_tokens=False)], ids=["no model", "no token vectors"])
def test_without_token_vectors_stems_are_linked_and_nothing_is_called_unbacked(
    tmp_path: Path, encoder: FakeEncoder | None
) -> None:
    result = searcher_of(tmp_path, encoder).search("woman in a prison dungeon", 9)
    assert {("woman", "women"), ("prison", "prisons")} & links_of(result) == {("prison", "prisons")}
    assert result.unbacked is None
    assert result.unbacked_words == ()


@pytest.fixture(scope="module")
def real(built_index: Path, corpus: Corpus, encoder: SentenceEncoder) -> Searcher:
    return Searcher(open_index(built_index, corpus), encoder)


@pytest.mark.model
@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        ("Keep minors out of prisons", {("minors", "children"), ("minors", "juvenile"), ("prisons", "correctional")}),
        (
            "Reduce overcrowding in prisons and other places where people are held",
            {("prisons", "detention"), ("prisons", "facilities"), ("people", "persons")},
        ),
        (
            "Provide schooling and jobs to inmates so that they do not reoffend",
            {("schooling", "education"), ("jobs", "employment"), ("inmates", "prisoners")},
        ),
        ("Strengthen international cooperation among States against bribery", {("bribery", "corruption")}),
        ("Protect children from sexual abuse on the Internet", {("internet", "online")}),
    ],
)
def test_words_that_drafters_use_for_one_another_are_linked(
    real: Searcher, query: str, pairs: set[tuple[str, str]]
) -> None:
    assert pairs <= links_of(real.search(query, 20))


@pytest.mark.model
@pytest.mark.parametrize(
    ("query", "word", "never"),
    [
        ("Strengthen international cooperation among States", "international", {"states", "cooperation", "countries"}),
        ("men in prison", "men", {"women", "gender"}),
        ("compensation for victims of crime", "victims", {"offenders", "crime", "criminal"}),
        ("combat trafficking in persons", "trafficking", {"smuggling", "laundering"}),
        ("public prosecutors", "public", {"private", "prosecutors"}),
    ],
)
def test_words_of_one_subject_that_do_not_say_the_same_are_not_linked(
    real: Searcher, query: str, word: str, never: set[str]
) -> None:
    assert not {other for one, other in links_of(real.search(query, 20)) if one == word} & never


@pytest.mark.model
def test_what_the_reports_do_not_speak_of_is_called_unbacked(real: Searcher) -> None:
    result = real.search("Reduce overcrowding in prisons by biometric registers every five years")
    assert not result.nothing_close
    assert "biometric" in " ".join(result.unbacked_words)
    assert "overcrowding" not in " ".join(result.unbacked_words)
    assert "prisons" not in " ".join(result.unbacked_words)
