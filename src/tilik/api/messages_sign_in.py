"""Error messages of signing in and of tokens, in both languages; ``messages`` hands them on."""

from __future__ import annotations

SIGN_IN_MESSAGES: dict[str, tuple[str, str]] = {
    "session-locked": (
        "Sesi dikunci karena lama tidak ada kegiatan. Masuk lagi; isian Anda tetap ada di peramban ini.",
        "The session was locked after a while without activity. Sign in again; your input is still here.",
    ),
    "token-invalid": (
        "Token ini tidak dikenal, kedaluwarsa, atau sudah dicabut.",
        "This token is unknown, too old or revoked.",
    ),
    "scope-missing": ("Token ini tidak mencakup tindakan ini.", "This token does not cover this."),
    "sign-in-again": (
        "Untuk ini Anda perlu baru saja masuk. Masuk lagi, lalu ulangi.",
        "This needs a recent sign-in. Sign in again, then repeat it.",
    ),
    "sign-in-wrong": (
        "Nama dan kata sandi tidak cocok.",
        "Name and password do not fit.",
    ),
    "code-needed": (
        "Ketik kode dari aplikasi autentikator Anda.",
        "Type the code of your authenticator app.",
    ),
    "code-wrong": (
        "Kode ini tidak cocok atau sudah pernah dipakai.",
        "This code does not fit, or was used before.",
    ),
    "too-many-attempts": (
        "Terlalu banyak percobaan masuk yang gagal. Tunggu sebentar sebelum mencoba lagi.",
        "Too many failed sign-ins. Wait a while before you try again.",
    ),
    "password-weak": (
        "Kata sandi perlu paling sedikit 12 karakter dan tidak boleh mudah ditebak dari nama Anda.",
        "A password needs at least 12 characters and must not be guessable from your name.",
    ),
    "password-first": (
        "Buat kata sandi dahulu, baru tambahkan kode autentikator.",
        "Set a password first, then add the authenticator.",
    ),
    "totp-not-begun": (
        "Pemasangan autentikator belum dimulai. Mulai lagi.",
        "Setting up the authenticator was not begun. Begin again.",
    ),
    "person-email": ("Ini bukan alamat surel.", "This is no e-mail address."),
    "email-taken": (
        "Alamat surel ini sudah dipakai orang lain di sini.",
        "Somebody else here has this e-mail address.",
    ),
    "token-missing": ("Token ini tidak ditemukan.", "There is no such token."),
    "token-label": (
        "Label token: 1 sampai 32 huruf kecil, angka, dan tanda hubung.",
        "A token's label is 1 to 32 small letters, digits and hyphens.",
    ),
    "token-scopes": (
        "Setiap token perlu paling sedikit satu cakupan.",
        "A token needs at least one scope.",
    ),
    "token-days": ("Masa berlaku token 1 sampai 366 hari.", "A token lasts 1 to 366 days."),
    "oidc-missing": (
        "Masuk lewat penyedia identitas belum diatur di sini.",
        "No identity provider is configured here.",
    ),
    "oidc-refused": (
        "Penyedia identitas tidak dapat memastikan siapa Anda. Mulai lagi dari halaman masuk.",
        "The identity provider could not vouch for you. Begin again from the sign-in page.",
    ),
    "oidc-nobody": (
        "Akun ini belum dikenal di Tilik. Mintalah administrator mendaftarkan alamat surel akun Anda.",
        "Nobody here has this account. Ask an administrator to add you with the account's e-mail address.",
    ),
    "oidc-unreachable": (
        "Penyedia identitas sedang tidak menjawab. Coba lagi sebentar.",
        "The identity provider does not answer at the moment. Try again soon.",
    ),
    "proxy-nobody": (
        "Tidak ada proksi yang menyebut siapa Anda, atau namanya tidak dikenal di sini.",
        "No proxy has said who you are, or nobody here has that name.",
    ),
    "not-signed-in": ("Anda belum masuk.", "You are not signed in."),
    "link-spent": (
        "Tautan masuk ini tidak dikenal, sudah dipakai, atau kedaluwarsa.",
        "This sign-in link is unknown, used or too old.",
    ),
}
"""code → (Indonesian, English)"""
