"""Points 7 to 12 of the weekly page: the work behind the figures and what is lacking. No person is named."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, func, select

from tilik.guideline import CLEAR, Decision, Text
from tilik.kernel import Estimate, Invalid, from_text
from tilik.measure.kept import decider_of
from tilik.policy import impact
from tilik.quality.gold import accuracy, scored
from tilik.report.source import Source
from tilik.report.wire import Line, Point
from tilik.stats import hajek_mean, hajek_ratio, wilson
from tilik.stats.agreement import agreement, ratings_from_table
from tilik.store.adjudication_tables import dispute
from tilik.store.casebook_tables import casebook
from tilik.store.tables import escalation, frame, judgement, task
from tilik.study import find_version, guideline_of, versions

RULED = frozenset({"ruled", "added_to_guideline"})
TINY = 1e-9
"""The chance of a judgement out of an endless stream: its variance is that of a plain mean."""


def work_points(source: Source) -> list[Point]:
    """The last six points."""
    done = Done.of(source)
    return [
        _capacity(source, done),
        _quality(source, done),
        _escalations(source),
        _guideline(source, done),
        _content_gaps(source),
        _data(source),
    ]


@dataclass(frozen=True)
class Done:
    """The period's judgements with what each comes to."""

    rows: tuple[Row[Any], ...]
    decisions: tuple[Decision | None, ...]

    @classmethod
    def of(cls, source: Source) -> Done:
        """Read them."""
        columns = (judgement.c.task, judgement.c.person, judgement.c.answers, judgement.c.active_seconds)
        query = (
            select(*columns)
            .join(task, task.c.id == judgement.c.task)
            .where(task.c.study == source.week.study)
            .order_by(judgement.c.id)
        )
        rows = tuple(source.connection.execute(query))
        comes_to = decider_of(source.facts.study.guideline, source.facts.guideline, json.loads)
        return cls(rows, tuple(comes_to(row.answers) for row in rows))


def _capacity(source: Source, done: Done) -> Point:
    query, facts = source.query("measurement"), source.facts
    drawn, judged = len(facts.pi), int(facts.assessed.sum())
    seconds = np.array([row.active_seconds for row in done.rows], dtype=float)
    lines = [
        Line(
            name=Text(id="Dinilai dari yang direncanakan", en="Judged of planned"),
            query=query,
            counted=(drawn - _waiting(source)) / max(1, drawn),
            n=drawn,
        ),
        Line(
            name=Text(id="Dapat dinilai dari yang terambil", en="Assessable of drawn"),
            query=query,
            counted=judged / max(1, drawn),
            n=drawn,
        ),
    ]
    if seconds.size > 1:
        lines.insert(
            1,
            Line(
                name=Text(id="Waktu aktif per penilaian", en="Active time per judgement"),
                query=query,
                kind="seconds",
                estimate=_plain_mean(seconds, "active seconds per judgement"),
            ),
        )
    if _waiting(source):
        lines.append(
            Line(
                name=Text(id="Umur antrean tertua", en="Age of the oldest waiting"),
                query=query,
                kind="days",
                counted=_age(source),
                n=_waiting(source),
            )
        )
    return Point(number=7, title=Text(id="Kapasitas", en="Capacity"), lines=lines)


def _waiting(source: Source) -> int:
    facts = source.facts
    return len(facts.pi) - int((facts.assessed | facts.unjudgeable | facts.stopped).sum())


def _age(source: Source) -> float:
    now, drawn = from_text(source.series.as_of.at), from_text(source.facts.study.drawn_at)
    return (now - drawn).total_seconds() / 86_400


def _plain_mean(values: np.ndarray, of: str) -> Estimate:
    return hajek_mean(values, np.ones(values.size), np.full(values.size, TINY), of=of)


def _quality(source: Source, done: Done) -> Point:
    lines, gaps = [], []
    scores = [one.score for one in scored(source.connection, source.blobs, "gold")]
    if scores:
        right = accuracy(scores, "the team")
        name = Text(id="Vonis benar pada video acuan", en="Verdicts right on gold")
        lines.append(Line(name=name, query=source.query("measurement"), estimate=right.right))
    else:
        gaps.append(
            Text(
                id="Belum ada video acuan yang dinilai; tanam beberapa di antrean.",
                en="No gold item has been judged; plant some in the queue.",
            )
        )
    alphas = _alphas(source, done)
    lines.extend(alphas)
    if not alphas:
        gaps.append(
            Text(
                id="Alpha per keluarga: belum ada video yang dinilai dua orang.",
                en="Alpha by family: no video has been judged by two people.",
            )
        )
    lines.extend(_disputes(source))
    gaps.append(
        Text(
            id="Siapa yang perlu kalibrasi: lihat halaman mutu; orang tidak diperingkat di sini.",
            en="Who needs calibration: see the quality page; people are not ranked here.",
        )
    )
    return Point(number=8, title=Text(id="Mutu penilaian", en="Quality"), lines=lines, gaps=gaps)


