"""Making and opening a workspace; whatever is wrong with it is one clear error."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

import tilik.store as store
from tilik.access import add_person, list_people
from tilik.kernel import Conflict, Invalid, Missing, TilikError, Unavailable
from tilik.store import create, database_url, open_workspace

EXPORTED = """
    SYSTEM BlobStore Settings Store TableMatch Workspace Writing as_of create database_url digest_file
    guideline_text open_engine open_workspace position_of rebuild tables_of upgrade web_folder
"""


def test_the_exported_names_are_these() -> None:
    assert list(store.__all__) == EXPORTED.split()


@pytest.mark.parametrize("name", ["plain", "with space", "50% ?x=1#frag", "anak-anak é 児童", "a%20b"])
def test_a_workspace_keeps_everything_in_its_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    create(folder)
    workspace = open_workspace(folder)
    with workspace.store.write() as writing:
        add_person(writing, name="Siti", roles=("admin",))
        kept = writing.blobs.put(b"kept")
    workspace.close()
    assert list(tmp_path.iterdir()) == [folder]
    again = open_workspace(folder)
    with again.store.read() as connection:
        assert [one.name for one in list_people(connection)] == ["Siti"]
    assert again.store.blobs.path(kept).is_relative_to(folder)
    again.close()


def test_two_may_have_it_open(store_url: str, tmp_path: Path) -> None:
    create(tmp_path / "w", database=store_url)
    one, other = open_workspace(tmp_path / "w"), open_workspace(tmp_path / "w")
    with one.store.write() as writing:
        add_person(writing, name="Siti", roles=("admin",))
    with other.store.write() as writing:
        add_person(writing, name="Adi", roles=("lead",))
    with one.store.read() as connection:
        assert [p.pseudonym for p in list_people(connection)] == ["R01", "R02"]
    one.close()
    other.close()


def test_passwords_and_the_secret_are_for_their_owner_only(tmp_path: Path) -> None:
    create(tmp_path / "w", database="postgresql://u:pass@127.0.0.1:5432/x")
    for file in ("workspace.json", "secret"):
        assert stat.S_IMODE((tmp_path / "w" / file).stat().st_mode) == 0o600


def test_each_workspace_has_its_own_secret_and_id(tmp_path: Path) -> None:
    create(tmp_path / "a")
    create(tmp_path / "b")
    one, other = open_workspace(tmp_path / "a"), open_workspace(tmp_path / "b")
    assert len(one.secret) == 32
    assert one.secret != other.secret
    assert one.settings.id != other.settings.id
    one.close()
    other.close()


def test_making_it_twice_is_a_conflict_and_changes_nothing(tmp_path: Path) -> None:
    create(tmp_path / "w")
    before = {file.name: file.read_bytes() for file in (tmp_path / "w").iterdir()}
    with pytest.raises(Conflict) as caught:
        create(tmp_path / "w")
    assert caught.value.code == "workspace-exists"
    assert {file.name: file.read_bytes() for file in (tmp_path / "w").iterdir()} == before


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:secretpw@host/x",
        "not a url",
        "sqlite://",
        "postgresql://u:secretpw@host:notaport/x",
        "postgresql://u:secretpw@host",
        "postgresql",
    ],
)
def test_a_bad_database_url_is_refused_before_anything_is_made(tmp_path: Path, url: str) -> None:
    with pytest.raises(Invalid, match="postgresql://USER@HOST") as caught:
        create(tmp_path / "w", database=url)
    assert caught.value.code == "database-url"
    assert "secretpw" not in str(caught.value)
    assert not (tmp_path / "w").exists()


def test_bad_blobs_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="fsspec"):
        create(tmp_path / "w", blobs="nonsense://bucket")
    assert not (tmp_path / "w").exists()


@pytest.mark.parametrize("url", ["postgres://u@h/x", "postgresql+asyncpg://u@h/x"])
def test_every_spelling_of_postgresql_gets_the_one_driver(url: str) -> None:
    assert database_url(url).drivername == "postgresql+psycopg"


@pytest.mark.parametrize(
    "url", ["postgresql://u:secretpw@127.0.0.1:1/x", "sqlite:////no-such-folder/facts.db"]
)
def test_an_unreachable_database_is_one_clear_error(tmp_path: Path, url: str) -> None:
    create(tmp_path / "w", database=url)
    with pytest.raises(Unavailable) as caught:
        open_workspace(tmp_path / "w")
    assert caught.value.code == "database-unreachable"
    assert "secretpw" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.postgres
def test_a_database_that_does_not_exist_is_one_clear_error(tmp_path: Path, postgres_url: str) -> None:
    create(tmp_path / "w", database=f"{postgres_url}_not")
    with pytest.raises(Unavailable, match="does not exist"):
        open_workspace(tmp_path / "w")


def nothing_there(folder: Path) -> None:
    assert not folder.exists()


def a_file_instead(folder: Path) -> None:
    folder.write_text("not a folder")


def broken_settings(folder: Path) -> None:
    create(folder)
    (folder / "workspace.json").write_text("{")


def settings_in_no_encoding(folder: Path) -> None:
    create(folder)
    (folder / "workspace.json").write_bytes(b"\xff\xfe{")


def settings_from_elsewhere(folder: Path) -> None:
    create(folder)
    (folder / "workspace.json").write_text(json.dumps({"id": "x", "colour": "red"}))


def a_database_that_is_none(folder: Path) -> None:
    create(folder)
    (folder / "tilik.db").write_text("these are not the bytes of a database " * 100)


@pytest.mark.parametrize(
    ("spoil", "kind", "code"),
    [
        (nothing_there, Missing, "workspace-missing"),
        (a_file_instead, Missing, "workspace-missing"),
        (broken_settings, Invalid, "workspace-settings"),
        (settings_in_no_encoding, Invalid, "workspace-settings"),
        (settings_from_elsewhere, Invalid, "workspace-settings"),
        (a_database_that_is_none, Unavailable, "database-unreachable"),
    ],
)
def test_what_cannot_be_opened_says_why(
    tmp_path: Path, spoil: Callable[[Path], None], kind: type[TilikError], code: str
) -> None:
    spoil(tmp_path / "w")
    with pytest.raises(kind) as caught:
        open_workspace(tmp_path / "w")
    assert caught.value.code == code
    assert caught.value.where


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable) as caught:
        create(tmp_path / "file" / "w")
    assert caught.value.code == "workspace-folder"


def test_a_lost_secret_is_one_clear_error(tmp_path: Path) -> None:
    create(tmp_path / "w")
    workspace = open_workspace(tmp_path / "w")
    (tmp_path / "w" / "secret").unlink()
    with pytest.raises(Missing, match="backup"):
        _ = workspace.secret
    workspace.close()
