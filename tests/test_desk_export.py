"""The export menu in a real browser: every copy and every kind of file, what is remembered, and what cannot be read."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
import word_checking
import word_reading
from desk_fixtures import DeskServer, Watch, choose, exported, new_context, opened
from desk_screens import fits, focused, violations
from playwright.sync_api import Browser, BrowserContext, Page, expect

from drafting.model import Alternative, Citation, Clause, ClauseKind, Draft
from drafting.store import DraftStore

pytestmark = [pytest.mark.browser, pytest.mark.model]

PATIENCE = 20_000  # milliseconds, for a machine that has other things to do
HOSTILE = "First <b>reading</b> $x$"
SOURCE = Citation("s#1", "A/CONF.234/RPM.2/1", "para. 1", "Asia", 14, "recommended", "the meeting", "States act")
CLAUSES = (
    Clause("o1", ClauseKind.OPERATIVE, "We urge States to act", (SOURCE,), "States act"),
    Clause("o2", ClauseKind.OPERATIVE, "We rest", alternatives=(Alternative("x1", "We sleep", "Chile"),)),
)


@pytest.fixture
def draft(desk_server: DeskServer) -> Draft:
    """Return a draft with a named version, and two versions after it."""
    store = DraftStore(desk_server.drafts)
    made = store.create("Draft Kyoto declaration", author="Ann")
    made = store.save(replace(made, clauses=CLAUSES[:1]), "Added a clause", base=made.revision, author="Ann")
    store.name_version(made.id, made.revision, HOSTILE)
    made = store.save(replace(made, clauses=CLAUSES), "Added another", base=made.revision, author="Ben")
    return store.save(replace(made, clauses=CLAUSES[::-1]), "Moved a clause", base=made.revision, author="Cho")


def menu(context: BrowserContext, server: DeskServer, draft: Draft) -> Page:
    """Return the desk with the menu open."""
    page = opened(context, f"{server.url}?draft={draft.id}")
    page.get_by_role("button", name="Export").press("Enter")
    page.get_by_role("button", name="Download").wait_for()
    return page


def since(page: Page, version: str) -> None:
    """Choose the version since which changes are tracked."""
    page.get_by_role("combobox", name="Tracked changes").click()
    page.get_by_role("option", name=version).click()


def test_what_was_chosen_is_in_the_file_and_in_its_name_and_is_remembered(
    context: BrowserContext, desk_server: DeskServer, draft: Draft, tmp_path: Path
) -> None:
    page = menu(context, desk_server, draft)
    page.get_by_text("1 clause has alternatives, which only the negotiating text holds.").wait_for()
    choose(page, "Copy", "Negotiating text, annotated")
    choose(page, "Paper", "Letter")
    since(page, f"Since “{HOSTILE}”, version 2")
    path = exported(page, r"^Draft-Kyoto-declaration-v4-negotiating-text-annotated-changes-since-v2\.docx", tmp_path)
    data = path.read_bytes()
    parts = word_reading.parts(data)
    assert word_checking.problems(data) == []
    assert b"<vt:lpwstr>negotiating annotated tracked</vt:lpwstr>" in parts["docProps/custom.xml"]
    assert b'w:author="Ben, Cho"' in parts["word/document.xml"]
    assert b'w:w="12240"' in parts["word/document.xml"]
    assert b"w:date=" in parts["word/comments.xml"]

    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Download")).to_have_count(0)
    page.get_by_role("link", name="Library").click()
    page.get_by_role("heading", name="Library").wait_for()
    page.get_by_role("link", name="Drafting desk").click()
    page.get_by_role("button", name="Export").press("Enter")
    expect(page.locator(".file-name")).to_have_text(re.compile("annotated-changes-since-v2.docx$"), timeout=PATIENCE)
    page.get_by_text("Annex of sources").click()
    page.get_by_role("combobox", name="Tracked changes").click()
    page.get_by_role("option", name="None").click()
    plain = word_reading.parts(exported(page, "-negotiating-text-annotated.docx", tmp_path).read_bytes())
    assert b"<w:tbl>" not in plain["word/document.xml"]

    for form, ending, held in (
        ("Markdown", "-v4-negotiating-text.md", "We sleep"),
        ("Plain text", "-v4-negotiating-text.txt", "[note 1] Proposed by Chile."),
        ("Sources (CSV)", "-v4-sources-negotiating-text.csv", "A/CONF.234/RPM.2/1"),
    ):
        choose(page, "File", form)
        assert held in exported(page, ending, tmp_path).read_text(encoding="utf-8")
    choose(page, "Copy", "For circulation")
    assert "We sleep" not in exported(page, "-v4-sources.csv", tmp_path).read_text(encoding="utf-8")


def damage(database: Path, draft_id: str, number: int) -> None:
    """Spoil a stored version, as a failing disk might."""
    guard = "revision_is_never_changed"
    with closing(sqlite3.connect(database)) as connection, connection:
        (kept,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (guard,)).fetchone()
        connection.execute(f"DROP TRIGGER {guard}")
        spoilt = "UPDATE revision SET content = '{' WHERE draft_id = ? AND number = ?"
        assert connection.execute(spoilt, (draft_id, number)).rowcount == 1
        connection.execute(kept)


def test_a_version_that_cannot_be_read_is_said_and_every_other_file_can_still_be_made(
    context: BrowserContext, desk_server: DeskServer, draft: Draft, tmp_path: Path
) -> None:
    damage(desk_server.drafts, draft.id, 3)
    page = menu(context, desk_server, draft)
    since(page, "Since version 3")
    expect(page.get_by_role("alert")).to_contain_text("Changes since version 3 cannot be shown.", timeout=PATIENCE)
    expect(page.get_by_role("button", name="Download")).to_be_disabled()
    since(page, "Since version 1")
    exported(page, "-v4-changes-since-v1.docx", tmp_path)


@pytest.fixture(params=[(1440, "light"), (390, "dark")], ids=lambda look: f"{look[0]} {look[1]}")
def page(
    request: pytest.FixtureRequest, chromium: Browser, watch: Watch, desk_server: DeskServer, draft: Draft
) -> Iterator[Page]:
    """Return the open menu in a wide and light window, and in a narrow and dark one."""
    width: int
    scheme: Literal["light", "dark"]
    width, scheme = request.param
    context = new_context(chromium, watch, viewport={"width": width, "height": 844}, color_scheme=scheme)
    yield menu(context, desk_server, draft)
    context.close()


def test_the_keyboard_alone_makes_a_file_and_axe_finds_nothing(page: Page) -> None:
    expect(page.locator(".st-key-export_form button").first).to_be_focused(timeout=PATIENCE)
    page.wait_for_timeout(300)  # Streamlit fades what it draws anew, and axe would measure the half-way colours
    assert violations(page) == []
    assert fits(page)
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".file-name")).to_have_text("Draft-Kyoto-declaration-v4-annotated.docx", timeout=PATIENCE)
    reached: list[str] = []
    while len(reached) < 6:
        page.keyboard.press("Tab")
        reached.append(focused(page))
    assert reached[0] == "Tracked changes"
    assert "Download" in reached[3]
    assert reached[4] == "Word", "the menu is gone through again"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "Draft-Kyoto-declaration-v4-annotated.docx"
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Export")).to_be_focused()
