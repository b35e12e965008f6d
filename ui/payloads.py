"""What the desk's components are given: plain data made from hits and drafts, without a screen.

Pure functions, so that what a card or a row says is tested without a browser. Text is passed as text; the components
never read it as markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from corpus.model import Corpus, Genre, Passage, Source, Span, ordinal
from drafting.model import Clause, Draft, Style
from drafting.operations import designation
from index.alignment import Link
from index.bands import Band
from index.search import Hit, SearchResult
from ui.wordings import wordings

BANDS = {Band.CLOSE: "Close match", Band.PARTIAL: "Partial match", Band.RELATED: "Related in topic"}
EXAMPLES = (
    "Strengthen international cooperation against cybercrime, including the handling of electronic evidence",
    "Alternatives to imprisonment and the social reintegration of offenders",
    "Protect the rights of victims of trafficking in persons and smuggled migrants",
)
_COLORS = ("orange", "green", "violet", "blue")


def color_of(source: Source, corpus: Corpus) -> str:
    """Return the colour of a source's region, the same on every screen; gray for what no region said."""
    regions = sorted({other.region for other in corpus.sources if other.region})
    return _COLORS[regions.index(source.region) % len(_COLORS)] if source.region else "gray"


def speaker(source: Source) -> str:
    """Return who speaks, for a chip or a count: the region, or the genre of a document of no region."""
    return source.region or source.genre.value.capitalize()


def congress_label(congress: int) -> str:
    """Return the name of a congress on a pill or a chip, such as ``Fourteenth Congress``."""
    return f"{ordinal(congress).capitalize()} Congress"


def runs(text: str, alignment: Iterable[Link], clause: str) -> list[tuple[str, str, str]]:
    """Return a passage's text in pieces; together they are the text.

    Each has how it is marked (``equal`` for a word of the clause, ``near`` for one close to it in meaning, empty for
    neither) and what to say of the mark.
    """
    answers: dict[Span, list[Link]] = {}
    for link in alignment:
        answers.setdefault(link.passage, []).append(link)
    pieces: list[tuple[str, str, str]] = []
    at = 0
    for mark, found in sorted(answers.items(), key=lambda answer: answer[0].start):
        same = any(link.same_stem for link in found)
        told = (link.clause for link in found if link.same_stem or not same)
        words = _quoted(clause[span.start : span.end] for span in told)
        about = f"Your text has {words}" if same else f"Close in meaning to {words} in your text"
        pieces += [(text[at : mark.start], "", ""), (text[mark.start : mark.end], "equal" if same else "near", about)]
        at = mark.end
    pieces.append((text[at:], "", ""))
    return [piece for piece in pieces if piece[0]]


def results_payload(
    result: SearchResult,
    corpus: Corpus,
    *,
    draft: Draft | None,
    pending: Sequence[str],
    target: str,
    show_related: bool,
    more: bool,
    suggests: bool = False,
) -> dict[str, Any]:
    """Return what the results component shows for a search.

    Args:
        result: The search.
        corpus: For the regions' colours.
        draft: The draft, to say which passages it cites; None when there is none yet.
        pending: Ids of the passages that the clause being typed will cite.
        target: Id of the clause that citations go to; empty for the one being typed.
        show_related: Whether hits are shown although none is close.
        more: Whether there may be more hits than these.
        suggests: Whether one click adds a suggestion where there is one for the whole passage.
    """
    hidden = result.nothing_close and not show_related and not result.words_only
    groups = () if hidden else result.groups
    hits = [hit for group in groups for hit in group]
    counts = Counter((speaker(hit.source), color_of(hit.source, corpus)) for hit in hits)
    cards = [
        {**_card(hit, result.query, corpus, draft, pending, target), **_in_group(hit, group, corpus, draft, suggests)}
        for group in groups
        for hit in group
    ]
    if result.words_only:
        cards = [
            card if hit.named else {**card, "band": "Shares words"} for card, hit in zip(cards, hits, strict=True)
        ]  # how close it is only the model can say
    return {
        "title": _title(result, len(hits)) if hits else "",
        "counts": [{"label": f"{label} {n}", "color": color} for (label, color), n in counts.most_common()],
        "note": _note(result),
        "hits": cards,
        "legend": _legend(hits),
        "unbacked": [] if hidden else _unbacked(result),
        "more": f"Show the {len(result.hits)} nearest anyway" if hidden and result.hits else "Show more" * more,
        "examples": [],
        "exampleTitle": "",
    }


def empty_payload(*, examples: bool = True) -> dict[str, Any]:
    """Return what the results component shows before anything is typed.

    Args:
        examples: Whether to offer phrases to begin with.
    """
    return {
        "title": "",
        "counts": [],
        "note": "Type a clause or a phrase above, and the passages of the regional reports closest to it appear here.",
        "hits": [],
        "legend": [],
        "unbacked": [],
        "more": "",
        "examples": list(EXAMPLES) if examples else [],
        "exampleTitle": "Or try one of these" if examples else "",
    }


