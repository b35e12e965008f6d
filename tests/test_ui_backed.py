"""What the table and the passages behind it say, as HTML and without a browser."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from backing_values import AFRICA, ASIA, HOSTILE, HOSTILE_TEXTS, hit, passage, report, source
from streamlit.testing.v1 import AppTest

from corpus.meetings import Meeting
from corpus.model import Corpus, Span, Standing
from corpus.settings import REPOSITORY
from drafting.backing import MEANINGS, REMARK, Backing, lay_out_support
from index.alignment import Link
from index.support import ReportSupport, State, Support
from ui.backed import file_name
from ui.backed_html import anchor, meanings_html, passages_html, summary_html, table_html

CORPUS = Corpus(tuple(source(region, 14) for region in (AFRICA, ASIA, "Europe", "Western Asia")), ())


class Reading(HTMLParser):
    """Reads what a page says: the tags with their attributes, and the cells of its table."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        """Take in a text."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of the tags of a name."""
        return [attributes for name, attributes in self.tags if name == tag]


def laid_out(*reports: ReportSupport, without: tuple[Meeting, ...] = (), clause: str = "A phrase") -> Backing:
    return lay_out_support(Support(clause, reports, without))


def of_each_state() -> Backing:
    spoken = passage("2", standing=Standing.DISCUSSION, voice="one speaker")
    return laid_out(
        report(ASIA, 14, State.BACKS, passage("1"), spoken),
        report("Europe", 14, State.PARTLY),
        report("Western Asia", 14, State.NONE),
        without=(Meeting(14, AFRICA), Meeting(12, ASIA)),
    )


def test_the_table_says_each_state_in_words_with_its_count_and_its_reservations() -> None:
    read = Reading(table_html(of_each_state()))
    assert read.rows == [
        ["Region", "Twelfth Congress", "Fourteenth Congress"],
        [AFRICA, "No meeting known", "No report"],
        [ASIA, "No report", "Backs 2 passages 1 of 2: one speaker, summary of a discussion"],
        ["Europe", "No meeting known", "Partly 1 passage"],
        ["Western Asia", "No meeting known", "Nothing found Nearest passage"],
    ]
    assert not re.search(r"\b0\b", " ".join(text for row in read.rows for text in row))


def test_the_table_is_one_for_readers_of_the_screen_too() -> None:
    html = table_html(of_each_state())
    read = Reading(html)
    assert REMARK in html[html.index("<caption>") : html.index("</caption>")]
    assert [header["scope"] for header in read.named("th")] == ["col"] * 3 + ["row"] * 4
    assert all(sign["aria-hidden"] == "true" for sign in read.named("span") if "sign" in str(sign.get("class")))


def test_a_cell_leads_to_its_passages_and_a_cell_without_leads_nowhere() -> None:
    backing = of_each_state()
    links = [str(link["href"]) for link in Reading(table_html(backing)).named("a")]
    sections = Reading(passages_html(backing, CORPUS)).named("section")
    assert links == [f"#{section['id']}" for section in sections]
    assert len(links) == 3
    assert len({anchor(cell) for cell in backing.cells}) == len(backing.cells)


def test_a_passage_comes_with_its_citation_heading_standing_voice_and_reservations() -> None:
    html = passages_html(of_each_state(), CORPUS)
    spoken = html[html.index("para. 2") :]
    for words in ("I. Matters › A. Crime", "standing: discussion", "voice: one speaker", "summary of a discussion"):
        assert words in unescape(html)
    assert ">one speaker</b>" in html
    assert f'title="Your text has “A p”">The</mark>{passage("2").text[3:]}' in spoken
    links = [link for link in Reading(html).named("a") if link.get("target")]
    assert all((link["target"], link["rel"]) == ("_blank", "noopener noreferrer") for link in links)
    assert str(links[0]["href"]).startswith("https://undocs.org/A/CONF.")


def test_the_nearest_passage_is_labelled_and_stands_under_nothing_found_alone() -> None:
    html = passages_html(of_each_state(), CORPUS)
    assert html.count("Nearest passage, not a claim") == 1
    assert html.index("Nothing found") < html.index("Nearest passage, not a claim")
    assert html.count("<article") == 4


