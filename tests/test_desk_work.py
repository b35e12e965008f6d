"""A drafter's work at the desk, in a real Chromium against a real server."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from desk_fixtures import (
    CYBERCRIME,
    VICTIMS,
    DeskServer,
    cards,
    clauses,
    editor,
    exported,
    found,
    opened,
    texts,
    until,
    use,
)
from docx import Document
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]
HOSTILE = (
    "<script>window.hacked = 1</script> $x^2$ [l](javascript:window.hacked=1) &lt;b&gt; ![i](http://example.org/i.png)"
)


def saved_version(page: Page, number: int) -> None:
    """Wait until the draft was saved as a version."""
    expect(page.get_by_text(re.compile(rf"Saved \d\d:\d\d · version {number}\b"))).to_be_visible()


def test_a_phrase_finds_passages_and_says_where_they_stand(desk: Page) -> None:
    expect(desk.get_by_text("Rapporteur", exact=True)).to_be_visible()
    editor(desk).press_sequentially(CYBERCRIME, delay=5)
    expect(cards(desk)).to_have_count(10)
    first = cards(desk).first
    expect(first.get_by_role("link")).to_have_text(re.compile(r"A/CONF\.\d+/RPM\.\d/1, para\. \d+"))
    expect(first.get_by_text("Close match")).to_be_visible()
    expect(first.locator("mark").first).to_be_visible()
    assert editor(desk).input_value() == CYBERCRIME


def test_words_that_no_passage_shown_backs_are_named_under_the_field_and_marks_say_what_they_answer(desk: Page) -> None:
    line = desk.get_by_role("status").filter(has_text="Not backed by any passage shown")
    clause = "Protect minors in conflict with the law: reduce pretrial detention"
    text = f"{clause}, review <b>biometric</b> registers every five years"
    found(desk, text)
    expect(line).to_contain_text("biometric")
    expect(line.locator("span", has_text="registers every five years")).to_be_visible()
    expect(line).not_to_contain_text("detention")
    assert editor(desk).input_value() == text
    mark = cards(desk).locator("mark.near", has_text="youth").first
    expect(mark).to_have_attribute("title", re.compile("Close in meaning to “minors”"))
    expect(cards(desk).locator("mark.equal").first).to_have_attribute("title", re.compile("Your text has “"))
    expect(desk.get_by_text("Marked: ")).to_be_visible()
    desk.reload()
    expect(line).to_contain_text("biometric")
    editor(desk).fill(f"{clause}, review registers every five years")
    expect(line).not_to_contain_text("biometric")
    expect(line).to_contain_text("every five years")
    editor(desk).fill("")
    expect(line).to_have_count(0)


def test_what_nothing_comes_close_to_has_no_list_of_words(desk: Page) -> None:
    editor(desk).fill("The quick brown fox jumps over the lazy dog")
    expect(desk.get_by_text(re.compile("comes close to this"))).to_be_visible()
    desk.get_by_role("button", name=re.compile("Show the 10 nearest anyway")).click()
    expect(cards(desk)).to_have_count(10)
    expect(desk.get_by_text("Not backed by any passage shown")).to_have_count(0)


def test_an_example_is_searched_for_and_more_can_be_shown(desk: Page) -> None:
    desk.get_by_role("button", name=re.compile("Alternatives to imprisonment")).click()
    expect(editor(desk)).to_have_value("Alternatives to imprisonment and the social reintegration of offenders")
    expect(cards(desk)).to_have_count(10)
    desk.get_by_role("button", name="Show more").click()
    expect(cards(desk)).to_have_count(20)


def test_what_nothing_comes_close_to_is_said_and_the_nearest_are_shown_on_demand(desk: Page) -> None:
    editor(desk).fill("The quick brown fox jumps over the lazy dog")
    expect(desk.get_by_text(re.compile("comes close to this"))).to_be_visible()
    assert cards(desk).count() == 0
    desk.get_by_role("button", name=re.compile("Show the 10 nearest anyway")).click()
    expect(cards(desk)).to_have_count(10)
    assert set(cards(desk).locator(".band").all_inner_texts()) == {"Related in topic"}


def test_filters_narrow_the_search_and_say_when_they_leave_nothing(desk: Page) -> None:
    found(desk, CYBERCRIME)
    desk.get_by_role("button", name="Western Asia").click()
    expect(desk.locator(".count")).to_have_text(["Western Asia 10"])
    desk.get_by_role("button", name="Western Asia").click()
    desk.get_by_role("button", name="Asia and the Pacific").click()
    desk.get_by_role("button", name="Twelfth Congress").click()
    expect(desk.get_by_text("No passage is left by these filters")).to_be_visible()


def test_a_draft_is_assembled_ordered_edited_undone_and_comes_back(desk: Page) -> None:
    found(desk, CYBERCRIME)
    taken = cards(desk).nth(0).locator(".words").inner_text()
    cards(desk).nth(0).get_by_role("button", name=re.compile("Add to draft")).click()
    until(desk, [taken])
    cards(desk).nth(1).get_by_role("button", name=re.compile("Cite in the clause above")).click()
    expect(desk.get_by_role("button", name=re.compile("^Do not cite"))).to_have_count(1)
    own = "Call upon States to share electronic evidence"
    use(desk, own)
    until(desk, [taken, own])
    expect(clauses(desk).nth(1).get_by_role("link")).to_have_count(1)
    expect(editor(desk)).to_have_value("")
    third = "Invite donors to fund training"
    use(desk, third)
    until(desk, [taken, own, third])

    desk.get_by_role("button", name="Move operative clause 3 up").click()
    until(desk, [taken, third, own])
    clauses(desk).nth(0).locator("textarea").focus()
    desk.keyboard.press("Alt+ArrowDown")
    until(desk, [third, taken, own])
    desk.keyboard.press("Alt+ArrowDown")
    until(desk, [third, own, taken])
    focused = clauses(desk).nth(2).locator("textarea")
    expect(focused).to_be_focused()

    grip = clauses(desk).nth(2).get_by_role("button", name=re.compile("or drag"))
    grip.drag_to(clauses(desk).nth(0), target_position={"x": 60, "y": 4})
    until(desk, [taken, third, own])

    edited = "Invite donors to fund training in every region"
    clauses(desk).nth(1).locator("textarea").fill(edited)
    clauses(desk).nth(1).locator("textarea").press("Control+Enter")
    until(desk, [taken, edited, own])
    desk.get_by_role("button", name="Delete operative clause 1").click()
    until(desk, [edited, own])
    desk.get_by_role("button", name="Undo").click()
    until(desk, [taken, edited, own])
    editor(desk).focus()
    desk.keyboard.press("Alt+z")
    until(desk, [taken, third, own])
    desk.reload()
    until(desk, [taken, third, own])
    desk.get_by_role("button", name="Redo").click()
    until(desk, [taken, edited, own])


def test_citations_kind_title_and_style_are_changed_and_survive_a_reload(desk: Page) -> None:
    use(desk, "Encourages States to cooperate")
    use(desk, "International cooperation")
    found(desk, VICTIMS)
    desk.get_by_role("button", name="Cite found passages in operative clause 1").click()
    cite = cards(desk).nth(0).get_by_role("button", name=re.compile("Cite in operative clause 1"))
    cite.click()
    expect(clauses(desk).nth(0).get_by_role("link")).to_have_count(1)
    expect(cite).to_have_attribute("aria-pressed", "true")
    desk.get_by_role("button", name=re.compile("Remove the source")).click()
    expect(clauses(desk).nth(0).get_by_role("link")).to_have_count(0)
    desk.get_by_role("button", name="Cite found passages in operative clause 1").click()
    desk.get_by_role("combobox", name="Kind of operative clause 2").select_option("heading")
    expect(desk.get_by_role("textbox", name="Text of heading 1")).to_be_visible()
    title = desk.get_by_role("textbox", name="Title of the draft")
    title.fill("Doha draft")
    title.press("Enter")
    saved_version(desk, 7)
    desk.get_by_role("radio", name="As in Word").or_(desk.get_by_role("button", name="As in Word")).click()
    desk.get_by_text("Resolution", exact=True).click()
    expect(desk.locator(".sheet p.operative i")).to_have_text("Encourages")
    cards(desk).nth(2).get_by_role("button", name=re.compile("Cite in the clause above")).click()
    expect(desk.get_by_role("button", name=re.compile("^Do not cite"))).to_have_count(1)
    desk.reload()
    expect(desk.get_by_role("textbox", name="Title of the draft")).to_have_value("Doha draft")
    expect(editor(desk)).to_have_value(VICTIMS)
    expect(desk.get_by_role("button", name=re.compile("^Do not cite"))).to_have_count(1)
    expect(cards(desk)).to_have_count(10)


def test_two_windows_see_one_draft_and_neither_overwrites_the_other(desk: Page, context: BrowserContext) -> None:
    use(desk, "Urge States to act")
    other = opened(context, desk.url)
    until(other, ["Urge States to act"])
    use(desk, "From the first window")
    use(other, "From the second window")
    until(other, ["Urge States to act", "From the first window", "From the second window"])

    first, second = (
        desk.get_by_role("textbox", name="Text of operative clause 1"),
        other.get_by_role("textbox", name="Text of operative clause 1"),
    )
    first.fill("Urge all States to act")
    first.press("Control+Enter")
    until(desk, ["Urge all States to act", "From the first window", "From the second window"])
    second.fill("Urge States to act at once")
    second.press("Control+Enter")
    box = other.get_by_role("alert")
    expect(box).to_contain_text("Urge States to act at once")
    expect(box).to_contain_text("Urge all States to act")
    other.get_by_role("button", name="Use yours").click()
    until(other, ["Urge States to act at once", "From the first window", "From the second window"])
    expect(box).to_have_count(0)


def test_a_clause_deleted_in_another_window_can_be_put_back_with_the_edit(desk: Page, context: BrowserContext) -> None:
    use(desk, "Urge States to act")
    other = opened(context, desk.url)
    until(other, ["Urge States to act"])
    desk.get_by_role("button", name="Delete operative clause 1").click()
    until(desk, [])
    area = other.get_by_role("textbox", name="Text of operative clause 1")
    area.fill("Urge States to act now")
    area.press("Control+Enter")
    other.get_by_role("button", name="Add yours as a clause").click()
    until(other, ["Urge States to act now"])


def test_clauses_and_edits_in_quick_succession_are_all_kept(desk: Page) -> None:
    for number in range(1, 5):
        editor(desk).fill(f"Clause {number}")
        editor(desk).press("Control+Enter")
        expect(editor(desk)).to_have_value("")
    until(desk, ["Clause 1", "Clause 2", "Clause 3", "Clause 4"])
    # Two moves in the same moment: the second is asked for before the first is answered.
    clauses(desk).evaluate_all(
        """rows => { for (const at of [0, 2]) rows[at].querySelector('[data-control=down]').click(); }"""
    )
    until(desk, ["Clause 2", "Clause 1", "Clause 4", "Clause 3"])


def test_the_word_file_holds_the_clauses_with_the_right_footnotes(desk: Page, tmp_path: Path) -> None:
    found(desk, CYBERCRIME)
    cited = []
    for at in (0, 1):
        cited.append(cards(desk).nth(at).get_by_role("link").inner_text())
        cards(desk).nth(at).get_by_role("button", name=re.compile("Add to draft")).click()
        expect(clauses(desk)).to_have_count(at + 1)
    wanted = texts(desk)
    desk.get_by_role("button", name="Export").click()
    path = exported(desk, r"^Draft-declaration-v3\.docx", tmp_path)
    document = Document(str(path))
    body = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(text.rstrip(".;,") in body for text in wanted)
    part = next(part for part in document.part.package.iter_parts() if part.partname.endswith("/footnotes.xml"))
    notes = re.sub(r"<[^>]+>", "", part.blob.decode("utf-8"))
    assert all(f"{citation}." in notes for citation in cited)


def test_hostile_text_is_shown_as_it_is_everywhere(desk: Page) -> None:
    use(desk, HOSTILE)
    until(desk, [HOSTILE])
    title = desk.get_by_role("textbox", name="Title of the draft")
    title.fill(HOSTILE)
    title.press("Enter")
    saved_version(desk, 3)
    desk.get_by_text("As in Word", exact=True).click()
    expect(desk.locator(".sheet")).to_contain_text("$x^2$ [l](javascript:window.hacked=1) &lt;b&gt;")
    expect(desk.locator(".sheet h3")).to_have_text(HOSTILE)
    desk.get_by_text("Outline", exact=True).click()
    editor(desk).fill(HOSTILE)
    expect(desk.locator(".st-key-found")).to_be_visible()
    desk.goto(f"{desk.url.split('?')[0]}?draft=![i](http://example.org/i.png)<b>")
    expect(desk.get_by_text("There is no draft at this address")).to_be_visible()
    assert desk.evaluate("window.hacked") is None


def test_an_unknown_draft_leads_to_a_new_one_and_the_last_is_offered(desk: Page, desk_server: DeskServer) -> None:
    use(desk, "Urge States to act")
    draft = desk.url
    desk.goto(f"{desk_server.url}?draft=unknown")
    desk.get_by_role("link", name="Start a new draft").click()
    expect(desk.get_by_text("The draft is empty")).to_be_visible()
    desk.get_by_role("link", name="Continue your last draft").click()
    until(desk, ["Urge States to act"])
    assert desk.url == draft


def test_the_draft_is_still_there_after_a_look_at_the_library(desk: Page) -> None:
    use(desk, "Urge States to act")
    editor(desk).fill("half a clau")
    desk.get_by_role("link", name="Library").click()
    expect(desk.get_by_role("heading", name="Library")).to_be_visible()
    expect(desk.get_by_role("rowheader")).to_have_count(5)
    desk.get_by_role("link", name="Drafting desk").click()
    until(desk, ["Urge States to act"])
    expect(editor(desk)).to_have_value("half a clau")
    assert "?draft=" in desk.url


def test_a_text_being_edited_survives_a_reload(desk: Page) -> None:
    use(desk, "Urge States to act")
    area = desk.get_by_role("textbox", name="Text of operative clause 1")
    area.press("End")
    area.press_sequentially(" without delay")
    desk.reload()
    until(desk, ["Urge States to act without delay"])
    saved_version(desk, 3)
