"""A Word file beside the drafts that are stored: which one it holds, what it proposes, and saving what was approved.

The command and the screen both import through here, so that they find the same draft and make the same one version.
What is in a file and what may be approved, `drafting.word.incoming` says; nothing is printed here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import StorageError
from drafting.operations import cite
from drafting.word.incoming import EditKind, propose
from drafting.word.incoming.proposal import summary
from drafting.word.incoming.wordings import CLAUSE_NAME
from drafting.word.properties import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from drafting.model import Citation, Draft
    from drafting.states import DraftSummary
    from drafting.store import DraftStore
    from drafting.word.incoming import ForeignDraft, Proposal, WordFile


def made_from(store: DraftStore, file: WordFile, among: Iterable[DraftSummary]) -> DraftSummary | None:
    """Return the draft that a file says it was made from, on the desk or where it was shown for reading.

    Args:
        store: The drafts.
        file: The file.
        among: The drafts to look at, which are those that whoever imports may change.
    """
    if not file.ours:
        return None
    read_ids = store.read_ids()
    for draft in among:
        if file.fingerprint in {fingerprint(draft.id), fingerprint(read_ids.get(draft.id, draft.id))}:
            return draft
    return None


def resembling(store: DraftStore, file: WordFile, among: Iterable[DraftSummary]) -> DraftSummary | None:
    """Return the draft whose clauses the bookmarks of a file name, for a file that does not say what it was made from.

    It has to name more than half of its bookmarks; of several such drafts it is the first.

    Args:
        store: The drafts.
        file: The file.
        among: The drafts to look at.
    """
    found = (CLAUSE_NAME.fullmatch(mark.name) for each in file.paragraphs for mark in each.bookmarks)
    named = {match.group(1) for match in found if match}
    if not named:
        return None
    for draft in among:
        try:
            clauses = store.load(draft.id).clauses
        except StorageError:
            continue  # a damaged draft cannot be compared with anything
        if 2 * len(named & {clause.id for clause in clauses}) > len(named):
            return draft
    return None


def proposal_for(store: DraftStore, file: WordFile, draft_id: str) -> Proposal:
    """Return what a file proposes for a draft as it is now.

    A file that does not say which revision it was made from is compared with the current one.

    Raises:
        DraftError: There is no such draft or revision, or the file was made from another draft.
    """
    state = store.state(draft_id)
    current = state.draft
    if file.fingerprint == fingerprint(state.read_id):  # taken from the page for reading, which knows no other id
        file = replace(file, fingerprint=fingerprint(draft_id))
    made_at = current.revision if file.revision is None else file.revision
    return propose(file, current if made_at == current.revision else store.at(draft_id, made_at), current)


def was_edited(file: WordFile, base: Draft) -> bool:
    """Return whether a file says anything else than the revision that it was made from; comments are no edits."""
    edits = propose(replace(file, fingerprint=fingerprint(base.id)), base, base).edits
    return any(edit.kind is not EditKind.COMMENT for edit in edits)


def approve(store: DraftStore, proposal: Proposal, chosen: Sequence[str], name: str, *, author: str = "") -> Draft:
    """Carry out what was approved, as one revision, and return the draft.

    Args:
        store: The drafts.
        proposal: What the file proposes.
        chosen: Keys of the approved edits.
        name: Name of the file, for the log.
        author: Who approved.

    Raises:
        ConflictError: The draft is at another revision than the proposal; nothing was changed.
        DraftError: An edit cannot be made, or the draft was deleted.
    """
    current = store.load(proposal.base.id)
    changed = proposal.apply(current, chosen)
    return store.save(changed, summary(len(set(chosen)), name), base=current.revision, author=author)


def make_draft(
    store: DraftStore,
    foreign: ForeignDraft,
    name: str,
    *,
    author: str = "",
    cited: Mapping[str, Sequence[Citation]] | None = None,
) -> Draft:
    """Store a draft made of a file, and return it.

    Args:
        store: The drafts.
        foreign: The draft that the file became.
        name: Name of the file, for the log.
        author: Who made it.
        cited: What its clauses shall cite, by their ids; nothing is cited otherwise.
    """
    draft = foreign.draft
    for clause_id, citations in (cited or {}).items():
        for citation in citations:
            draft = cite(draft, clause_id, citation)
    made = store.create(draft.title, draft.masthead, author=author)
    return store.save(replace(draft, id=made.id), f"Made from {name}", base=made.revision, author=author)
