"""Learning what decides: the words by which passages that back a clause differ from those that only resemble it."""

from __future__ import annotations

import numpy as np
import torch

from benchmarks.learn_decisive import LEARNED_FROM, best_of, decisive_from, known
from benchmarks.lessons import Example, Lessons
from index.encoder import unit

CANDIDATES = LEARNED_FROM + 5


def made_up(seed: int, vectors: torch.Tensor) -> Example:
    """Return a query whose second token alone, of a direction that all queries share, is answered by what backs it."""
    numbers = np.random.default_rng(seed)
    tokens = numbers.standard_normal((3, 8)).astype(np.float32)
    tokens[:, 0] = 0
    tokens[1] = np.eye(8)[0]
    best = numbers.uniform(0.4, 0.6, (3, CANDIDATES)).astype(np.float32)
    backs = (best[1] > 0.5).astype(np.float32)
    fused = np.sort(numbers.uniform(0.3, 0.8, CANDIDATES).astype(np.float32))[::-1].copy()
    nothing = torch.zeros(CANDIDATES)
    return Example(
        tokens=torch.from_numpy(unit(tokens)),
        prior=torch.full((3,), 1 / 3),
        best=torch.from_numpy(best),
        rows=torch.from_numpy(numbers.integers(0, len(vectors), (3, CANDIDATES))),
        fused=torch.from_numpy(fused),
        rest=nothing,
        gains=nothing,
        backs=torch.from_numpy(backs),
        unmentioned=torch.from_numpy(numbers.integers(0, 6, (CANDIDATES, 4)).astype(np.float32)),
    )


VECTORS = torch.from_numpy(unit(np.random.default_rng(0).standard_normal((20, 8)).astype(np.float32)))
LESSONS = Lessons(tuple(made_up(seed, VECTORS) for seed in range(30)), np.array(["a", "b"] * 15), VECTORS, "a model")


def test_the_token_that_tells_what_backs_weighs_more_in_queries_never_seen_too() -> None:
    found = decisive_from(LESSONS.without("b"))
    unseen = [found.weights(one.prior.numpy(), one.tokens.numpy()) for one in LESSONS.examples[1::2]]
    assert np.mean(unseen, axis=0)[1] > 0.35 > 1 / 3
    assert found.importance[0] > 0.1
    assert found.model == "a model"


def test_a_group_that_is_left_out_changes_nothing() -> None:
    alone = Lessons(LESSONS.examples[::2], LESSONS.groups[::2], VECTORS, "a model")
    one, two = decisive_from(LESSONS.without("b")), decisive_from(alone)
    np.testing.assert_array_equal(one.importance, two.importance)
    np.testing.assert_array_equal(one.asked, two.asked)


def test_only_the_best_candidates_are_learned_from_and_every_row_is_theirs() -> None:
    one = LESSONS.examples[0]
    kept = best_of(one)
    assert kept.best.shape == kept.rows.shape == (3, LEARNED_FROM)
    assert kept.tokens.shape == one.tokens.shape
    assert len(kept.prior) == 3
    assert len(kept.fused) == len(kept.backs) == len(kept.unmentioned) == LEARNED_FROM


def test_what_is_known_of_a_candidate_is_its_score_its_distance_the_crowd_and_what_it_lacks() -> None:
    one = LESSONS.examples[0]
    rows = known(one)
    torch.testing.assert_close(rows[:, 0], (one.fused - 0.55) * 8)
    torch.testing.assert_close(rows[:, 1], (one.fused - one.fused[0]) * 8)
    torch.testing.assert_close(rows[:, 2], ((one.fused[:10].mean() - 0.6) * 8).expand(CANDIDATES))
    assert float(rows[:, 3:].max()) == 3
