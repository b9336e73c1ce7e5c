"""Every error is an answer that a person can read, in both languages, and says nothing of the inside."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError
from starlette.testclient import TestClient

import tilik
from api.visitor import Visitor, judgement_of
from study.making import make_study, people
from tilik.api import create_app
from tilik.api.messages import MESSAGES
from tilik.api.problems import STATUS
from tilik.kernel import TilikError
from tilik.privacy.accepting import NAMES
from tilik.store import Store, Workspace

SOURCE = Path(tilik.__file__).parent
WITH_ROUTES = (
    "access",
    "answers",
    "answers/gold",
    "api",
    "casebook",
    "exchange/raters",
    "exchange/webhooks",
    "learn",
    "library",
    "measure",
    "policy",
    "quality/adjudication",
    "quality/calibration",
    "quality/certification",
    "quality/gold",
    "quality/people",
    "retention",
    "review",
    "safety",
    "study",
    "talk",
)
CALLED_BY_ROUTES = (
    "guideline/*.py",
    "kernel/*.py",
    "media/keeping.py",
    "media/registration.py",
    "media/result.py",
    "media/words.py",
    "privacy/*.py",
    "sampling/allocation.py",
    "sampling/profile.py",
    "store/blobs.py",
    "store/past.py",
)
ERRORS = {"Invalid", "Refused", "Missing", "Conflict", "Unavailable", "NotSignedIn", "problem"}
NO_ROUTE_CALLS = {
    "access-settings": "settings are read when the server starts",
    "sure-out-of-range": "outcomes are asked for by command",
    "blobs-url": "the workspace is opened before a route is called",
    "export-file": "judgements are exported by command",
    "video-file": "videos are added by command",
    "guideline-version": "a version is brought in by command",
    "gold-empty": "known items are brought in by command",
    "gold-line": "known items are brought in by command",
    "gold-voices": "known items are brought in by command",
    "searches-columns": "lists of searches are read by command",
    "searches-line": "lists of searches are read by command",
    **dict.fromkeys(
        ("seal-folder", "seal-key", "seal-nothing", "seal-recipient"),
        "sealed files are opened, and keys set, by command",
    ),
    "judge-on-unclear": "older rows teach and the last are judged by command",
    "videos-address": "training sets are written with their videos by command",
    **dict.fromkeys(
        ("folder-not-empty", "model-unreadable", "table-empty", "table-unreadable"),
        "tables, models and sets are read and written as files by command",
    ),
    **dict.fromkeys(
        ("embeddings-differ", "embeddings-missing", "embeddings-unreadable"),
        "texts are embedded by command",
    ),
    **dict.fromkeys(
        (
            "judge-exists",
            "judge-name",
            "verdict-family",
            "verdict-json",
            "verdict-shape",
            "verdict-too-large",
            "verdict-twice",
            "verdict-video",
            "verdicts-empty",
        ),
        "a machine's verdicts are brought in by command",
    ),
    **dict.fromkeys(
        (
            "answers-band",
            "answers-empty",
            "answers-exist",
            "answers-file",
            "answers-record",
            "file-unreadable",
        ),
        "machine answers are brought in by command",
    ),
}
"""Codes that no route can answer with, and why. All others that ``raised`` finds count as reachable."""


def codes_in(file: Path) -> Iterator[str]:
    """The literal codes with which this file makes errors."""
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call):
            continue
        made = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [
            one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
        ]
        if texts and (made in ERRORS or (made == "__init__" and "-" in texts[0])):
            yield texts[0]


def raised() -> set[str]:
    """The codes in every room with routes and in the modules that those call."""
    patterns = (*(f"{room}/*.py" for room in WITH_ROUTES), *CALLED_BY_ROUTES)
    return {code for pattern in patterns for file in SOURCE.glob(pattern) for code in codes_in(file)}


def assert_problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """A complete problem+json with both languages and no trace; gives its body."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"status", "code", "message", "where", "mend"} <= set(body)
    assert (body["status"], body["code"]) == (status, code)
    assert set(body["message"]) == {"id", "en"}
    assert body["message"]["id"] != body["message"]["en"]
    assert not [word for word in ("Traceback", "File ", ".py", "SELECT", "INSERT") if word in answer.text]
    return body


