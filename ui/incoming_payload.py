"""What the screen says of a Word file that came back: each edit and comment, as plain data made without a screen.

Pure functions, so that what a row says is tested without a browser. Text is passed as text; the component never reads
it as markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from drafting.changes import word_changes
from drafting.clauses import clause_of
from drafting.model import ClauseKind
from drafting.operations import designation
from drafting.word.incoming import Edit, EditKind, Proposal

KINDS = {
    EditKind.CHANGED: "Reworded",
    EditKind.BRACKETS: "Brackets changed",
    EditKind.DELETED: "Deleted",
    EditKind.NEW: "New",
    EditKind.SPLIT: "Split",
    EditKind.MERGED: "Merged",
    EditKind.MOVED: "Moved",
    EditKind.KIND: "Kind changed",
    EditKind.FIELD: "Changed",
    EditKind.NOTE_REMOVED: "Source taken out",
    EditKind.NOTE_ADDED: "Source added",
    EditKind.PROPOSER: "Proposer changed",
}
CLAUSES = {
    ClauseKind.PREAMBULAR: "preambular clause",
    ClauseKind.OPERATIVE: "operative clause",
    ClauseKind.HEADING: "heading",
}
_OF_A_CLAUSE = {EditKind.MOVED, EditKind.KIND, EditKind.NOTE_REMOVED, EditKind.NOTE_ADDED, EditKind.PROPOSER}
_UNKNOWN_NOTE = "No passage is known for this note, so it cannot be taken over."
_OVERWRITES = "It was changed in the draft as well. If you tick it, the file’s words replace what the draft says now."
_DELETES = "It was changed in the draft as well. If you tick it, it is deleted with what the draft says now."
_UNNAMED = "No author named"
_NOBODY = "nobody who is named"
_EXCERPT = 140


def edits_payload(proposal: Proposal) -> dict[str, Any]:
    """Return what the component lists: a row an edit in the order of the clauses, and the comments."""
    required, place = proposal.required, _places(proposal)
    edits = sorted((edit for edit in proposal.edits if edit.kind is not EditKind.COMMENT), key=place)
    return {
        "rows": [_row(proposal, edit, required) for edit in edits],
        "comments": [
            {
                "by": named(edit.authors) or _UNNAMED,
                "place": _capital(edit.place) or "Outside the clauses",
                "words": edit.words,
                "text": edit.after,
            }
            for edit in proposal.comments
        ],
    }


def counted_edits(edits: Iterable[Edit]) -> str:
    """Return how many edits and comments there are by whom, such as ``2 edits, tracked by Amina.``."""
    every = tuple(edits)
    done = [edit for edit in every if edit.kind is not EditKind.COMMENT]
    comments = [edit for edit in every if edit.kind is EditKind.COMMENT]
    sentences = []
    if done:
        sentences.append(_counted("edit", [_whose(edit) for edit in done]))
    if comments:
        sentences.append(_counted("comment", [f"by {named(edit.authors) or _NOBODY}" for edit in comments]))
    return " ".join(sentences)


def named(names: Sequence[str]) -> str:
    """Return names as one would say them, such as ``Amina, José and Maria``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def runs(before: str, after: str) -> list[tuple[str, str]]:
    """Return how one text became another, in stretches that stayed, went or came."""
    return [(change.kind.value, change.text) for change in word_changes(before, after)]


def excerpt(text: str) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT].rsplit(' ', 1)[0]} …"


def _places(proposal: Proposal) -> Callable[[Edit], tuple[int, int]]:
    """Return what tells where an edit stands: at its clause in the file; a deleted one before the next that is left."""
    places = {clause_id: (at, 0) for at, clause_id in enumerate(proposal.order)}
    below = len(places)
    for at, clause in reversed(list(enumerate(proposal.base.clauses, start=-len(proposal.base.clauses)))):
        below, _ = places.setdefault(clause.id, (below, at))
    return lambda edit: places.get(edit.clause_id, (-1, 0))  # what has no clause stands above them all


