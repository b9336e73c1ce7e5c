"""The record of processing as one self-contained page, in one language."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from tilik.access.events import Role
from tilik.guideline.words import Language
from tilik.retention.record import Record

WORDS: dict[str, tuple[str, str]] = {
    "title": ("Catatan kegiatan pemrosesan", "Record of processing activities"),
    "law": ("UU 27/2022 Pasal 31 · GDPR Pasal 30", "GDPR, article 30 · Indonesian law 27/2022, article 31"),
    "controller": ("Pengendali", "Controller"),
    "contact": ("Kontak pelindungan data", "Contact for data protection"),
    "basis": ("Dasar hukum", "Legal basis"),
    "fill": ("diisi oleh pengendali", "to be stated by the controller"),
    "activities": ("Kegiatan", "Activities"),
    "purpose": ("Tujuan", "Purpose"),
    "persons": ("Orang", "Persons"),
    "data": ("Data", "Data"),
    "seen": ("Dilihat oleh peran", "Seen by roles"),
    "erased_by": ("Dihapus menurut aturan", "Erased by the rules"),
    "for_good": ("tidak dihapus; hanya nama samaran", "not erased; pseudonyms alone"),
    "recipients": ("Penerima di luar", "Recipients outside"),
    "recipient": ("Penerima", "Recipient"),
    "what": ("Apa", "What"),
    "nobody": (
        "Tidak ada layanan luar yang terpasang. Letak server dan penerima dinyatakan oleh pengendali.",
        "No outside service is set up. Where server and recipients are is for the controller to state.",
    ),
    "retention": ("Masa simpan", "Retention"),
    "class": ("Kelas data", "Class of data"),
    "days": ("Hari", "Days"),
    "since": ("Dihitung", "Counted"),
    "ground": ("Alasan", "Ground"),
    "here": ("Ada", "Here"),
    "due": ("Jatuh tempo", "Due"),
    "held": ("Ditahan", "Held"),
    "kept": ("Disimpan seterusnya dengan nama samaran", "Kept for good, under pseudonyms"),
    "counts": ("Jumlah saat ini", "What is here now"),
    "security": ("Pengamanan", "Security measures"),
    "as_of": ("Keadaan pada {at} UTC, catatan nomor {seq}", "As of {at} UTC, log position {seq}"),
}

ROLES: dict[Role, tuple[str, str]] = {
    "reviewer": ("peninjau", "reviewer"),
    "adjudicator": ("pemutus", "adjudicator"),
    "lead": ("ketua tim", "lead"),
    "policy": ("kebijakan", "policy"),
    "ml": ("machine learning", "machine learning"),
    "child-safety": ("keselamatan anak", "child safety"),
    "privacy": ("pelindungan data", "data protection"),
    "admin": ("admin", "administrator"),
}


def to_html(record: Record, language: Language) -> str:
    """One self-contained HTML page, for the screen and for paper: nothing is loaded from elsewhere."""
    environment = Environment(
        loader=PackageLoader("tilik.retention", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    titles = {one.name: getattr(one.title, language) for one in record.classes}

    def number(count: int) -> str:
        return f"{count:,}".replace(",", "." if language == "id" else ",")

    as_of = WORDS["as_of"][language == "en"].format(
        at=record.at[:16].replace("T", " "), seq=number(record.seq)
    )
    return environment.get_template("record.html").render(
        record=record,
        lang=language,
        t=lambda name: WORDS[name][language == "en"],
        say=lambda text: getattr(text, language),
        number=number,
        titles=titles,
        roles={role: names[language == "en"] for role, names in ROLES.items()},
        as_of=as_of,
    )