def _alphas(source: Source, done: Done) -> list[Line]:
    """Krippendorff's alpha of whether a family has a clear label, by tasks that two or more judged."""
    assessed = [
        (row, decision)
        for row, decision in zip(done.rows, done.decisions, strict=True)
        if decision is not None and decision.assessable
    ]
    shared = {one for one, count in Counter(row.task for row, _ in assessed).items() if count > 1}
    twice = [(row, decision) for row, decision in assessed if row.task in shared]
    if len(shared) < 2:
        return []
    guideline, found = source.facts.guideline, []
    for family in guideline.families:
        codes = [label.code for label in guideline.labels if label.family == family.code]
        said = [str(int(any(d.labels.get(code, 0) >= CLEAR for code in codes))) for _, d in twice]
        if len(set(said)) < 2:
            continue  # nobody, or everybody, found one: no agreement beyond chance to speak of
        try:
            ratings = ratings_from_table([r.task for r, _ in twice], [r.person for r, _ in twice], said)
            estimate = agreement(ratings, "alpha", of=f"alpha of {family.code}")
        except Invalid:
            continue
        found.append(
            Line(
                name=Text(id=f"Alpha {family.code}", en=f"Alpha {family.code}"),
                query=source.query("measurement"),
                kind="coefficient",
                estimate=estimate,
            )
        )
    return found


def _disputes(source: Source) -> list[Line]:
    states = Counter(source.connection.execute(select(dispute.c.state)).scalars())
    ruled = states["upheld"] + states["overturned"]
    if not ruled:
        return []
    ends = wilson(states["overturned"], ruled)
    estimate = Estimate(
        value=states["overturned"] / ruled,
        low=ends.low,
        high=ends.high,
        n=ruled,
        n_eff=ruled,
        method="share+wilson",
        of="rulings overturned on dispute",
    )
    name = Text(id="Sanggahan yang dibenarkan", en="Disputes upheld")
    return [Line(name=name, query=source.query("measurement"), estimate=estimate)]


def _escalations(source: Source) -> Point:
    first, last = source.week.first.isoformat(), f"{source.week.last.isoformat()}T23:59:59.999999Z"
    query = (
        select(func.count())
        .select_from(escalation)
        .where(escalation.c.raised_at >= first, escalation.c.raised_at <= last)
    )
    count = int(source.connection.execute(query).scalar_one())
    here = (
        select(func.count())
        .select_from(escalation)
        .join(task, task.c.id == escalation.c.task)
        .where(task.c.study == source.week.study)
    )
    lines = [
        Line(
            name=Text(id="Dihentikan dalam periode ini", en="Stopped in this period"),
            query="/api/trail?type=work-stopped",
            kind="number",
            counted=count,
        ),
        Line(
            name=Text(id="Dihentikan pada sampel ini", en="Stopped on this sample"),
            query=source.query("measurement"),
            kind="number",
            counted=int(source.connection.execute(here).scalar_one()),
        ),
    ]
    gap = Text(
        id="Waktu tanggap dan pelanggaran batas: belum ada catatan penerimaan di ruang kerja ini.",
        en="Time to acknowledge and breaches: this workspace keeps no acknowledgements yet.",
    )
    return Point(number=9, title=Text(id="Eskalasi", en="Escalations"), lines=lines, gaps=[gap])


def _guideline(source: Source, done: Done) -> Point:
    query = source.query("measurement")
    judged = [one for one in done.decisions if one is not None and one.assessable]
    overridden = [one for one in judged if one.overridden]
    labels = Counter(code for one in overridden for code, level in one.labels.items() if level > 0)
    most = ", ".join(f"{code} {count}" for code, count in sorted(labels.most_common(3), key=lambda c: -c[1]))
    ends = wilson(len(overridden), max(1, len(judged)))
    lines = [
        Line(
            name=Text(
                id="Vonis usulan yang diubah" + (f" (terbanyak: {most})" if most else ""),
                en="Proposed verdicts overridden" + (f" (most: {most})" if most else ""),
            ),
            query=query,
            estimate=Estimate(
                value=len(overridden) / max(1, len(judged)),
                low=ends.low,
                high=ends.high,
                n=len(judged),
                n_eff=len(judged),
                method="share+wilson",
                of="proposed verdicts overridden",
            ),
        ),
        *_edge_cases(source.connection),
    ]
    title = Text(id=f"Pedoman {source.week.version}", en=f"Guideline {source.week.version}")
    more, gaps = _next_version(source)
    return Point(number=10, title=title, lines=[*lines, *more], gaps=gaps)


