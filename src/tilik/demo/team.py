"""A simulated team with stated error rates. Its people are marked as simulated wherever they appear, and
they judge through the same calls as everybody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from pydantic import JsonValue
from sqlalchemy import select

from tilik.access import Person, add_person
from tilik.demo.truth import VideoTruth
from tilik.guideline import Guideline, verdict_proposal
from tilik.review import Lease, Mark, Submission, lease_next, submit
from tilik.store import Store
from tilik.store.tables import task
from tilik.study import guideline_of


@dataclass(frozen=True, slots=True)
class Skill:
    """How a simulated reviewer errs, label by label.

    ``sensitivity``  chance to see a label that is truly there;
    ``specificity``  chance to call a video clean in all labels that are truly absent.
    """

    name: str
    sensitivity: float
    specificity: float


TEAM = (
    Skill("Simulasi Ayu", 0.97, 0.995),
    Skill("Simulasi Bima", 0.95, 0.992),
    Skill("Simulasi Citra", 0.98, 0.990),
    Skill("Simulasi Dewi", 0.94, 0.996),
)


def hire(store: Store, team: tuple[Skill, ...] = TEAM) -> list[tuple[Person, Skill]]:
    """Add the simulated people."""
    with store.write() as writing:
        return [
            (add_person(writing, name=skill.name, roles=("reviewer",), simulated=True), skill)
            for skill in team
        ]


def judge_all(
    store: Store,
    team: list[tuple[Person, Skill]],
    truth: Mapping[str, VideoTruth],
    *,
    guideline: str,
    seed: int,
) -> Iterator[str]:
    """Lease and judge, in turn, until no task is left for simulated people; yields each judgement's id."""
    luck = Random(seed)  # noqa: S311
    with store.read() as connection:
        document = guideline_of(connection, store.blobs, guideline)
        videos = dict(connection.execute(select(task.c.id, task.c.video)).all())
    while True:
        for person, skill in team:
            with store.write(person.id) as writing:
                lease = lease_next(writing, person.id, simulated=True)
                if lease is None:
                    return
                seen = look(truth[videos[lease.task]], document, skill, luck)
                receipt = submit(writing, person.id, answer(document, guideline, lease, seen, luck))
            yield receipt.id


def look(true: VideoTruth, guideline: Guideline, skill: Skill, luck: Random) -> VideoTruth:
    """What a reviewer of this skill takes to be true."""
    labels = {code: level for code, level in true.labels.items() if luck.random() < skill.sensitivity}
    if luck.random() >= skill.specificity:
        absent = [label.code for label in guideline.labels if label.code not in true.labels]
        labels[luck.choice(absent)] = 2
    return VideoTruth(true.video, labels, true.strengths, true.audience, true.min_age)


def answer(guideline: Guideline, identity: str, lease: Lease, seen: VideoTruth, luck: Random) -> Submission:
    """A whole submission that says what was seen; the verdict is the one the guideline proposes."""
    family_of = {label.code: label.family for label in guideline.labels}
    opened = {family_of[code] for code in seen.labels}
    answers: dict[str, JsonValue] = {
        "assessable": "yes",
        "audience.factors": [],
        "audience": seen.audience,
        "min_age": seen.min_age,
        **{f"family.{family.code}": family.code in opened for family in guideline.families},
        **{
            f"label.{label.code}": seen.labels.get(label.code, 0)
            for label in guideline.labels
            if label.family in opened
        },
        **{f"strength.{s.code}": seen.strengths.get(s.code, 0) for s in guideline.high_quality},
        "confidence": 3,
        "edge_case": None,
    }
    proposal = verdict_proposal(guideline, answers)
    answers["verdict"] = proposal.value if proposal else guideline.verdict.values[0].code
    seconds = round(luck.uniform(20, 70), 1)
    return Submission(
        key=f"simulated-{lease.id}",
        task=lease.task,
        lease=lease.id,
        guideline=identity,
        answers=answers,
        marks=tuple(Mark(question=f"label.{code}", start=0.0, end=1.0) for code in seen.labels),
        notes={f"label.{code}": "Penilaian simulasi." for code in seen.labels},
        trace=(),
        active_seconds=seconds,
        language="id",
    )
