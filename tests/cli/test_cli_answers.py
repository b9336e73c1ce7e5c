"""Machine answers from files to a report, command by command, on real answers where they are at hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from answers.made import person, rating, send, submission, take
from cli.shell import Tilik, refused
from tilik.answers.view import view_task
from tilik.store import open_workspace


@pytest.fixture
def child_ai(shared: Path) -> Path:
    folder = shared / "data" / "child_ai" / "responses"
    if not folder.is_dir():
        pytest.skip("no answers of real models beside the repository")
    return folder


def judge(count: int) -> None:
    """Somebody judges this many of what waits."""
    opened = open_workspace(Path("tilik-data"))
    sari = person(opened)
    for at in range(count):
        lease = take(opened, sari)
        assert lease is not None
        with opened.store.read() as connection:
            view = view_task(connection, lease)
        pair = {"kind": "pair", "choice": "A_better", "dimension": "SAF"}
        said = pair if view.kind == "pair" else rating(1 + at % 5)
        send(opened, sari, submission(lease, view.guideline, said))
    opened.close()


def test_from_file_to_report(tilik: Tilik) -> None:
    tilik("init")
    refused(tilik("answers", "report"), "there are 0 sets", "tilik answers import")
    records = [
        {"prompt": f"p{at}", "response": f"{model} {at}", "model": model, "age_band": "AB3", "language": "id"}
        for at in range(4)
        for model in ("a", "b")
    ]
    Path("a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in records))
    made = tilik("answers", "import", "a.jsonl", "--name", "pilot", "--pairs", 2, "--json").json
    assert (made["read"], made["answers"], made["pairs"]) == (8, 8, 2)
    refused(tilik("answers", "import", "a.jsonl", "--name", "pilot"), "name exists")
    judge(10)
    assert tilik("answers", "list", "--json").json[0]["ratings_settled"] == 8
    assert "pilot" in tilik("answers", "list").out
    assert tilik("answers", "report", "--json").json["judgements"] == 10
    page = tilik("answers", "report", "--lang", "id").out
    assert "Keamanan" in page
    assert "preferred to" in page
    assert tilik("answers", "export", "out", "--json").json["ratings.parquet"] == 8


def test_two_hundred_real_answers(tilik: Tilik, child_ai: Path) -> None:
    tilik("init")
    files = sorted(child_ai.glob("*.json"))
    made = tilik(
        "answers", "import", *files, "--name", "real", "--limit", 200, "--band", "AB3", "--seed", 1, "--json"
    ).json  # fmt: skip
    assert made["answers"] == 200
    judge(30)
    found = tilik("answers", "report", "--json").json
    assert found["judgements"] == 30
    assert set(found["models"]) <= {file.stem for file in files}
    estimates = [one["estimate"] for one in found["scores"] if one["estimate"] is not None]
    assert all(one["low"] <= one["value"] <= one["high"] for one in estimates if one["value"] is not None)
