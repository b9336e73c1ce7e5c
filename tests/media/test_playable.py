"""What the browser can play decides what is made: each rule alone."""

from __future__ import annotations

import pytest

from tilik.media.limits import DEFAULT, Limits
from tilik.media.playable import Findings, playback_plan
from tilik.media.result import Probe

PLAIN = Probe(
    container="mov",
    video_codec="h264",
    pixel_format="yuv420p",
    audio_codec="aac",
    width=640,
    height=360,
    coded_width=640,
    coded_height=360,
    fps=25,
    seconds=10,
    frames=250,
    bytes=1_000_000,
)


@pytest.mark.parametrize(
    ("facts", "how", "sound"),
    [
        ({}, "original", "copy"),
        ({"audio_codec": None}, "original", "copy"),
        ({"audio_codec": "mp3"}, "original", "copy"),
        ({"container": "webm", "video_codec": "vp9", "audio_codec": "opus"}, "original", "copy"),
        ({"container": "matroska"}, "remux", "copy"),
        ({"container": "matroska", "video_codec": "av1", "audio_codec": None}, "remux", "copy"),
        ({"audio_codec": "ac3"}, "remux", "encode"),
        ({"container": "webm", "video_codec": "vp8", "audio_codec": "aac"}, "remux", "encode"),
        ({"video_codec": "hevc"}, "proxy", "encode"),
        ({"video_codec": "mpeg4", "container": "avi", "audio_codec": "mp3"}, "proxy", "encode"),
        ({"pixel_format": "yuv420p10le"}, "proxy", "encode"),
        ({"container": "mpegts"}, "proxy", "encode"),
        ({"video_codec": "vp8"}, "proxy", "encode"),
        ({"video_codec": "hevc", "audio_codec": None}, "proxy", "drop"),
    ],
)
def test_each_kind_of_file(facts: dict[str, object], how: str, sound: str) -> None:
    plan = playback_plan(PLAIN.model_copy(update=facts), DEFAULT)
    assert (plan.how, plan.sound) == (how, sound)
    assert bool(plan.why) == (how != "original")
    assert plan.mime == f"video/{plan.extension or ('webm' if facts.get('container') == 'webm' else 'mp4')}"


@pytest.mark.parametrize(
    ("found", "how", "sound"),
    [
        (Findings(damaged=True), "proxy", "encode"),
        (Findings(open_gop=True), "proxy", "encode"),
        (Findings(sound_broken=True), "remux", "drop"),
        (Findings(no_length=True), "remux", "copy"),
        (Findings(damaged=True, sound_broken=True), "proxy", "drop"),
    ],
)
def test_what_the_walk_found(found: Findings, how: str, sound: str) -> None:
    plan = playback_plan(PLAIN, DEFAULT, found)
    assert (plan.how, plan.sound) == (how, sound)


def test_an_original_over_the_cap_is_replaced() -> None:
    assert playback_plan(PLAIN, Limits(playback_bytes=999_999)).how == "proxy"
