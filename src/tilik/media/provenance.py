"""Reading what a file says of its origin: C2PA, XMP, tags. Runs only inside the guarded child.

Nothing is fetched: a manifest that lies elsewhere is said to, revocation is not asked for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from av.error import FFmpegError

from tilik.media.around import NOTHING_AROUND, Around
from tilik.media.boxes import find_metadata
from tilik.media.limits import Limits
from tilik.media.opening import Stop, open_media
from tilik.media.origin import CAMERA_KEYS, TOOL_KEYS, ManifestState, Provenance, source_type

XMP_TYPE = re.compile(
    r"DigitalSourceType\s*(?:=\s*[\"']([^\"'<>]{1,300})|>\s*([^<>]{1,300})<|rdf:resource\s*=\s*[\"']([^\"']{1,300})|"
    r"[^<>]{0,80}rdf:resource\s*=\s*[\"']([^\"']{1,300}))",
    re.IGNORECASE,
)
XMP_TOOL = re.compile(r"CreatorTool\s*(?:=\s*[\"']([^\"'<>]{1,300})|>\s*([^<>]{1,300})<)", re.IGNORECASE)
XMP_REMOTE = re.compile(r"dcterms:provenance\b", re.IGNORECASE)
KEPT_KEYS = (*TOOL_KEYS, *CAMERA_KEYS, "aigc", "aigc_info", "artist", "copyright", "com.android.version")
MOST_TAGS, MOST_VALUE, MOST_CODES = 20, 2_000, 6
STATES: dict[str, ManifestState] = {"Trusted": "trusted", "Valid": "valid", "Invalid": "invalid"}


def read_provenance(source: Path, limits: Limits, around: Around = NOTHING_AROUND) -> Provenance:
    """All that the file says. Never raises for what it holds."""
    try:
        found = find_metadata(source)
    except OSError:
        return Provenance()
    packets = [packet.decode("utf-8", "replace") for packet in found.xmp]
    types = (m for packet in packets for m in XMP_TYPE.finditer(packet))
    tools = (m for packet in packets for m in XMP_TOOL.finditer(packet))
    told: dict[str, Any] = {
        "xmp_source_types": tuple(dict.fromkeys(source_type(_group(m)) for m in types))[:8],
        "xmp_tool": next((" ".join(_group(m).split()) for m in tools), ""),
        "remote": any(XMP_REMOTE.search(packet) for packet in packets) and not found.c2pa,
        "tags": _tags(source, limits),
    }
    manifest = _manifest(source, around.anchors) if found.c2pa else {}
    return Provenance(**told, **manifest)


def _group(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group), "")


def _tags(source: Path, limits: Limits) -> dict[str, str]:
    """The container's and its tracks' metadata that bear on the origin."""
    try:
        with open_media(source, limits) as container:
            every = [container.metadata, *(s.metadata for s in container.streams)]
    except (Stop, FFmpegError, ValueError, OSError):
        return {}
    told: dict[str, str] = {}
    for metadata in every:
        for key, value in metadata.items():
            if key.lower() in KEPT_KEYS and value.strip() and len(told) < MOST_TAGS:
                told.setdefault(key.lower(), " ".join(value.split())[:MOST_VALUE])
    return told


def _manifest(source: Path, anchors: str) -> dict[str, Any]:
    """State, generator, issuer, time and source types of the manifest inside the file."""
    try:
        import c2pa  # noqa: PLC0415  an extra, and slow to load where no file carries a manifest
    except ImportError:
        return {"manifest": "unchecked", "detail": "the extra `provenance` is not installed"}
    trust = {"trust": {"trust_anchors": anchors}} if anchors else {}
    verify = {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True}
    try:
        context = c2pa.Context(c2pa.Settings.from_dict({"version": 1, "verify": verify, **trust}))
        with c2pa.Reader(source, context=context) as reader:
            return _told(json.loads(reader.json()))
    except (c2pa.C2paError, OSError, ValueError) as failed:
        return {"manifest": "invalid", "detail": f"{type(failed).__name__}: {failed}"[:300]}


def _told(store: dict[str, Any]) -> dict[str, Any]:
    manifests = store.get("manifests", {})
    active = manifests.get(store.get("active_manifest"), {})
    signature = active.get("signature_info") or {}
    status = store.get("validation_results", {}).get("activeManifest", {})
    failed = dict.fromkeys(str(one.get("code", "")) for one in status.get("failure", []))
    earlier = [m for name, m in manifests.items() if name != store.get("active_manifest")]
    types = [*_types(active), *(name for manifest in earlier for name in _types(manifest))]
    return {
        "manifest": STATES.get(str(store.get("validation_state")), "invalid"),
        "detail": ", ".join(list(failed)[:MOST_CODES]),
        "generator": _generator(active)[:200],
        "issuer": str(signature.get("issuer") or "")[:200],
        "signed_at": str(signature.get("time") or "")[:40],
        "source_types": tuple(dict.fromkeys(types))[:8],
    }


def _generator(manifest: dict[str, Any]) -> str:
    for info in manifest.get("claim_generator_info") or []:
        if isinstance(info, dict) and info.get("name"):
            return " ".join(str(part) for part in (info["name"], info.get("version")) if part)
    return str(manifest.get("claim_generator") or "")


def _types(manifest: dict[str, Any]) -> Iterator[str]:
    """Digital source types of the actions that made or changed it."""
    for assertion in manifest.get("assertions") or []:
        if not str(assertion.get("label", "")).startswith("c2pa.actions"):
            continue
        data = assertion.get("data")
        actions = data.get("actions") if isinstance(data, dict) else None
        for action in actions or []:
            if isinstance(action, dict) and isinstance(action.get("digitalSourceType"), str):
                yield source_type(action["digitalSourceType"])
