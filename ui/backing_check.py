"""Whether the reports that a clause cites still back its words, worked out beside everything else.

The support check reads passages with the model and takes about a second a clause, so nobody waits for it: a thread of
its own works through what was asked, and the outline shows what is known so far. Verdicts are kept by text. The thread
never talks to Streamlit. A clause is said to be no longer backed only where the check backs the words of its source: a
check that does not recognize the source cannot tell what was lost.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.errors import EncoderError, QueryError
from drafting.model import Clause
from index.search import Searcher
from index.support import State, support

_log = logging.getLogger(__name__)
_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Claim:
    """What is asked of the support check.

    Attributes:
        text: The clause as a reader sees it.
        source: The text it was taken from.
        symbols: The documents that it cites.
        generation: The index that is asked.
    """

    text: str
    source: str
    symbols: frozenset[str]
    generation: str


def claim_of(clause: Clause, text: str, generation: str) -> Claim:
    """Return what is asked about a clause.

    Args:
        clause: The clause.
        text: Its text as a reader sees it.
        generation: Generation of the index.
    """
    source = clause.source_text or clause.taken_text
    return Claim(text, source, frozenset(citation.symbol for citation in clause.citations), generation)


class BackingCheck:
    """Verdicts, and a thread that adds to them while there is something to do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._verdicts: OrderedDict[Claim, bool | None] = OrderedDict()
        self._asked: OrderedDict[Claim, Searcher] = OrderedDict()
        self._thread: threading.Thread | None = None

    def verdict(self, claim: Claim) -> bool | None:
        """Tell whether the cited reports back a text; None when that was not checked yet or cannot be told."""
        with self._lock:
            return self._verdicts.get(claim)

    def known(self, claim: Claim) -> bool:
        """Tell whether a claim was checked, whatever came of it."""
        with self._lock:
            return claim in self._verdicts

    def waiting(self, claims: Iterable[Claim]) -> int:
        """Return how many of some claims were asked and are not checked yet."""
        with self._lock:
            return sum(claim in self._asked for claim in claims)

    def ask(self, claims: Iterable[Claim], searcher: Searcher) -> None:
        """Have claims checked; what was checked or asked before is not asked again."""
        with self._lock:
            for claim in claims:
                if claim not in self._verdicts:
                    self._asked.setdefault(claim, searcher)
            if self._asked and self._thread is None:
                self._thread = threading.Thread(target=self._work, name="backing-check", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Return when nothing is left to check."""
        while (thread := self._thread) is not None:
            thread.join()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._asked:
                    self._thread = None
                    return
                claim, searcher = next(iter(self._asked.items()))
            verdict = still_backed(searcher, claim)
            with self._lock:
                self._asked.pop(claim, None)
                self._verdicts[claim] = verdict
                while len(self._verdicts) > _KEPT:
                    self._verdicts.popitem(last=False)


def still_backed(searcher: Searcher, claim: Claim) -> bool | None:
    """Return whether the reports that a clause cites back its words; None when the check cannot tell.

    Args:
        searcher: The search.
        claim: The clause and what it cites.
    """
    try:
        if _backs(searcher, claim.text, claim.symbols):
            return True
        return False if claim.source and _backs(searcher, claim.source, claim.symbols) else None
    except (QueryError, EncoderError) as error:
        _log.info("Backing cannot be checked: %s", error)
        return None


def _backs(searcher: Searcher, text: str, symbols: frozenset[str]) -> bool:
    """Return whether any of some reports backs a text, at least in part."""
    found = support(searcher, text)
    return any(report.state is not State.NONE for report in found.reports if report.source.symbol in symbols)
