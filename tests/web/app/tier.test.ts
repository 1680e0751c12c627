import { afterEach, describe, expect, it } from "vitest";
import { chooseLanguage, startLanguage } from "../../../web/src/app/i18n/index.js";
import { memoryStore } from "../../../web/src/app/state/storage.js";
import { reasonWords, shortTierWords, tierWords } from "../../../web/src/app/views/trust/tier.js";

const TIERS = ["webgpu", "wasm-threads", "wasm-single"];

afterEach(() => startLanguage(memoryStore(), []));

describe("a tier", () => {
  it("is said in a word for a list, in either language", async () => {
    expect(TIERS.map(shortTierWords)).toEqual(["GPU", "CPU, threads", "CPU, one thread"]);
    await chooseLanguage("de", memoryStore());
    expect(TIERS.map(shortTierWords)).toEqual(["GPU", "CPU, Threads", "CPU, ein Thread"]);
  });

  it("that this build does not know stands as it is kept", () => {
    expect([shortTierWords("webnn"), tierWords("webnn")]).toEqual(["webnn", "webnn"]);
  });
});

describe("why it is this one", () => {
  it("is one sentence for each reason", () => {
    expect(reasonWords("no-gpu one-processor")).toEqual(["This browser offers no graphics processor.", "This device has one processor."]);
  });

  it("is that nothing better was there, where there is no reason", () => {
    expect(reasonWords("")).toEqual(["The fastest way that there is here."]);
  });
});
