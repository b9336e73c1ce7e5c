"""Error messages of talk, in both languages; ``messages`` hands them on with the others."""

from __future__ import annotations

TALK_MESSAGES: dict[str, tuple[str, str]] = {
    "talk-missing": (
        "Percakapan ini tidak ada, atau bukan untuk Anda.",
        "There is nothing here to talk about, or not for you.",
    ),
    "talk-owner": (
        "Titipan tidak dapat diberikan kepada orang ini.",
        "An errand cannot be given to this person here.",
    ),
    "talk-mention": (
        "Orang ini tidak dapat disebut di sini.",
        "This person cannot be called on here.",
    ),
    "talk-text": ("Tulis 1 sampai 2.000 karakter.", "Write 1 to 2,000 characters."),
    "talk-due": ("Tanggal ini tidak dikenal. Contoh: 2026-03-31.", "This is no day. Write it as 2026-03-31."),
    "errand-missing": ("Anda tidak punya titipan ini.", "You have no such errand."),
    "errand-state": (
        "Keadaan titipan ini sudah berubah. Muat ulang halaman.",
        "This errand has changed meanwhile. Reload the page.",
    ),
}
"""code → (Indonesian, English)"""
