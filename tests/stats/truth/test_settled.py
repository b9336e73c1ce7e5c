"""Ties stay open, gold is held, and the reader is warned."""

import numpy as np
import pytest

from tilik.kernel import Invalid
from tilik.stats.truth import METHODS, Method, Reason, accuracy, infer, label_table

from .worlds import characters, coins, crowd

methods = pytest.mark.parametrize("method", METHODS)


def codes(found: object) -> set[str]:
    return {caution.code for caution in found.cautions}  # type: ignore[attr-defined]


def test_a_tie_is_never_picked() -> None:
    table = label_table([0, 0, 1, 1, 2], [0, 1, 0, 1, 0], [0, 1, 1, 1, 0], tasks=4)
    found = infer(table, "majority")
    assert found.posterior.tolist() == [[0.5, 0.5], [0, 1], [1, 0], [0.5, 0.5]]
    assert found.reason.tolist() == [Reason.TIE, Reason.CLEAR, Reason.CLEAR, Reason.NO_LABELS]
    assert found.chosen.tolist() == [-1, 1, 0, -1]
    assert found.settled.tolist() == [False, True, True, False]


def test_near_ties_follow_the_margin() -> None:
    table = label_table(np.zeros(11, int), np.arange(11), [0] * 6 + [1] * 5)
    assert infer(table, "majority", margin=0.1).reason.tolist() == [Reason.NEAR_TIE]
    assert infer(table, "majority", margin=0.05).reason.tolist() == [Reason.CLEAR]


@methods
def test_two_symmetric_people_leave_their_disputes_open(method: Method) -> None:
    """Everything is symmetric, so no model may prefer a side where the two disagree."""
    table = label_table([0, 0, 1, 1, 2, 2, 3, 3], [0, 1] * 4, [0, 0, 1, 1, 0, 1, 1, 0])
    found = infer(table, method)
    assert not found.settled[2:].any()


@methods
def test_gold_is_held_and_teaches(method: Method) -> None:
    world = crowd(coins(np.full(8, 0.25), 2), tasks=300, views=6, seed=1)
    gold = np.where(np.arange(300) < 150, world.truth, -1)
    found = infer(world.table, method, gold=gold)
    assert (found.posterior[:150].argmax(axis=1) == world.truth[:150]).all()
    assert found.posterior[:150].max(axis=1).min() == 1
    assert (found.reason[:150] == Reason.GOLD).all()
    taught = (found.posterior[150:].argmax(axis=1) == world.truth[150:]).mean()
    if method == "majority":
        assert taught < 0.4
    elif method != "mace":  # knows guessing, but not lying
        assert taught > 0.8


def test_all_gold_still_learns_the_people() -> None:
    world = crowd(characters(2, workers=10, classes=3), tasks=400, views=5, seed=2)
    found = infer(world.table, gold=world.truth)
    assert found.weights["ibcc"] > 0.99
    assert np.abs(found.people().confusion.mean - world.confusion).mean() < 0.06


def test_people_intervals_hold_their_promise() -> None:
    held, held_right = [], []
    for seed in range(12):
        world = crowd(characters(seed, workers=15, classes=2), tasks=600, views=6, seed=seed)
        people = infer(world.table, "ibcc").people()
        inside = (people.confusion.low <= world.confusion) & (world.confusion <= people.confusion.high)
        held.append(inside.mean())
        share = np.bincount(world.truth, minlength=2) / 600
        right = (np.diagonal(world.confusion, axis1=1, axis2=2) * share).sum(axis=1)
        held_right.append(((people.accuracy.low <= right) & (right <= people.accuracy.high)).mean())
    assert 0.90 <= np.mean(held) <= 0.99
    assert 0.90 <= np.mean(held_right) <= 1


def test_cautions_name_what_is_wrong() -> None:
    few = label_table([0, 0, 1, 1], [0, 1, 2, 3], [0, 1, 0, 1])
    assert {"too-few-views", "disconnected"} <= codes(infer(few))
    table = crowd(characters(1, workers=9, classes=3), tasks=90, views=4, seed=1).table
    assert "not-converged" in codes(infer(table, iterations=2))
    assert codes(infer(few, "majority")) == set()


