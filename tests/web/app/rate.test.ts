import { expect, it } from "vitest";
import { RateMeter } from "../../../web/src/app/rate.js";

it("says nothing before there is enough to tell a speed", () => {
  const meter = new RateMeter();
  expect(meter.add(0, 0, 100)).toBeUndefined();
  expect(meter.add(499, 1000, 100)).toBeUndefined();
});

it("tells speed and time left", () => {
  const meter = new RateMeter();
  meter.add(0, 0, 3000);
  expect(meter.add(1000, 1000, 2000)).toEqual({ rate: 1000, left: 2 });
});

it("forgets what is longer ago than its window", () => {
  const meter = new RateMeter();
  for (let second = 0; second <= 10; second += 1) meter.add(second * 1000, second * 1000, 1);
  for (let second = 11; second <= 15; second += 1) meter.add(second * 1000, 10_000 + (second - 10) * 5000, 1);
  expect(meter.add(16_000, 40_000, 10_000)).toEqual({ rate: 5000, left: 2 });
});

it("says nothing while nothing comes", () => {
  const meter = new RateMeter();
  meter.add(0, 500, 100);
  expect(meter.add(2000, 500, 100)).toBeUndefined();
});
