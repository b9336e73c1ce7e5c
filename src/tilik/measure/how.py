"""How a measurement was computed, in words that a reader can check against ``docs/statistics.md``."""

from __future__ import annotations

from tilik.guideline import Text
from tilik.measure.corrected import counts_of
from tilik.measure.facts import StudyFacts
from tilik.measure.inputs import design_of
from tilik.measure.wire import Figure, How

TITLE = Text(id="Cara menghitung", en="How it was computed")
SOURCES = [
    "Ohlsson 1998 (sequential Poisson sampling)",
    "Hájek 1971 (ratio estimator)",
    "Brewer & Donadio 2003 (variance without joint probabilities)",
    "Korn & Graubard 1998 (interval on the effective sample size)",
    "Lancaster 1961 (mid-p)",
]
BY_IMPRESSIONS = Text(id="sebanding dengan tayangannya", en="in proportion to their impressions")
CHANCES = {
    "simple-random": Text(id="dengan peluang yang sama", en="each with the same chance"),
    "multi-target": Text(
        id="menurut tayangan dan seberapa banyak tiap video menentukan angka-angka yang dicari",
        en="by their impressions and by how much each bears on the figures asked for",
    ),
    "purposes": Text(
        id="untuk beberapa tujuan sekaligus, dengan peluang gabungan",
        en="for several purposes at once, with the joint chance",
    ),
    "families": Text(
        id="menurut keluarga video yang hampir sama, sebanding dengan tayangan keluarganya",
        en="by families of near-duplicates, in proportion to the impressions of each family",
    ),
    "rereview": Text(
        id="dari video yang tersentuh rancangan pedoman, sebanding dengan tayangan yang diwakilinya",
        en="from the videos that a draft guideline touches, in proportion to the impressions they stand for",
    ),
}
"""What the chance to be drawn follows, by kind of design; impressions for the others."""
DIFFERENCE = "Angelopoulos, Duchi & Zrnic 2023 (difference estimator with tuned weight)"

TWO_PHASES = "Särndal, Swensson & Wretman 1992, ch. 9 (two phases)"


def how_computed(facts: StudyFacts, score: str | None = None, overall: Figure | None = None) -> How:
    """The steps from draw to interval, for this study; ``score`` is the one that helps the first figure, which
    is ``overall``."""
    drawn, judged = len(facts.pi), int(facts.assessed.sum())
    unjudgeable, stopped = int(facts.unjudgeable.sum()), int(facts.stopped.sum())
    lines = [
        _drawing(facts, drawn),
        Text(
            id=f"Dari {drawn} video yang terambil, {judged} sudah dinilai. Tugas dibagikan dalam urutan acak, "
            "jadi yang sudah dinilai mewakili seluruh sampel; peluang terambilnya dikalikan dengan bagian yang "
            "sudah dinilai pada strata yang sama.",
            en=f"Of {drawn} videos drawn, {judged} have been judged. Tasks are served in random order, so those "
            "judged stand for the whole sample; each inclusion probability is multiplied by the share judged "
            "in its stratum.",
        ),
        Text(
            id="Setiap video diberi bobot tayangan dibagi peluang terambil. Angkanya adalah jumlah bobot video "
            "yang bersangkutan dibagi jumlah semua bobot (penaksir Hájek).",
            en="Each video weighs its impressions divided by its inclusion probability. The figure is the "
            "weight of the videos concerned over the weight of all (Hájek's estimator).",
        ),
        Text(
            id="Selang 95 % memakai ragam Brewer dari sisaan, ditambah setengah kasus yang mungkin terlewat, dan ukuran "
            "sampel efektif (mid-p). Bila tak satu pun ditemukan, hanya batas atasnya yang dicetak. Metode berakhiran "
            "+at-least: selang itu mencakup lebih dari 95 %, karena kasus di baliknya sedikit atau sebagian besar "
            "ragamnya hanya cadangan.",
            en="The 95 % interval uses Brewer's variance of the residuals, with half a positive that may have been "
            "missed, and the effective sample size (mid-p). Where none was found, only the upper bound is printed. Where "
            "the method ends in +at-least the interval covers more than 95 %: few cases stand behind it, or much of "
            "its variance is allowance.",
        ),
        Text(
            id=f"Tidak dapat dinilai: {unjudgeable}. Dihentikan: {stopped}. Keduanya tidak masuk hitungan; bila "
            "banyak, angka ini bisa meleset.",
            en=f"Could not be judged: {unjudgeable}. Stopped: {stopped}. Both are left out; many of them would "
            "bias the figure.",
        ),
        _error(facts, overall),
    ]
    fixed = [TWO_PHASES] if overall is not None and overall.corrected else []
    if score is None:
        return How(title=TITLE, lines=lines, sources=[*SOURCES, *fixed])
    return How(title=TITLE, lines=[*lines, _helped(score)], sources=[*SOURCES, DIFFERENCE, *fixed])