def blank_payload() -> dict[str, Any]:
    """Return what the results component shows when a text is there that cannot be searched: nothing."""
    return {**empty_payload(examples=False), "note": ""}


def _title(result: SearchResult, shown: int) -> str:
    """Say how many passages are shown, and out of how many: a number shown is not a number of votes."""
    if result.words_only:
        return "1 passage that shares words with this" if shown == 1 else f"{shown} passages that share words with this"
    return f"The {f'{shown} ' if shown > 1 else ''}closest of {result.searched:,} passages"


def _note(result: SearchResult) -> str:
    if not result.searched:
        return "No passage is left by these filters. Take one away to search more."
    if not result.hits:
        return f"None of the {result.searched:,} passages searched has a word of this."
    if result.nothing_close and not result.words_only:
        return (
            f"None of the {result.searched:,} passages searched comes close to this. "
            "The nearest share its topic at most; they do not back it."
        )
    if result.none_the_same:
        return "Close in subject: no passage says the same as this."
    return ""


def _legend(hits: Sequence[Hit]) -> list[tuple[str, str]]:
    """Return what the marks of some hits mean: how each kind looks, and what it says."""
    stems = {link.same_stem for hit in hits for link in hit.alignment}
    kinds = (("equal", "word of your text", True), ("near", "word close to one of yours in meaning", False))
    return [(look, meaning) for look, meaning, same in kinds if same in stems]


def _unbacked(result: SearchResult) -> list[str]:
    """Return the words of the text that no passage shown backs; where none is close the note says that of all."""
    return [] if result.nothing_close else list(result.unbacked_words)


def _quoted(words: Iterable[str]) -> str:
    """Return words in quotation marks, each once."""
    return " and ".join(f"“{word}”" for word in {word.casefold(): word for word in words}.values())


def _card(
    hit: Hit, query: str, corpus: Corpus, draft: Draft | None, pending: Sequence[str], target: str
) -> dict[str, Any]:
    passage, source = hit.passage, hit.source
    citing = [clause for clause in (draft.clauses if draft else ()) if _cites(clause, passage.id)]
    aimed = _clause(draft, target)
    return {
        "id": passage.id,
        "region": f"{speaker(source)} · {congress_label(source.congress)}",
        "color": color_of(source, corpus),
        "band": "Named in your text" if hit.named else BANDS[hit.band],
        "cite": passage.cite(),
        "href": source.url,
        "path": " › ".join(passage.heading),
        "standing": _standing(passage, source),
        "chapeau": passage.chapeau,
        "runs": runs(passage.text, hit.alignment, query),
        "added": f"In the draft: {', '.join(_name(draft, clause) for clause in citing)}" if draft and citing else "",
        "citeLabel": f"Cite in {_name(draft, aimed)}" if draft and aimed else "Cite in the clause above",
        "cited": _cites(aimed, passage.id) if aimed else passage.id in pending,
    }


def _in_group(hit: Hit, group: Sequence[Hit], corpus: Corpus, draft: Draft | None, suggests: bool) -> dict[str, Any]:
    """Return what a card says as one of those with the same words; the first offers to add them, citing all."""
    first, *others = group
    if hit is not first:
        return {"same": f"The same words as {first.passage.cite()}, above.", "joined": True}
    shown = {other.passage.id for other in others}
    style = draft.style if draft else Style.DECLARATION
    return {
        "same": _same([other for other in hit.identical if other.id not in shown], corpus),
        "joined": False,
        "with": [other.passage.id for other in others],
        "addLabel": "Add to draft" + (f", citing {'both' if len(others) == 1 else f'all {len(group)}'}" * bool(others)),
        "wording": wordings(hit.passage, style, suggests=suggests),
    }


def _standing(passage: Passage, source: Source) -> str:
    """Return what a passage is, with what authority it was said, and by whom."""
    if source.genre is Genre.DISCUSSION_GUIDE:
        return f"{passage.kind.value.capitalize()} of the discussion guide, which speaks for no region"
    return f"{passage.kind.value.capitalize()} · standing: {passage.standing.value} · voice: {passage.voice}"


def _same(others: Sequence[Passage], corpus: Corpus) -> str:
    sources = {source.symbol: source for source in corpus.sources}
    places = [f"{other.cite()} ({speaker(sources[other.symbol])})" for other in others]
    return f"The same words stand in {'; '.join(places)}." if places else ""


def _cites(clause: Clause, passage_id: str) -> bool:
    return any(citation.passage_id == passage_id for citation in clause.citations)


def _clause(draft: Draft | None, clause_id: str) -> Clause | None:
    return next((clause for clause in (draft.clauses if draft else ()) if clause.id == clause_id), None)


def _name(draft: Draft, clause: Clause) -> str:
    return designation(draft, clause.id)
