"""``tilik retention``, ``tilik people``, ``tilik privacy`` in a workspace in which nothing is due."""

from __future__ import annotations

import json
from pathlib import Path

from cli.shell import Tilik, refused


def test_by_command(tilik: Tilik, tmp_path: Path) -> None:
    assert tilik("init", "--json").code == 0
    listed = {one["class"]: one["days"] for one in tilik("retention", "rules", "--json").json}
    assert listed["judgement-texts"] == 730
    refused(
        tilik("retention", "set", "sessions", "--days", "30", "--ground-id", "x", "--ground-en", "y"), "--by"
    )
    refused(tilik("people", "erase", "R01", "--ground", "Permintaan."), "--by")
    due = tilik("people", "erase", "R01", "--dry-run", "--json").json
    assert (due["erasure"], due["before"]["pseudonym"]) == (None, "R01")
    assert {one["due"] for one in tilik("retention", "plan", "--json").json["classes"]} == {0}
    assert tilik("retention", "run", "--json").json["erased"] == {}
    report = tilik("retention", "report", "--json")
    assert (report.code, report.json["proof"]["holds"], len(report.json["runs"])) == (0, True, 1)
    assert "nothing erased came back" in " ".join(tilik("retention", "report").out.split())
    refused(tilik("privacy", "record"), "--out")
    refused(tilik("privacy", "record", "--out", "record.txt"), ".html")
    page, data = tmp_path / "record.html", tmp_path / "record.json"
    assert tilik("privacy", "record", "--out", str(page), "--controller", "PT <Contoh>").code == 0
    assert "PT &lt;Contoh&gt;" in page.read_text()
    assert tilik("privacy", "record", "--out", str(data)).code == 0
    assert [one["count"] for one in json.loads(data.read_text())["counts"]][:2] == [1, 1]
    assert tilik("privacy", "views", "--person", "r01", "--json").json == []
    refused(tilik("privacy", "views", "--since", "kemarin"), "--since", "2026-03-01")
    refused(tilik("privacy", "views", "--person", "R99"), "R99")
