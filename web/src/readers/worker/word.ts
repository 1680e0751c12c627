/** Word documents, by way of the HTML that they amount to, so that paragraphs, lists and tables read as in any page. */

import mammoth from "mammoth";
import type { Reading } from "../../shared/document.js";
import { damaged } from "../problems.js";
import type { ToFormats } from "../in-worker.js";
import { htmlToText } from "./html.js";

export async function readWord({ name, bytes }: ToFormats): Promise<Reading> {
  const convertImage = mammoth.images.imgElement(() => Promise.resolve({ src: "" }));
  try {
    const { value } = await mammoth.convertToHtml({ arrayBuffer: bytes.buffer }, { convertImage, externalFileAccess: false });
    return { text: htmlToText(value), parts: [], warnings: [], attachments: [] };
  } catch {
    throw damaged(name, "word");
  }
}
