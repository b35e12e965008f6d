"""A Word file of somebody else's as the new draft that it would become: its clauses, and the sources closest to each.

The search runs in short stretches between two drawings of the page, so that the clauses can be read, and the draft can
be made, while sources are still being looked for. Nothing is cited but what the drafter ticks.
"""

from __future__ import annotations

import time
from typing import Any

import streamlit as st

from corpus.model import Corpus
from drafting.layout import lay_out
from drafting.model import Clause, ClauseKind, Draft
from index.search import MAX_QUERY, Hit, Searcher, SearchResult
from ui.payloads import BANDS, color_of, congress_label, speaker
from ui.resources import current_searcher

OFFERED = 3
_STRETCH = 0.8  # seconds of searching between two drawings
_KINDS = {ClauseKind.PREAMBULAR: "Preambular", ClauseKind.OPERATIVE: "Operative", ClauseKind.HEADING: "Subheading"}
_NOTHING_CLOSE = "No passage of the reports comes close to this clause."
_NO_COMMON_WORD = "No passage of the reports has a word of this clause."


def clauses_payload(draft: Draft, found: dict[str, SearchResult], corpus: Corpus) -> list[dict[str, Any]]:
    """Return a row a clause, with the closest sources of those that were searched for.

    Args:
        draft: The draft that the file would become.
        found: What was found for each clause, by its id, as far as it was searched for.
        corpus: For the regions' colours.
    """
    numbers: dict[str, str] = {}
    for paragraph in lay_out(draft).paragraphs:
        numbers.setdefault(paragraph.clause_id, paragraph.number)
    return [
        {
            "id": clause.id,
            "number": numbers.get(clause.id, ""),
            "kind": _KINDS[clause.kind],
            "heading": clause.kind is ClauseKind.HEADING,
            "text": clause.text,
            **_offers(found.get(clause.id), corpus),
        }
        for clause in draft.clauses
    ]


def searched(draft: Draft) -> list[Clause]:
    """Return the clauses that sources are looked for: all but headings."""
    return [clause for clause in draft.clauses if clause.kind is not ClauseKind.HEADING]


def search_on(draft: Draft, found: dict[str, SearchResult]) -> bool:
    """Look for sources of some more clauses; return whether more are left.

    Args:
        draft: The draft that the file would become.
        found: What was found so far, which is added to.
    """
    searcher, _ = current_searcher()
    until = time.monotonic() + _STRETCH
    left = [clause for clause in searched(draft) if clause.id not in found]
    for at, clause in enumerate(left):
        found[clause.id] = _closest(searcher, clause.text)
        if time.monotonic() > until:
            return at + 1 < len(left)
    return False


@st.fragment(run_every=0.5)
def wait_for_model() -> None:
    """Draw the page anew once the model is there."""
    if not current_searcher()[1].waiting:
        st.rerun("app")


def _closest(searcher: Searcher, text: str) -> SearchResult:
    return searcher.search(text[:MAX_QUERY], OFFERED)


def _offers(result: SearchResult | None, corpus: Corpus) -> dict[str, Any]:
    """Return the sources to offer; none that shares no more than the topic."""
    if result is None:
        return {"sources": [], "none": ""}
    hits = [hit for hit in result.hits[:OFFERED] if hit.counts or result.words_only]
    none = "" if hits else _NO_COMMON_WORD if result.words_only else _NOTHING_CLOSE
    return {"sources": [_offer(hit, corpus, words_only=result.words_only) for hit in hits], "none": none}


def _offer(hit: Hit, corpus: Corpus, *, words_only: bool) -> dict[str, str]:
    band = "Shares words" if words_only else BANDS[hit.band]
    return {
        "id": hit.passage.id,
        "cite": hit.passage.cite(),
        "href": hit.source.url,
        "who": f"{speaker(hit.source)} · {congress_label(hit.source.congress)}",
        "color": color_of(hit.source, corpus),
        "band": "Named in the clause" if hit.named else band,
        "chapeau": hit.passage.chapeau,
        "text": hit.passage.text,
    }
