import { expect, it } from "vitest";
import { LinkState, markId, valueId } from "../../../../web/src/app/state/review/link-state.js";

it("lights what the pointer is on, else what is chosen", () => {
  const link = new LinkState();
  link.chosen.value = "/total";
  expect([link.isLit("/total"), link.isLit("/dates/1")]).toEqual([true, false]);
  expect(link.hover({ pointerType: "mouse" }, "/dates/1")).toBe(true);
  expect([link.isLit("/total"), link.isLit("/dates/1")]).toEqual([false, true]);
  link.hovered.value = null;
  expect(link.isLit("/total")).toBe(true);
  link.clear();
  expect(link.isLit("/total")).toBe(false);
});

it("does not take a finger for a hover", () => {
  const link = new LinkState();
  expect(link.hover({ pointerType: "touch" }, "/total")).toBe(false);
  expect(link.target.value).toBeNull();
});

it("tells values and their places apart", () => {
  expect(new Set([markId("/a"), valueId("/a"), markId("/a/0")]).size).toBe(3);
});
