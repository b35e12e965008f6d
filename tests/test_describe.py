"""A document is taken at its word, and only where it speaks of itself."""

import pytest

from corpus.describe import Inferred, describe, region_name
from corpus.model import Genre
from corpus.structure import read_document

BODY = """
I. Introduction

1. The Congress was held by and for the States, and the work of it was done in the region that is to act on it.
"""


def inferred(text: str) -> dict[str, Inferred]:
    return describe(read_document(text), text)


def values(text: str) -> dict[str, object]:
    return {field: found.value for field, found in inferred(text).items()}


REPORT_COVER = """**General Assembly**Distr.: General
26 May 2009

Original: English/Spanish

**Twelfth United Nations Congress on Crime
Prevention and Criminal Justice**

Salvador, Brazil, 12-19 April 2010

**Report of the Latin American and Caribbean Regional
Preparatory Meeting for the Twelfth United Nations
Congress, held in San José from 25 to 27 May 2009****Contents**

I. Introduction	2
"""


def test_a_report_describes_itself_on_its_cover() -> None:
    assert values(REPORT_COVER + BODY) == {
        "title": "Report of the Latin American and Caribbean Regional Preparatory Meeting for the Twelfth "
        "United Nations Congress, held in San José from 25 to 27 May 2009",
        "genre": Genre.REGIONAL_REPORT,
        "region": "Latin America and the Caribbean",
        "place": "San José",
        "dates": "25 to 27 May 2009",
        "congress": 12,
        "language": "en",
    }


def test_each_value_comes_with_its_words_and_line() -> None:
    found = inferred(REPORT_COVER + BODY)
    assert {field: found[field].evidence.line for field in found} == {
        "title": 11,
        "genre": 11,
        "region": 11,
        "place": 11,
        "dates": 11,
        "congress": 6,
        "language": 19,
    }
    assert (
        found["congress"].evidence.quote == "Twelfth United Nations Congress on Crime Prevention and Criminal Justice"
    )
    assert all(item.evidence.inferred for item in found.values())


def test_a_guide_is_of_no_region_and_names_the_place_of_its_congress() -> None:
    cover = (
        "# General Assembly\n\n## Fourteenth United Nations Congress on Crime\n\n"
        "Kyoto, Japan, 20–27 April 2020\n\n### Discussion guide\n"
    )
    found = values(cover + BODY)
    assert found["genre"] is Genre.DISCUSSION_GUIDE
    assert (found["title"], found["congress"]) == ("Discussion guide", 14)
    assert (found["place"], found["dates"]) == ("Kyoto, Japan", "20–27 April 2020")
    assert "region" not in found
    assert "symbol" not in found


def test_a_report_without_a_cover_says_in_its_text_where_it_met() -> None:
    text = (
        "I. Introduction \n\n1. The host of the Eleventh United Nations Congress on Crime spoke. \n\n"
        "2. The Western Asian Regional Preparatory Meeting for the Twelfth United \nNations Congress was held in Doha "
        "from \n1 to 3 June 2009. \n"
    )
    found = inferred(text)
    assert {field: found[field].value for field in ("region", "congress", "place", "dates")} == {
        "region": "Western Asia",
        "congress": 12,
        "place": "Doha",
        "dates": "1 to 3 June 2009",
    }
    assert found["place"].evidence.line == 5
    assert "title" not in found
    assert "genre" not in found


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("1. Before the\n\n4\n\nA/CONF.213/RPM.2/1\n\nbreak.\n", "A/CONF.213/RPM.2/1"),
        ("1. In line with A/CONF.213/RPM.2/1, para. 8.\n", None),
        ("1. As noted.¹\n\n¹ A/CONF.203/RPM.2/1, para. 8.\n", None),
        ("1. One.\n\nA/CONF.213/1\n\n2. Two.\n\nA/CONF.213/2\n\n3. Three.\n", None),
    ],
)
def test_a_symbol_in_passing_is_a_mention_and_no_statement(text: str, symbol: str | None) -> None:
    assert values(text).get("symbol") == symbol


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1. The work of the States and of the region was done by them.", "en"),
        ("1. Les travaux de la région et des États sur le crime dans les villes.", "fr"),
        ("1. Los trabajos de la región y de los Estados en la lucha que es del mundo.", "es"),
        ("1. Xyzzy plugh qwerty.", None),
    ],
)
def test_the_language_is_that_of_the_text(text: str, language: str | None) -> None:
    assert values(text).get("language") == language


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Western Asian", "Western Asia"),
        ("Asia and Pacific", "Asia and the Pacific"),
        ("Latin American  and Caribbean", "Latin America and the Caribbean"),
        ("African", "Africa"),
        ("Atlantic", None),
    ],
)
def test_a_region_is_known_by_its_adjective(words: str, name: str | None) -> None:
    assert region_name(words) == name
