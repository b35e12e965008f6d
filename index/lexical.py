"""The lexical index: BM25 over the words of the passages (bm25s).

It finds what a vector blurs, such as a resolution's number or an acronym, and it answers before the model is loaded.
It knows positions, not passages: score i belongs to the i-th text it was built from.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError
from index.words import stems


class LexicalIndex:
    """BM25 (Lucene's form, k1 1.5, b 0.75) over stemmed words without stop words."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Return the index of texts. The vocabulary is sorted, so that the same texts give the same files."""
        documents = [stems(text) for text in texts]
        vocabulary = {stem: number for number, stem in enumerate(sorted({"", *(s for d in documents for s in d)}))}
        bm25 = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        with np.errstate(invalid="ignore"):  # texts without a single word have a mean length of 0
            bm25.index(
                ([[vocabulary[stem] for stem in document] for document in documents], vocabulary), show_progress=False
            )
        return cls(bm25)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Return the index in a folder.

        Raises:
            IndexFolderError: The folder is missing, or is not such an index.
        """
        try:
            return cls(bm25s.BM25.load(str(folder), load_corpus=False))
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            raise IndexFolderError(
                f"The word index in {folder} cannot be read.",
                "Run `python -m drafting index` to build the index again.",
            ) from error

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        self._bm25.save(str(folder), show_progress=False)

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """Return the BM25 score of every text for a query, shape (texts,); 0 where no word is shared."""
        known = [stem for stem in stems(query) if stem and stem in self._bm25.vocab_dict]
        if not known:
            return np.zeros(int(self._bm25.scores["num_docs"]), dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)

    def shares(self, query: str) -> npt.NDArray[np.float32]:
        """Return the BM25 scores over the sum of the query words' IDF, shape (texts,): 0 to about 1 in every search.

        A word that no text has weighs as much as any can: a query of which half is unknown is not half matched.
        """
        texts = int(self._bm25.scores["num_docs"])
        unknown = float(np.log(1 + (texts + 0.5) / 0.5))
        total = sum(self.rarity(stem) or unknown for stem in stems(query)) or 1.0
        return np.asarray(self.scores(query) / total, dtype=np.float32)

    def rarity(self, stem: str) -> float:
        """Return the weight of a word by its rarity in the texts: 0 when none has it, higher the fewer have it."""
        having, texts = self._having(stem), int(self._bm25.scores["num_docs"])
        return float(np.log(1 + (texts - having + 0.5) / (having + 0.5))) if having else 0.0

    def share(self, stem: str) -> float:
        """Return the share of the texts that have a word."""
        having = self._having(stem)
        return having / int(self._bm25.scores["num_docs"]) if having else 0.0

    def number(self, stem: str) -> int:
        """Return the number of a word in the vocabulary; -1 when no text has it."""
        return int(self._bm25.vocab_dict.get(stem, -1)) if stem else -1

    def _having(self, stem: str) -> int:
        """Return how many texts have a word."""
        number = self.number(stem)
        if number < 0:
            return 0
        pointers = self._bm25.scores["indptr"]
        return int(pointers[number + 1] - pointers[number])
