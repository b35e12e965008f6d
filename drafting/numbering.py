"""The numbers of a draft's paragraphs, and the references to them as a reader sees and types them.

"paragraph 3 above" is worked out from where both clauses stand now, for the page and for the editor alike. What was
typed over a text that was shown so is read back here: a reference that is still there stays one, ``[[3]]`` becomes one,
and words that merely look like one stay words. `drafting.references` knows the stored form.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from corpus.model import Span, ordinal
from drafting.characters import printable
from drafting.lines import outline, paths
from drafting.model import ClauseKind, Draft
from drafting.references import Reference, Target, reference_text, references

if TYPE_CHECKING:
    from collections.abc import Iterator

DELETED = "[paragraph deleted]"
SUBPARAGRAPH_DELETED = "[subparagraph deleted]"

_LABELS = r"((?:\s*\([a-z]{1,7}\)){0,2})"
_LITERAL = re.compile(rf"\b(?:paragraph|para\.)\s+(\d{{1,3}}){_LABELS}\s+(above|below)\b", re.IGNORECASE)
_TYPED = re.compile(rf"\[\[(\d{{1,3}}){_LABELS}\s*\]\]")
_LABEL = re.compile(r"\(([a-z]+)\)")
_UNIT = r"\s+|\w+|[^\w\s]"


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number or label of a paragraph that is referred to, where it stands in a printed text.

    Attributes:
        start: Where it begins, in characters.
        end: Where it ends, exclusive.
        target: The paragraph that has this number or label.
    """

    start: int
    end: int
    target: Target


@dataclass(frozen=True, slots=True)
class LiteralReference:
    """Words that look like a reference and do not follow the numbering.

    Attributes:
        span: Where they stand in the stored text.
        words: The words.
        target: The paragraph that has this number now; None when there is none.
        points_right: Whether that paragraph stands above or below as the words say.
    """

    span: Span
    words: str
    target: Target | None
    points_right: bool


