"""What a visitor's session keeps of a Word file that came back, and what is done with it: compare, approve, undo, make.

Whatever is done to a draft goes through the store with the version that was on the screen, so a draft that moved on is
compared anew and never overwritten. The ticks are the browser's and come with the act. Draws nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import ConflictError, RapporteurError, SourceError
from drafting.importing import approve, make_draft, proposal_for, resembling
from drafting.model import Citation, citation_of
from drafting.operations import new_draft_id
from drafting.states import DraftState, DraftSummary
from drafting.store import DraftStore
from drafting.word.incoming import ForeignDraft, Proposal, WordFile, new_draft_from, read_file
from index.search import SearchResult
from ui.incoming_payload import counted_edits
from ui.people import newer_line

_LONGEST_NAME = 120
_LISTED_ANEW = "The list was made anew for the draft as it is now; your ticks stay where nothing else changed."


def no_notice() -> dict[str, Any]:
    """Return the notice that says nothing."""
    return {"text": "", "tone": "note", "undo": 0, "open": False}


@dataclass(slots=True)
class Visit:
    """A file that came back, and how far it was dealt with.

    Attributes:
        session: Tells one server session from the next.
        done: Number of the last act that was dealt with.
        token: Names the upload; empty when there is none.
        name: Name of the file.
        file: What it says; None when there is none, or when it was refused.
        refused: Why it was refused; else empty.
        proposal: What it proposes for the draft it is taken as a copy of.
        counted: How many edits by whom it had when it was first compared with that draft.
        notice: What the last act did, and how it is undone.
        noticed: The revision of the draft that the notice is about.
        foreign: The new draft that it would become.
        found: The search for sources of each clause of that draft, by its id, as far as it was made.
        made: Drafts that the visitor made here.
        leads_to: A draft that the visitor is taken to; empty to stay.
        resembled: The draft whose bookmarks the file has, empty for none, and the drafts that were looked at for it.
    """

    session: str = field(default_factory=lambda: secrets.token_hex(4))
    done: int = 0
    token: str = ""
    name: str = ""
    file: WordFile | None = None
    refused: str = ""
    proposal: Proposal | None = None
    counted: str = ""
    notice: dict[str, Any] = field(default_factory=no_notice)
    noticed: int = 0
    foreign: ForeignDraft | None = None
    found: dict[str, SearchResult] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    leads_to: str = ""
    resembled: tuple[str, tuple[str, ...]] | None = None

    def forget(self) -> None:
        """Let go of the file, which was taken away or replaced."""
        self.token = self.name = self.refused = ""
        self.file = self.proposal = self.foreign = self.resembled = None
        self.found = {}
        self.notice, self.noticed = no_notice(), 0

    def take(self, token: str, name: str, data: bytes) -> None:
        """Read a file that was uploaded; one that is refused is said to be."""
        self.forget()
        self.token = token
        self.name = " ".join(name.replace("\\", "/").rpartition("/")[2].split())[:_LONGEST_NAME] or "The file"
        try:
            self.file = read_file(data)
        except SourceError as error:
            self.refused = str(error)

    def resembles(self, store: DraftStore, file: WordFile, drafts: Sequence[DraftSummary]) -> str:
        """Return the draft whose bookmarks a file has that does not say what it was made from; empty for none."""
        looked_at = tuple(sorted(draft.id for draft in drafts))
        if self.resembled is None or self.resembled[1] != looked_at:
            found = resembling(store, file, drafts)
            self.resembled = (found.id if found else "", looked_at)
        return self.resembled[0]

    def compare(self, store: DraftStore, file: WordFile, draft_id: str, revision: int) -> Proposal:
        """Return what the file proposes for a draft at its current revision, from memory when nothing changed.

        Raises:
            RapporteurError: It cannot be compared; the sentence says why.
        """
        held = self.proposal
        if held is not None and (held.base.id, held.revision) == (draft_id, revision):
            return held
        made = proposal_for(store, file, draft_id)
        if held is None or held.base.id != draft_id:
            self.counted = counted_edits(made.edits)
        elif self.noticed != revision:
            self._tell(_listed_anew(store.state(draft_id), held.revision), revision)
        self.proposal = made
        return made

    def become(self, file: WordFile) -> ForeignDraft:
        """Return the new draft that the file becomes.

        Raises:
            SourceError: It has no paragraph that could be a clause.
        """
        if self.foreign is None:
            self.foreign = new_draft_from(file, new_draft_id(), self.name.rpartition(".")[0] or self.name)
        return self.foreign

    def approve(self, store: DraftStore, chosen: Sequence[str], base: int, author: str) -> None:
        """Carry out what was ticked, unless the draft is at another revision than the one on the screen."""
        proposal = self.proposal
        if proposal is None or not chosen:
            return
        draft_id, listed = proposal.base.id, sum(edit.applies for edit in proposal.edits)
        try:
            if proposal.revision != base:
                raise ConflictError("The list on the screen is of another version.", "Choose again.")
            saved = approve(store, proposal, chosen, self.name, author=author)
        except ConflictError:
            state = store.state(draft_id)
            self._tell(f"Nothing was approved. {_listed_anew(state, base)}", state.draft.revision, "warning")
        except RapporteurError as error:
            self._tell(f"Nothing was approved. {error}", proposal.revision, "warning")
        else:
            text = f"{len(chosen)} of {listed} edits approved: the draft is at version {saved.revision}."
            self._tell(text, saved.revision, undo=saved.revision, open=True)

    def undo(self, store: DraftStore, base: int, author: str) -> None:
        """Take back what was approved last."""
        if self.proposal is None:
            return
        draft_id = self.proposal.base.id
        try:
            undone = store.undo(draft_id, base=base, author=author)
        except ConflictError:
            text = "Nothing was undone: the draft was changed since. Its versions lead back to any earlier one."
            self._tell(text, store.load(draft_id).revision, "warning", open=True)
        except RapporteurError as error:
            self._tell(f"Nothing was undone. {error}", base, "warning")
        else:
            self._tell(f"Undone: the draft is at version {undone.revision} again.", undone.revision, open=True)

    def make(self, store: DraftStore, cited: Sequence[tuple[str, str]], author: str) -> None:
        """Make a new draft of the file, its clauses citing what was ticked among what was offered for each."""
        if self.foreign is None:
            return
        citations: dict[str, list[Citation]] = {}
        for clause_id, passage_id in cited:
            citations.setdefault(clause_id, []).extend(self._offered(clause_id, passage_id))
        try:
            draft = make_draft(store, self.foreign, self.name, author=author, cited=citations)
        except RapporteurError as error:
            self._tell(f"No draft was made. {error}", 0, "warning")
            return
        self.made.add(draft.id)
        self.leads_to = draft.id
        self.forget()

    def _offered(self, clause_id: str, passage_id: str) -> list[Citation]:
        hits = self.found[clause_id].hits if clause_id in self.found else ()
        return [citation_of(hit.passage, hit.source) for hit in hits if hit.passage.id == passage_id]

    def _tell(self, text: str, revision: int, tone: str = "note", **more: Any) -> None:  # noqa: ANN401 - JSON
        self.notice, self.noticed = {**no_notice(), "text": text, "tone": tone, **more}, revision


def _listed_anew(state: DraftState, revision: int) -> str:
    """Return what was saved since a revision was listed, and that the list is another now."""
    newer = newer_line(state, revision)
    return f"{newer}. {_LISTED_ANEW}" if newer else _LISTED_ANEW
