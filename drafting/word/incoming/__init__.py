"""A Word file that comes back: what was edited in it, as a proposal that a drafter approves change by change.

`read_file` opens a file that nobody vouches for, `propose` says what its editors did to the draft it came from, and
`new_draft_from` makes a draft of a file that is not ours. Nothing here knows where drafts are stored.
"""

from drafting.word.incoming.edits import Edit, EditKind
from drafting.word.incoming.foreign import ForeignDraft, new_draft_from
from drafting.word.incoming.proposal import Proposal
from drafting.word.incoming.proposing import propose
from drafting.word.incoming.reading import WordFile, read_file

__all__ = ["Edit", "EditKind", "ForeignDraft", "Proposal", "WordFile", "new_draft_from", "propose", "read_file"]
