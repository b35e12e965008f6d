"""References from one clause to another, as they are stored: by the id of the clause, so they survive renumbering.

A reference stands in the text as ``{¶c1a2b3}``, which prints "paragraph 3 above"; ``{¶c1a2b3(b)}`` names a
subparagraph, and ``{#c1a2b3}`` prints the number alone ("paragraphs {#…} to {#…}"). The pilcrow is on few keyboards,
and a text that is read without Rapporteur still shows that a paragraph is meant. This module knows the stored form and
how it follows a clause that is joined to another; `drafting.numbering` knows what it prints.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from drafting.lines import outline, paths

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from drafting.model import Clause, Draft

_REFERENCE = re.compile(r"\{([¶#])([A-Za-z0-9]+)((?:\([a-z]+\)){0,2})\}")
_PATH = re.compile(r"\(([a-z]+)\)")
GONE = ("gone",)
"""Path of a subparagraph that was deleted; no subparagraph has such a label."""


@dataclass(frozen=True, slots=True)
class Target:
    """A paragraph of the draft: a clause, or a subparagraph in it.

    Attributes:
        clause_id: The clause.
        path: Labels without brackets, from the outside in, such as ``("b", "ii")``; empty for the clause as a whole.
    """

    clause_id: str
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in a text.

    Attributes:
        start: Where its stored form begins in the text, in characters.
        end: Where it ends, exclusive.
        target: What it refers to.
        number_only: Whether it prints the number alone.
    """

    start: int
    end: int
    target: Target
    number_only: bool = False


def references(text: str) -> tuple[Reference, ...]:
    """Return the references in a text, in order."""
    return tuple(_read(found) for found in _REFERENCE.finditer(text))


def reference_text(target: Target, *, number_only: bool = False) -> str:
    """Return the stored form of a reference."""
    labels = "".join(f"({label})" for label in target.path)
    return f"{{{'#' if number_only else '¶'}{target.clause_id}{labels}}}"


def redirected(draft: Draft, moves: Mapping[Target, Target]) -> Draft:
    """Return the draft with every reference to a moved paragraph leading to where it stands now.

    Args:
        draft: The draft.
        moves: New place of each paragraph that has one.
    """
    if not moves:
        return draft

    def moved(found: re.Match[str]) -> str:
        reference = _read(found)
        target = moves.get(reference.target)
        return found.group() if target is None else reference_text(target, number_only=reference.number_only)

    return _with_texts(draft, lambda text: _REFERENCE.sub(moved, text) if "{" in text else text)


def moved_lines(clause: Clause, text: str) -> dict[Target, Target]:
    """Return where the subparagraphs of a clause stand in its new text.

    A line is found again by its words, or by its place when only its words changed. One that is not found is gone: a
    reference that names the wrong subparagraph would be worse than one that says so.
    """
    before, after = outline(clause.text), outline(text)
    old, new = paths(before), paths(after)
    moves = {Target(clause.id, path): Target(clause.id, GONE) for path in old if path}
    matcher = SequenceMatcher(None, [line.text for line in before], [line.text for line in after], autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal" or end - start == new_end - new_start:
            for path, new_path in zip(old[start:end], new[new_start:new_end], strict=True):
                if path and new_path:
                    moves[Target(clause.id, path)] = Target(clause.id, new_path)
    return {place: now for place, now in moves.items() if place != now}


def _with_texts(draft: Draft, change: Callable[[str], str]) -> Draft:
    """Return the draft with every wording changed: of clauses and of their alternatives."""
    return replace(
        draft,
        clauses=tuple(
            replace(
                clause,
                text=change(clause.text),
                alternatives=tuple(replace(other, text=change(other.text)) for other in clause.alternatives),
            )
            for clause in draft.clauses
        ),
    )


def _read(found: re.Match[str]) -> Reference:
    sign, clause_id, labels = found.groups()
    return Reference(*found.span(), Target(clause_id, tuple(_PATH.findall(labels))), number_only=sign == "#")
