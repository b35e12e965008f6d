"""Which regional preparatory meetings a congress had: so that "no report here" is told apart from "asked for nothing".

The meetings are public facts that no report states in full, so `meetings.toml` lists them by hand. Of a congress that
is not listed there nothing is known, and nothing is said.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.model import Corpus, Genre


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """A regional preparatory meeting.

    Attributes:
        congress: Ordinal of the congress it prepared.
        region: The region that met.
    """

    congress: int
    region: str


def known_meetings() -> tuple[Meeting, ...]:
    """Return every meeting that is known of, by congress and region."""
    return _listed()


def meetings_without_report(corpus: Corpus) -> tuple[Meeting, ...]:
    """Return the meetings of the congresses in a corpus whose report it does not have, by congress and region."""
    congresses = {source.congress for source in corpus.sources}
    reported = {
        Meeting(source.congress, source.region) for source in corpus.sources if source.genre is Genre.REGIONAL_REPORT
    }
    return tuple(m for m in known_meetings() if m.congress in congresses and m not in reported)


@cache
def _listed() -> tuple[Meeting, ...]:
    listed = tomllib.loads((Path(__file__).parent / "meetings.toml").read_text(encoding="utf-8"))
    return tuple(
        sorted(Meeting(congress["number"], region) for congress in listed["congress"] for region in congress["regions"])
    )
