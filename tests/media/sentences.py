"""Sentences of our own in Indonesian, Malay and Javanese, as titles, captions and comments have them.

The last twenty (Javanese: ten) of each list were held out: the words were not chosen by looking at them.
"""

INDONESIAN = """
Hari ini kita mau bikin slime tanpa lem, gampang banget!
Jangan lupa subscribe dan nyalakan loncengnya ya teman-teman
Gue gak nyangka hasilnya bakal sebagus ini
Kalian pernah nggak ngerasain hal kayak gini?
Ayah pergi ke kantor naik sepeda motor
Kenapa langit berwarna biru? Yuk kita cari tahu
Besok sore kita ketemu di depan sekolah ya
Adik menangis karena mainannya rusak
Cara menggambar kucing lucu untuk pemula
Anak ini tidak bisa berhenti tertawa
Siapa cepat dia dapat hadiah uang tunai
Mobil pemadam kebakaran datang dengan cepat
Lu kalo mau menang harus fokus, bro
Petualangan Si Kancil mencuri ketimun
Jalan-jalan ke kebun binatang bareng keluarga
Tantangan makan mie level tertinggi, kuat nggak?
Belajar berhitung dari satu sampai sepuluh
Rumah kosong ini katanya angker, berani masuk?
Akhirnya aku dapat skin langka secara gratis
Sebelum tidur jangan lupa gosok gigi dulu
Mama marah besar gara-gara kamar berantakan
Gajah adalah hewan darat terbesar di dunia
Resep kue bolu kukus yang lembut dan enak
Kemarin aku jatuh dari sepeda, untung nggak parah
Dia bilang mau datang, tapi sampai sekarang belum muncul
Cewek ini jago banget main gitar
Ternyata begini cara kerja pesawat terbang
Ayo kita bernyanyi bersama lagu Balonku Ada Lima
Aku beli sepatu baru di toko dekat rumah
Mengapa kita harus mencuci tangan sebelum makan?
Jangan ditiru di rumah, adegan ini berbahaya
Pemerintah kota memperbaiki jalan yang rusak
Yg belum follow buruan follow dong
Bocil ini ngamuk pas HP-nya diambil
Kita lihat apa yang terjadi kalau es batu dicampur garam
Nggak semua orang suka pedas, tapi gue doyan
Nenek memberi kami permen dan biskuit
Kelinci itu melompat ke dalam lubang
Tonton sampai habis, ada kejutan di akhir
Teman-teman, hari ini kita akan belajar huruf vokal
Harga mainan ini mahal sekali, sampai dua juta rupiah
Polisi menangkap pencuri sepeda di kampung sebelah
Kok bisa ya dia menang terus?
Senin depan ada ulangan matematika, aku belum belajar
Waktu itu hujan deras dan listrik padam
Coba tebak, gambar apakah ini?
Setiap pagi ibu menyiapkan sarapan untuk kami
Gimana sih caranya biar cepat naik level?
Ikan hias ini harus diberi makan dua kali sehari
Aku sayang ayah dan ibu
Lomba balap karung di lapangan desa
Kita naik kereta api ke Yogyakarta saat liburan
Udah lama banget gue pengen nyobain ini
Matahari terbit dari sebelah timur
""".strip().splitlines()

MALAY = """
Hari ini kita nak buat kek coklat yang sedap sangat
Jangan lupa langgan saluran kami dan tekan butang loceng
Kenapa awak tak cakap awal-awal?
Budak ini comel betul bila dia ketawa
Ayah pergi ke pejabat naik kereta
Korang pernah rasa tak benda macam ni?
Saya tidak dapat datang kerana hujan lebat
Cikgu suruh kami siapkan kerja sekolah
Jom kita pergi ke kedai beli aiskrim
Macam mana nak lukis kucing dengan mudah
Kanak-kanak bermain di taman permainan
Esok petang kita jumpa dekat padang
Boleh tak awak tolong saya sekejap?
Mereka semua seronok menyanyi bersama-sama
Dia beritahu saya bahawa dia sakit perut
Kapal terbang itu mendarat di lapangan terbang
Adik menangis sebab basikal dia rosak
Siapa yang dapat jawab soalan ini dahulu?
Kami sekeluarga pulang ke kampung pada hari raya
Wang saku saya tinggal lima ringgit sahaja
Selamat hari jadi, semoga panjang umur
Kucing saya suka tidur atas almari
Tengok apa yang jadi bila ais dicampur garam
Polis menangkap pencuri motosikal di bandar
Aku tak tahu nak cakap apa lagi
Gajah ialah haiwan darat yang paling besar
Pasukan bola sepak kami menang dua kosong
Mak masak nasi lemak setiap pagi Ahad
Kasut baharu ini sangat selesa dipakai
Tandas awam itu perlu dibersihkan
Kita mesti basuh tangan sebelum makan
Semalam saya pergi ke klinik dengan emak
Ini permainan yang paling kelakar saya pernah tengok
Tonton sampai habis tau, ada kejutan
Kawan saya tinggal di Kuala Lumpur
Budak lelaki itu sudah pandai membaca
Jangan main dekat tepi jalan, bahaya
Hadiah ini untuk awak, bukalah
Universiti itu menawarkan banyak aktiviti menarik
Mari kita mengira dari satu hingga sepuluh
Diorang tengah tunggu bas sekolah
Bunga di taman itu berwarna merah jambu
Nenek hadiahkan saya sebuah buku cerita
Kereta api itu bergerak dengan laju
Bila awak nak balik rumah?
Ikan ini mesti diberi makan dua kali sehari
Telefon bimbit abang saya sudah rosak
Peperiksaan akan bermula pada hari Isnin
Burung kakak tua itu boleh bercakap
Mahalnya mainan ni, tak mampu nak beli
Pelajar itu mendapat markah penuh
Saya suka makan roti canai pada waktu pagi
Kenapa muka awak masam saja hari ini?
Terima kasih kerana menonton video kami
""".strip().splitlines()

