"""What the editors of a file did to the draft it was made from: every edit, and none that they did not make.

The file is compared with what was printed, line by line, so that numbers, closing marks and references that Word
counted anew are no edits. Whether the draft has moved on since is not looked at here (`drafting.word.incoming.since`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from drafting.comparison import compare
from drafting.model import Citation, ClauseKind
from drafting.openers import preambular_opener
from drafting.word.incoming.around import edits_around, known_lines
from drafting.word.incoming.edits import Edit, EditKind, Part
from drafting.word.incoming.matching import Match, match
from drafting.word.incoming.printed import PrintedDraft
from drafting.word.incoming.wordings import ALTERNATIVE_NAME, CLAUSE_NAME, Wording, Wordings, wordings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from drafting.model import Draft
    from drafting.word.incoming.reading import WordFile

_PROPOSED, _STOP = "Proposed by ", "."
_PROGRAM = "Rapporteur"  # signs the comments that it writes itself, into an annotated copy
_BRACKETS = str.maketrans("", "", "[] \u00a0")


class Comparison:
    """A file beside the draft it was made from."""

    def __init__(self, file: WordFile, base: Draft) -> None:
        """Compare.

        Args:
            file: The file.
            base: The revision of the draft that the file was made from.
        """
        self._base = base
        self._says_negotiating = file.negotiating
        self._printed = PrintedDraft(base)
        grouped: Wordings = wordings_of(file.paragraphs, known_lines(self._printed.page))
        self._grouped = grouped
        self._matches = match([each for each in grouped.wordings if not each.alternative], self._printed)
        self._cited, self._places = self._printed.cited, self._printed.places
        numbers = count(1)
        self._ids = [each.clause_id or f"w{file.digest}{next(numbers)}" for each in self._matches]
        self._kinds = list(self._kinds_in_file())
        self._new_alternative = (f"a{file.digest}{number}" for number in numbers)
        self._gone_by = {
            found.group(1): paragraph.authors
            for paragraph in grouped.gone
            for bookmark in paragraph.bookmarks
            for pattern in (CLAUSE_NAME, ALTERNATIVE_NAME)
            if (found := pattern.fullmatch(bookmark.name)) is not None
        }

    @property
    def order(self) -> tuple[str, ...]:
        """Ids of the clauses in the order of the file, those that new clauses will have among them."""
        return tuple(self._ids)

    def edits(self) -> tuple[Edit, ...]:
        """Return what was done: around the clauses, to each clause in the order of the file, deletions, comments."""
        edits = [*edits_around(self._base, self._printed.page, self._grouped.around)]
        tails: defaultdict[str, list[int]] = defaultdict(list)
        for at, each in enumerate(self._matches):
            if each.tail_of:
                tails[each.tail_of].append(at)
        moved = self._moved()
        for at, each in enumerate(self._matches):
            if each.clause_id:
                edits += self._clause(each, tails[each.clause_id])
                if each.clause_id in moved:
                    edits.append(self._edit(EditKind.MOVED, each.clause_id, after=self._behind(at)))
            elif not each.tail_of:
                edits += self._new(at, each)
        edits += self._deleted()
        edits += self._alternatives()
        edits += self._comments()
        return tuple(edits)

    def _clause(self, found: Match, tails: list[int]) -> Iterator[Edit]:
        """Yield what was done to a clause that is still there."""
        clause, wording = self._printed.clause(found.clause_id), found.wording
        if wording.kind not in (None, clause.kind):
            yield self._edit(EditKind.KIND, clause.id, clause.kind.value, str(wording.kind), clause_kind=wording.kind)
        wordings = (wording, *(self._matches[at].wording for at in tails))
        if found.merged or tails or not self._printed.says(wording, clause.id):
            after = self._printed.stored(wording, clause.id, clause.id)
            authors = tuple(dict.fromkeys(author for each in wordings for author in each.authors))
            kind, parts = EditKind.CHANGED, tuple[Part, ...]()
            if found.merged:
                kind = EditKind.MERGED
                parts = tuple(Part(each, self._printed.clause(each).text) for each in found.merged)
            elif tails:
                kind = EditKind.SPLIT
                parts = tuple(
                    Part(self._ids[at], self._printed.tail(self._matches[at].wording, clause.id, self._ids[at]))
                    for at in tails
                )
            elif after.translate(_BRACKETS) == clause.text.translate(_BRACKETS):
                kind = EditKind.BRACKETS
            tracked = bool(authors) and not parts and self._printed.was(wording, clause.id)
            yield self._edit(kind, clause.id, clause.text, after, parts=parts, authors=authors, tracked=tracked)
        yield from self._notes(clause.id, (clause.id, *found.merged), wordings)

    def _kinds_in_file(self) -> Iterator[ClauseKind]:
        """Yield the kind of each clause; one whose style says nothing is of the kind of the one above it."""
        above: ClauseKind | None = None
        for each in self._matches:
            known = each.wording.kind or (self._printed.clause(each.clause_id).kind if each.clause_id else None)
            opens = ClauseKind.PREAMBULAR if preambular_opener(each.wording.text) else ClauseKind.OPERATIVE
            yield known or above or opens
            above = above if known is ClauseKind.HEADING else known or above

    def _new(self, at: int, found: Match) -> Iterator[Edit]:
        """Yield a clause that the draft does not have."""
        wording, clause_id = found.wording, self._ids[at]
        text = self._printed.stored(wording, "", clause_id)
        if not text.strip():
            return
        cited = tuple(self._cited[note] for note in wording.notes if note in self._cited)
        yield self._edit(
            EditKind.NEW, clause_id, after=text, clause_kind=self._kinds[at],
            citations=cited, authors=wording.authors, tracked=bool(wording.authors) and not wording.former,
        )  # fmt: skip
        for note in wording.notes:
            if note not in self._cited:
                yield self._edit(EditKind.NOTE_ADDED, clause_id, after=note, applies=False)

    def _notes(
        self, clause_id: str, sources: tuple[str, ...], wordings: tuple[Wording, ...], alternative_id: str = ""
    ) -> Iterator[Edit]:
        """Yield what was done to the notes of a clause or an alternative, of all that it came from and became."""
        expected = Counter(note for each in sources for note in self._printed.notes[each])
        held = Counter(note for each in wordings for note in each.notes)
        for note in (expected - held).elements():
            if not note.startswith(_PROPOSED) and note in self._cited:
                yield self._edit(
                    EditKind.NOTE_REMOVED, clause_id, note, citations=(self._citation(sources, note),),
                    alternative_id=alternative_id,
                )  # fmt: skip
        for note in (held - expected).elements():
            if note.startswith(_PROPOSED):
                who = note.removeprefix(_PROPOSED).removesuffix(_STOP)
                yield self._edit(
                    EditKind.PROPOSER, clause_id, self._proposer(clause_id, alternative_id), who, proposer=who,
                    alternative_id=alternative_id,
                )  # fmt: skip
                continue
            known = self._cited.get(note)
            yield self._edit(
                EditKind.NOTE_ADDED, clause_id, after=note, citations=(known,) if known else (),
                applies=known is not None, alternative_id=alternative_id,
            )  # fmt: skip

    def _citation(self, sources: tuple[str, ...], note: str) -> Citation:
        """Return the citation of a note, that of the clause itself where two print alike."""
        own = (held for each in sources if each in self._places for held in self._printed.clause(each).citations)
        return next((each for each in own if _plain(f"{each.cite()}.") == note), self._cited[note])

    def _moved(self) -> set[str]:
        """Return the fewest clauses that were moved; one that changed its part is no move."""
        changed = {
            each.clause_id
            for each in self._matches
            if each.clause_id and each.wording.kind not in (None, self._printed.clause(each.clause_id).kind)
        }
        now = [each.clause_id for each in self._matches if each.clause_id and each.clause_id not in changed]
        kept = set(now)
        before = tuple(clause for clause in self._base.clauses if clause.id in kept)
        after = tuple(self._printed.clause(clause_id) for clause_id in now)
        compared = compare(replace(self._base, clauses=before), replace(self._base, clauses=after))
        return {each.id for each in compared.clauses if each.moved}

    def _behind(self, at: int) -> str:
        """Return what a drafter calls the clause above a place in the file."""
        above = next((each.clause_id for each in reversed(self._matches[:at]) if each.clause_id), "")
        return f"after {self._places[above]}" if above else "to the beginning"

    def _deleted(self) -> Iterator[Edit]:
        seen = {each.clause_id for each in self._matches} | {gone for each in self._matches for gone in each.merged}
        for clause in self._base.clauses:
            if clause.id not in seen and self._printed.text(clause.id).strip():
                authors = self._gone_by.get(clause.id, ())
                yield self._edit(EditKind.DELETED, clause.id, clause.text, authors=authors, tracked=bool(authors))

    def _alternatives(self) -> Iterator[Edit]:
        """Yield what was done to alternatives; a clean text has none, which says nothing about them.

        A file that lost what it said of itself is a negotiating text when anything in it shows that it was one.
        """
        owners = {other.id: (clause, other) for clause in self._base.clauses for other in clause.alternatives}
        ids = {id(each.wording): identifier for each, identifier in zip(self._matches, self._ids, strict=True)}
        above, seen = "", set()
        for wording in self._grouped.wordings:
            if not wording.alternative:
                above = ids.get(id(wording), above)
                continue
            if wording.alternative_id in owners and wording.alternative_id not in seen:
                clause, other = owners[wording.alternative_id]
                if not wording.text.strip() and self._printed.text(other.id):
                    continue
                seen.add(other.id)
                if not self._printed.says(wording, other.id):
                    after = self._printed.stored(wording, other.id, clause.id)
                    alike = after.translate(_BRACKETS) == other.text.translate(_BRACKETS)
                    tracked = bool(wording.authors) and self._printed.was(wording, other.id)
                    yield self._edit(
                        EditKind.BRACKETS if alike else EditKind.CHANGED, clause.id, other.text, after,
                        alternative_id=other.id, authors=wording.authors, tracked=tracked,
                    )  # fmt: skip
                yield from self._notes(clause.id, (other.id,), (wording,), other.id)
            elif above and wording.text.strip():
                who = next((note for note in wording.notes if note.startswith(_PROPOSED)), _PROPOSED)
                yield self._edit(
                    EditKind.NEW, above, after=self._printed.stored(wording, "", above),
                    alternative_id=next(self._new_alternative), authors=wording.authors,
                    proposer=who.removeprefix(_PROPOSED).removesuffix(_STOP),
                    citations=tuple(self._cited[note] for note in wording.notes if note in self._cited),
                )  # fmt: skip
        negotiating = self._says_negotiating
        if negotiating is None:
            negotiating = bool(self._gone_by.keys() & owners.keys()) or any(
                each.alternative or any(note.startswith(_PROPOSED) for note in each.notes)
                for each in self._grouped.wordings
            )
        if negotiating:
            kept = set(self._ids)
            for identifier, (clause, other) in owners.items():
                if identifier not in seen and clause.id in kept:
                    authors = self._gone_by.get(identifier, ())
                    yield self._edit(
                        EditKind.DELETED, clause.id, other.text, alternative_id=identifier, authors=authors,
                        tracked=bool(authors),
                    )  # fmt: skip

    def _comments(self) -> Iterator[Edit]:
        ids = {id(each.wording): identifier for each, identifier in zip(self._matches, self._ids, strict=True)}
        numbers = count(1)
        above = ""
        held = [("", comment) for each in self._grouped.around.values() for line in each for comment in line.comments]
        for wording in self._grouped.wordings:
            above = ids.get(id(wording), above)
            held += [(above, comment) for comment in wording.comments]
        for clause_id, comment in held:
            if comment.author == _PROGRAM:
                continue
            yield Edit(
                key=f"{EditKind.COMMENT} {next(numbers)}", kind=EditKind.COMMENT, clause_id=clause_id,
                after=comment.text, place=self._places.get(clause_id, ""), words=comment.words,
                authors=(comment.author,) if comment.author else (), applies=False,
            )  # fmt: skip

    def _edit(
        self,
        kind: EditKind,
        clause_id: str,
        before: str = "",
        after: str = "",
        *,
        clause_kind: ClauseKind | None = None,
        parts: tuple[Part, ...] = (),
        citations: tuple[Citation, ...] = (),
        alternative_id: str = "",
        authors: tuple[str, ...] = (),
        tracked: bool = False,
        proposer: str = "",
        applies: bool = True,
    ) -> Edit:
        about = [kind.value, alternative_id or clause_id, *(each.passage_id for each in citations[:1])]
        if kind is EditKind.NOTE_ADDED and not citations:
            about.append(after)
        return Edit(
            key=" ".join(about), kind=kind, clause_id=clause_id, before=before, after=after,
            place=self._places.get(clause_id, ""), alternative_id=alternative_id, clause_kind=clause_kind,
            parts=parts, citations=citations, authors=authors, tracked=tracked, proposer=proposer, applies=applies,
        )  # fmt: skip

    def _proposer(self, clause_id: str, alternative_id: str) -> str:
        clause = self._printed.clause(clause_id)
        return next((each.proposer for each in clause.alternatives if each.id == alternative_id), clause.proposer)


def _plain(text: str) -> str:
    return " ".join(text.split())
