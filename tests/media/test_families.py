"""Families: copies are found through the transforms people make, and other scenes never match."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joined_films import ONE_SHOT
from PIL import Image, ImageDraw, ImageEnhance

from tilik.media.families import Fingerprint, Index, families, fingerprint, matches
from tilik.media.hashing import Hashes, frequencies, mirrored, turned, variants
from tilik.media.result import Condition
from tilik.media.signal_files import fingerprints_of
from tilik.media.small import Batch, small_size

Pictures = list[Image.Image]
Change = Callable[[Image.Image], Image.Image]
SECONDS = 6


def pictures(clip: Path) -> Pictures:
    """Two a second, at most 320 wide, six seconds of them."""
    kept: Pictures = []
    with av.open(str(clip)) as container:
        for frame in container.decode(video=0):
            if (frame.time or 0.0) + 1e-6 >= len(kept) / 2:
                kept.append(frame.to_image().resize((320, round(320 * frame.height / frame.width / 2) * 2)))
            if len(kept) == 2 * SECONDS:
                break
    return kept


def printed(video: str, shown: Pictures) -> Fingerprint:
    seen = Hashes(queries=True)
    w, h = small_size(*shown[0].size)
    y = np.stack([np.asarray(p.convert("L").resize((w, h), Image.Resampling.BOX)) for p in shown])
    grey = np.zeros((len(y), h // 2, w // 2), np.uint8)
    seen.feed(Batch(np.arange(len(y)) / 2, y, grey, grey, False))
    return fingerprint(video, seen)


def drawn(picture: Image.Image, box: tuple[float, float, float, float], text: str) -> Image.Image:
    copy, (w, h) = picture.copy(), picture.size
    pen = ImageDraw.Draw(copy)
    place = (box[0] * w, box[1] * h, box[2] * w, box[3] * h)
    pen.rectangle(place, fill=(250, 250, 250))
    pen.text((place[0] + 4, place[1] + 4), text, fill=(0, 0, 0))
    return copy


def padded(picture: Image.Image, dx: float, dy: float) -> Image.Image:
    w, h = picture.size
    canvas = Image.new("RGB", (round(w * (1 + 2 * dx)), round(h * (1 + 2 * dy))))
    canvas.paste(picture, (round(w * dx), round(h * dy)))
    return canvas


def cropped(picture: Image.Image, part: float) -> Image.Image:
    w, h = picture.size
    dx, dy = w * (1 - part) / 2, h * (1 - part) / 2
    return picture.resize((w, h), box=(dx, dy, w - dx, h - dy))


TRANSFORMS: dict[str, tuple[Change, float]] = {
    "scale": (lambda p: p.resize((p.width // 2, p.height // 2)), 1.0),
    "brightness": (lambda p: ImageEnhance.Brightness(p).enhance(1.3), 1.0),
    "grey": (lambda p: p.convert("L").convert("RGB"), 1.0),
    "caption bar": (lambda p: drawn(p, (0.0, 0.86, 1.0, 1.0), "judul baru"), 1.0),
    "mirror": (lambda p: p.transpose(Image.Transpose.FLIP_LEFT_RIGHT), 1.0),
    "letterbox": (lambda p: padded(p, 0, 0.15), 1.0),
    "border": (lambda p: padded(p, 0.08, 0.08), 1.0),
    "logo": (lambda p: drawn(p, (0.7, 0.05, 0.95, 0.2), "LOGO"), 0.93),
    "crop 10 %": (lambda p: cropped(p, 0.9), 0.93),
    "crop 20 %": (lambda p: cropped(p, 0.8), 0.87),
    "rotation 5°": (lambda p: p.rotate(5, Image.Resampling.BILINEAR), 0.5),
    "rotation -5°, filled": (lambda p: cropped(p.rotate(-5, Image.Resampling.BILINEAR), 0.86), 0.5),
}


@pytest.fixture(scope="module")
def clips(videos: Path) -> dict[str, Pictures]:
    return {name: pictures(videos / name) for name in ONE_SHOT}


def found_in(index: Index, wanted: Fingerprint, prints: dict[str, Fingerprint]) -> set[str]:
    """The originals that match, in either direction."""
    back = Index([wanted])
    there = {video for video, share in index.look_up(wanted).items() if share >= 0.3}
    return there | {v for v, p in prints.items() if back.look_up(p).get(wanted.video, 0) >= 0.3}


@pytest.fixture(scope="module")
def table(clips: dict[str, Pictures]) -> dict[str, tuple[float, int]]:
    """For each transform: the share of clips whose copy is found, and how many others matched."""
    prints = {name: printed(name, shown) for name, shown in clips.items()}
    index, told = Index(list(prints.values())), {}
    changed = {how: (lambda shown, f=f: [f(p) for p in shown]) for how, (f, _) in TRANSFORMS.items()}
    changed["speed"] = lambda shown: shown[::2]
    changed["re-encode"] = re_encoded
    for how, change in changed.items():
        right = wrong = 0
        for name, shown in clips.items():
            hits = found_in(index, printed("copy", change(shown)), prints)
            right += name in hits
            wrong += len(hits - {name})
        told[how] = (right / len(clips), wrong)
        print(f"{how:22} {told[how][0]:.2f} {wrong}")
    return told


def re_encoded(shown: Pictures) -> Pictures:
    """Through H.264 at a low quality and half the size."""
    encoder = av.CodecContext.create("libx264", "w")
    w, h = shown[0].width // 4 * 2, shown[0].height // 4 * 2
    encoder.width, encoder.height, encoder.pix_fmt = w, h, "yuv420p"  # type: ignore[attr-defined]
    encoder.framerate, encoder.options = 2, {"crf": "38", "preset": "veryfast"}  # type: ignore[attr-defined]
    frames = [av.VideoFrame.from_image(p.resize((w, h))) for p in shown]
    packets = [packet for f in [*frames, None] for packet in encoder.encode(f)]  # type: ignore[attr-defined]
    decoder = av.CodecContext.create("h264", "r")
    return [f.to_image() for p in [*packets, None] for f in decoder.decode(p)]  # type: ignore[attr-defined]


EXPECTED = {**{how: least for how, (_, least) in TRANSFORMS.items()}, "speed": 1.0, "re-encode": 1.0}


@pytest.mark.parametrize("how", EXPECTED)
def test_copies_are_found_and_nothing_else(table: dict[str, tuple[float, int]], how: str) -> None:
    recall, wrong = table[how]
    assert wrong == 0
    assert recall >= EXPECTED[how]


# -------------------------------------------------------------------------------------------- pieces
def picture_of(seed: int) -> np.ndarray:
    coarse = np.random.default_rng(seed).integers(0, 256, (9, 16)).astype(np.float32)
    return np.asarray(Image.fromarray(coarse).resize((160, 90), Image.Resampling.BICUBIC))


def test_mirroring_the_frequencies_is_mirroring_the_picture() -> None:
    one = picture_of(1)[None]
    assert mirrored(frequencies(one)) == pytest.approx(frequencies(one[:, :, ::-1]), rel=1e-3, abs=0.05)


def test_frequencies_are_the_cosine_transform_of_area_means() -> None:
    picture = np.random.default_rng(2).random((1, 128, 192)).astype(np.float32)
    small = picture.reshape(1, 64, 2, 64, 3).mean(axis=(2, 4))
    k, x = np.arange(1, 17)[:, None], np.arange(64)
    basis = np.cos(np.pi / 64 * (x + 0.5) * k)
    assert frequencies(picture) == pytest.approx(basis @ small @ basis.T, rel=1e-3, abs=1e-2)


def test_turning_there_and_back_keeps_the_middle() -> None:
    one = picture_of(3)[None]
    back = turned(turned(one, 5.0), -5.0)
    assert np.abs(back - one)[:, 20:70, 30:130].mean() < 6


def test_variants_hold_the_picture_itself_first() -> None:
    luma = picture_of(4)
    assert variants(luma)[0].tolist() == variants(luma.copy())[0].tolist()
    assert len(np.unique(variants(luma), axis=0)) == len(variants(luma))


@given(st.integers(0, 10**6), st.sets(st.integers(0, 255), max_size=120))
def test_a_hash_matches_up_to_56_of_256_bits(seed: int, flipped: set[int]) -> None:
    one = np.random.default_rng(seed).integers(0, 2**63, (1, 4)).astype(np.uint64)
    other = one.copy()
    for bit in flipped:
        other[0, bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    only = np.zeros(1, np.intp)
    found = Index([Fingerprint("b", other, other, only)]).look_up(Fingerprint("a", one, one, only))
    assert (found == {"b": 1.0}) == (len(flipped) <= 56)


def made_of(video: str, seeds: list[int]) -> Fingerprint:
    words = np.stack(
        [np.random.default_rng(s).integers(0, 2**63, 4).astype(np.uint64) for s in seeds]
    ).reshape(-1, 4)
    return Fingerprint(video, words, words, np.arange(len(words)))


def test_families_are_what_matches_hold_together() -> None:
    prints = [
        made_of("a", [1, 2, 3, 4]),
        made_of("b", [3, 4, 5, 6]),
        made_of("c", [5, 6, 7, 8]),
        made_of("d", [20, 21]),
        made_of("e", [21, 22, 23, 24, 25]),
        made_of("f", [30]),
        Fingerprint("blank", np.zeros((0, 4), np.uint64), np.zeros((0, 4), np.uint64), np.zeros(0, np.intp)),
    ]
    assert [(m.one, m.other, m.share) for m in matches(prints)] == [
        ("a", "b", 0.5),
        ("b", "c", 0.5),
        ("d", "e", 0.5),
    ]
    assert [family.videos for family in families(prints)] == [("a", "b", "c"), ("d", "e")]
    assert [len(family.matches) for family in families(prints)] == [2, 1]
    assert families([]) == []


# ---------------------------------------------------------------------------------------- real files
def test_the_chair_is_one_family_and_other_scenes_are_none(videos: Path) -> None:
    chairs = sorted(videos.glob("tmk_chair*"))
    others = [videos / f"mdn_{n}" for n in ("frog.mp4", "elf.mp4", "pig.mp4", "rabbit.mp4", "rabbit.webm")]
    prints = [found for _, found in fingerprints_of([*chairs, *others]) if isinstance(found, Fingerprint)]
    assert len(prints) == len(chairs) + len(others)
    assert [family.videos for family in families(prints)] == [
        tuple(file.name for file in chairs),
        ("mdn_rabbit.mp4", "mdn_rabbit.webm"),
    ]


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"bukan video")
    ((file, found),) = fingerprints_of([tmp_path / "no.mp4"])
    assert file.name == "no.mp4"
    assert isinstance(found, Condition)
    assert found.code == "unreadable"