# ---------------------------------------------------------------------------------------------- words
def test_every_code_that_a_route_can_answer_with_has_words() -> None:
    found = raised()
    assert {"lease-expired", "not-signed-in", "answers-incomplete", "video-locked"} <= found
    assert found - set(NO_ROUTE_CALLS) <= set(MESSAGES)


def test_routes_reach_no_other_part_of_media() -> None:
    """Preparing media has errors of its own, which no route can meet as long as this holds.

    The casebook reads spelling and slang: the first has no errors, the second only of a lexicon not our own.
    The library reads families and text; of its parts only ``words`` has errors, and they have words.
    """
    used = {
        node.module
        for room in WITH_ROUTES
        for file in (SOURCE / room).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tilik.media")
    }
    prepared = ("keeping", "record", "registration", "result")
    shown = ("families", "folding", "lending", "lexicon", "placing", "searching", "siblings", "words")
    shown += ("texts",)  # erased by retention; it has no errors
    parts = prepared + shown
    assert used == {f"tilik.media.{part}" for part in parts}


def test_no_excuse_and_no_message_is_left_over() -> None:
    found = raised()
    assert set(NO_ROUTE_CALLS) <= found
    assert not set(NO_ROUTE_CALLS) & set(MESSAGES)
    chosen = {"not-found", *(f"personal-data-{kind}" for kind in NAMES)}
    assert set(MESSAGES) - found == chosen, "these are chosen, not written as a literal"


def test_each_message_is_a_sentence_in_each_language() -> None:
    for code, (indonesian, english) in MESSAGES.items():
        assert indonesian != english, code
        for text in (indonesian, english):
            assert text[0].isupper(), code
            assert text.endswith("."), code


# -------------------------------------------------------------------------------------------- answers
def test_unknown_addresses(reviewer: Visitor) -> None:
    for path in ("/api/none", "/api/", "/media/", "/api/studies/x/y/z"):
        assert_problem(reviewer.get(path), 404, "not-found")


def test_unknown_things(reviewer: Visitor, admin: Visitor) -> None:
    assert_problem(reviewer.get(f"/api/guidelines/{'0' * 64}"), 404, "guideline-missing")
    assert_problem(admin.get("/api/studies/none/measurement"), 404, "study-missing")
    assert_problem(admin.post("/api/people/none/link", {}), 404, "person-missing")
    assert_problem(reviewer.post("/api/tasks/x/renew", {"lease": "none"}), 404, "lease-missing")
    assert_problem(reviewer.get("/media/none"), 403, "media-link-invalid")


def test_wrong_methods(reviewer: Visitor) -> None:
    answer = reviewer.send("PUT", "/api/judgements", {})
    assert_problem(answer, 405, "invalid-request")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff", b'{"holding": 3}', b'{"x": 1}'])
def test_malformed_bodies(reviewer: Visitor, body: bytes) -> None:
    headers = {"X-CSRF-Token": reviewer.csrf, "Content-Type": "application/json"}
    answer = reviewer.client.post("/api/tasks/next", content=body, headers=headers)
    assert answer.status_code in {400, 422}
    found = assert_problem(answer, answer.status_code, "invalid-request")
    assert found["where"] or answer.status_code == 400


def test_problems_of_answers_are_named_one_by_one(sqlite_workspace: Workspace, reviewer: Visitor) -> None:
    make_study(sqlite_workspace, 1)
    task = reviewer.next_task()
    assert task is not None
    body = assert_problem(reviewer.judge(task, answers={}), 422, "answers-incomplete")
    (problem,) = body["problems"]
    assert (problem["code"], problem["question"]) == ("unanswered", "assessable")
    assert set(problem["message"]) == {"id", "en"}


