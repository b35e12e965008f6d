"""The choice of wording at the desk, in a real Chromium against a real server."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from desk_fixtures import DeskServer, Watch, cards, clauses, found, new_context, opened, until
from playwright.sync_api import Browser, Locator, Page, expect

from corpus.settings import REPOSITORY
from drafting.model import Draft
from drafting.store import DraftStore

pytestmark = [pytest.mark.browser, pytest.mark.model]
FRAUD = "economic fraud and identity-related crime"
PARAGRAPH = "A/CONF.213/RPM.1/1, para. 42"
SUGGESTED = (
    "We take note of the issues relating to economic fraud and identity-related crime, and call upon Member States to "
    "support international cooperation in preventing, investigating, prosecuting and punishing such offences."
)
SAME = "Stemming from the meeting, the following summary of deliberations was prepared"


def card(page: Page) -> Locator:
    return cards(page).and_(page.get_by_label(PARAGRAPH, exact=True))


def stored(page: Page, server: DeskServer) -> Draft:
    return DraftStore(server.drafts).load(page.url.split("draft=")[1])


def test_a_suggestion_is_chosen_with_the_keyboard_and_added_with_its_sentence(
    desk: Page, desk_server: DeskServer
) -> None:
    found(desk, FRAUD)
    choose = card(desk).locator("summary")
    choose.focus()
    desk.keyboard.press("Enter")
    expect(card(desk).locator("details")).to_have_attribute("open", "")
    panel = card(desk).get_by_role("group", name=f"Wording of {PARAGRAPH}")
    expect(panel.get_by_text("Check: “such offences” points to what was said before")).to_be_visible()
    card(desk).get_by_role("button", name=re.compile("^Cite in")).click()  # the list is drawn anew around it
    expect(card(desk).get_by_role("button", name=re.compile("^Cite in"))).to_have_attribute("aria-pressed", "true")
    expect(card(desk).locator(".buttons + .wordings")).to_be_visible()
    choose.focus()
    desk.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(choose).to_be_focused()
    desk.keyboard.press("Enter")
    for _ in range(3):  # past the button that cites and the passage's own words
        desk.keyboard.press("Tab")
    expect(panel.get_by_role("button", name=re.compile("Suggested for a declaration"))).to_be_focused()
    desk.keyboard.press("Enter")
    until(desk, [SUGGESTED])
    expect(choose).to_be_focused()
    (clause,) = stored(desk, desk_server).clauses
    quote = clause.citations[0].quote
    assert (clause.text, clause.taken_text, clause.source_text) == (SUGGESTED, SUGGESTED, quote)
    expect(card(desk).get_by_text("“Add to draft” adds this wording:")).to_be_visible()
    card(desk).get_by_role("button", name=f"Add to draft: {PARAGRAPH}").click()
    until(desk, [SUGGESTED, SUGGESTED])


def test_own_words_are_one_click_away_and_the_last_choice_is_kept(desk: Page, desk_server: DeskServer) -> None:
    found(desk, FRAUD)
    words = card(desk).locator(".words").inner_text()
    card(desk).get_by_role("button", name="Add to draft").click()
    until(desk, [words])
    card(desk).locator("summary").click()
    card(desk).get_by_role("button", name=re.compile("Add this: Own words")).click()
    until(desk, [words, words])
    assert {clause.taken_text for clause in stored(desk, desk_server).clauses} == {""}
    expect(cards(desk).locator(".will")).to_have_count(0)


def test_paragraphs_with_the_same_words_stand_together_and_are_added_with_both_sources(
    desk: Page, desk_server: DeskServer
) -> None:
    found(desk, SAME)
    expect(cards(desk).nth(1)).to_have_class(re.compile("joined"))
    expect(cards(desk).nth(1)).to_contain_text("The same words as A/CONF.234/RPM")
    expect(cards(desk).nth(1).get_by_role("button", name=re.compile("^Cite in"))).to_have_count(1)
    cards(desk).nth(0).get_by_role("button", name=re.compile("Add to draft, citing both")).click()
    expect(clauses(desk).nth(0).get_by_role("link")).to_have_count(2)
    (clause,) = stored(desk, desk_server).clauses
    assert {citation.symbol for citation in clause.citations} == {"A/CONF.234/RPM.1/1", "A/CONF.234/RPM.2/1"}


HOSTILE = "<img src=x onerror='window.hacked = 1'> <script>window.hacked = 1</script> $x^2$ [l](javascript:1) &lt;b&gt;"
MOUNT = """
async ([source, hit]) => {
  const { default: mount } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  document.body.innerHTML = '<div id="results"></div>';
  window.sent = [];
  const data = { session: "s", run: 0, typedAt: 0, title: "", counts: [], note: "", hits: [hit], legend: [],
                 unbacked: [], more: "", examples: [], exampleTitle: "" };
  const root = document.body;
  root.activeElement = document.activeElement;
  mount({ parentElement: root, data, setTriggerValue: (name, value) => window.sent.push(value) });
}
"""


def test_no_word_of_a_passage_or_a_suggestion_is_read_as_markup(chromium: Browser) -> None:
    offers = [
        {"key": key, "title": HOSTILE, "text": HOSTILE, "source": HOSTILE, "notes": [HOSTILE], "rules": HOSTILE,
         "declined": declined}
        for key, declined in (("own", ""), ("0", ""), ("1", HOSTILE))
    ]  # fmt: skip
    texts = ("region", "band", "cite", "path", "standing", "chapeau", "same", "added", "citeLabel", "addLabel")
    hit = {
        **dict.fromkeys(texts, HOSTILE), "id": "A/1#<b>", "color": "gray", "href": "#", "cited": False, "joined": False,
        "runs": [[HOSTILE, "equal", HOSTILE]], "with": ["B/1#2"], "wording": {"chosen": "0", "offered": offers},
    }  # fmt: skip
    source = (REPOSITORY / "ui" / "frontend" / "results.js").read_text(encoding="utf-8")
    page = chromium.new_page()
    page.evaluate(MOUNT, [source, hit])
    page.locator("summary").click()
    assert page.locator("img, script, b").count() == 0
    assert page.evaluate("window.hacked") is None
    assert page.locator(".offered").all_inner_texts() == [HOSTILE] * 3  # what one click adds, and two that are offered
    assert page.locator(".declined").all_inner_texts() == [HOSTILE]
    page.get_by_role("button", name=re.compile("^Add this")).last.click()
    (sent,) = page.evaluate("window.sent")
    assert (sent["act"], sent["value"], sent["wording"], sent["with"]) == ("add", "A/1#<b>", "0", ["B/1#2"])
    page.close()


def test_what_is_only_close_in_subject_is_said_above_the_cards(desk: Page) -> None:
    found(desk, "football hooliganism prevention")
    expect(desk.get_by_text("Close in subject: no passage says the same as this.")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_in_the_choice_of_wording_and_nothing_is_cut_off(
    chromium: Browser, watch: Watch, desk_server: DeskServer, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = new_context(chromium, watch, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = opened(context, desk_server.url)
    found(page, FRAUD)
    card(page).locator("summary").click()
    card(page).get_by_role("button", name=re.compile("Suggested for a declaration")).click()
    expect(card(page).locator(".will")).to_be_visible()
    card(page).locator("summary").click()
    page.wait_for_timeout(300)  # Streamlit fades what it draws anew, and axe would measure the half-way colours
    violations = Axe().run(page).response["violations"]
    assert [(rule["id"], node["html"][:160]) for rule in violations for node in rule["nodes"]] == []
    assert page.evaluate("() => document.querySelector('.stMain').scrollWidth <= innerWidth")
    context.close()
