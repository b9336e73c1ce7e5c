"""Origin: the four states of a manifest on files signed here, and what else a file or a label says."""

from __future__ import annotations

import struct
from pathlib import Path

import av
import pytest

from media.conftest import flat, write_video
from tilik.demo.clips_sign import CAPTURED, GENERATED, Authority, make_authority, sign, sign_three
from tilik.media.around import Around
from tilik.media.boxes import XMP_UUID, find_metadata
from tilik.media.limits import DEFAULT
from tilik.media.origin import Provenance, evidence, origin
from tilik.media.provenance import read_provenance
from tilik.media.signal_files import signals_of

pytest.importorskip("c2pa", reason="the extra `provenance` is not installed")
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description xmp:CreatorTool="Editor 3" '
    'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic"/>'
    "</x:xmpmeta>"
)


@pytest.fixture(scope="module")
def authority() -> Authority:
    return make_authority()


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    frames = (flat((40 * k % 255, 90, 160)) for k in range(50))
    return write_video(tmp_path_factory.mktemp("plain") / "plain.mp4", frames)


@pytest.fixture(scope="module")
def signed(plain: Path, authority: Authority) -> Path:
    into = plain.with_name("signed.mp4")
    sign(plain, into, authority, source_type=GENERATED)
    return into


def read(file: Path, anchors: str = "") -> Provenance:
    return read_provenance(file, DEFAULT, Around(anchors=anchors))


# ------------------------------------------------------------------------------------- the four states
def test_signed_by_one_on_the_list_is_trusted(signed: Path, authority: Authority) -> None:
    found = read(signed, authority.anchor)
    assert (found.manifest, found.detail) == ("trusted", "")
    assert found.source_types == ("trainedAlgorithmicMedia",)
    assert found.generator == "Tilik demo 1"
    assert found.issuer == "Tilik"


def test_signed_by_a_stranger_is_valid_and_says_so(signed: Path) -> None:
    for anchors in ("", make_authority("Somebody else").anchor):
        found = read(signed, anchors)
        assert (found.manifest, found.detail) == ("valid", "signingCredential.untrusted")


def test_changed_after_signing_is_invalid_whoever_signed(signed: Path, authority: Authority) -> None:
    tampered = signed.with_name("tampered.mp4")
    body = bytearray(signed.read_bytes())
    place = body.rindex(b"mdat") + 200
    body[place] ^= 255
    tampered.write_bytes(body)
    found = read(tampered, authority.anchor)
    assert found.manifest == "invalid"
    assert "assertion.bmffHash.mismatch" in found.detail


def test_a_remux_loses_the_manifest_and_then_nothing_is_said(signed: Path) -> None:
    bare = signed.with_name("remuxed.mp4")
    with av.open(str(signed)) as source, av.open(str(bare), "w") as out:
        track = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = track
                out.mux(packet)
    found = read(bare)
    assert found.manifest == "none"
    assert origin(found).making == "unsaid"


def test_a_manifest_that_is_only_a_shell_is_invalid(plain: Path) -> None:
    broken = plain.with_name("shell.mp4")
    uuid = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
    broken.write_bytes(plain.read_bytes() + struct.pack(">I4s", 64, b"uuid") + uuid + b"\0" * 40)
    assert read(broken).manifest == "invalid"


def test_real_files(videos: Path) -> None:
    found = read(videos / "c2pa_video1.mp4")
    assert (found.manifest, found.issuer) == ("valid", "C2PA Test Signing Cert")
    assert read(videos / "c2pa_video1_no_manifest.mp4").manifest == "none"
    assert read(videos / "c2pa_c.mov").manifest == "none"


def test_it_is_read_in_the_guarded_child(signed: Path) -> None:
    (report,) = signals_of([signed], tier=0)
    (told,) = (e for e in report.evidence if e.kind == "provenance")
    assert isinstance(told.value, dict)
    assert (told.value["manifest"], told.value["making"]) == ("valid", "generated")


