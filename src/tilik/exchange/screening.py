"""Looking videos up in hash lists before any person sees them.

What is looked up: the MD5 of the file, the PDQ of a picture a second (or vPDQ, where the server knows it).
One match in a bank is enough: the video is locked, and nothing of it is shown. Banks named as innocent do
not lock. The result is kept like any analyser's, by the file's content, so a file is looked up once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from pydantic import JsonValue
from sqlalchemy import Connection

from tilik.exchange.events import VideoMatched
from tilik.exchange.hma import Hma
from tilik.log import Blobs, Envelope, applies
from tilik.media.guard import Call, run_guarded
from tilik.media.keeping import all_keys, keep_results, load_results, results_kept
from tilik.media.limits import DEFAULT, Limits
from tilik.media.pdq import Known, known_inside, to_vpdq
from tilik.media.registration import RegisteredVideo, list_videos
from tilik.media.result import Result
from tilik.review.apply import lock_video
from tilik.store import Store

ANALYSER, VERSION, MATCHED, NOT_HASHED = "screening", "1", "1-matched", "1-not-hashed"
VERSIONS = {
    "clear": VERSION,
    "matched": MATCHED,
    "not-hashed": NOT_HASHED,
    "known-innocent": "1-known-innocent",
}
"""Each state has a version of its own: so the same file under another id is locked without asking, and the
states of millions are counted without opening a blob."""

MD5, PDQ, VPDQ = "video_md5", "pdq", "vpdq"


@dataclass(frozen=True, slots=True)
class Found:
    """A signal of the video that stands in a bank; ``second`` where it has one."""

    kind: str
    bank: str
    content: int | None
    distance: str
    second: float | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """What the look-up found: how many signals were asked for, and which banks hold one.

    ``innocent`` names the banks, of those in ``found``, that do not lock a video.
    """

    asked: int
    found: tuple[Found, ...]
    innocent: frozenset[str] = frozenset()
    failed: str = ""

    @property
    def banks(self) -> tuple[str, ...]:
        """The banks that lock the video, in order of name."""
        return tuple(sorted({one.bank for one in self.found} - self.innocent))

    @property
    def state(self) -> str:
        """``matched``, ``known-innocent``, ``clear``, or ``not-hashed`` when no signal could be made."""
        if self.banks:
            return "matched"
        if self.found:
            return "known-innocent"
        return "clear" if self.asked else "not-hashed"

    def result(self) -> Result:
        """As it is kept."""
        rows: list[JsonValue] = [
            {"kind": f.kind, "bank": f.bank, "content": f.content, "distance": f.distance, "second": f.second}
            for f in self.found
        ]
        summary: dict[str, JsonValue] = {
            "state": self.state,
            "asked": self.asked,
            "locking": list(self.banks),
            "found": rows,
        }
        return Result(source=f"{ANALYSER}/{VERSIONS[self.state]}", summary=summary, failed=self.failed)


def look_up(server: Hma, known: Known, kinds: Collection[str], innocent: Collection[str] = ()) -> Screening:
    """Look a video's signals up, of the kinds that the server knows. Raises what the server's calls raise."""
    asks: list[tuple[str, str, float | None]] = []
    if MD5 in kinds:
        asks.append((MD5, known.md5, None))
    if VPDQ in kinds and known.good:
        asks.append((VPDQ, to_vpdq(known.good), None))
    elif PDQ in kinds:
        asks += [(PDQ, feature.pdq, feature.second) for feature in known.good]
    found = [
        Found(kind, match.bank, match.content, match.distance, second)
        for kind, signal, second in asks
        for match in server.look_up(kind, signal)
    ]
    return Screening(len(asks), tuple(found), frozenset(innocent))


def unscreened(store: Store, *, retry: bool = False) -> list[RegisteredVideo]:
    """The videos whose present file was never looked up, in order of id, without stopped ones; with ``retry``
    also those of which no hash could be made."""
    enough = [version for state, version in VERSIONS.items() if not (retry and state == "not-hashed")]
    with store.read() as connection:
        kept = all_keys(connection)
        open_ones = (v for v in list_videos(connection) if not v.locked)
        return [v for v in open_ones if not any(_key(v, each) in kept for each in enough)]


def _key(video: RegisteredVideo, version: str) -> tuple[str, str, str]:
    return video.content, ANALYSER, version


def lock_known(store: Store) -> list[RegisteredVideo]:
    """Lock the videos whose file matched before under another id; returns them. Asks no server."""
    with store.write() as writing:
        kept = all_keys(writing.connection)
        found = [v for v in list_videos(writing.connection) if not v.locked and _key(v, MATCHED) in kept]
        for video in found:
            results = load_results(store.blobs, results_kept(writing.connection, video.content, {}))
            told = next(result.summary for result in results if result.analyser == ANALYSER)
            assert isinstance(told, dict)
            banks = tuple(str(bank) for bank in told["locking"])  # type: ignore[union-attr]
            writing.record(VideoMatched(video=video.id, content=video.content, banks=banks))
    return found


def screen_waiting(
    store: Store,
    server: Hma,
    *,
    innocent: Collection[str] = (),
    workers: int = 2,
    limits: Limits = DEFAULT,
    retry: bool = False,
) -> Iterator[tuple[RegisteredVideo, Screening]]:
    """Look up every video that was not; each result is kept, and what matches is locked, at once.
    ``retry`` tries those again of which no hash could be made.

    Raises ``Unavailable`` before any work when the server does not answer, and in mid-work as soon as it
    stops: what was not looked up stays so, and is taken up by the next call.
    """
    lock_known(store)
    waiting = unscreened(store, retry=retry)
    if not waiting:
        return
    kinds = server.signal_types()
    by_content: dict[str, list[RegisteredVideo]] = {}
    for video in waiting:
        by_content.setdefault(video.content, []).append(video)
    calls = (Call(c, known_inside, (store.blobs.path(c), limits)) for c in by_content)
    for outcome in run_guarded(calls, limits, workers=workers):
        if isinstance(outcome.value, Known):
            screening = look_up(server, outcome.value, kinds, innocent)
        else:
            why = outcome.failure or outcome.value
            screening = Screening(0, (), failed=f"{why.code}: {why.detail}".strip(": "))
        yield from _kept(store, by_content[outcome.key], outcome.key, screening)


def _kept(
    store: Store, videos: Sequence[RegisteredVideo], content: str, screening: Screening
) -> Iterator[tuple[RegisteredVideo, Screening]]:
    with store.write() as writing:
        keep_results(writing, [screening.result()], content=content, keys={})
        if screening.banks:
            for video in videos:
                writing.record(VideoMatched(video=video.id, content=content, banks=screening.banks))
    for video in videos:
        yield video, screening


@applies(VideoMatched)
def _matched(connection: Connection, event: VideoMatched, _envelope: Envelope, _blobs: Blobs) -> None:
    lock_video(connection, event.video)
