"""Each model rises, recovers its own kind of crowd, and is told from the others by its evidence."""

import numpy as np
import pytest

from tilik.stats.truth import Method, infer, label_table
from tilik.stats.truth.climb import climb
from tilik.stats.truth.crowd import Crowd
from tilik.stats.truth.glad import Glad

from .worlds import World, characters, coins, crowd, habits


def one_coin(seed: int) -> World:
    right = np.random.default_rng(seed).beta(4, 2, 60)
    return crowd(coins(right, 4), tasks=400, views=4, seed=seed)


def spammed(seed: int) -> World:
    random = np.random.default_rng(seed)
    knows, habit = random.beta(1.2, 1, 60), random.dirichlet(np.full(8, 0.6), 60)
    return crowd(habits(knows, habit), tasks=500, views=5, seed=seed)


def mixed_up(seed: int) -> World:
    """A common confusion (0 taken for 1, 2 for 3), of which everybody has their own variety."""
    random = np.random.default_rng(seed)
    common = 0.6 * np.eye(4) + 0.3 * np.eye(4)[[1, 0, 3, 2]] + 0.025
    people = np.stack([[random.dirichlet(12 * common[k] + 0.05) for k in range(4)] for _ in range(60)])
    return crowd(people, tasks=500, views=5, seed=seed)


@pytest.mark.parametrize("method", ["ds", "map", "onecoin", "mace", "ibcc"])
def test_every_round_raises_the_objective(method: Method) -> None:
    table = crowd(characters(8, workers=15, classes=3, own=1.5), tasks=120, views=4, seed=8).table
    path = [infer(table, method, iterations=n, tolerance=0).objective for n in range(1, 40)]
    rises = np.diff(np.array(path, dtype=float))
    assert rises.min() > -1e-6
    assert rises.sum() > 1


def test_glad_ends_higher_than_it_began() -> None:
    table = one_coin(1).table
    first, last = (infer(table, "glad", iterations=n, tolerance=0).objective for n in (1, 40))
    assert first is not None
    assert last is not None
    assert last > first


@pytest.mark.parametrize(("world", "model"), [(one_coin, "onecoin"), (spammed, "mace"), (mixed_up, "ibcc")])
def test_evidence_finds_the_model_behind_the_labels(world: object, model: str) -> None:
    assert callable(world)
    won, lost = 0, []
    for seed in range(6):
        simulated: World = world(seed)
        found = infer(simulated.table)
        won += max(found.weights, key=lambda name: found.weights[name]) == model
        best = infer(simulated.table, model)  # type: ignore[arg-type]
        lost.append(_right(best.posterior, simulated) - _right(found.posterior, simulated))
        assert sum(found.weights.values()) == pytest.approx(1)
    assert won >= 5
    assert np.mean(lost) < 0.01


def test_auto_beats_majority_where_people_differ() -> None:
    gains = []
    for seed in range(5):
        world = one_coin(seed)
        gains.append(
            _right(infer(world.table).posterior, world)
            - _right(infer(world.table, "majority").posterior, world)
        )
    assert np.mean(gains) > 0.03


def test_glad_recovers_skill_and_ease() -> None:
    random = np.random.default_rng(3)
    skill, ease = random.normal(1, 1, 40), random.normal(1, 1, 1500)
    truth, worker = random.integers(0, 2, 1500), np.tile(np.arange(40), 1500)
    task = np.repeat(np.arange(1500), 40)
    right = random.random(len(task)) < 1 / (1 + np.exp(-skill[worker] * np.exp(ease[task])))
    labels = Crowd(label_table(task, worker, np.where(right, truth[task], 1 - truth[task])))
    model = Glad(labels)
    fit = climb(model, labels, iterations=60, tolerance=1e-4)
    assert (fit.posterior.argmax(axis=0) == truth).mean() > 0.98
    assert np.corrcoef(model.skill, skill)[0, 1] > 0.97
    assert np.corrcoef(model.ease, ease)[0, 1] > 0.7


def test_rare_class_survives_thin_labels() -> None:
    """Three views, 3 % positive, Se .85, Sp .98: shares stay near the truth, nothing collapses."""
    people = np.tile([[0.98, 0.02], [0.15, 0.85]], (30, 1, 1))
    world = crowd(people, tasks=4000, views=3, seed=9, shares=np.array([0.97, 0.03]))
    found = infer(world.table)
    assert 0.02 < found.posterior[:, 1].mean() < 0.045
    assert _right(found.posterior, world) > 0.985


def _right(posterior: np.ndarray, world: World) -> float:
    return float((posterior.argmax(axis=1) == world.truth).mean())


def test_auto_leaves_out_a_model_whose_class_is_not_its_own_unless_gold_vouches_for_it() -> None:
    """Two people always say 0; the third says 1 on a fifth of the tasks: no reason to overturn 2 to 1."""
    task, worker = np.repeat(np.arange(300), 3), np.tile(np.arange(3), 300)
    label = ((task % 5 == 0) & (worker == 2)).astype(int)
    table = label_table(task, worker, label)
    misled, found = infer(table, "ibcc"), infer(table)
    assert [caution.code for caution in misled.cautions] == ["class-not-its-own"]
    assert "ibcc" not in found.weights
    assert np.all(found.chosen == 0)
    gold = np.where(np.arange(300) == 0, 1, -1)
    assert "ibcc" in infer(table, gold=gold).weights
