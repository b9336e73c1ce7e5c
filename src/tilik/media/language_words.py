"""Words by which Indonesian, Malay and Javanese are told apart: those that one of them has and its
neighbours do not, or hardly, have. Words that two of them share say nothing and stay out.

Written from knowledge of the languages, without a corpus; ``tests/media/sentences.py`` measures them.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INDONESIAN = _words("""
karena bisa kalian gue gua gw lu lo loe elo elu nggak enggak gak ga ngga kagak gaboleh aja doang sih dong
deh kok kan kayak kaya kayaknya gitu gini begitu gimana bagaimana kapan pengen pengin bilang cowok cewek
mobil kantor uang gratis sepatu celana kaos senin jumat polisi televisi yaitu kemarin besok sore siang kamar
lemari piring sendok handuk kacamata toko warung antar kirim yuk ketemu pakai pake universitas kualitas
aktivitas fasilitas informasi layanan pemerintah kota telepon hp ponsel unduh situs ulang lebaran libur
liburan asyik seru lucu imut banget udah belom kelar selesai sedang bikin cuma cuman tapi entar ntar barusan
sekalian bapak mama papa bocil kamu kalo klo gara semua semuanya soalnya makanya ternyata apalagi ngapain
emang malah justru pasti permen kue mie sampah rumah sakit sepeda motor jalan macet banjir murid guru kelas
pelajaran nilai rapor nonton subscribe konten merek beli jualan belanja diskon ongkir menang juara lomba
tantangan dulu buruan petualangan pesawat hewan ketimun darat lewat adegan angker balap hantu berhasil ribet
capek capai ngantuk lelah kesal sebal takut berani jago keren mantap ampun astaga bukannya sekaligus rupiah
dapet sampai sampe sering gubernur presiden bupati walikota restoran apotek bandara stasiun dokter perawat
obat bioskop sopir ojek becak angkot bakso es kulkas kompor ember kantin layar baterai akun sandi grup tim
sukses foto menggambar mewarnai bernyanyi boneka balon kodok macan kelinci kupu-kupu kecoa deras salju
biskuit jeruk semangka apel nanas pepaya wortel kepiting cumi tebak tebakan harus butuh kaget bingung pintar
ganteng cakep paman bibi tante kakek istri ruang ruangan lantai gedung jendela kursi bangku tas menit detik
maret juni juli agustus desember nomor koran kabar sekali terjadi biar heboh ngajak ngasih ngambil ngeliat
liat lihat dikit siapkan menyiapkan nyalakan matikan tombol rem helm spion bensin ban kapten penonton wasit
gawang cari nyari mencoba coba dicoba berbeda bermain main bareng sama sama-sama
""")

MALAY = _words("""
kerana boleh awak korang kitorang diorang kau orang nak mahu tak takde takda tiada sahaja je jer jelah lah
macam mana macamana camne bila cakap beritahu tengok tolong jumpa jom kereta basikal motosikal lori pejabat
wang duit percuma kasut seluar baju isnin ahad khamis jumaat polis televisyen iaitu ialah semalam esok
petang pukul bilik almari cawan pinggan sudu tuala tandas cermin mata kedai hantar guna cikgu pelajar
universiti kualiti aktiviti komuniti maklumat perkhidmatan kerajaan bandar lebuh telefon bimbit laman muat
turun naik langgan melanggan hari jadi cuti sedap seronok comel budak kanak kanak-kanak dah sudah tengah
betul sangat pun sebab apabila ketika manakala walaupun supaya agar kepada terhadap encik puan cik emak mak
ayah pak abah atuk nenek murah mahal gembira sedih penat letih lapar dahaga makcik pakcik bapa ringgit sen
kawan rakan jiran saya kami hendak cuba lambat balik pulang gaduh bergaduh bising senyap kacau cantik hodoh
gemuk kurus besar kecil kelakar gurau bergurau teruk teruknya hebat mantop terbaik syok best gila bodoh
malas rajin pandai bijak sekejap kejap baru sila jemput silakan dijemput haiwan selesa baharu mesti bola
perlawanan pasukan pingat peperiksaan keputusan markah rendah menengah doktor jururawat ubat hospital klinik
peti sejuk epal oren betik tembikai kek gula-gula aiskrim ais beg buku pensel pemadam kertas gunting gam
lukis melukis mewarna warna hijau merah ungu ingatkan fikir berfikir ingat lupa terlupa pastikan sertai
peraduan pertandingan menangi jurang bagus elok senang mudah sukar peringkat tahap seterusnya selepas
sebelum setelah semasa sewaktu datuk isteri tingkap kerusi minit saat mac jun julai ogos disember nombor
khabar skrin bateri akaun kumpulan berjaya belon zoo arnab rama-rama lipas salji biskut nenas lobak ketam
sotong teka-teki keliru bangunan padang lebat menyediakan sediakan berlaku jangkitan memandu pemandu lesen
tayar brek jika sekiranya bolehlah marilah mari mengapa siapa apa berapa
""")

JAVANESE = _words("""
kowe panjenengan sampeyan dheweke awake ora ndak wis wes durung arep iso isa kudu ojo opo sopo sapa endi
ngendi piye kepiye priye kenopo pira piro iki iku kuwi kae kono kene ning ing saka seko karo lan utawa utowo
nanging mergo merga amarga yen nek menawa supados tenan temen mangan ngombe turu mlaku mlayu lungo lunga
mulih teko ndelok delok ndeleng weruh krungu omah griya bocah bocah-bocah lare wong tiyang lanang wadon
simbah mbah adhi adhik kakang mbakyu konco kanca gedhe cilik apik elek ayu anyar lawas akeh sithik sitik
dina dino wengi esuk awan sesuk wingi sewu loro telu papat enem pitu wolu sanga suwun nuwun matur monggo
mangga nggih inggih mboten kula kulo dalem badhe sampun dereng saged kedah wonten menyang nang neng tuku
tumbas dodol sinau kewan manuk pitik wedhus kebo jaran segara kali banyu geni udan srengenge mbulan lintang
kembang godhong wit woh pari sega sego lawuh iwak wedang mangkat adus klambi kathok dolan dolanan seneng
nesu wedi isin ngguyu tresna lali eling luwe ngelak kesel lara waras ngerti nggawe gawe nggawa njaluk jaluk
njupuk jupuk menehi diwenehi diparingi nulis maca moco nyanyi tembang dongeng crito crita critane jarene
jare jenenge jeneng arane aran sekolahan pasar kutha desa dalan ngarep mburi tengen kiwa ngisor nduwur
dhuwur jero njaba tangga bapakku ibuku omahku bapake ibune omahe kabeh mung wae bae maneh meneh uga nganti
nalika naliko saben saiki mengko biyen suwe rikat alon banter lirih ireng putih ijo legi asin pait pedhes
gurih adhem panas anget teles garing resik reged rusak becik ala bener salah angel abot entheng ndang age
tulung nyuwun pangapunten rawuh tindak dhahar sare siram ngendika priksa mirsani mugi mugo muga gusti
pangeran slamet sugeng enjing siyang sonten dalu rahayu kulawarga sedulur putu anak
""")

WORDS = {"id": INDONESIAN, "ms": MALAY, "jv": JAVANESE}

STRONG = {
    "id": _words("aja banget besok bisa enak gak gue kalian kantor karena kemarin mobil nggak uang yaitu"),
    "ms": _words(
        "awak boleh cakap cikgu comel je kerana kereta korang macam mahu nak sahaja seronok tak tengok"
    ),
    "jv": _words("arep bocah iki iku ing karo kowe kuwi lan menyang opo ora piye saka wis wong"),
}
"""Words that alone nearly settle it; each counts twice."""
