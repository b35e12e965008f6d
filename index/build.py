"""Building the index: embed what is new, keep what is not, put the result in force in one step.

A window's key is made of its passage's id and its words, so a vector that is already there under that key is the one
the model would make again, and it never comes to stand for another passage. Knows the corpus and an encoder; does not
know which model, nor who watches the progress.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus import corpus_digest
from corpus.errors import IndexFolderError
from corpus.model import Corpus, Passage
from index.encoder import Encoder, Vectors, encoded
from index.faiss_store import FaissStore
from index.folder import (
    WINDOW,
    Generation,
    Windows,
    check_writable,
    read_generation,
    read_manifest,
    whole_bounds,
    write,
)
from index.late import TokenIndex, WindowTokens, tokens_of
from index.lexical import LexicalIndex
from index.passage_words import PassageWords
from index.pooling import mean_passage
from index.windows import windows
from index.words import STOP_WORDS

Progress = Callable[[Sequence[int]], Iterable[int]]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build changed.

    Attributes:
        passages: Passages in the index now.
        added: Passages that were not there before.
        changed: Passages whose text is another than before.
        removed: Passages that are no longer there.
        windows: Windows in the index now.
        embedded: Windows that had to be embedded.
        previous: Why nothing could be taken from the index before; empty when it could, or when there was none.
    """

    passages: int
    added: int
    changed: int
    removed: int
    windows: int
    embedded: int
    previous: str = ""


def build(corpus: Corpus, encoder: Encoder, folder: Path, progress: Progress = iter) -> BuildReport:
    """Build or update the index of a corpus.

    Args:
        corpus: What to index.
        encoder: The model.
        folder: The index folder; made when missing.
        progress: Wraps the numbers of the windows to embed, to show how far the work is.

    Returns:
        What was changed.

    Raises:
        StorageError: The folder cannot be written; an index that was there is still in force.
    """
    check_writable(folder)
    before, why = _previous(folder, encoder)
    found, texts = _windows(corpus.passages, encoder)
    vectors = np.zeros((len(found), encoder.card.dimension), dtype=np.float32)
    tokens: dict[int, WindowTokens] = {}
    kept = _Kept(before)
    wanted = []
    for number, key in enumerate(found["key"]):
        if not kept.restore(int(key), number, vectors, tokens, whole=bool(found["whole"][number])):
            wanted.append(number)
    for number in progress(wanted):
        encoding = encoder.encode_passage(texts[number])
        vectors[number] = encoding.vector
        if found["whole"][number]:
            tokens[number] = tokens_of(encoding)
    kept_tokens = [tokens[number] for number in sorted(tokens)]
    late = TokenIndex.build(kept_tokens, encoder.card.dimension, stop_tokens(encoder))
    passages = [passage.text for passage in corpus.passages]
    whole = whole_bounds(found, len(passages))
    pooled, lexical = late.pooled(whole), LexicalIndex.build(passages)
    starts = found["start"][found["whole"]]
    generation = Generation(
        passages=tuple((passage.id, _sha256(passage.text)) for passage in corpus.passages),
        windows=found,
        vectors=FaissStore.build(np.ascontiguousarray(found["key"]), vectors),
        tokens=late,
        pooled=pooled,
        words=PassageWords.build(passages, late, whole, starts, lexical, mean_passage(pooled)),
        lexical=lexical,
    )
    write(folder, generation, encoder.card, corpus_digest(corpus))
    return _report(kept.passages, dict(generation.passages), len(found), len(wanted), why)


def window_key(passage_id: str, text: str) -> int:
    """Return the key of a window: 63 bits of SHA-256 over the passage's id and the window's words."""
    digest = hashlib.sha256(f"{passage_id}\n{text}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def stop_tokens(encoder: Encoder) -> npt.NDArray[np.int32]:
    """Return the ids of the tokens that are stop words, ascending; a word of several tokens names none of them."""
    words = sorted(STOP_WORDS)
    frame, *counts = encoder.token_counts(["", *words], query=True)
    single = [word for word, count in zip(words, counts, strict=True) if count == frame + 1]
    ids = [np.zeros(0, np.int32), *(encoding.token_ids for encoding in encoded(encoder, " ".join(single)))]
    found = np.unique(np.concatenate(ids))
    return found[(found >= 0) & ~np.isin(found, encoder.encode_query("").token_ids)].astype(np.int32)


class _Kept:
    """What the index before has: its passages with their digests, and its vectors by the windows' keys."""

    def __init__(self, before: Generation | None) -> None:
        self.passages = {} if before is None else dict(before.passages)
        self._before = before
        windows = np.zeros(0, dtype=WINDOW) if before is None else before.windows
        self._keys = {int(key) for key in windows["key"]}
        self._whole = {int(key): number for number, key in enumerate(windows["key"][windows["whole"]])}

    def restore(self, key: int, number: int, vectors: Vectors, tokens: dict[int, WindowTokens], *, whole: bool) -> bool:
        """Put the vectors of a key into their place; return whether they were there."""
        if self._before is None or key not in self._keys or (whole and key not in self._whole):
            return False
        vectors[number] = self._before.vectors.get(np.array([key], dtype=np.int64))[0]
        if whole:
            tokens[number] = self._before.tokens.window(self._whole[key])
        return True


def _previous(folder: Path, encoder: Encoder) -> tuple[Generation | None, str]:
    """Return the index before, when its vectors are this model's; else None and the reason."""
    if not (folder / "manifest.json").exists():
        return None, ""
    try:
        manifest = read_manifest(folder)
        if manifest.model.digest != encoder.card.digest:
            return None, f"it was built with another model, {manifest.model.name}"
        return read_generation(folder, manifest), ""
    except IndexFolderError as error:
        return None, error.problem.rstrip(".")


def _windows(passages: Sequence[Passage], encoder: Encoder) -> tuple[Windows, list[str]]:
    """Return the windows of passages, and the text of each; words that a passage repeats are embedded once."""
    rows: list[tuple[int, int, int, int, bool]] = []
    texts: list[str] = []
    for number, passage in enumerate(passages):
        seen: set[int] = set()
        for span, whole in windows(passage.text, encoder.card.window, encoder.token_counts):
            text = passage.text[span.start : span.end]
            key = window_key(passage.id, text)
            if key not in seen:
                seen.add(key)
                rows.append((key, number, span.start, span.end, whole))
                texts.append(text)
    return np.array(rows, dtype=WINDOW), texts


def _report(before: dict[str, str], now: dict[str, str], found: int, embedded: int, why: str) -> BuildReport:
    return BuildReport(
        passages=len(now),
        added=len(now.keys() - before.keys()),
        changed=sum(before[passage_id] != digest for passage_id, digest in now.items() if passage_id in before),
        removed=len(before.keys() - now.keys()),
        windows=found,
        embedded=embedded,
        previous=why,
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
