"""Our scores as Inspect and the Langfuse SDK read them, each in an environment of its own.

python -m venv inspect && inspect/bin/pip install inspect-ai
python -m venv langfuse && langfuse/bin/pip install langfuse
TILIK_INSPECT=inspect/bin/python TILIK_LANGFUSE=langfuse/bin/python pytest tests/exchange/test_evals_live.py
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import tilik  # noqa: F401  a fixture
from cli.shell import Tilik
from exchange.test_evals import judge, write_traces

EVAL = """
import sys
from inspect_ai.log import EvalConfig, EvalDataset, EvalLog, EvalSample, EvalSpec, write_eval_log
from inspect_ai.model import ChatMessageAssistant, ChatMessageUser, ModelOutput
asked = [
    ChatMessageUser(content="Boleh?"),
    ChatMessageAssistant(content="Apa?"),
    ChatMessageUser(content="Ini."),
]
texts = ("Bulan mengitari bumi.", "Tanya Ibu dulu.")
samples = [
    EvalSample(id=at, epoch=1, input=given, target="", output=ModelOutput.from_content("mockllm/model", text))
    for at, (given, text) in enumerate(zip(("Apa itu bulan?", asked), texts))
]
spec = EvalSpec(
    created="2026-03-01T09:00:00+00:00",
    task="anak",
    dataset=EvalDataset(),
    model="mockllm/model",
    config=EvalConfig(),
)
log = EvalLog(eval=spec, status="success", samples=samples)
write_eval_log(log, f"{sys.argv[1]}/log.{sys.argv[2]}", format=sys.argv[2])
"""
READ = """
import json, sys
from inspect_ai.log import read_eval_log
log = read_eval_log(sys.argv[1])
print(json.dumps([[one.output.completion, {name: score.value for name, score in (one.scores or {}).items()}]
                  for one in log.samples]))
"""
SCORES = """
import json, sys
from langfuse.api import CreateScoreRequest
for line in open(sys.argv[1]):
    row = json.loads(line)
    one = CreateScoreRequest.model_validate(row)
    back = json.loads(one.model_dump_json(by_alias=True, exclude_none=True))
    assert all(back[name] == value for name, value in row.items()), (row, back)
print("read")
"""


def run(variable: str, code: str, *arguments: str) -> str:
    python = os.environ.get(variable)
    if not python:
        pytest.skip(f"{variable} names no Python with it")
    done = subprocess.run([python, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("form", ["json", "eval"])
def test_a_log_of_inspect_comes_back_with_scores_that_it_reads(tilik: Tilik, form: str) -> None:  # noqa: F811
    Path("logs").mkdir()
    run("TILIK_INSPECT", EVAL, "logs", form)
    (log,) = Path("logs").glob(f"*.{form}")
    tilik("init")
    made = tilik("answers", "import", log, "--from", "inspect", "--name", "i", "--json").json
    assert made["answers"] == 2, made
    judge()
    told = tilik("exchange", "scores", "inspect", log, "--out", "scored.json", "--json").json
    assert told["scored"] == 2
    read: list[list[Any]] = json.loads(run("TILIK_INSPECT", READ, "scored.json"))
    assert [completion for completion, _ in read] == ["Bulan mengitari bumi.", "Tanya Ibu dulu."]
    for _, scores in read:
        assert scores["tilik"]["SAF"] == 4


def test_the_langfuse_sdk_reads_every_score(tilik: Tilik) -> None:  # noqa: F811
    tilik("init")
    write_traces()
    tilik("answers", "import", "traces.jsonl", "--from", "langfuse", "--name", "l")
    judge()
    tilik("exchange", "scores", "langfuse", "traces.jsonl", "--out", "scores.jsonl")
    assert run("TILIK_LANGFUSE", SCORES, "scores.jsonl").strip() == "read"
