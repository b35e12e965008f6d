"""From an earlier version of a draft to what its tracked changes name: who made them, and when the last was made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from drafting.word.options import Since

if TYPE_CHECKING:
    from drafting.model import Draft
    from drafting.states import Revision


def since_version(before: Draft, draft: Draft, log: Iterable[Revision]) -> Since:
    """Return what the changes between two versions are stated with.

    Args:
        before: The version that they lead back to.
        draft: The version that they lead to.
        log: The revisions of the draft, at least those two; what was undone in between counts only when all was.
    """
    first, last = sorted((before.revision, draft.revision))
    known = tuple(log)
    between = [each for each in known if first < each.number <= last] or known
    made = [each for each in between if each.on_branch] or between
    authors = dict.fromkeys(each.author for each in made if each.author)
    return Since(before, max(datetime.fromisoformat(each.saved_at) for each in made), ", ".join(authors))
