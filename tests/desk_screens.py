"""The screens in windows of several widths, light and dark, and what every one of them is held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from desk_fixtures import DeskServer, Watch, new_context

from drafting.store import DraftStore

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((1440, "light"), (390, "dark"))


def violations(page: Page) -> list[str]:
    """Return what axe-core finds, a line for each element."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['target']} {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def fits(page: Page) -> bool:
    """Return whether nothing is wider than the window."""
    widest = "() => Math.max(document.documentElement.scrollWidth, document.querySelector('.stMain').scrollWidth)"
    return bool(page.evaluate(f"({widest})() <= innerWidth"))


def focused(page: Page) -> str:
    """Return the name of what has the focus, through shadow roots."""
    name: str = page.evaluate(
        """() => {
          let at = document.activeElement;
          while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
          return at.getAttribute('aria-label') || at.id || at.innerText || at.tagName;
        }"""
    )
    return " ".join(name.split())


@dataclass
class Screens:
    """A browser of a certain width, and the drafts of the server that it visits.

    Attributes:
        context: The browser.
        server: The server.
        store: The drafts.
        width: Width of its window, in pixels.
    """

    context: BrowserContext
    server: DeskServer
    store: DraftStore
    width: int

    def at(self, address: str) -> Page:
        """Return a page at an address below the desk's."""
        page = self.context.new_page()
        page.goto(f"{self.server.url}{address}")
        return page

    def sound(self, page: Page) -> None:
        """Hold that axe finds nothing and nothing is cut off."""
        page.wait_for_timeout(300)  # Streamlit fades what it draws anew, and axe would measure the half-way colours
        assert violations(page) == []
        assert fits(page)


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]} {look[1]}")
def screens(
    request: pytest.FixtureRequest, chromium: Browser, watch: Watch, desk_server: DeskServer
) -> Iterator[Screens]:
    """Return a wide and light window, and a narrow and dark one."""
    width, scheme = request.param
    context = new_context(chromium, watch, viewport={"width": width, "height": 900}, color_scheme=scheme)
    yield Screens(context, desk_server, DraftStore(desk_server.drafts), width)
    context.close()
