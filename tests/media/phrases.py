"""What people write, with the entries that must be found in it, and what must be let be."""

FOUND = {
    "Main slot gacor malam ini, langsung maxwin!": {"slot", "gacor", "maxwin"},
    "sl0t g4c0r h4r1 1n1": {"slot", "gacor"},
    "SLOT88 GACOR77 anti rungkad": {"slot", "gacor", "anti rungkad"},
    "#slotgacor #maxwin": {"slot", "gacor", "maxwin"},
    "s l o t gacorrrr bosku": {"slot", "gacor"},
    "s.l.o.t terpercaya": {"slot"},
    "slotnya lagi gacor parah": {"slot", "gacor"},
    "bocoran RTP live hari ini": {"rtp live"},
    "Scatter hitam turun terus, bonus new member 100": {"scatter", "bonus new member"},
    "gue menang t0gel 4 angka": {"togel"},
    "Link alternatif ada di bio ya": {"link alternatif"},
    "ｓｌｏｔ ｇａｃｏｒ": {"slot", "gacor"},
    "slоt gаcоr": {"slot", "gacor"},  # the o and a are Cyrillic
    "Freebet tanpa depo, jackpot terus": {"freebet", "depo", "jackpot"},
    "main judol tiap malam sampe rungkad": {"judol", "rungkad"},
    "Robux gratisss buat kalian semua": {"robux gratis"},
    "FREE ROBUX no scam": {"free robux"},
    "bagi2 robux lagi nih gaes": {"bagi bagi robux"},
    "bagi-bagi robux buat subs": {"bagi bagi robux"},
    "#robuxgratis #ff": {"robux gratis"},
    "Diamond grts cuma hari ini": {"diamond gratis"},
    "tulis pw kalian di kolom komentar": {"tulis password"},
    "kirim OTP nya ke nomer ini": {"kirim otp"},
    "klaim skrg sebelum habis": {"klaim sekarang"},
    "Giveaway pulsa gratis": {"giveaway", "pulsa gratis"},
    "dana kaget 50 ribu, cepetan": {"saldo dana gratis"},
    "jgn di skip ya dek": {"jangan di skip"},
    "yg skip berarti gak sayang orang tua": {"yang skip"},
    "Yang skip ibumu sakit 7 hari": {"yang skip", "ibumu sakit"},
    "klo skip dosa kalau gak share": {"kalau skip", "dosa kalau"},
    "Ketik aamiin kalau sayang ibu": {"ketik aamiin"},
    "ktik amin di komen": {"ketik aamiin"},
    "ngeprank ibu sampe nangis": {"prank", "sampai nangis"},
    "Adik kena PRANK hantu": {"prank"},
    "Challenge tahan nafas 3 menit": {"challenge", "tahan napas"},
    "tantangan makan pedas level 50": {"tantangan", "makan pedas", "level 50"},
    "nonton balapan liar tengah malam": {"balap liar"},
    "lu emang g0blok": {"goblok"},
    "gobloooook bgt sih": {"goblok"},
    "dasar g*blok": {"goblok"},
    "gblk lu tolollll": {"goblok", "tolol"},
    "b3gu banget dah": {"bego"},
    "b e g o kok dipelihara": {"bego"},
    "dasar mskin lu": {"dasar miskin"},
    "mukanya jelek bgt": {"jelek banget", "muka jelek"},
    "noob, cupu, beban tim": {"noob", "cupu", "beban"},
    "anj*ng lu": {"anjing"},
    "4nj1ng kaget gue": {"anjing"},
    "ANJIIIIIR keren banget": {"anjir"},
    "njir gue kalah mulu": {"anjir"},
    "dasar b4ngs4t": {"bangsat"},
    "bgst lo semua": {"bangsat"},
    "j4nc0k rek": {"jancok"},
    "jancuuuk": {"jancok"},
    "a.n.j.i.n.g": {"anjing"},
    "Penampakan pocong asli di kebun": {"penampakan", "pocong"},
    "uji nyali ketemu kuntilanak": {"uji nyali", "kuntilanak"},
    "awas di belakangmu...": {"di belakangmu"},
    "bocil ngevape di sekolah": {"vape"},
    "belajar ngerokok bareng abang": {"rokok"},
    "gabung grup wa ya, wa admin di bio": {"grup wa", "wa admin"},
    "jgn blg mama ya ini rahasia kita": {"jangan bilang mama"},
    "jangan bilang ortu kalian": {"jangan bilang orang tua"},
    "krm poto kamu dong": {"kirim foto"},
    "mabar yuk malem ini": {"mabar"},
}

INNOCENT = """
Slot waktu pendaftaran sekolah masih ada
Cara memasang slot kartu memori di laptop
Suara burung murai paling gacor
Lovebird gacor durasi panjang
Membuat scatter plot dengan Python
Stop judol! Lindungi anak dari bahayanya
Bahaya judi online bagi pelajar
Depo kereta api terbesar di Indonesia
Harddisk WD 1 TB untuk komputer
Zeus, dewa petir dalam mitologi Yunani
Lagu dangdut rungkad lirik lengkap
Spin bola tenis meja untuk pemula
Tantangan membaca seratus buku
Belajar menahan napas sebelum berenang
Dokter hewan memeriksa anjing kami
Anak anjing husky pertama kali melihat salju
Peternakan babi di Bali
Cerita babi dan serigala
Beban maksimal lift ini 400 kg
Kucing gendut ini lucu sekali
Kampret adalah sejenis kelelawar kecil
Berhenti merokok itu bisa, ini caranya
Sabun liquid untuk mencuci piring
Gerakan tai chi untuk lansia
Bahaya petasan bagi anak
Cara mengatasi mabuk laut
Menghitung beban listrik rumah
Penampilan sensasional penyanyi cilik
Hari ini kita belajar huruf hijaiyah
Resep bolu kukus anti gagal
Terima kasih sudah menonton sampai selesai
Menggambar pemandangan gunung dan sawah
Kakak membantu ibu di dapur
Mengapa bumi berputar?
Tips belajar matematika dengan mudah
Cerita si Kancil dan Buaya
Ayo gosok gigi setiap malam
Masa depan anak bangsa
Bebek berenang di kolam
Kami berlibur ke pantai
Sepeda baru untuk adik
Pemadam kebakaran menyelamatkan kucing
Cara membuat layang-layang dari kertas
Robot mainan yang bisa menari
Asuransi kesehatan untuk keluarga
Asupan gizi anak
Toko alat tulis dekat sekolah
Ibu Tati membeli tas baru
Menonton kereta lewat di stasiun
Aku sayang ayah dan ibu
Grup WA orang tua murid kelas 3
Ras anjing terkecil di dunia
Makanan anjing yang sehat
Mobil listrik terbaru
Balon udara warna-warni
Bagikan kebahagiaan di hari raya
""".strip().splitlines()
