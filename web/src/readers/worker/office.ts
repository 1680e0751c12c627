/** Office documents: ZIP archives whose members tell which program they belong to. */

import { unzipSync } from "fflate";
import type { Reading } from "../../shared/document.js";
import type { InputError } from "../../shared/errors.js";
import { count, damaged, notReadable } from "../problems.js";
import type { ToFormats } from "../in-worker.js";

/** A small archive may unpack to more than any memory holds. */
const MOST_UNPACKED = 300_000_000;

const SAVE_ANEW = "Open it in its program, save it as DOCX, XLSX or PDF, and open that.";

const OTHERS: readonly (readonly [member: string, what: string])[] = [
  ["ppt/presentation.xml", "a presentation"],
  ["xl/workbook.bin", "a binary Excel workbook"],
  ["content.xml", "an OpenDocument file"],
  ["Index/Document.iwa", "a document of Pages, Numbers or Keynote"],
];

export async function readOffice(file: ToFormats): Promise<Reading> {
  const members = list(file);
  if (members.has("word/document.xml")) return (await import("./word.js")).readWord(file);
  if (members.has("xl/workbook.xml")) return (await import("./sheets.js")).readSheets(file);
  throw otherArchive(file, members);
}

/** The archive's members, of which none is unpacked. */
function list({ name, bytes }: ToFormats): Set<string> {
  const members = new Set<string>();
  let unpacked = 0;
  try {
    unzipSync(bytes, { filter: (member) => { members.add(member.name); unpacked += member.originalSize; return false; } });
  } catch {
    throw damaged(name, "a ZIP archive or an office document");
  }
  if (unpacked <= MOST_UNPACKED) return members;
  throw notReadable(name, `an archive of ${count(unpacked)} bytes, more than the ${count(MOST_UNPACKED)} that are unpacked here`, "Split it, and take the part that matters.");
}

function otherArchive({ name }: ToFormats, members: ReadonlySet<string>): InputError {
  const known = OTHERS.find(([member]) => members.has(member));
  if (known !== undefined) return notReadable(name, known[1], SAVE_ANEW);
  return notReadable(name, "a ZIP archive", "Unpack it, and open the files in it.");
}
