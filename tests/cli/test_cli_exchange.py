"""``tilik exchange``: files written and read, and what cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

from cli.shell import Tilik, refused


def test_label_studio_out_and_in(ready: Tilik) -> None:
    ended = ready("exchange", "label-studio", "export", "s1", "--out", "s1.json", "--json")
    assert ended.json == {
        "tasks": 12,
        "annotations": 0,
        "predictions": 0,
        "file": "s1.json",
        "config": "s1.xml",
    }
    assert Path("s1.xml").read_text().startswith("<View>")
    tasks = json.loads(Path("s1.json").read_text())
    result = {"from_name": "assessable", "to_name": "video", "type": "choices", "value": {"choices": ["yes"]}}
    tasks[0]["annotations"] = [{"result": [result], "completed_by": 3}]
    Path("back.json").write_text(json.dumps(tasks))
    into = ("exchange", "label-studio", "import", "back.json", "--name", "agency")
    ended = ready(*into, "--json")
    assert (ended.json["people"], ended.json["judgements"], ended.json["complete"]) == (1, 1, 0)
    refused(ready(*into), "exists", "--name")
    assert "agency" in ready("exchange", "imported").out
    assert (
        ready("exchange", "label-studio", "export", "agency", "--out", "again.json", "--json").json["tasks"]
        == 1
    )
    assert ready("exchange", "label-studio", "config", "--out", "g.xml", "--lang", "en").code == 0
    assert ready("log", "rebuild").code == 0
    refused(ready("exchange", "label-studio", "export", "s2", "--out", "x.json"), "s2", "There are: s1")
    refused(ready("exchange", "label-studio", "export", "s1", "--out", "no/x.json"), "no such folder")
    refused(ready("exchange", "label-studio", "export", "s1", "--out", "x.xml"), ".json")
    Path("bad.json").write_text("id,choice\n")
    refused(ready("exchange", "label-studio", "import", "bad.json", "--name", "b"), "no JSON", "JSON-MIN")
    refused(ready("exchange", "label-studio", "import", "none.json", "--name", "b"), "no such file")


def test_spans_for_other_programs(ready: Tilik) -> None:
    assert ready("exchange", "fiftyone", "s1", "--out", "f", "--json").json == {"videos": 12, "detections": 0}
    assert json.loads(Path("f/labels.json").read_text())["classes"] == []
    assert ready("exchange", "cvat", "s1", "--out", "c", "--json").json == {"videos": 0, "spans": 0}
    refused(ready("exchange", "cvat", "s2", "--out", "c"), "s2", "There are: s1")
