import { defineWords } from "../i18n/catalogue";

export const words = defineWords("audit", {
  id: {
    title: "Jejak audit",
    lead: "Setiap keputusan tercatat satu kali dan tersambung dengan catatan sebelumnya. Catatan tidak dapat diubah tanpa merusak rantainya.",
    whole: "Rantai utuh: terverifikasi sampai catatan terbaru, nomor {{head}}.",
    partly:
      "Terverifikasi sampai catatan nomor {{seq}} dari {{head}}. Catatan sesudahnya belum terbukti utuh.",
    partlyTitle: "Rantai belum terverifikasi seluruhnya",
    none: "Belum ada catatan",
    seq: "Nomor",
    at: "Waktu",
    actor: "Pelaku",
    type: "Peristiwa",
    subject: "Perihal",
    hash: "Hash",
    system: "sistem",
    older: "Lebih lama",
    newest: "Terbaru",
  },
  en: {
    title: "Audit trail",
    lead: "Each decision is recorded once and bound to the one before. No entry can be changed without breaking the chain.",
    whole: "Chain intact: verified up to the newest entry, {{head}}.",
    partly: "Verified up to entry {{seq}} of {{head}}. Later entries are not proven intact.",
    partlyTitle: "The chain is not verified to its end",
    none: "No entries yet",
    seq: "Entry",
    at: "Time",
    actor: "Actor",
    type: "Event",
    subject: "Subject",
    hash: "Hash",
    system: "system",
    older: "Older",
    newest: "Newest",
  },
});
