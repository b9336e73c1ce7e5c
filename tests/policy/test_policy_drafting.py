"""Writing a draft in place: the file stays the truth, nobody is overwritten, no active version is touched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from tilik.guideline import BadGuideline, content_hash, load
from tilik.kernel import Conflict, Invalid
from tilik.policy.drafting import begin, is_own, keep, look, next_number
from tilik.store import Workspace, guideline_text
from tilik.store.rebuild import rebuild
from tilik.study import active_guideline, add_guideline, find_version, source_of, versions

TEXT = guideline_text("keluarga-id")
DRAFT = begin(TEXT, {"0.1.0"})
STATED = 'en: "Judge what is on screen and in the sound'


def reworded(word: str) -> str:
    assert DRAFT.count(STATED) == 1
    return DRAFT.replace(STATED, STATED.replace("Judge", word))


@pytest.fixture
def here(workspace: Workspace) -> Workspace:
    """A workspace with the shipped guideline active."""
    with workspace.store.write() as writing:
        add_guideline(writing, TEXT, name="keluarga-id.yaml")
    return workspace


def kept(workspace: Workspace, text: str, clock: Any, **more: str) -> str:
    clock.move(minutes=1)
    with workspace.store.write("lead") as writing:
        return keep(writing, text, **more)


def states(workspace: Workspace) -> list[tuple[str, str]]:
    with workspace.store.read() as connection:
        return [(one.version, one.state) for one in versions(connection)]


@pytest.mark.parametrize(
    ("number", "taken", "after"),
    [
        ("0.1.0", {"0.1.0"}, "0.2.0"),
        ("0.1.0", {"0.1.0", "0.2.0", "0.3.0"}, "0.4.0"),
        ("2.9.4", {"2.9.4"}, "2.10.0"),
        ("musim-hujan", {"musim-hujan"}, "musim-hujan-2"),
        ("musim-hujan", {"musim-hujan", "musim-hujan-2"}, "musim-hujan-3"),
    ],
)
def test_the_next_number_is_free(number: str, taken: set[str], after: str) -> None:
    assert next_number(number, taken) == after


def test_a_draft_begins_with_two_words_changed_and_every_other_byte_as_it_was() -> None:
    before, after = TEXT.splitlines(keepends=True), DRAFT.splitlines(keepends=True)
    other = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [(b.split("#")[0].strip()) for _, b in other] == ['version: "0.2.0"', "status: draft"]
    document = load(DRAFT)
    assert (document.version, document.status) == ("0.2.0", "draft")
    windows = begin(TEXT.replace("\n", "\r\n"), {"0.1.0"})
    assert windows == DRAFT.replace("\n", "\r\n")


def test_what_is_kept_comes_out_byte_for_byte(here: Workspace, clock: Any, tmp_path: Path) -> None:
    text = reworded("Weigh") + "\n# A closing remark,   with   spaces.\n"
    identity = kept(here, text, clock)
    assert identity == content_hash(load(text))
    with here.store.read() as connection:
        assert source_of(connection, here.store.blobs, identity) == text.encode()
        assert is_own(connection, identity)
        assert not is_own(connection, active_guideline(connection))
    out = tmp_path / "out.yaml"
    with here.store.read() as connection:
        out.write_bytes(source_of(connection, here.store.blobs, identity))
    assert kept(here, out.read_bytes().decode(), clock, replaces=identity) == identity
    assert states(here) == [("0.1.0", "active"), ("0.2.0", "draft")]


def test_keeping_again_replaces_ones_own_draft_and_never_the_active_version(
    here: Workspace, clock: Any
) -> None:
    first = kept(here, reworded("Weigh"), clock)
    second = kept(here, reworded("Rate"), clock, replaces=first)
    assert states(here) == [("0.1.0", "active"), ("0.2.0", "retired"), ("0.2.0", "draft")]
    assert kept(here, reworded("Weigh"), clock, replaces=second) == first, "back to what it was"
    assert states(here) == [("0.1.0", "active"), ("0.2.0", "draft"), ("0.2.0", "retired")]
    with pytest.raises(Conflict) as caught:
        kept(
            here, TEXT.replace("status: active ", "status: draft ").replace("Judge what", "Weigh what"), clock
        )
    assert caught.value.code == "guideline-version"


def test_somebody_elses_draft_is_not_overwritten(here: Workspace, clock: Any) -> None:
    kept(here, reworded("Weigh"), clock)
    with pytest.raises(Conflict) as caught:
        kept(here, reworded("Rate"), clock)
    assert caught.value.code == "draft-changed"
    assert states(here)[-1] == ("0.2.0", "draft")


def test_only_a_sound_draft_is_kept(here: Workspace, clock: Any) -> None:
    with pytest.raises(BadGuideline) as bad:
        kept(here, DRAFT.replace("status: draft", "status: draf", 1), clock)
    assert bad.value.faults[0].line == DRAFT[: DRAFT.index("status:")].count("\n") + 1
    with pytest.raises(Invalid) as caught:
        kept(here, DRAFT.replace("status: draft", "status: trial", 1), clock)
    assert caught.value.code == "draft-status"
    assert states(here) == [("0.1.0", "active")]


def test_a_look_says_faults_with_lines_or_what_would_change(here: Workspace) -> None:
    with here.store.read() as connection:
        found = look(connection, here.store.blobs, reworded("Weigh"))
        broken = look(connection, here.store.blobs, DRAFT.replace("code: PR3,", "code: PR2,"))
        nothing = look(connection, here.store.blobs, "")
    assert found.guideline is not None
    assert [(one.effect, one.where) for one in found.changes if one.effect == "wording"] != []
    assert not [one for one in found.changes if one.effect in {"decision", "form"}]
    at = DRAFT[: DRAFT.index("code: PR3,")].count("\n") + 1
    assert broken.guideline is None
    assert [one.line for one in broken.faults] == [at]
    assert [(one.line, one.code, one.text.id) for one in nothing.faults] == [
        (1, "empty", "Berkasnya kosong.")
    ]


def test_the_log_says_who_kept_what_and_folds_to_the_same_rows(here: Workspace, clock: Any) -> None:
    first = kept(here, reworded("Weigh"), clock)
    second = kept(here, reworded("Rate"), clock, replaces=first)
    kept(here, reworded("Weigh"), clock, replaces=second)
    with here.store.read() as connection:
        assert find_version(connection, "0.2.0").hash == first
    fresh = create_engine("sqlite://")
    assert [one.table for one in rebuild(here.store, fresh) if not one.equal] == []
