/** Office documents: ZIP archives whose members tell which program they belong to. */

import { unzipSync } from "fflate";
import type { Reading } from "../../shared/document.js";
import type { InputError } from "../../shared/errors.js";
import type { Phrases } from "../../shared/wordings.js";
import { count, damaged, notReadable } from "../problems.js";
import type { ToFormats } from "../in-worker.js";

/** A small archive may unpack to more than any memory holds. */
const MOST_UNPACKED = 300_000_000;

const SAVE_ANEW = "Open it in its program, save it as DOCX, XLSX or PDF, and open that.";

const OTHERS: readonly (readonly [member: string, told: Exclude<Phrases["what"], "unpacked">, what: string])[] = [
  ["ppt/presentation.xml", "presentation", "a presentation"],
  ["xl/workbook.bin", "binary-workbook", "a binary Excel workbook"],
  ["content.xml", "open-document", "an OpenDocument file"],
  ["Index/Document.iwa", "apple", "a document of Pages, Numbers or Keynote"],
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
    throw damaged(name, "archive");
  }
  if (unpacked <= MOST_UNPACKED) return members;
  throw notReadable(name, {
    told: { what: "unpacked", mend: "split", unpacked, most: MOST_UNPACKED },
    what: `an archive of ${count(unpacked)} bytes, more than the ${count(MOST_UNPACKED)} that are unpacked here`,
    advice: "Split it, and take the part that matters.",
  });
}

function otherArchive({ name }: ToFormats, members: ReadonlySet<string>): InputError {
  const known = OTHERS.find(([member]) => members.has(member));
  if (known === undefined) return notReadable(name, { told: { what: "zip", mend: "unpack" }, what: "a ZIP archive", advice: "Unpack it, and open the files in it." });
  const [, told, what] = known;
  return notReadable(name, { told: { what: told, mend: "save-anew" }, what, advice: SAVE_ANEW });
}
