"""Half a year of work on a made-up platform: each week's frame comes in, is sampled, and is judged.

Frames, guidelines, studies, draws and tasks come through the product's own calls. Judgements are put into the
tables by the batch, as their event's applier leaves them: one by one they are measured by bench/review.py.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import insert, select, update

from tilik.access import add_person
from tilik.demo.team import Skill, answer, look
from tilik.demo.truth import VideoTruth
from tilik.frame.days import Days
from tilik.frame.registration import bring_in_frame
from tilik.guideline import Guideline
from tilik.kernel import canonical, digest, new_id, to_text, utc_now
from tilik.review import Lease, open_study
from tilik.sampling import AnyDesign
from tilik.store import Workspace, create, guideline_text, open_workspace
from tilik.store.tables import judgement, task
from tilik.study import add_guideline, guideline_of, move

from .half_year_world import DEFINED, STRICTER, Truth, World

FIRST = date(2026, 1, 5)
BUDGET = 1_000
CAREFUL = Skill("Simulasi Cermat", 1.0, 1.0)
RULE = """    - code: VR1B
      match: all
      when:
        - {count: labels, of: [%s], min_level: 1, at_least: 1}
      then: Q3
      text: {id: "Label ini pada tingkat berapa pun.", en: "This label at any level."}
    - code: VR2
"""


@dataclass
class Office:
    """A workspace in which one person judges; ``studies`` and ``truths`` by week, counted from 1."""

    workspace: Workspace
    world: World
    design: AnyDesign
    skill: Skill
    budget: int
    person: str = ""
    guideline: str = ""
    strict: bool = False
    studies: dict[int, str] = field(default_factory=dict)
    truths: dict[int, Truth] = field(default_factory=dict)
    said: dict[tuple[str, ...], str] = field(default_factory=dict)

    def week(self, week: int) -> None:
        """The week's frame, study and judgements; from week ``DEFINED`` on by the stricter guideline."""
        if week >= DEFINED and not self.strict:
            self._stricter()
        file, self.truths[week] = self.world.week(week)
        first = FIRST + timedelta(weeks=week - 1)
        bring_in_frame(
            self.workspace.store,
            self.workspace.scratch,
            file,
            name=f"w{week}",
            frame_seed="half-year",
            days=Days(first, first + timedelta(days=6)),
        )
        file.unlink()
        self.studies[week] = self.study(f"w{week}", week, self.design, self.budget, seed=week)

    def study(self, name: str, week: int, design: AnyDesign, budget: int, *, seed: int) -> str:
        """Draw from a week's frame, and judge all that was drawn; returns the study's id."""
        store = self.workspace.store
        study, _ = open_study(
            store,
            self.workspace.scratch,
            name=name,
            frame=f"w{week}",
            design=design,
            budget=budget,
            seed=1_000 * self.world.seed + seed,
        )
        with store.read() as connection:
            rows = connection.execute(select(task.c.id, task.c.video).where(task.c.study == study)).all()
            document = guideline_of(connection, store.blobs, self.guideline)
        true = self.world.true_of([row.video for row in rows], week)
        luck = Random(f"{self.world.seed} {name}")
        made = [self._row(row.id, self._says(true[row.video], document, luck)) for row in rows]
        with store.engine.connect().execution_options(tilik_writes=True) as connection, connection.begin():
            connection.execute(insert(judgement), made)
            connection.execute(update(task).where(task.c.study == study).values(state="settled", judged=1))
        return study

    def _says(self, true: VideoTruth, document: Guideline, luck: Random) -> str:
        """The answers as canonical JSON; what is said of like videos is worked out once."""
        seen = look(true, document, self.skill, luck)
        levels = sorted(f"{code}{level}" for code, level in seen.labels.items())
        key = (self.guideline, *levels, seen.audience, str(seen.min_age))
        if key not in self.said:
            lease = Lease(id=new_id(), task="", person="", until="")
            said = answer(document, self.guideline, lease, seen, luck)
            self.said[key] = canonical(dict(said.answers)).decode()
        return self.said[key]

    def _row(self, of_task: str, answers: str) -> dict[str, object]:
        identity = new_id()
        return {
            "id": identity,
            "key": identity,
            "request": digest(identity),
            "task": of_task,
            "person": self.person,
            "guideline": self.guideline,
            "answers": answers,
            "marks": "[]",
            "notes": "{}",
            "trace": "[]",
            "active_seconds": 40.0,
            "language": "id",
            "submitted_at": to_text(utc_now()),
        }

    def _stricter(self) -> None:
        text = guideline_text("keluarga-id")
        old = text.split('version: "')[1].split('"')[0]
        text = text.replace(f'version: "{old}"', f'version: "{old}-half-year"', 1)
        text = text.replace("    - code: VR2\n", RULE % STRICTER, 1)
        self.strict = True
        with self.workspace.store.write() as writing:
            self.guideline = add_guideline(writing, text, name="stricter.yaml")
            for state in ("trial", "active"):
                move(writing, self.guideline, state)  # type: ignore[arg-type]


@contextmanager
def opened(
    seed: int,
    design: AnyDesign,
    *,
    weeks: Sequence[int],
    rows: int = 55_000,
    budget: int = BUDGET,
    skill: Skill = CAREFUL,
) -> Iterator[Office]:
    """A workspace in a temporary folder after these weeks of work."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        world = World(folder, seed, rows)
        shutil.rmtree(folder / "stock")
        create(folder / "workspace")
        workspace = open_workspace(folder / "workspace")
        office = Office(workspace, world, design, skill, budget)
        with workspace.store.write() as writing:
            office.guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
            person = add_person(writing, name=skill.name, roles=("reviewer",), simulated=True)
            office.person = person.id
        for week in weeks:
            office.week(week)
        yield office
        workspace.close()
