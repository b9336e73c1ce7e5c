"""Error messages of learning, in both languages; ``messages`` hands them on with the others."""

from __future__ import annotations

LEARN_MESSAGES: dict[str, tuple[str, str]] = {
    "judged-too-few": (
        "Belum cukup video dinilai dalam studi ini.",
        "Too few videos of this study are judged yet.",
    ),
    "study-assisted": (
        "Video studi ini dipilih, bukan ditarik acak, jadi tidak dapat dipakai mengukur.",
        "The videos of this study were chosen, not drawn, so it cannot be used to measure.",
    ),
    "top-too-large": (
        "Daftar dan pembandingnya lebih besar daripada studi ini. Pilih lebih sedikit.",
        "The list and its control are larger than this study. Choose fewer.",
    ),
    "pool-empty": (
        "Semua video dalam kerangka ini sudah ditarik atau dihentikan. Tidak ada lagi yang dapat dipilih.",
        "Every video of this frame was drawn or is stopped. There is nothing left to choose.",
    ),
    "next-nothing": ("Pilih paling sedikit satu video.", "Choose one video at least."),
    "next-too-large": (
        "Studi ini terlalu besar untuk diperingkat dari layar. Jalankan `tilik learn next` di server; "
        "studi yang dibukanya tampil di sini.",
        "This study is too large to rank from on the screen. Run `tilik learn next` on the server; the "
        "studies that it opens show here.",
    ),
    "learned-missing": ("Berkas ini tidak ada.", "There is no such file."),
    "training-set-withdrawn": (
        "Set ini memuat video yang tidak boleh lagi dipakai. Buat yang baru, tanpa video itu.",
        "This set holds videos that may no longer be used. Make a new one: it will be without them.",
    ),
    "baseline-too-large": (
        "Studi ini terlalu besar untuk dilatih dari layar. Jalankan `tilik learn baseline` di server; "
        "hasilnya tampil di sini.",
        "This study is too large to train on from the screen. Run `tilik learn baseline` on the server; "
        "the result shows here.",
    ),
    "question-unknown": ("Pedoman tidak punya label ini.", "The guideline has no such label."),
    "nothing-suspected": (
        "Tidak ada kelompok yang menonjol, jadi tidak ada yang perlu dipastikan.",
        "No group stands out, so there is nothing to confirm.",
    ),
    "column-missing": ("Kolom ini tidak ada.", "There is no such column."),
    "column-too-varied": (
        "Kolom ini punya terlalu banyak nilai untuk dijadikan kelompok.",
        "This column has too many values to make groups of.",
    ),
    "column-has-gaps": ("Ada baris tanpa nilai di kolom ini.", "Some rows have no value in this column."),
    "columns-not-named": ("Sebutkan kolom yang dipelajari.", "Name the columns to learn from."),
    "too-many-slices": (
        "Terlalu banyak kelompok. Pilih lebih sedikit kolom.",
        "There are too many groups. Choose fewer columns.",
    ),
    "too-deep": ("Kelompok punya satu sampai tiga syarat.", "A group has one to three conditions."),
    "sample-too-small": (
        "Sampel ini terlalu kecil untuk dibagi dalam kelompok.",
        "This sample is too small to be parted into groups.",
    ),
    "budget-below-minimum": (
        "Anggaran ini terlalu kecil untuk semua strata. Naikkan anggarannya.",
        "This budget is too small for all strata. Raise it.",
    ),
    "budget-not-positive": ("Anggaran paling sedikit 1.", "A budget is at least 1."),
    "frame-without-size": (
        "Tidak ada video bertayangan dalam kerangka ini.",
        "No video of this frame has impressions.",
    ),
    "frame-not-found": ("Isi kerangka ini tidak ditemukan.", "The content of this frame is gone."),
    "frame-columns-missing": ("Kerangka tidak punya kolom ini.", "The frame has no such column."),
    "stratum-missing": ("Kerangka tidak punya strata ini.", "The frame has no such stratum."),
    "shapes-differ": ("Data yang dibandingkan tidak sama panjang.", "The data compared differ in length."),
    "groups-too-few": (
        "Terlalu sedikit kanal atau video untuk melatih dan menguji terpisah.",
        "Too few channels or videos to train and test apart.",
    ),
    "share-out-of-range": (
        "Bagian teratas lebih dari 0 dan paling banyak separuh.",
        "The top is more than nothing and at most a half.",
    ),
    "too-few-for-isotonic": (
        "Baris terlalu sedikit untuk kurva isotonik.",
        "There are too few rows for an isotonic curve.",
    ),
    "option-out-of-range": ("Pilihan di luar batas.", "An option is out of range."),
    "features-missing": ("Perubahan harapan butuh ciri baris.", "Expected change needs the rows' features."),
    "probability-out-of-range": (
        "Peluang tiap baris harus berjumlah 1.",
        "The probabilities of every row must sum to 1.",
    ),
    "nothing-to-learn": (
        "Tidak ada kolom atau baris yang dapat dipelajari.",
        "No column or row is left to learn from.",
    ),
    "class-unknown": ("Kelas ini tidak ada dalam data.", "This class is not in the data."),
    "one-class": (
        "Semua video dinilai sama, jadi tidak ada yang dapat dibedakan.",
        "All videos were judged alike, so there is nothing to tell apart.",
    ),
    "two-classes": ("Model dasar membedakan dua kelas.", "A baseline tells two classes apart."),
    "too-many-classes": ("Kolom label punya terlalu banyak nilai.", "The label has too many values."),
    "weight-out-of-range": ("Setiap bobot harus lebih dari 0.", "Every weight must be above 0."),
    "feature-kind": (
        "Kolom ini bukan angka dan bukan kategori.",
        "This column is neither a number nor a category.",
    ),
    "figure-undefined": (
        "Angka ini tidak dapat dihitung dari data sesedikit ini.",
        "This figure cannot be told from so few data.",
    ),
    "stratum-name-long": (
        "Nama strata ini terlalu panjang; pilih kolom dengan nilai yang lebih pendek.",
        "The name of a stratum is too long; choose columns with shorter values.",
    ),
}
"""code → (Indonesian, English)"""
