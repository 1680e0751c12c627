/** What Tesseract tells of a picture's words, as fragments of a page. */

import type { PageLayout, WordBox } from "../../shared/document.js";
import type { Fragment } from "../layout/lines.js";

const LINE = "4";
const WORD = "5";
/** Less sure words are specks, folds and edges of tables; words of a soft picture begin at fifty, out of a hundred. */
const LEAST_SURE = 40;
/** The part of a line's height that is below its baseline. */
const DESCENT = 0.22;

export function fragmentsOf(tsv: string): Fragment[] {
  const fragments: Fragment[] = [];
  let baseline = 0;
  let height = 0;
  for (const row of tsv.split("\n")) {
    const [level, , , , , , left = "", top = "", width = "", high = "", sure = "", text = ""] = row.split("\t");
    if (level === LINE) {
      height = Number(high);
      baseline = Number(top) + (1 - DESCENT) * height;
    }
    if (level !== WORD || text.trim() === "" || Number(sure) < LEAST_SURE) continue;
    fragments.push({ text, left: Number(left), right: Number(left) + Number(width), baseline, height, spaced: true, rightToLeft: false });
  }
  return fragments;
}

/** The boxes on the picture as it was, of which the words were read after it was turned clockwise by `angle` radians. */
export function turnedBack(layout: PageLayout, angle: number): PageLayout {
  if (angle === 0) return layout;
  const { width, height } = layout;
  const back = (word: WordBox): WordBox => {
    const x = (word.left + word.width / 2 - 0.5) * width;
    const y = (word.top + word.height / 2 - 0.5) * height;
    const left = (x * Math.cos(angle) + y * Math.sin(angle)) / width + 0.5 - word.width / 2;
    const top = (y * Math.cos(angle) - x * Math.sin(angle)) / height + 0.5 - word.height / 2;
    return { ...word, left, top };
  };
  return { width, height, words: layout.words.map(back) };
}
