"""Webhooks in the hands of an administrator: over HTTP, by command, and the receiver of the documentation."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from api.visitor import Visitor
from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik
from exchange.receiver import Receiver
from study.making import people
from tilik.api import create_app
from tilik.exchange.webhooks import (
    Sender,
    add_endpoint,
    deliveries,
    rotate_secret,
    seal_of,
    send_test,
    sending,
)
from tilik.store import Workspace, create, open_workspace

DOCS = Path(__file__).resolve().parents[2] / "docs" / "exchange.md"
URL = "https://hooks.example.org/tilik/with-a-secret?in=it"


@pytest.fixture
def now(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace on the real clock, as receivers have."""
    create(tmp_path / "workspace")
    opened = open_workspace(tmp_path / "workspace")
    yield opened
    opened.close()


@pytest.fixture
def admin(sqlite_workspace: Workspace) -> Visitor:
    found = people(sqlite_workspace, "Sari", roles=("admin",))[0]
    return Visitor(TestClient(create_app(sqlite_workspace))).sign_in(sqlite_workspace, found)


def added(admin: Visitor, **changes: Any) -> Any:
    return admin.post("/api/webhooks", {"url": URL, "kinds": ["study.done"], **changes})


# ------------------------------------------------------------------------------------------------- HTTP
def test_an_administrator_adds_tests_rotates_and_removes(admin: Visitor) -> None:
    made = added(admin).json()
    assert made["secret"].startswith("whsec_")
    here = f"/api/webhooks/{made['webhook']['id']}"
    newer = admin.post(f"{here}/secret", {"hours": 2}).json()["secret"]
    assert newer != made["secret"]
    message = admin.post(f"{here}/test", {}).json()["message"]
    (found,) = admin.get("/api/webhooks/messages").json()
    assert (found["message"], found["state"], found["kind"]) == (message, "waiting", "webhook.test")
    assert admin.get("/api/webhooks/messages?state=failed").json() == []
    assert admin.post(f"{here}/messages/{message}/resend", {}).json() == {"message": message}
    listed = admin.get("/api/webhooks")
    assert [one["host"] for one in listed.json()] == ["https://hooks.example.org"]
    assert not [secret for secret in (made["secret"], newer, "with-a-secret") if secret in listed.text]
    assert admin.send("DELETE", here).status_code == 204
    assert admin.get("/api/webhooks").json()[0]["removed_why"] == "removed"
    trail = [one["type"] for one in admin.get("/api/log").json()["entries"]]
    assert trail[:5] == [
        *("webhook-removed", "webhook-resent", "webhook-tested", "webhook-secret-rotated", "webhook-added")
    ]


def test_what_is_refused_says_so(admin: Visitor) -> None:
    assert added(admin, url="http://hooks.example.org/").json()["code"] == "webhook-url"
    assert added(admin, url="https://192.168.0.1/").json()["code"] == "webhook-private"
    assert added(admin, kinds=["everything"]).json()["code"] == "invalid-request"
    assert added(admin, private=True).json()["code"] == "invalid-request", "by command only"
    here = f"/api/webhooks/{added(admin).json()['webhook']['id']}"
    assert admin.post(f"{here}/messages/msg_x/resend", {}).json()["code"] == "webhook-message-missing"
    assert admin.post("/api/webhooks/x/test", {}).json()["code"] == "webhook-missing"
    admin.send("DELETE", here)
    assert admin.post(f"{here}/test", {}).json()["code"] == "webhook-removed"


# ---------------------------------------------------------------------------------------------- commands
def test_the_commands(tilik: Tilik, receiver: Receiver) -> None:  # noqa: F811
    tilik("init", "--admin", "Sari")
    url = receiver.url
    refused = tilik("webhooks", "add", url, "--kind", "study.done")
    assert (refused.code, "--private" in refused.err) == (2, True)
    assert tilik("webhooks", "add", url, "--kind", "none", "--private").code == 2
    made = tilik("webhooks", "add", url, "--kind", "study.done", "--private", "--json").json
    assert "whsec_" in tilik("webhooks", "rotate", made["id"]).out
    message = tilik("webhooks", "test", made["id"], "--json").json["message"]
    assert tilik("webhooks", "send", "--json").json == {"tried": 1}
    assert tilik("webhooks", "messages", "--state", "delivered", "--json").json[0]["message"] == message
    assert message in tilik("webhooks", "messages").out
    assert tilik("webhooks", "resend", message, "--json").json["to"] == [made["id"]]
    assert tilik("webhooks", "resend", "msg_none").code == 2
    assert tilik("webhooks", "send", "--json").json == {"tried": 1}
    assert [got.id for got in receiver.got] == [message, message]
    assert receiver.got[0].fits(made["secret"])
    assert tilik("webhooks", "remove", made["id"]).code == 0
    assert tilik("webhooks", "list", "--json").json[0]["removed_why"] == "removed"


# -------------------------------------------------------------------------------------- while it serves
def test_a_server_sends_by_itself(now: Workspace, receiver: Receiver) -> None:
    with now.store.write() as writing:
        _, made = add_endpoint(writing, seal_of(now), receiver.url, ["study.done"], private=True)
    with sending(now):
        with now.store.write() as writing:
            message = send_test(writing, made.id)
        assert receiver.came.acquire(timeout=30)
    assert receiver.got[0].id == message


# ------------------------------------------------------------------------------------- the documentation
@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_receiver_of_the_documentation(now: Workspace, free_port: int, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port}/"
    with now.store.write() as writing:
        secret, made = add_endpoint(writing, seal_of(now), url, ["study.done"], private=True)
    (example,) = re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.S)
    (tmp_path / "receiver.py").write_text(example)
    process = subprocess.Popen(
        [sys.executable, tmp_path / "receiver.py"],
        env={**os.environ, "WEBHOOK_SECRET": secret, "PORT": str(free_port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        _wait_for(free_port)
        with now.store.write() as writing:
            rotate_secret(writing, seal_of(now), made.id)
            send_test(writing, made.id)
        assert Sender(now).send_due() == 1
        assert process.stdout is not None
        assert process.stdout.readline() == "webhook.test\n"
        with now.store.read() as connection:
            (found,) = deliveries(connection)
        assert (found.state, found.status) == ("delivered", 204)
        forged = {
            "webhook-id": "msg_x",
            "webhook-timestamp": str(int(time.time())),
            "webhook-signature": "v1,AA==",
        }
        assert httpx.post(url, content=b"{}", headers=forged).status_code == 401
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 30
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert time.monotonic() < until, "it does not answer"