def _edge_cases(connection: Connection) -> list[Line]:
    rows = connection.execute(select(casebook.c.state).where(casebook.c.kind == "edge-case")).scalars().all()
    ruled = sum(state in RULED for state in rows)
    return [
        Line(
            name=Text(
                id=f"Kasus tepi dibuka ({ruled} sudah diputus)", en=f"Edge cases opened ({ruled} ruled)"
            ),
            query="/api/casebook",
            kind="number",
            counted=len(rows),
        )
    ]


def _next_version(source: Source) -> tuple[list[Line], list[Text]]:
    """What would flip under the newest version that is not active yet."""
    known = versions(source.connection)
    waiting = [one for one in known if one.state in {"draft", "trial"} and one.hash != source.week.guideline]
    if not waiting:
        text = Text(
            id="Tidak ada versi berikutnya yang dirancang.", en="No next version of the guideline is drafted."
        )
        return [], [text]
    draft = find_version(source.connection, waiting[-1].hash)
    guideline_of(source.connection, source.blobs, draft.hash)
    found = impact(source.connection, source.blobs, draft, study=source.week.study, listed=0)
    return [
        Line(
            name=Text(
                id=f"Tayangan yang berbalik pada {draft.version}", en=f"Views that flip under {draft.version}"
            ),
            query=f"/api/versions/{draft.hash}/impact",
            estimate=one.flipping,
        )
        for one in found.studies
    ], []


def _content_gaps(source: Source) -> Point:
    title = Text(id="Kesenjangan konten", en="Content gaps")
    query = select(casebook.c.type).where(casebook.c.kind != "edge-case").order_by(casebook.c.number)
    types = Counter(source.connection.execute(query).scalars())
    names = {one.code: one.name for one in source.facts.guideline.casebook.content_gap_types}
    lines = [
        Line(
            name=names.get(code, Text(id=code, en=code)), query="/api/casebook", kind="number", counted=count
        )
        for code, count in types.most_common()
    ]
    gap = Text(
        id="Belum ada kesenjangan konten yang dicatat di buku kasus.",
        en="No content gap has been entered in the casebook.",
    )
    return Point(number=11, title=title, lines=lines, gaps=[] if lines else [gap])


def _data(source: Source) -> Point:
    facts, query = source.facts, source.query("measurement")
    row = source.connection.execute(select(frame).where(frame.c.hash == facts.study.frame)).one()
    without = int(json.loads(row.summary).get("without_impressions", 0))
    lines = [
        Line(
            name=Text(id="Tayangan yang tak dapat dinilai", en="Views that cannot be judged"),
            query=query,
            estimate=_unjudgeable(source),
        ),
        Line(
            name=Text(id="Video tanpa tayangan dalam kerangka", en="Videos without views in the frame"),
            query=query,
            counted=without / max(1, row.rows),
            n=row.rows,
        ),
        Line(
            name=Text(id="Sampel terambil dari rancangan", en="Sample drawn of designed"),
            query=query,
            counted=len(facts.pi) / max(1, facts.study.budget),
            n=facts.study.budget,
        ),
        Line(
            name=Text(id="Tayangan terwakili sampel ÷ kerangka", en="Views the sample stands for ÷ frame"),
            query=query,
            counted=float((facts.impressions / facts.pi).sum()) / facts.frame_impressions,
            n=len(facts.pi),
        ),
    ]
    reasons = Counter(
        str(d.na_code) for found in facts.decisions for d in found if not d.assessable and d.na_code
    )
    gone = _told(reasons)
    return Point(number=12, title=Text(id="Mutu data", en="Data quality"), lines=lines, gaps=gone)


def _told(reasons: Counter[str]) -> list[Text]:
    if not reasons:
        return []
    names = ", ".join(f"{code} {count}" for code, count in reasons.most_common(3))
    return [Text(id=f"Alasan: {names}.", en=f"Reasons: {names}.")]


def _unjudgeable(source: Source) -> Estimate:
    facts = source.facts
    seen = facts.assessed | facts.unjudgeable
    return hajek_ratio(
        facts.unjudgeable[seen].astype(float),
        facts.impressions[seen],
        facts.pi[seen],
        facts.stratum[seen],
        interval="half-positive",
        of="impression share that cannot be judged",
    )
