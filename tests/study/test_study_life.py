"""The life of a guideline version, in the log and on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine

from study.making import make_study
from tilik.kernel import Conflict, Missing, TilikError
from tilik.store import Workspace, guideline_text
from tilik.store.rebuild import rebuild
from tilik.study import (
    Version,
    active_guideline,
    add_guideline,
    find_version,
    guideline_of,
    move,
    source_of,
    versions,
)

TEXT = guideline_text("keluarga-id")


def numbered(number: str, status: str = "draft", word: str = "untuk") -> str:
    text = TEXT.replace('version: "0.1.0"', f'version: "{number}"').replace(
        "status: active ", f"status: {status} "
    )
    return text.replace("Dibuat untuk remaja", f"Dibuat {word} remaja", 1)


def add(workspace: Workspace, text: str, clock: Any = None) -> str:
    if clock is not None:
        clock.move(minutes=1)
    with workspace.store.write() as writing:
        return add_guideline(writing, text, name="own.yaml")


def go(workspace: Workspace, identity: str, state: Any) -> None:
    with workspace.store.write("lead") as writing:
        move(writing, identity, state)


def states(workspace: Workspace) -> dict[str, str]:
    with workspace.store.read() as connection:
        return {one.version: one.state for one in versions(connection)}


def find(workspace: Workspace, name: str) -> Version:
    with workspace.store.read() as connection:
        return find_version(connection, name)


def refused(workspace: Workspace, identity: str, state: Any) -> str:
    with pytest.raises(TilikError) as caught:
        go(workspace, identity, state)
    return f"{type(caught.value).__name__} {caught.value.code}"


def test_the_first_version_is_active_as_its_file_says_and_the_next_waits(
    workspace: Workspace, clock: Any
) -> None:
    add(workspace, TEXT)
    add(workspace, numbered("0.2.0", "active"), clock)
    add(workspace, numbered("0.3.0", "trial"), clock)
    assert states(workspace) == {"0.1.0": "active", "0.2.0": "draft", "0.3.0": "trial"}


def test_a_whole_life(workspace: Workspace, clock: Any) -> None:
    first, second = add(workspace, TEXT), add(workspace, numbered("0.2.0"), clock)
    go(workspace, second, "trial")
    assert states(workspace) == {"0.1.0": "active", "0.2.0": "trial"}
    go(workspace, second, "active")
    assert states(workspace) == {"0.1.0": "retired", "0.2.0": "active"}
    with workspace.store.read() as connection:
        assert active_guideline(connection) == second
    go(workspace, first, "active")  # back again
    assert states(workspace) == {"0.1.0": "active", "0.2.0": "retired"}


def test_what_cannot_happen(workspace: Workspace, clock: Any) -> None:
    first, second = add(workspace, TEXT), add(workspace, numbered("0.2.0"), clock)
    assert refused(workspace, first, "retired") == "Conflict guideline-state"
    assert refused(workspace, first, "draft") == "Conflict guideline-state"
    go(workspace, second, "retired")
    assert refused(workspace, second, "draft") == "Conflict guideline-state"
    assert refused(workspace, "0" * 64, "active") == "Missing guideline-missing"
    go(workspace, first, "active")  # where it stands already: nothing happens
    assert states(workspace) == {"0.1.0": "active", "0.2.0": "retired"}


def test_a_number_stands_for_one_content_once_it_is_past_its_draft(workspace: Workspace, clock: Any) -> None:
    add(workspace, TEXT)
    with pytest.raises(Conflict, match=r"0\.1\.0 is here already"):
        add(workspace, numbered("0.1.0", word="bagi"), clock)
    old = add(workspace, numbered("0.2.0"), clock)
    new = add(workspace, numbered("0.2.0", word="bagi"), clock)  # a draft may be tried again
    assert find(workspace, "0.2.0").hash == new
    assert find(workspace, old[:8]).state == "retired"
    go(workspace, new, "trial")
    with pytest.raises(Conflict, match=r"0\.2\.0 is here already"):
        add(workspace, numbered("0.2.0", word="buat"), clock)


def test_a_version_is_found_by_number_name_or_hash(workspace: Workspace, clock: Any) -> None:
    first = add(workspace, TEXT)
    add(workspace, numbered("0.2.0"), clock)
    for name in ("0.1.0", "keluarga-id 0.1.0", first, first[:6]):
        assert find(workspace, name).hash == first
    for name in ("9.9.9", "", first[:3]):
        with pytest.raises(Missing, match=r"There are: keluarga-id 0\.1\.0"):
            find(workspace, name)


def test_studies_keep_the_version_they_began_with(workspace: Workspace, clock: Any) -> None:
    made = make_study(workspace, 2)
    second = add(workspace, numbered("0.2.0"), clock)
    go(workspace, second, "active")
    with workspace.store.read() as connection:
        assert {one.version: one.studies for one in versions(connection)} == {"0.1.0": 1, "0.2.0": 0}
        assert guideline_of(connection, workspace.store.blobs, made.guideline).version == "0.1.0"


def test_the_file_comes_out_as_it_went_in(workspace: Workspace) -> None:
    text = "# a remark with ünïcode\n" + TEXT.replace("\n", "\r\n", 3)
    identity = add(workspace, text)
    with workspace.store.read() as connection:
        out = source_of(connection, workspace.store.blobs, identity)
    assert out == text.encode()
    assert add(workspace, out.decode()) == identity


def test_the_log_gives_the_same_states_again(workspace: Workspace, clock: Any) -> None:
    add(workspace, TEXT)
    second = add(workspace, numbered("0.2.0"), clock)
    go(workspace, second, "trial")
    go(workspace, second, "active")
    matches = rebuild(workspace.store, create_engine("sqlite://"))
    assert [one.table for one in matches if not one.equal] == []
