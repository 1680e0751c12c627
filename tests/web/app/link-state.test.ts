import { expect, it } from "vitest";
import { LinkState, markId, valueId } from "../../../web/src/app/state/link-state.js";

const TOTAL = { path: "/total", item: 0 };
const DATE = { path: "/date", item: 1 };

it("lights what the pointer is on, else what has the focus", () => {
  const link = new LinkState();
  link.focused.value = TOTAL;
  expect([link.isLit(TOTAL), link.isLit(DATE)]).toEqual([true, false]);
  expect(link.hover({ pointerType: "mouse" }, DATE)).toBe(true);
  expect([link.isLit(TOTAL), link.isLit(DATE)]).toEqual([false, true]);
  link.hovered.value = null;
  expect(link.isLit(TOTAL)).toBe(true);
  link.clear();
  expect(link.isLit(TOTAL)).toBe(false);
});

it("does not take a finger for a hover", () => {
  const link = new LinkState();
  expect(link.hover({ pointerType: "touch" }, TOTAL)).toBe(false);
  expect(link.target.value).toBeNull();
});

it("tells the items of a list apart", () => {
  const link = new LinkState();
  link.focused.value = DATE;
  expect(link.isLit({ ...DATE, item: 0 })).toBe(false);
  expect(new Set([markId(DATE), markId({ ...DATE, item: 0 }), valueId(DATE)]).size).toBe(3);
});
