"""What others need to know of a corpus without reading it: its digest, equal passages, and a passage as plain data.

One text can have many provenances: paragraphs that two reports share word for word are all kept, and this is where they
are told. It doesn't read files and doesn't search.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.model import Corpus, Passage, Source


def corpus_digest(corpus: Corpus) -> str:
    """Return a digest of all that was read, as SHA-256 in lower-case hex.

    It covers every field of every source and passage, so it changes when a document changes and also when the same
    document is read differently.
    """
    # A frozen dataclass names every field in its repr; turning it into plain data first takes five times as long.
    return hashlib.sha256(repr(corpus).encode("utf-8", "surrogatepass")).hexdigest()


def identical_passages(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Return, for each passage whose text occurs elsewhere too, the ids of the others; white space doesn't count."""
    by_text: dict[str, list[str]] = defaultdict(list)
    for passage in corpus.passages:
        by_text[" ".join(passage.text.split())].append(passage.id)
    return {
        passage_id: tuple(other for other in ids if other != passage_id)
        for ids in by_text.values()
        if len(ids) > 1
        for passage_id in ids
    }


def passage_json(passage: Passage, source: Source) -> dict[str, object]:
    """Return a passage as plain data that `json` can write.

    Args:
        passage: The passage.
        source: Its source, which knows region and congress.
    """
    return {
        "id": passage.id,
        "symbol": passage.symbol,
        "region": source.region,
        "congress": source.congress,
        "heading": list(passage.heading),
        "container": passage.locator.container,
        "within": passage.locator.within,
        "paragraph": passage.locator.paragraph,
        "subparagraph": list(passage.locator.subparagraph),
        "cite": passage.cite(),
        "kind": passage.kind.value,
        "standing": passage.standing.value,
        "voice": passage.voice,
        "chapeau": passage.chapeau,
        "text": passage.text,
        "footnotes": [{"mark": note.mark, "text": note.text} for note in passage.footnotes],
        "spans": [[span.start, span.end] for span in passage.spans],
    }