def test_the_demos_three_signatures(plain: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"{k}.mp4" for k in range(3)]
    for file in files:
        file.write_bytes(plain.read_bytes())
    anchor = sign_three(files)
    assert [read(file, anchor).manifest for file in files] == ["trusted", "valid", "invalid"]
    assert [origin(read(file, anchor)).making for file in files] == ["generated", "captured", "unsaid"]
    with av.open(str(files[2])) as changed:  # only its date was changed
        assert sum(1 for _ in changed.decode(video=0)) == 50


# ------------------------------------------------------------------------------------- other sources
def with_box(plain: Path, name: str, kind: bytes, body: bytes) -> Path:
    into = plain.with_name(name)
    into.write_bytes(plain.read_bytes() + struct.pack(">I4s", 8 + len(body), kind) + body)
    return into


def test_xmp_is_found_wherever_it_may_be(plain: Path) -> None:
    boxed = with_box(plain, "xmp.mp4", b"uuid", XMP_UUID + XMP.encode())
    element = XMP.replace('="http', ">http").replace(
        '"/>', "</Iptc4xmpExt:DigitalSourceType></rdf:Description>"
    )
    loose = with_box(plain, "loose.mp4", b"free", element.encode())
    for file in (boxed, loose):
        found = read(file)
        assert found.xmp_source_types == ("compositeSynthetic",)
        assert found.xmp_tool == "Editor 3"
        assert origin(found).making == "partly-generated"


@pytest.mark.parametrize("size", [0, 1, 7, 2**31, 2**32 - 1])
def test_boxes_that_lie_about_their_length_are_survived(plain: Path, size: int) -> None:
    liar = plain.with_name(f"liar-{size}.mp4")
    liar.write_bytes(struct.pack(">I4s", size, b"moov") * 50 + plain.read_bytes())
    assert not find_metadata(liar).c2pa


def test_tags_of_the_container(plain: Path) -> None:
    tagged = plain.with_name("tagged.mp4")
    aigc = '{"Label": "1", "ContentProducer": "X"}'
    options = {"movflags": "use_metadata_tags"}
    with av.open(str(plain)) as source, av.open(str(tagged), "w", options=options) as out:
        out.metadata.update({"AIGC": aigc, "comment": "made with Sora"})
        track = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = track
                out.mux(packet)
    claims = {claim.by: claim for claim in origin(read(tagged)).claims if claim.making == "generated"}
    assert set(claims) == {"aigc-tag", "tool"}
    assert claims["tool"].weight == "written"


# ------------------------------------------------------------------------------------- one record
@pytest.mark.parametrize(
    ("declared", "making"),
    [("AI-generated", "generated"), ("buatan AI", "generated"), ("yes", "generated"), ("1", "generated"),
     ("tidak", "unsaid"), ("not AI", "unsaid"), ("0", "unsaid"), ("main air", "unsaid"), ("", "unsaid")],
)  # fmt: skip
def test_the_platforms_label(declared: str, making: str) -> None:
    found = origin(Provenance(), declared=declared)
    assert found.making == making
    assert len(found.claims) == bool(declared)


def test_a_signature_outweighs_a_label_and_the_conflict_is_shown(plain: Path, authority: Authority) -> None:
    camera = plain.with_name("camera.mp4")
    sign(plain, camera, authority, source_type=CAPTURED)
    found = origin(read(camera, authority.anchor), declared="AI")
    assert (found.making, found.conflict) == ("captured", True)


def test_a_broken_signature_says_nothing_of_the_making() -> None:
    found = origin(Provenance(manifest="invalid", source_types=("trainedAlgorithmicMedia",)))
    assert (found.making, found.conflict) == ("unsaid", False)
    assert found.claims[0].weight == "broken"


def test_encoders_and_cameras_are_traces_not_proof() -> None:
    found = Provenance(tags={"encoder": "Lavf62.3", "com.apple.quicktime.model": "iPhone 15"})
    told = evidence("v", found, 3.0)
    assert isinstance(told.value, dict)
    assert (told.value["making"], told.span.end) == ("captured", 3.0)
    assert [c["weight"] for c in told.value["claims"]] == ["written", "written"]  # type: ignore[index,union-attr,call-overload]
