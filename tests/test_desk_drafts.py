"""The screens around a draft in a real browser: the list, the versions, the masthead, the links, and who is there."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from desk_fixtures import DeskServer, Watch, clauses, new_context, opened
from desk_screens import Screens, focused
from playwright.sync_api import Browser, Locator, Page, expect

from drafting.model import Citation, ClauseKind, Draft
from drafting.operations import add_clause, edit_text
from drafting.store import DraftStore

pytestmark = [pytest.mark.browser, pytest.mark.model]

HOSTILE = "<img src=x onerror=alert(1)> $x$"
CITATION = Citation(
    "A/CONF.234/RPM.2/1#24", "A/CONF.234/RPM.2/1", "para. 24", "Asia", 14, "recommended", "the meeting", "Words"
)


def a_draft(screens: Screens, title: str) -> Draft:
    """Return a draft of its own, with a clause that cites a source."""
    draft = screens.store.create(f"{title} {screens.width}", author="José")
    clause = add_clause(draft, "We urge States to act", ClauseKind.OPERATIVE, (CITATION,), clause_id="c1")
    return screens.store.save(clause, "Added a clause", base=1, author="José")


def row(page: Page, title: str) -> Locator:
    """The row of a draft in the list."""
    return page.locator("tr").filter(has=page.get_by_text(title, exact=True))


def top(page: Page) -> float:
    """Where the first clause of the outline begins."""
    top: float = clauses(page).first.evaluate("row => row.getBoundingClientRect().top")
    return top


def shelf(page: Page, name: str) -> None:
    """Show the active, archived or deleted drafts."""
    page.get_by_role("radiogroup", name="Which drafts").get_by_text(name, exact=True).click()


def test_a_draft_is_begun_renamed_copied_put_away_brought_back_and_removed_for_good(screens: Screens) -> None:
    draft = a_draft(screens, HOSTILE)
    page, title = screens.at("drafts"), f"Doha {screens.width}"
    expect(row(page, draft.title)).to_contain_text(re.compile(r"1.*Today \d\d:\d\d by José.*Added a clause", re.DOTALL))
    page.get_by_role("button", name=f"Rename: {draft.title}").press("Enter")
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Renamed “{draft.title}” to “{title}”.")).to_be_visible()
    expect(page.get_by_role("button", name=f"Rename: {title}")).to_be_focused()
    page.get_by_role("button", name=f"Duplicate: {title}").click()
    expect(row(page, f"Copy of {title}")).to_be_visible()
    page.get_by_role("button", name=f"Archive: {title}").click()
    expect(row(page, title)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(row(page, title)).to_be_visible()
    page.get_by_role("button", name=f"Delete: {title}").press("Enter")
    expect(page.get_by_text(f"Deleted “{title}”.")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    screens.sound(page)
    page.keyboard.press("Enter")
    expect(row(page, title)).to_be_visible()
    page.get_by_role("button", name=f"Delete: Copy of {title}").click()
    expect(row(page, f"Copy of {title}")).to_have_count(0)
    shelf(page, "Deleted")
    page.get_by_role("button", name=f"Restore: Copy of {title}").click()
    expect(row(page, f"Copy of {title}")).to_have_count(0)
    shelf(page, "Active")
    page.get_by_role("button", name=f"Delete: Copy of {title}").click()
    expect(row(page, f"Copy of {title}")).to_have_count(0)
    shelf(page, "Deleted")
    page.get_by_role("button", name=f"Remove for good: Copy of {title}").click()
    assert focused(page) == f"Keep Copy of {title}"
    screens.sound(page)
    page.get_by_role("button", name=f"Remove Copy of {title} for good").click()
    expect(page.get_by_text(f"Removed “Copy of {title}” with all its versions.")).to_be_visible()
    shelf(page, "Active")
    page.get_by_role("link", name=title, exact=True).press("Enter")
    expect(page.get_by_role("textbox", name="Title of the draft")).to_have_value(title)
    expect(page).to_have_url(f"{screens.server.url}?draft={draft.id}")
    held = {draft.id: draft.title for draft in screens.store.drafts()}
    assert [each for each in held.values() if each.endswith(title)] == [title]
    page.goto(f"{screens.server.url}drafts")
    page.get_by_role("button", name="New draft").click()
    expect(page.get_by_role("textbox", name="Title of the draft")).to_have_value("Draft declaration")
    (begun,) = {draft.id for draft in screens.store.drafts()} - set(held)
    expect(page).to_have_url(f"{screens.server.url}?draft={begun}")


def test_two_versions_are_compared_one_is_named_and_one_restored(screens: Screens) -> None:
    draft = a_draft(screens, "Compared")
    draft = screens.store.save(edit_text(draft, "c1", f"We call upon States to act {HOSTILE}"), "Edited", base=2)
    screens.store.save(add_clause(draft, "We invite donors", ClauseKind.OPERATIVE), "Added", base=3, author="Maria")
    page = opened(screens.context, f"{screens.server.url}?draft={draft.id}")
    page.get_by_role("link", name="version 4").click()
    expect(page.get_by_text("1 clause added.")).to_be_visible()
    page.get_by_role("radio", name="Compare from version 2").check()
    expect(page.get_by_text("1 clause reworded, 1 added.")).to_be_visible()
    expect(page.locator("table.compare del")).to_have_text("urge ")
    expect(page.locator("table.compare ins").last).to_have_text("We invite donors")
    expect(page.locator("table.compare")).to_contain_text(HOSTILE)
    screens.sound(page)
    page.get_by_role("button", name="Name version 2").click()
    page.keyboard.type(f"First reading {HOSTILE}")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"First reading {HOSTILE}", exact=True)).to_be_visible()
    page.get_by_label("Named versions only").check()
    expect(page.get_by_role("list", name="Versions").get_by_role("button", name="Restore version")).to_have_count(1)
    page.get_by_role("button", name="Restore version 2").click()
    expect(page.get_by_text("The draft is as in version 2 again; this is version 5.")).to_be_visible()
    assert [clause.text for clause in screens.store.load(draft.id).clauses] == ["We urge States to act"]
    page.reload()
    expect(page.get_by_text("1 clause reworded, 1 deleted.")).to_be_visible()
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_text("this is version 6")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone: the draft is at version 5.")).to_be_visible()
    assert screens.store.load(draft.id).revision == 5
    page.get_by_role("link", name="Back to the draft").click()
    expect(clauses(page)).to_have_count(1)


def test_the_masthead_is_filled_in_shown_as_in_word_and_there_after_a_reload(screens: Screens) -> None:
    draft = a_draft(screens, "Masthead")
    page = opened(screens.context, f"{screens.server.url}?draft={draft.id}")
    page.get_by_text("Masthead", exact=True).click()
    for field, text in (("Place", f"Doha {HOSTILE}"), ("Dates", "12–19 April"), ("Agenda items", "Item 3\nItem 4")):
        page.get_by_role("textbox", name=field).fill(text)
        page.get_by_role("textbox", name=field).blur()
    expect(page.get_by_role("link", name="version 5")).to_be_visible()
    screens.sound(page)
    page.reload()
    page.locator(".st-key-view").get_by_text("As in Word", exact=True).click()
    expect(page.locator(".sheet .masthead")).to_contain_text(f"Doha {HOSTILE}, 12–19 April")
    expect(page.locator(".sheet .agenda")).to_have_text(["Item 3", "Item 4"])
    page.get_by_text("Masthead", exact=True).click()
    expect(page.get_by_role("textbox", name="Agenda items")).to_have_value("Item 3\nItem 4")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".sheet .agenda")).to_have_count(0)


def test_the_link_for_reading_shows_the_draft_and_nothing_to_change_it_with(
    chromium: Browser, watch: Watch, screens: Screens
) -> None:
    draft = a_draft(screens, "Read")
    page = opened(screens.context, f"{screens.server.url}?draft={draft.id}")
    page.get_by_role("button", name="Share").click()
    field = page.get_by_label("Link for reading", exact=True)
    expect(field).to_have_value(re.compile("/read"))
    link = field.input_value()
    assert draft.id not in link
    screens.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the link for reading").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    screens.sound(page)

    elsewhere = new_context(
        chromium,
        watch,
        viewport={"width": screens.width, "height": 900},
        extra_http_headers={"X-Forwarded-For": "192.0.2.7"},
    )
    reader = elsewhere.new_page()
    reader.goto(link)
    expect(reader.locator(".sheet")).to_contain_text("We urge States to act.")
    expect(reader.get_by_role("link", name="A/CONF.234/RPM.2/1")).to_be_visible()
    expect(reader.get_by_role("textbox")).to_have_count(0)
    expect(reader.get_by_role("navigation")).to_have_count(0)
    assert [name for name in reader.get_by_role("button").all_inner_texts() if "Word" not in name] == []
    assert draft.id not in reader.content()
    screens.sound(reader)
    read_id = link.partition("=")[2]
    for trick in (f"?draft={read_id}", f"versions?draft={read_id}", f"read?draft={draft.id}", "read"):
        reader.goto(f"{screens.server.url}{trick}")
        expect(reader.get_by_text(re.compile("There is no draft"))).to_be_visible()
        expect(reader.get_by_role("textbox")).to_have_count(0)
        expect(reader.locator(".sheet, table.compare")).to_have_count(0)

    reader.goto(f"{screens.server.url}drafts")
    expect(reader.get_by_text("The drafts that were opened in this browser are listed")).to_be_visible()
    expect(reader.get_by_role("row")).to_have_count(0)

    page.get_by_role("button", name="Make a new reading link").click()
    expect(field).not_to_have_value(link)
    reader.goto(link)
    expect(reader.get_by_text("There is no draft to read at this address")).to_be_visible()
    reader.goto(field.input_value())
    expect(reader.locator(".sheet")).to_be_visible()

    opened(elsewhere, f"{screens.server.url}?draft={draft.id}").get_by_role("button", name="Say who you are").wait_for()
    reader.goto(f"{screens.server.url}drafts")
    expect(row(reader, draft.title)).to_be_visible()
    expect(reader.get_by_role("row")).to_have_count(2)
    elsewhere.close()


def test_two_people_see_each_other_and_the_versions_say_who_did_what(
    chromium: Browser, watch: Watch, desk_server: DeskServer
) -> None:
    wide = Screens(new_context(chromium, watch), desk_server, DraftStore(desk_server.drafts), 1440)
    narrow = replace(wide, context=new_context(chromium, watch, viewport={"width": 390, "height": 900}), width=390)
    draft = a_draft(wide, "Shared")
    pages: dict[str, Page] = {}
    stood = []
    for name, screens in (("Maria", wide), ("José <b>", narrow)):
        pages[name] = opened(screens.context, f"{desk_server.url}?draft={draft.id}")
        pages[name].get_by_role("button", name="Say who you are").click()
        pages[name].keyboard.type(name)
        pages[name].keyboard.press("Enter")
        expect(pages[name].get_by_text(f"You: {name}")).to_be_visible()
        stood.append(top(pages[name]))
    maria, jose = pages.values()
    expect(jose.get_by_text("Maria is also editing")).to_be_visible()
    jose.get_by_role("textbox", name="Text of operative clause 1").focus()
    expect(maria.get_by_text("José <b> is also editing (operative clause 1)")).to_be_visible()
    wide.sound(maria)
    narrow.sound(jose)
    assert [top(maria), top(jose)] == stood  # nothing moved under anybody's pointer
    jose.get_by_role("button", name="Delete operative clause 1").click()
    expect(maria.get_by_text("José <b> changed the draft: Deleted operative clause 1")).to_be_visible()
    assert top(maria) == stood[0]
    wide.sound(maria)
    maria.get_by_role("button", name="Show", exact=True).click()
    expect(clauses(maria)).to_have_count(0)
    expect(maria.get_by_text("changed the draft")).to_have_count(0)
    maria.reload()
    expect(maria.get_by_text("You: Maria")).to_be_visible()
    expect(maria.get_by_text("Maria in another window")).to_have_count(0)
    maria.get_by_role("button", name="Undo").click()
    expect(clauses(maria)).to_have_count(1)
    assert wide.store.state(draft.id).author == "Maria"
    maria.get_by_role("textbox", name="Title of the draft").fill("Doha")
    maria.get_by_role("textbox", name="Title of the draft").press("Enter")
    maria.get_by_role("link", name="version 4").click()
    versions = maria.get_by_role("list", name="Versions").get_by_role("listitem")
    expect(versions.filter(has_text="Version 4")).to_contain_text("Maria")
    expect(versions.filter(has_text="Version 3")).to_contain_text("José <b>")
    expect(versions.filter(has_text="Version 3")).to_contain_text("Undone")
    wide.context.close()
    narrow.context.close()
