"""Studies ready to be worked on: people, videos with stated facts, a drawn sample, open tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tilik.access import Person, add_person
from tilik.access.events import Role
from tilik.guideline import Guideline, Question, load, next_question, verdict_proposal
from tilik.kernel import Evidence, Span, digest, new_id
from tilik.media.record import MediaRecord, StoredFile, StoredStoryboard
from tilik.media.registration import add_video, keep_prepared
from tilik.review import TasksOpened
from tilik.store import Workspace, Writing, guideline_text
from tilik.study import DRAWS, Purpose, StudyDrawn, add_guideline

CLIP = b"the bytes of a clip; nothing decodes them here "


@dataclass(frozen=True)
class Made:
    """A study as made: ``guideline`` is its hash, ``videos`` its draws."""

    id: str
    guideline: str
    videos: tuple[str, ...]


@lru_cache(maxsize=1)
def shipped() -> Guideline:
    """The guideline that every study here is judged by."""
    return load(guideline_text("keluarga-id"), name="keluarga-id.yaml")


def answers(chosen: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Complete answers of somebody who found nothing, but for what is ``chosen``."""
    given: dict[str, Any] = {}
    while (question := next_question(shipped(), given)) is not None:
        given[question.id] = (chosen or {}).get(question.id, _quiet(question, given))
    return given


def _quiet(question: Question, given: Mapping[str, Any]) -> Any:
    if question.id == "verdict":
        proposed = verdict_proposal(shipped(), given)
        assert proposed is not None
        return proposed.value
    quiet = {"assessable": "yes", "audience": "AUD-GEN", "assessable.language": "jv", "edge_case": None}
    by_kind = {"many": [], "yes-no": False, "age": 0, "level": question.options[0]}
    return quiet[question.id] if question.id in quiet else by_kind[question.kind]


def people(workspace: Workspace, *names: str, roles: tuple[Role, ...] = ("reviewer",)) -> list[Person]:
    """Reviewers with these names."""
    with workspace.store.write() as writing:
        return [add_person(writing, name=name, roles=roles) for name in names]


def robot(workspace: Workspace) -> Person:
    """A simulated reviewer."""
    with workspace.store.write() as writing:
        return add_person(writing, name="Robot", roles=("reviewer",), simulated=True)


def make_study(
    workspace: Workspace,
    videos: int | Sequence[str],
    *,
    wants: int = 1,
    overlap: float | None = None,
    blind: bool = True,
    purpose: Purpose = "random",
    identity: str = "",
    with_media: Callable[[int], bool] = lambda _: True,
    impressions: Callable[[int], float] = lambda index: 1000.0 + index,
) -> Made:
    """Draw these videos (or so many made-up ones), prepare their media, open their tasks: one transaction."""
    identity = identity or new_id()
    ids = [f"{identity[-6:]}-v{n}" for n in range(videos)] if isinstance(videos, int) else list(videos)
    with workspace.store.write() as writing, TemporaryDirectory() as scratch:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
        for index, video in enumerate(ids):
            if with_media(index):
                prepare(writing, video, Path(scratch))
        totals = [impressions(index) for index in range(len(ids))]
        draws = _draws(writing, ids, totals, Path(scratch) / "draws.parquet")
        drawn = StudyDrawn(
            study=identity,
            name=f"study {identity}",
            frame=digest("frame"),
            guideline=guideline,
            purpose=purpose,
            blind=blind,
            design={"kind": "pps"},
            budget=len(ids),
            seed=77_001,
            wants=wants,
            totals={"stratum-all": sum(totals) * 10},
            draws=draws,
            overlap=overlap,
        )
        writing.record(drawn)
        writing.record(TasksOpened(study=identity, wants=wants))
    return Made(identity, guideline, tuple(ids))


def add_unprepared(workspace: Workspace, video: str) -> None:
    """A video whose file is here and that nobody has prepared."""
    with workspace.store.write() as writing, TemporaryDirectory() as scratch:
        _bring_in(writing, video, Path(scratch))


def prepare(writing: Writing, video: str, scratch: Path) -> None:
    """Register a video with a playable file, a poster, a storyboard and two signals."""
    content = _bring_in(writing, video, scratch)
    poster, sprite = writing.blobs.put(b"poster"), writing.blobs.put(b"sprite")
    record = clip_record(content, poster, sprite)
    signals = (
        Evidence(video=video, span=Span(start=0, end=2), kind="shot", value=1, source="shots/1"),
        Evidence(video=video, span=Span(start=1, end=2), kind="lexicon", value="slot", source="lexicon/1"),
    )
    keep_prepared(writing, video=video, content=content, record=record, evidence=signals)


def clip_record(content: str, poster: str, sprite: str) -> MediaRecord:
    """The facts of a 4-second clip whose files have these names."""
    return MediaRecord(
        condition="playable",
        duration=4.0,
        width=320,
        height=180,
        fps=25.0,
        playback=StoredFile(content=content, mime="video/mp4"),
        poster=StoredFile(content=poster, mime="image/jpeg"),
        storyboard=StoredStoryboard(
            content=sprite, mime="image/jpeg", columns=2, count=4, tile_width=160, tile_height=90, interval=1
        ),
    )


def _bring_in(writing: Writing, video: str, scratch: Path) -> str:
    file = scratch / "clip"
    file.write_bytes(CLIP * 200 + video.encode())  # a lock on one is none on another
    return add_video(writing, video=video, title="", file=file)


def _draws(writing: Writing, ids: list[str], totals: list[float], file: Path) -> str:
    pi = [0.001 + 0.9 * total / (max(totals) + 1) for total in totals]
    columns = {"video": ids, "stratum": ["stratum-all"] * len(ids), "pi": pi, "impressions": totals}
    pq.write_table(pa.table(columns, schema=DRAWS), file)
    return writing.blobs.put_file(file)