JAVANESE = """
Aku arep lunga menyang pasar karo ibu
Bocah-bocah padha dolanan ing latar
Kowe wis mangan durung?
Ojo lali sinau sadurunge turu
Simbah lagi nandur pari ing sawah
Piye carane nggawe layangan saka kertas
Wong kuwi pinter banget nyanyi tembang Jawa
Kucingku cilik lan lucu tenan
Sesuk awake dhewe mlaku-mlaku menyang alun-alun
Aku ora ngerti opo sing kudu tak lakoni
Bapak lagi ndandani omah sing bocor
Sapa sing gelem melu aku tuku es?
Wingi udan deres banget neng desaku
Iki kanggo kowe, ditampa ya
Matur nuwun sampun mirsani video kula
Adhiku nangis amarga dolanane rusak
Sugeng enjing, kepiye kabare panjenengan?
Srengenge wis arep surup, ayo mulih
Yen kowe seneng, aja lali dibagi karo kancamu
Manuk iku mabur dhuwur banget
Aku luwe, ayo mangan sega pecel
Kancil nyolong timun ing kebone Pak Tani
Jarene ing omah kono ana memedi
Banyu kali iki bening lan adhem
Wedhus ireng iku mangan suket
Mbakyu lagi masak jangan bening ing pawon
Aja dolanan geni, mengko kobong
Ana kewan apa wae ing kebon binatang?
Kula badhe tindak dhateng Surabaya
Kok iso ngono yo, aku nganti kaget
Pitikku ngendhog telu dina iki
Nek wis rampung, ndang adus banjur sinau
Bocah iku mlayu rikat banget
Ibu tuku klambi anyar kanggo adhik
Sekolahku cedhak karo masjid gedhe
Aku kangen karo simbah ing desa
Lagu iki gawe atiku seneng
Ngopo kowe nesu karo aku?
Mbulan lan lintang katon endah ing wayah bengi
Wong loro kuwi padha guyon terus
Monggo pinarak, sampun sepi kok
Jaran iku dicancang ing wit jambu
Aku pengin dadi dhokter yen wis gedhe
Untune lara amarga seneng mangan permen
Kae deloken, ana montor mabur!
Kabeh murid kudu nganggo sragam putih
Saiki jam piro to, Le?
Pak Lurah lagi rapat karo warga
Sapi kuwi gedhe, nanging ora galak
Aku wis suwe ora ketemu kanca-kancaku
Ayo nonton wayang kulit neng balai desa
Dheweke ora gelem ngaku yen salah
Godhonge wis kuning lan padha tiba
Mugi-mugi sampeyan tansah sehat
""".strip().splitlines()

HELD_OUT = {"id": INDONESIAN[-20:], "ms": MALAY[-20:], "jv": JAVANESE[-10:]}
SEEN = {"id": INDONESIAN[:-20], "ms": MALAY[:-20], "jv": JAVANESE[:-10]}
OTHERS = {
    "en": [
        "Today we are going to build the biggest tower in the world",
        "Don't forget to like and subscribe to my channel",
        "My brother rather likes this weather",
        "How to draw a cute cat step by step",
    ],
    "ar": ["تعالوا نتعلم الحروف العربية معا", "قصص الأنبياء للأطفال"],
    "ko": ["오늘은 친구들과 함께 놀이공원에 갔어요"],
    "ja": ["今日は公園で遊びました"],
    "hi": ["आज हम एक नया खेल खेलेंगे"],
    "zh": ["今天我们来学习画画"],
}
