"""How a video was made, as far as anything says so: one record of all sources, with their conflicts. Pure.

Nothing here is a detector. A source either says something or it does not, and a missing manifest says
nothing: any copy made by a platform or a converter loses it.
"""

from __future__ import annotations

import json
import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, JsonValue

from tilik.kernel import Evidence, Span

SOURCE = "provenance/1"

Making = Literal["generated", "partly-generated", "captured", "made", "unsaid"]
"""By a model; in part by a model; by a camera; by people with tools; not said."""

ManifestState = Literal["trusted", "valid", "invalid", "none", "unchecked"]
"""C2PA: signed by someone on the trust list; sound, by someone not on it; broken; not there; there, but the
``provenance`` extra that checks it is not installed."""

Weight = Literal["signed", "declared", "written", "broken"]
"""How much a claim weighs: under a sound signature; the platform's label; words that anyone can write into a
file; under a broken signature."""

_TYPES: dict[Making, tuple[str, ...]] = {
    "generated": ("trainedAlgorithmicMedia", "trainedAlgorithmicData", "algorithmicMedia"),
    "partly-generated": (
        "compositeWithTrainedAlgorithmicMedia",
        "compositeSynthetic",
        "algorithmicallyEnhanced",
    ),
    "captured": (
        "digitalCapture",
        "computationalCapture",
        "compositeCapture",
        "negativeFilm",
        "positiveFilm",
        "print",
    ),
    "made": (
        "digitalCreation",
        "digitalArt",
        "humanEdits",
        "minorHumanEdits",
        "composite",
        "virtualRecording",
        "screenCapture",
        "softwareImage",
        "dataDrivenMedia",
    ),
}
MAKING_OF_TYPE: dict[str, Making] = {name: making for making, names in _TYPES.items() for name in names}
"""The IPTC's digital source types (and C2PA's own), by what they mean here."""

GENERATORS = re.compile(
    r"(?i)(?<![a-z])(sora|openai|dall-?e|runway(?:ml)?|pika ?(?:labs|art)|kling(?: ?ai)?|"
    r"google veo|veo ?[23]|luma(?: dream machine|labs)|hailuo|minimax|midjourney|"
    r"stable (?:video )?diffusion|stable video|comfyui|"
    r"invokeai|automatic1111|adobe firefly|firefly|imagen|jimeng|dreamina|seedance|vidu|pixverse|haiper|"
    r"genmo|hunyuan(?:video)?|ltx-?video|cogvideox?|animatediff|synthesia|heygen|d-id|wan ?2\.\d)(?![a-z])"
)
"""Generators by the names they sign their files with; a trace that anyone can write or remove."""

DECLARED = re.compile(
    r"(?i)(?<![a-z])(ai|a\.i\.|aigc|synthetic|sintetis|generated|buatan ai|kecerdasan buatan|deepfake)"
    r"(?![a-z])"
)
DENIED = re.compile(r"(?i)^\s*(not?|non|none|false|0|bukan|tidak|tanpa)(?![a-z])")
YES = re.compile(r"(?i)^\s*(1|yes|true|ya|y)\s*$")

TOOL_KEYS = ("encoder", "software", "creation_tool", "creatortool", "tool", "comment", "description")
CAMERA_KEYS = ("com.apple.quicktime.model", "com.apple.quicktime.make", "com.android.manufacturer", "make")


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(_Frozen):
    """What the file itself says. ``source_types`` are names from the IPTC's list, without their address.

    ``detail``  C2PA's codes for what failed; ``remote``  a manifest is said to lie elsewhere: not fetched;
    ``tags``  the file's metadata that bear on its origin, by key.
    """

    manifest: ManifestState = "none"
    detail: str = ""
    generator: str = ""
    issuer: str = ""
    signed_at: str = ""
    source_types: tuple[str, ...] = ()
    remote: bool = False
    xmp_source_types: tuple[str, ...] = ()
    xmp_tool: str = ""
    tags: dict[str, str] = {}


