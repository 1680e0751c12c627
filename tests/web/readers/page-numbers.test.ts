import { expect, it } from "vitest";
import { pageNumbers } from "../../../web/src/readers/pdf/page-numbers.js";

it.each([
  [[3], "page 3"],
  [[3, 5], "pages 3 and 5"],
  [[1, 2, 3], "pages 1–3"],
  [[1, 3, 5, 6, 7], "pages 1, 3 and 5–7"],
])("%j are %s", (pages, words) => {
  expect(pageNumbers(pages)).toBe(words);
});
