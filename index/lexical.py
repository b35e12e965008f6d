"""The lexical index: BM25 over the words of the passages, worked out by bm25s when it is built.

It finds what a vector blurs, such as a resolution's number or an acronym, and it answers before the model is loaded.
Every word's score in every text is worked out beforehand, so a query only adds up columns: bm25s, which brings SciPy
with it, is not imported for that. It knows positions, not passages: score i belongs to the i-th text it was built from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError
from index.words import stems

_ARRAYS = ("columns", "texts", "scores")
_WORDS = "words.json"


class LexicalIndex:
    """BM25 (Lucene's form, k1 1.5, b 0.75) over stemmed words without stop words."""

    def __init__(
        self,
        vocabulary: Mapping[str, int],
        columns: npt.NDArray[np.int64],
        texts: npt.NDArray[np.int32],
        scores: npt.NDArray[np.float32],
        size: int,
    ) -> None:
        """Bind the columns of a sparse matrix, one a word.

        Args:
            vocabulary: The number of every stem, in the order of the numbers, from 0.
            columns: Where each column begins, and the end of the last, shape (words + 1,).
            texts: The texts that have the word, column after column, shape (pairs,).
            scores: The BM25 score of the word in each of them, shape (pairs,).
            size: How many texts there are.
        """
        self._vocabulary, self._columns, self._texts, self._scores = vocabulary, columns, texts, scores
        self._size = size
        self._words = tuple(vocabulary)

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Return the index of texts. The vocabulary is sorted, so that the same texts give the same files."""
        import bm25s

        documents = [stems(text) for text in texts]
        vocabulary = {stem: number for number, stem in enumerate(sorted({"", *(s for d in documents for s in d)}))}
        bm25 = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        with np.errstate(invalid="ignore"):  # texts without a single word have a mean length of 0
            bm25.index(
                ([[vocabulary[stem] for stem in document] for document in documents], vocabulary), show_progress=False
            )
        made = bm25.scores
        return cls(
            vocabulary,
            np.asarray(made["indptr"], dtype=np.int64),
            np.asarray(made["indices"], dtype=np.int32),
            np.asarray(made["data"], dtype=np.float32),
            len(texts),
        )

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Return the index in a folder; the columns stay on disk until they are needed.

        Raises:
            IndexFolderError: The folder is missing, or is not such an index.
        """
        try:
            described = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
            vocabulary = {stem: number for number, stem in enumerate(described["words"])}
            columns, texts, scores = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS)
            # A plain array over the same file is quicker to index than numpy's memmap.
            return cls(vocabulary, np.asarray(columns), np.asarray(texts), np.asarray(scores), int(described["texts"]))
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexFolderError(
                f"The word index in {folder} cannot be read.",
                "Run `python -m drafting index` to build the index again.",
            ) from error

    def save(self, folder: Path) -> None:
        """Write the index to a folder that does not exist yet."""
        folder.mkdir()
        arrays: tuple[npt.NDArray[np.generic], ...] = (self._columns, self._texts, self._scores)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / f"{name}.npy", array, allow_pickle=False)
        described = {"texts": self._size, "words": self._words}
        (folder / _WORDS).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """Return the BM25 score of every text for a query, shape (texts,); 0 where no word is shared."""
        total = np.zeros(self._size, dtype=np.float32)
        for stem in stems(query):
            if stem in self._vocabulary:
                number = self._vocabulary[stem]
                column = slice(self._columns[number], self._columns[number + 1])
                total[self._texts[column]] += self._scores[column]  # a text stands once in a column
        return total

    def shares(self, query: str) -> npt.NDArray[np.float32]:
        """Return the BM25 scores over the sum of the query words' IDF, shape (texts,): 0 to about 1 in every search.

        A word that no text has weighs as much as any can: a query of which half is unknown is not half matched.
        """
        unknown = float(np.log(1 + (self._size + 0.5) / 0.5))
        total = sum(self.rarity(stem) or unknown for stem in stems(query)) or 1.0
        return np.asarray(self.scores(query) / total, dtype=np.float32)

    def rarity(self, stem: str) -> float:
        """Return the weight of a word by its rarity in the texts: 0 when none has it, higher the fewer have it."""
        having = self._having(stem)
        return float(np.log(1 + (self._size - having + 0.5) / (having + 0.5))) if having else 0.0

    def share(self, stem: str) -> float:
        """Return the share of the texts that have a word."""
        return self._having(stem) / max(self._size, 1)

    def number(self, stem: str) -> int:
        """Return the number of a word in the vocabulary; -1 when no text has it."""
        return self._vocabulary.get(stem, -1)

    def word(self, number: int) -> str:
        """Return the word of a number."""
        return self._words[number]

    def _having(self, stem: str) -> int:
        """Return how many texts have a word."""
        number = self.number(stem)
        return int(self._columns[number + 1] - self._columns[number]) if number >= 0 else 0
