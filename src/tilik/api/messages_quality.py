"""Error messages of people's quality, in both languages; ``messages`` hands them on with the others."""

from __future__ import annotations

QUALITY_MESSAGES: dict[str, tuple[str, str]] = {
    "target-out-of-range": (
        "Target ketepatan harus di antara 50 % dan 99,9 %, target sehari di antara 1 dan 2.000.",
        "A target for accuracy lies between 50% and 99.9%, one for a day between 1 and 2,000.",
    ),
    "period-upside-down": (
        "Hari pertama lebih lambat daripada hari terakhir.",
        "The first day comes after the last.",
    ),
    "day-unreadable": (
        "Tanggal ini tidak dikenal. Contoh: 2026-03-01.",
        "This is no day. Write it as 2026-03-01.",
    ),
    "family-unknown": (
        "Kelompok label ini tidak ada dalam pedoman yang dipakai.",
        "No guideline in use has this family of labels.",
    ),
    "forecast-days": (
        "Laju dihitung dari 3 sampai 90 hari terakhir.",
        "A pace is taken from the last 3 to 90 days.",
    ),
    "agreement-none": (
        "Belum ada video yang dinilai dua kali untuk pilihan ini.",
        "Nothing was judged twice for this choice yet.",
    ),
    "study-not-blind": (
        "Kesepakatan hanya dihitung untuk studi yang dinilai buta.",
        "Agreement is told of blind studies only.",
    ),
}
"""code → (Indonesian, English)"""
