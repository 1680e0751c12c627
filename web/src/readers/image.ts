/** Pictures: photos of receipts, screenshots, scans. Their letters are recognised on the device. */

import { notReadable, noText } from "./problems.js";
import { Recogniser, recognisedWarning } from "./ocr/recogniser.js";
import type { Reader, SourceFile } from "./source.js";

export const readImage: Reader = async (file, bytes, workers, { signal }) => {
  const picture = await decoded(file, bytes);
  const recogniser = new Recogniser(workers, signal);
  try {
    const { text, layout, confidence } = await recogniser.recognise(picture);
    if (text.trim() === "") throw noText(file.name);
    const part = { label: "Page 1", span: { start: 0, end: text.length }, layout };
    return { text, parts: [part], warnings: [recognisedWarning("This text", confidence)], attachments: [] };
  } finally {
    recogniser.close();
  }
};

/** The picture, upright as the camera says. */
async function decoded({ name }: SourceFile, bytes: Uint8Array<ArrayBuffer>): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(new Blob([bytes]), { imageOrientation: "from-image" });
  } catch {
    throw notReadable(name, "a picture that this browser cannot show", "Save it as JPEG or PNG, and open that.");
  }
}
