"""What is done with personal data and why, in both languages: the part of the record that no table holds."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tilik.access.events import Role
from tilik.access.settings import AccessSettings
from tilik.guideline.words import Text
from tilik.retention.events import KindName


class Activity(BaseModel):
    """A purpose: of whom which data is used, who sees it, and by which classes it is erased."""

    model_config = ConfigDict(frozen=True)

    name: Text
    purpose: Text
    persons: Text
    data: Text
    roles: list[Role]
    classes: list[KindName]


def _text(indonesian: str, english: str) -> Text:
    return Text(id=indonesian, en=english)


REVIEWERS = _text("Orang yang bekerja di sini", "People who work here")
ACTIVITIES = (
    Activity(
        name=_text("Menilai video dan jawaban AI", "Judging videos and machine answers"),
        purpose=_text(
            "Mengukur bagian tayangan yang tidak layak bagi anak menurut pedoman.",
            "Measuring the share of views that is not fit for minors, by a guideline.",
        ),
        persons=_text(
            "Orang yang menilai; orang yang tampak, terdengar, atau disebut dalam video, termasuk anak",
            "People who judge; people seen, heard or named in videos, children among them",
        ),
        data=_text(
            "Penilaian, alasan, rentang yang ditonton, detik kerja; gambar, suara, dan teks video",
            "Judgements, reasons, spans watched, active seconds; pictures, sound and text of videos",
        ),
        roles=["reviewer", "adjudicator", "lead", "policy"],
        classes=["judgement-texts", "ruling-texts", "case-texts", "media"],
    ),
    Activity(
        name=_text("Menjaga mutu", "Keeping quality"),
        purpose=_text(
            "Mengetahui seberapa tepat penilaian, dengan selang kepercayaan, dan membantu orang belajar.",
            "Knowing how right judgements are, with intervals, and helping people learn.",
        ),
        persons=REVIEWERS,
        data=_text(
            "Ketepatan pada soal kunci, kesepakatan, putusan, keberatan",
            "Accuracy on known items, agreement, rulings, disputes",
        ),
        roles=["lead", "admin"],
        classes=["judgement-texts", "ruling-texts", "other-texts"],
    ),
    Activity(
        name=_text("Keselamatan anak", "Child safety"),
        purpose=_text(
            "Menangani dugaan kekerasan terhadap anak dan bahaya lain tepat waktu.",
            "Answering suspected abuse of children and other danger in time.",
        ),
        persons=_text(
            "Orang dalam video; peninjau yang menghentikan pekerjaan; petugas yang menangani",
            "People in videos; reviewers who stopped work; those who answer for it",
        ),
        data=_text(
            "Jenis eskalasi, detik video, catatan, langkah, siapa membuka catatan dan kapan",
            "Kind of escalation, second of the video, notes, steps, who opened a record and when",
        ),
        roles=["child-safety"],
        classes=["escalation-texts", "media"],
    ),
    Activity(
        name=_text("Akun dan masuk", "Accounts and signing in"),
        purpose=_text(
            "Hanya yang berhak yang masuk, dan setiap tindakan ada pelakunya.",
            "Only those who may come in, and every act has somebody who did it.",
        ),
        persons=REVIEWERS,
        data=_text(
            "Nama, surel, identitas pada penyedia, kata sandi (hash), faktor kedua (tersegel), sesi",
            "Name, e-mail address, identity at a provider, password (hash), second factor (sealed), sessions",
        ),
        roles=["admin", "lead", "privacy"],
        classes=["sessions", "sign-in-attempts", "people-gone"],
    ),
    Activity(
        name=_text("Jejak audit", "Audit trail"),
        purpose=_text(
            "Membuktikan siapa memutuskan apa, dan bahwa tidak ada yang diubah sesudahnya.",
            "Proving who decided what, and that nothing was altered afterwards.",
        ),
        persons=REVIEWERS,
        data=_text(
            "Nama samaran, waktu, jenis peristiwa, kode, angka, hash; tanpa nama dan teks bebas",
            "Pseudonym, time, kind of event, codes, numbers, hashes; no name and no free text",
        ),
        roles=["privacy", "lead", "admin"],
        classes=[],
    ),
    Activity(
        name=_text("Hasil penilaian dari luar", "Judgements made elsewhere"),
        purpose=_text(
            "Membandingkan penilaian dari program lain dengan penilaian di sini.",
            "Comparing judgements from other programs with those made here.",
        ),
        persons=_text("Orang yang menilai di program lain", "People who judged in another program"),
        data=_text(
            "Nama atau alamat mereka di sana, penilaian, catatan", "Their name there, judgements, notes"
        ),
        roles=["lead", "admin"],
        classes=["outside"],
    ),
)


def security(access: AccessSettings) -> list[Text]:
    """The measures that hold in this workspace, as it is set up."""
    minutes, hours = access.idle_minutes, access.session_hours
    locked = (
        _text(
            f"Sesi terkunci setelah {minutes:g} menit tanpa kegiatan dan berakhir setelah {hours:g} jam.",
            f"A session locks after {minutes:g} minutes without activity and ends after {hours:g} hours.",
        )
        if minutes
        else _text(
            f"Sesi berakhir setelah {hours:g} jam; penguncian otomatis dimatikan.",
            f"A session ends after {hours:g} hours; locking by itself is turned off.",
        )
    )
    return [
        _text(
            "Orang tampil dengan nama samaran; nama dan surel ada di tabel tersendiri yang dapat dihapus.",
            "People appear by pseudonym; names and e-mail addresses are apart and can be erased.",
        ),
        _text(
            "Setiap alamat terbuka hanya bagi peran yang disebutnya; eskalasi hanya bagi keselamatan anak.",
            "Each address opens for the roles it names alone; escalations for child safety alone.",
        ),
        locked,
        _text(
            "Kata sandi disimpan sebagai Argon2id, token sebagai SHA-256, faktor kedua tersegel.",
            "Passwords are kept as Argon2id, tokens as SHA-256, second factors sealed.",
        ),
        _text(
            "Teks bebas diperiksa sebelum disimpan: surel, NIK, dan nomor telepon ditolak.",
            "Free text is scanned before it is kept: e-mail addresses, NIK, telephone numbers are refused.",
        ),
        _text(
            "Jejak audit adalah rantai hash yang hanya bertambah; hanya memuat hash dari teks.",
            "The audit trail is an append-only hash chain; of texts it holds digests alone.",
        ),
        _text(
            "Tautan media ditandatangani, untuk satu berkas dan satu sesi, dan berlaku paling lama satu jam.",
            "Media links are signed, for one file and one session, and good for an hour at most.",
        ),
        _text(
            "Yang dihapus ditimpa (SQLite) atau dibebaskan (PostgreSQL); cadangan perlu aturan sendiri.",
            "What is erased is overwritten (SQLite) or given free (PostgreSQL); backups need their own rule.",
        ),
    ]
