"""What the late score learned from judged queries: which words of a query count, and which likenesses mean the same.

The model's own cosine puts two kinds of prison as near as a prison and a jail. Two small corrections were fitted on
judged queries (`python -m benchmarks.learn`; docs/retrieval.md says how, and what they are worth):

    weight of a query token i       w_i · exp(u · q_i), made to add up to 1 again; w_i by rarity as in `index.late`
    match with a window             cos(q_i, d_j) + (A q_i) · (B d_j),  j: the token that the cosine alone finds nearest

The nearest token is still the model's choice: the correction judges a pair, it doesn't look for one. u, A and B stand
in ``learned.npz`` with the digest of the model whose vectors they were fitted on; for any other model they mean nothing
and are left alone. Knows vectors only: no passages, no judgements.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError
from index.encoder import Vectors

if TYPE_CHECKING:
    from index.late import TokenIndex

Numbers = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]
BUNDLED = Path(__file__).with_name("learned.npz")
FACTOR_LIMIT = 3.0  # a token's weight changes by e^±3 at most


@dataclass(frozen=True, slots=True)
class Parameters:
    """What was learned for one model.

    Attributes:
        model: Digest of the model.
        importance: u, shape (dimension,).
        asked: A, transposed, shape (dimension, rank).
        said: B, transposed, shape (dimension, rank).
    """

    model: str
    importance: Numbers
    asked: Numbers
    said: Numbers

    @classmethod
    def open(cls, path: Path = BUNDLED) -> Parameters:
        """Return the parameters in a file.

        Raises:
            IndexFolderError: The file is missing or is not such a file.
        """
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                importance, asked, said = (file[name].astype(np.float32) for name in ("importance", "asked", "said"))
                read = cls(str(file["model"]), importance, asked, said)
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise IndexFolderError(
                f"The learned parameters in {path} cannot be read.", "Put back the file that came with the program."
            ) from error
        if read.asked.shape != read.said.shape or read.asked.shape[:1] != read.importance.shape:
            raise IndexFolderError(
                f"The learned parameters in {path} do not fit together.",
                "Put back the file that came with the program.",
            )
        return read

    def weights(self, prior: Numbers, tokens: Vectors) -> Numbers:
        """Return how much each token of a query weighs, shape (tokens,); the weights add up to 1.

        Args:
            prior: Weights by rarity.
            tokens: The tokens' vectors, shape (tokens, dimension).
        """
        factor = np.exp(np.clip(tokens @ self.importance, -FACTOR_LIMIT, FACTOR_LIMIT))
        weights = prior * factor
        return np.asarray(weights / weights.sum(), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the parameters to a file, in half precision."""
        temporary = path.with_suffix(".part.npz")
        arrays = {"importance": self.importance, "asked": self.asked, "said": self.said}
        halves = {name: array.astype(np.float16) for name, array in arrays.items()}
        np.savez(temporary, allow_pickle=False, model=np.array(self.model), **halves)
        temporary.replace(path)


@dataclass(frozen=True, slots=True)
class Learned:
    """The parameters with what they make of the tokens of an index.

    Attributes:
        parameters: The parameters.
        said: B d_j of every token of the index, shape (tokens, rank).
    """

    parameters: Parameters
    said: Numbers

    @classmethod
    def of(cls, parameters: Parameters, tokens: TokenIndex) -> Learned:
        """Return the parameters bound to an index's tokens."""
        return cls(parameters, tokens.projected(parameters.said))

    def scores(self, prior: Numbers, tokens: Vectors, cosines: Numbers, starts: Integers, rows: Integers) -> Numbers:
        """Return the score of a query for each of some windows, shape (windows,).

        Args:
            prior: Weights of the query's tokens by rarity.
            tokens: Their vectors, shape (tokens, dimension).
            cosines: Their cosines with the tokens of the windows, one window after the other, shape (tokens, columns).
            starts: The first column of each window; every window has a token.
            rows: The token of the index that each column stands for.
        """
        best, columns = nearest(cosines, starts)
        said = self.said[rows[columns]]
        match = best + np.einsum("ir,iwr->iw", tokens @ self.parameters.asked, said)
        return np.asarray(self.parameters.weights(prior, tokens) @ match, dtype=np.float32)


def nearest(cosines: Numbers, starts: Integers) -> tuple[Numbers, Integers]:
    """Return for each query token and window the best cosine and its column.

    Of columns whose cosines differ by less than about 10⁻⁴ any can be taken; of equal ones it is the first.

    Args:
        cosines: Cosines, shape (tokens, columns).
        starts: The first column of each window; every window has a column.
    """
    # One pass finds the maximum and where it stands: positive floats are ordered as their bits are, and the last bits
    # make room for the place in the window, counted down so that the first of equals is the largest.
    lengths = np.diff(starts, append=cosines.shape[1])
    room = (1 << int(lengths.max() - 1).bit_length()) - 1
    place = np.arange(cosines.shape[1]) - np.repeat(starts, lengths)
    keys = (cosines + np.float32(2)).view(np.int32)
    keys &= ~room
    keys |= (room - place).astype(np.int32)
    columns = starts + room - (np.maximum.reduceat(keys, starts, axis=1) & room)
    return np.take_along_axis(cosines, columns, axis=1), columns


def learned(model: str, tokens: TokenIndex) -> Learned | None:
    """Return what was learned, bound to an index; None when it was learned for another model.

    Args:
        model: Digest of the model that the index was built with.
        tokens: The index's tokens.

    Raises:
        IndexFolderError: The parameters cannot be read.
    """
    parameters = Parameters.open()
    if parameters.model != model or not tokens.has_vectors:
        return None
    return Learned.of(parameters, tokens)
