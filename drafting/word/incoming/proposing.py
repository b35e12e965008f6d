"""From a file and the draft it came from to a proposal: the one place where reading, comparing and history meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import DraftError
from drafting.numbering import Numbering
from drafting.word.incoming.comparing import Comparison
from drafting.word.incoming.proposal import Proposal
from drafting.word.incoming.since import beside
from drafting.word.properties import fingerprint

if TYPE_CHECKING:
    from drafting.model import Draft
    from drafting.word.incoming.reading import WordFile


def propose(file: WordFile, base: Draft, current: Draft) -> Proposal:
    """Return what the editors of a file did, for the draft as it is now.

    Args:
        file: The file.
        base: The revision that the file was made from; the current one where the file does not say.
        current: The draft as it is now.

    Raises:
        DraftError: The file says that it holds another draft.
    """
    if file.ours and file.fingerprint != fingerprint(base.id):
        raise DraftError(
            f"The Word file was made from another draft than “{current.title}”.",
            "Import it without naming a draft, and the one that it was made from is found.",
        )
    comparison = Comparison(file, base)
    edits = beside(comparison.edits(), comparison.order, base, current)
    left_out = () if not file.tables else (f"{_counted(file.tables)} left out, for a clause holds no table.",)
    return Proposal(base, current.revision, edits, Numbering(base), comparison.order, left_out)


def _counted(tables: int) -> str:
    return "1 table was" if tables == 1 else f"{tables} tables were"