def test_the_same_words_elsewhere_are_named() -> None:
    found = hit(passage("1"), source(ASIA, 14), identical=(passage("7", symbol="A/CONF.213/PM.1"),))
    html = passages_html(laid_out(report(ASIA, 14, State.BACKS, hits=(found,))), CORPUS)
    assert "The same words stand in A/CONF.213/PM.1, para. 7." in html


def test_the_summary_stands_above_with_the_answer_first() -> None:
    html = summary_html(of_each_state())
    assert html.startswith(
        '<p class="summary"><b>1 of the 3 reports here backs this phrase, and 1 backs a part of it.</b>'
    )
    assert "2 further meetings have no report here" in html
    assert html.endswith(f"{REMARK}</p>")


def test_every_state_is_explained() -> None:
    html = meanings_html()
    for state, meaning in MEANINGS.items():
        assert f"{state.value}</dt><dd>{meaning}</dd>" in html


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_text_is_shown_and_never_read(text: str) -> None:
    spoken = passage("1", text=text, voice=text, heading=(text,), standing=Standing.DISCUSSION)
    backing = laid_out(report(ASIA, 14, State.BACKS, spoken), without=(Meeting(14, text),), clause=text)
    harmless = laid_out(
        report(
            ASIA, 14, State.BACKS, passage("1", voice="a", heading=("a",), text="abc def", standing=Standing.DISCUSSION)
        ),
        without=(Meeting(14, "Z"),),
    )
    for made, plain in (
        (table_html(backing), table_html(harmless)),
        (passages_html(backing, CORPUS), passages_html(harmless, CORPUS)),
    ):
        assert sorted(tag for tag, _ in Reading(made).tags) == sorted(tag for tag, _ in Reading(plain).tags)
        assert text in unescape(re.sub("</?mark[^>]*>", "", made))


def test_marks_beyond_one_word_leave_the_quote_verbatim() -> None:
    found = hit(passage("1"), source(ASIA, 14))
    links = (Link(Span(0, 3), Span(0, 3), 1.0), Link(Span(4, 11), Span(4, 11), 0.7))
    marked = replace(found, alignment=links)
    html = passages_html(laid_out(report(ASIA, 14, State.BACKS, hits=(marked,))), CORPUS)
    words = re.search(r'<p class="words" dir="auto">(.*?)</p>', html)
    assert words
    assert re.sub("</?mark[^>]*>", "", words[1]) == passage("1").text


@pytest.mark.parametrize(
    ("clause", "name"),
    [
        ("Strengthen cooperation, now", "strengthen-cooperation-now"),
        ("../../etc/passwd", "etc-passwd"),
        ("🙂", "phrase"),
        ("a" * 200, "a" * 60),
        (HOSTILE, "script-hack-script-x-l-javascript-hack-lt-b-gt"),
    ],
)
def test_a_file_is_named_after_its_phrase(clause: str, name: str) -> None:
    assert file_name(clause) == name


@pytest.fixture
def screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk_index: Path) -> AppTest:
    monkeypatch.setenv("RAPPORTEUR_INDEX", str(desk_index))
    monkeypatch.setenv("RAPPORTEUR_DRAFTS", str(tmp_path / "drafts.sqlite"))
    monkeypatch.setenv("RAPPORTEUR_MODEL", str(tmp_path / "none"))  # what the model finds is the browser tests' matter
    return AppTest.from_file(str(REPOSITORY / "ui" / "backed.py"), default_timeout=60)


def said(app: AppTest) -> str:
    return " ".join(str(each.proto.body) for each in app.main if each.type == "html") + " ".join(
        str(element.proto.body) for element in app.get("html")
    )


def test_an_empty_screen_offers_three_phrases_and_explains_the_answers(screen: AppTest) -> None:
    app = screen.run()
    assert not app.exception
    assert [app.button(key=f"example_{number}").label for number in range(3)]
    assert "No report" in said(app)


def test_without_a_model_nothing_is_claimed(screen: AppTest) -> None:
    app = screen.run()
    app.button(key="example_0").click().run(timeout=60)
    for _ in range(50):
        if "cannot be told" in said(app):
            break
        app.run()
    assert not app.exception
    assert "to share words is not to back it" in said(app)
    assert "<table" not in said(app)
    assert app.text_area(key="phrase").value
    assert app.query_params["clause"]
