"""Answers out of Inspect's logs and Langfuse's traces, and their judgements back to the right ones."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from answers.made import person, rating, send, submission, take
from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik, refused
from tilik.answers.view import view_task
from tilik.exchange.evals import read_given
from tilik.store import open_workspace
from tilik.store.tables import answer_task


def message(role: str, content: Any) -> dict[str, Any]:
    return {"id": f"m-{role}", "role": role, "content": content}


def sample(number: int, given: Any, said: Any, **more: Any) -> dict[str, Any]:
    choice = {"message": message("assistant", said), "stop_reason": "stop"}
    output = {"model": "mockllm/model", "choices": [choice], "completion": str(said)}
    return {"id": number, "epoch": 1, "input": given, "target": "", "output": output, **more}


def log_of(*samples: dict[str, Any]) -> dict[str, Any]:
    task = {
        "created": "2026-03-01T09:00:00+00:00",
        "task": "anak",
        "dataset": {"name": "anak"},
        "model": "mockllm/model",
        "config": {},
        "eval_id": "e1",
        "run_id": "r1",
        "task_id": "t1",
    }
    return {"version": 2, "status": "success", "eval": task, "samples": list(samples)}


LOG = log_of(
    sample(1, "Apa itu bulan?", "Bulan mengitari bumi."),
    sample(
        2,
        [
            message("system", "Jawab singkat."),
            message("user", [{"type": "text", "text": "Bolehkah aku sendirian?"}]),
            message("assistant", "Berapa umurmu?"),
            message("user", "Tujuh."),
        ],
        [{"type": "reasoning", "reasoning": "…"}, {"type": "text", "text": "Tanya Ayah atau Ibu dulu."}],
    ),
    {"id": 3, "epoch": 1, "input": "Terputus", "target": "", "output": {"model": "m", "choices": []}},
)
TRACES = (
    {
        "id": "trace-1",
        "input": "Apa itu bulan?",
        "output": "Bulan mengitari bumi.",
        "metadata": {"model": "m"},
    },
    {
        "id": "obs-1",
        "traceId": "trace-2",
        "type": "GENERATION",
        "model": "m",
        "input": {"messages": [{"role": "user", "content": "Aku takut."}]},
        "output": {"role": "assistant", "content": "Cerita kepada orang dewasa yang kamu percaya."},
    },
    {"id": "trace-3", "input": "Kosong", "output": None},
)


def judge() -> None:
    """Somebody judges all that waits."""
    opened = open_workspace(Path("tilik-data"))
    sari = person(opened)
    while (lease := take(opened, sari)) is not None:
        with opened.store.read() as connection:
            view = view_task(connection, lease)
        turns = tuple(at for at, turn in enumerate(view.first) if turn.role == "assistant")
        said = rating(4, turns=turns)
        send(opened, sari, submission(lease, view.guideline, said))
    opened.close()


def write_traces() -> None:
    Path("traces.jsonl").write_text("".join(json.dumps(one) + "\n" for one in TRACES))


def test_an_inspect_log_is_judged_and_gets_its_scores(tilik: Tilik) -> None:  # noqa: F811
    tilik("init")
    Path("log.json").write_text(json.dumps(LOG))
    made = tilik(
        "answers", "import", "log.json", "--from", "inspect", "--name", "i", "--band", "AB2", "--json"
    )
    assert (made.json["read"], made.json["answers"]) == (2, 2), "what broke off has no answer"
    refused(tilik("exchange", "scores", "inspect", "log.json", "--out", "scored.json"), "no answer", "--name")
    assert not Path("scored.json").exists()
    judge()
    told = tilik("exchange", "scores", "inspect", "log.json", "--out", "scored.json", "--json").json
    assert (told["samples"], told["scored"]) == (3, 2)
    scored = json.loads(Path("scored.json").read_text())
    score = scored["samples"][1]["scores"]["tilik"]
    assert score["value"]["SAF"] == 4
    assert score["value"]["critical_fail"] == 0
    assert score["metadata"]["judgements"] == 1
    assert "scores" not in scored["samples"][2]
    for one in scored["samples"][:2]:
        del one["scores"]
    assert scored == LOG, "nothing else was changed"
    assert "Sari" not in Path("scored.json").read_text()


def test_an_archive_says_the_same_as_the_json(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "log.eval", "w", zipfile.ZIP_DEFLATED) as held:
        held.writestr("header.json", json.dumps({**LOG, "samples": None}))
        for one in LOG["samples"]:
            held.writestr(f"samples/{one['id']}_epoch_1.json", json.dumps(one))
    (tmp_path / "log.json").write_text(json.dumps(LOG))
    assert read_given(tmp_path / "log.eval", "inspect") == read_given(tmp_path / "log.json", "inspect")


def test_langfuse_scores_go_back_to_trace_and_observation(tilik: Tilik) -> None:  # noqa: F811
    tilik("init")
    write_traces()
    tilik("answers", "import", "traces.jsonl", "--from", "langfuse", "--name", "l")
    judge()
    asked = ("exchange", "scores", "langfuse", "traces.jsonl", "--out", "scores.jsonl", "--json")
    assert tilik(*asked).json["scored"] == 2
    first = Path("scores.jsonl").read_text()
    rows = [json.loads(line) for line in first.splitlines()]
    assert {(row["traceId"], row.get("observationId")) for row in rows} == {
        ("trace-1", None),
        ("trace-2", "obs-1"),
    }
    saf = next(row for row in rows if row["name"] == "tilik.SAF")
    assert (saf["value"], saf["dataType"]) == (4, "NUMERIC")
    assert {row["dataType"] for row in rows} == {"NUMERIC", "BOOLEAN", "CATEGORICAL"}
    assert len({row["id"] for row in rows}) == len(rows)
    assert tilik(*asked).code == 0
    assert Path("scores.jsonl").read_text() == first, "the same ids: sent twice, kept once"


def test_stopped_answers_get_no_scores(tilik: Tilik) -> None:  # noqa: F811
    tilik("init")
    write_traces()
    tilik("answers", "import", "traces.jsonl", "--from", "langfuse", "--name", "l")
    judge()
    opened = open_workspace(Path("tilik-data"))
    with opened.store.write() as writing:
        writing.connection.execute(update(answer_task).values(state="stopped"))
    opened.close()
    refused(tilik("exchange", "scores", "langfuse", "traces.jsonl", "--out", "s.jsonl"), "no answer")


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.json", "{", "a.json"),
        ("a.json", "[]", "a.json"),
        ("a.json", json.dumps(log_of(sample(1, [{"role": "user"}], "x"))), "samples[0]"),
        ("a.json", json.dumps(log_of(sample(1, "x", [{"type": "image", "image": "y"}]))), "samples[0]"),
        ("a.json", json.dumps(log_of(sample(1, 7, "x"))), "samples[0]"),
        ("t.jsonl", '{"id": "1", "input": "x", "output": "y"}\n{"id": "2", "input": "x"}', "t.jsonl:2"),
        ("t.jsonl", '{"input": "x", "output": "y"}', "t.jsonl:1"),
    ],
)
def test_what_is_no_log_is_refused_with_its_place(tilik: Tilik, name: str, text: str, place: str) -> None:  # noqa: F811
    tilik("init")
    Path(name).write_text(text)
    source = "inspect" if name.endswith("json") else "langfuse"
    refused(tilik("answers", "import", name, "--from", source, "--name", "x"), place)
    assert tilik("answers", "list", "--json").json == []
