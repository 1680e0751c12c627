import { describe, expect, it } from "vitest";
import { sameOriginScript } from "../../../web/src/app/trusted-script.js";

const HOME = "https://excerpt.example";

describe("sameOriginScript", () => {
  it.each([["/sw.js", `${HOME}/sw.js`], [`${HOME}/assets/worker.js`, `${HOME}/assets/worker.js`]])("takes %s", (address, url) => {
    expect(sameOriginScript(address, HOME)).toBe(url);
  });

  it.each(["https://elsewhere.example/worker.js", "//elsewhere.example/a.js", "data:text/javascript,0", "blob:https://elsewhere.example/1", "javascript:0"])(
    "refuses %s", (address) => { expect(() => sameOriginScript(address, HOME)).toThrow("another origin"); },
  );
});
