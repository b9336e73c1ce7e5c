"""Running ``tilik`` in this process as a shell would."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cli.shell import FRAME, Ended, Tilik
from tilik.cli.chosen import chosen
from tilik.cli.main import run


@pytest.fixture
def tilik(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tilik:
    """``tilik("frame", "list")`` in an empty folder, where ``tilik-data`` will be the workspace."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("TILIK_WORKSPACE", raising=False)

    def call(*arguments: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["tilik", *map(str, arguments)])
        capsys.readouterr()
        before = chosen.set(chosen.get())
        try:
            with pytest.raises(SystemExit) as ended:
                run()
        finally:
            chosen.reset(before)
        printed = capsys.readouterr()
        return Ended(int(ended.value.code or 0), printed.out, printed.err)

    return call


@pytest.fixture
def frame(tilik: Tilik) -> Path:
    """A small CSV frame, ``frame.csv`` in the folder of the commands."""
    file = Path("frame.csv")
    file.write_text(FRAME)
    return file


@pytest.fixture
def ready(tilik: Tilik, frame: Path) -> Tilik:
    """``tilik`` with a workspace, the frame ``march`` and the study ``s1`` of 12 videos."""
    for arguments in (
        ("init", "--admin", "Sari"),
        ("frame", "import", frame, "--name", "march"),
        ("sample", "draw", "--name", "s1", "--budget", 12, "--seed", 5),
    ):
        ended = tilik(*arguments)
        assert ended.code == 0, ended.err
    return tilik
