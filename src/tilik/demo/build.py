"""The demo workspace, made through the same public calls that a team makes.

A made-up frame with a known truth; a sample drawn from it; a simulated team that judges what has no clip;
and some tasks with clips, drawn like all others, which wait for whoever opens the bench.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing import forkserver, get_context
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from tilik.access import add_person
from tilik.demo.clips import ClipFile, ClipWant, make_clips
from tilik.demo.clips_sign import sign_three, signing_possible
from tilik.demo.frame import DemoFrame, make_demo_frame
from tilik.demo.team import TEAM, hire, judge_all
from tilik.demo.truth import VideoTruth, read_truth
from tilik.frame.registration import bring_in_frame
from tilik.kernel import Invalid
from tilik.media.around import ANCHORS, around_of
from tilik.media.caption_tracks import sidecars
from tilik.media.registration import add_video
from tilik.media.workflow import prepare_added
from tilik.review import open_study
from tilik.sampling import PpsDesign
from tilik.store import Store, Workspace, guideline_text
from tilik.store.tables import draw, task
from tilik.store.workspace import TRUTH
from tilik.study import add_guideline, guideline_of

SEED = 20_260
STUDY = "demo"
FLASHING = "ATT-SENS"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a demo is: rows of the frame, units drawn, clips that wait for people."""

    rows: int = 1_000_000
    budget: int = 400
    clips: int = 24


class Tell(Protocol):
    """Shows a step: a context that yields a function of (done, of all)."""

    def __call__(self, title: str) -> AbstractContextManager[Callable[[int, int], None]]:
        """Begin a step."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: the study, and how many judgements the simulated team gave."""

    study: str
    simulated: int
    clips: int


def build_demo(
    workspace: Workspace, tell: Tell, *, videos: Sequence[Path] = (), size: Size = Size(), workers: int = 2
) -> Built:
    """Fill an empty workspace. ``videos`` are real files to use instead of generated clips.

    Raises ``Invalid`` for more clips than the sample has videos.
    """
    store, scratch = workspace.store, workspace.scratch
    count = len(videos) or size.clips
    _refuse_too_many(count, size)
    _ready_workers()
    with store.write() as writing:
        guideline = add_guideline(writing, guideline_text("keluarga-id"), name="keluarga-id.yaml")
        add_person(writing, name="Demo", roles=("admin", "lead", "reviewer"))
    made = _frame(workspace, tell, size.rows, guideline)
    with tell("Drawing the sample") as progress:
        study, _ = open_study(
            store, scratch, name=STUDY, frame="demo", design=PpsDesign(), budget=size.budget, seed=SEED
        )
        progress(1, 1)
    waiting, truth = _waiting(workspace, study, made, count)
    # Clips are made in child processes, so the team can judge meanwhile.
    with ThreadPoolExecutor(1) as beside:
        clips = beside.submit(_clips, workspace, tell, waiting, truth, videos, workers)
        judged = _judge(store, tell, truth, len(truth) - len(waiting), guideline)
        return Built(study, judged, clips.result())


def _ready_workers() -> None:
    """Let the process that clip workers are forked from load its modules while the frame is being made."""
    get_context("forkserver").set_forkserver_preload(["tilik.demo.clips", "tilik.media.inside"])
    forkserver.ensure_running()


def _refuse_too_many(clips: int, size: Size) -> None:
    if clips > size.budget:
        raise Invalid("demo-clips", f"{clips} clips are too many for a sample of {size.budget} videos")


def _frame(workspace: Workspace, tell: Tell, rows: int, guideline: str) -> DemoFrame:
    store, scratch = workspace.store, workspace.scratch
    with tell("Making a frame with a known truth") as progress:
        made = make_demo_frame(scratch / "demo-frame", rows=rows, seed=SEED)
        _keep_truth(workspace, made, guideline)
        progress(1, 1)
    with tell("Importing the frame") as progress:
        bring_in_frame(
            store,
            scratch,
            made.frame,
            name="demo",
            frame_seed="demo",
            progress=lambda _stage, part: progress(round(part * 100), 100),
        )
    return made


