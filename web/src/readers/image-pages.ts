/** A picture as the one page of its document. */

import { LONGEST_SIDE, type PagedFile, type PageImages } from "./page-images.js";
import { decodedPicture } from "./image.js";

export async function openImage({ name, original }: PagedFile): Promise<PageImages> {
  const picture = await decodedPicture(name, original);
  return {
    draw: (_, canvas, width) => {
      const scale = Math.min(width / picture.width, LONGEST_SIDE / Math.max(picture.width, picture.height), 1);
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
      return Promise.resolve();
    },
    close: () => { picture.close(); },
  };
}
