"""What the outline is given: plain data for each clause, made from a draft without a screen.

Pure functions, so that what a row says is tested without a browser. Texts are as a reader sees them, with references as
words; the component shows every text as text and reads none as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from drafting.brackets import brackets, has_brackets
from drafting.changes import word_changes
from drafting.characters import LINE_BREAK
from drafting.drift import Drift, drift
from drafting.ladder import Comparison, Ladder, Strength
from drafting.layout import Page
from drafting.lines import level_of, outline, paths
from drafting.model import Alternative, Citation, Clause, ClauseKind, Draft, Style
from drafting.negotiation import proposers
from drafting.numbering import Numbering
from drafting.opening import openers_by_rung
from drafting.operations import designation

Backed = Callable[[Clause, str], bool | None]
"""Tells whether what a clause cites backs a text; None when that was not checked or cannot be told."""

KINDS = (
    (ClauseKind.PREAMBULAR, "Preambular"),
    (ClauseKind.OPERATIVE, "Operative"),
    (ClauseKind.HEADING, "Subheading"),
)
LABELS = {
    Drift.VERBATIM: ("Verbatim", "Whole sentences of the source, word for word."),
    Drift.SUGGESTED: ("Suggested", "The wording that was suggested from the source, unchanged."),
    Drift.ADAPTED: ("Adapted", "Changed from its source."),
    Drift.NO_LONGER_BACKED: (
        "No longer backed by its sources’ reports",
        "The support check found passages in the cited reports that back the source’s words, and none that backs these "
        "even in part. It is an estimate: read the sources.",
    ),
    Drift.WRITTEN: ("Written", "The drafter’s own words."),
}
_STILL_BACKED = "Changed from its source. A cited report still backs it, at least in part: so the check estimates."
_EXCERPT = 60


def outline_rows(
    draft: Draft,
    page: Page,
    urls: Mapping[str, str],
    target: str,
    *,
    ladder: Ladder | None = None,
    backed: Backed | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of the outline.

    Args:
        draft: The draft.
        page: Its layout, which numbers the clauses.
        urls: Where each source is found, by symbol.
        target: Id of the clause that citations go to; empty for none.
        ladder: The ladder of verbs; None to leave it out.
        backed: The support check, of adapted clauses; None when nothing was checked.
    """
    numbering = Numbering(draft)
    numbers: dict[str, str] = {}
    for paragraph in page.paragraphs:
        numbers.setdefault(paragraph.clause_id, paragraph.number)
    parts = [clause.kind is ClauseKind.PREAMBULAR for clause in draft.clauses]
    rows = []
    for at, clause in enumerate(draft.clauses):
        shown = numbering.shown(clause.text, clause.id)
        number, heading = numbers.get(clause.id, ""), clause.kind is ClauseKind.HEADING
        rows.append(
            {
                "id": clause.id,
                "kind": clause.kind.value,
                "kinds": [(kind.value, label) for kind, label in KINDS],
                "number": number,
                "name": designation(draft, clause.id),
                "text": shown,
                "read": read_lines(shown),
                "targets": [] if heading else _targets(clause, shown, number or designation(draft, clause.id)),
                "drift": {} if heading else _drift(clause, shown, backed),
                "changes": [] if heading else _changes(clause.source_text, shown),
                "ladder": {} if heading or ladder is None else _ladder(ladder, shown, clause.citations),
                "state": clause.state.value,
                "proposer": clause.proposer,
                "alternatives": _alternatives(clause, number, numbering),
                "sources": [_source(citation, urls) for citation in clause.citations],
                # A clause moves within its part: the preamble, or the operative paragraphs with their subheadings.
                "first": at == 0 or parts[at - 1] != parts[at],
                "last": at == len(parts) - 1 or parts[at + 1] != parts[at],
                "target": clause.id == target,
            }
        )
    return rows


def openers_payload(ladder: Ladder | None, style: Style) -> list[dict[str, Any]]:
    """Return the openers of a style, the strongest rung first; none without a ladder."""
    return [
        {"rung": number, "addressee": addressee, "openers": list(openers)}
        for number, addressee, openers in (openers_by_rung(ladder, style) if ladder else ())
    ]


def proposers_payload(draft: Draft) -> list[str]:
    """Return everyone who proposed something in a draft, to be offered where a proposer is typed."""
    return list(proposers(draft))


def adapted(draft: Draft) -> tuple[tuple[Clause, str], ...]:
    """Return the clauses whose backing is in question, with their text as a reader sees it."""
    numbering = Numbering(draft)
    shown = ((clause, numbering.shown(clause.text, clause.id)) for clause in draft.clauses)
    return tuple(
        (clause, text)
        for clause, text in shown
        if clause.kind is not ClauseKind.HEADING and clause.citations and drift(clause, text) is Drift.ADAPTED
    )


