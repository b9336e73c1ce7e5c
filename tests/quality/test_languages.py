"""Languages of videos: who is given which, and that nothing waits in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quality.gold.made import always, is_gold, make_gold
from review.desk import Desk
from study.making import answers, make_study, people, prepare
from tilik.access import Person, set_languages
from tilik.frame.languages import spoken
from tilik.frame.registration import bring_in_frame
from tilik.kernel import Invalid
from tilik.quality.certification import grant, set_rule, unserved
from tilik.review import open_study
from tilik.sampling import PpsDesign
from tilik.store import Workspace, guideline_text, open_engine, rebuild
from tilik.store.engine import database_file
from tilik.store.tables import task
from tilik.study import add_guideline
from tilik.study.admission import CertificationRule

HANDED_ON = {"assessable": "NA-LANG", "assessable.language": "su"}


@pytest.fixture
def spoken_in(sqlite_workspace: Workspace, tmp_path: Path) -> Workspace:
    """A study of six videos: two in Javanese, two in Indonesian, two of which nobody knows."""
    said = ["jv", "jv-Latn", "id", "ID", "und", None]
    rows = {
        "video": [f"v{n}" for n in range(6)],
        "impressions": [100 + n for n in range(6)],
        "language": said,
    }
    file = tmp_path / "frame.parquet"
    pq.write_table(pa.table(rows), file)
    store = sqlite_workspace.store
    bring_in_frame(store, tmp_path, file, name="maret", frame_seed="tilik")
    with store.write() as writing:
        add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
        for n in range(6):
            prepare(writing, f"v{n}", tmp_path)
    open_study(store, tmp_path, name="maret", frame="maret", design=PpsDesign(), budget=6, seed=1)
    return sqlite_workspace


def limit(workspace: Workspace, person: Person, *languages: str) -> None:
    with workspace.store.write() as writing:
        set_languages(writing, person.id, languages)


def given(workspace: Workspace, person: Person) -> set[str]:
    """The videos that this person gets, giving each back."""
    desk, found = Desk(workspace), set()
    while (lease := desk.lease(person)) is not None:
        found.add(next(row.video for row in desk.rows(task) if row.id == lease.task))
        desk.release(person, lease)
    return found


def waiting(workspace: Workspace) -> list[tuple[str, str, int]]:
    with workspace.store.read() as connection:
        found = unserved(connection, workspace.store.blobs)
    return sorted((one.language, one.why, one.tasks) for one in found)


def test_a_value_of_the_frame_is_a_language_or_none() -> None:
    told = {"id": "id", "ID": "id", "ms-MY": "ms", " jv ": "jv", "min": "min"}
    assert {one: spoken(one) for one in told} == told
    assert {spoken(one) for one in (None, "", "-", "und", "mul", "Indonesian", "12")} == {""}


def test_a_video_goes_to_whom_reads_it_and_the_unknown_to_everybody(
    spoken_in: Workspace, tmp_path: Path
) -> None:
    sari, budi, tuti, doni = people(spoken_in, "Sari", "Budi", "Tuti", "Doni")
    limit(spoken_in, budi, "jv")
    limit(spoken_in, tuti, "su", "jv")
    limit(spoken_in, doni, "jv")
    limit(spoken_in, doni)
    assert given(spoken_in, sari) == {f"v{n}" for n in range(6)}, "none named: every language"
    assert given(spoken_in, budi) == given(spoken_in, tuti) == {"v0", "v1", "v4", "v5"}
    assert given(spoken_in, doni) == {f"v{n}" for n in range(6)}, "the limit was taken away"
    fresh = open_engine(database_file(tmp_path / "rebuilt.db"))
    assert {one.table for one in rebuild(spoken_in.store, fresh) if not one.equal} == set()
    fresh.dispose()


def test_what_nobody_can_be_given_is_named(spoken_in: Workspace) -> None:
    assert waiting(spoken_in) == [("", "nobody", 2), ("id", "nobody", 2), ("jv", "nobody", 2)]
    budi, tuti = people(spoken_in, "Budi", "Tuti")
    limit(spoken_in, budi, "jv")
    limit(spoken_in, tuti, "su")
    assert waiting(spoken_in) == [("id", "language", 2)]
    with spoken_in.store.write() as writing:
        set_rule(writing, CertificationRule(needed=True, languages=("jv",)))
        grant(writing, tuti.id, "", "Melatih tim.")
    assert waiting(spoken_in) == [("id", "language", 2), ("jv", "certificate", 2)]
    with spoken_in.store.write() as writing:
        grant(writing, budi.id, "jv", "Melatih tim.")
    assert waiting(spoken_in) == [("id", "language", 2)]
    assert given(spoken_in, budi) == {"v0", "v1"}, "certified for Javanese alone"
    assert waiting(spoken_in) == [("id", "language", 2), ("jv", "used-up", 2)], "the only one gave them back"


def test_whoever_hands_a_video_on_says_its_language(sqlite_workspace: Workspace) -> None:
    made = make_study(sqlite_workspace, 1)
    sari, budi, tuti = people(sqlite_workspace, "Sari", "Budi", "Tuti")
    limit(sqlite_workspace, budi, "id")
    limit(sqlite_workspace, tuti, "su")
    desk = Desk(sqlite_workspace)
    desk.judge(sari, desk.take(sari), made, answers=answers(HANDED_ON))
    assert desk.lease(budi) is None
    assert desk.take(tuti).task == desk.rows(task)[0].id


def test_gold_keeps_to_the_languages_of_its_person(spoken_in: Workspace) -> None:
    budi = people(spoken_in, "Budi")[0]
    limit(spoken_in, budi, "jv")
    always(spoken_in)
    make_gold(spoken_in, ["v2"], media=False)
    desk = Desk(spoken_in)
    while (lease := desk.lease(budi)) is not None:
        assert not is_gold(spoken_in, lease)
        desk.release(budi, lease)


def test_what_is_no_language_is_refused(sqlite_workspace: Workspace) -> None:
    sari = people(sqlite_workspace, "Sari")[0]
    wrong: Any
    for wrong in (("Jawa Timur",), ("j",), tuple(f"a{n}" for n in range(3))):
        with pytest.raises(Invalid) as caught:
            limit(sqlite_workspace, sari, *wrong)
        assert caught.value.code == "person-languages"
