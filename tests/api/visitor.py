"""Somebody at a browser: a signed-in HTTP client, against an application or a running server."""

from __future__ import annotations

import uuid
from typing import Any

import httpx

from study.making import answers
from tilik.access import Person, issue_link
from tilik.store import Workspace

Json = dict[str, Any]


class Visitor:
    """A person's session over HTTP. ``client`` may be Starlette's TestClient or a plain httpx one."""

    def __init__(self, client: httpx.Client, base: str = "") -> None:
        self.client = client
        self.base = base
        self.csrf = ""

    def sign_in(self, workspace: Workspace, person: Person) -> Visitor:
        """Use a fresh one-time link of this person."""
        with workspace.store.write() as writing:
            token = issue_link(writing, person.id)
        answer = self.client.post(f"{self.base}/api/session", json={"token": token})
        assert answer.status_code == 200, answer.text
        self.csrf = answer.json()["csrf"]
        return self

    def get(self, path: str, **more: Any) -> httpx.Response:
        """GET with the session's cookie."""
        return self.client.get(self.base + path, **more)

    def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A change, with cookie and CSRF token."""
        return self.client.request(method, self.base + path, json=body, headers={"X-CSRF-Token": self.csrf})

    def post(self, path: str, body: Any) -> httpx.Response:
        """POST with cookie and CSRF token."""
        return self.send("POST", path, body)

    def next_task(self, *holding: str) -> Json | None:
        """The next task, if there is one."""
        answer = self.post("/api/tasks/next", {"holding": list(holding)})
        assert answer.status_code == 200, answer.text
        task: Json | None = answer.json()["task"]
        return task

    def judge(self, task: Json, **changes: Any) -> httpx.Response:
        """Submit a judgement of this task."""
        return self.post("/api/judgements", judgement_of(task, **changes))


def judgement_of(task: Json, **changes: Any) -> Json:
    """A complete submission for a task as it came over HTTP."""
    return {
        "key": str(uuid.uuid4()),
        "task": task["task"],
        "lease": task["lease"]["id"],
        "guideline": task["guideline"],
        "answers": answers(),
        "marks": [],
        "notes": {},
        "trace": [[0.0, 4.0, 1.0]],
        "active_seconds": 4.5,
        "language": "id",
        **changes,
    }
