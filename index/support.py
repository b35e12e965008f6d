"""Which regional reports back a clause, with the passages that do.

A claim of support is worse when it is wrong than a hit is, so it is not read off the ranking: a report is judged by its
best passages and by what the clause demands that they do not mention. A meeting whose report is not in the corpus is
named, never counted as silent. Knows the search; draws and prints nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from corpus.errors import EncoderError
from corpus.meetings import Meeting, meetings_without_report
from corpus.model import Genre, Source
from index.claims import BACKED, PARTLY, chances, figures
from index.decisive import bundled as bundled_decisive
from index.fusion import CANDIDATES
from index.learned import Parameters
from index.overreach import bundled as bundled_overreach
from index.overreach import clause_vector
from index.precedent import Precedent
from index.ranking import Ranking
from index.scope import Scope
from index.search import Hit, Searcher, checked_query
from index.sentence_encoder import DEFAULT_MODEL

_READ = 10  # passages of a report that are read for a claim, by the ranking
_SHOWN = 5  # most passages given as evidence
_BESIDE = 0.6  # least chance of a further passage given as evidence, by that of the first

REPORTS = Scope(genres=frozenset({Genre.REGIONAL_REPORT}))


class State(StrEnum):
    """What a report says to a clause."""

    BACKS = "backs"
    PARTLY = "partly"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ReportSupport:
    """What one regional report says to a clause.

    Attributes:
        source: The report.
        state: Whether it backs the clause.
        chance: Estimated chance that it does, at least in part, 0 to 1.
        evidence: The passages that speak for it, best first; empty when the state is none.
        nearest: The passage nearest to the clause; not a claim. None when the report has no passage in scope.
    """

    source: Source
    state: State
    chance: float
    evidence: tuple[Hit, ...]
    nearest: Hit | None


@dataclass(frozen=True, slots=True)
class Support:
    """Who backed a clause.

    Attributes:
        clause: The clause as asked.
        reports: Every regional report of the corpus, in its order.
        without_report: Meetings of the same congresses whose report the corpus does not have: nothing is known of them.
    """

    clause: str
    reports: tuple[ReportSupport, ...]
    without_report: tuple[Meeting, ...]


def support(
    searcher: Searcher, clause: str, overreach: Precedent | None = None, decisive: Parameters | None = None
) -> Support:
    """Return which regional reports back a clause.

    Args:
        searcher: The search.
        clause: The clause.
        overreach: How a clause sounds; None for what comes with the program.
        decisive: What decides whether a passage backs a clause; None for what comes with the program.

    Raises:
        QueryError: The clause cannot be searched.
        EncoderError: There is no model, or another than claims were fitted with: then nothing is claimed.
    """
    clause, index = checked_query(clause), searcher.index
    overreach = bundled_overreach() if overreach is None else overreach
    decisive = bundled_decisive() if decisive is None else decisive
    if index.pooled is None or {overreach.model, decisive.model} != {index.manifest.model.digest}:
        raise EncoderError(
            f"Claims of support were fitted with another model than {index.manifest.model.name}, so none is made.",
            f"Unset RAPPORTEUR_MODEL and run `python -m drafting index` to use {DEFAULT_MODEL}.",
        )
    encodings = searcher.encodings(clause)
    heard = overreach.log_odds(clause_vector(index.generation.tokens, encodings))
    sources = [source for source in index.corpus.sources if source.genre is Genre.REGIONAL_REPORT]
    ranking = searcher.ranking(clause, CANDIDATES, REPORTS, encodings)
    places = {source.symbol: best_of(searcher, ranking, source.symbol) for source in sources}
    if not all(len(found) for found in places.values()):  # a report far from the clause has a nearest passage too
        ranking = searcher.ranking(clause, len(index.passages), REPORTS, encodings)
        places = {source.symbol: best_of(searcher, ranking, source.symbol) for source in sources}
    reports = []
    for source in sources:
        own = places[source.symbol]
        likely = chances(figures(index, clause, encodings, ranking, own, heard, decisive))
        own, likely = own[(order := np.argsort(-likely, kind="stable"))], likely[order]
        chance = float(likely.max(initial=0))
        state = State.BACKS if chance >= BACKED else State.PARTLY if chance >= PARTLY else State.NONE
        speak = own[likely >= _BESIDE * chance][:_SHOWN] if state is not State.NONE else own[:0]
        reports.append(
            ReportSupport(
                source=source,
                state=state,
                chance=chance,
                evidence=tuple(searcher.hit(ranking, int(at), clause, encodings) for at in speak),
                nearest=searcher.hit(ranking, int(own[0]), clause, encodings) if len(own) else None,
            )
        )
    return Support(clause, tuple(reports), meetings_without_report(index.corpus))


def best_of(searcher: Searcher, ranking: Ranking, symbol: str) -> npt.NDArray[np.int64]:
    """Return the places in a ranking of the passages of a report that are read for a claim, best score first."""
    passages = searcher.index.passages
    own = np.array(
        [at for at, number in enumerate(ranking.numbers) if passages[number].symbol == symbol], dtype=np.int64
    )
    return own[np.argsort(-ranking.fused[own], kind="stable")][:_READ]
