"""Soft labels: posteriors beat shares of votes where people differ; none where votes cannot tell."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from measure.survey import CLEAN, TEMPLATE, Say, Survey, Unit, hire, judge
from quality.bench import Court, ruling
from study.making import Made
from tilik.access import add_person
from tilik.frame.registration import bring_in_frame
from tilik.learn import TrainingSet, training_set, write_training_set
from tilik.learn.dataset_files import data_card
from tilik.learn.soft_labels import FAILS, FEWEST, PLACES, SoftLabels, Vote, soft_labels
from tilik.quality.adjudication import next_adjudication
from tilik.review import open_study
from tilik.sampling import SimpleRandomDesign
from tilik.store import Workspace, database_url, guideline_text, open_engine, rebuild
from tilik.study import add_guideline

SQLITE = "sqlite:///{}"
YES, NO = frozenset({FAILS, "SYN-MASS"}), frozenset[str]()
RIGHT = (0.97, 0.95, 0.93, 0.62, 0.6)
"""How often each of five people is right: two of them hardly see."""


def crowd(tasks: int = 400, seed: int = 0, views: int = 3) -> tuple[list[Vote], np.ndarray]:
    """Each task is judged by ``views`` of the five, drawn anew."""
    random = np.random.default_rng(seed)
    truth = random.random(tasks) < 0.35
    votes = [
        Vote(f"t{task:03}", f"p{one}", YES if truth[task] == (random.random() < RIGHT[one]) else NO)
        for task in range(tasks)
        for one in random.choice(len(RIGHT), views, replace=False).tolist()
    ]
    return votes, truth


def chances(found: SoftLabels, tasks: int, question: str = FAILS) -> np.ndarray:
    return np.array([found.posterior[f"t{at:03}"][question] for at in range(tasks)])


def brier(p: np.ndarray, truth: np.ndarray) -> float:
    return float(((p - truth) ** 2).mean())


def test_posteriors_are_nearer_to_the_truth_than_shares_of_votes() -> None:
    votes, truth = crowd()
    found = soft_labels(votes, {})
    shares = np.array(
        [np.mean([FAILS in v.says for v in votes if v.task == f"t{at:03}"]) for at in range(400)]
    )
    p = chances(found, 400)
    assert brier(p, truth) < 0.6 * brier(shares, truth)
    assert abs(p.mean() - truth.mean()) < 0.04
    told = {one.question: one for one in found.told}
    assert told[FAILS].tasks == 400
    assert told[FAILS].lacking == {}
    assert sum(told[FAILS].models.values()) == pytest.approx(1, abs=1e-5)
    assert told[FAILS].expected == pytest.approx(p.mean(), abs=1e-6)
    assert (p == np.round(p, PLACES)).all()


def test_the_order_of_votes_changes_nothing() -> None:
    votes, _ = crowd(120)
    assert soft_labels(votes[::-1], {}) == soft_labels(votes, {})


def test_a_single_vote_counts_as_much_as_its_person() -> None:
    votes, _ = crowd(400)
    good, poor = (Vote(f"one-{p}", p, YES) for p in ("p0", "p4"))
    found = soft_labels([*votes, good, poor], {}).posterior
    assert found["one-p0"][FAILS] > 0.85
    assert found["one-p4"][FAILS] < 0.65


def test_two_votes_each_bear_no_posterior_unless_rulings_teach_who_is_reliable() -> None:
    votes, truth = crowd(views=2)
    found = soft_labels(votes, {})
    assert found.posterior == {}
    assert found.told[0].lacking == {"too-few-shared": 400}
    few = {f"t{at:03}": YES if truth[at] else NO for at in range(FEWEST - 1)}
    bare = soft_labels(votes, few)
    assert set(bare.posterior) == set(few), "a ruling is known without a model"
    assert bare.posterior["t000"] == {FAILS: float(truth[0]), "SYN-MASS": float(truth[0])}
    taught = soft_labels(votes, {f"t{at:03}": YES if truth[at] else NO for at in range(100)})
    rest = slice(100, 400)
    shares = np.array(
        [np.mean([FAILS in v.says for v in votes if v.task == f"t{at:03}"]) for at in range(400)]
    )
    assert brier(chances(taught, 400)[rest], truth[rest]) < 0.7 * brier(shares[rest], truth[rest])


def test_a_ruling_wins_over_all_votes() -> None:
    votes, _ = crowd(200)
    votes += [Vote("t500", f"p{one}", YES) for one in range(5)]
    assert soft_labels(votes, {}).posterior["t500"][FAILS] > 0.99
    assert soft_labels(votes, {"t500": NO}).posterior["t500"] == {FAILS: 0.0, "SYN-MASS": 0.0}


def test_a_label_hardly_ever_given_has_none() -> None:
    votes, _ = crowd(200)
    votes[0] = replace(votes[0], says=votes[0].says | {"COM-GAMB"})
    found = soft_labels(votes, {})
    assert "COM-GAMB" not in found.posterior["t000"]
    assert {one.question: one.lacking for one in found.told}["COM-GAMB"] == {"too-few-of-a-kind": 200}


def test_people_who_share_no_video_are_told_apart() -> None:
    votes, _ = crowd(100)
    alone = [Vote(f"x{at}", "stranger", YES if at % 2 else NO) for at in range(100)]
    found = soft_labels([*votes, *alone], {})
    assert "x1" not in found.posterior
    assert found.posterior["t000"] == soft_labels(votes, {}).posterior["t000"]
    assert found.told[0].lacking == {"too-few-shared": 100}


# ---------------------------------------------------------------------------------------- in a workspace
def studied(workspace: Workspace, folder: Path, videos: int, wants: int) -> tuple[str, str]:
    """A study of so many videos, all drawn; its id and its guideline's."""
    (folder / "frame.csv").write_text(
        "video,impressions,channel\n" + "".join(f"v{at:02},{1000 + at},c{at // 2}\n" for at in range(videos))
    )
    with workspace.store.write() as writing:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
    bring_in_frame(workspace.store, workspace.scratch, folder / "frame.csv", name="march", frame_seed="x")
    study, _ = open_study(
        workspace.store,
        workspace.scratch,
        name="s1",
        frame="march",
        design=SimpleRandomDesign(),
        budget=videos,
        seed=5,
        wants=wants,
    )
    return study, guideline