class Numbering:
    """The numbers of one draft, worked out once."""

    def __init__(self, draft: Draft) -> None:
        """Number the clauses as the page does: each kind from 1.

        Args:
            draft: The draft.
        """
        counts: Counter[ClauseKind] = Counter()
        self._clauses = {clause.id: clause for clause in draft.clauses}
        self._places = {clause.id: at for at, clause in enumerate(draft.clauses)}
        self._numbers: dict[str, int] = {}
        self._operative: dict[int, str] = {}
        for clause in draft.clauses:
            counts[clause.kind] += 1
            self._numbers[clause.id] = counts[clause.kind]
            if clause.kind is ClauseKind.OPERATIVE:
                self._operative[counts[clause.kind]] = clause.id

    def exists(self, target: Target) -> bool:
        """Tell whether the draft has a paragraph."""
        clause = self._clauses.get(target.clause_id)
        return clause is not None and (not target.path or target.path in paths(outline(clause.text)))

    def exists_clause(self, target: Target) -> bool:
        """Tell whether the draft has the clause of a paragraph, be it without that subparagraph."""
        return target.clause_id in self._clauses

    def shown(self, text: str, clause_id: str) -> str:
        """Return a stored text as a reader sees it, such as ``as stated in paragraph 3 above``.

        Args:
            text: A stored text.
            clause_id: The clause it belongs to, from which "above" and "below" are seen.
        """
        return self.printed(text, clause_id)[0]

    def printed(self, text: str, clause_id: str) -> tuple[str, tuple[PrintedNumber, ...]]:
        """Return a stored text as a reader sees it, and where in it numbers and labels of other paragraphs stand."""
        if "{" not in text:
            return text, ()
        pieces: list[str] = []
        numbers: list[PrintedNumber] = []
        length = 0
        for piece, reference in _pieces(text):
            for words, target in [(piece, None)] if reference is None else self._name(reference, clause_id):
                if target is not None:
                    numbers.append(PrintedNumber(length, length + len(words), target))
                pieces.append(words)
                length += len(words)
        return "".join(pieces), tuple(numbers)

    def stored_offset(self, text: str, clause_id: str, offset: int) -> int:
        """Return the place in a stored text that a place in the shown one stands for.

        A place inside a reference stands for its end, since a reference has no inside.
        """
        stored = shown = 0
        for piece, reference in _pieces(text):
            length = len(piece if reference is None else self._words(reference, clause_id))
            if offset <= shown + length:
                within = offset - shown
                if reference is None:
                    return stored + within
                return stored + (len(piece) if within else 0)
            stored, shown = stored + len(piece), shown + length
        return stored

    def shown_offset(self, text: str, clause_id: str, offset: int) -> int:
        """Return the place in the shown text that a place in the stored one stands for, to select what a rule found.

        A place inside a reference stands for its beginning.
        """
        at = next((held.start for held in references(text) if held.start < offset < held.end), offset)
        return len(self.shown(text[:at], clause_id))

    def stored(self, before: str, edited: str, clause_id: str) -> str:
        """Return what is to be stored when a shown text was edited.

        Args:
            before: The stored text that was shown.
            edited: What it was changed to, in the form in which it was shown.
            clause_id: The clause it belongs to.

        Returns:
            The edited text. A reference that stands in it as it was shown is a reference again, also where it was
            moved to; ``[[3]]`` and ``[[3 (b)]]`` become references when there is such a paragraph. The rest stays as
            it was typed.
        """
        if edited == self.shown(before, clause_id):
            return before
        old = [
            (piece if reference is None else self._words(reference, clause_id), piece if reference else "")
            for piece, reference in _pieces(before)
        ]
        forms = sorted({form for form, token in old if token}, key=len, reverse=True)
        if not forms:
            return self._read_typed(edited)
        unit = re.compile("|".join([*map(_as_a_whole, forms), _UNIT]))
        old_units: list[tuple[str, str]] = []
        for form, token in old:
            old_units += [(form, token)] if token else [(found, "") for found in unit.findall(form)]
        new_units = unit.findall(edited)
        tokens: dict[int, str] = {}
        matched: set[int] = set()
        matcher = SequenceMatcher(None, [form for form, _ in old_units], new_units, autojunk=False)
        for block in matcher.get_matching_blocks():
            for step in range(block.size):
                token = old_units[block.a + step][1]
                matched.add(block.b + step)
                if token:
                    tokens[block.b + step] = token
        moved: defaultdict[str, deque[str]] = defaultdict(deque)
        kept = Counter(tokens.values())
        for form, token in old_units:
            if token and kept[token]:
                kept[token] -= 1
            elif token and not form[0].isdigit():  # a bare number may be any number when it stands elsewhere
                moved[form].append(token)
        for at, form in enumerate(new_units):
            if at not in matched and moved.get(form):
                tokens[at] = moved[form].popleft()
        return self._read_typed("".join(tokens.get(at, unit) for at, unit in enumerate(new_units)))

    def literal_references(self, text: str, clause_id: str) -> tuple[LiteralReference, ...]:
        """Return the words of a stored text that look like a reference and are none."""
        found = []
        for match in _LITERAL.finditer(text):
            number, labels, direction = match.groups()
            target = self._target(number, labels)
            points_right = target is not None and self._direction(target.clause_id, clause_id) == direction.lower()
            found.append(LiteralReference(Span(*match.span()), match.group(), target, points_right))
        return tuple(found)

    def _read_typed(self, text: str) -> str:
        def read(found: re.Match[str]) -> str:
            target = self._target(*found.groups())
            return found.group() if target is None else reference_text(target)

        return _TYPED.sub(read, text)

    def _target(self, number: str, labels: str) -> Target | None:
        clause_id = self._operative.get(int(number))
        target = Target(clause_id or "", tuple(_LABEL.findall(labels)))
        return target if self.exists(target) else None

    def _direction(self, target: str, clause_id: str) -> str:
        own = self._places.get(clause_id, len(self._places))  # a clause that is being typed will stand at the end
        return "above" if self._places[target] < own else "below"

    def _words(self, reference: Reference, clause_id: str) -> str:
        return "".join(words for words, _ in self._name(reference, clause_id))

    def _name(self, reference: Reference, clause_id: str) -> list[tuple[str, Target | None]]:
        """Return what a reference prints, in pieces, each number and label with the paragraph that has it."""
        target = reference.target
        clause = self._clauses.get(target.clause_id)
        if clause is None:
            return [(DELETED, None)]
        if not self.exists(target):
            return [(SUBPARAGRAPH_DELETED, None)]
        labels: list[tuple[str, Target | None]] = []
        for depth, label in enumerate(target.path, start=1):
            labels += [(" ", None), (f"({label})", Target(clause.id, target.path[:depth]))]
        place = "" if reference.number_only or clause.id == clause_id else f" {self._direction(clause.id, clause_id)}"
        number = self._numbers[clause.id]
        match clause.kind:
            case ClauseKind.HEADING:
                return [(f"“{printable(clause.text).line}”{place}", None)]
            case ClauseKind.PREAMBULAR:
                sort = "" if reference.number_only else " preambular paragraph"
                return [(f"{ordinal(number)}{sort}", None), *labels, (place, None)]
            case ClauseKind.OPERATIVE:
                if clause.id == clause_id and not reference.number_only:
                    return [("subparagraph", None), *labels] if labels else [("the present paragraph", None)]
                sort = "" if reference.number_only else "paragraph "
                return [(sort, None), (str(number), Target(clause.id)), *labels, (place, None)]


def _as_a_whole(form: str) -> str:
    """Return a pattern for a reference as it was shown; for a bare number not inside a longer one."""
    return rf"(?<!\w){re.escape(form)}(?!\w)" if form[0].isdigit() else re.escape(form)


def _pieces(text: str) -> Iterator[tuple[str, Reference | None]]:
    """Yield a stored text in order: words, and the stored form of references each with what it says."""
    at = 0
    for reference in references(text):
        if reference.start > at:
            yield text[at : reference.start], None
        yield text[reference.start : reference.end], reference
        at = reference.end
    if at < len(text):
        yield text[at:], None
