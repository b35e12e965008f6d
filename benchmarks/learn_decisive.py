"""Fits what `index.decisive` knows: which words of a clause, and which likenesses, decide whether a passage backs it.

As `benchmarks.learn`, with another cost: not the order of the candidates, but how surprising it is which of them back
the query, given the chance that a logistic model of the late score and of what a claim knows anyway (`index.claims`)
gives them. Only the late score's part is kept. Queries that nothing backs are learned from too. Run by
`benchmarks.calibrate_support`.
"""

from __future__ import annotations

from dataclasses import fields, replace

import torch
from torch.nn import functional

from benchmarks.learn import fit
from benchmarks.lessons import Example, Lessons
from index.demands import DEMANDS
from index.learned import Parameters

LEARNED_FROM = 40  # best candidates of a query
_BEST = 10  # candidates whose mean says how crowded the top is
_MIDDLE, _CROWDED, _SCALE = 0.55, 0.60, 8.0  # scores, and means of the ten best, are about -1 to 3 once shifted, scaled
_MOST = 3.0  # words of a sort that count
_STEEP = 1.5  # of the chance over the late and the fused score, before the first step
_RARE = -1.5  # log odds that a middling candidate backs, before the first step
_CANDIDATES_WORTH = 4.0  # candidates of a query that weigh as much as a query in the ranking's cost


def decisive_from(lessons: Lessons) -> Parameters:
    """Return the parameters learned from queries."""
    bias, slope = torch.tensor(_RARE, requires_grad=True), torch.tensor(_STEEP, requires_grad=True)
    beside = torch.zeros(3 + len(DEMANDS))
    beside[0] = _STEEP
    beside.requires_grad_()

    def cost(one: Example, late: torch.Tensor) -> torch.Tensor:
        odds = bias + slope * (late - _MIDDLE) * _SCALE + known(one) @ beside
        return functional.binary_cross_entropy_with_logits(odds, one.backs, reduction="sum") / _CANDIDATES_WORTH

    seen = [best_of(one) for one in lessons.examples]
    return fit(seen, lessons.vectors, lessons.model, cost, (bias, slope, beside))


def best_of(one: Example) -> Example:
    """Return a query with its best candidates alone."""
    kept = {
        name: getattr(one, name)[..., :LEARNED_FROM]
        for name in (field.name for field in fields(one))
        if name not in ("tokens", "prior", "unmentioned")
    }
    return replace(one, unmentioned=one.unmentioned[:LEARNED_FROM], **kept)


def known(one: Example) -> torch.Tensor:
    """Return what else tells whether candidates back, shape (candidates, 3 + sorts of demands).

    The fused score, how far it is below the best, the mean of the ten best, and the demands that aren't mentioned.
    """
    crowd = one.fused.topk(min(_BEST, len(one.fused))).values.mean().expand(len(one.fused))
    shifted = (one.fused - _MIDDLE, one.fused - one.fused.max(), crowd - _CROWDED)
    return torch.cat([torch.stack(shifted, dim=1) * _SCALE, one.unmentioned.clamp(max=_MOST)], dim=1)
