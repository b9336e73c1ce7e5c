"""``tilik sample`` with every design, ``tilik frame`` from a database and two frames beside each other."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from cli.shell import FRAME, Tilik, refused

DESIGNS = [
    ("simple-random",),
    ("column", "--column", "lang", "--allocation", "equal"),
    ("multi-target", "--score", "harm", "--threshold", "0.5", "--domain", "lang"),
    ("purposes", "--part", "high-impression=2", "--part", "high-impact=1:harm*3", "--part", "random"),
    ("families", "--judge", "all"),
]


@pytest.fixture
def started(tilik: Tilik) -> Tilik:
    """A workspace with the frame of sixty videos in twenty families."""
    lines = FRAME.splitlines()
    rows = [f"{line},f{at // 3}" for at, line in enumerate(lines[1:])]
    Path("frame.csv").write_text("\n".join([f"{lines[0]},family", *rows]) + "\n")
    tilik("init")
    assert tilik("frame", "import", "frame.csv", "--name", "march").code == 0
    return tilik


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_is_planned_and_drawn(started: Tilik, design: tuple[str, ...]) -> None:
    options = ("--budget", 12, "--design", *design, "--minimum", 2)
    plan = [word for word in options if word not in ("--judge", "all")]
    assert started("sample", "plan", *plan).code == 0
    drawn = started("sample", "draw", "--name", "s", *options, "--seed", 4, "--json").json
    assert (drawn["drawn"], drawn["design"]["kind"]) == (12, design[0])
    assert drawn["videos"] == (36 if design[0] == "families" else 12)


def test_designs_and_budgets_beside_each_other(started: Tilik) -> None:
    options = ("--budget", 12, "--budget", 24, "--score", "harm", "--threshold", 0.5, "--minimum", 2)
    told = started("sample", "plan", *options, "--domain", "lang", "--json").json
    assert set(told["designs"]) > {"pps", "multi-target", "stratified, neyman", "stratified, equal"}
    assert [best["budget"] for best in told["best"]] == [12, 24]
    assert {one["level"] for one in told["expected"]} == {"", "id", "jv"}
    assert all(one["thin"] for one in told["thin"])
    shown = started("sample", "plan", *options, "--design", "pps", "--prevalence", 0.2).out
    assert "20.0 %" in shown
    assert "Take pps for 24" in shown
    rows = "".join(f"{at / 100},{at % 3 == 0:d},0.5,10\n" for at in range(100))
    Path("earlier.csv").write_text("harm,label,pi,impressions\n" + rows)
    again = started("sample", "plan", *options, "--earlier", "earlier.csv", "--design", "pps", "--json").json
    assert again["expected"][0]["value"] == pytest.approx(1 / 3, abs=0.05)
    refused(started("sample", "plan", "--budget", 9, "--budget", 12), "each --score needs its --threshold")
    refused(started("sample", "plan", *options, "--earlier", "frame.csv"), "frame.csv", "label")


def test_purposes_and_families_from_a_plain_file(started: Tilik) -> None:
    plain = ("stats", "draw", "frame.csv", "--budget", 10, "--json")
    parts = ("--part", "synthetic-suspect=1:score_harm@0.5", "--part", "random=1")
    several = started(*plain, "--design", "purposes", *parts).json
    for row in several["draws"]:
        own = json.loads(row["purposes"])
        assert row["pi"] == max(own.values()) == own[row["purpose"]]
    families = started(*plain, "--design", "families").json
    assert len({row["family"] for row in families["draws"]}) == 10


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (("purposes",), ("--part", "needs them")),
        (("purposes", "--part", "fun"), ("purpose",)),
        (("purposes", "--part", "random=many"), ("NAME=SHARE", "--part random=many")),
        (("purposes", "--part", "uncertain=1:harm*x"), ("SCORE*SEVERITY@THRESHOLD",)),
        (("purposes", "--part", "high-impact"), ("needs a score",)),
        (("purposes", "--part", "uncertain=1:joy"), ("no score 'score_joy'",)),
        (("column",), ("--column",)),
        (("column", "--column", "country"), ("no column country",)),
        (("multi-target", "--score", "harm"), ("--threshold",)),
        (("families", "--family", "clan"), ("no column clan",)),
    ],
)
def test_designs_that_are_refused(started: Tilik, options: tuple[str, ...], parts: tuple[str, ...]) -> None:
    refused(started("sample", "draw", "--name", "s", "--budget", 30, "--design", *options), *parts)


def test_a_frame_from_a_database(started: Tilik) -> None:
    connection = sqlite3.connect("lake.db")
    connection.execute("create table april (video text, impressions integer, score_harm real, lang text)")
    connection.execute("insert into april values ('v001', 70, 0.2, 'id'), ('v900', 30, 0.9, 'su')")
    connection.commit()
    connection.close()
    address = f"sqlite://{Path('lake.db').absolute()}"
    refused(started("frame", "import", address), "which table", "--table", "april")
    refused(started("frame", "import", address, "--table", "may"), "no table 'may'", "There are: april.")
    kept = started("frame", "import", address, "--table", "april", "--json").json
    assert (kept["name"], kept["rows"], kept["source"]) == ("april", 2, f"{address}?table=april")
    told = started("frame", "compare", "march", "april", "--json").json
    assert {t["fate"]: t["videos"] for t in told["turnover"]} == {"kept": 1, "new": 1, "gone": 59}
    shown = started("frame", "compare", "march", "april").out
    assert "of impressions moved" in shown
    assert "Only march has family." in shown
    refused(started("frame", "compare", "march", "may"), "no frame is called 'may'")
    drawn = started("stats", "draw", address, "--table", "april", "--budget", 1, "--json")
    assert len(drawn.json["draws"]) == 1
