"""The weekly page's own phrases in both languages; everything else comes from the guideline or the points."""

from __future__ import annotations

from tilik.guideline import Language

WORDS: dict[str, dict[Language, str]] = {
    "title": {"id": "Laporan mingguan", "en": "Weekly report"},
    "lead": {
        "id": "Mutu tayangan untuk anak dan remaja",
        "en": "Quality of video for children and teens",
    },
    "study": {
        "id": "Studi {name}: {judged} dari {drawn} video terambil sudah dinilai, menurut pedoman {version}.",
        "en": "Study {name}: {judged} of {drawn} drawn videos judged, by guideline {version}.",
    },
    "simulated": {
        "id": "Contoh: {count} penilaian dibuat oleh peninjau simulasi. Ini bukan temuan.",
        "en": "Sample: {count} judgements were made by simulated reviewers. These are not findings.",
    },
    "reading": {
        "id": "Setiap angka: nilai (selang 95 %), n. Perubahan dalam poin persen dari pekan sebelumnya; "
        "▲▼ bila melampaui kebetulan.",
        "en": "Every number: value (95 % interval), n. Change in percentage points on the week before; "
        "▲▼ where it is beyond chance.",
    },
    "trend": {
        "id": "Porsi tayangan tidak layak per pekan, selang 95 %; pita: rata-rata empat pekan sebelumnya",
        "en": "Failing share of views by week with 95 % intervals; band: mean of the four weeks before",
    },
    "trendLegend": {
        "id": "Semua tayangan per pekan (akhir periode); pita: rata-rata hingga empat pekan; garis putus: "
        "pedoman baru",
        "en": "All views by week (its last day); band: mean of up to four weeks; dashed: a new guideline",
    },
    "points": {"id": "{value} poin", "en": "{value} points"},
    "cells": {
        "id": "% tidak layak, n; · terlalu tipis",
        "en": "% failing, n; · too thin",
    },
    "video": {"id": "Video", "en": "Video"},
    "views": {"id": "Tayangan", "en": "Views"},
    "scoreIs": {"id": "Skor", "en": "Score"},
    "labels": {"id": "Label", "en": "Labels"},
    "seconds": {"id": "{count} dtk", "en": "{count} s"},
    "days": {"id": "{count} hari", "en": "{count} days"},
    "foot": {
        "id": "Dihitung dari log Tilik sampai entri {seq} ({hash}…). Setiap angka menaut ke kuerinya; "
        "halaman ini dapat dibuat lagi persis sama: tilik report week --as-of {seq}",
        "en": "Computed from the Tilik log up to entry {seq} ({hash}…). Every number links to its query; "
        "this page can be made again exactly: tilik report week --as-of {seq}",
    },
}
