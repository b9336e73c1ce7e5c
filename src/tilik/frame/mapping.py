"""A column brought into a frame from a file beside it: which family of near-duplicates a video is in."""

from __future__ import annotations

import ibis.expr.types as ir

from tilik.kernel import Invalid

FAMILY = "family"


def with_families(frame: ir.Table, mapping: ir.Table, where: str) -> ir.Table:
    """The frame with the column ``family``; null where the mapping has no row of the video.

    Raises ``Invalid`` where the mapping lacks its two columns or names a video twice, or the frame has
    families already.
    """
    absent = [name for name in ("video", FAMILY) if name not in mapping.columns]
    if absent:
        raise Invalid(
            "families-columns-missing",
            f"no column {', '.join(absent)}; found {', '.join(mapping.columns)}.",
            where=where,
            mend="A mapping has the columns video and family.",
        )
    if FAMILY in frame.columns:
        raise Invalid("families-twice", "the frame has a column family already", where=where)
    known = mapping.select(of=mapping["video"].cast("string"), **{FAMILY: mapping[FAMILY].cast("string")})
    known = known.filter(known["of"].notnull() & known[FAMILY].notnull())
    twice = known.group_by("of").having(known.count() > 1).aggregate().order_by("of").limit(1)
    first = twice.to_pyarrow()["of"].to_pylist()
    if first:
        raise Invalid("families-video-twice", f"video {first[0]} is in the mapping twice", where=where)
    joined = frame.left_join(known, frame["video"] == known["of"]).drop("of")
    return joined.select(*frame.columns, FAMILY).order_by("video")
