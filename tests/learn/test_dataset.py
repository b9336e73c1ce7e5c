"""Training sets: same inputs, same hash; no channel or family is parted; nothing personal is in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik, refused
from measure.survey import BOTH, CLEAN, GONE, STOPPED, TEMPLATE, Say, Survey, Unit, hire, judge
from tilik.learn.dataset import SHARES, splits, training_set
from tilik.review import open_study
from tilik.sampling import PpsDesign
from tilik.store import Workspace, open_workspace
from tilik.store.tables import draw, study


def named(held: list[dict[str, Any]]) -> dict[str, Any]:
    """Values by name, as stored."""
    return {one["name"]: one["value"] for one in held}


SAYS: tuple[tuple[Say, Say], ...] = (
    (CLEAN, CLEAN),
    (TEMPLATE, TEMPLATE),
    (TEMPLATE, CLEAN),
    (BOTH, BOTH),
    (GONE, GONE),
    (CLEAN, GONE),
)
FRAME = "video,impressions,channel,family,title\n" + "".join(
    f"v{at:03},{1000 + 37 * at},c{at // 3},{f'f{at % 7}' if at % 5 == 0 else ''},Judul {at}\n"
    for at in range(120)
)


def work(place: Path, wanted: int, said: tuple[tuple[Say, Say], ...] = SAYS) -> str:
    """Two simulated people judge the first ``wanted`` of what was drawn; the first of all is stopped."""
    opened: Workspace = open_workspace(place)
    try:
        with opened.store.read() as connection:
            row = connection.execute(select(study)).one()
            videos = connection.execute(select(draw.c.video).order_by(draw.c.video)).scalars().all()
        units = [Unit(v, 0.5, 1, says=said[at % len(said)]) for at, v in enumerate(videos[1:wanted], start=1)]
        units.append(Unit(videos[0], 0.5, 1, says=(STOPPED,)))
        made = Survey(row.id, tuple(units), {}, row.guideline)
        judge(opened, made, hire(opened, "Robot A", "Robot B", simulated=True))
        return str(row.id)
    finally:
        opened.close()


def drawn(budget: int, wants: int = 1) -> None:
    """The study ``s1`` of the frame ``march``."""
    opened = open_workspace(Path("tilik-data"))
    try:
        open_study(
            opened.store,
            opened.scratch,
            name="s1",
            frame="march",
            design=PpsDesign(),
            budget=budget,
            seed=5,
            wants=wants,
        )
    finally:
        opened.close()


@pytest.fixture
def studied(tilik: Tilik) -> Tilik:  # noqa: F811
    """A workspace with a study of 40 videos, of which 30 are judged twice."""
    Path("frame.csv").write_text(FRAME)
    for arguments in (
        ("init", "--admin", "Sari"),
        ("frame", "import", "frame.csv", "--name", "march"),
    ):
        ended = tilik(*arguments)
        assert ended.code == 0, ended.err
    drawn(budget=40, wants=2)
    work(Path("tilik-data"), 30)
    return tilik


def test_the_command_writes_a_set_that_is_whole(studied: Tilik) -> None:
    told = studied("learn", "dataset", "s1", "--out", "sets/one", "--json").json
    folder = Path("sets/one")
    assert json.loads((folder / "dataset.json").read_text()) == told
    assert told["use"] == "measurement"
    assert told["left_out"]["stopped"] == 1
    assert told["left_out"]["not judgeable"] == 5
    tables = {file.stem: pq.read_table(file).to_pylist() for file in (folder / "measurement").iterdir()}
    rows = [row for held in tables.values() for row in held]
    assert len(rows) == told["rows"] == 40 - sum(told["left_out"].values())
    assert {row["split"] for row in tables["train"]} == {"train"}
    assert all(row["weight"] == pytest.approx(1 / row["pi"]) for row in rows)
    both = next(row for row in rows if named(row["label_shares"]) == {"SYN-MASS": 1.0, "COM-GAMB": 1.0})
    assert both["votes"] == 2
    assert named(both["levels"]) == {"SYN-MASS": 2.0, "COM-GAMB": 2.0}
    assert [span["question"] for span in both["spans"]].count("label.SYN-MASS") == 2
    assert both["fails"] is True
    half = next(row for row in rows if named(row["label_shares"]) == {"SYN-MASS": 0.5})
    assert half["title"].startswith("Judul ")
    assert half["fails"] is None
    assert half["channel"].startswith("c")
    assert json.loads(half["answers"][0]) != json.loads(half["answers"][1])
    once = next(row for row in rows if row["not_judgeable"] == 1)
    assert once["votes"] == 1
    card = (folder / "README.md").read_text()
    assert card.startswith("---\nconfigs:\n- config_name: measurement\n")
    assert told["content"] in card
    for text in (card, json.dumps(rows), json.dumps(told)):
        assert "Robot" not in text
        assert "Ibu Sari" not in text


def test_the_same_inputs_have_the_same_hash_and_others_another(studied: Tilik) -> None:
    first = studied("learn", "dataset", "s1", "--out", "a", "--json").json
    studied("link", "Sari")
    again = studied("learn", "dataset", "s1", "--out", "b", "--json").json
    assert (again["content"], again["files"]) == (first["content"], first["files"])
    assert studied("log", "rebuild").code == 0
    assert studied("learn", "dataset", "s1", "--out", "a", "--json").json["content"] == first["content"]
    other = studied("learn", "dataset", "s1", "--out", "c", "--seed", 1, "--json").json
    assert other["content"] != first["content"]
    refused(studied("learn", "dataset", "s1", "--out", "a", "--seed", 1), "holds something else")
    assert json.loads(Path("a/dataset.json").read_text())["content"] == first["content"]


def test_a_classifier_is_trained_on_a_set(studied: Tilik) -> None:
    pytest.importorskip("sklearn", reason="the extra `learn` is not installed")
    studied("learn", "dataset", "s1", "--out", "set")
    options = ("--label", "fails", "--features", "impressions", "--group", "channel", "--weight", "weight")
    more = ("--folds", 2, "--draws", 100, "--json")
    told = studied("learn", "train", "set/measurement", *options, *more).json
    assert told["classes"] == ["False", "True"]
    assert told["without_label"] > 0
    refused(studied("learn", "train", "set", *options, *more), "no Parquet file")


def test_a_draw_that_was_not_blind_is_kept_apart(studied: Tilik) -> None:
    opened = open_workspace(Path("tilik-data"))
    try:
        with opened.store.write() as writing:
            writing.connection.execute(update(study).values(blind=False))
        with opened.store.read() as connection:
            found = training_set(
                connection, opened.store.blobs, connection.execute(select(study.c.id)).scalar_one()
            )
    finally:
        opened.close()
    assert found.use == "assisted"
    told = studied("learn", "dataset", "s1", "--out", "a", "--json").json
    assert all(name.startswith("assisted/") for name in told["files"])


def test_what_cannot_be_written_is_said(tilik: Tilik) -> None:  # noqa: F811
    Path("frame.csv").write_text(FRAME)
    refused(tilik("learn", "dataset", "s1", "--out", "a"), "no workspace here")
    tilik("init", "--admin", "Sari")
    tilik("frame", "import", "frame.csv", "--name", "march")
    drawn(budget=10)
    refused(tilik("learn", "dataset", "s1", "--out", "a"), "no video of this study is judged")
    refused(tilik("learn", "dataset", "s2", "--out", "a"), "no study is called 's2'")
    assert not Path("a").exists()


names = st.one_of(st.none(), st.integers(0, 8).map(str))


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.tuples(names, names), min_size=1, max_size=60), seed=st.integers(0, 5))
def test_no_channel_and_no_family_is_in_two_splits(
    rows: list[tuple[str | None, str | None]], seed: int
) -> None:
    videos = [f"v{at}" for at in range(len(rows))]
    keys = [[channel for channel, _ in rows], [family for _, family in rows]]
    found = splits(keys, videos, seed)
    for key in keys:
        for name in {one for one in key if one}:
            assert len({split for one, split in zip(key, found, strict=True) if one == name}) == 1
    order = list(range(len(rows)))[::-1]
    turned = splits([[key[at] for at in order] for key in keys], [videos[at] for at in order], seed)
    assert turned == [found[at] for at in order]


def test_splits_have_their_shares() -> None:
    found = splits([], [f"v{at}" for at in range(5000)], 3)
    for split, share in SHARES:
        assert found.count(split) / 5000 == pytest.approx(share, abs=0.02)
