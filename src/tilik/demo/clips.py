"""The demo's own clips: generated, licence-free, with known contents.

``make_clips`` draws short videos with sound from scripts (``clips_recipes``) chosen by the labels
they should earn, so that a demo workspace needs no third-party media and a test knows the truth:
where the cuts are, where it flashes, where it is loud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from tilik.demo.clips_encode import recode, write
from tilik.demo.clips_film import FPS, Plan, frames, lay_out
from tilik.demo.clips_recipes import choose, filled
from tilik.demo.clips_sound import RATE, Wave, put, siren, speech, tune
from tilik.kernel import Invalid, Span

Progress = Callable[[int, int], None]
"""Called with (done, of all) after each clip."""

TEMPLATE_SECONDS = 5.0
"""Template copies share their length, as stamped-out videos do."""

CAPTIONED = 3
"""Every third clip comes with captions."""


class ClipWant(BaseModel):
    """One clip to make.

    ``labels``   (code, level 1..3) pairs of the guideline it should earn; none for a benign clip;
    ``variant``  which of the script's names, colours and titles;
    ``seconds``  its length, or ``None`` for 4.6 to 7.4 by the seed, or more where its script needs it;
    ``copy_of``  the index of an earlier want: a re-encoded near-duplicate of that clip.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    labels: tuple[tuple[str, int], ...] = ()
    variant: int = Field(default=0, ge=0)
    seconds: float | None = Field(default=None, ge=3, le=120)
    copy_of: int | None = Field(default=None, ge=0)


class ClipFile(BaseModel):
    """One clip made, and what it is known to carry (seconds from its start)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    recipe: str
    title: str
    labels: tuple[tuple[str, int], ...]
    seconds: float
    width: int
    height: int
    codec: Literal["h264", "vp8"]
    voice: Literal["espeak-ng", "melody"]
    cuts: tuple[float, ...]
    flashes: tuple[Span, ...]
    loud: tuple[Span, ...]
    captions: Path | None = None
    template: str | None = None
    copy_of: int | None = None


def _spans(plan: Plan, *effects: str) -> tuple[Span, ...]:
    return tuple(Span(start=a / FPS, end=b / FPS) for a, b, shot in plan.shots if shot.effect in effects)


def _sound(plan: Plan, luck: Random) -> tuple[Wave, Literal["espeak-ng", "melody"]]:
    track = np.zeros(int(plan.seconds * RATE), np.float32)
    words = ". ".join(dict.fromkeys(filled(s.caption, plan.variant) for _, _, s in plan.shots if s.caption))
    said = speech(words.replace("*", ""))
    put(track, tune(plan.recipe.tune, plan.seconds, luck), 0, 0.10 if said is not None else 0.30)
    if said is not None:
        put(track, said, plan.recipe.hush + 0.4, 0.6)
    for span in _loud(plan):
        put(track, siren(span.length), span.start, 0.95)
    for span in (Span(start=0, end=min(plan.recipe.hush, plan.seconds)), *_spans(plan, "dark")):
        track[int(span.start * RATE) : int(span.end * RATE)] = 0
    return np.clip(track, -0.98, 0.98), "melody" if said is None else "espeak-ng"


def _captions(path: Path, plan: Plan) -> Path:
    """Captions beside the clip: each shot's text while it is shown."""
    into = path.with_suffix(".id.srt")
    cues = (
        f"{k}\n{_srt(a)} --> {_srt(b)}\n{filled(shot.caption, plan.variant)}\n"
        for k, (a, b, shot) in enumerate(plan.shots, 1)
        if shot.caption
    )
    into.write_text("\n".join(cues), encoding="utf-8")
    return into


def _srt(frame: int) -> str:
    seconds, rest = divmod(frame, FPS)
    return f"00:{seconds // 60:02}:{seconds % 60:02},{round(1000 * rest / FPS):03}"


