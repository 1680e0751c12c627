/** Tells what a file is: by its first bytes, and only where they leave it open by its name or its stated type. */

import type { Unreadable } from "./problems.js";

export type Kind = "pdf" | "office" | "image" | "html" | "mail" | "text";

/** What a file was recognised as; `unknown` holds a name for people where there is no reader for it. */
export type Recognised = { readonly kind: Kind } | (Unreadable & { readonly kind: "unknown" });

/** As many bytes at the beginning as are looked at. */
export const HEAD_BYTES = 8192;

const SAVE_ANEW = "Open it in its program, save it as DOCX, XLSX or PDF, and open that.";
const UNPACK = "Unpack it, and open the files in it.";

const OLD_OFFICE: Unreadable = {
  told: { what: "old-office", mend: "save-anew" },
  what: "an old Word, Excel or Outlook file, or an office file with a password",
  advice: SAVE_ANEW,
};
const RTF: Unreadable = { told: { what: "rtf", mend: "save-anew" }, what: "an RTF file", advice: SAVE_ANEW };
const EMPTY_ZIP: Unreadable = { told: { what: "empty-zip", mend: "another" }, what: "an empty ZIP archive", advice: "Choose another file." };
const RAR: Unreadable = { told: { what: "rar", mend: "unpack" }, what: "a RAR archive", advice: UNPACK };
const SEVEN_ZIP: Unreadable = { told: { what: "7-zip", mend: "unpack" }, what: "a 7-Zip archive", advice: UNPACK };
const GZIP: Unreadable = { told: { what: "gzip", mend: "unpack" }, what: "a gzip archive", advice: UNPACK };

const SIGNATURES: readonly (readonly [start: string, Recognised])[] = [
  ["PK\u0003\u0004", { kind: "office" }],
  ["\u0089PNG\r\n", { kind: "image" }],
  ["\u00ff\u00d8\u00ff", { kind: "image" }],
  ["GIF8", { kind: "image" }],
  ["BM", { kind: "image" }],
  ["II*\u0000", { kind: "image" }],
  ["MM\u0000*", { kind: "image" }],
  ["\u00d0\u00cf\u0011\u00e0", { kind: "unknown", ...OLD_OFFICE }],
  ["{\\rtf", { kind: "unknown", ...RTF }],
  ["PK\u0005\u0006", { kind: "unknown", ...EMPTY_ZIP }],
  ["Rar!", { kind: "unknown", ...RAR }],
  ["7z\u00bc\u00af", { kind: "unknown", ...SEVEN_ZIP }],
  ["\u001f\u008b", { kind: "unknown", ...GZIP }],
];

const EXTENSIONS: Readonly<Record<string, Kind>> = { html: "html", htm: "html", xhtml: "html", eml: "mail", mht: "mail", mhtml: "mail" };
const TYPES: Readonly<Record<string, Kind>> = { "text/html": "html", "application/xhtml+xml": "html", "message/rfc822": "mail" };

const HTML_START = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/is;
const HEADER_LINES = /^(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}/;
const MAIL_HEADERS = [/^from:/im, /^(?:message-id|mime-version|received|date):/im];

/** @param head the file's first `HEAD_BYTES` */
export function recognise(head: Uint8Array, name: string, type: string): Recognised {
  const start = latin1(head);
  if (start.slice(0, 1024).includes("%PDF-")) return { kind: "pdf" };
  if (isBoxedImage(start)) return { kind: "image" };
  const known = SIGNATURES.find(([signature]) => start.startsWith(signature));
  // "BM" may begin a word; the four zero bytes that a bitmap has reserved may not.
  if (known !== undefined && (known[0] !== "BM" || start.slice(6, 10) === "\0\0\0\0")) return known[1];
  return { kind: textKind(start, name, type) };
}

function textKind(start: string, name: string, type: string): Kind {
  const text = start.replaceAll("\r\n", "\n").replace(/^\u00ef\u00bb\u00bf/, "");
  if (HTML_START.test(text)) return "html";
  const headers = HEADER_LINES.exec(text)?.[0];
  if (headers !== undefined && MAIL_HEADERS.every((header) => header.test(headers))) return "mail";
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return EXTENSIONS[extension] ?? TYPES[type.replace(/;.*/s, "")] ?? "text";
}

/** WebP, HEIC and AVIF say what they are after their size. */
function isBoxedImage(start: string): boolean {
  return /^RIFF....WEBP/s.test(start) || /^....ftyp(?:heic|heix|hevc|mif1|msf1|avif)/s.test(start);
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes.subarray(0, HEAD_BYTES)) text += String.fromCharCode(byte);
  return text;
}
