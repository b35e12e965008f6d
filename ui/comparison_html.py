"""Two versions of a draft side by side, as HTML: what came and went clause by clause, and word by word inside each.

Every change is in words, with `ins` and `del` elements that are underlined and struck through; colour only helps the
eye. References to other paragraphs are printed as a reader sees them. Pure functions; every text is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from drafting.changes import Change, ChangeKind, word_changes
from drafting.comparison import ClauseComparison, Comparison, FieldChange
from drafting.masthead import FIELDS
from drafting.model import Alternative, Clause, Draft
from drafting.numbering import Numbering
from drafting.operations import designation

_LABELS = {
    "style": "Style",
    "state": "State",
    "proposer": "Proposer",
    "alternatives": "Alternatives",
    "source_text": "Text of the source",
    "taken_text": "Suggested wording",
    "title": "Title",
    **{f"masthead.{field.name}": field.label for field in FIELDS},
}
_ABSENT = '<span class="none">Not in this version</span>'
_EMPTY = '<span class="none">Empty</span>'
_WITHIN = {"alternatives", "source_text", "taken_text"}  # named as changed; the words of each stand elsewhere


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions.

    Attributes:
        draft: The version.
        title: What it is called, such as ``Version 3``.
        about: When it was saved and by whom.
    """

    draft: Draft
    title: str
    about: str


def comparison_html(comparison: Comparison, before: Side, after: Side) -> str:
    """Return the table of a comparison, a row a clause; clauses that stayed as they are can be opened."""
    heads = "".join(
        f'<th scope="col">{escape(side.title)}<span class="about">{escape(side.about)}</span></th>'
        for side in (before, after)
    )
    rows = "".join(_field(field) for field in comparison.fields)
    for unchanged, group in groupby(comparison.clauses, key=lambda clause: clause.unchanged):
        clauses = list(group)
        rows += _unchanged(clauses, after) if unchanged else "".join(_clause(c, before, after) for c in clauses)
    return (
        f'<p class="differs" role="status">{escape(summary(comparison))}</p>'
        f'<table class="compare"><caption>{escape(before.title)} and {escape(after.title)} side by side</caption>'
        f"<thead><tr>{heads}</tr></thead>{rows}</table>"
    )


def summary(comparison: Comparison) -> str:
    """Return in one sentence what is different, such as ``1 clause added, 2 reworded; title changed``."""
    if comparison.same:
        return "Nothing is different between these two versions."
    counts = Counter(word for clause in comparison.clauses for word in _states(clause))
    counted = [f"{count} {word}" for word, count in counts.items()]
    if counted:
        first, _, rest = counted[0].partition(" ")
        counted[0] = f"{first} {'clause' if first == '1' else 'clauses'} {rest}"
    fields = [f"{_label(field).lower()} changed" for field in comparison.fields]
    sentence = "; ".join(filter(None, (", ".join(counted), ", ".join(fields))))
    return f"{sentence[0].upper()}{sentence[1:]}."


def _states(clause: ClauseComparison) -> Iterator[str]:
    """Give the words for what became of a clause."""
    if clause.added:
        yield "added"
    if clause.deleted:
        yield "deleted"
    if clause.moved:
        yield "moved"
    if clause.reworded:
        yield "reworded"
    if clause.kind_changed:
        yield "of another kind"
    if clause.citations_changed:
        yield "with other sources"
    if clause.fields:
        yield "changed otherwise"


def _unchanged(clauses: list[ClauseComparison], after: Side) -> str:
    """Return a run of clauses that are alike in both versions, closed until somebody wants to read them."""
    count = "1 clause as it was" if len(clauses) == 1 else f"{len(clauses)} clauses as they were"
    texts = "".join(
        f"<p><b>{escape(_name(after.draft, clause.after))}</b> {escape(_text(after.draft, clause.after))}</p>"
        for clause in clauses
        if clause.after
    )
    opened = f"<details><summary>{count}</summary>{texts}</details>"
    return f'<tbody class="same"><tr><td colspan="2">{opened}</td></tr></tbody>'