def _error(facts: StudyFacts, overall: Figure | None) -> Text:
    """What was done about reviewers who err."""
    if overall is not None and overall.corrected:
        return _corrected(facts)
    why = overall.uncorrected if overall is not None else None
    return Text(
        id="Kekeliruan peninjau belum dikoreksi" + (f": {why.id}." if why else "."),
        en="It is not corrected for reviewer error" + (f": {why.en}." if why else "."),
    )


def _corrected(facts: StudyFacts) -> Text:
    found = counts_of(facts)
    return Text(
        id="Kekeliruan peninjau dikoreksi dengan fase kedua: yang dinilai bermasalah selalu dinilai ulang oleh orang "
        f"lain, sisanya dengan peluang {found.least:g}. Sudah dinilai ulang: {found.again}, menunggu: {found.waiting}, "
        f"diputus orang ketiga: {found.ruled}. Hasilnya adalah penilaian yang disepakati atau putusan; selisihnya "
        "dengan penilaian pertama dibagi peluang itu lalu dikenakan pada semua (penaksir selisih dua fase). Di "
        "sampingnya: angka dari penilaian pertama saja.",
        en="Reviewer error is corrected by a second phase: what was found to fail is always judged again by somebody "
        f"else, the rest with chance {found.least:g}. Judged again: {found.again}, waiting: {found.waiting}, ruled on: "
        f"{found.ruled}. The outcome is what both say, or the ruling; how it differs from the first judgement, divided "
        "by that chance, is carried to all (two-phase difference estimator). Beside it: the figure from first "
        "judgements alone.",
    )


def how_by_difference(score: str, threshold: float, corrected: StudyFacts | None = None) -> How:
    """The steps of a classifier's figures; ``corrected`` is the study whose second looks entered them."""
    at = Text(
        id=f"Pengklasifikasi menandai video dengan {score} {threshold:g} ke atas. Presisi: bagian tayangan tertanda "
        "yang memang tidak layak. Recall: bagian tayangan tidak layak yang tertanda. Spesifisitas: bagian tayangan "
        "layak yang tidak tertanda.",
        en=f"The classifier acts on videos with {score} of {threshold:g} or more. Precision: the failing part of the "
        "impressions it acts on. Recall: the part of the failing impressions that it acts on. Specificity: the "
        "part of the sound impressions that it leaves alone.",
    )
    few = Text(
        id="Bila kurang dari lima kasus positif ada di baliknya, presisi dan recall hanya diberi batas, tanpa angka "
        "tunggal.",
        en="With fewer than five positives behind it a precision or recall gets its bounds only, no single figure.",
    )
    lines, sources = [at, _helped(score), few], [*SOURCES, DIFFERENCE]
    if corrected is not None:
        lines, sources = [*lines, _corrected(corrected)], [*sources, TWO_PHASES]
    return How(title=TITLE, lines=lines, sources=sources)


def how_by_domain(by: str, fewest: int) -> How:
    """The steps of a pivot."""
    line = Text(
        id=f"Sampel yang sama dibagi menurut {by}: di tiap tingkat, bobot video tidak layak dibagi bobot semua video "
        f"(penaksir Hájek dalam domain). Tingkat dengan kurang dari {fewest} video ternilai, atau setara kurang "
        f"dari {fewest}, disebut namanya tanpa angka.",
        en=f"The one sample split by {by}: in each level the weight of failing videos over the weight of all (Hájek's "
        f"estimator in a domain). A level with fewer than {fewest} judged videos, or worth fewer than {fewest}, is "
        "named without a figure.",
    )
    return How(
        title=TITLE, lines=[line], sources=[*SOURCES, "Särndal, Swensson & Wretman 1992, ch. 10 (domains)"]
    )


def _helped(score: str) -> Text:
    return Text(
        id=f"Skor {score} dikenal untuk semua video. Yang ditaksir dari sampel hanya selisih antara penilaian dan skor; "
        "sisanya dihitung dari kerangka (penaksir selisih). Bila skor tidak berkata apa-apa, bobotnya menjadi nol. "
        "Di sampingnya: angka dari video ternilai saja.",
        en=f"The score {score} is known of every video. Only the difference between judgement and score is estimated "
        "from the sample, the rest is summed over the frame (difference estimator). A score that says nothing gets "
        "no weight. Beside it: the figure from judged videos alone.",
    )


def _drawing(facts: StudyFacts, drawn: int) -> Text:
    strata = len(set(facts.stratum.tolist()))
    certain = int((facts.pi >= 1).sum())
    where = (f"dalam {strata} strata, ", f"in {strata} strata, ") if strata > 1 else ("", "")
    by = CHANCES.get(str(design_of(facts).get("kind")), BY_IMPRESSIONS)
    return Text(
        id=f"{drawn} video diambil {where[0]}{by.id} (Poisson berurutan, seed "
        f"{facts.study.seed}); {certain} di antaranya pasti terambil. Setiap peluang terambil disimpan.",
        en=f"{drawn} videos were drawn {where[1]}{by.en} (sequential Poisson, seed "
        f"{facts.study.seed}); {certain} of them with certainty. Every inclusion probability is kept.",
    )
