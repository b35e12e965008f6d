"""Digest, equal passages, and a passage as plain data."""

import json
from dataclasses import replace

import pytest

from corpus.model import Corpus, Footnote, Genre, Kind, Locator, Passage, Source, Span, Standing
from corpus.provenance import corpus_digest, identical_passages, passage_json

SOURCE = Source(
    symbol="A/1",
    title="Report",
    genre=Genre.REGIONAL_REPORT,
    congress=14,
    region="Western Asia",
    place="Beirut",
    dates="26 to 28 March 2019",
    language="en",
    url="https://undocs.org/A/1",
    file="one.txt",
    sha256="0" * 64,
)
PASSAGE = Passage(
    symbol="A/1",
    locator=Locator("", "24", ("c", "iv")),
    heading=("II. Body", "A. Part"),
    text="Act on it;",
    kind=Kind.RECOMMENDATION,
    standing=Standing.NOT_NEGOTIATED,
    voice="unattributed",
    chapeau="The following:",
    footnotes=(Footnote("1", "A note."),),
    spans=(Span(3, 13),),
)


def test_a_passage_is_plain_data() -> None:
    data = passage_json(PASSAGE, SOURCE)
    assert json.loads(json.dumps(data)) == {
        "id": "A/1#24(c)(iv)",
        "symbol": "A/1",
        "region": "Western Asia",
        "congress": 14,
        "heading": ["II. Body", "A. Part"],
        "container": "",
        "within": "",
        "paragraph": "24",
        "subparagraph": ["c", "iv"],
        "cite": "A/1, para. 24 (c) (iv)",
        "kind": "recommendation",
        "standing": "not negotiated",
        "voice": "unattributed",
        "chapeau": "The following:",
        "text": "Act on it;",
        "footnotes": [{"mark": "1", "text": "A note."}],
        "spans": [[3, 13]],
    }


@pytest.mark.parametrize(
    "other",
    [
        Corpus((SOURCE,), ()),
        Corpus((SOURCE,), (replace(PASSAGE, text="Act on it."),)),
        Corpus((SOURCE,), (replace(PASSAGE, kind=Kind.OBSERVATION),)),
        Corpus((SOURCE,), (replace(PASSAGE, spans=(Span(3, 14),)),)),
        Corpus((replace(SOURCE, region="Africa"),), (PASSAGE,)),
    ],
)
def test_the_digest_changes_with_everything_that_was_read(other: Corpus) -> None:
    assert corpus_digest(other) != corpus_digest(Corpus((SOURCE,), (PASSAGE,)))


def test_the_digest_is_the_same_for_the_same_corpus() -> None:
    assert corpus_digest(Corpus((SOURCE,), (PASSAGE,))) == corpus_digest(
        Corpus((replace(SOURCE),), (replace(PASSAGE),))
    )


def test_equal_texts_keep_all_their_provenances() -> None:
    twin = replace(PASSAGE, symbol="A/2", text="Act  on\nit;")
    third = replace(PASSAGE, symbol="A/3")
    alone = replace(PASSAGE, symbol="A/4", text="Act;")
    assert identical_passages(Corpus((), (PASSAGE, twin, third, alone))) == {
        "A/1#24(c)(iv)": ("A/2#24(c)(iv)", "A/3#24(c)(iv)"),
        "A/2#24(c)(iv)": ("A/1#24(c)(iv)", "A/3#24(c)(iv)"),
        "A/3#24(c)(iv)": ("A/1#24(c)(iv)", "A/2#24(c)(iv)"),
    }
