import { describe, expect, it } from "vitest";
import { selfTest } from "../../../web/src/engine/self-test.js";
import { reasonsOf, startFirst, tierName, tiersOf, type Device, type Tier } from "../../../web/src/engine/tiers.js";
import { BundleError, CancelledError, DeviceError } from "../../../web/src/shared/errors.js";
import { HashModel } from "./fakes.js";

const WHOLE: Device = { gpu: true, features: [], isolated: true, processors: 8 };
const lost = new DeviceError(["forward-failed", { reason: "the device was lost" }], "The device was lost.", "Reload.");

describe("the tiers of a device", () => {
  it.each<[Device, number, readonly Tier[]]>([
    [WHOLE, 0, [{ backend: "webgpu", threads: 1 }, { backend: "wasm", threads: 4 }]],
    [WHOLE, 1, [{ backend: "wasm", threads: 4 }]],
    [WHOLE, 2, [{ backend: "wasm", threads: 2 }]],
    [WHOLE, 9, [{ backend: "wasm", threads: 1 }]],
    [{ ...WHOLE, gpu: false }, 0, [{ backend: "wasm", threads: 4 }]],
    [{ ...WHOLE, gpu: false }, 1, [{ backend: "wasm", threads: 2 }]],
    [{ ...WHOLE, gpu: false, isolated: false }, 0, [{ backend: "wasm", threads: 1 }]],
    [{ ...WHOLE, gpu: false, processors: 2 }, 0, [{ backend: "wasm", threads: 2 }]],
  ])("of %j after %i steps down", (device, steps, expected) => {
    expect(tiersOf(device, steps)).toEqual(expected);
  });

  it.each<[Tier, string]>([
    [{ backend: "webgpu", threads: 1 }, "webgpu"],
    [{ backend: "wasm", threads: 2 }, "wasm-threads"],
    [{ backend: "wasm", threads: 1 }, "wasm-single"],
  ])("have names: %j", (tier, name) => {
    expect(tierName(tier)).toBe(name);
  });

  const threads: Tier = { backend: "wasm", threads: 4 };
  it.each<[Tier, readonly DeviceError[], Device, number, readonly string[]]>([
    [{ backend: "webgpu", threads: 1 }, [], WHOLE, 0, []],
    [threads, [], WHOLE, 0, ["gpu-not-in-bundle"]],
    [threads, [lost], WHOLE, 0, ["gpu-failed"]],
    [threads, [], WHOLE, 1, ["stepped-down"]],
    [threads, [], { ...WHOLE, gpu: false }, 0, ["no-gpu"]],
    [{ ...threads, threads: 1 }, [], { ...WHOLE, gpu: false, isolated: false }, 0, ["no-gpu", "not-isolated"]],
    [{ ...threads, threads: 1 }, [], { ...WHOLE, gpu: false, processors: 1 }, 0, ["no-gpu", "one-processor"]],
  ])("say why none is better: %j after %j", (tier, falls, device, steps, expected) => {
    expect(reasonsOf({ tier, falls }, device, steps)).toEqual(expected);
  });

  it("are tried in order, and what falls is told", async () => {
    const started = await startFirst(tiersOf(WHOLE), ({ backend }) => (backend === "webgpu" ? Promise.reject(lost) : Promise.resolve(backend)));
    expect(started).toEqual({ tier: { backend: "wasm", threads: 4 }, result: "wasm", falls: [lost] });
  });

  it("are passed over in silence where the bundle has nothing for them", async () => {
    const missing = new BundleError(["no-variant/bundle", { name: "tiny", backends: "webgpu", offered: "wasm" }], "no variant", "Build one.");
    const started = await startFirst(tiersOf(WHOLE), ({ backend }) => (backend === "webgpu" ? Promise.reject(missing) : Promise.resolve(backend)));
    expect(started.falls).toEqual([]);
  });

  it.each([new CancelledError(), new BundleError(["network-lost/update", { why: "broke" }], "gone", "Again.")])("are not tried on after %s", async (error) => {
    const tried: string[] = [];
    const failing = (tier: Tier): Promise<never> => {
      tried.push(tier.backend);
      return Promise.reject(error);
    };
    await expect(startFirst(tiersOf(WHOLE), failing)).rejects.toBe(error);
    expect(tried).toEqual(["webgpu"]);
  });

  it("end with the last one's error", async () => {
    await expect(startFirst(tiersOf(WHOLE), () => Promise.reject(lost))).rejects.toBe(lost);
  });
});

describe("the self-test", () => {
  const tokens = [3, 1, 2, 0, 3, 2];
  const answerOf = async (position: number): Promise<number> => {
    const fed = tokens.slice(0, position + 1).map((id, at) => ({ id, position: at, column: at, sees: [{ from: 0, to: at + 1 }] }));
    const row = (await new HashModel(5, 1).forward(fed, 1)).row(0);
    return row.indexOf(Math.max(...row));
  };

  it("trusts a model that gives the known answers, and no other", async () => {
    const positions = [1, 3, 5];
    const answers = await Promise.all(positions.map(answerOf));
    await expect(selfTest(new HashModel(5, 1), { tokens, positions, answers })).resolves.toBeUndefined();
    const others = answers.map((id, i) => (i === 1 ? (id + 1) % 5 : id));
    await expect(selfTest(new HashModel(5, 1), { tokens, positions, answers: others })).rejects.toMatchObject({
      kind: "device", code: "wrong-answer", message: "The model gave 1 of 3 known answers wrong on this device.",
    });
  });
});
