"""What a person reads for each stable error code, in both languages. English here may differ from the
exception's own sentence, which is written for whoever reads the server's log."""

from __future__ import annotations

from tilik.api.messages_exchange import EXCHANGE_MESSAGES
from tilik.api.messages_learn import LEARN_MESSAGES
from tilik.api.messages_quality import QUALITY_MESSAGES
from tilik.api.messages_sign_in import SIGN_IN_MESSAGES
from tilik.api.messages_talk import TALK_MESSAGES

MESSAGES: dict[str, tuple[str, str]] = {
    **SIGN_IN_MESSAGES,
    "person-inactive": ("Akses Anda sudah dicabut.", "Your access has been withdrawn."),
    "csrf": (
        "Permintaan ini tidak datang dari halaman Tilik. Muat ulang halaman.",
        "The request did not come from Tilik's own page. Reload the page.",
    ),
    "role-missing": ("Peran Anda tidak mencakup tindakan ini.", "Your roles do not cover this."),
    "person-missing": ("Orang ini tidak ditemukan.", "There is nobody with this id."),
    "person-name": ("Nama perlu 1 sampai 120 karakter.", "A name needs 1 to 120 characters."),
    "person-roles": ("Setiap orang perlu paling sedikit satu peran.", "A person needs at least one role."),
    "last-admin": (
        "Tidak akan ada lagi yang dapat mengelola orang. Beri peran admin kepada orang lain dahulu.",
        "Nobody could manage people any more. Give another person the role admin first.",
    ),
    "person-erased": (
        "Identitas orang ini sudah dihapus untuk selamanya.",
        "Who this person is was erased for good.",
    ),
    "person-held": (
        "Identitas orang ini ditahan untuk keperluan hukum. Tanyakan kepada petugas keselamatan anak.",
        "A legal hold keeps who this person is. Ask whoever answers for child safety.",
    ),
    "erasure-ground": (
        "Tulis alasannya, paling banyak 1000 karakter.",
        "Write the ground, 1,000 characters at most.",
    ),
    "erasure-names": (
        "Alasan ini menyebut orangnya. Tulis tanpa nama dan alamat surel.",
        "The ground names the person. Write it without name and e-mail address.",
    ),
    "retention-class": ("Kelas data ini tidak dikenal.", "There is no such class of data."),
    "retention-days": ("Masa simpan 1 sampai 36.500 hari.", "Data is kept 1 to 36,500 days."),
    "preferences": ("Pilihan di luar batas.", "A preference is out of range."),
    "guideline-missing": ("Pedoman ini tidak ditemukan.", "This guideline is not here."),
    "guideline-state": (
        "Versi ini tidak dapat dipindahkan ke tahap itu.",
        "This version cannot go there from where it stands.",
    ),
    "draft-status": (
        "Teks ini tidak menyebut dirinya rancangan. Tulis `status: draft`.",
        "The text does not call itself a draft. Write `status: draft`.",
    ),
    "draft-changed": (
        "Sementara itu orang lain sudah menyimpan rancangan bernomor sama. "
        "Beri nomor versi lain, atau buka rancangan itu.",
        "Somebody else has kept a draft of this number meanwhile. Give yours another, or open theirs.",
    ),
    "half-width": ("Lebar selang harus di antara 0 dan 1.", "A half-width lies between 0 and 1."),
    "rereview-empty": (
        "Rancangan ini tidak menyentuh satu pun video yang sudah dinilai dalam studi itu.",
        "The draft touches no judged video of this study.",
    ),
    "study-name": ("Nama studi perlu 1 sampai 128 karakter.", "A study's name needs 1 to 128 characters."),
    "draw-not-in-frame": (
        "Ada video terambil yang tidak ditemukan lagi dalam kerangka.",
        "Some drawn videos are no longer in the frame.",
    ),
    "outcomes-differ": (
        "Para peninjau berbeda pendapat tentang beberapa video, sehingga hasilnya belum ditetapkan.",
        "Reviewers differ on some videos, so their outcome is not settled yet.",
    ),
    "domain-with-many-levels": (
        "Kolom ini berisi terlalu banyak nilai yang berbeda. Pilih kolom yang lebih ringkas.",
        "This column has too many different values. Choose a coarser one.",
    ),
    "threshold-out-of-range": (
        "Ambang harus di antara 0 dan 1.",
        "A threshold lies between 0 and 1.",
    ),
    "as-of": (
        "Tulis posisi log atau waktu, misalnya 1204 atau 2026-03-08.",
        "Write a log position or a time, such as 1204 or 2026-03-08.",
    ),
    "as-of-beyond": (
        "Log tidak mencakup saat itu.",
        "The log does not reach that point.",
    ),
    "nothing-judged": (
        "Belum ada yang dinilai dalam studi ini.",
        "Nothing of this study is judged yet.",
    ),
    "study-exists": ("Sudah ada studi dengan nama ini.", "A study of this name exists."),
    "answer-incomplete": (
        "Penilaian jawaban ini belum lengkap.",
        "The judgement of this answer is not complete.",
    ),
    "answers-missing": ("Kumpulan jawaban ini tidak ditemukan.", "There is no such set of answers."),
    "guideline-other": (
        "Jawaban diberikan menurut pedoman lain. Muat ulang halaman.",
        "The answers were given to another guideline. Reload the page.",
    ),
    "ruled-already": (
        "Tugas ini sudah diputus oleh pemutus lain.",
        "Another adjudicator has ruled on this task.",
    ),
    "ruling-hands-back": (
        "Jawaban ini menyerahkan tugas ke orang lain. Kembalikan saja tugasnya.",
        "This answer hands the task to somebody else. Give the task back instead.",
    ),
    "domain-unknown": ("Kerangka ini tidak punya kolom itu.", "The frame has no such column."),
    "coverage-domains": (
        "Pilih satu sampai empat kolom kerangka.",
        "Choose one to four columns of the frame.",
    ),
    "ruling-missing": (
        "Putusan ini tidak ditemukan.",
        "There is no such ruling here.",
    ),
    "ruling-overturned": (
        "Putusan ini sudah dibatalkan, jadi tidak dapat dijadikan contoh.",
        "This ruling was overturned and cannot be a precedent.",
    ),
    "reason-missing": ("Tulis alasannya dalam satu kalimat.", "Write the reason in one sentence."),
    "dispute-answers": (
        "Putusan yang dibatalkan perlu jawaban baru; yang dipertahankan tidak.",
        "An overturned ruling needs new answers; an upheld one has none.",
    ),
    "dispute-closed": (
        "Keberatan ini sudah diputus.",
        "This dispute has been ruled on.",
    ),
    "dispute-final": (
        "Putusan ini sudah final.",
        "This ruling is final.",
    ),
    "disputed-already": (
        "Keberatan hanya dapat diajukan sekali, dan sudah Anda ajukan.",
        "A ruling can be disputed once, and you have done so.",
    ),
    "not-overturned": (
        "Putusan ini sejalan dengan penilaian Anda.",
        "This ruling agrees with your judgement.",
    ),
    "precedent-question": (
        "Sebutkan pertanyaan mana dalam putusan ini yang dicontohkan.",
        "Say which question of this ruling it is a precedent on.",
    ),
    "overlap-out-of-range": (
        "Bagian yang dinilai ulang harus di antara 0 dan 1.",
        "The share of second looks lies between 0 and 1.",
    ),
    "overlap-with-wants": (
        "Setiap video sudah dinilai beberapa orang, jadi tidak perlu penilaian ulang.",
        "Every video is judged by several people already; no second looks are needed.",
    ),
    "task-missing": ("Tugas ini tidak ditemukan.", "There is no such task."),
    "task-stopped": ("Pekerjaan pada video ini dihentikan.", "Work on this video was stopped."),
    "task-settled": (
        "Tugas ini sudah mendapat cukup penilaian.",
        "This task has all the judgements it wants.",
    ),
    "already-judged": ("Anda sudah menilai tugas ini.", "You have judged this task already."),
    "lease-missing": ("Peminjaman tugas ini tidak ditemukan.", "There is no such lease."),
    "lease-not-yours": ("Tugas ini sedang dipegang orang lain.", "This task is in somebody else's hands."),
    "lease-other-task": ("Peminjaman ini untuk tugas lain.", "The lease is for another task."),
    "lease-expired": (
        "Waktu peminjaman habis dan tugas ini sudah dipegang orang lain.",
        "The lease ended and somebody else has the task.",
    ),
    "enough-held": ("Selesaikan dulu tugas yang sedang Anda pegang.", "Judge a task that you hold first."),
    "key-reused": (
        "Kunci pengiriman ini sudah dipakai untuk isi yang lain.",
        "This key was used for something else.",
    ),
    "not-reopenable": (
        "Penilaian ini tidak bisa diubah lagi.",
        "This judgement stands and cannot be changed any more.",
    ),
    "revised-already": (
        "Penilaian ini sudah Anda ubah di tempat lain.",
        "You have changed this judgement elsewhere already.",
    ),
    "mark-beyond": (
        "Ada rentang yang melewati akhir video. Tandai lagi.",
        "A marked span goes beyond the end of the video. Mark it again.",
    ),
    "answers-incomplete": ("Ada jawaban yang perlu dilengkapi.", "Some answers need attention."),
    "escalation-unknown": ("Jenis eskalasi ini tidak dikenal.", "There is no such escalation."),
    "text-not-allowed": (
        "Untuk eskalasi ini tidak boleh ada teks bebas.",
        "No free text may be written for this escalation.",
    ),
    "case-missing": ("Kasus ini tidak ditemukan.", "There is no such case."),
    "case-type": ("Pedoman tidak mengenal jenis kasus ini.", "The guideline knows no such type of case."),
    "case-state": ("Pedoman tidak mengenal tahap kasus ini.", "The guideline knows no such state of a case."),
    "case-question": ("Pedoman tidak punya pertanyaan ini.", "The guideline asks no such question."),
    "case-task": (
        "Tugas ini belum pernah ada di tangan Anda.",
        "This task was never in your hands.",
    ),
    "case-text": ("Tulis 1 sampai 2000 karakter.", "Write 1 to 2,000 characters."),
    "case-needs-ruling": (
        "Tahap ini hanya dicapai lewat putusan.",
        "A case gets there only by a ruling.",
    ),
    "case-no-ruling": (
        "Celah konten diisi, bukan diputus.",
        "A content gap is filled, not ruled.",
    ),
    "case-owner": (
        "Penanggung jawab ini tidak bekerja di sini.",
        "Nobody who works here has this id.",
    ),
    "case-due": ("Tulis tanggal seperti 2026-03-31.", "Write the day as 2026-03-31."),
    "case-mention": (
        "Tidak ada orang dengan samaran yang Anda sebut.",
        "Nobody here has the pseudonym that you call on.",
    ),
    "case-group": (
        "Kasus tepi dan celah konten tidak bisa sekelompok.",
        "Edge cases and content gaps cannot be of one group.",
    ),
    "ruling-no-label": (
        "Putusan ini tidak menyangkut label mana pun, jadi tidak ada tempatnya dalam pedoman.",
        "This ruling concerns no label, so the guideline has no place for it.",
    ),
    "library-missing": (
        "Pustaka yang diperlukan belum terpasang di server.",
        "A library that this needs is not installed on the server.",
    ),
    "video-missing": ("Berkas video ini tidak terdaftar.", "No file is registered for this video."),
    "search-empty": (
        "Belum ada kata yang dicari. Tulis satu kata atau lebih.",
        "There is no word to look for. Write one or more.",
    ),
    "search-long": ("Pencarian ini terlalu panjang.", "This search is too long."),
    "video-blind": (
        "Anda masih mungkin diminta menilai video ini tanpa petunjuk. Nilai dahulu, baru buka di sini.",
        "You may still be asked to judge this video blind. Judge it first, then look here.",
    ),
    "siblings-none": ("Belum ada salinan yang dipilih.", "No copy is chosen."),
    "siblings-gone": (
        "Usulan ini sudah berubah. Muat ulang halaman.",
        "This offer has changed. Load the page again.",
    ),
    "siblings-missing": ("Keputusan ini tidak ditemukan.", "There is no such decision."),
    "video-locked": ("Video ini dikunci.", "This video is locked."),
    "media-range": (
        "Video hanya diputar di Tilik dan tidak dapat diunduh utuh.",
        "A video is played in Tilik and cannot be taken whole.",
    ),
    "media-link-invalid": ("Tautan media ini tidak sah.", "This media link is not valid."),
    "media-link-expired": (
        "Tautan media ini kedaluwarsa. Muat ulang tugasnya.",
        "This media link is too old. Load the task again.",
    ),
    "media-link-foreign": (
        "Tautan media ini bukan untuk Anda.",
        "This media link was made for somebody else.",
    ),
    "blob-missing": ("Isi berkas tidak ada di penyimpanan.", "The content is not in the store."),
    "blob-sealed": (
        "Isi berkas ini disegel karena pekerjaan atas videonya dihentikan.",
        "This content is sealed: work on its video was stopped.",
    ),
    "blob-damaged": ("Isi berkas di penyimpanan rusak.", "The content in the store is damaged."),
    "database-unreachable": (
        "Basis data sedang tidak menjawab. Coba lagi sebentar; isian Anda tetap ada di peramban ini.",
        "The database does not answer at the moment. Try again soon; your input stays in this browser.",
    ),
    "gold-missing": ("Tugas emas ini tidak ditemukan.", "There is no such gold item."),
    "gold-not-settled": (
        "Tugas ini belum selesai dinilai, jadi belum bisa dijadikan tugas emas.",
        "This task is not settled yet, so it cannot become gold.",
    ),
    "gold-one-judgement": (
        "Tugas ini baru dinilai satu orang. Minta penilaian kedua, atau nyatakan Anda menjaminnya.",
        "One person alone judged this task. Have it judged again, or vouch for it.",
    ),
    "gold-differs": (
        "Para peninjau berbeda pendapat tentang tugas ini. Minta putusan ketiga dahulu.",
        "Reviewers differ on this task. Have it adjudicated first.",
    ),
    "gold-exists": (
        "Jawaban video ini sudah tercatat sebagai tugas emas atau latihan.",
        "The answers of this video are known already, as gold or for practice.",
    ),
    "gold-answers": (
        "Jawaban yang diketahui tidak sesuai pedoman.",
        "The known answers do not fit the guideline.",
    ),
    "gold-state": ("Status tugas emas ini tidak dikenal.", "There is no such state of gold."),
    "gold-rate": (
        "Porsi tugas emas harus di antara 0 dan 0,5.",
        "The rate of gold lies between 0 and 0.5.",
    ),
    **EXCHANGE_MESSAGES,
    **LEARN_MESSAGES,
    **TALK_MESSAGES,
    **QUALITY_MESSAGES,
    "burst-count": ("Satu sesi latihan berisi 1 sampai 50 video.", "A practice holds 1 to 50 videos."),
    "burst-missing": ("Sesi latihan ini tidak ditemukan.", "There is no such practice."),
    "practice-empty": (
        "Tidak ada lagi video latihan yang baru bagi Anda.",
        "There is no practice video left that is new to you.",
    ),
    "feedback-missing": ("Tidak ada umpan balik untuk tugas ini.", "There is no feedback on this task."),
    "escalation-missing": ("Eskalasi ini tidak ditemukan.", "There is no such escalation."),
    "escalation-waiting": (
        "Eskalasi ini belum diterima siapa pun. Terima dahulu.",
        "Nobody has taken this escalation on. Acknowledge it first.",
    ),
    "escalation-closed": ("Eskalasi ini sudah ditutup.", "This escalation is closed."),
    "escalation-note": ("Tulis satu kalimat catatan.", "Write a note of one sentence."),
    "personal-data-email": (
        "Teks ini memuat alamat surel. Hapus alamatnya.",
        "This text holds an e-mail address. Take it out.",
    ),
    "personal-data-nik": ("Teks ini memuat NIK. Hapus nomornya.", "This text holds a NIK. Take it out."),
    "personal-data-phone": (
        "Teks ini memuat nomor telepon. Hapus nomornya, atau nyatakan itu bukan milik perorangan.",
        "This text holds a telephone number. Take it out, or state that it is nobody's.",
    ),
    "study-missing": ("Studi ini tidak ditemukan.", "There is no such study."),
    "guideline-invalid": (
        "Pedoman ini belum bisa dipakai. Perbaiki dulu kesalahannya.",
        "This guideline cannot be used yet. Mend its faults first.",
    ),
    "invalid-request": ("Permintaan tidak sesuai bentuknya.", "The request is not well-formed."),
    "not-found": ("Alamat ini tidak ada.", "There is nothing at this address."),
    "origin": ("Permintaan datang dari situs lain.", "The request came from another site."),
    "unexpected": (
        "Terjadi kesalahan di server. Penilaian yang sudah diterima tetap aman.",
        "Something went wrong on the server. Accepted judgements are safe.",
    ),
}
"""code → (Indonesian, English)"""


def message(code: str, fallback: str) -> dict[str, str]:
    """The sentence for this code in both languages; ``fallback`` where the code has none of its own."""
    indonesian, english = MESSAGES.get(code, (fallback, fallback))
    return {"id": indonesian, "en": english}
