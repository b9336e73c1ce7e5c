"""Tier 2: what stands and is said in a video, for videos about to be reviewed. One more walk over the file.

To wire it in: call ``tier2_inside`` in a guarded child with the shots of tier 1 and the video's own words;
keep ``results``, show ``lacking``. Titles and captions belong to a video, not to its bytes, so the sources
of ``language`` and ``lexicon`` carry a mark of the words they read: ``sources_for`` tells them beforehand,
to see what is still to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from av.container import InputContainer

from tilik.kernel import Evidence, Json, Span, digest
from tilik.media import language, lexicon, onscreen, speech, speech_model, speech_text
from tilik.media.facts import look, tracks
from tilik.media.limits import Limits
from tilik.media.measuring import settled
from tilik.media.onscreen import OnScreen, looks
from tilik.media.opening import open_media
from tilik.media.reading import Ear, Eye, Walk
from tilik.media.result import Condition, Probe, Result
from tilik.media.said import Said
from tilik.media.speech import Speech

SPOKEN = "speech-text"
NAMES = ("onscreen", "speech", SPOKEN, "language", "lexicon")
TAGS = ("title", "comment", "description", "synopsis", "artist", "album", "keywords", "genre")
"""The container's own fields that hold words."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The words that came with a video: its title, its caption cues, and the lexicon's YAML to look by.

    ``spoken``  what was recognised before, read where recognition is not asked for again.
    """

    title: str = ""
    captions: tuple[tuple[Span, str], ...] = ()
    lexicon: str = ""
    spoken: tuple[tuple[Span, str], ...] = ()

    @property
    def mark(self) -> str:
        """Eight digits that change with the words, and with the model that recognises speech."""
        cues: list[Json] = [[span.start, span.end, text] for span, text in self.captions]
        read: list[Json] = [self.title, cues]
        model = speech_model.mark()
        return digest([*read, model] if model else read)[:8]

    @property
    def lexicon_mark(self) -> str:
        """Eight digits that change with the words or the lexicon."""
        return digest([self.mark, self.lexicon])[:8]


@dataclass(frozen=True, slots=True)
class Heard:
    """The results of those that ran, and for each that could not, why."""

    results: tuple[Result, ...]
    lacking: dict[str, str] = field(default_factory=dict)


def lacking() -> dict[str, str]:
    """The analysers that cannot run on this machine, with what they miss."""
    said = {
        "onscreen": onscreen.lacking(),
        "speech": speech.lacking(),
        SPOKEN: speech_text.lacking(),
        "language": language.lacking(),
    }
    return {name: why for name, why in said.items() if why}


def sources_for(texts: Texts) -> dict[str, str]:
    """The source under which each analyser that can run here will tell its result."""
    sources = {
        "onscreen": onscreen.SOURCE,
        "speech": speech.SOURCE,
        SPOKEN: f"{speech_text.SOURCE}-{speech_model.mark()}",
        "language": f"{language.SOURCE}-{texts.mark}",
        "lexicon": f"{lexicon.SOURCE}-{texts.lexicon_mark}",
    }
    return {name: source for name, source in sources.items() if name not in lacking()}


def tier2_inside(
    source: Path,
    shots: Sequence[Span],
    seconds: float,
    texts: Texts,
    limits: Limits,
    names: Collection[str] = NAMES,
) -> Heard | Condition:
    """What these analysers say of a file known to last so long. Never raises for what the file holds.

    ``language`` and ``lexicon`` read the pictures too where they can, so the walk is made for them as well;
    what is said they take from ``texts`` unless it is recognised in the same call.
    """
    missing = {name: why for name, why in lacking().items() if name in names}
    return settled(lambda: _heard(source, shots, seconds, texts, limits, names, missing))


def _heard(
    source: Path,
    shots: Sequence[Span],
    seconds: float,
    texts: Texts,
    limits: Limits,
    names: Collection[str],
    missing: dict[str, str],
) -> Heard:
    probe = look(source, limits)
    wants_text = bool({"onscreen", "language", "lexicon"} & set(names)) and not onscreen.lacking()
    eye = _eye(probe, shots, seconds) if wants_text else None
    ear = _ear(names, missing) if probe.has_audio else None
    words = _walk(source, [eye] if eye else [], [ear] if ear else [], limits)
    told = sources_for(texts)
    heard: Result | None = None
    if SPOKEN in names and SPOKEN in told:
        heard = speech_text.result(ear, seconds, told[SPOKEN], limits.cpu_seconds)
        texts = replace(texts, spoken=spoken_in(heard.evidence))
    said = _said(texts, words, eye, Span(start=0, end=seconds))
    made: dict[str, Callable[[str], Result]] = {
        "onscreen": lambda name: _onscreen(eye, name),
        "speech": lambda name: _speech(ear, seconds, name),
        SPOKEN: lambda name: heard or Result(source=name),
        "language": lambda name: Result(source=name, evidence=tuple(language.evidence("", said))),
        "lexicon": lambda name: _lexicon(said, texts, name),
    }
    return Heard(
        tuple(make(told[name]) for name, make in made.items() if name in names and name in told), missing
    )


def _eye(probe: Probe, shots: Sequence[Span], seconds: float) -> OnScreen:
    return OnScreen(looks(shots, seconds), (probe.width, probe.height), probe.rotation)


def _ear(names: Collection[str], missing: Collection[str]) -> Speech | None:
    """One ear for where somebody speaks and for what is said."""
    wanted = {"speech", SPOKEN} & set(names) - set(missing)
    return Speech(keep=SPOKEN in wanted) if wanted else None


def spoken_in(evidence: Iterable[Evidence]) -> tuple[tuple[Span, str], ...]:
    """The words that were recognised, with their places."""
    told = ((item.span, item.value) for item in evidence if item.kind == "speech-text")
    return tuple((span, str(value["text"])) for span, value in told if isinstance(value, dict))


def _walk(source: Path, eyes: Sequence[Eye], ears: Sequence[Ear], limits: Limits) -> list[str]:
    """Walk where somebody sees or hears; the container's own words either way."""
    with open_media(source, limits) as container:
        words = tags(container)
        if eyes or ears:
            Walk(container, tracks(container), limits, eyes=eyes, ears=ears).run()
    for ear in ears:
        if isinstance(ear, Speech):
            ear.close()
    return words


