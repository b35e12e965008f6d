"""Make the pictures of the desk, docs/desk.png and docs/desk-dark.png: `python docs/screenshots.py`.

The desk is the real one, with the real model and index and a draft of its own.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from typing import Literal

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

from desk_fixtures import ARGUMENTS, CHROMIUM, cards, clauses, editor, found, opened, serving, use  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

PICTURES: tuple[tuple[str, Literal["light", "dark"]], ...] = (("desk.png", "light"), ("desk-dark.png", "dark"))


def work(page: Page) -> None:
    """Assemble a small draft."""
    found(page, "Strengthen international cooperation against cybercrime, including electronic evidence")
    cards(page).nth(0).get_by_role("button", name=re.compile("Add to draft")).click()
    clauses(page).nth(0).wait_for()
    cards(page).nth(2).get_by_role("button", name=re.compile("Cite in")).click()
    page.get_by_role("button", name=re.compile("^Do not cite")).wait_for()
    use(page, "We call upon Member States to share electronic evidence promptly, with due regard for human rights")
    use(page, "Recalling the Salvador Declaration on Comprehensive Strategies for Global Challenges")
    title = page.get_by_role("textbox", name="Title of the draft")
    title.fill("Draft declaration on crime prevention")
    title.press("Enter")
    found(page, "Protect the rights of victims of trafficking in persons and smuggled migrants")
    page.get_by_role("button", name="Cite found passages in operative clause 2").click()
    page.get_by_role("button", name=re.compile("^Cite in operative clause 2")).first.wait_for()
    editor(page).focus()
    page.wait_for_timeout(800)


def main() -> None:
    """Make both pictures."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, scheme in PICTURES:
            context = browser.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
            page = opened(context, server.url)
            work(page)
            page.screenshot(path=REPOSITORY / "docs" / name)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
