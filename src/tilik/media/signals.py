"""All analysers of the one pass, bundled: what the walk feeds, and what they say at its end."""

from __future__ import annotations

import base64
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from pydantic import JsonValue

from tilik.kernel import Evidence
from tilik.media import caption_tracks, flash, hashing, look, loops, loudness, origin, provenance, shots
from tilik.media.around import NOTHING_AROUND, Around
from tilik.media.captions import Cue
from tilik.media.families import fingerprint
from tilik.media.family_index import to_bytes
from tilik.media.limits import Limits
from tilik.media.reading import Ear
from tilik.media.result import CaptionTrack, Result
from tilik.media.small import Analyser

SOURCES = {
    "shots": shots.SOURCE,
    "flash": flash.SOURCE,
    "look": look.SOURCE,
    "loudness": loudness.SOURCE,
    "hash": hashing.SOURCE,
    "loops": loops.SOURCE,
    "family": hashing.PRINT_SOURCE,
    "captions": caption_tracks.SOURCE,
    "provenance": origin.SOURCE,
}
"""The analysers of tier 1 by name."""

PRINTS = "family"
"""The hashes and variants that a file is looked up by: for families, not for anybody to read."""

TOLD = tuple(name for name in SOURCES if name != PRINTS)
ANALYSERS = tuple(SOURCES[name] for name in TOLD)
"""Those that say something of one file by itself."""

BY_FILE = ("captions", "provenance")
"""Those that decode nothing."""


class Signals:
    """One file's analysers: hand ``visual`` to a ``Shrink`` and ``ears`` to a walk, then ``close``.

    Only the ``wanted`` ones run; shots need flashes, so these run with them.
    """

    def __init__(self, wanted: Collection[str] = tuple(SOURCES)) -> None:
        self._wanted = frozenset(wanted)
        self.shots, self.flash, self.look = shots.Shots(), flash.Flash(), look.Look()
        self.loudness, self.loops = loudness.Loudness(), loops.Loops()
        self.hashes = hashing.Hashes(queries=PRINTS in self._wanted)
        self.captions: list[CaptionTrack] = []
        self.provenance = origin.Provenance()
        self._cues: list[tuple[str, Cue]] = []

    @property
    def decodes(self) -> bool:
        """Whether any of them needs the file decoded."""
        return bool(self._wanted - set(BY_FILE))

    @property
    def visual(self) -> Sequence[Analyser]:
        """Those that see."""
        seers: dict[str, Analyser] = {
            "shots": self.shots,
            "look": self.look,
            "hash": self.hashes,
            "loops": self.loops,
        }
        seeing: list[Analyser] = [seer for name, seer in seers.items() if name in self._wanted]
        if PRINTS in self._wanted and "hash" not in self._wanted:
            seeing.append(self.hashes)
        return [*seeing, self.flash] if self._wanted & {"shots", "flash"} else seeing

    @property
    def ears(self) -> Sequence[Ear]:
        """Those that hear."""
        return (self.loudness,) if "loudness" in self._wanted else ()

    def read_file(self, source: Path, limits: Limits, around: Around = NOTHING_AROUND) -> None:
        """Find captions beside and inside the file, and what it says of its origin."""
        if "captions" in self._wanted:
            self.captions, self._cues = caption_tracks.caption_tracks(source, limits, around)
        if "provenance" in self._wanted:
            self.provenance = provenance.read_provenance(source, limits, around)

    def close(self) -> None:
        """Tell them that the file has ended."""
        self.loudness.close()

    def results(self, video: str, seconds: float) -> tuple[Result, ...]:
        """What each wanted one says of a video of this length."""
        return tuple(
            Result(
                source=SOURCES[name],
                summary=summary(seconds),
                evidence=tuple(evidence(video, seconds)),
                curves=self._curves(name, seconds),
                failed=self._failed(name),
            )
            for name, summary, evidence in self._told()
            if name in self._wanted
        )

    def _told(
        self,
    ) -> Iterator[tuple[str, Callable[[float], JsonValue], Callable[[str, float], list[Evidence]]]]:
        yield "shots", lambda _: None, self._shots
        yield (
            "flash",
            lambda _: self.flash.summary().model_dump(mode="json"),
            lambda v, _: self.flash.evidence(v),
        )
        yield "look", self._look, self.look.evidence
        yield "loudness", self._loudness, self.loudness.evidence
        yield "hash", lambda _: list(self.hashes.in_hex), lambda *_: []
        yield PRINTS, lambda _: self._print(), lambda *_: []
        yield "loops", lambda _: None, self.loops.evidence
        yield "captions", lambda _: [t.model_dump(mode="json") for t in self.captions], self._captions
        yield "provenance", lambda _: self.provenance.model_dump(mode="json"), self._origin

    def _shots(self, video: str, seconds: float) -> list[Evidence]:
        spans = [e.span for e in self.flash.evidence(video) if e.kind == "flash"]
        return self.shots.evidence(video, seconds, spans)

    def _look(self, seconds: float) -> JsonValue:
        found = self.look.summary(seconds)
        return found.model_dump(mode="json") if found else None

    def _loudness(self, _seconds: float) -> JsonValue:
        found = self.loudness.summary()
        return found.model_dump(mode="json") if found else None

    def _captions(self, video: str, seconds: float) -> list[Evidence]:
        return caption_tracks.evidence(video, self._cues, seconds)

    def _origin(self, video: str, seconds: float) -> list[Evidence]:
        return [origin.evidence(video, self.provenance, seconds)]

    def _print(self) -> JsonValue:
        return base64.b64encode(to_bytes(fingerprint("", self.hashes))).decode()

    def _failed(self, name: str) -> str:
        return "the sound cannot be measured" if name == "loudness" and not self.loudness.works else ""

    def _curves(self, name: str, seconds: float) -> dict[str, tuple[float | None, ...]]:
        if name == "loudness":
            return {"loudness": tuple(self.loudness.a_second(seconds))}
        if name == "look":
            return {key: tuple(row) for key, row in self.look.a_second(seconds).items()}
        return {}
