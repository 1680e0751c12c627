/** The fragments of a page out of what pdf.js tells of its text. */

import type { PDFPageProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import type { Fragment } from "../layout/lines.js";

/** Text, or a mark of the page's structure. */
type Item = Awaited<ReturnType<PDFPageProxy["getTextContent"]>>["items"][number];
type TextItem = Extract<Item, { str: string }>;
type Matrix = readonly [number, number, number, number, number, number];

/** Text that leans more than this is not on a line with upright text, in radians. */
const UPRIGHT = 0.1;

/** @param toPage pdf.js's matrix from the PDF's own space to the upright page, whose origin is its upper left corner */
export function fragmentsOf(items: readonly Item[], toPage: readonly number[]): Fragment[] {
  const fragments: Fragment[] = [];
  let spaced = false;
  for (const item of items) {
    if (!("str" in item)) continue;
    if (item.str.trim() === "") {
      spaced = true;
      continue;
    }
    fragments.push(toFragment(item, product(toPage as Matrix, item.transform as unknown as Matrix), spaced));
    spaced = item.hasEOL;
  }
  return fragments;
}

function toFragment({ str, dir, width, height }: TextItem, [a, b, c, d, e, f]: Matrix, spaced: boolean): Fragment {
  const size = Math.hypot(c, d) || height || 1;
  const leaning = Math.abs(Math.atan2(b, a)) > UPRIGHT || dir === "ttb";
  // Text along the page's edge is as wide as its letters are high.
  const right = leaning ? e + size : e + width;
  return { text: str, left: e, right, baseline: f, height: size, spaced, rightToLeft: dir === "rtl" };
}

function product([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
