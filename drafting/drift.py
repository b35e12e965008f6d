"""How far the words of a clause have moved from their source: verbatim, suggested, adapted, no longer backed.

The label is worked out from the texts each time it is asked for, so it cannot be out of date. Whether an adapted clause
is still backed by its sources is for the support check to say, which needs the model: it is handed in as a function.
This module compares and decides; which words changed is shown by a comparison elsewhere.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from drafting.wording import same_words, sentences, stands_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from drafting.model import Alternative, Clause

    Backed = Callable[[str], bool | None]
    """Tells whether the sources of a clause back a text; None when that cannot be said now."""


class Drift(StrEnum):
    """How the words of a clause relate to the passage they came from."""

    WRITTEN = "written"
    VERBATIM = "verbatim"
    SUGGESTED = "suggested"
    ADAPTED = "adapted"
    NO_LONGER_BACKED = "no longer backed"


def drift(wording: Clause | Alternative, text: str | None = None, backed: Backed | None = None) -> Drift:
    """Return how the words of a clause or an alternative relate to their source.

    Spaces, labels, closing marks and the capital of a sentence do not count, since they follow the place of a clause.
    Whole sentences of a source, in its order and nothing between them, are verbatim; words cut out of a sentence are
    not, for what was left out may have turned the meaning.

    Args:
        wording: The clause or alternative.
        text: Its text as a reader sees it, with references as words; by default the stored text.
        backed: The support check of its citations; asked about adapted words only. None: it is not asked.
    """
    words = wording.text if text is None else text
    quotes = [citation.quote for citation in wording.citations]
    if any(stands_in(words, source) for source in (wording.source_text, *quotes)):
        return Drift.VERBATIM
    if wording.taken_text and same_words(words, wording.taken_text):
        return Drift.SUGGESTED
    if not sentences(wording.source_text) and not wording.taken_text:
        return Drift.WRITTEN
    if backed is not None and backed(words) is False:
        return Drift.NO_LONGER_BACKED
    return Drift.ADAPTED
