"""What to judge next: ranked among what nobody drew, opened as assisted work, measured by nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from learn.platform import Platform, make_platform
from tilik.kernel import Invalid
from tilik.learn import training_set
from tilik.learn.hunting import Asked, hunt
from tilik.learn.looking_next import look_next, open_next
from tilik.measure import gather, measure, weeks
from tilik.store import create, open_workspace
from tilik.store.tables import draw
from tilik.study.assisted import is_assisted


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Platform, str]]:
    folder = tmp_path_factory.mktemp("next") / "workspace"
    create(folder)
    opened = open_workspace(folder)
    made = make_platform(opened, robots=2)
    first = made.study("march", 400)
    made.judge(first)
    yield made, first
    opened.close()


def test_the_unsure_come_first_one_of_a_channel_and_none_that_was_drawn(place: tuple[Platform, str]) -> None:
    platform, first = place
    store = platform.workspace.store
    with store.read() as connection:
        found = look_next(connection, store.blobs, first, count=60, alike=0)
        drawn = set(connection.execute(select(draw.c.video)).scalars())
        channels = gather(connection, store.blobs, first).population.domain(
            "channel", [one.video for one in found.wanted]
        )
    assert found.pool == 5_000
    assert not {one.video for one in found.wanted} & drawn
    assert len(set(channels.tolist())) == 60
    unsure = [abs(one.chance - 0.5) for one in found.wanted]
    assert unsure == sorted(unsure)
    assert [one.worth for one in found.wanted] == sorted((one.worth for one in found.wanted), reverse=True)


def test_likeness_and_the_kind_of_worth_change_the_choice(place: tuple[Platform, str]) -> None:
    platform, first = place
    store = platform.workspace.store
    with store.read() as connection:
        kinds = [
            tuple(one.video for one in look_next(connection, store.blobs, first, count=30, **how).wanted)
            for how in ({"alike": 0.0}, {"alike": 1.0}, {"by": "change", "alike": 0.0})
        ]
    assert len(set(kinds)) == 3


def test_opened_it_teaches_and_no_figure_takes_it(place: tuple[Platform, str]) -> None:
    platform, first = place
    workspace, store = platform.workspace, platform.workspace.store
    with store.read() as connection:
        found = look_next(connection, store.blobs, first, count=60)
        before = weeks(connection, store.blobs)
    second, many = open_next(store, workspace.scratch, found, name="march-next", actor="system")
    assert many == 60
    platform.judge(second)
    with store.read() as connection:
        blobs = store.blobs
        assert is_assisted(gather(connection, blobs, second, assisted=True).study)
        for refused in (measure, gather):
            with pytest.raises(Invalid, match="never measure"):
                refused(connection, blobs, second)
        with pytest.raises(Invalid, match="never measure"):
            hunt(connection, blobs, second, Asked("", 0.0, ()))
        after = weeks(connection, blobs)
        assert [one.study for one in after.weeks] == [one.study for one in before.weeks]
        made = training_set(connection, blobs, second)
        assert (made.use, len(made.rows)) == ("assisted", 60)
        again = look_next(connection, blobs, first, count=60)
    assert not {one.video for one in again.wanted} & {one.video for one in found.wanted}


def test_a_frame_with_nothing_left_says_so(place: tuple[Platform, str]) -> None:
    platform, first = place
    store = platform.workspace.store
    with store.read() as connection, pytest.raises(Invalid, match="drawn or is stopped"):
        look_next(connection, store.blobs, first, count=5, most=0)
