"""The desk when something is slow, missing or broken: nothing is lost, and a sentence says what is wrong."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_fixtures import (
    CYBERCRIME,
    PATIENCE,
    DeskServer,
    Watch,
    cards,
    clauses,
    editor,
    found,
    opened,
    serving,
    until,
    use,
)
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

pytestmark = pytest.mark.browser


@pytest.mark.model
def test_a_killed_server_loses_nothing_and_the_page_finds_it_again(
    context: BrowserContext, watch: Watch, desk_index: Path, tmp_path: Path
) -> None:
    with serving(tmp_path, {"RAPPORTEUR_INDEX": str(desk_index)}) as server:
        page = opened(context, server.url)
        use(page, "Urge States to act")
        found(page, "Strengthen international cooperation")
        watch.outage = True
        server.kill()
        said = "() => getComputedStyle(document.querySelector('[role=dialog] h2 + div'), '::before').content"
        page.get_by_role("dialog").wait_for()
        assert "what you type is kept in this browser" in page.evaluate(said)
        page.keyboard.press("Escape")
        editor(page).press("End")
        editor(page).press_sequentially(" against cybercrime", delay=20)
        server.start()
        expect(editor(page)).to_have_value("Strengthen international cooperation against cybercrime")
        expect(cards(page).locator("mark", has_text="cybercrime").first).to_be_visible(timeout=30_000)
        until(page, ["Urge States to act"])
        watch.outage = False
        editor(page).press("Control+Enter")
        until(page, ["Urge States to act", "Strengthen international cooperation against cybercrime"])
        page.reload()
        until(page, ["Urge States to act", "Strengthen international cooperation against cybercrime"])


@pytest.mark.model
def test_typing_on_a_slow_server_loses_no_letter_and_word_search_answers_while_the_model_loads(
    context: BrowserContext, desk_index: Path, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    environment = {"RAPPORTEUR_INDEX": str(desk_index), "DESK_GATE": str(gate), "DESK_DELAY": "0.9"}
    with serving(tmp_path, environment, Path(__file__).parent / "slow_desk.py") as server:
        page = context.new_page()
        page.goto(server.url)
        editor(page).press_sequentially("cybercrime", delay=20)
        expect(page.get_by_text("The language model is being loaded")).to_be_visible()
        expect(page.get_by_text("passages that share words with this")).to_be_visible()
        gate.touch()
        expect(page.get_by_text("The language model is being loaded")).to_have_count(0, timeout=40_000)
        editor(page).fill("")
        for word in CYBERCRIME.split():  # a pause after each word, so that answers arrive in the middle of typing
            editor(page).press_sequentially(f"{word} ", delay=15)
            page.wait_for_timeout(250)
        editor(page).evaluate("field => field.setSelectionRange(4, 4)")
        editor(page).press_sequentially("XYZ", delay=120)
        expect(editor(page)).to_have_value(f"{CYBERCRIME[:4]}XYZ{CYBERCRIME[4:]} ")
        page.wait_for_timeout(1500)
        assert editor(page).evaluate("field => field.selectionStart") == 7
        expect(editor(page)).to_have_value(f"{CYBERCRIME[:4]}XYZ{CYBERCRIME[4:]} ")


def test_a_missing_index_is_named_with_its_remedy(context: BrowserContext, tmp_path: Path) -> None:
    nowhere = str(tmp_path / "none")
    with serving(tmp_path, {"RAPPORTEUR_INDEX": nowhere, "RAPPORTEUR_MODEL": nowhere}) as server:
        page = context.new_page()
        page.goto(server.url)
        expect(page.get_by_role("alert")).to_contain_text("python -m drafting index")
        expect(page.get_by_text("Traceback")).to_have_count(0)


def test_without_a_model_words_are_compared_and_a_failing_disk_keeps_what_is_typed(
    context: BrowserContext, desk_index: Path, tmp_path: Path
) -> None:
    environment = {"RAPPORTEUR_INDEX": str(desk_index), "RAPPORTEUR_MODEL": str(tmp_path / "none")}
    with serving(tmp_path, environment) as server:
        page = opened(context, server.url)
        expect(page.get_by_role("alert")).to_contain_text("Only words are compared")
        found(page, "cybercrime")
        use(page, "Urge States to act")
        for file in tmp_path.glob("drafts.sqlite*"):
            shutil.move(file, tmp_path / f"away-{file.name}")
        (tmp_path / "drafts.sqlite").mkdir()
        editor(page).fill("Typed while the disk fails")
        expect(page.get_by_text("What you type is kept in this browser only")).to_be_visible()
        until(page, ["Urge States to act"])
        editor(page).press("Control+Enter")
        expect(page.get_by_text(re.compile("^Not saved"))).to_be_visible()
        expect(editor(page)).to_have_value("Typed while the disk fails")
        (tmp_path / "drafts.sqlite").rmdir()
        for file in tmp_path.glob("away-*"):
            file.replace(tmp_path / file.name.removeprefix("away-"))
        page.reload()
        expect(editor(page)).to_have_value("Typed while the disk fails")
        editor(page).press("Control+Enter")
        until(page, ["Urge States to act", "Typed while the disk fails"])
        expect(clauses(page)).to_have_count(2)


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """Return the file that ends the losses of `losing`; a file beside it says what was lost."""
    return tmp_path / "gate"


@pytest.fixture
def losing(tmp_path: Path, desk_index: Path, gate: Path) -> Iterator[DeskServer]:
    """Return a server that loses certain requests."""
    environment = {
        "RAPPORTEUR_INDEX": str(desk_index),
        "RAPPORTEUR_MODEL": str(tmp_path / "none"),
        "DESK_GATE": str(gate),
    }
    with serving(tmp_path, environment, Path(__file__).parent / "losing_desk.py") as server:
        yield server


def lost(page: Page, gate: Path, what: str) -> None:
    """Wait until a request of a kind was lost, then let every other one through."""
    deadline = time.monotonic() + PATIENCE
    while not gate.with_name(f"lost-{what}").exists() and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert gate.with_name(f"lost-{what}").exists()
    gate.touch()


def test_a_menu_whose_content_was_lost_says_that_it_is_opening_and_fills_itself(
    context: BrowserContext, losing: DeskServer, gate: Path
) -> None:
    page = opened(context, losing.url)
    page.get_by_role("button", name="Export").press("Enter")
    expect(page.get_by_role("dialog", name="Export").get_by_role("status")).to_have_text("Opening …")
    lost(page, gate, "menu")
    expect(page.get_by_role("button", name="Download")).to_be_visible()
    expect(page.locator(".st-key-export_form button").first).to_be_focused()
    expect(page.get_by_text("Opening …")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Export")).to_have_count(0)


def test_a_file_that_was_lost_on_its_way_is_sent_again(context: BrowserContext, losing: DeskServer, gate: Path) -> None:
    page = context.new_page()
    page.goto(f"{losing.url}import")
    page.get_by_role("heading", name="What happens with the file").wait_for()
    file: FilePayload = {"name": "edited.docx", "mimeType": "application/octet-stream", "buffer": b"%PDF-1.7"}
    page.locator("input[type=file]").set_input_files(file)
    lost(page, gate, "file")
    expect(page.get_by_role("alert")).to_have_text(re.compile("^This is a PDF"))
    expect(page.locator(".st-key-incoming_upload").get_by_text("edited.docx", exact=True)).to_have_count(1)
