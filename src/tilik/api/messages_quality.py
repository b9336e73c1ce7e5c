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
    "answer-known": (
        "Jawaban ini sudah tercatat sebagai tugas emas.",
        "What to say of this answer is known already.",
    ),
    "forecast-days": (
        "Laju dihitung dari 3 sampai 90 hari terakhir.",
        "A pace is taken from the last 3 to 90 days.",
    ),
    "agreement-none": (
        "Belum ada video yang dinilai dua kali untuk pilihan ini.",
        "Nothing was judged twice for this choice yet.",
    ),
    "test-language": (
        "Bahasa ini tidak punya ujian sendiri.",
        "There is no test of its own for this language.",
    ),
    "test-too-short": (
        "Video ujian yang baru bagi Anda belum cukup. Minta ketua tim menambahkannya.",
        "Too few test videos are new to you. Ask a lead to add some.",
    ),
    "test-missing": ("Ujian ini tidak ditemukan.", "There is no such test."),
    "certified-already": ("Sertifikat ini sudah ada dan berlaku.", "This certificate is held already."),
    "certificate-none": (
        "Tidak ada sertifikat berlaku yang dapat dicabut.",
        "There is no valid certificate to revoke.",
    ),
    "ground-missing": ("Tuliskan alasannya dalam satu kalimat.", "Write the ground in one sentence."),
    "rule-twice": (
        "Aturan menanyakan hal yang sama dua kali.",
        "The rule asks about one thing twice.",
    ),
    "rule-too-short": (
        "Dengan aturan ini tidak seorang pun dapat lulus: ujiannya terlalu pendek.",
        "By this rule nobody could pass: the test is too short.",
    ),
    "rule-unfit": (
        "Batas bawah harus di antara 0 dan target, target di bawah 100 %, dan peluang salah di bawah 50 %.",
        "The rate that is not enough lies between 0 and the target, all below 100%, chances below 50%.",
    ),
    "person-languages": (
        "Tulis kode bahasa dua atau tiga huruf, misalnya id, jv, su, ms, en.",
        "Write language codes of two or three letters, such as id, jv, su, ms, en.",
    ),
    "calibration-most": ("Satu sesi berisi 1 sampai 50 video.", "A session has 1 to 50 items."),
    "calibration-empty": (
        "Di studi ini tidak ada tugas selesai yang diperdebatkan dan dapat ditonton.",
        "Nobody differs on a settled task of this study that can be watched.",
    ),
    "calibration-state": (
        "Ini belum atau tidak lagi bisa dilakukan: suara, buka, bahas, putusan, lalu suara lagi.",
        "Not now: first votes, then the reveal, the discussion, the ruling, and votes again.",
    ),
    "calibration-votes": (
        "Tunggu sampai sedikitnya dua orang memberi suara.",
        "Wait until at least two people have voted.",
    ),
    "calibration-missing": (
        "Sesi kalibrasi atau videonya tidak ditemukan.",
        "There is no such calibration session or item.",
    ),
    "calibration-closed": ("Sesi kalibrasi ini sudah ditutup.", "This calibration session is closed."),
    "calibration-text": ("Tulis satu kalimat.", "Write one sentence."),
    "study-not-blind": (
        "Kesepakatan hanya dihitung untuk studi yang dinilai buta.",
        "Agreement is told of blind studies only.",
    ),
}
"""code → (Indonesian, English)"""