class Claim(_Frozen):
    """One source's word: ``said`` is quoted from it."""

    by: Literal["c2pa", "xmp", "aigc-tag", "tool", "camera", "declared"]
    making: Making
    weight: Weight
    said: str


class Origin(_Frozen):
    """All claims, the one that weighs most, and whether they contradict each other."""

    manifest: ManifestState
    making: Making
    conflict: bool
    claims: tuple[Claim, ...]


def source_type(text: str) -> str:
    """The name at the end of a digital source type's address."""
    return re.split(r"[/:#]", text.strip().rstrip("/"))[-1][:80]


def origin(found: Provenance, *, declared: str = "") -> Origin:
    """One record of what the file and the platform's label say."""
    claims = (*_manifest(found), *_platform(declared), *_written(found))
    weighty = [c for w in ("signed", "declared", "written") for c in claims if c.weight == w]
    said = [c.making for c in weighty if c.making != "unsaid"]
    generated = any(m in ("generated", "partly-generated") for m in said)
    return Origin(
        manifest=found.manifest,
        making=said[0] if said else "unsaid",
        conflict=generated and any(m in ("captured", "made") for m in said),
        claims=claims,
    )


def evidence(video: str, found: Provenance, seconds: float, *, declared: str = "") -> Evidence:
    """One ``provenance`` over the whole video: the record, with what C2PA said of its signature."""
    told: dict[str, JsonValue] = origin(found, declared=declared).model_dump(mode="json")
    for name in ("generator", "issuer", "signed_at", "detail", "remote"):
        if value := getattr(found, name):
            told[name] = value
    return Evidence(
        video=video, span=Span(start=0, end=seconds), kind="provenance", value=told, source=SOURCE
    )


def _manifest(found: Provenance) -> list[Claim]:
    if found.manifest in ("none", "unchecked"):
        return []
    weight: Weight = "broken" if found.manifest == "invalid" else "signed"
    types = found.source_types or ("",)
    return [
        Claim(
            by="c2pa",
            making=MAKING_OF_TYPE.get(name, "unsaid"),
            weight=weight,
            said=name or found.generator or "no digital source type",
        )
        for name in types
    ]


def _platform(declared: str) -> list[Claim]:
    if not declared.strip():
        return []
    said = " ".join(declared.split())[:200]
    yes = not DENIED.match(said) and (DECLARED.search(said) or YES.match(said))
    return [Claim(by="declared", making="generated" if yes else "unsaid", weight="declared", said=said)]


def _written(found: Provenance) -> list[Claim]:
    claims = [
        Claim(by="xmp", making=MAKING_OF_TYPE.get(name, "unsaid"), weight="written", said=name)
        for name in found.xmp_source_types
    ]
    for key, value in found.tags.items():
        if key.lower() in ("aigc", "aigc_info"):
            claims.append(Claim(by="aigc-tag", making=_aigc(value), weight="written", said=value[:200]))
        elif key.lower() in CAMERA_KEYS:
            claims.append(Claim(by="camera", making="captured", weight="written", said=value[:200]))
    tools = [found.xmp_tool, *(v for k, v in found.tags.items() if k.lower() in TOOL_KEYS)]
    return claims + [_tool(value) for value in dict.fromkeys(tools) if value]


def _tool(value: str) -> Claim:
    named = GENERATORS.search(value)
    said = named.group(0) if named and len(value) > 120 else value[:120]
    return Claim(by="tool", making="generated" if named else "unsaid", weight="written", said=said)


def _aigc(value: str) -> Making:
    """China's GB 45438-2025 writes ``{"Label": "1"}``: 1 is, 2 may be, 3 is suspected to be generated."""
    try:
        told = json.loads(value)
    except ValueError:
        return "unsaid"
    label = told.get("Label", told.get("label")) if isinstance(told, dict) else told
    return "generated" if str(label) in ("1", "2", "3") else "unsaid"
