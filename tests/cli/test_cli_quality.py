"""``tilik sample draw --overlap`` and ``tilik quality outcomes``: second looks, and what they come to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.shell import FRAME, Tilik, refused
from measure.survey import CLEAN, GAMBLING, Say, said
from tilik.access import add_person
from tilik.quality.adjudication import next_adjudication
from tilik.review import lease_next, submit
from tilik.store import open_workspace


@pytest.fixture
def drawn(tilik: Tilik) -> Tilik:
    """A study of six videos of which half of the sound ones are looked at again."""
    Path("frame.csv").write_text(FRAME)
    tilik("init")
    assert tilik("frame", "import", "frame.csv", "--name", "march").code == 0
    found = tilik("sample", "draw", "--name", "s", "--budget", 6, "--seed", 4, "--overlap", 0.5)
    assert found.code == 0, found.err
    return tilik


def judge(*says: Say) -> Any:
    """The first simulated person says these of the tasks in turn, the second finds nothing anywhere."""
    opened = open_workspace(Path("tilik-data"))
    with opened.store.write() as writing:
        one, other, third = (
            add_person(writing, name=name, roles=("reviewer", "adjudicator"), simulated=True)
            for name in ("Satu", "Dua", "Tiga")
        )
        guideline = str(writing.connection.exec_driver_sql("select guideline from study").scalar())
    for person, words in ((one, list(says)), (other, [CLEAN] * len(says))):
        for word in words:
            with opened.store.write(person.id) as writing:
                lease = lease_next(writing, person.id, simulated=True)
                if lease is None:
                    break
                submit(writing, person.id, said(word, task=lease.task, lease=lease.id, guideline=guideline))
    with opened.store.write(third.id) as writing:
        contested = next_adjudication(writing, third.id, simulated=True)
    opened.close()
    return contested


def test_outcomes_by_task(drawn: Tilik) -> None:
    assert judge(GAMBLING, CLEAN, CLEAN, CLEAN, CLEAN, GAMBLING) is not None
    found = drawn("quality", "outcomes", "s", "--json").json
    assert found["counts"]["contested"] == 2, "positives are always looked at again"
    assert found["counts"]["single"] + found["counts"]["agreed"] == 4
    assert {one["fails"] for one in found["tasks"] if one["outcome"] in ("single", "agreed")} == {False}
    contested = [one for one in found["tasks"] if one["outcome"] == "contested"]
    assert [(one["judgements"], one["fails"], one["families"]) for one in contested] == [(2, None, None)] * 2
    assert {"fails", "COM"} <= set(contested[0]["posterior"])
    table = drawn("quality", "outcomes")
    assert table.code == 0
    assert "contested" in table.out
    assert "Contested: v" in table.out


def test_an_empty_study_has_outcomes_too(drawn: Tilik) -> None:
    found = drawn("quality", "outcomes", "--json").json
    assert found["counts"] == {"waiting": 6, "single": 0, "agreed": 0, "contested": 0, "ruled": 0}


def test_what_is_refused(drawn: Tilik) -> None:
    refused(drawn("quality", "outcomes", "none"), "no study is called 'none'")
    refused(drawn("quality", "outcomes", "--sure", 0.4), "between 0.5 and 1")
    draw = ("sample", "draw", "--name", "t", "--budget", 3)
    refused(drawn(*draw, "--overlap", 2), "an overlap lies in 0..1")
    refused(drawn(*draw, "--overlap", 0.1, "--wants", 2), "Leave out --wants or --overlap")


def test_people_agreement_and_forecast(drawn: Tilik) -> None:
    judge(GAMBLING, CLEAN, CLEAN, CLEAN, CLEAN, CLEAN)
    set_to = drawn("quality", "targets", "--sensitivity", 0.85, "--daily", 3, "--json").json
    assert set_to == {"sensitivity": 0.85, "specificity": None, "daily": 3}
    assert "sensitivity 85.0 %, 3 a day" in drawn("quality", "targets").out
    told = drawn("quality", "people", "--json").json
    assert [one["pseudonym"] for one in told["people"]] == sorted(one["pseudonym"] for one in told["people"])
    assert all(one["simulated"] for one in told["people"])
    assert told["people"][0]["work"]["judged"] == 6
    shown = drawn("quality", "people", "--study", "s").out
    assert "(simulated)" in shown and "Targets: sensitivity 85.0 %" in shown
    assert drawn("quality", "agreement", "s", "--json").code != 0, "the study is an option"
    agreed = drawn("quality", "agreement", "--study", "s", "--json").json
    assert agreed["tasks"] >= 1
    assert "judged blind" in drawn("quality", "agreement").out
    ahead = drawn("quality", "forecast", "s", "--json").json
    assert ahead["done"] >= 7
    assert "to come" in drawn("quality", "forecast").out
    assert drawn("quality", "targets", "--clear", "--json").json["daily"] is None
    refused(drawn("quality", "people", "--since", "soon"), "no day")
    refused(drawn("quality", "forecast", "--days", 1), "3 to 90 days")
