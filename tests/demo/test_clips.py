"""The generated clips are what they say: readable, on time, cut and flashing where their record states."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import av
import numpy as np
import pytest

from tilik.demo.clips import ClipFile, ClipWant, make_clips
from tilik.demo.clips_recipes import BENIGN, HARMFUL, choose
from tilik.kernel import EvidenceKind, Invalid
from tilik.media import Item, prepare_many
from tilik.media.signal_files import signals_of

WANTS = (
    ClipWant(variant=0, seconds=6),
    ClipWant(labels=(("ATT-SENS", 3),), seconds=6),
    ClipWant(labels=(("SYN-MASS", 2),), variant=0),
    ClipWant(labels=(("SYN-MASS", 2),), variant=1),
    ClipWant(copy_of=0),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[ClipFile]:
    return make_clips(tmp_path_factory.mktemp("clips"), WANTS, seed=11)


def luma(path: Path) -> np.ndarray:
    with av.open(str(path)) as file:
        return np.stack([f.reformat(96, 54, "gray").to_ndarray() for f in file.decode(video=0)]).astype(float)


def test_each_want_becomes_a_playing_clip_with_sound(made: list[ClipFile]) -> None:
    assert len(made) == len(WANTS)
    for clip in made:
        with av.open(str(clip.path)) as file:
            assert (file.streams.video[0].width, file.streams.video[0].height) == (clip.width, clip.height)
            heard = np.concatenate([f.to_ndarray().ravel() for f in file.decode(audio=0)])
        assert np.abs(heard).max() > 0.05
        assert clip.seconds == pytest.approx(len(luma(clip.path)) / 12)


def test_cuts_are_where_the_record_says(made: list[ClipFile]) -> None:
    clip = made[0]
    step = np.abs(np.diff(luma(clip.path), axis=0)).mean(axis=(1, 2))
    loudest = sorted(int(k) + 1 for k in np.argsort(step)[-len(clip.cuts) :])
    assert loudest == [round(c * 12) for c in clip.cuts]


def test_the_flashing_stretch_flips_on_every_frame(made: list[ClipFile]) -> None:
    clip = made[1]
    mean = luma(clip.path).mean(axis=(1, 2))
    assert clip.flashes
    for span in clip.flashes:
        jumps = np.abs(np.diff(mean[round(span.start * 12) : round(span.end * 12)]))
        assert jumps.min() > 60


def test_the_analysers_find_what_the_record_says(made: list[ClipFile], tmp_path: Path) -> None:
    items = [Item(str(k), clip.path, tmp_path / str(k)) for k, clip in enumerate(made[:2])]
    benign, flashing = sorted(prepare_many(items), key=lambda p: p.video)
    starts = [e.span.start for e in benign.evidence if e.kind == "shot"]
    assert starts == pytest.approx([0.0, *made[0].cuts], abs=0.02)
    assert benign.flash is not None
    assert benign.flash.general == "pass"
    assert flashing.flash is not None
    assert flashing.flash.general == "fail"
    found = [e.span for e in flashing.evidence if e.kind == "flash"]
    for span in made[1].flashes:
        assert max(span.overlap(other) for other in found) > 0.8 * span.length


def test_between_them_the_clips_carry_every_kind_of_evidence(tmp_path: Path) -> None:
    """All but words spoken, which need a model of one's own; speech where this machine can make some."""
    wants = (
        *(ClipWant(variant=k) for k in (2, 3, 4)),
        ClipWant(labels=(("ATT-SENS", 3),)),
        ClipWant(labels=(("COM-GAMB", 2),)),
    )
    clips = make_clips(tmp_path, wants, seed=5)
    names = {clip.path.name: clip.recipe for clip in clips}
    reports = {names[r.file]: r for r in signals_of([clip.path for clip in clips], tier=2)}
    lacking = {kind.split()[0] for report in reports.values() for kind in report.lacking}
    told = {e.kind for report in reports.values() for e in report.evidence}
    mute = set() if any(clip.voice == "espeak-ng" for clip in clips) else {"speech"}
    assert set(get_args(EvidenceKind)) - told <= {"mark", "speech-text"} | mute | lacking
    assert {e.kind for e in reports["kilat-sirene"].evidence} >= {"flash", "flash-red", "loudness", "silence"}
    assert {e.kind for e in reports["kancil"].evidence} >= {"black", "silence"}
    assert "freeze" in {e.kind for e in reports["perahu-kertas"].evidence}
    bolts = reports["timun-mas"].flash
    assert bolts is not None
    assert (bolts.general, bolts.general_peak > 0) == ("pass", True)  # it flashes, within the limit


def test_template_copies_share_everything_but_colour(made: list[ClipFile]) -> None:
    red, blue = made[2], made[3]
    assert (red.template, red.cuts, red.seconds) == (blue.template, blue.cuts, blue.seconds)
    assert red.title != blue.title
    assert red.path.read_bytes() != blue.path.read_bytes()


def test_a_copy_is_smaller_but_shows_the_same(made: list[ClipFile]) -> None:
    original, copy = luma(made[0].path), luma(made[4].path)
    assert made[4].copy_of == 0
    assert len(original) == len(copy)
    assert np.corrcoef(original.ravel(), copy.ravel())[0, 1] > 0.95


def test_the_same_seed_makes_the_same_pictures(made: list[ClipFile], tmp_path: Path) -> None:
    again = make_clips(tmp_path, WANTS[:2], seed=11, workers=1)
    other = make_clips(tmp_path / "other", WANTS[:1], seed=12, workers=1)
    for first, second in zip(made[:2], again, strict=True):
        assert first.model_copy(update={"path": second.path, "captions": second.captions}) == second
        assert np.abs(luma(first.path) - luma(second.path)).mean() < 0.5
    assert np.abs(luma(made[0].path)[0] - luma(other[0].path)[0]).mean() > 2


def test_every_code_finds_a_script_of_its_family() -> None:
    for recipe in HARMFUL:
        for code in recipe.codes:
            assert code in choose((code,), 0).codes
    assert choose(("FEA-VIOL",), 3).codes[0].startswith("FEA")
    assert choose((), 5) is BENIGN[5]


@pytest.mark.parametrize(
    "wants", [(ClipWant(copy_of=0),), (ClipWant(), ClipWant(copy_of=0), ClipWant(copy_of=1))]
)
def test_a_copy_must_name_an_earlier_original(wants: tuple[ClipWant, ...], tmp_path: Path) -> None:
    with pytest.raises(Invalid) as told:
        make_clips(tmp_path, wants, seed=1)
    assert told.value.code == "clip-copy-of"


def test_every_third_clip_brings_captions_that_are_read(made: list[ClipFile], tmp_path: Path) -> None:
    assert [clip.captions is not None for clip in made] == [True, False, False, True, False]
    (prepared,) = prepare_many([Item("v", made[0].path, tmp_path / "v")])
    cues = [e for e in prepared.evidence if e.kind == "caption"]
    assert len(cues) == len(made[0].cuts) + 1
    assert {e.note for e in cues} == {"id"}
    assert [e.span.start for e in cues[1:]] == pytest.approx(made[0].cuts, abs=0.001)


def test_an_interrupt_drops_the_clips_that_wait(tmp_path: Path) -> None:
    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_clips(
            tmp_path, [ClipWant(variant=k, seconds=4) for k in range(12)], seed=1, workers=1, progress=stop
        )
    assert len(list(tmp_path.glob("*.mp4")) + list(tmp_path.glob("*.webm"))) < 6