def tags(container: InputContainer) -> list[str]:
    """What the container's own fields say in words, each once."""
    found = (str(container.metadata.get(name, "")) for name in TAGS)
    return list(dict.fromkeys(text.strip() for text in found if text.strip()))


def _said(texts: Texts, words: Sequence[str], eye: OnScreen | None, whole: Span) -> list[Said]:
    said = [Said("title", texts.title, whole)] if texts.title else []
    said += [Said("metadata", text, whole) for text in words]
    said += [Said("caption", text, span) for span, text in texts.captions]
    said += [Said("speech", text, span) for span, text in texts.spoken]
    if eye is not None:
        said += [Said("on-screen-text", one.text, one.span) for one in eye.readings if one.lines]
    return said


def _onscreen(eye: OnScreen | None, source: str) -> Result:
    assert eye is not None
    summary = {"looks": len(eye.readings), "read": eye.read_pictures}
    return Result(source=source, summary=summary, evidence=tuple(eye.evidence("")))


def _speech(ear: Speech | None, seconds: float, source: str) -> Result:
    if ear is None:
        return Result(source=source)  # no sound: nobody speaks, and there is no share of anything
    found = ear.summary(seconds)
    summary = {"seconds": found.seconds, "share": found.share} if found else None
    failed = "" if ear.works else "the sound cannot be converted"
    return Result(source=source, summary=summary, evidence=tuple(ear.evidence("", seconds)), failed=failed)


def _lexicon(said: Sequence[Said], texts: Texts, source: str) -> Result:
    finder = lexicon.finder_of(texts.lexicon) if texts.lexicon else None
    return Result(source=source, evidence=tuple(lexicon.evidence("", said, finder)))
