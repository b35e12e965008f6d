"""Folds: near queries stay together, and contrasting clauses near to a query judged are kept from it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.folds import SUBJECTS, by_author, by_subject, folds_of
from index.encoder import unit

ACROSS = unit(np.eye(6, dtype=np.float32))


@given(st.integers(0, 1000), st.integers(SUBJECTS, 60))
def test_queries_near_to_each_other_are_in_one_fold(seed: int, count: int) -> None:
    vectors = unit(np.random.default_rng(seed).normal(size=(count, 5)).astype(np.float32))
    folds = by_subject(vectors)
    for one, other in zip(*np.nonzero(vectors @ vectors.T >= 0.65), strict=True):
        assert folds[one] == folds[other]


def test_folds_of_queries_far_from_each_other_are_of_one_size() -> None:
    folds = by_subject(np.eye(4 * SUBJECTS, dtype=np.float32))
    assert np.unique(folds, return_counts=True)[1].tolist() == [4] * SUBJECTS


def test_a_fold_is_away_from_itself_and_from_contrasting_clauses_near_to_it() -> None:
    vectors = np.concatenate([ACROSS[:2], ACROSS[[1, 5, 0, 4]]])
    folds = folds_of(np.array(["a", "b"]), vectors)
    assert folds.names == ("a", "b")
    assert folds.own.tolist() == ["a", "b", "a", "a", "b", "b"]
    assert folds.unseen("a").tolist() == [True, False, True, True, True, False]
    assert folds.unseen("b").tolist() == [False, True, True, False, True, True]


def test_what_is_never_learned_from_is_away_from_every_fold() -> None:
    folds = folds_of(np.array(["a", "b"]), ACROSS, never=2)
    assert folds.away.all(axis=1).tolist() == [False, False, False, False, True, True]


def test_each_author_is_a_fold_and_readers_who_are_only_learned_from_go_round_with_all_their_queries() -> None:
    authors = np.array(["b", "a", "b", "rx", "ry", "rz", "rx"])
    assert by_author(authors, measured=3).tolist() == ["b", "a", "b", "a", "b", "a", "a"]
