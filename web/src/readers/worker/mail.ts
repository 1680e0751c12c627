/** A mail as people see it: who, when, about what, then the text. What is attached are documents of their own. */

import PostalMime, { type Address, type Attachment as MailAttachment, type Email } from "postal-mime";
import type { Attachment, Reading, Warning } from "../../shared/document.js";
import { withPlainLineEnds } from "../decode.js";
import { damaged } from "../problems.js";
import type { ToFormats } from "../in-worker.js";
import { withoutBody } from "../warnings.js";
import { htmlToText } from "./html.js";

export async function readMail(file: ToFormats): Promise<Reading> {
  const mail = await parse(file);
  const attachments = mail.attachments.filter(isDocument).map(toAttachment);
  const body = bodyOf(mail);
  const text = `${headersOf(mail).join("\n")}\n\n${body}`.trim();
  if (text === "" && attachments.length === 0) throw damaged(file.name, "mail");
  const warnings: Warning[] = body === "" ? [withoutBody()] : [];
  return { text, parts: [], warnings, attachments };
}

async function parse(file: ToFormats): Promise<Email> {
  try {
    return await PostalMime.parse(file.bytes);
  } catch {
    throw damaged(file.name, "mail"); // Nested beyond measure; the parser takes nearly everything else.
  }
}

function headersOf({ from, to, cc, date, subject, headers }: Email): string[] {
  // The date as it was written: the parser's is in another time zone.
  const written = headers.find(({ key }) => key === "date")?.value ?? date;
  const lines: [string, string | undefined][] = [
    ["From", from === undefined ? undefined : nameOf(from)], ["To", to?.map(nameOf).join(", ")],
    ["Cc", cc?.map(nameOf).join(", ")], ["Date", written], ["Subject", subject],
  ];
  return lines.flatMap(([label, value]) => (value === undefined || value === "" ? [] : [`${label}: ${value}`]));
}

function nameOf(address: Address): string {
  if (address.group !== undefined) return `${address.name}: ${address.group.map(nameOf).join(", ")}`;
  return address.name === "" ? address.address : `${address.name} <${address.address}>`;
}

function bodyOf({ text, html }: Email): string {
  const plain = withPlainLineEnds(text ?? "").trim();
  return plain === "" && html !== undefined ? htmlToText(html) : plain;
}

/** Not the pictures of the mail's own layout. */
function isDocument({ related, disposition }: MailAttachment): boolean {
  return related !== true || disposition === "attachment";
}

function toAttachment({ filename, mimeType, content }: MailAttachment, index: number): Attachment {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : new Uint8Array(content);
  return { name: filename ?? `Attachment ${index + 1}`, type: mimeType, bytes: bytes.slice() };
}
