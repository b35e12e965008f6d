"""What a query names exactly, on the real documents."""

from __future__ import annotations

import pytest

from corpus import load_corpus
from corpus.model import Corpus
from index.exact import ACRONYM, BELOW_PARAGRAPH, DOCUMENT, PARAGRAPH, PHRASE, names_document, tiers


@pytest.fixture(scope="module")
def documents() -> Corpus:
    return load_corpus()


def named(query: str, corpus: Corpus, tier: float) -> list[str]:
    """Return the ids of the passages that a query puts into a tier."""
    return [p.id for p, found in zip(corpus.passages, tiers(query, corpus), strict=True) if found == tier]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("A/CONF.234/RPM.1/1, para. 44 (c)", ["A/CONF.234/RPM.1/1#44(c)"]),
        ("a/conf.234/rpm.1/1 paragraph 44(c)", ["A/CONF.234/RPM.1/1#44(c)"]),
        ("RPM.1/1 para 44(c)", ["A/CONF.234/RPM.1/1#44(c)"]),
        ("A/CONF.234/RPM.1/1#44(c)", ["A/CONF.234/RPM.1/1#44(c)"]),
        ("what does RPM.2/1, para. 47 say?", ["A/CONF.213/RPM.2/1#47", "A/CONF.234/RPM.2/1#47"]),
        ("PM.1, para. 60 (e) (iv)", ["A/CONF.213/PM.1#60(e)(iv)"]),
        ("A/CONF.213/RPM.1/1, annex I, para. 13 (a)", ["A/CONF.213/RPM.1/1#annex-I/13(a)"]),
        ("A/CONF.213/RPM.1/1#annex-I/13", ["A/CONF.213/RPM.1/1#annex-I/13"]),
        ("A/CONF.213/RPM.1/1#declaration/3", ["A/CONF.213/RPM.1/1#declaration/3"]),
        (
            "A/CONF.213/RPM.1/1, para. 5, third operative paragraph of the declaration.",
            ["A/CONF.213/RPM.1/1#declaration/3"],
        ),
        (
            "RPM.1/1, para. 11 and RPM.2/1, para. 95",
            [
                "A/CONF.213/RPM.1/1#11",
                "A/CONF.213/RPM.2/1#95",
                "A/CONF.234/RPM.1/1#11",
            ],
        ),
        ("A/CONF.999/RPM.1/1, para. 3", []),
        ("A/CONF.234/RPM.1/1, para. 999", []),
        ("para. 44 (c)", []),
    ],
)
def test_a_paragraph_is_named_by_its_citation(query: str, ids: list[str], documents: Corpus) -> None:
    assert named(query, documents, PARAGRAPH) == ids


def test_every_citation_and_every_id_names_its_passage_alone(documents: Corpus) -> None:
    for passage in documents.passages:
        for query in (passage.id, passage.cite()):
            assert named(query, documents, PARAGRAPH) == [passage.id]


def test_a_paragraph_brings_its_items_after_it(documents: Corpus) -> None:
    below = named("A/CONF.234/RPM.2/1, para. 24", documents, BELOW_PARAGRAPH)
    assert below == [f"A/CONF.234/RPM.2/1#24({letter})" for letter in "abcdefghijklmn"]


def test_a_paragraph_that_is_found_leaves_out_the_rest_of_the_documents_named(documents: Corpus) -> None:
    assert (tiers("RPM.1/1 para 44(c)", documents) > 0).sum() == 1


def test_a_symbol_alone_names_the_document(documents: Corpus) -> None:
    for query in ("A/CONF.234/RPM.1/1", "A/CONF.234/RPM.1/1 on prison overcrowding"):
        assert names_document(query, documents) == {"A/CONF.234/RPM.1/1"}
        found = named(query, documents, DOCUMENT)
        assert found == [passage.id for passage in documents.passages_of("A/CONF.234/RPM.1/1")]


@pytest.mark.parametrize("quotes", ['""', "“”"])
def test_a_quoted_phrase_names_the_passages_that_have_it(quotes: str, documents: Corpus) -> None:
    query = f"{quotes[0]}Access to justice for  children{quotes[1]}"
    found = named(query, documents, PHRASE)
    assert found == ["A/CONF.234/RPM.1/1#44(d)", "A/CONF.234/RPM.2/1#42(b)"]


@pytest.mark.parametrize(
    ("query", "decides"),
    [
        ("ILANUD", True),
        ("We request that the programmes of ILANUD in the region be given the means that they need", True),
        ("UNODC technical assistance", True),
        ("We request UNODC to continue to provide technical assistance to States that ask for it", False),
        ("We call upon Member States", False),
    ],
)
def test_an_acronym_decides_a_look_up_or_when_few_have_it(query: str, decides: bool, documents: Corpus) -> None:
    found = named(query, documents, ACRONYM)
    assert bool(found) is decides
    texts = {passage.id: passage.text for passage in documents.passages}
    assert all("ILANUD" in texts[i] or "UNODC" in texts[i] for i in found)
