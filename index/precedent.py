"""Whether a clause sounds like what reports have backed, judged from its own words, before any passage is read.

Some clauses go further than any report does: a levy, a world court, a duty to publish names. Beside the right passage
they look as well supported as a clause that asks for what was said, since all but a few words are the same. What tells
them apart is how they sound: a linear model over the clause's pooled token vectors, fitted on judged clauses to say
whether any report backs them. It only ever shifts what the passages say; it knows no passage and no report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from corpus.errors import IndexFolderError
from index.encoder import Encoding
from index.late import TokenIndex
from index.pooling import pool

Numbers = npt.NDArray[np.float32]
BUNDLED = Path(__file__).with_name("precedent.npz")


@dataclass(frozen=True, slots=True)
class Precedent:
    """The model: log odds = bias + weights · pooled clause.

    Attributes:
        model: Digest of the encoder whose vectors it was fitted on; for another's they mean nothing.
        bias: The constant.
        weights: A weight a dimension, shape (dimension,).
    """

    model: str
    bias: float
    weights: Numbers

    @classmethod
    def open(cls, path: Path = BUNDLED) -> Precedent:
        """Return the model in a file.

        Raises:
            IndexFolderError: The file is missing or is not one.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls(str(file["model"]), float(file["bias"]), file["weights"].astype(np.float32))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise IndexFolderError(
                f"The fitted weights in {path} cannot be read.", "Put back the file that came with the program."
            ) from error

    def save(self, path: Path) -> None:
        """Write the model to a file."""
        temporary = path.with_suffix(".part.npz")
        np.savez(temporary, model=np.array(self.model), bias=np.array(self.bias), weights=self.weights)
        temporary.replace(path)

    def log_odds(self, clause: Numbers) -> float:
        """Return the log odds that some report backs a clause, by its pooled vector."""
        return self.bias + float(self.weights @ clause)


@cache
def bundled() -> Precedent:
    """Return the model that comes with the program."""
    return Precedent.open()


def pooled_clause(tokens: TokenIndex, encodings: Sequence[Encoding]) -> Numbers:
    """Return a clause as one vector: its token vectors weighed by how rare they are in the reports.

    Args:
        tokens: The tokens of the passages.
        encodings: What the index's model makes of the clause.
    """
    ids = np.concatenate([encoding.token_ids for encoding in encodings])
    return pool(tokens.weights(ids), np.concatenate([encoding.token_vectors for encoding in encodings]))


def heard(model: str, clause: Numbers) -> float:
    """Return the log odds of the bundled model that some report backs a query; 0 when they mean nothing.

    Args:
        model: Digest of the model that encoded it.
        clause: The query by `pooled_clause`.
    """
    return bundled().log_odds(clause) if bundled().model == model else 0.0
