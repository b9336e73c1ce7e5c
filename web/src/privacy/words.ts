import { defineWords } from "../i18n/catalogue";

export const words = defineWords("privacy", {
  id: {
    email: "Alamat surel: {{found}}",
    nik: "NIK: {{found}}",
    phone: "Nomor telepon: {{found}}",
    takeOut: "Data pribadi tidak boleh disimpan di sini. Hapus dari teks agar dapat melanjutkan.",
    takeOutOrState:
      "Jika ini nomor seseorang, hapus dari teks. Jika nomor layanan umum atau bukan nomor telepon, nyatakan di bawah.",
    state: "Bukan nomor perorangan",
  },
  en: {
    email: "E-mail address: {{found}}",
    nik: "NIK (national identity number): {{found}}",
    phone: "Telephone number: {{found}}",
    takeOut: "Personal data may not be kept here. Take it out of the text to go on.",
    takeOutOrState:
      "If it is a person's number, take it out. If it is a helpline's, or no telephone number, state so below.",
    state: "It is nobody's number",
  },
});
