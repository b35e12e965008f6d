"""How long a drafter waits from the last key to the results, in a real Chromium against a real server.

Run with `python benchmarks/key_to_results.py`; it prints what benchmarks/README.md reports. The app is started twice,
as it is and with `gc.freeze` doing nothing, and the same phrases are typed into both, in turns, so that a busy machine
slows both alike. The product has no switch for this: a launcher takes the place of Streamlit's.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(REPOSITORY), str(REPOSITORY / "tests")]

import numpy as np  # noqa: E402
from desk_fixtures import ARGUMENTS, CHROMIUM, editor, serving  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from drafting.model import ClauseKind, Draft  # noqa: E402
from drafting.operations import add_clause  # noqa: E402
from drafting.store import DraftStore  # noqa: E402

DEBOUNCE_MS = 300
LONG_DRAFT = 150
WITHOUT_FREEZE = """\
import gc, sys
gc.freeze = lambda: None
from streamlit.web.cli import main
sys.exit(main())
"""
SUBJECTS = "cybercrime,money-laundering,victims,prison overcrowding,witnesses,smuggling,terrorism,corruption".split(",")
# The time from the last key to the first results for it, by the browser's own clock.
WATCH = """
() => {
  window.answered = new Promise((resolve) => {
    const found = document.querySelector('.st-key-found [data-testid=stBidiComponentIsolated]');
    const walk = (at) => at.shadowRoot ?? [...at.children].map(walk).find(Boolean);
    const list = walk(found).querySelector('#results');
    document.addEventListener('keydown', () => { window.last = performance.now(); }, true);
    new MutationObserver((_, observer) => {
      if (!window.armed) return;
      observer.disconnect();
      resolve(performance.now() - window.last);
    }).observe(list, { childList: true });
  });
  window.armed = false;
}
"""


def phrases(count: int) -> Iterator[str]:
    """Yield phrases that were not searched before, so that no answer comes from memory."""
    for number in range(count):
        yield f"Strengthen international cooperation on {SUBJECTS[number % len(SUBJECTS)]} in {2001 + number}"


def draft_of(path: Path, clauses: int) -> Draft:
    """Store a draft with this many clauses."""
    store = DraftStore(path)
    draft = changed = store.create()
    for number in range(clauses):
        text = f"We urge Member States to strengthen cooperation in matter {number} of this declaration"
        changed = add_clause(changed, text, ClauseKind.OPERATIVE)
    return store.save(changed, "Made for a measurement", base=draft.revision) if clauses else draft


def measure(page: Page, phrase: str, neighbour: Page | None) -> float:
    """Type a phrase and return the milliseconds from its last key to the results.

    Args:
        page: The desk that is measured.
        phrase: What is typed.
        neighbour: Another drafter's desk on the same server, where a phrase is typed at the same time.
    """
    editor(page).fill(phrase[:-1])
    page.wait_for_timeout(1500)  # let the answer to the first part arrive
    page.evaluate(WATCH)
    page.evaluate("window.armed = true")
    if neighbour:
        editor(neighbour).fill(f"{phrase}, and on what else was asked for")
    editor(page).press_sequentially(phrase[-1])
    return float(page.evaluate("window.answered"))


def opened(browser: Browser, url: str) -> Page:
    """Return a desk with the model loaded and one search done."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.get_by_text("The language model is being loaded").wait_for(state="detached", timeout=60_000)
    editor(page).fill("warm up with crime prevention")
    page.locator("article.card").first.wait_for()
    return page


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--phrases", type=int, default=20, help="how many phrases each desk is given")
    parser.add_argument("--json", type=Path, help="where to write every measurement")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        launcher = folder / "without_freeze.py"
        launcher.write_text(WITHOUT_FREEZE, encoding="utf-8")
        for name in ("frozen", "not frozen"):
            (folder / name).mkdir()
        frozen = stack.enter_context(serving(folder / "frozen"))
        other = stack.enter_context(serving(folder / "not frozen", launcher=launcher))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        long = draft_of(frozen.drafts, LONG_DRAFT)
        desks = {
            "one drafter": (opened(browser, frozen.url), None),
            "one, no freeze": (opened(browser, other.url), None),
            f"{LONG_DRAFT} clauses": (opened(browser, f"{frozen.url}?draft={long.id}"), None),
            "two at once": (opened(browser, frozen.url), opened(browser, frozen.url)),
            "two, no freeze": (opened(browser, other.url), opened(browser, other.url)),
        }
        times: dict[str, list[float]] = {name: [] for name in desks}
        began = time.monotonic()
        for phrase in phrases(arguments.phrases):
            for name, (page, neighbour) in desks.items():
                times[name].append(measure(page, phrase, neighbour))
        print(f"{arguments.phrases} phrases a desk, {time.monotonic() - began:.0f} s")
        browser.close()
    p50 = {name: float(np.percentile(values, 50)) for name, values in times.items()}
    for name, values in times.items():
        print(f"{name:20} p50 {p50[name]:5.0f} ms  p95 {np.percentile(values, 95):5.0f} ms")
    alone, alone_unfrozen, full, two, two_unfrozen = p50.values()
    print(f"with the freeze / without it, p50: one drafter {alone / alone_unfrozen:.2f}, two {two / two_unfrozen:.2f}")
    print(f"debounce ({DEBOUNCE_MS} ms) as a share of p50: {DEBOUNCE_MS / alone:.0%}")
    print(f"{LONG_DRAFT} clauses / empty draft, p50: {full / alone:.2f}")
    if arguments.json:
        arguments.json.write_text(json.dumps(times), encoding="utf-8")


if __name__ == "__main__":
    main()
