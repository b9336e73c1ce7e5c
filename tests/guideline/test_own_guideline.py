"""The tutorial: the file that stands on its page, and every command of it, run as written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tilik.guideline import decide, load, review, summary, verdict_proposal

PAGE = Path(__file__).resolve().parents[2] / "docs" / "own-guideline.md"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)


TEXT = "".join(blocks("yaml"))


def test_the_file_is_sound_and_has_five_labels() -> None:
    guideline = load(TEXT, name="sekolah.yaml")
    assert summary(guideline).counts["labels"] == 5
    remarks = review(guideline)
    assert {one.code for one in remarks} == {"example-missing"}
    assert len(remarks) == 15
    assert "here fifteen" in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("levels", "strength", "verdict", "rule"),
    [
        ({}, 1, "BAIK", "V2"),
        ({}, 0, "BOLEH", "V3"),
        ({"SALAH": 1}, 1, "BOLEH", "V3"),
        ({"SERAM": 2}, 1, "JANGAN", "V1"),
        ({"KASAR": 1, "HADIAH": 1}, 0, "JANGAN", "V1"),
        ({"KASAR": 1, "IKLAN": 1}, 0, "BOLEH", "V3"),
    ],
)
def test_its_rules_say_what_the_page_says(
    levels: dict[str, int], strength: int, verdict: str, rule: str
) -> None:
    guideline = load(TEXT)
    family = {one.code: one.family for one in guideline.labels}
    opened = {family[code] for code in levels}
    answers = {"assessable": "yes", "strength.JELAS": strength}
    answers |= {f"family.{one.code}": one.code in opened for one in guideline.families}
    answers |= {f"label.{code}": levels.get(code, 0) for code in family if family[code] in opened}
    assert verdict_proposal(guideline, answers) == (verdict, rule)
    assert decide(guideline, answers).verdict_proposed == verdict


def test_every_command_of_the_page_runs(tmp_path: Path) -> None:
    (tmp_path / "sekolah.yaml").write_text(TEXT, encoding="utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    environment.pop("TILIK_WORKSPACE", None)
    script = "set -e\n" + "".join(blocks("sh"))
    assert script.count("tilik ") == 10
    ended = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    assert "sekolah-id 1.0.0 is sound; 15 remarks." in ended.stdout
    assert "sekolah-id 1.1.0 is active." in ended.stdout
    assert re.search(r"\d+ decision", ended.stdout)
    assert (tmp_path / "kept.yaml").read_text(encoding="utf-8") == TEXT
