"""The hidden bookmarks of the Word file: by them a clause is found again when the file comes back.

A clause has ``_c_`` and its id, an alternative ``_a_`` and its id, a subparagraph that is referred to ``_s_``, the id
of its clause and its labels. A place where a clause or an alternative stood before it was moved has ``_m_`` and its id:
when the move is rejected, that is where it is. Bookmarks survive Word, LibreOffice and a detour through .odt; content
controls do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from drafting.page import Paragraph
    from drafting.references import Target
    from drafting.sources_table import Grounds

BOOKMARK_PREFIX: Final = "_c_"
ALTERNATIVE_PREFIX: Final = "_a_"
SUBPARAGRAPH_PREFIX: Final = "_s_"
EARLIER_PLACE_PREFIX: Final = "_m_"


def wording_bookmark(of: Paragraph | Grounds, *, here: bool = True) -> str:
    """Return the bookmark of a clause or an alternative, or of the place where it is no more."""
    if not here:
        return EARLIER_PLACE_PREFIX + (of.alternative_id or of.clause_id)
    return ALTERNATIVE_PREFIX + of.alternative_id if of.alternative_id else BOOKMARK_PREFIX + of.clause_id


def subparagraph_bookmark(target: Target) -> str:
    """Return the bookmark of a subparagraph."""
    return SUBPARAGRAPH_PREFIX + "_".join((target.clause_id, *target.path))


def target_bookmark(target: Target) -> str:
    """Return the bookmark that a reference leads to."""
    return subparagraph_bookmark(target) if target.path else BOOKMARK_PREFIX + target.clause_id
