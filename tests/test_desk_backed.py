"""Who backed it, in a real browser: asked, read, reloaded, sent as a link, and taken away as a file."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import docx
import pytest
from desk_fixtures import CYBERCRIME, VICTIMS, DeskServer, Watch, editor, new_context, serving, until, use
from desk_screens import fits, focused, violations
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from corpus.meetings import known_meetings
from corpus.model import Corpus, Genre

pytestmark = [pytest.mark.browser, pytest.mark.model]

NOTHING = "The quick brown fox jumps over the lazy dog"


def phrase(page: Page) -> Locator:
    """The field of the phrase."""
    return page.get_by_role("textbox", name="Clause or phrase")


def cell(page: Page, region: str, congress: str) -> Locator:
    """The cell of a region and a congress."""
    table = page.get_by_role("table")
    at = table.get_by_role("columnheader").all_inner_texts().index(congress)
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=region, exact=True))
    return row.get_by_role("cell").nth(at - 1)


def asked(context: BrowserContext, server: DeskServer, clause: str) -> Page:
    """Return the screen with the answer to a phrase that was typed."""
    page = context.new_page()
    page.goto(f"{server.url}backed")
    phrase(page).fill(clause)
    phrase(page).press("Control+Enter")
    expect(page.get_by_role("table")).to_be_visible(timeout=60_000)
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_a_phrase_gets_a_table_whose_cells_lead_to_their_passages(
    chromium: Browser, watch: Watch, desk_server: DeskServer, corpus: Corpus, width: int
) -> None:
    context = new_context(chromium, watch, viewport={"width": width, "height": 900})
    page = asked(context, desk_server, CYBERCRIME)
    reported = {(s.congress, s.region) for s in corpus.sources if s.genre is Genre.REGIONAL_REPORT}
    for meeting in known_meetings():
        congress = {12: "Twelfth Congress", 14: "Fourteenth Congress"}[meeting.congress]
        words = "Backs|Partly|Nothing found" if (meeting.congress, meeting.region) in reported else "^No report$"
        expect(cell(page, meeting.region, congress)).to_have_text(re.compile(words))
    expect(page.get_by_role("table")).to_contain_text("Counts are passages found, not votes.")
    link = cell(page, "Western Asia", "Twelfth Congress").get_by_role("link")
    expect(link).to_have_text(re.compile("(Backs|Partly).*passage"))
    link.click()
    section = page.get_by_role("region", name="Western Asia · Twelfth Congress")
    expect(section.get_by_role("heading")).to_be_in_viewport()
    passage = section.get_by_role("article").first
    official = passage.get_by_role("link", name="A/CONF.213/RPM.2/1, ")
    expect(official).to_have_attribute("target", "_blank")
    expect(official).to_have_attribute("rel", re.compile("noopener"))
    texts = {p.text for p in corpus.passages_of("A/CONF.213/RPM.2/1")}
    assert passage.locator(".words").text_content() in texts
    expect(passage.locator("mark").first).to_be_visible()
    context.close()


def test_a_reload_a_link_and_the_way_back_keep_the_phrase(context: BrowserContext, desk_server: DeskServer) -> None:
    page = asked(context, desk_server, f"{VICTIMS} & “more” #1")
    page.reload()
    expect(phrase(page)).to_have_value(f"{VICTIMS} & “more” #1")
    expect(page.get_by_role("table")).to_contain_text(VICTIMS)
    phrase(page).fill(CYBERCRIME)
    page.get_by_role("button", name="Who backed it?").click()
    expect(page.get_by_role("table")).to_contain_text(CYBERCRIME)
    page.go_back()
    expect(phrase(page)).to_have_value(f"{VICTIMS} & “more” #1")
    expect(page.get_by_role("table")).to_contain_text(VICTIMS)
    page.go_forward()
    expect(page.get_by_role("table")).to_contain_text(CYBERCRIME)
    friend = context.new_page()
    friend.goto(page.url)
    expect(friend.get_by_role("table")).to_contain_text(CYBERCRIME)
    page.get_by_role("link", name="Drafting desk").click()
    expect(editor(page)).to_be_visible()
    page.get_by_role("link", name="Who backed it").click()
    expect(phrase(page)).to_have_value(CYBERCRIME)
    expect(page.get_by_role("table")).to_contain_text(CYBERCRIME)
    phrase(page).fill("")
    phrase(page).press("Control+Enter")
    expect(page.get_by_role("heading", name="Or try one of these")).to_be_visible()
    expect(page).to_have_url(f"{desk_server.url}backed")


def test_an_example_is_asked_with_one_click(context: BrowserContext, desk_server: DeskServer) -> None:
    page = context.new_page()
    page.goto(f"{desk_server.url}backed")
    page.get_by_role("button", name="Alternatives to imprisonment").click()
    expect(page.get_by_role("table")).to_contain_text("Alternatives to imprisonment", timeout=60_000)
    expect(phrase(page)).to_have_value(re.compile("^Alternatives to imprisonment"))


def test_the_clauses_of_the_draft_are_offered_and_asked_with_one_click(desk: Page) -> None:
    use(desk, f"Urge States to {VICTIMS.lower()} *now*")
    use(desk, "Invite donors to pay")
    desk.get_by_role("link", name="Who backed it").click()
    desk.get_by_role("button", name="Urge States to protect the rights").click()
    expect(phrase(desk)).to_have_value(f"Urge States to {VICTIMS.lower()} *now*")
    expect(desk.get_by_role("table")).to_contain_text("*now*", timeout=60_000)
    desk.get_by_text("Ask about another clause of your draft").click()
    desk.get_by_role("button", name="Invite donors to pay").click()
    expect(desk.get_by_role("table")).to_contain_text("Invite donors to pay")
    desk.get_by_role("link", name="Drafting desk").click()
    until(desk, [f"Urge States to {VICTIMS.lower()} *now*", "Invite donors to pay"])


def test_the_files_say_what_the_table_says(context: BrowserContext, desk_server: DeskServer, tmp_path: Path) -> None:
    page = asked(context, desk_server, CYBERCRIME)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    assert download.value.suggested_filename.startswith("who-backed-strengthen-international")
    data = (tmp_path / download.value.suggested_filename).read_bytes()
    lines = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    with page.expect_download() as download:
        page.get_by_role("button", name="Word").click()
    download.value.save_as(tmp_path / "answer.docx")
    (table,) = docx.Document(str(tmp_path / "answer.docx")).tables
    for line in lines:
        congress = {"12": "Twelfth Congress", "14": "Fourteenth Congress"}[line["congress"]]
        expect(cell(page, line["region"], congress)).to_contain_text(line["state"])
        at = [head.text for head in table.rows[0].cells].index(congress)
        (row,) = (row for row in table.rows if row.cells[0].text == line["region"])
        assert row.cells[at].text.startswith(line["state"])
    found = [line["quote"] for line in lines if line["quote"]]
    assert found == page.locator(".backing-passage:not(.nearest) .words").all_text_contents()


def test_what_nobody_said_has_no_passage_but_a_nearest_one_that_is_no_claim(
    context: BrowserContext, desk_server: DeskServer
) -> None:
    page = asked(context, desk_server, NOTHING)
    expect(page.get_by_text("Nothing that backs this phrase was found in the 4 reports here.")).to_be_visible()
    near = page.get_by_role("article")
    expect(near).to_have_count(4)
    expect(page.get_by_text("Nearest passage, not a claim")).to_have_count(4)
    expect(cell(page, "Africa", "Fourteenth Congress")).to_have_text("No report")


def test_hostile_text_in_an_address_is_only_shown(context: BrowserContext, desk_server: DeskServer) -> None:
    hostile = "<img src=x onerror=alert(1)> $x$ [l](javascript:alert(1)) مرحبا 🙂"
    page = context.new_page()
    page.goto(f"{desk_server.url}backed?clause={quote(hostile)}")
    expect(page.get_by_role("table")).to_contain_text(hostile, timeout=60_000)
    expect(phrase(page)).to_have_value(hostile)
    expect(page.locator("table img")).to_have_count(0)


def test_a_phrase_too_long_for_an_address_is_answered_and_says_so(
    context: BrowserContext, desk_server: DeskServer
) -> None:
    page = asked(context, desk_server, "сотрудничество " * 300)
    expect(page.get_by_text("too long for the address")).to_be_visible()
    expect(page).to_have_url(f"{desk_server.url}backed")
    page.get_by_role("link", name="Library").click()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    page.get_by_role("link", name="Who backed it").click()
    expect(phrase(page)).to_have_value(re.compile("^сотрудничество"))


def test_the_way_back_from_an_answer_leads_to_the_empty_screen(
    context: BrowserContext, desk_server: DeskServer
) -> None:
    page = asked(context, desk_server, CYBERCRIME)
    page.go_back()
    expect(page.get_by_role("heading", name="Or try one of these")).to_be_visible()
    expect(phrase(page)).to_have_value("")
    page.go_forward()
    expect(page.get_by_role("table")).to_contain_text(CYBERCRIME)


def test_a_text_too_long_to_ask_is_refused_and_kept(context: BrowserContext, desk_server: DeskServer) -> None:
    page = context.new_page()
    page.goto(f"{desk_server.url}backed")
    phrase(page).fill("word " * 2_500)
    phrase(page).press("Control+Enter")
    expect(page.get_by_text("at most 10,000 can be searched at once")).to_be_visible()
    assert phrase(page).input_value().split() == ["word"] * 2_500


def test_without_a_model_the_screen_says_why_it_cannot_answer(
    context: BrowserContext, desk_index: Path, tmp_path: Path
) -> None:
    environment = {"RAPPORTEUR_INDEX": str(desk_index), "RAPPORTEUR_MODEL": str(tmp_path / "none")}
    with serving(tmp_path, environment) as server:
        page = context.new_page()
        page.goto(f"{server.url}backed?clause=cybercrime")
        expect(page.get_by_role("alert")).to_contain_text("to share words is not to back it")
        expect(page.get_by_role("table")).to_have_count(0)


def test_the_keyboard_alone_asks_and_reaches_the_passages(context: BrowserContext, desk_server: DeskServer) -> None:
    page = asked(context, desk_server, CYBERCRIME)
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        if reached[-1].startswith(("Backs", "Partly")):
            break
    assert reached[-1].startswith(("Backs", "Partly"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page).startswith("A/CONF.")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    chromium: Browser, watch: Watch, desk_server: DeskServer, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = new_context(chromium, watch, viewport={"width": width, "height": 900}, color_scheme=scheme)
    faults = []
    page = context.new_page()
    page.goto(f"{desk_server.url}backed")
    expect(page.get_by_role("heading", name="Or try one of these")).to_be_visible()
    for clause in ("", CYBERCRIME, NOTHING):
        if clause:
            phrase(page).fill(clause)
            phrase(page).press("Control+Enter")
            expect(page.get_by_role("table")).to_contain_text(clause, timeout=60_000)
            expect(page.get_by_role("heading", name="What the answers mean")).to_have_count(0)  # the empty screen's
            page.locator("summary").filter(has_text="What the answers mean").click()
        page.wait_for_timeout(400)  # Streamlit fades what it draws anew, and axe would measure the half-way colours
        faults += [f"{clause}: {fault}" for fault in violations(page)]
        faults += [] if fits(page) else [f"{clause}: wider than {width} px"]
    context.close()
    assert faults == []
