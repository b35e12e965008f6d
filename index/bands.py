"""How close a hit is, in words that mean the same in every search.

A fused score ranks within one search; it cannot say whether anything was found. Closeness can: it is the mean of the
dense score and the late-interaction score, neither of them stretched. The bands are cut on it, and one rule more
answers "is there anything?": the best hit is partial at least when it clears a lower bar than the others must. The
cuts were chosen on judged queries, as docs/retrieval.md describes.
"""

from __future__ import annotations

from enum import StrEnum

CLOSE = 0.64
PARTIAL = 0.52
BEST_PARTIAL = 0.38


class Band(StrEnum):
    """How close a hit is."""

    CLOSE = "close"
    PARTIAL = "partial"
    RELATED = "related"


def band(closeness: float, *, best: bool) -> Band:
    """Return the band of a hit.

    Args:
        closeness: Mean of its dense and its late-interaction score.
        best: Whether no hit of the search has a higher closeness.
    """
    if closeness >= CLOSE:
        return Band.CLOSE
    return Band.PARTIAL if closeness >= (BEST_PARTIAL if best else PARTIAL) else Band.RELATED
