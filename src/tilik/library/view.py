"""One video with everything that is known of it; and what a search or an offer shows of videos."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from tilik.guideline import Decision, Guideline
from tilik.kernel import Missing, Refused
from tilik.library.cards import SCREENING, Desk, reason_of
from tilik.library.looking_up import lookup_view
from tilik.library.offering import Offer
from tilik.library.stopping import stopped_by
from tilik.library.wire import (
    EdgeView,
    FamilyView,
    FileFacts,
    FoundList,
    FoundView,
    HitView,
    OfferView,
    SiblingView,
    VideoView,
    WorkView,
)
from tilik.media.keeping import load_summaries
from tilik.media.lending import lent_to
from tilik.media.placing import family_of
from tilik.media.registration import RegisteredVideo, find_video, results_of, video_grant
from tilik.media.searching import FOUND, Place, search
from tilik.media.words import Query
from tilik.store.tables import study, task, video
from tilik.study.shown import shown, told


def video_view(desk: Desk, identity: str) -> VideoView:
    """One video. Raises ``Missing``, also of a locked one, ``Refused`` to who may still judge it blind."""
    row = desk.connection.execute(
        select(desk.hidden.label("hidden"), video.c.id, video.c.title, video.c.content, video.c.locked).where(
            video.c.id == identity
        )
    ).first()
    if row is None:
        raise Missing("video-missing", "no file is registered for this video", where=identity)
    if row.hidden:
        raise Refused(
            "video-blind",
            "you may still be asked to judge this video blind",
            where=identity,
            mend="Judge it first, or ask somebody who does not review.",
        )
    seen = shown(desk.connection, desk.blobs, identity, blind=False, task=identity)
    found = find_video(desk.connection, identity)
    reason, detail = reason_of(found.record)
    lookup = load_summaries(desk.connection, desk.blobs, SCREENING, [found.content]).get(found.content)
    return VideoView(
        video=identity,
        guideline=stopped_by(desk.connection, identity),
        title=found.title,
        media=desk.writer.media(video_grant(identity), found.record, seen.loudness),
        reason=reason,
        detail=detail,
        facts=_facts(found),
        declared=found.declared,
        evidence=told(seen.evidence),
        lent=lent_to(desk.connection, desk.blobs, found),
        family=_family(desk, found),
        lookup=lookup_view(row, lookup) if lookup else None,
        work=_work(desk, identity),
        failed={one.analyser: one.failed for one in results_of(desk.blobs, found) if one.failed},
    )


def _facts(found: RegisteredVideo) -> FileFacts:
    probe, playback = found.record.probe, found.record.playback
    known = {name: value for name, value in probe.items() if name in FileFacts.model_fields}
    copied = playback is not None and playback.content != found.content
    return FileFacts.model_validate({**known, "copied": copied})


def _family(desk: Desk, found: RegisteredVideo) -> FamilyView | None:
    family = family_of(desk.connection, found.content)
    contents = family.members if family else (found.content,)
    query = select(video.c.id, video.c.content).where(video.c.content.in_(contents)).order_by(video.c.id)
    rows = desk.connection.execute(query).all()
    if len(rows) < 2:
        return None
    age = {content: place for place, content in enumerate(contents)}
    ordered = sorted(rows, key=lambda row: (row.id != found.id, age[row.content], row.id))
    cards, place = desk.cards([row.id for row in ordered]), {row.id: k for k, row in enumerate(ordered)}
    by_content: dict[str, list[str]] = {}
    for row in ordered:
        by_content.setdefault(row.content, []).append(row.id)
    edges = [
        EdgeView(one=place[one], other=place[other], share=match.share, distance=match.distance)
        for match in (family.matches if family else ())
        for one in by_content.get(match.one, ())
        for other in by_content.get(match.other, ())
    ]
    same = [
        EdgeView(one=place[one], other=place[other], share=1.0, distance=0, same=True)
        for bearers in by_content.values()
        for k, one in enumerate(bearers)
        for other in bearers[k + 1 :]
    ]
    return FamilyView(members=[cards[row.id] for row in ordered], edges=[*edges, *same])


def _work(desk: Desk, identity: str) -> list[WorkView]:
    rows = desk.connection.execute(
        select(study.c.name, study.c.blind, task.c.state)
        .join(study, study.c.id == task.c.study)
        .where(task.c.video == identity)
        .order_by(study.c.drawn_at, study.c.id)
    ).all()
    return [WorkView(study=row.name, blind=row.blind, state=row.state) for row in rows]


def search_view(desk: Desk, query: Query, places: Sequence[Place]) -> FoundList:
    """What a search found, without what whoever asks may still judge blind."""
    rows = search(desk.connection, query, places=places, hidden=desk.hidden)
    cards = desk.cards([row.video for row in rows])
    found = [
        FoundView(
            card=cards[row.video],
            count=row.count,
            hits=[
                HitView(place=hit.place, start=hit.start, end=hit.end, text=hit.text, marks=list(hit.marks))
                for hit in row.hits
            ],
        )
        for row in rows
    ]
    hits = sum(len(one.hits) for one in found)
    return FoundList(found=found, hits=hits, most=hits >= FOUND)


def offer_views(desk: Desk, found: Sequence[Offer], guidelines: dict[str, Guideline]) -> list[OfferView]:
    """Offers as they are sent, without videos that whoever asks may still judge blind."""
    cards = desk.cards({one.video for one in found} | {s.video for one in found for s in one.siblings})
    return [
        OfferView(
            judged=one.judged,
            card=cards[one.video],
            study=one.study,
            **_decided(guidelines[one.guideline], one.decision),
            judgements=one.judgements,
            siblings=[
                SiblingView(
                    task=s.task, card=cards[s.video], study=s.study, share=s.share, distance=s.distance
                )
                for s in one.siblings
                if not cards[s.video].hidden
            ],
        )
        for one in found
        if not cards[one.video].hidden
    ]


def _decided(document: Guideline, decision: Decision) -> dict[str, object]:
    verdict = next((v for v in document.verdict.values if v.code == decision.verdict), None)
    labels = [label.name for label in document.labels if decision.labels.get(label.code, 0) > 0]
    return {
        "verdict": verdict.name if verdict else None,
        "fails": bool(verdict and verdict.fails),
        "min_age": decision.min_age,
        "labels": labels,
    }
