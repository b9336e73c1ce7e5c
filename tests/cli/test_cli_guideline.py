"""A guideline version from its file to the active one, command by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import Tilik, refused
from guideline.versions import TEXT, edit, with_rule
from policy.replica import filled
from tilik.store import open_workspace

DRAFT = with_rule("SYN-MASS", 1, "Q3").replace('version: "0.1.0"', 'version: "0.2.0"')


@pytest.fixture
def drafted(tilik: Tilik) -> Tilik:
    """A workspace with 300 judgements, and ``draft.yaml``, which is stricter about one label."""
    assert tilik("init").code == 0
    opened = open_workspace(Path("tilik-data"))
    filled(opened, 300)
    opened.close()
    Path("draft.yaml").write_text(DRAFT, encoding="utf-8")
    return tilik


def test_diff_needs_no_workspace(tilik: Tilik) -> None:
    Path("old.yaml").write_text(TEXT, encoding="utf-8")
    Path("new.yaml").write_text(edit('en: "High"', 'en: "Higher"', DRAFT), encoding="utf-8")
    found = tilik("guideline", "diff", "old.yaml", "new.yaml", "--json").json
    assert [(one["effect"], one["where"]) for one in found] == [
        ("decision", "verdict.rules.VR1B"),
        ("wording", "verdict.values.Q1.name.en"),
        ("record", "version"),
    ]
    page = tilik("guideline", "diff", "old.yaml", "new.yaml", "--lang", "id").out
    assert "Mengubah keputusan" in page
    assert "3 differences: 1 decision, 1 wording, 1 record." in page
    assert "The two are the same." in tilik("guideline", "diff", "old.yaml", "old.yaml").out


def test_the_life_of_a_version(drafted: Tilik) -> None:
    added = drafted("guideline", "add", "draft.yaml", "--json").json
    assert (added["version"], added["state"]) == ("0.2.0", "draft")
    assert drafted("guideline", "trial", "0.2.0", "--json").json["state"] == "trial"
    assert drafted("guideline", "activate", added["hash"][:8], "--json").json["state"] == "active"
    states = {one["version"]: one["state"] for one in drafted("guideline", "list", "--json").json}
    assert states == {"0.1.0": "retired", "0.2.0": "active"}
    assert "retired" in drafted("guideline", "list").out
    refused(drafted("guideline", "retire", "0.2.0"), "Activate another version")
    refused(drafted("guideline", "activate", "7.7.7"), "no version", "keluarga-id 0.1.0")


def test_the_file_comes_out_byte_for_byte(drafted: Tilik) -> None:
    drafted("guideline", "add", "draft.yaml")
    assert drafted("guideline", "export", "0.2.0", "out.yaml", "--json").json["version"] == "0.2.0"
    assert Path("out.yaml").read_bytes() == Path("draft.yaml").read_bytes()
    refused(drafted("guideline", "export", "0.2.0", "out.yaml"), "there already")
    refused(drafted("guideline", "export", "0.2.0", "nowhere/out.yaml"), "no such folder")


def test_impact_and_the_queue_of_what_it_touches(drafted: Tilik) -> None:
    drafted("guideline", "add", "draft.yaml")
    found = drafted("guideline", "impact", "0.2.0", "--json").json
    assert found["judgements"] == 300
    assert found["flips"] == len(found["listed"]) > 0
    page = drafted("guideline", "impact", "0.2.0", "--study", "march", "--lang", "id").out
    assert f"{found['flips']} come to something else" in page
    assert "Tidak layak" in page
    again = drafted(
        "guideline", "rereview", "0.2.0", "--name", "again", "--budget", 2, "--seed", 5, "--json"
    ).json
    assert again["drawn"] == 2
    measured = drafted("measure", "--study", "again", "--json").json["study"]
    assert (measured["drawn"], measured["waiting"]) == (2, 2)
    refused(drafted("guideline", "rereview", "0.2.0", "--name", "again", "--study", "march"), "name exists")
    refused(drafted("guideline", "impact", "0.2.0", "--half-width", 2), "between 0 and 1")
