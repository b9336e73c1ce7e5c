"""A round trip through a real Label Studio, started from its own environment. Opt-in: TILIK_LABEL_STUDIO=1.

    python -m venv label-studio && label-studio/bin/pip install label-studio
    TILIK_LABEL_STUDIO=1 TILIK_LABEL_STUDIO_BIN=label-studio/bin/label-studio \\
        pytest tests/exchange/test_label_studio_live.py

With TILIK_LABEL_STUDIO_URL and TILIK_LABEL_STUDIO_TOKEN a server that runs already is used.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from study.making import answers, make_study, shipped
from tilik.exchange.frames import to_frames
from tilik.exchange.label_studio.config import labelling_config
from tilik.exchange.label_studio.results import to_results
from tilik.exchange.label_studio.tasks import Origin, read_tasks
from tilik.exchange.said import Said
from tilik.kernel import Evidence, Span
from tilik.store import Workspace

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        os.environ.get("TILIK_LABEL_STUDIO") != "1", reason="TILIK_LABEL_STUDIO=1 asks for it"
    ),
]
LABEL = shipped().labels[0]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A Label Studio that answers, and the right to do anything in it."""
    url, token = os.environ.get("TILIK_LABEL_STUDIO_URL"), os.environ.get("TILIK_LABEL_STUDIO_TOKEN", "")
    if url:
        with httpx.Client(base_url=url, headers={"Authorization": f"Token {token}"}, timeout=60) as client:
            yield client
        return
    program = os.environ.get("TILIK_LABEL_STUDIO_BIN") or shutil.which("label-studio")
    if program is None:
        pytest.skip("no label-studio here; TILIK_LABEL_STUDIO_BIN names one")
    yield from _started(program, tmp_path_factory.mktemp("label-studio"))


def _started(program: str, folder: Path) -> Iterator[httpx.Client]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(20)
    settings = {
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
    }
    command = [program, "start", "--no-browser", "--port", str(port), "--username", "t@example.org",
               "--password", secrets.token_urlsafe(12), "--user-token", token]  # fmt: skip
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(command, env=os.environ | settings, stdout=log, stderr=log)
        try:
            headers = {"Authorization": f"Token {token}"}
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as client:
                _wait(client, running, folder / "log")
                yield client
        finally:
            running.terminate()
            running.wait(30)


