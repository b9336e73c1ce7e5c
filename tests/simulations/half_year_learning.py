"""What half a year of judgements teaches: blind spots of the classifier, and a baseline that replaces it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tilik.guideline import failing_verdicts
from tilik.kernel import Estimate
from tilik.learn import (
    Asked,
    BlindSpot,
    Confirmed,
    Judged,
    Plain,
    blind_spots,
    confirm,
    judged,
    pose,
    train,
    training_set,
)
from tilik.learn.tempering import Teaching
from tilik.measure import gather
from tilik.sampling import ColumnDesign

from .half_year_work import Office
from .half_year_world import ACTS_FROM, SCORE

METADATA = ("age_band", "language", "surface", "topic")
TOP = 3
SECOND = ColumnDesign(column="topic", across=("surface",))
"""The second draw: every topic on every surface is a stratum, so that small cells are looked at too."""


@dataclass(frozen=True)
class Hunt:
    """The suspected slices, the true one's place among them (from 1), and what a second draw says of it."""

    spots: tuple[BlindSpot, ...]
    place: int | None
    again: Confirmed | None


def hunt(office: Office, weeks: Sequence[int], *, draws: int = 499) -> Hunt:
    """Where the classifier lets through what fails, in these weeks' samples.

    Where the new kind is among the first three, a second draw from the last week's frame looks at them again.
    """
    first = missed(office, [office.studies[week] for week in weeks])
    spots = blind_spots(first, count=10, draws=draws, seed=office.world.seed)
    top = spots[:TOP]
    place = next((at for at, spot in enumerate(spots, 1) if _same(spot.conditions, office)), None)
    again = None
    if place is not None and place <= TOP:
        study = office.study(f"again-{weeks[-1]}", weeks[-1], SECOND, office.budget, seed=77)
        looked = confirm([spot.conditions for spot in top], missed(office, [study]))
        again = next((one for one in looked if _same(one.conditions, office)), None)
    return Hunt(tuple(spots), place, again)


def missed(office: Office, studies: Sequence[str]) -> Judged:
    """The judged of several studies, failing where the classifier did not act; channels are clusters."""
    with office.workspace.store.read() as connection:
        found = [gather(connection, office.workspace.store.blobs, study) for study in studies]
    parts: dict[str, list[np.ndarray]] = {
        name: [] for name in ("y", "w", "pi", "strata", "channel", *METADATA)
    }
    for at, facts in enumerate(found):
        on = facts.assessed
        videos = [video for video, judged_ in zip(facts.videos, on.tolist(), strict=True) if judged_]
        failing = failing_verdicts(facts.guideline)
        fails = facts.share_of_judgements(lambda one, failing=failing: one.verdict in failing)[on]
        passed = facts.population.score(SCORE, videos) < ACTS_FROM
        parts["y"].append(fails * passed)
        parts["w"].append(facts.impressions[on])
        parts["pi"].append(facts.pi[on])
        parts["strata"].append(np.char.add(f"{at}|", facts.stratum[on]))
        parts["channel"].append(office.world.metadata["channel"][[office.world.row[one] for one in videos]])
        for name in METADATA:
            parts[name].append(facts.population.domain(name, videos))
    one = {name: np.concatenate(cells) for name, cells in parts.items()}
    metadata = {name: one[name].tolist() for name in METADATA}
    return judged(one["y"], metadata, one["w"], one["pi"], one["strata"], one["channel"].tolist())


def _same(conditions: Sequence[tuple[str, str]], office: Office) -> bool:
    return set(conditions) == set(office.world.place)


def against(
    office: Office, weeks: Sequence[int], *, teaching: Teaching = "chosen", since: int = 1
) -> dict[str, Estimate]:
    """The baseline against the classifier of the time, on these weeks; ``since`` is the first to teach.

    Learned from titles, metadata and an analyser's measure of all weeks until then that were judged by the
    same guideline; out of fold by channel, weighted by what each video stands for. The classifier's score is
    not learned from.
    """
    last = _rows(office, weeks[-1])
    version = last[0]["guideline"]
    before = [row for week in office.studies if since <= week < weeks[-1] for row in _rows(office, week)]
    rows = [row for row in [*before, *last] if row["guideline"] == version]
    for row in rows:
        row["judged"] = str(int(str(row.pop("week"))) in weeks)
    table = Plain({name: [row[name] for row in rows] for name in rows[0]}, len(rows))
    asked = Asked(
        "fails",
        features=("topic", "language", "age_band", "surface", "evidence"),
        texts=("title",),
        group="channel",
        weight="mass",
        leave_out=(SCORE,),
        judge_on="judged",
    )
    trained = train(
        pose(table, asked, "True"),
        label="fails",
        incumbent=SCORE,
        teaching=teaching,
        seed=office.world.seed,
    )
    return {"ours": trained.figures["auc"], **trained.against}


def _rows(office: Office, week: int) -> list[dict[str, str | None]]:
    """A week's training set with what the frame and the analyser say of each video."""
    with office.workspace.store.read() as connection:
        blobs = office.workspace.store.blobs
        made = training_set(connection, blobs, office.studies[week])
        facts = gather(connection, blobs, office.studies[week])
    videos = [str(row["video"]) for row in made.rows]
    more = {name: facts.population.domain(name, videos) for name in ("age_band", "surface")}
    score = facts.population.score(SCORE, videos)
    rows: list[dict[str, str | None]] = []
    for at, row in enumerate(made.rows):
        if row["fails"] is None:
            continue
        names = ("fails", "title", "topic", "language", "channel", "guideline")
        told: dict[str, str | None] = {name: str(row[name]) for name in names}
        told |= {name: str(cells[at]) for name, cells in more.items()}
        told["evidence"] = repr(float(office.world.evidence[office.world.row[videos[at]]]))
        told["mass"] = repr(float(str(row["weight"])) * float(str(row["impressions"])))
        rows.append({**told, SCORE: repr(float(score[at])), "week": str(week)})
    return rows