# -------------------------------------------------------------------------- what no honest client sends
def strange_bodies(task: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(why, JSON text): what JSON can say and a database cannot keep."""
    good = judgement_of(task)
    for name in ("key", "task", "lease", "guideline"):
        yield f"NUL in {name}", json.dumps({**good, name: f"{good[name]}\x00"})
        yield f"half a character in {name}", json.dumps({**good, name: f"{good[name][:-1]}\ud800"})
    yield "NaN seconds", json.dumps({**good, "active_seconds": float("nan")})
    yield "endless trace", json.dumps({**good, "trace": [[0, float("inf"), 1]]})
    yield "NaN answer", json.dumps({**good, "answers": {**good["answers"], "min_age": float("nan")}})
    yield "NUL in a question", json.dumps({**good, "answers": {**good["answers"], "a\x00": 1}})
    yield "half a character in a question", json.dumps({**good, "answers": {**good["answers"], "\ud800": 1}})
    yield "NUL in a note", json.dumps({**good, "notes": {"verdict": "x\x00"}})
    yield "half a character in a note", json.dumps({**good, "notes": {"verdict": "x\ud800"}})
    deep = "[" * 5000 + "]" * 5000
    yield "a deep answer", json.dumps({**good, "answers": {"min_age": "DEEP"}}).replace('"DEEP"', deep)


def test_what_cannot_be_kept_is_refused_and_never_breaks_the_server(workspace: Workspace) -> None:
    make_study(workspace, 1)
    client = TestClient(create_app(workspace), raise_server_exceptions=False)
    visitor = Visitor(client).sign_in(workspace, people(workspace, "Sari")[0])
    task = visitor.next_task()
    assert task is not None
    headers = {"X-CSRF-Token": visitor.csrf, "Content-Type": "application/json"}
    seen = {}
    for why, text in strange_bodies(task):
        answer = client.post("/api/judgements", content=text.encode(), headers=headers)
        seen[why] = answer.status_code
        assert answer.headers["content-type"] == "application/problem+json"
    assert {why: status for why, status in seen.items() if status >= 500 or status < 400} == {}
    assert visitor.judge(task).status_code == 200, "the task is still there to be judged"


def test_strange_addresses_never_break_the_server(workspace: Workspace) -> None:
    client = TestClient(create_app(workspace), raise_server_exceptions=False)
    person = people(workspace, "Sari", roles=("admin", "reviewer"))[0]
    visitor = Visitor(client).sign_in(workspace, person)
    for strange in ("%00", "a%00b", "%ff", "x" * 3000, "..%2f..%2fsecret"):
        for method, path in (
            ("GET", f"/api/guidelines/{strange}"),
            ("GET", f"/api/studies/{strange}/measurement"),
            ("GET", f"/media/{strange}"),
            ("POST", f"/api/people/{strange}/link"),
            ("PATCH", f"/api/people/{strange}"),
        ):
            answer = visitor.send(method, path, None if method == "GET" else {})
            assert 400 <= answer.status_code < 500, f"{method} {path}: {answer.status_code}"
    for query in ("before=0", "before=x", f"before={10**30}", "limit=0", "limit=501", "limit=-1"):
        assert visitor.get(f"/api/log?{query}").status_code == 422, query


# ------------------------------------------------------------------------------------------- surprises
def test_a_surprise_is_answered_without_a_trace(
    app: FastAPI, stranger: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/api/surprise")
    def surprise() -> None:
        raise RuntimeError("the secret inside")

    app.router.routes.insert(0, app.router.routes.pop())
    answer = stranger.get("/api/surprise")
    assert_problem(answer, 500, "unexpected")
    assert "secret" not in answer.text
    assert "the secret inside" in caplog.text, "the server's log has it"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_database_that_does_not_answer_is_unavailable(
    stranger: Visitor, reviewer: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_store: Store) -> Any:
        raise OperationalError("SELECT 1", {}, Exception("server closed the connection"))

    monkeypatch.setattr(Store, "read", gone)
    body = assert_problem(reviewer.get("/api/my/day"), 503, "database-unreachable")
    assert "closed" not in str(body)


def test_the_tree_of_errors_has_a_status_for_each_branch() -> None:
    branches = set(TilikError.__subclasses__())
    assert branches <= {kind for kind, _ in STATUS}
    assert [status for _, status in STATUS] == [401, 429, 422, 403, 404, 409, 503]