def _keep_truth(workspace: Workspace, made: DemoFrame, guideline: str) -> None:
    with workspace.store.read() as connection:
        document = guideline_of(connection, workspace.store.blobs, guideline)
    absent = {label.code: 0.0 for label in document.labels}
    shares = absent | {"failing": made.failing} | made.verdicts | made.labels_failing
    (workspace.folder / TRUTH).write_text(json.dumps(shares, indent=2) + "\n")


def _waiting(
    workspace: Workspace, study: str, made: DemoFrame, count: int
) -> tuple[list[str], dict[str, VideoTruth]]:
    """The draws that get a clip, and the truth of all draws.

    They are the last in serving order, which is random: so the others, judged at once, are a random part
    of the draw and the estimate holds before anybody has looked at a clip.
    """
    with workspace.store.read() as connection:
        query = select(task.c.video).where(task.c.study == study).order_by(task.c.position, task.c.id)
        ordered = list(connection.execute(query).scalars())
    waiting, truth = ordered[len(ordered) - count :], read_truth(made.truth, ordered)
    _make_one_flash(workspace, study, waiting, truth, made.impressions)
    return waiting, truth


def _make_one_flash(
    workspace: Workspace, study: str, waiting: list[str], truth: dict[str, VideoTruth], impressions: int
) -> None:
    """Let the first failing video that waits fail for its flashing, and the known truth say so.

    The made-up frame has no flashing videos, but the bench must show what its flash lane is for. Its
    worst level stays, so its verdict and the share of failing impressions do too.
    """
    found = next((truth[video] for video in waiting if truth[video].clear), None)
    if found is None:
        return
    with workspace.store.read() as connection:
        query = select(draw.c.impressions).where(draw.c.study == study, draw.c.video == found.video)
        share = connection.execute(query).scalar_one() / impressions
    file = workspace.folder / TRUTH
    shares = json.loads(file.read_text())
    for code, _ in found.clear:
        shares[code] = max(0.0, shares[code] - share)
    shares[FLASHING] += share
    file.write_text(json.dumps(shares, indent=2) + "\n")
    truth[found.video] = replace(found, labels={FLASHING: found.clear[0][1]})


def _judge(store: Store, tell: Tell, truth: dict[str, VideoTruth], total: int, guideline: str) -> int:
    with tell(f"A simulated team of {len(TEAM)} judges") as progress:
        judged = 0
        judgements = judge_all(store, hire(store), truth, guideline=guideline, seed=SEED)
        for judged, _ in enumerate(islice(judgements, total), 1):
            progress(judged, total)
    return judged


def _clips(
    workspace: Workspace,
    tell: Tell,
    waiting: list[str],
    truth: dict[str, VideoTruth],
    videos: Sequence[Path],
    workers: int,
) -> int:
    if videos:
        files = [(file.stem, file, sidecars(file)) for file in videos]
    else:
        with tell("Generating clips") as progress:
            wants = list(_wants(waiting, truth))
            folder = workspace.scratch / "demo-clips"
            made: list[ClipFile] = make_clips(folder, wants, seed=SEED, workers=workers, progress=progress)
        if signing_possible():
            (workspace.folder / ANCHORS).write_text(sign_three([clip.path for clip in made]))
        files = [(clip.title, clip.path, sidecars(clip.path)) for clip in made]
    with workspace.store.write() as writing:
        for video, (title, file, captions) in zip(waiting, files, strict=True):
            add_video(writing, video=video, title=title, file=file, captions=captions)
    with tell("Preparing media") as progress:
        around = around_of(workspace.folder)
        prepared = prepare_added(workspace.store, workspace.scratch, workers=workers, around=around)
        for done, _ in enumerate(prepared, 1):
            progress(done, len(waiting))
    return len(waiting)


def _wants(waiting: list[str], truth: dict[str, VideoTruth]) -> Iterator[ClipWant]:
    """One clip per waiting draw, showing what is true of it; the last clean one copies the first."""
    clean = [index for index, video in enumerate(waiting) if not truth[video].clear]
    copies = {clean[-1]: clean[0]} if len(clean) > 2 else {}
    for index, video in enumerate(waiting):
        long = index == (clean[1] if len(clean) > 1 else -1)
        yield ClipWant(
            labels=truth[video].clear,
            variant=index,
            seconds=24.0 if long else None,
            copy_of=copies.get(index),
        )
