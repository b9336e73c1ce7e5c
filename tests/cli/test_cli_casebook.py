"""``tilik casebook``, and a draw that takes more of what is thin."""

from __future__ import annotations

from pathlib import Path

from cli.shell import Tilik, refused
from study.making import clip_record
from tilik.access import add_person
from tilik.casebook import Filing, file_case, group
from tilik.media.registration import add_video, keep_prepared
from tilik.review import lease_next
from tilik.store import open_workspace
from tilik.store.tables import draw


def with_cases() -> None:
    """Two cases about two of the study's videos, which are confirmed to ask the same."""
    opened = open_workspace(Path("tilik-data"))
    with opened.store.write() as writing:
        drawn = [row.video for row in writing.connection.execute(draw.select().order_by(draw.c.video))]
        for video in drawn:
            clip = Path(f"{video}.bin")
            clip.write_bytes(video.encode() * 90)
            content = add_video(writing, video=video, title=f"Judul {video}", file=clip)
            files = writing.blobs.put(b"poster"), writing.blobs.put(b"sprite")
            keep_prepared(writing, video=video, content=content, record=clip_record(content, *files))
        person = add_person(writing, name="Budi", roles=("reviewer",)).id
        filed = []
        for said in ("Iklan atau bukan?", "Ini iklan bukan"):
            lease = lease_next(writing, person)
            assert lease is not None
            sent = Filing(
                key=f"key-of-{lease.id}",
                task=lease.task,
                type="level_between",
                question="label.COM-PROMO",
                said=said,
            )
            filed.append(file_case(writing, person, sent).case)
        group(writing, filed[0], filed[1:])
    opened.close()


def test_cases_are_listed_shown_ruled_and_proposed(ready: Tilik) -> None:
    with_cases()
    listed = ready("casebook", "list", "--json").json
    assert [(one["number"], one["said"]) for one in listed] == [
        (2, "Ini iklan bukan"),
        (1, "Iklan atau bukan?"),
    ]
    assert "Iklan atau bukan?" in ready("casebook", "list").out
    shown = ready("casebook", "show", "K-1", "--json").json
    assert (shown["group"], shown["state"]) == ([1, 2], "open")
    text = ("--id", "Termasuk.", "--en", "It counts.", "--stands", "counts")
    ruled = ready("casebook", "rule", "K-2", *text, "--json").json
    assert ruled["cases"] == [1, 2]
    assert ready("casebook", "list", "--json").json == []
    assert len(ready("casebook", "list", "--all", "--json").json) == 2
    assert "It counts." in ready("casebook", "show", "1").out
    proposed = ready("casebook", "propose", ruled["ruling"], "--into", "draft.yaml", "--json").json
    assert "It counts (K-1, K-2)." in proposed["patch"]
    assert ready("guideline", "check", "draft.yaml").code == 0
    refused(ready("casebook", "propose", ruled["ruling"], "--into", "draft.yaml"), "there already")
    refused(ready("casebook", "show", "K-9"), "no such case", "K-9")


def test_gaps_name_what_is_thin_and_the_next_draw_takes_more_of_it(ready: Tilik) -> None:
    found = ready("casebook", "gaps", "--json").json
    assert found["by"] == ["lang"]
    assert {one["levels"]["lang"]: (one["judged"], one["thin"], one["more"]) for one in found["cells"]} == {
        "id": (0, True, 30),
        "jv": (0, True, 30),
    }
    assert "thin: 30 more" in ready("casebook", "gaps", "s1", "--by", "lang").out
    raised = ("--budget", 40, "--raise-thin", "s1")
    drawn = ready("sample", "draw", "--name", "s2", *raised, "--seed", 1, "--json").json
    assert drawn["design"]["least"] == [["id", 20]]
    assert {one["name"]: one["drawn"] for one in drawn["strata"]}["id"] >= 20
    plan = ready("sample", "plan", *raised, "--column", "lang")
    assert "id" in plan.out
    refused(
        ready("sample", "draw", "--name", "s3", *raised, "--design", "families"),
        "thin",
    )
    refused(ready("casebook", "gaps", "s1", "--by", "mood"), "no domain 'mood'", "lang")


def test_searches_are_read_from_a_file(ready: Tilik) -> None:
    Path("searches.csv").write_text("query,count,results\ndongeng sunda,420,1\nlagu anak,9000,50\n")
    found = ready("casebook", "gaps", "--searches", "searches.csv", "--json").json
    assert [one["query"] for one in found["gaps"]] == ["dongeng sunda"]
    assert "420 of 9,420 searches" in ready("casebook", "gaps", "--searches", "searches.csv").out
    refused(ready("casebook", "gaps", "--searches", "nothing.csv"), "nothing.csv")