def test_a_swapped_class_is_noticed() -> None:
    liars = np.tile([[0.1, 0.9, 0.0], [0.05, 0.9, 0.05], [0.0, 0.1, 0.9]], (12, 1, 1))
    world = crowd(liars, tasks=500, views=5, seed=4)
    gold = np.where(np.arange(500) < 250, world.truth, -1)
    assert "class-not-its-own" in codes(infer(world.table, gold=gold))


def test_an_unused_class_is_noticed() -> None:
    table = crowd(coins(np.full(9, 0.9), 2), tasks=60, views=5, seed=3).table
    wider = label_table(table.task, table.worker, table.label, classes=3)
    found = infer(wider, "ibcc")
    assert "class-empty" in codes(found)
    assert found.posterior[:, 2].max() < 0.05


@methods
@pytest.mark.parametrize(
    "rows",
    [
        ([0], [0], [0]),
        ([0, 1, 2], [0, 0, 0], [0, 0, 0]),
        ([0, 1, 2], [0, 0, 0], [0, 1, 1]),
        ([0, 0, 0], [0, 1, 2], [0, 1, 2]),
        ([0, 0, 5], [3, 3, 3], [1, 1, 0]),
    ],
)
def test_degenerate_tables_give_finite_answers(method: Method, rows: tuple[list[int], ...]) -> None:
    found = infer(label_table(*rows), method)
    assert np.isfinite(found.posterior).all()
    assert found.posterior.sum(axis=1) == pytest.approx(1)
    people = found.people()
    assert (people.accuracy.low <= people.accuracy.mean).all()
    assert (people.confusion.mean <= people.confusion.high).all()


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: label_table([], [], []), "no-labels"),
        (lambda: label_table([0, 1], [0], [0, 0]), "shapes-differ"),
        (lambda: label_table([0.5], [0], [0]), "not-codes"),
        (lambda: label_table([-1], [0], [0]), "not-codes"),
        (lambda: label_table([3], [0], [0], tasks=3), "code-out-of-range"),
        (lambda: label_table([0], [0], [0], weight=[0.0]), "weight-not-positive"),
        (lambda: label_table([0], [0], [0], weight=[1, 1]), "shapes-differ"),
        (lambda: infer(label_table([0], [0], [1]), "best"), "method-unknown"),  # type: ignore[arg-type]
        (lambda: infer(label_table([0], [0], [1]), iterations=0), "iterations-not-positive"),
        (lambda: infer(label_table([0], [0], [1]), margin=1), "margin-out-of-range"),
        (lambda: infer(label_table([0], [0], [1]), gold=[0, 1]), "gold-misshapen"),
        (lambda: infer(label_table([0], [0], [1]), gold=[2]), "gold-out-of-range"),
        (lambda: accuracy(np.ones((2, 1)), [-1, -1]), "no-truth"),
        (lambda: accuracy(np.ones((2, 1)), [0]), "shapes-differ"),
    ],
)
def test_bad_input_says_what_is_wrong(call: object, code: str) -> None:
    assert callable(call)
    with pytest.raises(Invalid) as error:
        call()
    assert error.value.code == code


def test_a_thousand_classes_are_refused_or_done_without_confusions() -> None:
    random = np.random.default_rng(0)
    truth, worker = random.integers(0, 1000, 400), random.integers(0, 60, 1600)
    task = np.repeat(np.arange(400), 4)
    label = np.where(random.random(1600) < 0.7, truth[task], random.integers(0, 1000, 1600))
    table = label_table(task, worker, label, workers=60, classes=1000)
    with pytest.raises(Invalid, match="cells"):
        infer(table, "ibcc")
    found = infer(table)
    # The rest either keep too many cells, or give tasks a class that most of their labels deny.
    assert set(found.weights) == {"onecoin"}
    assert (found.posterior.argmax(axis=1) == truth).mean() > 0.9
    assert found.reliability().mean.mean() == pytest.approx(0.7, abs=0.05)


def test_tied_classes_share_the_credit() -> None:
    posterior = np.array([[0.5, 0.5], [1, 0], [0.2, 0.8], [0.5, 0.5]])
    assert accuracy(posterior, [0, 0, 2, -1]).value == pytest.approx((0.5 + 1 + 0) / 3)
    assert accuracy(posterior, [0, 0, 2, -1], among=np.array([False, True, True, True])).n == 2
