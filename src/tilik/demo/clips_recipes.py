"""What the demo's clips show: short scripts, each tied to the guideline's label codes it carries.

``{name}`` and ``{warna}`` are filled from the clip's variant. Coarse words are starred out: the
demo shows that a caption is coarse without printing the word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tune = Literal["gentle", "lively", "chip", "drone", "siren"]
Effect = Literal["", "flash", "red", "bolt", "jump", "shake", "hold", "dark"]
"""What is done to a shot's pictures: flashing beyond the limit, the same in red, one bolt of lightning a
second (within the limit), zooming, shaking, standing still, a black and silent screen."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One uncut stretch: a backdrop, a cast, a caption, and how much of the clip it takes."""

    backdrop: str
    cast: tuple[str, ...]
    caption: str
    share: float = 1.0
    effect: Effect = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A script. ``codes`` are the labels it is meant to earn; none for a benign clip.

    ``least``  seconds without which the script does not work; ``hush``  seconds without sound at its start.
    """

    name: str
    titles: tuple[str, ...]
    shots: tuple[Shot, ...]
    codes: tuple[str, ...] = ()
    tune: Tune = "gentle"
    tall: bool = False
    banner: str = ""
    hurried: bool = False
    template: bool = False
    least: float = 0.0
    hush: float = 0.0


BENIGN: tuple[Recipe, ...] = (
    Recipe("belajar-warna", ("Belajar Warna Bersama {name}", "Merah, Kuning, Hijau: Yuk Kenal Warna!"), (
        Shot("dots", ("balloon", "balloon", "balloon"), "Belajar Warna", 1.2),
        Shot("meadow", ("ball", "flower"), "Ini bola. Apa warnanya?", 1.4),
        Shot("room", ("balloon", "child"), "Ada berapa balon di kamar?"),
        Shot("meadow", ("child", "cat"), "Hebat! Sampai jumpa."),
    )),
    Recipe("berhitung", ("Lagu Berhitung 1 sampai 5", "Ayo Berhitung Bersama {name}"), (
        Shot("dots", ("1", "2", "3"), "Lagu Berhitung", 1.0),
        Shot("sea", ("1", "boat"), "Satu perahu berlayar"),
        Shot("sea", ("2", "fish", "fish"), "Dua ikan berenang"),
        Shot("meadow", ("3", "flower", "flower", "flower"), "Tiga bunga mekar"),
        Shot("dots", ("4", "5", "star"), "Empat, lima. Pintar!"),
    ), tune="lively"),
    Recipe("timun-mas", ("Dongeng Nusantara: Timun Mas", "Cerita Rakyat Jawa Tengah: Timun Mas"), (
        Shot("meadow", ("book",), "Dongeng: Timun Mas", 1.0),
        Shot("meadow", ("cucumber", "child"), "Mbok Srini menemukan bayi di dalam timun emas.", 1.6),
        Shot("city", ("giant",), "Raksasa datang menagih janji.", 1.0, "bolt"),
        Shot("meadow", ("child", "cucumber"), "Timun Mas menabur biji, lalu berlari.", 1.3),
        Shot("meadow", ("child", "flower"), "Ia selamat karena berani dan cerdik."),
    ), least=9),
    Recipe("perahu-kertas", ("Membuat Perahu Kertas", "Prakarya Mudah: Perahu dari Kertas Bekas"), (
        Shot("room", ("boat", "book"), "Membuat Perahu Kertas", 1.0),
        Shot("room", ("book",), "Satu. Lipat kertas menjadi dua.", 1.3),
        Shot("room", ("boat",), "Dua. Tarik kedua sudutnya pelan-pelan.", 1.6, "hold"),
        Shot("sea", ("boat", "boat"), "Perahumu siap berlayar."),
    ), tall=True, least=8),
    Recipe("kancil", ("Membaca Nyaring: Kancil Menyeberang Sungai", "Ayo Membaca Bersama {name}"), (
        Shot("night", ("book", "star"), "Membaca sebelum tidur", 1.0),
        Shot("meadow", ("cat", "fish"), "Kancil ingin menyeberang sungai.", 2.0),
        Shot("sea", ("fish", "fish", "fish"), "Ia menghitung: satu, dua, tiga.", 1.6),
        Shot("night", ("star", "book"), "Selamat tidur."),
        Shot("night", (), "", 1.6, "dark"),
    ), least=9),
    Recipe("cuci-tangan", ("Cuci Tangan Enam Langkah", "{name} Rajin Mencuci Tangan"), (
        Shot("room", ("child",), "Yuk, cuci tangan!", 1.0),
        Shot("dots", ("child", "1"), "Satu. Gosok telapak tangan."),
        Shot("dots", ("child", "2"), "Dua. Gosok sela-sela jari."),
        Shot("room", ("child", "star"), "Bersih! Siap makan bersama."),
    ), tune="lively", tall=True),
    Recipe("ikan-karang", ("Mengenal Ikan Karang Raja Ampat", "Jalan-Jalan ke Laut Papua"), (
        Shot("sea", ("fish", "boat"), "Laut Raja Ampat", 1.2),
        Shot("sea", ("fish", "fish", "star"), "Ikan badut tinggal di anemon.", 1.8),
        Shot("sea", ("fish",), "Karang adalah hewan, bukan batu.", 1.4),
    )),
    Recipe("berbagi", ("{name} Belajar Berbagi", "Cerita Pendek: Mainan Bersama"), (
        Shot("room", ("child", "car"), "{name} punya mobil baru."),
        Shot("meadow", ("child", "child", "car"), "Temannya ingin mencoba juga."),
        Shot("meadow", ("child", "child", "cat"), "Bergantian lebih seru. Terima kasih!"),
    ), tall=True),
)  # fmt: skip

HARMFUL: tuple[Recipe, ...] = (
    Recipe("gim-slot", ("Main Gim Bola Seru Banget!!", "Trik Rahasia Level 99"), (
        Shot("arena", ("ball", "robot"), "Level 98... ayo bisa!"),
        Shot("arena", ("reels", "coin", "coin"), "Cuan terus!", 1.3),
        Shot("arena", ("robot", "ball", "star"), "Naik level!"),
    ), ("COM-GAMB", "COM-HIDE"), tune="chip", tall=True, banner="SLOT GACOR MAXWIN"),
    Recipe("balon-templat", ("Belajar Warna {warna} | Video Anak Terbaru", "Lagu Warna {warna} untuk Anak"), (
        Shot("dots", ("balloon", "balloon"), "Warna {warna}"),
        Shot("dots", ("ball", "ball"), "Bola {warna}"),
        Shot("dots", ("car", "car"), "Mobil {warna}"),
    ), ("SYN-MASS", "EDU-DECP"), tune="chip", template=True),
    Recipe("jangan-skip", ("YANG SKIP VIDEO INI IBUNYA SAKIT", "Tonton sampai habis atau sial 7 tahun"), (
        Shot("night", ("phone", "child"), "Yang skip video ini ibunya sakit!", 1.3),
        Shot("dots", ("phone",), "Bagikan ke 10 teman sekarang"),
        Shot("night", ("phone", "star"), "Jangan berhenti dulu... part 2!"),
    ), ("ATT-LOOP",), tune="drone", tall=True),
    Recipe("kilat-sirene", ("SUPER KILAT CHALLENGE!!!", "Tahan Kedip 10 Detik!!!"), (
        Shot("dots", ("robot",), "Siap? TAHAN KEDIP!", 0.7),
        Shot("arena", ("robot", "star", "ball"), "AAAAA!!!", 1.4, "flash"),
        Shot("dots", ("star", "ball"), "Lagi! Lagi! Lagi!", 0.7, "shake"),
        Shot("arena", ("star",), "MERAH!!!", 1.0, "red"),
    ), ("ATT-SENS",), tune="siren", hurried=True, least=10, hush=3.5),
    Recipe("hantu", ("Penampakan di Kamar Jam 3 Pagi", "Jangan Nonton Sendirian"), (
        Shot("night", ("child",), "Ada suara dari kamar sebelah...", 1.4),
        Shot("night", ("ghost",), "Dia datang mencarimu", 1.2),
        Shot("night", ("ghost", "ghost"), "LARI!", 0.7, "jump"),
    ), ("FEA-HORR",), tune="drone", tall=True),
    Recipe("kata-kasar", ("Mabar Ngakak Sampai Emosi", "Tim Beban Bikin Kesal"), (
        Shot("arena", ("robot", "ball"), "Dasar b*d*h, mainnya begitu!"),
        Shot("arena", ("phone", "robot"), "A*j*ng, kalah lagi!", 1.2),
        Shot("arena", ("robot",), "G*bl*k semua satu tim!"),
    ), ("BEH-LANG", "BEH-BULLY"), tune="chip"),
    Recipe("robux-gratis", ("Robux Gratis 10.000 Tanpa Verifikasi!!", "Diamond Gratis Hari Ini Saja"), (
        Shot("dots", ("gift", "coin"), "ROBUX GRATIS!"),
        Shot("arena", ("phone", "coin", "coin"), "Tulis nama dan password di komentar", 1.6),
        Shot("dots", ("gift",), "Klaim sekarang, sisa 3 orang!"),
    ), ("COM-GIVE", "CHI-PRIV"), tune="chip", tall=True),
    Recipe("acak", ("Kartun Lucu Anak Anak Terbaru 2025", "Mobil Ikan Raksasa Balon Donat"), (
        Shot("sea", ("car", "giant"), "Ikan naik mobil"),
        Shot("night", ("donut", "robot"), "Balon makan donat"),
        Shot("board", ("cucumber", "cat"), "Siapa hujan?"),
        Shot("city", ("fish", "ghost"), "Sepatu terbang"),
        Shot("room", ("giant", "boat"), "Selamat pagi malam"),
        Shot("arena", ("flower", "car"), "Tamat lagi mulai"),
    ), ("SYN-INCO", "SYN-DIST", "EDU-COMP"), tune="chip", hurried=True),
    Recipe("hitung-salah", ("Belajar Matematika SD Cepat Pintar", "Cara Menghitung Paling Benar"), (
        Shot("board", ("2", "2"), "2 + 2 = 5"),
        Shot("board", ("star",), "Matahari mengelilingi Bumi", 1.3),
        Shot("board", ("child",), "Ingat ya, pasti keluar di ujian!"),
    ), ("EDU-FACT",)),
    Recipe("koleksi-mainan", ("Buka 12 Kado Misteri! Wajib Punya Semua", "Mainan Baru Lagi!"), (
        Shot("room", ("gift", "gift", "gift"), "Wajib punya semua!"),
        Shot("dots", ("robot", "car", "ball"), "Koleksi lengkap 12 warna", 1.2),
        Shot("room", ("child", "gift"), "Minta Mama beli sekarang!"),
    ), ("COM-PROMO",), tune="lively"),
    Recipe("sampul-palsu", ("Kucing Ini Bisa Bicara!! (Bukti Nyata)", "Menit Terakhir Bikin Kaget"), (
        Shot("city", ("cat",), "Tunggu sampai akhir..."),
        Shot("room", ("cat",), "Sebentar lagi...", 1.5),
        Shot("dots", ("phone",), "Subscribe dulu, lanjut besok"),
    ), ("ATT-BAIT",), tune="lively"),
    Recipe("seribu-donat", ("Buang 1.000 Donat ke Kolam", "Menghabiskan Rp10 Juta Sehari"), (
        Shot("room", ("donut", "donut", "donut"), "1.000 donat!"),
        Shot("sea", ("donut", "donut"), "Buang semuanya!", 1.3),
        Shot("city", ("coin", "coin", "donut"), "Masih banyak uangnya"),
    ), ("BEH-WASTE",), tune="lively"),
    Recipe("lompat-atap", ("Tantangan Lompat dari Atap!", "Berani Coba di Rumah?"), (
        Shot("city", ("child",), "Tantangan: lompat dari atap"),
        Shot("city", ("child", "star"), "Gampang, tidak sakit!", 1.3),
        Shot("city", ("phone", "child"), "Coba di rumah, kirim videonya"),
    ), ("BEH-RISK", "BEH-NORM", "BEH-PRANK"), tune="lively", tall=True),
    Recipe("kirim-foto", ("Main Bareng Kakak Yuk", "Siapa Mau Jadi Teman Kakak?"), (
        Shot("arena", ("robot", "child"), "Mau main bareng Kakak?"),
        Shot("room", ("phone",), "Kirim nomor dan fotomu lewat pesan", 1.4),
        Shot("night", ("phone", "star"), "Jangan bilang Mama, ya"),
    ), ("CHI-CONT", "CHI-EXPL"), tall=True),
)  # fmt: skip

NAMES = ("Sari", "Bima", "Wulan", "Togar", "Ayu", "Yosef", "Butet", "Made")
COLOURS = ("Merah", "Biru", "Kuning", "Hijau", "Ungu", "Jingga")


def choose(codes: tuple[str, ...], pick: int) -> Recipe:
    """The script for these label codes: the first code that a script carries, else one of its family.

    No codes choose a benign script; ``pick`` says which.
    """
    if not codes:
        return BENIGN[pick % len(BENIGN)]
    for code in codes:
        for recipe in HARMFUL:
            if code in recipe.codes:
                return recipe
    family = codes[0].split("-")[0]
    near = [r for r in HARMFUL if any(code.startswith(family) for code in r.codes)]
    return near[pick % len(near)] if near else HARMFUL[pick % len(HARMFUL)]


def filled(text: str, variant: int) -> str:
    """``text`` with this variant's name and colour."""
    return text.format(name=NAMES[variant % len(NAMES)], warna=COLOURS[variant % len(COLOURS)])
