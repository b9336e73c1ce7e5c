"""Points 1 to 6 of the weekly page: what was shown, and how the classifier did on it."""

from __future__ import annotations

import numpy as np

from tilik.frame.comparing import compare_score
from tilik.frame.registration import find_frame
from tilik.guideline import CLEAR, Decision, Language, Text
from tilik.kernel import Estimate, Invalid
from tilik.measure import StudyFacts, classify, leakage, thresholds, usual_threshold
from tilik.measure.classifiers import chosen_score
from tilik.measure.inputs import inputs_of
from tilik.measure.pivots import FEWEST
from tilik.policy.trend import step_between
from tilik.report.numbers import percent
from tilik.report.source import Holds, Source, change, failing, share_of, share_within
from tilik.report.wire import Grid, Item, Line, Point
from tilik.stats import average, respondents, shares_by
from tilik.stats.strata import calibrated

KID_DIRECTED = frozenset({"AUD-KID", "AUD-MIX"})
"""Made for children, or for children among others: the same in the shipped guideline and its offspring."""
SYNTHETIC, UNDISCLOSED = "SYN", "SYN-DECV"
ALL = Text(id="semua", en="all")
INDONESIAN = Text(id="Indonesia", en="Indonesian")
TOP_LABELS = 5
TOP_LEAKS = 5
NO_SCORE = Text(
    id="Kerangka ini tidak membawa skor pengklasifikasi; impor dengan --score NAMA=KOLOM.",
    en="This frame has no classifier score; import it with --score NAME=COLUMN.",
)


def seen_points(source: Source) -> list[Point]:
    """The first six points."""
    return [
        _prevalence(source),
        _labels(source),
        _cells(source),
        _synthetic(source),
        *_classifier(source),
    ]


def _kid(decision: Decision) -> bool:
    return decision.audience in KID_DIRECTED


def _prevalence(source: Source) -> Point:
    facts, last = source.facts, source.last
    kids = share_within(facts, failing(facts), _kid, "kid-directed impressions that fail")
    before = [
        share_within(one, failing(one), _kid, "kid-directed impressions that fail") for one in source.past
    ]
    query = source.query("measurement")
    lines = [
        Line(
            name=Text(id="Tayangan untuk anak yang jatuh pada Q3+Q4", en="Kid-directed views on Q3+Q4"),
            query=query,
            estimate=kids,
            change=change(kids, before[-1] if last is not None and before else None, "kid-directed failing"),
        )
    ]
    known = [one for one in before if one.value is not None]
    if known:
        lines.append(
            Line(
                name=Text(
                    id=f"Rata-rata {len(known)} pekan sebelumnya", en=f"Mean of {len(known)} weeks before"
                ),
                query=query,
                estimate=average(known, of="mean kid-directed failing share of the weeks before"),
            )
        )
    overall = source.week.failing
    lines.append(
        Line(
            name=Text(id="Semua tayangan pada Q3+Q4", en="All views on Q3+Q4"),
            query=query,
            estimate=overall.estimate,
            change=source.week.since_last,
        )
    )
    if overall.beside is not None:
        lines.append(
            Line(
                name=Text(id="… tanpa koreksi", en="… uncorrected")
                if overall.corrected
                else Text(id="… dari video ternilai saja", en="… from judged videos alone"),
                query=query,
                estimate=overall.beside,
            )
        )
    lines.extend(_step(source))
    gap = overall.uncorrected or Text(
        id="Belum dikoreksi untuk kekeliruan peninjau: perlu putusan kedua atas sebagian sampel.",
        en="Not corrected for reviewer error: a part of the sample needs a second ruling.",
    )
    return Point(
        number=1,
        title=Text(id="Tayangan tidak layak", en="Failing views"),
        lines=lines,
        gaps=[] if overall.corrected else [gap],
        weeks=[*source.before, source.week][-8:],
    )


def _step(source: Source) -> list[Line]:
    """Where the guideline changed since the week before: the part of the new definition, and the rest."""
    week = source.week
    if not (week.follows and week.new_version):
        return []
    step = step_between(source.connection, source.blobs, source.before[-1], week)
    parts = (
        (
            Text(
                id=f"Karena definisi baru ({step.before} → {step.after})",
                en=f"Due to the new definition ({step.before} → {step.after})",
            ),
            step.definition,
        ),
        (Text(id="Perubahan nyata", en="Real change"), step.real),
    )
    query = f"/api/weeks?as_of={source.series.as_of.seq}"
    return [
        Line(name=name, query=query, kind="change", estimate=one) for name, one in parts if one is not None
    ]


def _fails_with(facts: StudyFacts, code: str) -> Holds:
    fails = failing(facts)
    return lambda decision: fails(decision) and decision.labels.get(code, 0) >= CLEAR


