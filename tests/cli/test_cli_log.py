"""``tilik log verify`` finds every change that raw SQL makes; a noted head tells even a chain made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cli.shell import Tilik
from tilik.log import seal

DATABASE = Path("tilik-data/tilik.db")
ENVELOPE = ("seq", "id", "at", "actor", "type", "subject", "body", "prev")

CHANGES = {
    "a body": """
        UPDATE log_entry SET body = replace(body, '"budget":12', '"budget":99') WHERE type = 'study-drawn'""",
    "a time": "UPDATE log_entry SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 2",
    "an actor": "UPDATE log_entry SET actor = 'somebody' WHERE seq = 3",
    "a hash": "UPDATE log_entry SET hash = prev WHERE seq = 2",
    "a type": "UPDATE log_entry SET type = 'signed-in' WHERE seq = 1",
    "a dropped row": "DELETE FROM log_entry WHERE seq = 2",
    "a dropped first": "DELETE FROM log_entry WHERE seq = 1",
    "a dropped last": "DELETE FROM log_entry WHERE seq = (SELECT max(seq) FROM log_entry)",
    "everything dropped": "DELETE FROM log_entry",
    "a moved head": "UPDATE log_head SET seq = seq - 1",
    "no head": "DELETE FROM log_head",
    "two in another order": """
        UPDATE log_entry SET seq = -2 WHERE seq = 2;
        UPDATE log_entry SET seq = 2 WHERE seq = 3;
        UPDATE log_entry SET seq = 3 WHERE seq = -2""",
    "one put in": """
        INSERT INTO log_entry SELECT seq + 100, 'other', at, actor, type, subject, body, prev, hash
        FROM log_entry WHERE seq = 1""",
}


def by_raw_sql(statements: str) -> None:
    with closing(sqlite3.connect(DATABASE)) as connection:
        connection.executescript(statements)
        connection.commit()


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_by_raw_sql_is_found(ready: Tilik, change: str) -> None:
    assert ready("log", "verify").code == 0
    by_raw_sql(CHANGES[change])
    told = ready("log", "verify", "--json")
    assert told.code == 2
    assert told.json["breaks"]
    assert told.err.startswith("tilik: the chain does not hold: ")
    assert told.err.count("\n") == 1
    shown = ready("log", "verify")
    assert shown.code == 2
    assert "entry " in shown.out


def test_the_place_of_the_change_is_named(ready: Tilik) -> None:
    by_raw_sql(CHANGES["an actor"])
    assert [found["seq"] for found in ready("log", "verify", "--json").json["breaks"]] == [3]


def test_a_noted_head_is_held(ready: Tilik) -> None:
    noted = ready("log", "verify", "--json").json
    head = f"{noted['entries']}:{noted['head']}"
    assert f"Head: {head}" in ready("log", "verify").out
    ready("sample", "draw", "--name", "s2", "--budget", 5)
    later = ready("log", "verify", "--expect", head, "--json")
    assert (later.code, later.json["expected_held"]) == (0, True)
    assert later.json["entries"] > noted["entries"]


@pytest.mark.parametrize(
    "of", [lambda seq, seal: f"{seq}:{'0' * 64}", lambda seq, seal: f"{seq + 50}:{seal}"]
)
def test_a_head_that_never_was(ready: Tilik, of: Callable[[int, str], str]) -> None:
    noted = ready("log", "verify", "--json").json
    told = ready("log", "verify", "--expect", of(noted["entries"], noted["head"]))
    assert told.code == 2
    assert "the noted head is not in it" in told.err


def test_a_whole_chain_made_anew_is_found_by_the_noted_head(ready: Tilik) -> None:
    noted = ready("log", "verify", "--json").json
    _rewrite()
    assert ready("log", "verify").code == 0
    told = ready("log", "verify", "--expect", f"{noted['entries']}:{noted['head']}")
    assert told.code == 2
    assert "the noted head is not in it" in told.err


def _rewrite() -> None:
    """Somebody with full access changes an entry and seals every later one and the head again."""
    with closing(sqlite3.connect(DATABASE)) as connection:
        connection.execute("UPDATE log_entry SET actor = 'somebody' WHERE seq = 2")
        previous = ""
        for row in connection.execute(f"SELECT {', '.join(ENVELOPE)} FROM log_entry ORDER BY seq").fetchall():
            fields = dict(zip(ENVELOPE, row, strict=True))
            fields["prev"] = previous or fields["prev"]
            previous = seal(**fields)
            connection.execute(
                "UPDATE log_entry SET prev = ?, hash = ? WHERE seq = ?",
                (fields["prev"], previous, fields["seq"]),
            )
        connection.execute("UPDATE log_head SET hash = ?", (previous,))
        connection.commit()


def test_rebuild_equals(ready: Tilik) -> None:
    told = ready("log", "rebuild", "--json")
    assert told.code == 0
    tables = {row["table"]: row for row in told.json}
    assert all(row["equal"] for row in told.json)
    assert (tables["draw"]["live"], tables["task"]["rebuilt"], tables["frame"]["live"]) == (12, 12, 1)


def test_rebuild_into_a_database_that_is_kept(ready: Tilik) -> None:
    assert ready("log", "rebuild", "--into", "sqlite:///kept.db").code == 0
    with closing(sqlite3.connect("kept.db")) as connection:
        assert connection.execute("SELECT count(*) FROM draw").fetchone() == (12,)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("draw", "UPDATE draw SET pi = pi / 2"),
        ("task", "UPDATE task SET state = 'settled'"),
        ("study", "DELETE FROM study"),
        ("person", "UPDATE person SET roles = '[]'"),
    ],
)
def test_rebuild_shows_a_table_that_raw_sql_changed(ready: Tilik, table: str, change: str) -> None:
    by_raw_sql(change)
    told = ready("log", "rebuild", "--json")
    assert told.code == 2
    assert [row["table"] for row in told.json if not row["equal"]] == [table]
    assert table in told.err
    assert told.err.count("\n") == 1


def test_rebuild_of_a_log_with_an_unknown_event(ready: Tilik) -> None:
    by_raw_sql("UPDATE log_entry SET type = 'tomorrow' WHERE seq = 1")
    told = ready("log", "rebuild")
    assert (told.code, told.out) == (2, "")
    assert "'tomorrow'" in told.err
    assert told.err.count("\n") == 1
