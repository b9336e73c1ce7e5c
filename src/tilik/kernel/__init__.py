"""Words that every room speaks: ids, time, digests, spans, evidence, estimates, errors. No I/O."""

from tilik.kernel.clock import Clock, from_text, to_text, utc_now
from tilik.kernel.digest import Json, canonical, digest, digest_bytes
from tilik.kernel.errors import Conflict, Invalid, Missing, Refused, TilikError, Unavailable
from tilik.kernel.estimate import Estimate
from tilik.kernel.evidence import Evidence, EvidenceKind
from tilik.kernel.ids import PersonId, StudyId, TaskId, VideoId, new_id
from tilik.kernel.span import Seconds, Span

__all__ = [
    "Clock",
    "Conflict",
    "Estimate",
    "Evidence",
    "EvidenceKind",
    "Invalid",
    "Json",
    "Missing",
    "PersonId",
    "Refused",
    "Seconds",
    "Span",
    "StudyId",
    "TaskId",
    "TilikError",
    "Unavailable",
    "VideoId",
    "canonical",
    "digest",
    "digest_bytes",
    "from_text",
    "new_id",
    "to_text",
    "utc_now",
]
