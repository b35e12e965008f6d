"""What a person asks for in the outline, as a change of the draft: one operation, one revision, one summary.

Pure: an operation as the component sends it (plain data) becomes a function from a draft to a draft. Places in it are
places in the text on the screen; ids of what is made come from the component, so that the focus can follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from corpus.errors import DraftError
from drafting.characters import LINE_BREAK, printable
from drafting.clauses import clause_of
from drafting.editing import stored_place
from drafting.ladder import ladder
from drafting.model import ClauseKind, ClauseState, Draft
from drafting.negotiation import (
    add_alternative,
    bracket,
    edit_alternative,
    promote_alternative,
    remove_alternative,
    set_proposer,
    set_state,
)
from drafting.numbering import Numbering
from drafting.opening import with_opener
from drafting.operations import delete_clause, designation, edit_text, move_clause, reorder, set_kind, uncite
from drafting.references import Target
from drafting.referring import insert_reference
from drafting.restructuring import indent, merge_with_next, outdent, split_clause
from ui.checks import fix_named

Asked = dict[str, Any]
_PATH = "("


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was asked for.

    Attributes:
        apply: The change; it raises `corpus.errors.DraftError` when it cannot be made.
        summary: What is said of it in the history, with ``{}`` where the clause is named.
    """

    apply: Callable[[Draft], Draft]
    summary: str

    def said_of(self, draft: Draft, clause_id: str) -> str:
        """Return the summary, which names the clause as it is called before the change."""
        held = any(clause.id == clause_id for clause in draft.clauses)
        return self.summary.replace("{}", designation(draft, clause_id) if held else "a clause")


def change_of(asked: Asked, draft: Draft) -> Change:
    """Return the change that an operation of the outline asks for.

    Args:
        asked: The operation, by its ``type``; the head of ``outline.js`` says what each has.
        draft: The draft as it is now; names in summaries are taken from it.

    Raises:
        DraftError: There is no such operation, or what it names is not in the draft.
    """
    kind = str(asked["type"])
    if kind == "fix":
        return _fix(asked, draft)
    if kind not in _CHANGES:
        raise DraftError(f"The desk asked for “{kind}”, which is not known.", "Reload the page.")
    make, summary = _CHANGES[kind]
    if kind == "state":
        summary = "Agreed on {}" if asked["state"] == ClauseState.AGREED.value else "Opened {} again"
    return Change(lambda now: make(now, str(asked.get("id", "")), asked), summary)


def _fix(asked: Asked, draft: Draft) -> Change:
    key = str(asked["key"])
    _, summary = fix_named(draft, key)
    return Change(lambda now: fix_named(now, key)[0], summary)


def _place(draft: Draft, clause_id: str, asked: Asked, name: str = "at") -> int:
    return stored_place(draft, clause_id, str(asked["text"]), int(asked[name]))


def _line(draft: Draft, clause_id: str, asked: Asked) -> int:
    """Return the line of a clause that the caret stands in; 0 when it stands in none of its lines."""
    if int(asked["at"]) < 0:
        return 0
    text = clause_of(draft, clause_id).text
    at = _place(draft, clause_id, asked)
    start = max((found.end() for found in LINE_BREAK.finditer(text, 0, at)), default=0)
    return len(printable(text[:start]).lines)


def _split(draft: Draft, clause_id: str, asked: Asked) -> Draft:
    at = _place(draft, clause_id, asked)
    return split_clause(draft, clause_id, at, new_clause_id=str(asked["newId"]))


def _outdent(draft: Draft, clause_id: str, asked: Asked) -> Draft:
    return outdent(draft, clause_id, _line(draft, clause_id, asked), new_clause_id=str(asked["newId"]))


def _bracket(draft: Draft, clause_id: str, asked: Asked) -> Draft:
    start, end = (_place(draft, clause_id, asked, name) for name in ("start", "end"))
    return bracket(draft, clause_id, start, end)


def _refer(draft: Draft, clause_id: str, asked: Asked) -> Draft:
    target_id, *labels = str(asked["target"]).split(_PATH)
    target = Target(target_id, tuple(label.rstrip(")") for label in labels))
    return insert_reference(draft, clause_id, _place(draft, clause_id, asked), target)


def _open_with(draft: Draft, clause_id: str, asked: Asked) -> Draft:
    text = clause_of(draft, clause_id).text
    return edit_text(draft, clause_id, with_opener(text, str(asked["opener"]), ladder(), draft.style))


def _add_alternative(draft: Draft, clause_id: str, asked: Asked) -> Draft:
    text = Numbering(draft).stored("", str(asked["text"]), clause_id)
    return add_alternative(draft, clause_id, text, str(asked["proposer"]), alternative_id=str(asked["newId"]))


def _edit_alternative(draft: Draft, clause_id: str, asked: Asked) -> Draft:
    """Return the draft with an alternative as it was edited; refused when somebody else edited it meanwhile."""
    numbering, text, before = Numbering(draft), str(asked["text"]), str(asked["before"])
    stored = {other.id: other.text for other in clause_of(draft, clause_id).alternatives}.get(asked["alternative"], "")
    if numbering.shown(stored, clause_id) not in {before, text}:
        raise DraftError(
            "The alternative was changed elsewhere while you edited it.",
            f"Look at it as it is now. Your text: “{text}”",
        )
    stored = numbering.stored(stored, text, clause_id)
    return edit_alternative(draft, clause_id, str(asked["alternative"]), stored, str(asked["proposer"]))


_CHANGES: dict[str, tuple[Callable[[Draft, str, Asked], Draft], str]] = {
    "move": (lambda draft, clause_id, asked: move_clause(draft, clause_id, int(asked["by"])), "Moved {}"),
    "order": (lambda draft, _, asked: reorder(draft, asked["ids"]), "Put the clauses in another order"),
    "delete": (lambda draft, clause_id, _: delete_clause(draft, clause_id), "Deleted {}"),
    "kind": (lambda d, clause_id, asked: set_kind(d, clause_id, ClauseKind(asked["kind"])), "Changed the kind of {}"),
    "uncite": (lambda d, clause_id, asked: uncite(d, clause_id, str(asked["passage"])), "Removed a source of {}"),
    "split": (_split, "Split {}"),
    "merge": (lambda draft, clause_id, _: merge_with_next(draft, clause_id), "Merged {} with the next"),
    "indent": (lambda d, clause_id, asked: indent(d, clause_id, _line(d, clause_id, asked)), "Indented in {}"),
    "outdent": (_outdent, "Outdented in {}"),
    "refer": (_refer, "Put a reference into {}"),
    "opener": (_open_with, "Changed the opener of {}"),
    "bracket": (_bracket, "Put words of {} in brackets"),
    "state": (lambda d, clause_id, asked: set_state(d, clause_id, ClauseState(asked["state"])), ""),
    "proposer": (
        lambda d, clause_id, asked: set_proposer(d, clause_id, str(asked["proposer"])),
        "Set the proposer of {}",
    ),
    "alternative": (_add_alternative, "Added an alternative to {}"),
    "alternativeEdit": (_edit_alternative, "Edited an alternative of {}"),
    "alternativeRemove": (
        lambda draft, clause_id, asked: remove_alternative(draft, clause_id, str(asked["alternative"])),
        "Removed an alternative of {}",
    ),
    "alternativeTake": (
        lambda draft, clause_id, asked: promote_alternative(draft, clause_id, str(asked["alternative"])),
        "Took up an alternative of {}",
    ),
}