def _labels(source: Source) -> Point:
    facts, last = source.facts, source.last
    every = [
        (label, share_of(facts, _fails_with(facts, label.code), f"failing with {label.code}"))
        for label in facts.guideline.labels
    ]
    found = [(label, estimate) for label, estimate in every if estimate.value]
    found.sort(key=lambda one: (-(one[1].value or 0), one[0].code))
    old = set() if last is None else {label.code for label in last.guideline.labels}
    lines = [
        Line(
            name=Text(id=f"{label.code} {label.name.id}", en=f"{label.code} {label.name.en}"),
            query=source.query("measurement"),
            estimate=estimate,
            change=None
            if last is None or label.code not in old
            else change(estimate, share_of(last, _fails_with(last, label.code), label.code), label.code),
        )
        for label, estimate in found[:TOP_LABELS]
    ]
    absent = [estimate for _, estimate in every if not estimate.value]
    gaps = []
    if absent:
        most = max(one.high for one in absent)
        id_, en = (percent(most, language, 1) for language in ("id", "en"))
        gaps.append(
            Text(
                id=f"{len(absent)} label tidak ditemukan; masing-masing paling banyak {id_}.",
                en=f"{len(absent)} labels were not found; each is at most {en}.",
            )
        )
    return Point(
        number=2, title=Text(id="Label menurut tayangan", en="Labels by views"), lines=lines, gaps=gaps
    )


def _cells(source: Source) -> Point:
    title = Text(id="Bahasa × kelompok usia", en="Language × age band")
    facts = source.facts
    domains = facts.population.domains
    if "language" not in domains or "age_band" not in domains:
        lacking = " + ".join(name for name in ("language", "age_band") if name not in domains)
        gap = Text(
            id=f"Kerangka tidak punya kolom {lacking}; tambahkan saat mengimpor.",
            en=f"The frame has no column {lacking}; bring it in with the import.",
        )
        return Point(number=3, title=title, gaps=[gap])
    on = facts.assessed
    rows, columns = (
        np.asarray(facts.population.domain(name, facts.videos)) for name in ("language", "age_band")
    )
    pi, strata = respondents(facts.pi, on, facts.stratum), facts.stratum[on]
    both = np.char.add(np.char.add(rows, "|"), columns)[on]
    weights = calibrated(facts.impressions[on], pi, strata, facts.stratum_totals)
    y = facts.share_of_judgements(failing(facts))[on]

    def split(by: np.ndarray) -> dict[str, Estimate]:
        found = shares_by(
            y,
            by,
            weights,
            pi,
            strata,
            families=facts.assessed_families,
            of="impression share of failing in {}",
            inputs=inputs_of(facts),
            interval="half-positive",
        )
        return {name: one for name, one in found.items() if min(one.n, one.n_eff) >= FEWEST}

    cells = split(both) | {f"{name}|": one for name, one in split(rows[on]).items()}
    cells |= {f"|{name}": one for name, one in split(columns[on]).items()}
    names = (list(facts.population.levels("language")), sorted(facts.population.levels("age_band")))
    grid = Grid(
        rows=[*(_language(facts, name) for name in names[0]), ALL],
        columns=[*(_years(facts, name) for name in names[1]), ALL],
        cells=[[cells.get(f"{row}|{column}") for column in (*names[1], "")] for row in (*names[0], "")],
        query=source.query("pivot", by="language"),
    )
    thin = sum(cells.get(f"{row}|{column}") is None for row in names[0] for column in names[1])
    gaps, every = [], len(names[0]) * len(names[1])
    if thin:
        gaps.append(
            Text(
                id=f"{thin} dari {every} sel terlalu tipis (perlu n dan n efektif {FEWEST}).",
                en=f"{thin} of {every} cells are too thin (n and effective n of {FEWEST} needed).",
            )
        )
    return Point(number=3, title=title, grid=grid, gaps=gaps)


def _language(facts: StudyFacts, code: str) -> Text:
    named = {one.code: one.name for one in facts.guideline.assessability.languages}
    return named.get(code, INDONESIAN if code == "id" else Text(id=code, en=code))


def _years(facts: StudyFacts, code: str) -> Text:
    """An age band as its years."""
    band = next((one for one in facts.guideline.age_bands if one.code == code), None)
    if band is None:
        return Text(id=code, en=code)
    years = f"{band.from_}+" if band.to is None else f"{band.from_}–{band.to}"
    return Text(id=years, en=years)


