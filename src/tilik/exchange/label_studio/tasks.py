"""Tasks with annotations and predictions: made from a study, and read from a file of Label Studio's.

What leaves carries in ``data.tilik`` which workspace, guideline and video it is, and a digest of each
judgement and prediction. So what comes back untouched is known again, and what was changed elsewhere is
the other person's, not ours.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from tilik.exchange.frames import checked_fps
from tilik.exchange.judged import JudgedVideo
from tilik.exchange.label_studio.results import from_results, to_results
from tilik.exchange.outside import Judged
from tilik.exchange.said import Said
from tilik.guideline import Guideline
from tilik.kernel import Evidence, Invalid, Json, digest

DEFAULT_FPS = 24.0
"""What Label Studio counts by where a task says nothing."""
UNNAMED = "unnamed"
Task = dict[str, Any]


@dataclass(frozen=True)
class Origin:
    """What tasks come from: ``workspace`` by its id, ``hash`` of the guideline, and where videos lie.

    ``address`` is a URL with ``{video}`` in it; ``blank`` leaves out all that was judged or measured.
    """

    guideline: Guideline
    hash: str
    workspace: str
    address: str = "{video}"
    blank: bool = False

    def task(
        self, video: str, title: str, fps: float, ours: Iterable[Task], machines: Iterable[Task]
    ) -> Task:
        """One task; ``ours`` are annotations with their stamp under ``tilik``, ``machines`` predictions."""
        annotations, predictions = ([], []) if self.blank else (list(ours), list(machines))
        stamps: dict[str, Json] = {
            "workspace": self.workspace,
            "guideline": self.hash,
            "video": video,
            "judgements": [one.pop("tilik") for one in annotations],
            "predictions": [one.pop("tilik") for one in predictions],
        }
        place = self.address.replace("{video}", video)
        data = {"video": place, "title": title, "fps": fps, "tilik": stamps}
        return {"data": data, "annotations": annotations, "predictions": predictions}

    def annotation(self, said: Said, fps: float, seconds: float | None, **stamp: Json) -> Task:
        """One person's judgement."""
        return {
            "result": to_results(self.guideline, said, fps),
            "was_cancelled": False,
            "ground_truth": False,
            "lead_time": seconds,
            "tilik": {"digest": said.digest(), **stamp},
        }

    def prediction(self, said: Said, fps: float, model: str, score: float | None = None) -> Task:
        """What one machine said."""
        made: Task = {"model_version": model, "result": to_results(self.guideline, said, fps)}
        return made | ({} if score is None else {"score": score}) | {"tilik": {"digest": _whole(said)}}


def _whole(said: Said) -> str:
    return digest([said.digest(), *(item.model_dump(mode="json") for item in said.evidence)])


def tasks_of(origin: Origin, videos: Iterable[JudgedVideo]) -> Iterator[Task]:
    """A task for each video of a drawn study: judgements as annotations, each analyser's evidence as a
    prediction."""
    for one in videos:
        ours = (
            origin.annotation(v.said, one.fps, v.active_seconds, judgement=v.id, rater=v.rater, at=v.at)
            for v in one.voices
        )
        machines = (origin.prediction(said, one.fps, source) for source, said in _by_source(one.evidence))
        yield origin.task(one.video, one.title, one.fps, ours, machines)


def _by_source(evidence: Sequence[Evidence]) -> Iterator[tuple[str, Said]]:
    ordered = sorted(evidence, key=lambda item: item.source)
    for source, items in groupby(ordered, key=lambda item: item.source):
        yield source, Said(evidence=tuple(items))


def tasks_again(origin: Origin, judged: Iterable[tuple[str, Judged]]) -> Iterator[Task]:
    """A task for each video of an imported study, whose judgements come by video."""
    for video, found in groupby(judged, key=lambda pair: pair[1].video):
        held = list(found)
        fps = held[0][1].fps
        ours = (
            origin.annotation(j.said, fps, j.active_seconds, judgement=identity, rater=j.rater, at=j.at)
            for identity, j in held
            if j.kind == "person"
        )
        machines = (origin.prediction(j.said, fps, j.rater, j.score) for _, j in held if j.kind == "machine")
        yield origin.task(video, video, fps, ours, machines)


# -------------------------------------------------------------------------------------------- reading
@dataclass
class Read:
    """What a file holds. ``left_out`` says what was not taken, and how often."""

    judged: list[Judged] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def guideline_named(tasks: object) -> str:
    """The hash of the guideline that the first of our tasks in the file names, or ``""``."""
    for task in _list(tasks, "the file"):
        stamp = _stamp(task.get("data") if isinstance(task, Mapping) else None)
        if isinstance(stamp.get("guideline"), str):
            return str(stamp["guideline"])
    return ""


def read_tasks(origin: Origin, tasks: object, *, video_key: str = "") -> Read:
    """Every annotation and prediction of a JSON export. ``video_key`` names the field of ``data`` that holds
    the video's id in tasks that are not ours.

    Raises ``Invalid``, naming the task and the result, for whatever is not of this guideline's configuration.
    """
    read = Read()
    for number, task in enumerate(_list(tasks, "the file")):
        where = f"task[{number}]"
        if not isinstance(task, Mapping) or not isinstance(task.get("data"), Mapping):
            raise Invalid("label-studio-shape", "a task needs data", where=where)
        _read_task(origin, task, task["data"], video_key, where, read)
    return read