def _wait(client: httpx.Client, running: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(240):
        assert running.poll() is None, log.read_text()[-2000:]
        try:
            if client.get("/health").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(1)
    raise AssertionError(log.read_text()[-2000:])


def asked(answer: httpx.Response) -> Any:
    assert answer.is_success, answer.text[:2000]
    return answer.json()


def exported(server: httpx.Client, project: int) -> Any:
    """A snapshot with whole predictions; the short export gives their numbers alone."""
    options = {"serialization_options": {"predictions": {"only_id": False}}}
    made = asked(server.post(f"/api/projects/{project}/exports/", json=options))
    place = f"/api/projects/{project}/exports/{made['id']}"
    for _ in range(60):
        if asked(server.get(place))["status"] == "completed":
            return asked(server.get(f"{place}/download", params={"exportType": "JSON"}))
        time.sleep(0.5)
    raise AssertionError("the export was never completed")


def every_kind() -> list[Said]:
    """A clean judgement, one with everything, and one that could not be given."""
    opened = {f"family.{LABEL.family}": True, f"label.{LABEL.code}": 3}
    full = answers({**opened, "audience.factors": [one.code for one in shipped().audience.factors[:2]]})
    spans = ((0.1, 0.7), (1.0, 1.0), (1.2345678901, 3.9999999), (0.0, 4.0))
    marks = tuple((f"label.{LABEL.code}", Span(start=a, end=b)) for a, b in spans)
    notes = {f"label.{LABEL.code}": "Teriakan “keras” <b>& kata kasar</b>, 子供向け", "verdict": "x"}
    code = next(one.code for one in shipped().assessability.codes if one.ask_language)
    return [
        Said(answers()),
        Said(full, marks, notes),
        Said({"assessable": code, "assessable.language": "jv"}),
    ]


def test_a_round_trip_loses_nothing(server: httpx.Client, sqlite_workspace: Workspace) -> None:
    made = make_study(sqlite_workspace, 1)
    origin = Origin(shipped(), made.guideline, "here")
    told = Said(
        evidence=(
            Evidence(
                video="v1", span=Span(start=0.04, end=1.3333), kind="flash", value={"n": 3}, source="flash/1"
            ),
            Evidence(
                video="v1", span=Span(start=2, end=2), kind="shot", value=7, source="flash/1", note="cut"
            ),
        )
    )
    machine = Said(answers())
    said = every_kind()
    tasks = []
    for number, fps in enumerate((25.0, 29.97, 23.976)):
        ours = [origin.annotation(one, fps, 12.5, rater=f"R{n}", at="") for n, one in enumerate(said)]
        evidence = Said(evidence=tuple(e.model_copy(update={"video": f"v{number}"}) for e in told.evidence))
        machines = [
            origin.prediction(evidence, fps, "flash/1"),
            origin.prediction(machine, fps, "llm-2", 0.75),
        ]
        tasks.append(origin.task(f"v{number}", "Judul", fps, ours, machines))
    config = {"title": "Tilik round trip", "label_config": labelling_config(shipped())}
    project = asked(server.post("/api/projects", json=config))["id"]
    counts = asked(server.post(f"/api/projects/{project}/import", json=json.loads(json.dumps(tasks))))
    assert (counts["task_count"], counts["annotation_count"], counts["prediction_count"]) == (3, 9, 6)

    back = exported(server, project)
    read = read_tasks(Origin(shipped(), made.guideline, "elsewhere"), back)
    assert read.left_out == {}
    for number in range(3):
        here = [one for one in read.judged if one.video == f"v{number}"]
        people = [one for one in here if one.kind == "person"]
        assert sorted((p.rater, p.said.digest()) for p in people) == [
            (f"R{n}", one.digest()) for n, one in enumerate(said)
        ]
        assert {p.active_seconds for p in people} == {12.5}
        (flash,) = [one for one in here if one.rater == "flash/1"]
        assert [(e.span, e.kind, e.value, e.note) for e in flash.said.evidence] == [
            (e.span, e.kind, e.value, e.note) for e in told.evidence
        ]
        (judge,) = [one for one in here if one.rater == "llm-2"]
        assert (judge.kind, judge.said, judge.score) == ("machine", machine, 0.75)
    assert read_tasks(origin, back).judged == []  # at home all of it is known


def test_what_is_annotated_there_comes_in_as_another_persons(
    server: httpx.Client, sqlite_workspace: Workspace
) -> None:
    made = make_study(sqlite_workspace, 1)
    origin = Origin(shipped(), made.guideline, "here", blank=True)
    config = {"title": "Tilik blank", "label_config": labelling_config(shipped(), "en")}
    project = asked(server.post("/api/projects", json=config))["id"]
    asked(server.post(f"/api/projects/{project}/import", json=[origin.task("v1", "Title", 25.0, [], [])]))
    (task,) = asked(server.get("/api/tasks", params={"project": project}))["tasks"]
    said = every_kind()[1]
    results = to_results(shipped(), said, 25.0)
    for one in results:
        one.pop("meta", None)  # marked there: frames are all there is
    asked(server.post(f"/api/tasks/{task['id']}/annotations/", json={"result": results, "lead_time": 9.0}))
    (judged,) = read_tasks(origin, exported(server, project)).judged
    assert (judged.kind, judged.said.answers, judged.said.notes) == ("person", said.answers, said.notes)
    assert judged.rater.startswith("user ") or "@" in judged.rater
    assert [to_frames(span, 25.0) for _, span in judged.said.marks] == [
        to_frames(span, 25.0) for _, span in said.marks
    ]
