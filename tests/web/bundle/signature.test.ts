/** The rules of the signature, by the vectors that Python checks too, with the browser's Ed25519 and the library's. */

import { describe, expect, it } from "vitest";
import { firstThatWorks, fromHex, verifyByBrowser, verifyByLibrary, type Verify } from "../../../web/src/bundle/ed25519.js";
import { parseManifest } from "../../../web/src/bundle/manifest.js";
import { authenticate, parseSignature, requireFresh, staleNotice } from "../../../web/src/bundle/signature.js";
import { fromStored, toStored } from "../../../web/src/bundle/version.js";
import { BundleError } from "../../../web/src/shared/errors.js";
import bundles from "../../vectors/bundles.json";
import signatures from "../../vectors/signatures.json";
import { Host, NOW, publicKeyOf, signed } from "./host.js";
import { Visit } from "./visit.js";

type Vector = (typeof signatures)[number];

const encoder = new TextEncoder();

async function accept({ manifest, signature, trusted, now, newest }: Vector, verify: Verify): Promise<void> {
  const bytes = encoder.encode(manifest);
  const authentic = await authenticate(encoder.encode(signature), bytes, trusted, verify);
  parseManifest(bytes);
  requireFresh(authentic, now, newest);
}

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (thrown) {
    if (!(thrown instanceof BundleError)) throw thrown;
    expect(thrown.advice).not.toBe("");
    return thrown.code;
  }
}

describe.each([
  ["the browser's Ed25519", verifyByBrowser],
  ["the library's", verifyByLibrary],
])("by %s", (_, verify) => {
  it.each(signatures.map((vector) => [vector.name, vector] as const))("%s", async (_name, vector) => {
    expect(await codeOf(accept(vector, verify))).toBe(vector.code);
  });

  it("a signature of wrong length and a message of another are no signatures", async () => {
    const key = fromHex(publicKeyOf(1));
    expect(await verify(key, new Uint8Array(64), encoder.encode("anything"))).toBe(false);
  });
});

describe("a bundle that is opened", () => {
  it.each(bundles.map((vector) => [vector.name, vector] as const))("%s", async (_, { files, code }) => {
    const host = new Host();
    for (const [name, content] of Object.entries(files)) host.files.set(name, new Uint8Array(Buffer.from(content, "base64")));
    expect(await codeOf(new Visit(host).open())).toBe(code);
  });
});

describe("which Ed25519", () => {
  const none: Verify = () => Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
  const wrong: Verify = () => Promise.resolve(false);

  it("is the browser's where it knows a right signature", async () => {
    expect(await firstThatWorks(verifyByBrowser, none)).toBe(verifyByBrowser);
  });

  it("is the library's where the browser has none, or one that does not work", async () => {
    expect(await firstThatWorks(none, verifyByLibrary)).toBe(verifyByLibrary);
    expect(await firstThatWorks(wrong, verifyByLibrary)).toBe(verifyByLibrary);
  });
});

describe("a model on the device", () => {
  const signature = parseSignature(signed(encoder.encode("{}"), { issued: NOW - 10, expires: NOW }));

  it("is said to be past its time a day after that", () => {
    expect(staleNotice(signature, NOW + 86_400)).toBeNull();
    expect(staleNotice(signature, NOW + 86_401)?.message).toContain("2027-01-15");
  });

  it("is kept with its signature in one file", () => {
    const both = { manifest: encoder.encode("{}"), signature: signed(encoder.encode("{}")) };
    expect(fromStored(toStored(both))).toEqual(both);
    expect(fromStored(new Uint8Array(0))).toEqual({ manifest: new Uint8Array(0), signature: new Uint8Array(0) });
  });
});
