"""The classes of data that are kept for a time: what each is, how long it is kept as shipped, and why.

Days are proposals, which a data-protection officer sets to what holds for their workspace. Whoever processes
personal data erases it when the time for which it is kept is over (UU 27/2022, article 43 (1)(a) and article
44; GDPR, article 5 (1)(e)).
"""

from __future__ import annotations

from dataclasses import dataclass

from tilik.guideline.words import Text
from tilik.retention.events import KindName

MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Kind:
    """``since``: from when the days count; ``days`` and ``ground`` as shipped; ``tables`` that hold it."""

    name: KindName
    title: Text
    since: Text
    days: int
    ground: Text
    tables: tuple[str, ...]


def _text(indonesian: str, english: str) -> Text:
    return Text(id=indonesian, en=english)


_EVERY = (
    Kind(
        "judgement-texts",
        _text("Alasan dan catatan dalam penilaian", "Reasons and notes in judgements"),
        _text("sejak penilaian dikirim", "since the judgement was sent"),
        730,
        _text(
            "Diperlukan untuk memeriksa mutu dan menjawab keberatan; angka tidak bergantung padanya.",
            "Needed to check quality and answer objections; no figure rests on them.",
        ),
        ("note",),
    ),
    Kind(
        "ruling-texts",
        _text(
            "Alasan putusan, keberatan, soal kunci; sesi kalibrasi",
            "Reasons of rulings, disputes, known items; calibration sessions",
        ),
        _text("sejak diputus atau ditambahkan", "since the ruling, or since the item was added"),
        1825,
        _text(
            "Menjelaskan mengapa suatu penilaian berlaku; contoh yang masih ditampilkan tidak dihapus.",
            "They say why a judgement stands; precedents that are still shown are not erased.",
        ),
        ("note",),
    ),
    Kind(
        "case-texts",
        _text("Tulisan dalam buku kasus", "What is written in the casebook"),
        _text("sejak kasus terakhir berubah", "since the case last changed"),
        1825,
        _text(
            "Menjadi dasar perubahan pedoman; contoh yang masih berlaku tidak dihapus.",
            "Changes of the guideline rest on them; current precedents are not erased.",
        ),
        ("case_note",),
    ),
    Kind(
        "escalation-texts",
        _text("Catatan eskalasi", "Notes of escalations"),
        _text("sejak eskalasi ditutup", "since the escalation was closed"),
        1825,
        _text(
            "Dapat diminta penyidik; selama belum ditutup atau ditahan, tidak dihapus.",
            "Investigators may ask for them; never erased while open or under a legal hold.",
        ),
        ("note",),
    ),
    Kind(
        "outside",
        _text("Nama dan tulisan penilai dari luar", "Names and texts of people who judged elsewhere"),
        _text("sejak diimpor", "since they were imported"),
        365,
        _text(
            "Hanya untuk mencocokkan hasil impor; sesudahnya pengenal saja sudah cukup.",
            "Only to match what was imported; afterwards an id is enough.",
        ),
        ("outside_name", "note"),
    ),
    Kind(
        "other-texts",
        _text("Tulisan lain, misalnya alasan aturan", "Other texts, such as grounds of rules"),
        _text("sejak dibuat", "since they came"),
        1825,
        _text(
            "Mempertanggungjawabkan keputusan; alasan aturan yang berlaku tidak dihapus.",
            "They account for decisions; the ground of a rule in force is not erased.",
        ),
        ("note", "case_note"),
    ),
    Kind(
        "media",
        _text(
            "Berkas video dan teks yang dibaca mesin di dalamnya",
            "Files of videos and the text that machines read in them",
        ),
        _text(
            "sejak terakhir dipakai, bila tidak ada lagi studi yang terbuka",
            "since last used, once no study with it is open",
        ),
        365,
        _text(
            "Diperlukan untuk menilai dan memutus ulang; hasil pengukuran tetap ada.",
            "Needed to judge and to rule again; what was measured stays.",
        ),
        ("blobs", "media_result", "text_piece", "text_indexed"),
    ),
    Kind(
        "sessions",
        _text("Sesi dan tautan masuk yang berakhir", "Sessions and sign-in links that ended"),
        _text("sejak berakhir", "since they ended"),
        90,
        _text("Untuk menelusuri penyalahgunaan akun.", "To trace the misuse of an account."),
        ("session", "sign_in_link"),
    ),
    Kind(
        "sign-in-attempts",
        _text("Percobaan masuk yang gagal", "Failed attempts to sign in"),
        _text("sejak percobaan", "since the attempt"),
        1,
        _text("Hanya untuk membatasi percobaan menebak.", "Only to limit guessing."),
        ("sign_in_attempt", "oidc_request"),
    ),
    Kind(
        "people-gone",
        _text("Identitas orang tanpa akses", "Who people are who have no access any more"),
        _text("sejak aksesnya dicabut", "since their access was taken"),
        365,
        _text(
            "Untuk pertanyaan setelah hubungan kerja berakhir; nama samaran dan penilaian tetap ada.",
            "For questions after the work has ended; pseudonym and judgements stay.",
        ),
        ("person_name", "person_email", "person_identity", "credential", "recovery_code", "preference"),
    ),
)
KINDS: dict[KindName, Kind] = {one.name: one for one in _EVERY}
