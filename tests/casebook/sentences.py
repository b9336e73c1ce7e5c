"""Sentences as reviewers write them: twelve groups, of which each asks one thing in several ways."""

from __future__ import annotations

GROUPS: dict[str, tuple[str, ...]] = {
    "giveaway": (
        "Kreator bagi-bagi HP gratis asal subscribe, apa ini termasuk promosi?",
        "bagi2 hp kalo subscribe, masuk giveaway palsu gak ya",
        "Undian hp gratis dengan syarat subscribe dan share ke grup",
        "giveaway handphone syaratnya subscribe dulu, belum jelas labelnya",
    ),
    "prayer": (
        "Doa berantai: kalau tidak komen aamiin nanti sial, apakah ancaman?",
        "Disuruh ketik aamiin, kalo gak bakal sial seumur hidup",
        "komen aamiin atau sial, ini pesan berantai agama",
    ),
    "slot": (
        "Logo slot muncul sekilas di pojok layar saat main game",
        "Ada watermark situs slot di pojok, cuma sekilas",
        "iklan slot kecil di sudut layar selama gim, sekilas aja",
    ),
    "dance": (
        "Anak joget TikTok pakai baju renang, kostum atau masalah?",
        "bocah joget pake baju renang di pantai, gerakannya biasa",
    ),
    "ghost": (
        "Kartun hantu pocong untuk balita, lucu tapi ada jumpscare",
        "pocong versi kartun, musik lucu, jumpscare di akhir",
        "Jumpscare pocong di kartun anak kecil",
    ),
    "nursery": (
        "Lagu anak yang sama diputar ulang 3 jam dengan gambar AI beda-beda",
        "lagu anak diulang terus berjam-jam, gambar buatan AI",
    ),
    "prank": (
        "Prank ke orang tua sampai menangis, ternyata settingan",
        "prank ortu nangis tapi kayaknya settingan",
    ),
    "sundanese": (
        "Bahasa Sunda kasar antar teman, di daerahnya biasa saja",
        "kata kasar sunda antarteman, buat orang sana biasa aja",
    ),
    "alone": ("Mukbang ular hidup oleh orang dewasa, tidak ada label hewan.",),
    "alone2": ("Eksperimen listrik di rumah tanpa pengawasan tapi ada peringatan",),
    "alone3": ("Belanja isi kamar boneka dari toko sendiri milik keluarga vlogger",),
    "alone4": ("Ulasan buku pelajaran berbayar oleh guru, tampak bermanfaat",),
}
