"""After a stop nothing derived from the video is reachable: by no role over the API, in no export."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pyarrow.parquet as pq
import pytest
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
from tilik.exchange.judged import judged_videos
from tilik.kernel import Evidence, Span
from tilik.log import metadata
from tilik.media.exporting import export_evidence
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
        }


def paths(place: Place) -> Iterator[str]:
    """Every address that can be read, with what can stand in it."""
    names = place.names()
    for door in matrix(ROUTERS):
        if door.method not in SAFE or door.path in {SESSION_ITSELF, "/media/{token}"}:
            continue
        wanted = re.findall("{(.*?)}", door.path)
        for values in product(*(names.get(one, ["x"]) for one in wanted)):
            path = door.path
            for name, value in zip(wanted, values, strict=True):
                path = path.replace("{" + name + "}", value)
            yield path + query(path, names)


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


@pytest.fixture
def place(sqlite_workspace: Workspace) -> Place:
    return Place(sqlite_workspace)


def links_in(found: str) -> list[str]:
    return re.findall(r"/media/[A-Za-z0-9_.=-]+", found)


def test_after_a_stop_no_role_reaches_anything_derived(place: Place) -> None:
    visitors = {role: at_a_browser(place, person) for role, person in place.people.items()}
    every = sorted(set(paths(place)))
    before = {(role, path): visitor.get(path).text for role, visitor in visitors.items() for path in every}
    seen = {key for key, text in before.items() if not clear(text)}
    assert len(seen) >= 5, "what must vanish was there"
    place.stop()
    found = {
        f"{role} {path}: {leaked(answer.text)}"
        for role, visitor in visitors.items()
        for path in every
        if not clear((answer := visitor.get(path)).text)
    }
    assert found == set()
    for (role, _), text in before.items():
        for link in links_in(text):
            answer = visitors[role].get(link, headers={"range": "bytes=0-"})
            assert clear(answer.content), f"{role} {link}"


def leaked(text: str) -> str:
    return ", ".join(mark for mark in MARKS if mark in text.lower())


def export_rows(file: Path) -> bytes:
    return json.dumps(pq.read_table(file).to_pylist(), default=str).encode()


def test_after_a_stop_the_exported_evidence_does_not_hold_the_video(place: Place, tmp_path: Path) -> None:
    def write(file: Path) -> bytes:
        with place.workspace.store.read() as connection:
            export_evidence(connection, place.workspace.store.blobs, file)
        return export_rows(file)

    assert STOPPED.encode() in write(tmp_path / "before.parquet")
    place.stop()
    after = write(tmp_path / "after.parquet")
    assert clear(after)
    assert STOPPED.encode() not in after


def test_after_a_stop_no_other_program_is_told_of_the_video(place: Place) -> None:
    place.stop()
    with place.workspace.store.read() as connection:
        blobs = place.workspace.store.blobs
        told = [repr(one) for one in judged_videos(connection, blobs, place.study.id)]
        assert clear("".join(told))
        assert not any(STOPPED in one for one in told)


KEPT = {("video", "title"), ("log_entry", "body"), ("note", "text"), ("case_note", "text")}
"""The title, in the log and its fold, of which no route tells; and erasable rows of what people wrote."""


def rows_with_marks(workspace: Workspace) -> set[tuple[str, str]]:
    """Table and column of every cell that holds a mark."""
    with workspace.store.read() as connection:
        return {
            (table.name, name)
            for table in metadata.sorted_tables
            for row in connection.execute(select(table)).mappings()
            for name, value in row.items()
            if isinstance(value, str) and not clear(value)
        }


def test_after_a_stop_the_database_keeps_no_text_of_the_video(place: Place) -> None:
    assert ("text_piece", "text") in rows_with_marks(place.workspace)
    place.stop()
    assert rows_with_marks(place.workspace) <= KEPT
    index_texts(place.workspace.store)
    assert rows_with_marks(place.workspace) <= KEPT


def test_what_is_derived_lies_on_disk_among_the_guarded_files_alone(place: Place) -> None:
    place.stop()
    folder = place.workspace.folder
    outside = [
        file for file in folder.rglob("*") if file.is_file() and "blobs" not in file.relative_to(folder).parts
    ]
    assert outside
    media = [mark.lower().encode() for mark in BYTES]
    assert [file for file in outside if any(mark in file.read_bytes().lower() for mark in media)] == []