def read_lines(shown: str) -> list[dict[str, Any]]:
    """Return a text as lines with their level and their brackets; empty for one plain line, which needs no such view.

    A piece of a line has how it is marked: ``bracket``, ``unmatched`` (a bracket without a partner), or nothing.
    """
    starts = [0, *(found.end() for found in LINE_BREAK.finditer(shown))]
    ends = [*(found.start() for found in LINE_BREAK.finditer(shown)), len(shown)]
    stretches = [(start, end) for start, end in zip(starts, ends, strict=True) if shown[start:end].strip()]
    if len(stretches) < 2 and not has_brackets(shown):  # noqa: PLR2004 - one line
        return []
    found = brackets(shown)
    marks = dict.fromkeys((place for pair in found.pairs for place in (pair.start, pair.end - 1)), "bracket")
    marks |= dict.fromkeys(found.unmatched, "unmatched")
    levels = [level_of(line) for line in outline(shown)]
    if len(levels) != len(stretches):  # a line of nothing but characters that cannot be printed
        levels = [0] * len(stretches)
    return [
        {"level": level, "pieces": _pieces(shown, start, end, marks)}
        for level, (start, end) in zip(levels, stretches, strict=True)
    ]


def _pieces(text: str, start: int, end: int, marks: Mapping[int, str]) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    for at in sorted(place for place in marks if start <= place < end):
        pieces += [(text[start:at], ""), (text[at], marks[at])]
        start = at + 1
    pieces.append((text[start:end], ""))
    return [piece for piece in pieces if piece[0]]


def _targets(clause: Clause, shown: str, number: str) -> list[tuple[str, str]]:
    """Return what of a clause can be referred to: the clause and its subparagraphs, with labels to choose by."""
    lines = outline(shown)
    named = zip(paths(lines), lines, strict=True)
    found = [(clause.id, f"{number.rstrip('.')}  {_excerpt(lines[0].text)}")]
    for path, line in named:
        if path:
            labels = "".join(f"({label})" for label in path)
            found.append((clause.id + labels, f"{number.rstrip('.')} {labels}  {_excerpt(line.text)}"))
    return found


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rsplit(' ', 1)[0]} …"


def _drift(clause: Clause, shown: str, backed: Backed | None) -> dict[str, str]:
    verdict = None if backed is None else backed(clause, shown)
    found = drift(clause, shown, lambda _: verdict)
    label, about = LABELS[found]
    if not clause.citations:
        label = "Written, no source" if found is Drift.WRITTEN else f"{label}, no source cited"
    if found is Drift.ADAPTED and verdict:
        about = _STILL_BACKED
    return {"is": found.value, "label": label, "about": about}


@lru_cache(maxsize=2048)  # the outline is drawn after every change, and one clause was changed
def _changes(source: str, text: str) -> list[tuple[str, str]]:
    """Return what was changed from a source, word by word; empty when nothing was, or without a source."""
    if not source or source == text:
        return []
    return [(change.kind.value, change.text) for change in word_changes(source, text)]


def _ladder(ladder: Ladder, shown: str, citations: Sequence[Citation]) -> dict[str, Any]:
    compared = _compared(ladder, shown, tuple(citation.quote for citation in citations))
    return {
        "rung": compared.clause.number if compared.clause else 0,
        "own": _verb(compared.clause),
        "sources": [_verb(source) for source in compared.sources],
        "stronger": compared.stronger,
    }


@lru_cache(maxsize=2048)  # see `_changes`; a comparison takes milliseconds
def _compared(ladder: Ladder, text: str, quotes: tuple[str, ...]) -> Comparison:
    return ladder.compare(text, quotes)


def _verb(strength: Strength | None) -> str:
    return f"“{strength.verb}”" if strength else "no verb of the ladder"


def _alternatives(clause: Clause, number: str, numbering: Numbering) -> list[dict[str, Any]]:
    """Return the alternatives of a clause under the numbers that the negotiating text gives them."""
    several = len(clause.alternatives) > 1
    lead = f"{number.rstrip('.')} alt." if number else "Alt."
    return [
        {
            "id": other.id,
            "number": f"{lead} {at}" if several else lead,
            "text": (shown := numbering.shown(other.text, clause.id)),
            "proposer": other.proposer,
            "drift": _alternative_drift(other, shown),
        }
        for at, other in enumerate(clause.alternatives, start=1)
    ]


def _alternative_drift(other: Alternative, shown: str) -> str:
    return LABELS[drift(other, shown)][0]


def _source(citation: Citation, urls: Mapping[str, str]) -> dict[str, str]:
    return {
        "id": citation.passage_id,
        "cite": citation.cite(),
        "href": urls.get(citation.symbol, ""),
        "who": f"{citation.region or 'No region'} · {citation.standing}",
    }