def _read_task(
    origin: Origin, task: Mapping[str, Any], data: Mapping[str, Any], video_key: str, where: str, read: Read
) -> None:
    stamp = _stamp(data)
    if stamp.get("guideline", origin.hash) != origin.hash:
        raise Invalid("guideline-other", "the task was made for another guideline", where=where)
    video = _video(data, stamp, video_key, where)
    fps = checked_fps(data.get("fps", DEFAULT_FPS), where)

    def parse(one: Mapping[str, Any], source: str, place: str) -> Said:
        results = one.get("result")
        return from_results(origin.guideline, results, fps=fps, video=video, source=source, where=place)

    ours = stamp.get("workspace") == origin.workspace
    stamped = _Stamps(stamp.get("judgements"))
    for number, one in enumerate(_list(task.get("annotations", []), where)):
        place = f"{where}.annotations[{number}]"
        _annotation(_mapping(one, place), place, parse, stamped, ours, video, fps, read)
    stamped = _Stamps(stamp.get("predictions"))
    for number, one in enumerate(_list(task.get("predictions", []), where)):
        place = f"{where}.predictions[{number}]"
        if isinstance(one, int):
            read.left_out["predictions given by number alone"] += 1
        else:
            _prediction(_mapping(one, place), place, parse, stamped, ours, video, fps, read)


Parse = Callable[[Mapping[str, Any], str, str], Said]


def _annotation(
    one: Mapping[str, Any],
    place: str,
    parse: Parse,
    stamped: _Stamps,
    ours: bool,
    video: str,
    fps: float,
    read: Read,
) -> None:
    if one.get("was_cancelled"):
        read.left_out["skipped annotations"] += 1
        return
    whole = parse(one, UNNAMED, place)
    if whole.evidence:
        read.left_out["machine spans in annotations"] += len(whole.evidence)
    said = Said(whole.answers, whole.marks, whole.notes)
    if said == Said():
        read.left_out["empty annotations"] += 1
        return
    same = stamped.take(said.digest())
    if same is not None and ours:
        read.left_out["judgements of this workspace, unchanged"] += 1
        return
    rater, at = _person(one.get("completed_by")), str(one.get("updated_at") or one.get("created_at") or "")
    if same is not None:
        rater, at = str(same.get("rater") or rater), str(same.get("at") or at)
    seconds = _number(one.get("lead_time"))
    read.judged.append(Judged(video, "person", rater, said, fps, None, seconds, at[:40]))


def _prediction(
    one: Mapping[str, Any],
    place: str,
    parse: Parse,
    stamped: _Stamps,
    ours: bool,
    video: str,
    fps: float,
    read: Read,
) -> None:
    model = str(one.get("model_version") or UNNAMED)
    said = parse(one, model, place)
    if said == Said():
        read.left_out["empty predictions"] += 1
    elif stamped.take(_whole(said)) is not None and ours:
        read.left_out["evidence of this workspace, unchanged"] += 1
    else:
        read.judged.append(Judged(video, "machine", model, said, fps, _number(one.get("score"))))


class _Stamps:
    """Our own stamps by digest, each taken once: of equal judgements it does not matter whose is whose."""

    def __init__(self, held: object) -> None:
        self._held: list[Mapping[str, Any]] = (
            [one for one in held if isinstance(one, Mapping)] if isinstance(held, list) else []
        )

    def take(self, found: str) -> Mapping[str, Any] | None:
        """The first stamp with this digest that was not taken, if any."""
        for at, one in enumerate(self._held):
            if one.get("digest") == found:
                return self._held.pop(at)
        return None


def _stamp(data: object) -> Mapping[str, Any]:
    held = data.get("tilik") if isinstance(data, Mapping) else None
    return held if isinstance(held, Mapping) else {}


def _video(data: Mapping[str, Any], stamp: Mapping[str, Any], key: str, where: str) -> str:
    video = data.get(key) if key else stamp.get("video")
    if isinstance(video, str) and 1 <= len(video) <= 128:
        return video
    raise Invalid(
        "video-unnamed",
        "the task does not say which video it is of",
        where=where,
        mend="Name the field of its data that holds the video's id with --video-key.",
    )


def _person(completed_by: object) -> str:
    if isinstance(completed_by, Mapping):
        named = " ".join(str(completed_by.get(part) or "") for part in ("first_name", "last_name")).strip()
        return str(completed_by.get("email") or named or UNNAMED)
    return UNNAMED if completed_by is None else f"user {completed_by}"


def _number(value: object) -> float | None:
    real = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if real else None  # type: ignore[arg-type]


def _list(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise Invalid("label-studio-shape", "this is no list of Label Studio's JSON", where=where)
    return value


def _mapping(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise Invalid("label-studio-shape", "this is no record", where=where)
    return value
