"""Rules about how a draft hangs together: brackets, references, agreement, duplicates, masthead."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING

from corpus.model import Span
from drafting.brackets import brackets, has_brackets
from drafting.lint.finding import Finding, Fix, Rule, Severity
from drafting.masthead import FIELDS, field_text
from drafting.model import ClauseState
from drafting.negotiation import set_state
from drafting.operations import designation
from drafting.references import references
from drafting.referring import make_live
from drafting.wording import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafting.lint.reading import Reading, Wording

_RUN = 5
"""Words in a run that two clauses are compared by."""
_ALIKE = 0.8
"""Share of the runs of the shorter clause from which on two clauses are near-identical."""
_COMMON = 8
"""Clauses from which on a run of words is a formula, such as "in accordance with domestic law", and tells nothing."""
_FEWEST_RUNS = 4


def _unbalanced(reading: Reading) -> Iterator[Finding]:
    """Yield brackets without a partner."""
    for wording in reading.wordings:
        for place in brackets(wording.text).unmatched if has_brackets(wording.text) else ():
            which = "closes nothing" if wording.text[place] == "]" else "is never closed"
            sentence = f"This square bracket {which}."
            yield wording.finding("unbalanced-bracket", Severity.ERROR, sentence, Span(place, place + 1))


def _disputed_yet_agreed(reading: Reading) -> Iterator[Finding]:
    """Yield agreed clauses that still have brackets or alternatives."""
    for clause in reading.draft.clauses:
        if clause.state is ClauseState.AGREED and (clause.alternatives or has_brackets(clause.text)):
            what = "alternatives" if clause.alternatives else "square brackets"
            fix = Fix("Open the clause again", partial(set_state, clause_id=clause.id, state=ClauseState.OPEN))
            yield Finding(
                "disputed-yet-agreed",
                Severity.ERROR,
                f"This clause is marked as agreed and still has {what}.",
                clause.id,
                fix=fix,
            )


def _dangling(reading: Reading) -> Iterator[Finding]:
    """Yield references to paragraphs that were deleted."""
    for wording in reading.wordings:
        for reference in references(wording.text):
            if not reading.numbering.exists(reference.target):
                what = "subparagraph" if reading.numbering.exists_clause(reference.target) else "paragraph"
                sentence = f"This clause refers to a {what} that was deleted."
                span = Span(reference.start, reference.end)
                yield wording.finding("dangling-reference", Severity.ERROR, sentence, span)


def _literal(reading: Reading) -> Iterator[Finding]:
    """Yield words such as "paragraph 3 above" that do not follow the numbering."""
    for wording in reading.wordings:
        clause_id = wording.clause.id
        for literal in reading.numbering.literal_references(wording.text, clause_id):
            fix = None
            severity = Severity.WARNING
            if literal.target is None:
                sentence = f"“{literal.words}” names a paragraph that is not in the draft."
            elif not literal.points_right:
                sentence = f"“{literal.words}”: the paragraph with this number does not stand there."
            else:
                severity = Severity.NOTE
                sentence = f"“{literal.words}” was typed as words and does not follow when paragraphs are moved."
                if not wording.alternative_id:
                    fix = Fix("Let it follow", partial(make_live, clause_id=clause_id, span=literal.span))
            yield wording.finding("literal-reference", severity, sentence, literal.span, fix)


def _duplicates(reading: Reading) -> Iterator[Finding]:
    """Yield clauses that say what an earlier one says, word for word or nearly.

    Near-identical clauses share most of their runs of words. A run that many clauses have is a formula and is not
    counted, which also keeps this linear in the length of the draft.
    """
    first: dict[tuple[str, ...], Wording] = {}
    runs: dict[str, frozenset[tuple[str, ...]]] = {}
    for wording in reading.wordings:
        if wording.is_heading or wording.alternative_id:
            continue
        said = sentences(wording.text)
        same = first.setdefault(said, wording)
        if said and same is not wording:
            earlier = _designation(reading, same)
            yield wording.finding("duplicate", Severity.WARNING, f"This clause says the same as the {earlier}.")
        else:
            runs[wording.clause.id] = _runs(said)
    yield from _near_duplicates(reading, runs)


def _near_duplicates(reading: Reading, runs: dict[str, frozenset[tuple[str, ...]]]) -> Iterator[Finding]:
    by_id = {wording.clause.id: wording for wording in reading.wordings if not wording.alternative_id}
    clauses_with = Counter(run for held in runs.values() for run in held)
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for clause_id, held in runs.items():
        shared: Counter[str] = Counter()
        for run in held:
            if 1 < clauses_with[run] < _COMMON:
                for other in holders[run]:
                    shared[other] += 1
                holders[run].append(clause_id)
        alike = {
            other
            for other, count in shared.items()
            if count >= _FEWEST_RUNS and count >= _ALIKE * min(len(held), len(runs[other]))
        }
        if alike:
            first = next(other for other in runs if other in alike)
            sentence = f"This clause says nearly the same as the {_designation(reading, by_id[first])}."
            yield by_id[clause_id].finding("duplicate", Severity.NOTE, sentence)


def _designation(reading: Reading, wording: Wording) -> str:
    """Return what a drafter calls the clause of a wording."""
    return designation(reading.draft, wording.clause.id)


def _runs(said: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    words = " ".join(said).lower().split()
    return frozenset(zip(*(words[at:] for at in range(_RUN)), strict=False))


def _masthead(reading: Reading) -> Iterator[Finding]:
    """Yield fields of the masthead that say nothing."""
    for field in FIELDS:
        if not field_text(reading.draft, field.name).strip():
            sentence = f"The masthead leaves out: {field.label.lower()}."
            yield Finding("masthead", Severity.NOTE, sentence, field=field.name)


STRUCTURE_RULES = (
    Rule("unbalanced-bracket", "Brackets without a partner", _unbalanced),
    Rule("disputed-yet-agreed", "Agreed clauses that are still disputed", _disputed_yet_agreed),
    Rule("dangling-reference", "References to deleted paragraphs", _dangling),
    Rule("literal-reference", "References that do not follow the numbering", _literal),
    Rule("duplicate", "Clauses that say the same", _duplicates),
    Rule("masthead", "Empty fields of the masthead", _masthead),
)