def _row(proposal: Proposal, edit: Edit, required: dict[str, str]) -> dict[str, Any]:
    before, after = proposal.shown(edit)
    conflict, refused = None, ""
    if edit.conflict and edit.applies:
        now = edit.now or "Nothing"
        # What a split or a merger conflicts with may be another of its clauses than the one that it is listed under.
        text = _DELETES if edit.kind is EditKind.DELETED else _OVERWRITES
        conflict = {"text": text, "draft": [("equal", now)] if edit.parts else runs(before, now)}
    elif not edit.applies:
        refused = edit.conflict or _UNKNOWN_NOTE
    return {
        "key": edit.key,
        "kind": KINDS[edit.kind],
        "place": _place(proposal, edit),
        "by": _by(edit),
        "about": _about(proposal, edit, after),
        "runs": [] if edit.kind is EditKind.MOVED else runs(before, after),
        "parts": [_part(proposal, edit, part.id, part.text) for part in edit.parts],
        "conflict": conflict,
        "refused": refused,
        "needs": required.get(edit.key, ""),
    }


def _place(proposal: Proposal, edit: Edit) -> str:
    """Return what a drafter calls the place: by its number in the version that the file was made from."""
    if edit.alternative_id:
        return f"Alternative to {edit.place or 'the new clause'}"
    if edit.kind is EditKind.NEW:
        return f"{_capital(CLAUSES[edit.clause_kind or ClauseKind.OPERATIVE])} {_behind(proposal, edit.clause_id)}"
    return _capital(edit.place) or "New clause"


def _behind(proposal: Proposal, clause_id: str) -> str:
    """Return behind which clause of that version a new one stands."""
    known = {clause.id for clause in proposal.base.clauses}
    order = proposal.order[: proposal.order.index(clause_id)] if clause_id in proposal.order else ()
    above = next((each for each in reversed(order) if each in known), "")
    return f"after {designation(proposal.base, above)}" if above else "at the beginning"


def _about(proposal: Proposal, edit: Edit, after: str) -> list[str]:
    """Return what the marked words do not say: where to, which clause it was, who proposes it, what it cites."""
    lines = []
    if edit.kind is EditKind.MOVED:
        lines.append(_capital(after))
    if edit.kind in _OF_A_CLAUSE and not edit.alternative_id and edit.place:
        text = clause_of(proposal.base, edit.clause_id).text
        lines.append(f"“{excerpt(proposal.numbering.shown(text, edit.clause_id))}”")
    if edit.kind is EditKind.NEW and edit.proposer:
        lines.append(f"Proposed by {edit.proposer}")
    if edit.kind is EditKind.NEW and edit.citations:
        lines.append(f"Cites {'; '.join(citation.cite() for citation in edit.citations)}")
    return lines


def _part(proposal: Proposal, edit: Edit, part_id: str, text: str) -> tuple[str, str]:
    """Return what became of a clause that a split makes or a merger takes up, and its words."""
    shown = proposal.numbering.shown(text, edit.clause_id)
    if edit.kind is EditKind.SPLIT:
        return "Becomes a clause of its own", shown
    return f"Takes up {designation(proposal.base, part_id)}", shown


def _by(edit: Edit) -> str:
    if not edit.authors:
        return _UNNAMED
    return f"Tracked {'' if edit.tracked else 'in part '}by {named(edit.authors)}"


def _whose(edit: Edit) -> str:
    by = _by(edit)
    return f"{by[0].lower()}{by[1:]}" if edit.authors else "with no author named"


def _counted(what: str, by: Sequence[str]) -> str:
    """Return a count with what it is made of, the most frequent first."""
    total, counts = f"{len(by)} {what}{'s' * (len(by) != 1)}", Counter(by)
    if len(counts) == 1:
        return f"{total}, {by[0]}."
    return f"{total}: {', '.join(f'{count} {who}' for who, count in counts.most_common())}."


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
