"""Common Indonesian abbreviations and slang with the written word; a longer list may be given as a file."""

from __future__ import annotations

_LIST = """
yang: yg yng yank | dengan: dgn dg dngn
tidak: gk ga gak ngga nggak enggak kagak tdk tak g kgk engga ndak | sudah: udh udah sdh dah uda
belum: blm blum | saja: aja aj doang | juga: jg jga | karena: krn krna karna coz | untuk: utk buat bwt
dari: dr dri | pada: pd | dalam: dlm | kalau: klo kalo kl klu | tetapi: tp tpi tapi | jangan: jgn jng
bukan: bkn | lagi: lg lgi | sama: sm ama | saya: sy gue gua gw ane aku ak | kamu: lo lu elo loe
kamu: elu km kmu ente | mereka: mrk mreka | dia: doi | orang: org | anak: ank bocah bocil
begitu: gt gitu gtu | begini: gini gn | kayak: kyk ky kaya kek | banget: bgt bngt bgtt bget
sekali: skali | benar: bnr bener bnar | betul: btul | sangat: sgt | semua: smua smw
sekarang: skrg skrng skr | kemarin: kmrn kmaren | besok: bsk | nanti: ntar nnti tar
kenapa: knp napa knapa | bagaimana: gmn gimana gmana | siapa: sp spa | apa: ap apaan | dimana: dmn
kapan: kpn | mau: mo pengen pgn pingin | bisa: bs bsa | harus: hrs kudu | masih: msh msih
memang: emg emang mmg | seperti: spt sprti | sampai: smpe sampe smp nyampe | terus: trs trus | lalu: trs2
teman: tmn temen | rumah: rmh | sekolah: skolah sklh | jalan: jln | hati: ati | banyak: bnyk byk
sedikit: dikit dkit | lebih: lbh | kurang: krg | paling: plg | terima: trima | kasih: ksh makasih mksh thx
tolong: tlg tlong | maaf: maap sori sorry | video: vid vidio pideo | tonton: nonton ntn | lihat: liat lht
bilang: blg blng | bicara: ngomong ngmg | tahu: tau tw | pakai: pake pke pk | bagus: bgs keren
jelek: jlk | bodoh: bego goblok goblog gblk bloon tolol | gila: gla sinting edan | mati: modar mampus
anjing: anjir anjrit anjg | anjing: njing anjeng asu | babi: bab1 | bangsat: bgst bngst bangsad
uang: duit doku | gratis: gratisan | taruhan: judi judol | slot: slotgacor | main: maen mainan
game: gem gim | suka: ska | cinta: cinte | lelaki: cowok cowo | perempuan: cewek cewe
ibu: emak mak mama bunda | bapak: bpk babe ayah | kakak: kak kk | adik: adek dek | presiden: presidn
indonesia: indo | jakarta: jkt | kafir: kapir | cina: chinese china | sebelum: sblm | sesudah: ssdh
setiap: tiap stiap | sendiri: sndiri ndiri | langsung: lgsg | mungkin: mgkn | menjadi: jd jadi
adalah: adl ialah | ingin: pen | kembali: balik | cepat: cpt cepet | lama: lma | hari: hr | malam: mlm
pagi: pgi | tahun: thn th | bulan: bln | minggu: mgg | jam: jm | nomor: no nmr | pesan: wa wea dm
"""

SLANG: dict[str, str] = {
    short: formal.strip()
    for entry in _LIST.replace("\n", "|").split("|")
    if ":" in entry
    for formal, shorts in [entry.split(":")]
    for short in shorts.split()
}
"""Short form → written form. Only what is unambiguous enough in comments, captions and titles."""