def judged(workspace: Workspace, folder: Path) -> tuple[str, str]:
    """Sixty videos, each judged by three: one in ten is clean but for one vote, three fail for most."""
    study, guideline = studied(workspace, folder, 60, wants=3)
    said: dict[int, tuple[Say, ...]] = {
        0: (TEMPLATE, CLEAN, CLEAN),
        **dict.fromkeys((1, 2), (TEMPLATE, TEMPLATE, TEMPLATE)),
        3: (TEMPLATE, TEMPLATE, CLEAN),
    }
    units = tuple(Unit(f"v{at:02}", 1, 1, says=said.get(at % 10, (CLEAN,) * 3)) for at in range(60))
    team = hire(workspace, "Ani", "Budi", "Cici", simulated=True)
    judge(workspace, Survey(study, units, {}, guideline), team)
    return study, guideline


def read(workspace: Workspace, study: str) -> TrainingSet:
    with workspace.store.read() as connection:
        return training_set(connection, workspace.store.blobs, study)


def test_a_study_whose_videos_have_three_votes_gets_posteriors(workspace: Workspace, tmp_path: Path) -> None:
    study, _ = judged(workspace, tmp_path)
    found = read(workspace, study)
    assert len(found.rows) == 60
    assert {one.question: one.tasks for one in found.soft} == {FAILS: 60, "SYN-MASS": 60}
    rows = {str(row["video"]): row for row in found.rows}
    for row in rows.values():
        assert row["label_shares"].get("SYN-MASS", 0) == pytest.approx(row["fails_share"])
    assert rows["v01"]["fails_posterior"] > 0.9 > 0.2 > rows["v04"]["fails_posterior"]
    card = data_card(found)
    assert "| SYN-MASS | 60 |" in card
    assert "`auto`" in card
    again = SQLITE.format(tmp_path / "fresh.db")
    engine = open_engine(database_url(again))
    try:
        rebuild(workspace.store, engine)
        with engine.connect() as connection:
            assert training_set(connection, workspace.store.blobs, study).content == found.content
    finally:
        engine.dispose()
    told = write_training_set(found, tmp_path / "set")
    assert told["soft_labels"]["questions"][FAILS]["videos"] == 60
    table = pq.read_table(tmp_path / "set" / "measurement")
    stored = dict(zip(table["video"].to_pylist(), table["fails_posterior"].to_pylist(), strict=True))
    assert stored == {name: row["fails_posterior"] for name, row in rows.items()}


def test_what_was_ruled_is_the_outcome(workspace: Workspace, tmp_path: Path) -> None:
    study, guideline = judged(workspace, tmp_path)
    before = {str(row["video"]): row for row in read(workspace, study).rows}
    court = Court(workspace)
    with workspace.store.write() as writing:
        third = add_person(writing, name="Dewi", roles=("adjudicator",), simulated=True)
    with workspace.store.write(third.id) as writing:
        lease = next_adjudication(writing, third.id, simulated=True)
    assert lease is not None
    court.rule(third, ruling(lease, Made(study, guideline, ()), level=3))
    after = {str(row["video"]): row for row in read(workspace, study).rows}
    (video,) = [name for name, row in after.items() if row["ruling"] is not None]
    assert (after[video]["fails"], after[video]["levels"]) == (True, {"COM-GAMB": 3.0})
    assert after[video]["fails_posterior"] == 1.0
    assert after[video]["label_posteriors"] == {"COM-GAMB": 1.0, "SYN-MASS": 0.0}
    assert after[video]["fails_share"] == before[video]["fails_share"] < 1, "the votes are as they were"
    assert json.loads(after[video]["ruling"])["label.COM-GAMB"] == 3
    others = [name for name in after if name != video]
    assert all("COM-GAMB" not in after[name]["label_posteriors"] for name in others)


def test_a_study_with_too_few_votes_says_so(workspace: Workspace, tmp_path: Path) -> None:
    study, guideline = studied(workspace, tmp_path, 20, wants=1)
    units = tuple(Unit(f"v{at:02}", 1, 1, says=(TEMPLATE if at % 2 else CLEAN,)) for at in range(20))
    judge(workspace, Survey(study, units, {}, guideline), hire(workspace, "Ani", simulated=True))
    found = read(workspace, study)
    assert {row["fails_posterior"] for row in found.rows} == {None}
    assert all(row["label_posteriors"] is None for row in found.rows)
    assert {row["fails_share"] for row in found.rows} == {0.0, 1.0}
    assert "None of the questions has a posterior** (too-few-shared)" in data_card(found)
    write_training_set(found, tmp_path / "set")
    table = pq.read_table(tmp_path / "set" / "measurement")
    assert table["label_posteriors"].null_count == table.num_rows