def _loud(plan: Plan) -> tuple[Span, ...]:
    if plan.recipe.tune not in ("siren", "drone"):
        return ()
    return tuple(s for s in _spans(plan, "flash", "jump", "red") if s.start >= plan.recipe.hush)


def _make(into: Path, index: int, want: ClipWant, seed: int) -> ClipFile:
    luck = Random(f"{seed}/{index}")  # noqa: S311
    recipe = choose(tuple(code for code, _ in want.labels), want.variant)
    drawn = TEMPLATE_SECONDS if recipe.template else max(recipe.least, luck.uniform(4.6, 7.4))
    seconds = want.seconds or drawn
    plan = lay_out(recipe, seconds, want.variant, luck)
    codec: Literal["h264", "vp8"] = "vp8" if luck.random() < 0.12 else "h264"
    path = into / f"clip-{index:03d}-{recipe.name}.{'webm' if codec == 'vp8' else 'mp4'}"
    sound, voice = _sound(plan, luck)
    write(path, frames(plan), plan.size, fps=FPS, sound=sound, rate=RATE, codec=codec)
    return ClipFile(
        path=path,
        recipe=recipe.name,
        title=filled(recipe.titles[want.variant % len(recipe.titles)], want.variant),
        labels=want.labels,
        seconds=plan.seconds,
        width=plan.size[0],
        height=plan.size[1],
        codec=codec,
        voice=voice,
        cuts=tuple(frame / FPS for frame in plan.starts[1:-1]),
        flashes=_spans(plan, "flash"),
        loud=_loud(plan),
        captions=_captions(path, plan) if index % CAPTIONED == 0 else None,
        template=recipe.name if recipe.template else None,
    )


def _copy(into: Path, index: int, want: ClipWant, original: ClipFile) -> ClipFile:
    path = into / f"clip-{index:03d}-{original.recipe}-salinan.mp4"
    size = (original.width * 3 // 8 * 2, original.height * 3 // 8 * 2)
    recode(original.path, path, size, brightness=1.08)
    told = {"path": path, "copy_of": want.copy_of, "captions": None, "labels": want.labels or original.labels}
    size_told = {"width": size[0], "height": size[1], "codec": "h264"}
    return original.model_copy(update={**told, **size_told, "title": f"{original.title} (unggah ulang)"})


def make_clips(
    into: Path, wants: Sequence[ClipWant], *, seed: int, workers: int = 2, progress: Progress | None = None
) -> list[ClipFile]:
    """Make one clip per want, in the order of the wants; the same seed makes the same pictures and sound.

    An interrupt lets the clips in the making end and drops those that wait.
    Raises ``Invalid`` where ``copy_of`` does not name an earlier clip that is itself an original.
    """
    _check(wants)
    into.mkdir(parents=True, exist_ok=True)
    made: dict[int, ClipFile] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("forkserver")) as pool, _dropped(pool):
        first = {pool.submit(_make, into, k, w, seed): k for k, w in enumerate(wants) if w.copy_of is None}
        for job in as_completed(first):
            made[first[job]] = job.result()
            if progress:
                progress(len(made), len(wants))
        for k, want in enumerate(wants):
            if want.copy_of is not None:
                made[k] = pool.submit(_copy, into, k, want, made[want.copy_of]).result()
                if progress:
                    progress(len(made), len(wants))
    return [made[k] for k in range(len(wants))]


@contextmanager
def _dropped(pool: ProcessPoolExecutor) -> Iterator[None]:
    """What waits in the pool is dropped when the block is left by an error or an interrupt."""
    try:
        yield
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        raise


def _check(wants: Sequence[ClipWant]) -> None:
    for k, want in enumerate(wants):
        if want.copy_of is None:
            continue
        if want.copy_of >= k or wants[want.copy_of].copy_of is not None:
            raise Invalid(
                "clip-copy-of",
                f"clip {k} copies {want.copy_of}, which is not an earlier original.",
                where=f"wants[{k}].copy_of",
                mend="Name the index of an earlier want that is not itself a copy.",
            )
