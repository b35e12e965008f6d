"""The desk for everybody: axe-core finds nothing, a telephone cuts nothing off, the keyboard reaches everything."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

import pytest
from desk_fixtures import CYBERCRIME, DeskServer, Watch, cards, clauses, editor, found, new_context, opened, until, use
from desk_screens import fits, focused, violations
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.model]


def _assemble(page: Page) -> None:
    for at in (0, 1):
        cards(page).nth(at).get_by_role("button", name=re.compile("Add to draft")).click()
        expect(clauses(page)).to_have_count(at + 1)
    cards(page).nth(2).get_by_role("button", name=re.compile("Cite in")).click()
    expect(page.get_by_role("button", name=re.compile("^Do not cite"))).to_have_count(1)
    page.get_by_role("button", name="Cite found passages in operative clause 1").click()
    expect(page.get_by_role("button", name=re.compile("^Cite in operative clause 1")).first).to_be_visible()


def _nothing_close(page: Page) -> None:
    editor(page).fill("The quick brown fox jumps over the lazy dog")
    expect(page.get_by_text(re.compile("comes close to this"))).to_be_visible()


def _empty(page: Page) -> None:
    expect(page.get_by_text("The draft is empty")).to_be_visible()


def _results(page: Page) -> None:
    found(page, CYBERCRIME)


def _as_in_word(page: Page) -> None:
    page.locator(".st-key-view").get_by_text("As in Word", exact=True).click()
    expect(page.locator(".sheet")).to_be_visible()


STATES: tuple[tuple[str, Callable[[Page], None]], ...] = (
    ("empty", _empty),
    ("results", _results),
    ("outline", _assemble),
    ("as in Word", _as_in_word),
    ("nothing close", _nothing_close),
)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    chromium: Browser, watch: Watch, desk_server: DeskServer, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = new_context(chromium, watch, viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = opened(context, desk_server.url)
    faults = []
    for name, reach in STATES:
        reach(page)
        page.wait_for_timeout(300)  # Streamlit fades what it draws anew, and axe would measure the half-way colours
        faults += [f"{name}: {fault}" for fault in violations(page)]
        faults += [] if fits(page) else [f"{name}: wider than {width} px"]
    page.goto(f"{desk_server.url}library")
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    page.wait_for_timeout(300)
    faults += [f"library: {fault}" for fault in violations(page)]
    faults += [] if fits(page) else [f"library: wider than {width} px"]
    context.close()
    assert faults == []


def test_the_keyboard_alone_writes_a_draft(desk: Page) -> None:
    editor(desk).focus()
    desk.keyboard.type(CYBERCRIME)
    expect(cards(desk)).to_have_count(10)
    reached = []
    for _ in range(60):
        desk.keyboard.press("Tab")
        reached.append(focused(desk))
        if reached[-1].startswith("Add to draft"):
            break
    assert reached[0] == "use"
    assert any("Asia and the Pacific" in name for name in reached)
    desk.keyboard.press("Enter")
    expect(clauses(desk)).to_have_count(1)
    assert focused(desk) == reached[-1]
    editor(desk).focus()
    desk.keyboard.press("Control+Enter")
    expect(clauses(desk)).to_have_count(2)
    for _ in range(80):
        desk.keyboard.press("Tab")
        reached.append(focused(desk))
        if reached[-1] == "Delete operative clause 2":
            break
    for name in ("Title of the draft", "Undo", "Export", "Text of operative clause 1", "Kind of operative clause 2"):
        assert any(name in other for other in reached), name
    desk.keyboard.press("Enter")
    expect(clauses(desk)).to_have_count(1)


def test_a_touch_finds_large_enough_buttons_on_a_telephone(
    chromium: Browser, watch: Watch, desk_server: DeskServer
) -> None:
    context = new_context(chromium, watch, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = opened(context, desk_server.url)
    use(page, "Urge States to act")
    use(page, "Invite donors to pay")
    found(page, CYBERCRIME)
    for name in ("Use as clause", "Move operative clause 1 down", "Delete operative clause 1", "Western Asia"):
        box = page.get_by_role("button", name=name).bounding_box()
        assert box, name
        assert box["height"] >= 44, name
    page.get_by_role("link", name="To the draft").tap()
    page.get_by_role("button", name="Move operative clause 1 down").tap()
    until(page, ["Invite donors to pay", "Urge States to act"])
    context.close()
