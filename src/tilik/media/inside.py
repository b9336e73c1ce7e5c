"""What happens to one file inside the guarded child, from opening it to its prepared folder."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from av.error import FFmpegError

from tilik.media import hashing
from tilik.media.around import NOTHING_AROUND, Around
from tilik.media.copying import Proxy, remux
from tilik.media.facts import declared_seconds, look, tracks
from tilik.media.hashing import Hashes
from tilik.media.limits import Limits
from tilik.media.opening import Stop, name_failure, open_media
from tilik.media.playable import Findings, Plan, playback_plan
from tilik.media.reading import Ear, Eye, Tally, Walk
from tilik.media.result import Condition, Playback, Prepared, Probe, Result
from tilik.media.signals import BY_FILE, Signals
from tilik.media.small import Shrink, small_size
from tilik.media.stills import Stills

EARLY_SHARE, EARLY_SECONDS = 0.05, 0.5
"""An end is missing when this share of the claimed length, and these seconds, never came."""

BROKEN_SOUND = 0.10
"""Share of sound packets that may fail before the sound counts as unreadable."""


def content_hash(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex; "" when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@dataclass(slots=True)
class _Seen:
    """What one walk leaves behind."""

    probe: Probe
    tally: Tally
    claimed: float
    stills: Stills
    signals: Signals
    proxy: Proxy | None


@dataclass(frozen=True, slots=True)
class Work:
    """One file to read: ``video``'s ``source``, into the existing folder ``into``."""

    source: Path
    into: Path
    video: str
    limits: Limits
    around: Around = NOTHING_AROUND


def prepare_inside(work: Work) -> Prepared:
    """Prepare a file whole (tier 1). Never raises for what the file holds."""
    return _settled(work, _prepare)


def glance_inside(work: Work) -> Prepared:
    """Stills, hashes, captions and origin by key pictures alone (tier 0). Never raises either."""
    return _settled(work, _glance)


def _settled(work: Work, make: Callable[[Work, Prepared], Prepared]) -> Prepared:
    started = time.process_time()
    told = Prepared(
        video=work.video, content_hash=content_hash(work.source), condition=Condition(code="ready")
    )
    try:
        made = make(work, told)
    except Stop as stop:
        made = told.model_copy(update={"condition": stop.condition})
    except (FFmpegError, ValueError, OSError, MemoryError) as failed:
        code, detail = name_failure(failed)
        made = told.model_copy(update={"condition": Condition(code=code, detail=detail)})
    return made.model_copy(update={"cpu_seconds": round(time.process_time() - started, 3)})


def _glance(work: Work, told: Prepared) -> Prepared:
    probe, seen = look(work.source, work.limits), Hashes()
    stills, signals = Stills((probe.width, probe.height), probe.rotation), Signals(BY_FILE)
    shrink = Shrink(small_size(*stored_size(probe)), [seen])
    with open_media(work.source, work.limits) as container:
        walk = Walk(container, tracks(container), work.limits, eyes=[shrink, stills], keys_only=True)
        tally = walk.run()
    shrink.flush()
    if not tally.pictures:
        raise Stop("unreadable", "; ".join(tally.notes) or "no key picture could be decoded")
    signals.read_file(work.source, work.limits, work.around)
    storyboard, poster = stills.write(work.into)
    keys = Result(source=hashing.KEYS_SOURCE, summary=list(seen.in_hex))
    return told.model_copy(
        update={
            "probe": probe,
            "poster": poster,
            "storyboard": storyboard,
            "captions": tuple(signals.captions),
            "results": (keys, *signals.results(work.video, probe.seconds)),
        }
    )


def _prepare(work: Work, told: Prepared) -> Prepared:
    source, into, limits = work.source, work.into, work.limits
    probe = look(source, limits)
    plan = playback_plan(probe, limits)
    seen = _walk(work, probe, plan)
    if not seen.tally.pictures:
        raise Stop("unreadable", "; ".join(seen.tally.notes) or "no picture could be decoded")
    condition = condition_of(seen.tally, seen.claimed, probe)
    probe = measured(probe, seen.tally)
    storyboard, poster = seen.stills.write(into)
    condition, playback = _playback(source, into, seen, condition, limits)
    return told.model_copy(
        update={
            "condition": condition,
            "probe": probe,
            "playback": playback,
            "poster": poster,
            "storyboard": storyboard,
            "flash": seen.signals.flash.summary(),
            "loudness": seen.signals.loudness.summary(),
            "look": seen.signals.look.summary(probe.seconds),
            "captions": tuple(seen.signals.captions),
            "results": seen.signals.results(told.video, probe.seconds),
        }
    )


def stored_size(probe: Probe) -> tuple[int, int]:
    """Width and height as shown, before any turn: how the decoder hands pictures out, pixels made square."""
    return (probe.width, probe.height) if probe.rotation in (0, 180) else (probe.height, probe.width)


