"""Tasks come in an order that has nothing to do with what they are."""

from __future__ import annotations

import uuid

import numpy as np
from scipy.stats import spearmanr
from sqlalchemy import select

from review.desk import Desk
from study.making import make_study
from tilik.access import Person
from tilik.review import task_id
from tilik.store import Workspace
from tilik.store.tables import draw, task

VIDEOS = 600
STUDIES = [str(uuid.uuid5(uuid.NAMESPACE_URL, f"study {number}")) for number in range(5)]


def positions(workspace: Workspace, study: str) -> dict[str, int]:
    with workspace.store.read() as connection:
        rows = connection.execute(select(task.c.video, task.c.position).where(task.c.study == study))
        return {row.video: row.position for row in rows}


def test_the_order_is_independent_of_impressions_and_of_the_order_drawn(sqlite_workspace: Workspace) -> None:
    correlations = []
    for identity in STUDIES:
        made = make_study(sqlite_workspace, VIDEOS, identity=identity, with_media=lambda _: False)
        at = positions(sqlite_workspace, made.id)
        with sqlite_workspace.store.read() as connection:
            rows = connection.execute(select(draw).where(draw.c.study == made.id)).all()
        drawn = {row.video: row.impressions for row in rows}
        by_size = spearmanr([drawn[video] for video in made.videos], [at[video] for video in made.videos])
        correlations.append(by_size.statistic)
    # The standard error of one is 1/√599 = 0.041; of their mean 0.018. The studies' ids are fixed.
    assert np.abs(correlations).max() < 0.13
    assert abs(np.mean(correlations)) < 0.055


def test_each_study_has_an_order_of_its_own(sqlite_workspace: Workspace) -> None:
    videos = [f"v{number}" for number in range(50)]
    orders = []
    for identity in STUDIES[:2]:
        make_study(sqlite_workspace, videos, identity=identity, with_media=lambda _: False)
        at = positions(sqlite_workspace, identity)
        assert sorted(at.values()) == list(range(50))
        orders.append(sorted(videos, key=at.__getitem__))
    assert orders[0] != orders[1]


def test_tasks_are_served_in_that_order(workspace: Workspace, desk: Desk, sari: Person) -> None:
    made = make_study(workspace, 8)
    at = positions(workspace, made.id)
    served = []
    while (granted := desk.lease(sari)) is not None:
        served.append(granted.task)
        desk.judge(sari, granted, made)
    assert served == [task_id(made.id, video) for video in sorted(made.videos, key=at.__getitem__)]