def _clause(clause: ClauseComparison, before: Side, after: Side) -> str:
    old = _name(before.draft, clause.before) if clause.before else ""
    new = _name(after.draft, clause.after) if clause.after else ""
    if not new:
        old = f"{old} of {before.title[0].lower()}{before.title[1:]}"
    name = f"{new or old}{f' (was {old[0].lower()}{old[1:]})' if old and new and old != new else ''}"
    badges = "".join(f'<span class="badge">{escape(word[0].upper() + word[1:])}</span>' for word in _states(clause))
    changes = word_changes(_text(before.draft, clause.before), _text(after.draft, clause.after))
    more = "".join(_line(field) for field in clause.fields)
    gone = "".join(f"<li><del>{escape(citation.cite())}</del></li>" for citation in clause.uncited)
    come = "".join(f"<li><ins>{escape(citation.cite())}</ins></li>" for citation in clause.cited)
    return (
        f'<tbody class="changed"><tr class="name"><th colspan="2" scope="rowgroup">{escape(name)} {badges}</th></tr>'
        f"<tr>{_cell(before.title, _old(changes) if clause.before else _ABSENT, gone)}"
        f"{_cell(after.title, _new(changes) if clause.after else _ABSENT, come)}</tr>"
        + (f'<tr><td colspan="2"><ul class="more">{more}</ul></td></tr>' if more else "")
        + "</tbody>"
    )


def _field(field: FieldChange) -> str:
    changes = field.words()
    return (
        f'<tbody class="changed"><tr class="name"><th colspan="2" scope="rowgroup">{escape(_label(field))} '
        '<span class="badge">Changed</span></th></tr>'
        f"<tr><td>{_old(changes) or _EMPTY}</td><td>{_new(changes) or _EMPTY}</td></tr></tbody>"
    )


def _line(field: FieldChange) -> str:
    """Return a changed field of a clause in a line."""
    label = escape(_label(field))
    if field.name in _WITHIN:
        return f"<li>{label} changed</li>"
    was, now = escape(field.before) or "none", escape(field.after) or "none"
    return f"<li>{label}: <del>{was}</del> <ins>{now}</ins></li>"


def _cell(title: str, text: str, sources: str) -> str:
    listed = f'<ul class="cited">{sources}</ul>' if sources else ""
    return f'<td><span class="which">{escape(title)}</span><div class="words" dir="auto">{text}</div>{listed}</td>'


def _old(changes: Iterable[Change]) -> str:
    return _marked(changes, ChangeKind.DELETED, "del")


def _new(changes: Iterable[Change]) -> str:
    return _marked(changes, ChangeKind.INSERTED, "ins")


def _marked(changes: Iterable[Change], kind: ChangeKind, element: str) -> str:
    """Return one side of a text, with the words that the other side has not in an element."""
    return "".join(
        escape(change.text) if change.kind is ChangeKind.EQUAL else f"<{element}>{escape(change.text)}</{element}>"
        for change in changes
        if change.kind in {ChangeKind.EQUAL, kind}
    )


def _text(draft: Draft, clause: Clause | None) -> str:
    """Return a clause's text as a reader sees it, and its alternatives under it."""
    if clause is None:
        return ""
    numbering = Numbering(draft)
    wordings: tuple[Clause | Alternative, ...] = (clause, *clause.alternatives)
    lines = [numbering.shown(wording.text, clause.id) for wording in wordings]
    return "\n".join([lines[0], *(f"Alternative: {line}" for line in lines[1:])])


def _name(draft: Draft, clause: Clause | None) -> str:
    name = designation(draft, clause.id) if clause else ""
    return name[:1].upper() + name[1:]


def _label(field: FieldChange) -> str:
    return _LABELS.get(field.name, field.name)
