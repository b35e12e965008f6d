"""The check of backing: what is claimed of a text, once, and beside everything else."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import cast

import pytest

from corpus.errors import EncoderError, QueryError
from corpus.model import Corpus, Genre
from drafting.model import Citation, Clause, ClauseKind
from index.search import Searcher
from index.support import ReportSupport, State, Support
from ui import backing_check as module
from ui.backing_check import BackingCheck, Claim, claim_of, still_backed

SEARCHER = cast("Searcher", SimpleNamespace())


@pytest.fixture
def reports(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the support check: the first report backs what says "first", the second what says "second"."""
    sources = [source for source in corpus.sources if source.genre is Genre.REGIONAL_REPORT][:2]

    def support(_: Searcher, text: str) -> Support:
        if not text.strip():
            raise QueryError("There is no text.", "Type one.")
        if text == "no model":
            raise EncoderError("There is no model.", "Set it up.")
        found = [
            ReportSupport(source, State.PARTLY if word in text else State.NONE, 0.5, (), None)
            for source, word in zip(sources, ("first", "second"), strict=True)
        ]
        return Support(text, tuple(found), ())

    monkeypatch.setattr(module, "support", support)
    return [source.symbol for source in sources]


@pytest.mark.parametrize(
    ("text", "source", "cited", "expected"),
    [
        ("first", "first", (0,), True),
        ("second", "first", (0,), False),  # another report backs it, and that is not cited
        ("second", "first", (0, 1), True),
        ("nothing", "first", (0,), False),
        ("nothing", "nothing", (0,), None),  # the source is not recognized: nothing can be said to be lost
        ("nothing", "", (0,), None),
        ("nothing", "first", (), None),
        ("<b>nothing</b> $x$", "first", (0,), False),
        (" ", "first", (0,), None),
        ("no model", "first", (0,), None),
    ],
)
def test_no_longer_backed_is_said_only_where_the_source_is_backed_and_the_text_is_not(
    reports: list[str], text: str, source: str, cited: tuple[int, ...], expected: bool | None
) -> None:
    claim = Claim(text, source, frozenset(reports[at] for at in cited), "g")
    assert still_backed(SEARCHER, claim) is expected


def test_a_claim_is_checked_once_by_a_thread_and_known_from_then_on(
    reports: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, asked = threading.Event(), []

    def verdict(searcher: Searcher, claim: Claim) -> bool | None:
        gate.wait(10)
        asked.append(claim.text)
        return still_backed(searcher, claim)

    monkeypatch.setattr(module, "still_backed", verdict)
    check = BackingCheck()
    claims = [Claim(text, "first", frozenset(reports[:1]), "g") for text in ("first", "nothing")]
    check.ask(claims, SEARCHER)
    check.ask(claims, SEARCHER)
    assert check.waiting(claims) == 2
    assert check.verdict(claims[1]) is None
    assert not check.known(claims[1])
    gate.set()
    check.wait()
    assert asked == ["first", "nothing"]
    assert [check.verdict(claim) for claim in claims] == [True, False]
    check.ask(claims, SEARCHER)
    check.wait()
    assert asked == ["first", "nothing"]
    assert check.waiting(claims) == 0


def test_a_claim_names_the_text_its_source_the_documents_cited_and_the_index() -> None:
    citations = tuple(
        Citation(f"{symbol}#1", symbol, "para. 1", "", 14, "recommended", "the meeting", "Quote")
        for symbol in ("S/1", "S/2")
    )
    clause = Clause("c", ClauseKind.OPERATIVE, "{¶c}", citations, "Source")
    assert claim_of(clause, "the present paragraph", "g") == Claim(
        "the present paragraph", "Source", frozenset({"S/1", "S/2"}), "g"
    )
