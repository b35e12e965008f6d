"""A desk to test: the app as a process of its own, and a Chromium that watches it.

One server with the real model and the real index serves most tests, each with a draft of its own; those that break
the server start their own. Every page fails its test when the console reports an error or a request leaves the machine.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
    sync_playwright,
)

from corpus import load_corpus
from corpus.errors import IndexFolderError
from corpus.settings import REPOSITORY, settings
from index.opened import open_index

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_SCREENS = ("drafts", "versions", "import", "read", "backed", "library")
PATIENCE = 60.0
_WAIT_MS = 30_000
expect.set_options(timeout=_WAIT_MS)  # how quick the desk is, benchmarks say; a busy machine is no failure
CYBERCRIME = "Strengthen international cooperation against cybercrime, including electronic evidence"
VICTIMS = "Protect the rights of victims of trafficking in persons and smuggled migrants"


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass(slots=True)
class DeskServer:
    """The app in a process of its own, on a port that stays the same when it is started again.

    Attributes:
        folder: Where its log and its drafts are.
        environment: Settings that differ from the usual ones.
        launcher: Script to run in place of Streamlit's own; it gets the same arguments.
    """

    folder: Path
    environment: Mapping[str, str]
    launcher: Path | None = None
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the desk."""
        return f"http://localhost:{self.port}/"

    @property
    def drafts(self) -> Path:
        """The database of its drafts."""
        return Path(self.environment.get("RAPPORTEUR_DRAFTS", self.folder / "drafts.sqlite"))

    def start(self) -> None:
        """Start the server and wait until it answers."""
        command = [sys.executable, *([str(self.launcher)] if self.launcher else ["-m", "streamlit"]), "run"]
        options = ["ui/app.py", "--server.address=localhost", f"--server.port={self.port}"]
        environment = {
            **os.environ,
            "HF_HUB_OFFLINE": "1",
            "RAPPORTEUR_DRAFTS": str(self.folder / "drafts.sqlite"),
            "PYTHONPATH": str(REPOSITORY),
            **self.environment,
        }
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *options], cwd=REPOSITORY, env=environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "server.log").read_text(encoding="utf-8")
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}_stcore/health", timeout=2):  # noqa: S310 - our own address
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """End the process at once, as a crash would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def serving(
    folder: Path, environment: Mapping[str, str] | None = None, launcher: Path | None = None
) -> Iterator[DeskServer]:
    """Run a server for a while."""
    server = DeskServer(folder, environment or {}, launcher)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(scope="session")
def desk_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the index of the corpus: the one that set-up made when it is in order, else a new one."""
    folder = settings().index
    try:
        open_index(folder, load_corpus(settings().corpus))
    except IndexFolderError:
        folder = tmp_path_factory.mktemp("desk") / "index"
        environment = {**os.environ, "RAPPORTEUR_INDEX": str(folder), "HF_HUB_OFFLINE": "1"}
        subprocess.run(
            [sys.executable, "-m", "drafting", "index"],
            cwd=REPOSITORY,
            env=environment,
            check=True,
            capture_output=True,
        )
    return folder


@pytest.fixture(scope="session")
def desk_server(tmp_path_factory: pytest.TempPathFactory, desk_index: Path) -> Iterator[DeskServer]:
    """Return a server with the real model and the real index."""
    with serving(tmp_path_factory.mktemp("server"), {"RAPPORTEUR_INDEX": str(desk_index)}) as server:
        yield server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Return a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass  # no slots: Playwright hangs its wrappers on whoever owns a handler
class Watch:
    """What went wrong in the pages of a context.

    Attributes:
        errors: What the console called an error, and what scripts did not catch.
        foreign: Addresses outside this machine that were asked for.
        outage: Whether the server is down on purpose, so that failing requests are no fault of the page.
    """

    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    outage: bool = False

    def console(self, message: ConsoleMessage) -> None:
        """Take in a message of the console."""
        # On another screen than the first, Streamlit asks below that screen's address before it asks at the root.
        probe = any(f"/{screen}/_stcore/" in message.location["url"] for screen in _SCREENS)
        if message.type == "error" and not self.outage and not probe:
            self.errors.append(message.text)

    def failed(self, error: object) -> None:
        """Take in an error that no script caught."""
        self.errors.append(str(error))

    def request(self, request: Request) -> None:
        """Take in a request."""
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname not in {"localhost", "127.0.0.1"}:
            self.foreign.append(request.url)


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Return what watches the pages of a test, and hold at its end that nothing went wrong."""
    watching = Watch()
    yield watching
    assert watching.errors == []
    assert watching.foreign == []


def new_context(browser: Browser, watch: Watch, **options: Any) -> BrowserContext:  # noqa: ANN401 - Playwright's options
    """Return a context of its own, as another person's browser; its pages are watched."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
    context.set_default_timeout(_WAIT_MS)
    context.on("console", watch.console)
    context.on("weberror", lambda error: watch.failed(error.error))
    context.on("request", watch.request)
    return context


@pytest.fixture
def context(chromium: Browser, watch: Watch) -> Iterator[BrowserContext]:
    """Return a browser that has never been here."""
    context = new_context(chromium, watch)
    yield context
    context.close()


@pytest.fixture
def desk(context: BrowserContext, desk_server: DeskServer) -> Page:
    """Return the desk with an empty draft, the model loaded."""
    return opened(context, desk_server.url)


def opened(context: BrowserContext, url: str) -> Page:
    """Return a page at an address of the desk, ready to type."""
    page = context.new_page()
    page.goto(url)
    editor(page).wait_for()
    page.get_by_text("The language model is being loaded").wait_for(state="detached")
    return page


def editor(page: Page) -> Locator:
    """The field that a clause is typed into."""
    return page.get_by_role("textbox", name="Clause or phrase")


def cards(page: Page) -> Locator:
    """The passages found."""
    return page.locator("article.card")


def found(page: Page, text: str) -> None:
    """Type a text and wait until it was searched for."""
    editor(page).fill(text)
    page.locator(".st-key-found[data-stale=false] article.card mark").first.wait_for()


def clauses(page: Page) -> Locator:
    """The rows of the outline."""
    return page.get_by_role("list", name="Clauses of the draft").locator("> li")


def texts(page: Page) -> list[str]:
    """The texts of the clauses in the outline, from the top."""
    every: list[str] = clauses(page).locator("textarea.words").evaluate_all("areas => areas.map((area) => area.value)")
    return every


def until(page: Page, wanted: list[str]) -> None:
    """Wait until the outline holds these texts in this order."""
    deadline = time.monotonic() + _WAIT_MS / 1000
    while texts(page) != wanted and time.monotonic() < deadline:
        page.wait_for_timeout(50)
    assert texts(page) == wanted, page.locator(".st-key-draft_pane").inner_text()


def use(page: Page, text: str) -> None:
    """Type a clause and put it into the draft with the keyboard."""
    before = clauses(page).count()
    editor(page).fill(text)
    editor(page).press("Control+Enter")
    clauses(page).nth(before).wait_for()


def choose(page: Page, group: str, name: str) -> None:
    """Choose one of a group in the export menu, which is open."""
    page.get_by_role("radiogroup", name=group).get_by_text(name, exact=True).click()


def exported(page: Page, ending: str, folder: Path) -> Path:
    """Save the file that the open export menu makes, once its name ends as a pattern says; return where it is."""
    shown = page.locator(".file-name")
    expect(shown).to_have_text(re.compile(f"{ending}$"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert download.value.suggested_filename == shown.inner_text()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path
