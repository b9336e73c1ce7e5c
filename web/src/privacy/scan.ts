export type Kind = "email" | "nik" | "phone";
export type Finding = { readonly kind: Kind; readonly start: number; readonly text: string };

/** The patterns of `src/tilik/privacy/scanning.py`, which says why each is as it is. */
const LETTER = String.raw`[\p{L}\p{N}_]`;
const EMAIL = new RegExp(
  String.raw`(?<![\p{L}\p{N}_.+-])${LETTER}[\p{L}\p{N}_.+-]*(?:@|\s?[([](?:at|@)[)\]]\s?)[\p{L}\p{N}_-]+` +
    String.raw`(?:(?:\.|\s?[([](?:dot|titik)[)\]]\s?)[\p{L}\p{N}_-]+)+`,
  "giu",
);
const SIXTEEN = new RegExp(
  String.raw`(?<![\p{L}\p{N}_#])[0-9](?:[ .-]?[0-9]){15}(?![ .-]?[0-9]|${LETTER})`,
  "gu",
);
const START = String.raw`(?<![\p{L}\p{N}_#])(?<![0-9][.,:/-])`;
const END = String.raw`(?![ .,:/-]?[0-9])(?!${LETTER})(?!-${LETTER})`;
const CUE = "(?:whatsapp|wa|hp|telp|telepon|tel|phone|call|hubungi|kontak|contact|sms)";
const PHONES = [
  String.raw`${START}(?:\+?62[ .-]?0?|0062[ .-]?|0)8[1-9](?:[ .-]?[0-9]){7,10}${END}`,
  String.raw`${START}(?:\(0[2-79][0-9]{1,2}\) ?|0[2-79][0-9]{1,2}[ -])[0-9]{3,4}[ -]?[0-9]{2,4}${END}`,
  String.raw`${START}\+[1-9](?:[ .()-]{0,2}[0-9]){7,14}${END}`,
  String.raw`${START}(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}-)[0-9]{3}-[0-9]{4}${END}`,
  String.raw`(?<!${LETTER})${CUE}(?:\s?(?:no|nomor|number))?[ .:]{0,3}(?<number>[0-9](?:[ .-]?[0-9]){7,13})${END}`,
].map((pattern) => new RegExp(pattern, "dgiu"));
const COUNTED =
  /^\s?(?:(?:x|kali|views?|likes?|suka|subscribers?|comments?)(?![\p{L}\p{N}_])|tayangan|penonton|ditonton|pelanggan|followers?|pengikut|komentar|ribu|juta|miliar|rupiah|%)/iu;
const NUMBERED =
  /(?:sku|isbn|ean|upc|barcode|produk|product|artikel|model|seri|serial|kode|code|rp|idr|usd)(?:\s?(?:no|nomor|number))?[ .:#]{0,3}$/iu;
const THOUSANDS = /^(?!\+62\.8)\+?[0-9]{1,3}(?:\.[0-9]{3})+$/;
const PROVINCES = new Set(
  "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 81 82 91 92 93 94 95 96".split(
    " ",
  ),
);

/** What in a text looks like personal data, in its order, without overlap. */
export function scan(text: string): Finding[] {
  const every: Finding[] = [
    ...[...text.matchAll(EMAIL)].map((one) => ({ kind: "email" as const, start: one.index, text: one[0] })),
    ...[...text.matchAll(SIXTEEN)]
      .filter((one) => isNik(one[0]))
      .map((one) => ({ kind: "nik" as const, start: one.index, text: one[0] })),
    ...PHONES.flatMap((pattern) => phones(text, pattern)),
  ];
  const found: Finding[] = [];
  for (const one of every.toSorted((a, b) => a.start - b.start || b.text.length - a.text.length)) {
    const last = found.at(-1);
    if (!last || one.start >= last.start + last.text.length) found.push(one);
  }
  return found;
}

function phones(text: string, pattern: RegExp): Finding[] {
  return [...text.matchAll(pattern)].flatMap((one) => {
    const number = one.groups?.["number"] ?? one[0];
    const start = one.indices?.groups?.["number"]?.[0] ?? one.index;
    const counts = COUNTED.test(text.slice(start + number.length)) || THOUSANDS.test(number);
    return counts || NUMBERED.test(text.slice(0, start))
      ? []
      : [{ kind: "phone" as const, start, text: number }];
  });
}

function isNik(text: string): boolean {
  const digits = text.replace(/[^0-9]/g, "");
  const part = (at: number): number => Number(digits.slice(at, at + 2));
  if (!PROVINCES.has(digits.slice(0, 2)) || part(2) === 0 || part(4) === 0) return false;
  const day = part(6) > 40 ? part(6) - 40 : part(6);
  return digits.slice(12) !== "0000" && [1900, 2000].some((year) => isDay(year + part(10), part(8), day));
}

function isDay(year: number, month: number, day: number): boolean {
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
}