def _walk(work: Work, probe: Probe, plan: Plan) -> _Seen:
    signals = Signals()
    shrink = Shrink(small_size(*stored_size(probe)), signals.visual)
    stills = Stills((probe.width, probe.height), probe.rotation)
    eyes: list[Eye] = [shrink, stills]
    ears: list[Ear] = [*signals.ears]
    proxy = None
    if plan.how == "proxy":
        proxy = Proxy(work.into / "playback.mp4", probe, sound=plan.sound == "encode")
        eyes.append(proxy)
        ears.append(proxy)
    with open_media(work.source, work.limits) as container:
        found = tracks(container)
        claimed = declared_seconds(container, found.video)
        tally = Walk(container, found, work.limits, eyes=eyes, ears=ears).run()
    shrink.flush()
    signals.close()
    signals.read_file(work.source, work.limits, work.around)
    if proxy is not None:
        proxy.close()
    return _Seen(probe, tally, claimed, stills, signals, proxy)


def condition_of(tally: Tally, claimed: float, probe: Probe) -> Condition:
    """The condition that the walk's counts amount to. Pure."""
    detail = "; ".join(tally.notes)
    if tally.broken:
        return Condition(code="partly-readable", reason="damaged", detail=detail)
    if claimed - tally.seconds > max(EARLY_SECONDS, EARLY_SHARE * claimed):
        told = f"{tally.seconds:.2f} s of {claimed:.2f} s"
        return Condition(code="partly-readable", reason="ends-early", detail=told)
    packets = tally.sounds + tally.broken_sounds
    if probe.has_audio and (tally.sounds == 0 or tally.broken_sounds > BROKEN_SOUND * packets):
        return Condition(
            code="partly-readable", reason="audio-unreadable", detail=detail or "no sound decoded"
        )
    return Condition(code="ready")


def measured(probe: Probe, tally: Tally) -> Probe:
    """The probe with what only decoding tells: length, pictures, rate. Pure."""
    span = tally.last - tally.first
    fps = (tally.pictures - 1) / span if tally.pictures > 1 and span > 0 else probe.fps
    found = {"seconds": round(tally.seconds, 6), "frames": tally.pictures, "vfr": tally.vfr}
    return probe.model_copy(update={**found, "fps": round(fps, 3)})


def _playback(
    source: Path, into: Path, seen: _Seen, condition: Condition, limits: Limits
) -> tuple[Condition, Playback | None]:
    found = Findings(
        damaged=condition.reason in ("damaged", "ends-early"),
        sound_broken=condition.reason == "audio-unreadable",
        open_gop=seen.tally.leading > 0,
        no_length=seen.claimed == 0,
    )
    plan = playback_plan(seen.probe, limits, found)
    try:
        return condition, _make_playback(source, into, plan, seen, limits)
    except (FFmpegError, ValueError, OSError) as failed:
        _, detail = name_failure(failed)
        for half_made in into.glob("playback.*"):
            half_made.unlink(missing_ok=True)
        return Condition(code="partly-readable", reason="no-playback", detail=detail), None


def _make_playback(source: Path, into: Path, plan: Plan, seen: _Seen, limits: Limits) -> Playback:
    if plan.how == "original":
        return Playback(how="original", mime=plan.mime, audio=seen.probe.has_audio)
    file = f"playback.{plan.extension}"
    audible = seen.probe.has_audio and plan.sound != "drop"
    if plan.how == "remux":
        try:
            remux(source, into / file, plan, limits)
        except (FFmpegError, ValueError) as failed:
            (into / file).unlink(missing_ok=True)
            instead = Plan("proxy", "video/mp4", "mp4", plan.sound, f"{plan.why}; {failed}"[:200])
            return _make_playback(source, into, instead, seen, limits)
    else:
        proxy = seen.proxy or _proxy_again(source, into / file, plan, seen.probe, limits)
        audible = proxy.audible
    return Playback(how=plan.how, mime=plan.mime, file=file, why=plan.why, audio=audible)


def _proxy_again(source: Path, into: Path, plan: Plan, probe: Probe, limits: Limits) -> Proxy:
    """A second walk, only for files whose damage came to light during the first."""
    proxy = Proxy(into, probe, sound=probe.has_audio and plan.sound != "drop")
    with open_media(source, limits) as container, suppress(Stop):
        Walk(container, tracks(container), limits, eyes=[proxy], ears=[proxy]).run()
    proxy.close()
    return proxy


def probe_inside(path: Path, limits: Limits) -> tuple[Condition, Probe | None]:
    """Facts alone, without decoding more than one picture."""
    try:
        return Condition(code="ready"), look(path, limits)
    except Stop as stop:
        return stop.condition, None
    except (FFmpegError, ValueError, OSError, MemoryError) as failed:
        code, detail = name_failure(failed)
        return Condition(code=code, detail=detail), None
