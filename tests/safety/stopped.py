"""A video with all that can be derived from it or said about it, a stop, and where to look for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

from sqlalchemy import select
from starlette.testclient import TestClient

from api.visitor import Visitor
from quality.bench import GAMBLING, Court, ruled, ruling
from review.desk import submission
from study.making import make_study, people
from tilik.access import Person
from tilik.access.events import Role
from tilik.api import create_app
from tilik.api.app import ROUTERS
from tilik.api.doors import matrix
from tilik.casebook import Filing, file_case
from tilik.kernel import Evidence, Span
from tilik.media.record import MediaRecord, StoredFile, StoredStoryboard
from tilik.media.registration import add_video, keep_prepared
from tilik.media.searching import index_texts
from tilik.review import Stop, stop_work, task_id
from tilik.store import Workspace
from tilik.store.adjudication_tables import ruling as ruling_table
from tilik.store.casebook_tables import casebook
from tilik.store.tables import judgement, lease

STOPPED, OTHER = "vid-stopped", "vid-other"
ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role != "child-safety")
TITLE, TEXT, SAID = "JUDULRAHASIA", "tulisanrahasia", "Kalimatrahasia"
BYTES = ("GAMBARRAHASIA", "PAPANRAHASIA", "KLIPRAHASIA")
MARKS = (TITLE.lower(), TEXT, SAID.lower(), *(one.lower() for one in BYTES))
"""What is derived from the video, and what people wrote of it; compared without regard to case."""
SAFE = {"GET"}
SESSION_ITSELF = "/api/session"


def clear(found: bytes | str) -> bool:
    text = (found if isinstance(found, bytes) else found.encode()).lower()
    return not any(mark.encode() in text for mark in MARKS)


class Place:
    """A video with everything that can be derived from it, judged, ruled on, disputed and filed as a case."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.court = Court(workspace)
        self.people = {role: people(workspace, f"Orang {role}", roles=(role,))[0] for role in ROLES}
        self.third = people(workspace, "Ketiga")[0]
        with workspace.store.write() as writing, TemporaryDirectory() as scratch:
            self._derive(writing, Path(scratch))
        self.study = make_study(workspace, [STOPPED, OTHER], wants=2, with_media=lambda index: index == 1)
        index_texts(workspace.store)
        self._work()

    def _derive(self, writing: Any, scratch: Path) -> None:
        file = scratch / "clip"
        file.write_bytes(BYTES[2].encode() * 100)
        content = add_video(writing, video=STOPPED, title=TITLE, file=file)
        poster, sprite = (writing.blobs.put(one.encode() * 100) for one in BYTES[:2])
        record = MediaRecord(
            condition="playable",
            duration=4.0,
            width=320,
            height=180,
            fps=25.0,
            playback=StoredFile(content=content, mime="video/mp4"),
            poster=StoredFile(content=poster, mime="image/jpeg"),
            storyboard=StoredStoryboard(
                content=sprite,
                mime="image/jpeg",
                columns=2,
                count=4,
                tile_width=160,
                tile_height=90,
                interval=1,
            ),
        )
        seen = Evidence(
            video=STOPPED, span=Span(start=0, end=2), kind="on-screen-text", value=TEXT, source="ocr/1"
        )
        keep_prepared(writing, video=STOPPED, content=content, record=record, evidence=(seen,))

    def _work(self) -> None:
        """Two people differ on it, a third rules, one objects; a case is filed."""
        reviewer, adjudicator = self.people["reviewer"], self.people["adjudicator"]
        for person, level in ((reviewer, 0), (self.third, 3)):
            for _ in range(2):
                self._judge(person, level)
        self._file(reviewer)
        while (held := self.court.called(adjudicator)) is not None:
            said = self._said(held.task)
            more = ruled(self.study, 3, notes={GAMBLING: f"{said} oleh pemutus."})
            sent = ruling(held, self.study, 3, **{**more, "reason": f"{said} jelas."})
            given = self.court.rule(adjudicator, sent)
            self.court.dispute(reviewer, given.id, f"{said} dibantah.")
            self.court.mark(given.id, True, GAMBLING)

    def _judge(self, person: Person, level: int) -> None:
        lease_ = self.court.take(person)
        more: dict[str, Any] = {}
        if level:
            more = {
                "answers": ruled(self.study, level)["answers"],
                "marks": ({"start": 0.5, "end": 1, "question": GAMBLING},),
                "notes": {GAMBLING: f"{self._said(lease_.task)} tampak."},
            }
        self.court.send(person, submission(lease_, self.study, **more))

    def _said(self, task: str) -> str:
        return SAID if task == task_id(self.study.id, STOPPED) else "Sesuatu"

    def _file(self, person: Person) -> None:
        task = task_id(self.study.id, STOPPED)
        sent = Filing(key="case-12345678", task=task, type="two_labels_compete", said=f"{SAID}?")
        with self.workspace.store.write(person.id) as writing:
            file_case(writing, person.id, sent)

    def stop(self) -> None:
        """Somebody who judged it stops work on it."""
        task = task_id(self.study.id, STOPPED)
        with self.workspace.store.read() as connection:
            mine = select(lease).where(lease.c.task == task, lease.c.person == self.third.id)
            held = connection.execute(mine).first()
        assert held is not None
        body = Stop(key="stop-12345678", task=task, lease=held.id, escalation="ESC-CSAM", at=1)
        with self.workspace.store.write(self.third.id) as writing:
            stop_work(writing, self.third.id, body)

    def names(self) -> dict[str, list[str]]:
        """What can stand in a path, by the parameter's name."""
        with self.workspace.store.read() as connection:
            case = connection.execute(select(casebook.c.id)).scalars().all()
            rulings = connection.execute(select(ruling_table.c.id)).scalars().all()
            judged = connection.execute(select(judgement.c.id)).scalars().all()
            leases = connection.execute(select(lease.c.id).order_by(lease.c.id.desc())).scalars().all()
        study = self.study
        return {
            "study": [study.id],
            "task": [task_id(study.id, STOPPED)],
            "case": list(case),
            "ruling": list(rulings),
            "judgement": list(judged),
            "identity": [study.guideline],
            "version": [study.guideline],
            "before": [study.guideline],
            "after": [study.guideline],
            "video": [STOPPED],
            "person": [one.id for one in self.people.values()],
            "lease": list(leases),
            "question": [GAMBLING],
            "name": [STOPPED],
        }


