"""Frames out of folders and databases: the same content however it comes, plain errors, no secrets kept."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from frame.test_import import good, written
from tilik.frame import ColumnMap, check_frame, import_frame
from tilik.frame.address import address_of, kept, name_of, shown
from tilik.frame.registration import bring_in_frame, find_frame
from tilik.kernel import Invalid, Missing, TilikError, Unavailable
from tilik.log import log_entry
from tilik.store import Workspace

CREATE = "create table videos (video text, impressions bigint, score_harm double precision, language text)"
ROWS = [tuple(row.values()) for row in good(300).to_pylist()]


def in_duckdb(folder: Path, _postgres: Callable[[], str]) -> str:
    with duckdb.connect(str(folder / "f.duckdb")) as connection:
        connection.execute(CREATE)
        connection.executemany("insert into videos values (?, ?, ?, ?)", ROWS)
    return f"duckdb://{folder / 'f.duckdb'}"


def in_sqlite(folder: Path, _postgres: Callable[[], str]) -> str:
    connection = sqlite3.connect(folder / "f.sqlite")
    connection.execute(CREATE)
    connection.executemany("insert into videos values (?, ?, ?, ?)", ROWS)
    connection.commit()
    connection.close()
    return f"sqlite://{folder / 'f.sqlite'}"


def in_postgres(_folder: Path, postgres: Callable[[], str]) -> str:
    url = postgres()
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        cursor.execute(CREATE)
        cursor.executemany("insert into videos values (%s, %s, %s, %s)", ROWS)
    return url


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Callable[[], str]:
    return lambda: str(request.getfixturevalue("postgres_url")).replace("+psycopg", "")


PLACES = [in_duckdb, in_sqlite, pytest.param(in_postgres, marks=pytest.mark.postgres)]


@pytest.mark.parametrize("put", PLACES)
def test_a_database_gives_the_frame_that_a_file_gives(
    put: Callable[[Path, Callable[[], str]], str], tmp_path: Path, postgres: Callable[[], str]
) -> None:
    url = put(tmp_path, postgres)
    from_file = import_frame(written(good(300), tmp_path), tmp_path / "frames")
    found = import_frame(url, tmp_path / "frames", table="videos")
    assert found.hash == from_file.hash == import_frame(f"{url}?table=videos", tmp_path / "frames").hash
    assert [path.name for path in (tmp_path / "frames").iterdir()] == [from_file.name]
    assert check_frame(url, table="videos") == from_file.report
    assert found.source.endswith("?table=videos")
    with pytest.raises(Missing, match=r"no table 'clips'.*videos"):
        import_frame(url, tmp_path / "frames", table="clips")
    with pytest.raises(Invalid, match=r"which table.*--table.*videos"):
        import_frame(url, tmp_path / "frames")
    with pytest.raises(Invalid, match="no column views; found video, impressions"):
        import_frame(url, tmp_path / "frames", table="videos", columns=ColumnMap(impressions="views"))
    assert [path.name for path in (tmp_path / "frames").iterdir()] == [from_file.name]


@pytest.mark.postgres
def test_a_table_of_another_schema(tmp_path: Path, postgres: Callable[[], str]) -> None:
    url = postgres()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create schema lake")
        connection.execute("create table lake.v as select 'a' as video, 3::numeric(10, 2) as impressions")
    found = import_frame(url, tmp_path, table="lake.v")
    assert (found.rows, found.impressions) == (1, 3)


def test_hive_partitions_are_columns(tmp_path: Path) -> None:
    table = good(200).append_column("day", pa.array([f"2026-03-{1 + n % 2:02}" for n in range(200)]))
    pq.write_to_dataset(table, tmp_path / "hive", partition_cols=["day", "language"])
    found = import_frame(tmp_path / "hive", tmp_path / "frames")
    assert found.rows == 200
    assert set(found.domains) == {"day", "language"}


REFUSALS = [
    ("nosuch://host/x?table=t", Invalid, "nosuch is no kind of database"),
    ("s3://bucket/x.parquet", Invalid, "s3 is no kind of database"),
    ("duckdb:///nowhere/f.duckdb?table=t", Missing, "no such database file"),
    ("sqlite:///nowhere/f.sqlite?table=t", Missing, "no such database file"),
    ("postgres://sari:hunter2@127.0.0.1:1/x?table=t", Unavailable, "cannot be read"),
]


@pytest.mark.parametrize(("url", "kind", "words"), REFUSALS)
def test_what_cannot_be_read_says_so_and_keeps_its_secrets(
    url: str, kind: type[TilikError], words: str, tmp_path: Path
) -> None:
    with pytest.raises(kind, match=words) as refused:
        import_frame(url, tmp_path)
    assert "hunter2" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("password", ["hun/ter2", "hun#ter2", "hun?ter2", "12/ter2", "12?ter2", "[hunter2"])
def test_a_password_that_cuts_the_address_in_two_is_shown_nowhere(password: str) -> None:
    for ask in (shown, kept, name_of, address_of):
        with pytest.raises(Invalid, match="cannot be told apart") as refused:
            ask(f"postgres://sari:{password}@127.0.0.1:1/x?table=t")
        assert not [part for part in ("hun", "ter2", "12") if part in str(refused.value)]
    assert shown("sqlite:///a@b.db") == "sqlite:///a@b.db"


def test_a_file_that_is_no_database_is_one_plain_error(tmp_path: Path) -> None:
    (tmp_path / "f.duckdb").write_text("no database")
    with pytest.raises(Unavailable, match="cannot be read"):
        import_frame(f"duckdb://{tmp_path / 'f.duckdb'}", tmp_path, table="t")
    with pytest.raises(Invalid, match="a file has no tables"):
        import_frame(written(good(5), tmp_path), tmp_path, table="t")


def test_what_is_shown_of_an_address() -> None:
    url = "postgres://sari:p%40ss@db.example:5432/lake?sslmode=require&table=a.videos&token=abc"
    found = address_of(url)
    assert found is not None
    assert found.url == "postgres://sari:p%40ss@db.example:5432/lake?sslmode=require&token=abc"
    assert found.table == "a.videos"
    assert shown(url) == kept(url) == "postgres://db.example:5432/lake?table=a.videos"
    assert {"p@ss", "p%40ss", "abc"} <= set(found.secrets)
    assert name_of(url) == "videos"
    assert name_of(url, "march") == "march"
    assert address_of("march.parquet") is None
    assert (kept("sari/march.parquet"), name_of(Path("a/march.parquet"))) == ("march.parquet", "march")


@pytest.mark.postgres
def test_the_log_never_sees_credentials(
    sqlite_workspace: Workspace, tmp_path: Path, postgres: Callable[[], str]
) -> None:
    url = in_postgres(tmp_path, postgres)
    secret = url.replace("postgres@", "postgres:hunter2@")
    store = sqlite_workspace.store
    bring_in_frame(store, tmp_path, secret, name="march", frame_seed="s", table="videos")
    with store.read() as connection:
        kept_source = find_frame(connection, "march").summary.source
        bodies = " ".join(str(tuple(row)) for row in connection.execute(log_entry.select()))
    assert kept_source.startswith("postgres")
    assert "hunter2" not in bodies and "postgres@" not in bodies and kept_source in bodies


# ------------------------------------------------------------------------------------------ families
def mapping(folder: Path, text: str) -> Path:
    (folder / "families.csv").write_text(text)
    return folder / "families.csv"


def test_families_come_from_a_mapping(tmp_path: Path) -> None:
    file = mapping(tmp_path, "video,family\nv00001,a\nv00002,a\nv00003,\nelsewhere,b\n")
    found = import_frame(written(good(10), tmp_path), tmp_path / "frames", families=file)
    rows = pq.read_table(tmp_path / "frames" / found.name).to_pylist()
    assert [row["family"] for row in rows[:5]] == [None, "a", "a", None, None]
    assert [row["video"] for row in rows] == good(10)["video"].to_pylist()
    assert set(found.domains) == {"family", "language"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("clip,family\na,b\n", "no column video"),
        ("video,family\na,b\na,c\n", "a is in the mapping twice"),
    ],
)
def test_mappings_that_are_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        import_frame(written(good(10), tmp_path), tmp_path / "frames", families=mapping(tmp_path, text))


def test_a_frame_has_families_once(tmp_path: Path) -> None:
    table = good(3).append_column("family", pa.array(["a", "a", "b"]))
    with pytest.raises(Invalid, match="already"):
        import_frame(
            written(table, tmp_path), tmp_path / "frames", families=mapping(tmp_path, "video,family\n")
        )
