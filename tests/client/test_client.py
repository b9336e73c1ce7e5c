"""The client's methods are the API's operations, and its page's examples run against a live server."""

from __future__ import annotations

import inspect
import json
import re
import runpy
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from cli.shell import Tilik
from tilik.api import create_app
from tilik.client import Client
from tilik.client.operations import Operations
from tilik.kernel import Invalid, Missing, Refused, TilikError, Unavailable
from tilik.store import open_workspace

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "client.md"
PATHS = json.loads((ROOT / "web" / "openapi.json").read_text(encoding="utf-8"))["paths"]
BY_NAME = {one["operationId"]: (m, path, one) for path, ms in PATHS.items() for m, one in ms.items()}
METHODS = {name: one for name, one in vars(Operations).items() if name not in {"ask"} and name[0] != "_"}


def test_the_committed_methods_are_the_descriptions() -> None:
    text = runpy.run_path(str(ROOT / "tools" / "client.py"))["text"]()
    committed = (ROOT / "src" / "tilik" / "client" / "operations.py").read_text(encoding="utf-8")
    assert committed == text, "run `python tools/openapi.py` and commit src/tilik/client/operations.py"


@pytest.mark.parametrize("name", METHODS)
def test_a_method_asks_what_the_description_says(name: str) -> None:
    method, path, operation = BY_NAME[name]
    asked: list[tuple[Any, ...]] = []

    class Noting(Operations):
        def ask(self, *arguments: Any) -> Any:
            asked.append(arguments)

    client = Noting()
    given = {
        argument: {"a": 1} if argument == "body" else f"x-{argument}"
        for argument in inspect.signature(METHODS[name]).parameters
        if argument != "self"
    }
    METHODS[name](client, **given)
    ((sent, to, places, query, *body),) = asked
    parameters = operation.get("parameters", [])
    assert (sent, to) == (method.upper(), path)
    assert set(places) == set(re.findall(r"{(\w+)}", path))
    assert set(query) == {one["name"] for one in parameters if one["in"] == "query"}
    assert bool(body) == ("requestBody" in operation)
    required = {one["name"] for one in parameters if one.get("required")}
    signature = inspect.signature(METHODS[name]).parameters
    defaults = {n.rstrip("_") for n, one in signature.items() if one.default is not inspect.Parameter.empty}
    assert required.isdisjoint(defaults)


def test_nothing_of_how_people_sign_in_is_among_them() -> None:
    paths = {BY_NAME[name][1] for name in METHODS}
    assert not {path for path in paths if path.startswith(("/api/session", "/api/account"))}
    assert len(METHODS) > 60


# ---------------------------------------------------------------------------------------------- live
@pytest.fixture
def served(ready: Tilik) -> Iterator[tuple[str, str]]:
    """(address, a token that may look) of a live server with the study ``s1``."""
    issued = ready("token", "issue", "Sari", "--label", "nightly", "--scope", "read",
                   "--scope", "export", "--json")  # fmt: skip
    opened = open_workspace(Path("tilik-data"))
    server = uvicorn.Server(uvicorn.Config(create_app(opened), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}", issued.json["secret"]
    server.should_exit = True
    thread.join()
    opened.close()


def test_the_pages_examples_run(served: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TILIK_URL", served[0])
    monkeypatch.setenv("TILIK_TOKEN", served[1])
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert len(blocks) >= 4
    held: dict[str, Any] = {}
    for block in blocks:
        exec(compile(block, str(PAGE), "exec"), held)
    assert [study["name"] for study in held["studies"]] == ["s1"]
    assert held["measured"]["study"]["name"] == "s1"
    answer = httpx.get(f"{served[0]}/api/studies", headers={"Authorization": f"Bearer {served[1]}"})
    assert answer.json() == held["studies"]


def test_errors_are_the_servers_own_in_both_languages(served: tuple[str, str]) -> None:
    with Client(*served) as english, Client(*served, language="id") as indonesian:
        found: list[TilikError] = []
        for client in (english, indonesian):
            with pytest.raises(Missing) as missing:
                client.get_measurement("a/b?c")
            found.append(missing.value)
        assert found[0].code == found[1].code
        assert found[0].message != found[1].message
        with pytest.raises(Invalid):
            english.get_measurement("s1", as_of="not a time")
    with Client(served[0], "not-a-token") as nobody, pytest.raises(Refused):
        nobody.get_studies()


def test_what_is_no_server(served: tuple[str, str]) -> None:
    for url, code in (("ftp://x", "client-url"), ("https://a:b@x", "client-url")):
        with pytest.raises(Invalid) as refused:
            Client(url, "t")
        assert refused.value.code == code
    with pytest.raises(Invalid):
        Client("http://x", " ")
    with Client("http://127.0.0.1:1", "t", timeout=2) as away, pytest.raises(Unavailable):
        away.get_studies()