def _synthetic(source: Source) -> Point:
    facts = source.facts
    of_family = {label.code for label in facts.guideline.labels if label.family == SYNTHETIC}

    def synthetic(decision: Decision) -> bool:
        return any(decision.labels.get(code, 0) >= 1 for code in of_family)

    def told(code: str) -> Holds:
        return lambda decision: decision.labels.get(code, 0) >= 1

    asked = (
        (
            Text(id="Tayangan video sintetis atau massal", en="Views of synthetic or mass-made video"),
            share_of(facts, synthetic, "synthetic or mass-made"),
            None if source.last is None else share_of(source.last, synthetic, "synthetic"),
        ),
        (
            Text(id="Tampak nyata tanpa keterangan (SYN-DECV)", en="Lifelike and undisclosed (SYN-DECV)"),
            share_of(facts, told(UNDISCLOSED), "synthetic and undisclosed"),
            None,
        ),
        (
            Text(id="Bagian sintetis dari Q3+Q4", en="Synthetic part of Q3+Q4"),
            share_within(facts, synthetic, failing(facts), "failing impressions that are synthetic"),
            None,
        ),
    )
    lines = [
        Line(
            name=name,
            query=source.query("measurement"),
            estimate=estimate,
            change=change(estimate, last, "synthetic share"),
        )
        for name, estimate, last in asked
    ]
    gap = Text(
        id="Dihitung dari label penilaian; asal-usul mesin (C2PA) tidak masuk.",
        en="By the judged labels; machine provenance (C2PA) does not enter.",
    )
    return Point(number=4, title=Text(id="Sintetis", en="Synthetic"), lines=lines, gaps=[gap])


def _classifier(source: Source) -> tuple[Point, Point]:
    title, leak = Text(id="Pengklasifikasi", en="Classifier"), Text(id="Kebocoran", en="Leakage")
    score = chosen_score(source.facts)
    if score is None:
        return Point(number=5, title=title, gaps=[NO_SCORE]), Point(number=6, title=leak, gaps=[NO_SCORE])
    at = usual_threshold(source.connection, source.blobs, source.week.study, score)
    return (
        Point(number=5, title=title, **_held(source, score, at)),
        _leaks(source, leak, score, at),
    )


def _held(source: Source, score: str, at: float) -> dict[str, object]:
    query = source.query("classifier", score=score, threshold=at)
    try:
        found = classify(source.connection, source.blobs, source.week.study, score, at)
    except Invalid as error:
        if error.code != "outcomes-differ":
            raise
        gap = Text(
            id="Peninjau berbeda pada beberapa video; presisi dan recall menunggu putusan.",
            en="Reviewers differ on some videos; precision and recall wait for rulings.",
        )
        return {"gaps": [gap]}
    lines = [
        Line(
            name=Text(
                id=f"{figure.name.id} ({score} ≥ {_cut(at, 'id')})",
                en=f"{figure.name.en} ({score} ≥ {_cut(at, 'en')})",
            ),
            query=query,
            estimate=figure.estimate,
        )
        for figure in found.figures
        if figure.code in {"precision", "recall"}
    ]
    moved, gaps = _drift(source, score)
    return {"lines": [*lines, *moved, *_moving(source, score)], "gaps": gaps}


def _drift(source: Source, score: str) -> tuple[list[Line], list[Text]]:
    """How far the score's mean moved: both frames are there in full, so it is counted, not estimated."""
    if source.last is None:
        gap = Text(
            id="Pergeseran skor: perlu kerangka pekan sebelumnya.",
            en="Score drift: the week before is needed.",
        )
        return [], [gap]
    frames = [find_frame(source.connection, one.study.frame) for one in (source.last, source.facts)]
    paths = [source.blobs.path(one.snapshot) for one in frames]
    if any(score not in one.summary.scores for one in frames):
        return [], [NO_SCORE]
    shift = compare_score(score, *paths)
    line = Line(
        name=Text(id="Tayangan yang bergeser ke pita skor lain", en="Views that moved to another score band"),
        query=source.query("classifier", score=score, threshold=0.5),
        counted=shift.moved,
        n=frames[1].rows,
    )
    return [line], []


def _moving(source: Source, score: str) -> list[Line]:
    """What a step of the threshold down would cost: more acted on, more found."""
    table = thresholds(source.connection, source.blobs, source.week.study, score)
    lower = next((row for row in table.rows if row.threshold < table.stated - 0.075), None)
    if lower is None:
        return []
    to, there = _cut(lower.threshold, "id"), _cut(lower.threshold, "en")
    query = source.query("thresholds", score=score)
    return [
        Line(
            name=Text(id=f"Bila ambang turun ke {to}: recall", en=f"With the line at {there}: recall"),
            query=query,
            estimate=lower.recall,
        ),
        Line(
            name=Text(id=f"… dan tayangan yang ditindak di {to}", en=f"… and views acted on at {there}"),
            query=query,
            counted=lower.flagged.value,
            n=lower.recall.n,
        ),
    ]


def _cut(threshold: float, language: Language) -> str:
    return f"{threshold:g}".replace(".", "," if language == "id" else ".")


def _leaks(source: Source, title: Text, score: str, at: float) -> Point:
    found = leakage(source.connection, source.blobs, source.week.study, score, at, listed=TOP_LEAKS)
    query = source.query("leakage", score=score, threshold=at)
    missed = Line(
        name=Text(
            id=f"Bagian tayangan tidak layak di bawah {_cut(at, 'id')}",
            en=f"Part of failing views below {_cut(at, 'en')}",
        ),
        query=query,
        estimate=found.missed,
    )
    items = [
        Item(video=one.video, impressions=one.impressions, score=one.score, labels=one.labels, link=query)
        for one in found.items
    ]
    return Point(number=6, title=title, lines=[missed], items=items)
