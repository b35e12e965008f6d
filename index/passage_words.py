"""The words of every passage as the alignment needs them: where they stand, what they are matched by, their vectors.

They are made when the index is built, so that a search has only to look them up. A word's vector is kept like a token's
(`index.late`): one byte a number with one scale a word. Knows arrays only; how a word gets its vector is said in
`index.alignment`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError
from index.alignment import Side, side, word_vectors, words_of_tokens
from index.encoder import Vectors
from index.late import TokenIndex, coded
from index.lexical import LexicalIndex
from index.words import Word, words

Numbers = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

_ARRAYS = ("bounds", "spans", "stems", "least", "codes", "scales")


@dataclass(frozen=True, slots=True)
class PassageWords:
    """The words of all passages, one passage after the other.

    Attributes:
        bounds: Where the words of each passage begin, and the end of the last, shape (passages + 1,).
        spans: Where they stand in their passage's text, shape (words, 2).
        stems: The number of each in the word index, shape (words,).
        least: The least cosine that a link of each takes, shape (words,).
        codes: Their vectors, a byte a number, shape (words, dimension).
        scales: What a word's codes are multiplied by, shape (words,).
    """

    bounds: Integers
    spans: npt.NDArray[np.int32]
    stems: npt.NDArray[np.int32]
    least: Numbers
    codes: npt.NDArray[np.int8]
    scales: Numbers

    @classmethod
    def build(
        cls,
        texts: Sequence[str],
        tokens: TokenIndex,
        whole: Integers,
        starts: npt.NDArray[np.int32],
        lexical: LexicalIndex,
        mean: Vectors,
    ) -> PassageWords:
        """Return the words of passages.

        Args:
            texts: Their texts.
            tokens: The tokens of the windows that cover them.
            whole: The number of each passage's first window, and the end of the last, shape (passages + 1,).
            starts: Where each window begins in its passage's text.
            lexical: The word index of the passages.
            mean: The mean passage, shape (dimension,).
        """
        sides: list[Side] = []
        codes, scales = [np.zeros((0, len(mean)), dtype=np.int8)], [np.zeros(0, dtype=np.float32)]
        for text, (first, last) in zip(texts, pairwise(whole.tolist()), strict=True):
            found = tuple(words(text))
            numbers = [lexical.number(word.stem) for word in found]
            sides.append(side(text, found, numbers, [lexical.share(word.stem) for word in found]))
            made = coded(_vectors(found, tokens, range(first, last), starts, mean), 127)
            codes.append(made[0])
            scales.append(made[1])
        return cls(
            np.cumsum([0, *(len(each.stems) for each in sides)], dtype=np.int64),
            np.concatenate([np.zeros((0, 2), dtype=np.int32), *(each.spans for each in sides)]),
            np.concatenate([np.zeros(0, dtype=np.int32), *(each.stems for each in sides)]).astype(np.int32),
            np.concatenate([np.zeros(0, dtype=np.float32), *(each.least for each in sides)]),
            np.concatenate(codes),
            np.concatenate(scales),
        )

    @classmethod
    def open(cls, folder: Path) -> PassageWords:
        """Return the words in a folder; they stay on disk until they are needed.

        Raises:
            IndexFolderError: The folder is missing, or does not hold such words.
        """
        try:
            # A plain array over the same file is quicker to index than numpy's memmap.
            arrays = {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS}
        except (OSError, ValueError, EOFError) as error:
            raise IndexFolderError(
                f"The words of the passages in {folder} cannot be read.",
                "Run `python -m drafting index` to build the index again.",
            ) from error
        return cls(**arrays)

    def save(self, folder: Path) -> None:
        """Write the words to a folder that does not exist yet."""
        folder.mkdir()
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name), allow_pickle=False)

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self.bounds) - 1

    def beside(self, clause: Vectors, numbers: Iterable[int]) -> tuple[list[Side], Vectors]:
        """Return the words of some passages, and the cosine of each word of a clause with each of them.

        Args:
            clause: Vectors of the clause's words, shape (words, dimension).
            numbers: Numbers of passages.

        Returns:
            The words, and the cosines, one passage after the other, shape (words of the clause, words of them all).
        """
        parts = [slice(int(self.bounds[number]), int(self.bounds[number + 1])) for number in numbers]
        sides = [Side(self.spans[part], self.stems[part], self.least[part]) for part in parts]
        codes = np.concatenate([self.codes[:0], *(self.codes[part] for part in parts)])
        scales = np.concatenate([self.scales[:0], *(self.scales[part] for part in parts)])
        return sides, np.asarray(clause @ codes.astype(np.float32).T * scales, dtype=np.float32)


def _vectors(
    found: Sequence[Word], tokens: TokenIndex, windows: range, starts: npt.NDArray[np.int32], mean: Vectors
) -> Vectors:
    """Return the vectors of a passage's words; one that several windows cover is the sum of what each makes of it."""
    held = [tokens.window(number) for number in windows]
    places = [
        # An empty span stays one: it is in no word.
        words_of_tokens(found, window.spans + starts[number])
        for number, window in zip(windows, held, strict=True)
    ]
    return word_vectors(
        np.concatenate([np.zeros(0, dtype=np.int64), *places]),
        np.concatenate([np.zeros((0, len(mean)), np.float32), *(each.codes * each.scales[:, None] for each in held)]),
        len(found),
        mean,
    )
