"""Error messages of webhooks and of raters, in both languages; ``messages`` hands them on with the others."""

from __future__ import annotations

EXCHANGE_MESSAGES: dict[str, tuple[str, str]] = {
    "raters-family": (
        "Keluarga label ini tidak ada di pedoman.",
        "The guideline has no such family of labels.",
    ),
    "webhook-url": (
        "Alamat ini tidak bisa dipakai. Tulis https://nama/jalur, tanpa nama pengguna atau kata sandi.",
        "Messages cannot go to this address. Write https://host/path, without user or password.",
    ),
    "webhook-private": (
        "Alamat ini ada di jaringan sendiri. Hanya operator yang dapat mengizinkannya, lewat perintah.",
        "This address is inside the own network. Only an operator can allow it, by command.",
    ),
    "webhook-kinds": (
        "Pilih sedikitnya satu jenis pesan.",
        "Choose at least one kind of message.",
    ),
    "webhook-hours": (
        "Rahasia lama dapat berlaku 0 sampai 720 jam lagi.",
        "The old secret can go on for 0 to 720 hours.",
    ),
    "webhook-missing": ("Penerima ini tidak ditemukan.", "There is no such endpoint."),
    "webhook-removed": ("Penerima ini sudah dihapus.", "This endpoint was removed."),
    "webhook-keyless": (
        "Alamat dan rahasia penerima ini tidak ada di basis data ini. Hapus, lalu tambahkan lagi.",
        "The address and secret of this endpoint are not in this database. Remove it and add it again.",
    ),
    "webhook-message-missing": (
        "Pesan ini tidak ditemukan untuk penerima itu.",
        "There is no such message to this endpoint.",
    ),
    "webhook-withheld": (
        "Pesan ini tidak dikirim lagi karena pekerjaan atas videonya dihentikan.",
        "This message is sent no more: work on what it tells was stopped.",
    ),
}
"""code → (Indonesian, English)"""
