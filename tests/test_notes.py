"""Footnotes and page furniture leave the stream of lines; the marks say where they belong."""

import pytest

from corpus.forms import split_lines
from corpus.notes import read_pages

WRAPPED = "\n".join(
    (
        "11. The applicable rules, namely the Standard Minimum Rules for ",
        " ",
        "4  ",
        " ",
        "A/CONF.1/RPM.2/1  ",
        "",
        "the Treatment of Prisoners,1 which had been useful. On congress.2 The ",
        "Convention against Corruption3 could be useful for ",
        "",
        "__________________ ",
        "",
        " 1  Human Rights, Volume I: Universal ",
        "Instruments (Sales No. E.02.XIV.4). ",
        "",
        " 2  In accordance with paragraph 2 (h). ",
        " 3  United Nations, Treaty Series, vol. 2349. ",
        " developing tools (Add.4) and rule 6.4. ",
        "",
    )
)

MARKDOWN = """13. Reforms take children<sup>1</sup> into account: 16<sup>2</sup> in all.

---

<sup>1</sup> Children are defined in the Convention.

<sup>2</sup> Convention on Offences (1963); Convention of

14. Then the text goes on.

---

(2005); Amendment to the Convention.

<sup>3</sup> When it started.

15. The last.<sup>3</sup>

---
"""

RAISED = """1. The decreasing,¹ the Protocol² and

¹ A/CONF.203/RPM.2/1, para. 8.

² Ibid., *Treaty Series*, vol. 2.
2. The next paragraph.
"""


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        (
            WRAPPED,
            {
                "1": "Human Rights, Volume I: Universal Instruments (Sales No. E.02.XIV.4).",
                "2": "In accordance with paragraph 2 (h).",
                "3": "United Nations, Treaty Series, vol. 2349.",
            },
        ),
        (
            MARKDOWN,
            {
                "1": "Children are defined in the Convention.",
                "2": "Convention on Offences (1963); Convention of (2005); Amendment to the Convention.",
                "3": "When it started.",
            },
        ),
        (RAISED, {"1": "A/CONF.203/RPM.2/1, para. 8.", "2": "Ibid., Treaty Series, vol. 2."}),
    ],
)
def test_notes_of_every_form_are_found_whole(text: str, notes: dict[str, str]) -> None:
    found = read_pages(split_lines(text)).notes
    assert {mark: note.text for mark, note in found.items()} == notes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            WRAPPED,
            [
                "11. The applicable rules, namely the Standard Minimum Rules for",
                "the Treatment of Prisoners, which had been useful. On congress. The",
                "Convention against Corruption could be useful for",
                "developing tools (Add.4) and rule 6.4.",
            ],
        ),
        (
            MARKDOWN,
            [
                "13. Reforms take children into account: 16 in all.",
                "14. Then the text goes on.",
                "15. The last.",
            ],
        ),
        (RAISED, ["1. The decreasing, the Protocol and", "2. The next paragraph."]),
    ],
)
def test_what_remains_is_text_without_marks(text: str, expected: list[str]) -> None:
    assert [line.text for line in read_pages(split_lines(text)).lines] == expected


@pytest.mark.parametrize(("text", "marks"), [(WRAPPED, "123"), (MARKDOWN, "123"), (RAISED, "12")])
def test_each_mark_stands_where_the_file_has_it(text: str, marks: str) -> None:
    pages = read_pages(split_lines(text))
    assert "".join(mark.number for mark in pages.marks) == marks
    for mark in pages.marks:
        assert text[mark.offset] in f"{mark.number}<¹²³"


def test_a_running_symbol_is_kept_with_its_line() -> None:
    assert read_pages(split_lines(WRAPPED)).running_symbols == ((5, "A/CONF.1/RPM.2/1"),)


@pytest.mark.parametrize(
    "text",
    [
        "A/CONF.1/PM.1\tDiscussion guide",
        "in the year\n2009\nof the report",
        "see document\nA/CONF.1/PM.1\nand others",
    ],
)
def test_numbers_and_symbols_inside_a_text_are_no_furniture(text: str) -> None:
    assert [line.number for line in read_pages(split_lines(text)).lines] == list(range(1, text.count("\n") + 2))


@pytest.mark.parametrize(
    "text",
    [
        "1. Goals 4, 5 and 17 matter.",
        "1. See paras. 1-2 above, rule 6.1, and Add.1 of INF/2/rev.1.",
        "1. Sales No. E.02.XIV.4 costs 1,000.",
    ],
)
def test_genuine_figures_stay_when_the_document_has_notes(text: str) -> None:
    noted = f"{text} The end of a word1 here.\n\n_______\n\n 1  A note.\n"
    assert read_pages(split_lines(noted)).lines[0].text == f"{text} The end of a word here."
