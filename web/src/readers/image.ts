/** Pictures: photos of receipts, screenshots, scans. Their letters are recognised on the device. */

import { notReadable, noText } from "./problems.js";
import { Recogniser } from "./ocr/recogniser.js";
import type { Reader } from "./source.js";
import { recognised } from "./warnings.js";

export const readImage: Reader = async (file, bytes, workers, { signal }) => {
  const picture = await decodedPicture(file.name, new Blob([bytes]));
  const recogniser = new Recogniser(workers, signal);
  try {
    const { text, layout, confidence } = await recogniser.recognise(picture);
    if (text.trim() === "") throw noText(file.name);
    const part = { label: "Page 1", span: { start: 0, end: text.length }, layout };
    return { text, parts: [part], warnings: [recognised(null, confidence)], attachments: [] };
  } finally {
    recogniser.close();
  }
};

/** The picture, upright as the camera says. @throws InputError `not-text` where the browser knows no such picture */
export async function decodedPicture(name: string, file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw notReadable(name, {
      told: { what: "picture", mend: "save-picture" },
      what: "a picture that this browser cannot show",
      advice: "Save it as JPEG or PNG, and open that.",
    });
  }
}
