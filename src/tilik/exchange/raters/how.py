"""How raters are compared, in words."""

from __future__ import annotations

from tilik.guideline import Text
from tilik.measure import How
from tilik.measure.facts import StudyFacts
from tilik.measure.how import TITLE

FAILS = Text(id="Tidak layak atau layak", en="Fails or passes")
NO_OTHERS = Text(
    id="belum ada video yang dinilai tiga orang atau lebih; dengan dua orang, hasil akhirnya bergantung pada suara "
    "orang yang diukur",
    en="no video was judged by three people or more; with two, the outcome hangs on the vote of the person measured",
)
NO_GOLD = Text(id="belum ada penilaian emas tersembunyi", en="no hidden gold has been judged yet")
NO_OUTCOME = Text(id="belum ada hasil akhir", en="nothing is settled yet")
UNRULED = Text(
    id="ada video yang diperselisihkan dan belum satu pun diputus",
    en="some videos are contested and none is ruled on yet",
)


def no_outcome(known: object) -> Text:
    """Why there is no outcome to compare with."""
    return known if isinstance(known, Text) else NO_OUTCOME


def how_compared(facts: StudyFacts) -> How:
    """The steps, for this study."""
    truth = Text(
        id="Mesin dan pengklasifikasi dibandingkan dengan hasil akhir: putusan pihak ketiga, atau apa yang disepakati "
        "semua peninjau video itu; bila satu orang saja yang menilai, penilaian itulah hasilnya, beserta "
        "kekeliruannya.",
        en="Machines and classifiers are compared with outcomes: a third person's ruling, or what all reviewers of "
        "the video agree on; where one person judged it, theirs is the outcome, with their errors in it.",
    )
    if facts.looks:
        truth = Text(
            id="Mesin dan pengklasifikasi dibandingkan dengan hasil akhir video yang dinilai ulang: yang disepakati "
            "dua orang, atau putusan pihak ketiga. Peluang dinilai ulang ikut dalam bobot.",
            en="Machines and classifiers are compared with the outcomes of videos that were judged again: what two "
            "people agree on, or a third person's ruling. The chance of being judged again is in the weights.",
        )
    return How(title=TITLE, lines=[truth, *LINES], sources=SOURCES)


LINES = [
    Text(
        id="Orang tidak pernah diukur dengan suaranya sendiri: pembandingnya apa yang disepakati dua orang lain atau "
        "lebih, atau putusan pihak ketiga. Emas tersembunyi dihitung sama berat, tanpa bobot sampel, dan berdiri di "
        "barisnya sendiri.",
        en="Nobody is held against their own vote: people are compared with what two others or more agree on, or "
        "with a third person's ruling. Hidden gold counts evenly, without design weights, in a row of its own.",
    ),
    Text(
        id="Sensitivitas: bagian tayangan video yang memang bermasalah dan dikenali. Spesifisitas: bagian tayangan "
        "video yang tidak bermasalah dan dibiarkan. Tiap video berbobot tayangan dibagi peluang hasilnya diketahui "
        "(penaksir Hájek); beberapa penilaian atas satu video menjadi satu gugus.",
        en="Sensitivity: the part of the impressions of truly positive videos that was found. Specificity: the part "
        "of those that are not that was left alone. Each video weighs its impressions over the chance that its "
        "outcome is known (Hájek's estimator); several judgements of one video are one cluster.",
    ),
    Text(
        id="Video yang dihentikan atau dikunci, yang tidak dapat dinilai, dan yang tidak dijawab penilai itu tidak "
        "masuk hitungannya. Penilaian mesin tidak pernah masuk ke hasil akhir, angka, atau data latih. Kekeliruan "
        "yang sama pada semua orang tidak terlihat.",
        en="Stopped and locked videos, those that could not be judged, and those on which a rater said nothing stay "
        "out of its rates. A machine's verdicts never enter an outcome, a figure or a training set. Errors that "
        "everybody shares are not seen.",
    ),
]
SOURCES = [
    "Särndal, Swensson & Wretman 1992, ch. 9–10 (two phases, domains)",
    "Brewer 2002 (variance); Korn & Graubard 1998, Lancaster 1961 (intervals)",
]
