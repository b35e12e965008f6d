"""Whether a clause goes beyond what reports say, judged from its own words, before any passage is read.

"Restorative justice should be forbidden" stands as near to what reports say of restorative justice as its contrary
does. `index.precedent` can't hear that: its vector leaves out words that name no subject, and "no", "only" and "shall
be" are among them. Here the clause's vector as a sentence stands beside it, and the weights were learned from clauses
that were written to go too far, too (`benchmarks.contrast`). Both only ever shift a claim. Knows no passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.encoder import Encoding, unit
from index.late import TokenIndex
from index.precedent import Precedent, pooled_clause

Numbers = npt.NDArray[np.float32]
BUNDLED = Path(__file__).with_name("overreach.npz")


@cache
def bundled() -> Precedent:
    """Return the model that comes with the program, over vectors as `clause_vector` gives them."""
    return Precedent.open(BUNDLED)


def clause_vector(tokens: TokenIndex, encodings: Sequence[Encoding]) -> Numbers:
    """Return a clause as one vector: by its rare words, then by all of them, shape (2 × dimension,).

    Args:
        tokens: The tokens of the passages.
        encodings: What the index's model makes of the clause.
    """
    whole = unit(np.sum([encoding.vector for encoding in encodings], axis=0)[None])[0]
    return np.concatenate([pooled_clause(tokens, encodings), whole])