def paths(place: Place) -> Iterator[str]:
    """Every address that can be read, with what can stand in it."""
    names = place.names()
    for door in matrix(ROUTERS):
        if door.method in SAFE and door.path not in {SESSION_ITSELF, "/media/{token}"}:
            yield from (path + query(path, names) for path in filled(door.path, names))


def filled(path: str, names: dict[str, list[str]]) -> Iterator[str]:
    """The path with every combination of what can stand in it."""
    wanted = re.findall("{(.*?)}", path)
    for values in product(*(names.get(one, ["x"]) for one in wanted)):
        with_values = path
        for name, value in zip(wanted, values, strict=True):
            with_values = with_values.replace("{" + name + "}", value)
        yield with_values


ELSEWHERE = ("/api/session", "/api/account", "/api/people", "/api/safety", "/api/stop-work")
"""Who may come in and go, and the one role that may look."""


def acts(place: Place) -> Iterator[tuple[str, str, Any]]:
    """Method, address and body of all that can be done, to the stopped video where it can be named."""
    names = place.names()
    description = create_app(place.workspace).openapi()
    for door in sorted(matrix(ROUTERS), key=lambda door: (door.path, door.method)):
        if door.method in SAFE or door.path.startswith(ELSEWHERE):
            continue
        asked = description["paths"][door.path][door.method.lower()].get("requestBody")
        schema = asked and asked["content"]["application/json"]["schema"]
        for path in filled(door.path, names):
            yield door.method, path, sample(schema, description, names) if schema else None


def sample(schema: Any, description: Any, names: dict[str, list[str]], name: str = "") -> Any:
    """The least that a schema takes; what bears the name of something known is that."""
    if "$ref" in schema:
        schema = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if name in names and schema.get("type", "string") == "string":
        return names[name][0]
    for given in ("const", "default"):
        if given in schema:
            return schema[given]
    for choice in ("enum", "examples"):
        if choice in schema:
            return schema[choice][0]
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return sample(schema[several][0], description, names, name)
    return _of_type(schema, description, names, name)


def _of_type(schema: Any, description: Any, names: dict[str, list[str]], name: str) -> Any:
    match schema.get("type"):
        case "object":
            wanted = schema.get("required", [])
            return {one: sample(schema["properties"][one], description, names, one) for one in wanted}
        case "array":
            each = name.removesuffix("s")
            return [sample(schema["items"], description, names, each)] * max(1, schema.get("minItems", 0))
        case "integer" | "number":
            return schema.get("minimum", schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case _:
            return "Sesuatu" + "x" * max(0, schema.get("minLength", 0) - 7)


def query(path: str, names: dict[str, list[str]]) -> str:
    asked = {
        "/api/library/video": f"?video={STOPPED}",
        "/api/library/search": f"?q={TEXT}",
        "/api/coverage": f"?study={names['study'][0]}",
        "/api/log": "?limit=500",
    }
    return asked.get(path, "")


def at_a_browser(place: Place, person: Person) -> Visitor:
    client = TestClient(create_app(place.workspace), raise_server_exceptions=False)
    return Visitor(client).sign_in(place.workspace, person)
