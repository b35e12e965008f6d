"""What a Word file is, in words: the draft and version it was made from, and what became of the draft since.

Pure functions; every text is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote

from drafting.model import Draft
from drafting.states import DraftSummary, Revision
from ui.clock import when
from ui.incoming_payload import CLAUSES

NEW_DRAFT = "A new draft"
_MOST = 6  # versions that are named one by one


def choices(drafts: Iterable[DraftSummary], timezone: str) -> dict[str, str]:
    """Return what a file can be taken as, by the draft's id (empty for a new draft); no two read alike.

    Args:
        drafts: The drafts that it may be a copy of.
        timezone: Name of the visitor's zone.
    """
    labels: dict[str, str] = {}
    for draft in drafts:
        label = f"An edited copy of “{draft.title}”"
        if label in labels.values():
            label += f", changed {when(draft.saved_at, timezone)}"
        copies = sum(other == label or other.startswith(f"{label} (") for other in labels.values())
        labels[draft.id] = f"{label} ({copies + 1})" if copies else label
    return {**labels, "": NEW_DRAFT}


def file_html(sentences: Iterable[str], *, name: str = "", more: str = "") -> str:
    """Return what is said of a file.

    Args:
        sentences: What it is, a paragraph each.
        name: Its name, as a heading; empty for none.
        more: HTML that follows.
    """
    head = f'<h2 class="small-title" dir="auto">{escape(name)}</h2>' if name else ""
    said = "".join(f'<p dir="auto">{escape(sentence)}</p>' for sentence in sentences if sentence)
    return f'<div class="file" role="status">{head}{said}{more}</div>'


def made_from_sentence(base: Draft, timeline: Sequence[Revision], timezone: str, *, says: bool) -> str:
    """Return which draft and version a file was made from, when that was saved and by whom.

    Args:
        base: The version that the file is compared with.
        timeline: The versions of the draft.
        timezone: Name of the visitor's zone.
        says: Whether the file says which version it was made from.
    """
    if not says:
        return (
            f"Compared with “{base.title}” as it is now, version {base.revision}: the file does not say which version "
            "it was made from."
        )
    revision = next((each for each in timeline if each.number == base.revision), None)
    about = ""
    if revision:
        who = f" by {revision.author}" if revision.author else ""
        called = f" “{revision.name}”" if revision.name else ""
        about = f"{called} (saved {when(revision.saved_at, timezone)}{who})"
    return f"Made from “{base.title}”, version {base.revision}{about}."


def since_html(draft_id: str, base: int, timeline: Sequence[Revision], timezone: str) -> str:
    """Return what became of a draft since the version that a file was made from; empty when nothing did.

    Args:
        draft_id: The draft.
        base: That version.
        timeline: The versions of the draft, the newest first.
        timezone: Name of the visitor's zone.
    """
    current = next(each.number for each in timeline if each.current)
    if base == current:
        return ""
    left = next((not each.on_branch for each in timeline if each.number == base), False)
    later = [each for each in timeline if each.on_branch and each.number > base]
    if left or not later:
        head = "The draft is no longer based on that version: it was undone, or another was restored."
    else:
        head = f"Since then the draft moved on by {len(later)} version{'s' * (len(later) != 1)}:"
    rows = "".join(
        f"<li><b>{each.number}</b> {escape(each.summary)}<span>{escape(_told(each, timezone))}</span></li>"
        for each in later[:_MOST]
    )
    if len(later) > _MOST:
        rows += f"<li>and {len(later) - _MOST} more</li>"
    listed = f"<ul>{rows}</ul>" if rows else ""
    address = f"./versions?draft={quote(draft_id, safe='')}&before={base}&after={current}"
    return (
        f'<div class="since"><p>{escape(head)}</p>{listed}'
        f'<p><a href="{escape(address)}" target="_self">Compare version {base} with the draft now</a></p></div>'
    )


def counted_clauses(draft: Draft) -> str:
    """Return what a file would become, such as ``12 clauses: 3 preambular, 8 operative, 1 heading``."""
    counts = Counter(clause.kind for clause in draft.clauses)
    words = [f"{counts[kind]} {name.removesuffix(' clause')}" for kind, name in CLAUSES.items() if counts[kind]]
    total = len(draft.clauses)
    return f"{total} clause{'s' * (total != 1)}: {', '.join(words)}"


def _told(revision: Revision, timezone: str) -> str:
    return " · ".join(filter(None, (when(revision.saved_at, timezone), revision.author)))
