"""The fused score: four ways to compare a query with a passage, and one that lets passages vote for each other.

    first stage  cheap(p) = .45 dense + .20 pooled + .30 lexical                     the best of all passages go on
    second       base(p)  = .60 late + .15 dense + .10 pooled + .15 lexical
    feedback     score(p) = base(p) + .25 · Σ_t v_t cos(p, t)                        t: the best few, without p itself

No signal is stretched over the candidates, so a score means the same in every search and under every filter; the bands
are cut on it. A model without token vectors has neither late nor pooled nor feedback: the first stage's dense and
lexical weights, made to add up to 1, then rank alone. Knows arrays only: no passages, no model. How the weights were
chosen is in docs/retrieval.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

Numbers = npt.NDArray[np.float32]

LATE = 0.60  # leaving it out costs most: it sees the one word that two sentences do not share
DENSE = 0.15  # finds the one sentence of a long paragraph
POOLED = 0.10  # the paragraph's subject, whatever its frame
LEXICAL = 0.15  # names and terms that a model blurs
FEEDBACK = 0.25  # what several reports repeat in other words rises together
# The first stage has no late score, so the cheap signals stand in for it.
FIRST_DENSE, FIRST_POOLED, FIRST_LEXICAL = 0.45, 0.20, 0.30
CANDIDATES = 100  # passages of the first stage that go on; with 80, dev nDCG@10 falls from .853 to .851
VOTERS = 4  # passages that vote in the feedback
SHARPNESS = 20.0  # of the votes: v_t ∝ exp(SHARPNESS · (base_t − best base)), so a clear winner decides alone


@dataclass(frozen=True, slots=True)
class Signals:
    """What passages scored against a query; all arrays have one row a passage, in the same order.

    Attributes:
        dense: Cosine of the query with the passage's best window, -1 to 1.
        lexical: BM25 over the sum of the query words' IDF, 0 to about 1.
        pooled: Cosine of the pooled, centred token vectors, -1 to 1; None when the model has no token vectors.
    """

    dense: Numbers
    lexical: Numbers
    pooled: Numbers | None

    def of(self, numbers: npt.NDArray[np.int64]) -> Signals:
        """Return the signals of some passages, by their row."""
        return Signals(
            self.dense[numbers], self.lexical[numbers], None if self.pooled is None else self.pooled[numbers]
        )


def first_stage(signals: Signals) -> Numbers:
    """Return the score that chooses the candidates, its weights made to add up to 1."""
    if signals.pooled is None:
        total = FIRST_DENSE * signals.dense + FIRST_LEXICAL * signals.lexical
        return np.asarray(total / (FIRST_DENSE + FIRST_LEXICAL), dtype=np.float32)
    total = FIRST_DENSE * signals.dense + FIRST_POOLED * signals.pooled + FIRST_LEXICAL * signals.lexical
    return np.asarray(total / (FIRST_DENSE + FIRST_POOLED + FIRST_LEXICAL), dtype=np.float32)


def votes(base: Numbers, vectors: Vectors) -> Numbers:
    """Return each candidate's similarity to the best ones, itself left out, shape (candidates,).

    Pseudo-relevance feedback: the best `VOTERS` vote for what is like them, and count the more the nearer they
    are to the first.

    Args:
        base: Scores before the feedback.
        vectors: Centred pooled vectors, shape (candidates, dimension).
    """
    if not len(base):
        return base
    best = np.lexsort((np.arange(len(base)), -base))[:VOTERS]
    # Double precision: twins must not differ in the last bit by where they stand among the candidates.
    exact, scores = vectors.astype(np.float64), base.astype(np.float64)
    vote = np.exp(SHARPNESS * (scores[best] - scores[best[0]]))
    vote /= vote.sum()
    near = exact @ (vote @ exact[best])
    near[best] -= vote * np.einsum("ij,ij->i", exact[best], exact[best])
    # A winner so clear that the others' votes are next to nothing gets no boost out of rounding errors.
    near[best] /= np.maximum(1 - vote, 0.05)
    return np.asarray(near, dtype=np.float32)


def fused(signals: Signals, late: Numbers, vectors: Vectors) -> Numbers:
    """Return the fused score of candidates, shape (candidates,).

    Args:
        signals: Their signals, pooled among them.
        late: Their late score: weighted MaxSim over the best of their whole windows, -1 to 1.
        vectors: Their centred pooled vectors, shape (candidates, dimension).

    Raises:
        ValueError: There is no pooled signal, so `first_stage` is all there is.
    """
    if signals.pooled is None:
        raise ValueError("signals of a model without token vectors are fused by their first stage")
    base = LATE * late + DENSE * signals.dense + POOLED * signals.pooled + LEXICAL * signals.lexical
    base = np.asarray(base, dtype=np.float32)
    return np.asarray(base + FEEDBACK * votes(base, vectors), dtype=np.float32)
