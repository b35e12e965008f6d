"""The outline as a workspace, in a real Chromium: shaping clauses, negotiating them, and what the check finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from desk_fixtures import DeskServer, Watch, choose, clauses, exported, new_context, opened, until
from desk_screens import fits
from docx import Document
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from corpus.model import Corpus, Kind
from drafting.model import ClauseKind, ClauseState, Draft, citation_of
from drafting.negotiation import add_alternative, set_state
from drafting.operations import add_clause, edit_text
from drafting.store import DraftStore

pytestmark = [pytest.mark.browser, pytest.mark.model]
OPERATIVE = ClauseKind.OPERATIVE
HOSTILE = "<script>window.hacked = 1</script> [l](javascript:window.hacked=1)"


def draft_with(server: DeskServer, change: Callable[[Draft], Draft]) -> str:
    """Store a draft and return the address at which it is worked on."""
    store = DraftStore(server.drafts)
    draft = store.create()
    store.save(change(draft), "Made for a test", base=draft.revision)
    return f"{server.url}?draft={draft.id}"


def written(*said: str) -> Callable[[Draft], Draft]:
    """Return what adds operative clauses with the ids c1, c2 and so on."""

    def added(draft: Draft) -> Draft:
        for at, text in enumerate(said, start=1):
            draft = add_clause(draft, text, OPERATIVE, clause_id=f"c{at}")
        return draft

    return added


def area(page: Page, number: int) -> Locator:
    return page.get_by_role("textbox", name=f"Text of operative clause {number}", exact=True)


def caret(page: Page, number: int, words: str, length: int = 0) -> None:
    """Put the caret before some words of a clause, or select as many characters of them."""
    area(page, number).evaluate(
        """(area, [words, length]) => {
          area.focus();
          const at = area.value.indexOf(words);
          area.setSelectionRange(at, at + length);
        }""",
        [words, length],
    )


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def details(page: Page, number: int) -> Locator:
    """Open the details of an operative clause."""
    button = page.get_by_role("button", name=f"Details of operative clause {number}", exact=True)
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return page.get_by_role("group", name=f"Details of operative clause {number}", exact=True)


def test_clauses_are_split_merged_and_indented_by_keyboard_and_references_follow(
    context: BrowserContext, desk_server: DeskServer
) -> None:
    lead, tail, last = "We urge States to act", "and to report", "We recall {¶c1}"
    url = draft_with(desk_server, written(f"{lead} {tail}", "We invite donors", last))
    page = opened(context, url)
    until(page, [f"{lead} {tail}", "We invite donors", "We recall paragraph 1 above"])
    caret(page, 1, tail)
    page.keyboard.press("Alt+Enter")
    until(page, [lead, tail, "We invite donors", "We recall paragraph 1 above"])
    expect(area(page, 2)).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    until(page, [tail, lead, "We invite donors", "We recall paragraph 2 above"])
    expect(area(page, 1)).to_be_focused()
    page.keyboard.press("Alt+Z")
    until(page, [lead, tail, "We invite donors", "We recall paragraph 1 above"])
    caret(page, 3, "donors")
    page.keyboard.press("Alt+ArrowRight")
    until(page, [lead, f"{tail}\n(a) We invite donors", "We recall paragraph 1 above"])
    expect(area(page, 2)).to_be_focused()
    expect(clauses(page).nth(1).locator(".read .level1")).to_have_text("(a) We invite donors")
    caret(page, 2, "donors")
    page.keyboard.press("Alt+ArrowLeft")
    until(page, [lead, tail, "We invite donors", "We recall paragraph 1 above"])
    expect(area(page, 3)).to_be_focused()
    caret(page, 1, "We")
    page.keyboard.press("Alt+Shift+M")
    until(page, [f"{lead} {tail}", "We invite donors", "We recall paragraph 1 above"])
    expect(area(page, 1)).to_be_focused()
    # What is typed and not saved yet goes with the split, and Tab leaves the field as it does everywhere.
    area(page, 2).press("End")
    page.keyboard.type(" and banks")
    caret(page, 2, "and banks")
    page.keyboard.press("Alt+Enter")
    until(page, [f"{lead} {tail}", "We invite donors", "and banks", "We recall paragraph 1 above"])
    page.keyboard.press("Tab")
    expect(area(page, 3)).not_to_be_focused()
    # An edit around a reference leaves it a reference.
    area(page, 4).press("End")
    page.keyboard.type(" and [[2]]")
    page.keyboard.press("Control+Enter")
    until(
        page, [f"{lead} {tail}", "We invite donors", "and banks", "We recall paragraph 1 above and paragraph 2 above"]
    )
    press(page, "Delete operative clause 2")
    until(page, [f"{lead} {tail}", "and banks", "We recall paragraph 1 above and [paragraph deleted]"])
    caret(page, 1, "We")
    page.keyboard.press("Alt+ArrowRight")
    expect(page.get_by_role("alert").filter(has_text="no clause right above it")).to_be_visible()


def test_openers_references_and_brackets_are_put_in_from_the_details(
    context: BrowserContext, desk_server: DeskServer
) -> None:
    url = draft_with(desk_server, written("We also urge States to act", "We invite donors"))
    page = opened(context, url)
    caret(page, 1, "States")
    page.keyboard.press("Alt+O")
    opener = page.get_by_role("combobox", name="Opener of operative clause 1")
    expect(opener).to_be_focused()
    labels = opener.locator("optgroup").evaluate_all("groups => groups.map((group) => group.label)")
    assert [label.split(",")[0] for label in labels][:4] == ["Stronger", "Stronger", "As strong", "Weaker"]
    opener.select_option("We encourage")
    until(page, ["We also encourage States to act", "We invite donors"])
    expect(area(page, 1)).to_be_focused()
    area(page, 1).press("End")
    page.keyboard.press("Alt+R")
    page.get_by_role("combobox", name="Paragraph that operative clause 1 is to refer to").select_option("c2")
    until(page, ["We also encourage States to act paragraph 2 below", "We invite donors"])
    press(page, "Move operative clause 2 up")
    until(page, ["We invite donors", "We also encourage States to act paragraph 1 above"])
    caret(page, 2, "also", 4)
    page.keyboard.press("Alt+B")
    until(page, ["We invite donors", "We [also] encourage States to act paragraph 1 above"])
    expect(area(page, 2)).to_be_focused()
    area(page, 2).press("End")
    page.keyboard.type(" [and")
    expect(clauses(page).nth(1).locator(".read")).to_have_count(0)  # it would say what was there before
    page.keyboard.press("Escape")
    expect(clauses(page).nth(1).locator(".read .bracket")).to_have_count(2)
    area(page, 2).press("End")
    page.keyboard.type(" [and")
    page.keyboard.press("Control+Enter")
    expect(clauses(page).nth(1).locator("mark.unmatched")).to_have_text("[")
    expect(clauses(page).nth(1).locator(".read .bracket")).to_have_count(2)


def test_alternatives_proposers_and_states_are_negotiated_filtered_and_printed(
    context: BrowserContext, desk_server: DeskServer, tmp_path: Path
) -> None:
    page = opened(context, draft_with(desk_server, written("We urge States", "We invite donors")))
    panel = details(page, 1)
    panel.get_by_role("combobox", name="Proposer of operative clause 1", exact=True).fill("Japan")
    panel.get_by_role("textbox", name="New alternative to operative clause 1").fill(f"We invite States {HOSTILE}")
    panel.get_by_role("combobox", name="Proposer of the new alternative").fill("GRULAC")
    press(page, "Add an alternative to operative clause 1")
    first = clauses(page).first
    expect(first.locator(".facts").get_by_text("Proposed by Japan")).to_be_visible()
    expect(first.locator(".alternatives li")).to_have_text([f"1 alt. We invite States {HOSTILE} (GRULAC)"])
    expect(panel.get_by_role("textbox", name="New alternative to operative clause 1")).to_have_value("")
    panel.get_by_role("textbox", name="Text of 1 alt. of operative clause 1").fill("We encourage States")
    press(page, "Save 1 alt. of operative clause 1")
    expect(first.locator(".alternatives li")).to_have_text(["1 alt. We encourage States (GRULAC)"])
    press(page, "Take up 1 alt. of operative clause 1 as the text of the clause")
    until(page, ["We encourage States", "We invite donors"])
    expect(first.locator(".alternatives li")).to_have_text(["1 alt. We urge States (Japan)"])

    press(page, "Mark operative clause 1 as agreed")
    expect(first.get_by_role("alert")).to_contain_text("still has alternatives")
    press(page, "Mark operative clause 2 as agreed")
    press(page, "Open only 1")
    expect(clauses(page).nth(1)).to_be_hidden()
    expect(page.get_by_text("1 agreed clause is not shown.")).to_be_visible()

    page.locator(".st-key-view").get_by_text("Negotiating", exact=True).click()
    sheet = page.get_by_role("region", name="The draft: Negotiating")
    expect(sheet.locator("p.alternative")).to_have_text("1 alt.We urge States.2")
    expect(sheet.locator(".remark")).to_have_text("(agreed)")
    expect(sheet.locator(".notes")).to_contain_text("Proposed by GRULAC.")
    press(page, "Export")
    for kind, ending, wanted in (("For circulation", r"-v\d+\.docx", False), ("Negotiating text", "text.docx", True)):
        choose(page, "Copy", kind)
        body = [paragraph.text for paragraph in Document(str(exported(page, ending, tmp_path))).paragraphs]
        assert any("We urge States." in text for text in body) is wanted
        assert any("We encourage States." in text for text in body)
    page.keyboard.press("Escape")

    page.locator(".st-key-view").get_by_text("Outline", exact=True).click()
    details(page, 1)
    press(page, "Remove 1 alt. of operative clause 1")
    expect(clauses(page).first.locator(".alternatives")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(clauses(page).first.locator(".alternatives li")).to_have_count(1)
    assert page.evaluate("window.hacked") is None


def test_the_check_leads_to_each_clause_and_mends_what_is_safe(
    context: BrowserContext, desk_server: DeskServer
) -> None:
    said = ["We urge States", "We invite  donors", "We [recall", "We urge States"]
    page = opened(context, draft_with(desk_server, written(*said)))
    page.get_by_role("button", name=re.compile(r"^Check: 1 error; ")).click()
    check = page.get_by_role("region", name="Check of the draft")
    bracket = check.get_by_role("listitem").filter(has_text="never closed")
    bracket.get_by_role("button", name="Operative clause 3").click()
    expect(area(page, 3)).to_be_focused()
    assert area(page, 3).evaluate("area => [area.selectionStart, area.selectionEnd]") == [3, 4]
    expect(check.get_by_role("listitem").filter(has_text="says the same as the operative clause 1")).to_be_visible()
    expect(check.get_by_role("listitem").filter(has_text="cites no source")).to_have_count(4)
    check.get_by_role("button", name="Tidy the spaces: Operative clause 2").click()
    until(page, [said[0], "We invite donors", *said[2:]])
    expect(check.get_by_role("button", name="Tidy the spaces: Operative clause 2")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    until(page, said)


def test_words_go_from_verbatim_to_adapted_to_no_longer_backed_and_a_verb_that_is_raised_is_marked(
    context: BrowserContext, desk_server: DeskServer, corpus: Corpus
) -> None:
    passage = next(p for p in corpus.passages if p.kind is Kind.RECOMMENDATION and "The Meeting recommended" in p.text)
    source = corpus.source(passage.symbol)
    assert source
    citation = citation_of(passage, source)
    url = draft_with(desk_server, lambda draft: add_clause(draft, passage.text, OPERATIVE, (citation,), passage.text))
    page = opened(context, url)
    label = clauses(page).first.locator(".drift")
    expect(label).to_have_text("Verbatim")
    page.get_by_text("The language model is being loaded").wait_for(state="detached", timeout=60_000)
    edited = passage.text.replace("The Meeting recommended", "We strongly urge")
    area(page, 1).fill(edited)
    area(page, 1).press("Control+Enter")
    expect(label).to_have_text("Adapted")
    expect(clauses(page).first.locator(".stronger")).to_have_text("▲ Stronger than all its sources")
    panel = details(page, 1)
    expect(panel.locator("del")).to_contain_text("The Meeting recommended")
    expect(panel.locator("ins")).to_contain_text("We strongly urge")
    expect(panel.get_by_text("A cited report still backs it")).to_be_visible(timeout=30_000)
    area(page, 1).fill("We urge bakers to bake more bread and to sell it before dawn on every second Tuesday")
    area(page, 1).press("Control+Enter")
    expect(label).to_have_text("No longer backed by its sources’ reports", timeout=30_000)
    page.get_by_role("button", name="Undo").click()
    until(page, [edited])
    expect(label).to_have_text("Adapted")


def faults_of_draft(page: Page) -> list[str]:
    """Return what axe-core finds in the draft; the rest of the page is looked at elsewhere."""
    response = Axe().run(page, context=".st-key-draft_pane").response
    assert response["passes"]
    found: list[dict[str, Any]] = response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def rich(draft: Draft, corpus: Corpus) -> Draft:
    """Return a draft in which a row has everything that it can have."""
    passage = next(p for p in corpus.passages if p.kind is Kind.RECOMMENDATION)
    source = corpus.source(passage.symbol)
    assert source
    draft = add_clause(draft, passage.text, OPERATIVE, (citation_of(passage, source),), passage.text, clause_id="c1")
    draft = edit_text(draft, "c1", f"We decide: {passage.text} without delay")
    draft = add_alternative(draft, "c1", "We invite States", "GRULAC")
    draft = add_clause(draft, "We [recall:\n(a) Police [and];\n(b)  Courts", OPERATIVE, proposer="Japan")
    return set_state(add_clause(draft, "We agree", OPERATIVE, clause_id="c3"), "c3", ClauseState.AGREED)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_workspace_and_nothing_is_cut_off(
    chromium: Browser,
    watch: Watch,
    desk_server: DeskServer,
    corpus: Corpus,
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    url = draft_with(desk_server, lambda draft: rich(draft, corpus))
    context = new_context(chromium, watch, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = opened(context, url)
    expect(clauses(page)).to_have_count(3)
    details(page, 1)
    page.get_by_role("button", name=re.compile("^Check: ")).click()
    page.wait_for_timeout(300)
    faults = faults_of_draft(page)
    press(page, "Keys")
    expect(page.get_by_role("dialog", name="Keys in the outline")).to_be_visible()
    faults += faults_of_draft(page)
    assert fits(page)
    press(page, "Close")
    page.locator(".st-key-view").get_by_text("Negotiating", exact=True).click()
    expect(page.locator(".sheet .alternative")).to_be_visible()
    page.wait_for_timeout(300)
    faults += faults_of_draft(page)
    assert fits(page)
    context.close()
    assert faults == []


def test_a_telephone_negotiates_too(chromium: Browser, watch: Watch, desk_server: DeskServer) -> None:
    context = new_context(chromium, watch, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = opened(context, draft_with(desk_server, written("We urge States", "and others", "We [recall")))
    page.get_by_role("button", name="Mark operative clause 1 as agreed").tap()
    expect(page.get_by_role("button", name="Open operative clause 1 again")).to_be_visible()
    page.get_by_role("button", name="Open only 2").tap()
    expect(clauses(page).first).to_be_hidden()
    page.get_by_role("button", name="All 3").tap()
    page.get_by_role("button", name="Details of operative clause 1").tap()
    for name in ("Merge operative clause 1 with the next clause", "Add an alternative to operative clause 1"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box, name
        assert box["height"] >= 44, name
    page.get_by_role("button", name="Merge operative clause 1 with the next clause").tap()
    until(page, ["We urge States and others", "We [recall"])
    page.get_by_role("button", name=re.compile("^Check: ")).tap()
    page.get_by_role("button", name="Operative clause 2", exact=True).first.tap()
    expect(area(page, 2)).to_be_focused()
    assert fits(page)
    context.close()
