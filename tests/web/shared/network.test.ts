import { describe, expect, it } from "vitest";
import { notesOf, shownAddress } from "../../../web/src/shared/network/notes.js";
import { seal, type Sealable } from "../../../web/src/shared/network/seal.js";

const ORIGIN = "https://excerpt.example";

describe("what the browser has timed", () => {
  it("is a request where something came over the network", () => {
    expect(notesOf([{ name: `${ORIGIN}/bundle/a.bin`, transferSize: 1300 }], "engine", ORIGIN)).toEqual([
      { kind: "request", asker: "engine", address: "/bundle/a.bin", foreign: false, received: 1300, carried: 0 },
    ]);
  });

  it.each([`${ORIGIN}/assets/a.js`, `blob:${ORIGIN}/1`, "data:text/plain,a"])("is none where it came from the device: %s", (name) => {
    expect(notesOf([{ name, transferSize: 0 }], "page", ORIGIN)).toEqual([]);
  });

  it("is one of another site, whatever that hides", () => {
    expect(notesOf([{ name: "https://other.example/pixel?d=abc", transferSize: 0 }], "page", ORIGIN)).toEqual([
      { kind: "request", asker: "page", address: "https://other.example", foreign: true, received: 0, carried: 5 },
    ]);
  });

  it("carries what stands behind the question mark, but for the build's own mark", () => {
    const [plain, carrying] = notesOf([
      { name: `${ORIGIN}/icon.svg?__WB_REVISION__=0123`, transferSize: 1 },
      { name: `${ORIGIN}/?text=gr%C3%BCn`, transferSize: 1 },
    ], "shell", ORIGIN);
    expect(plain).toMatchObject({ address: "/icon.svg", carried: 0 });
    expect(carrying).toMatchObject({ address: "/", carried: 14 });
  });
});

describe("a shown address", () => {
  it.each([
    ["/up?secret", "/up"],
    ["https://other.example/a?b", "https://other.example"],
    ["wss://other.example/a", "wss://other.example"],
    ["http://", "?"],
  ])("never holds what it carries: %s", (address, shown) => {
    expect(shownAddress(address, `${ORIGIN}/`)).toBe(shown);
  });
});

/** A scope with every door that a browser has, and a note of what went through. */
function scope() {
  const asked: string[] = [];
  class Request_ {
    open(method: string, url: string): void { asked.push(`${method} ${url}`); }
    send(): void { asked.push("sent"); }
  }
  class Navigator_ {
    sendBeacon(url: string): boolean { asked.push(url); return true; }
  }
  class Socket { readonly asked = asked.push("socket"); }
  const sealable = {
    fetch: (input: RequestInfo | URL) => { asked.push(String(input instanceof Request ? input.url : input)); return Promise.resolve(new Response("")); },
    XMLHttpRequest: Request_ as unknown as NonNullable<Sealable["XMLHttpRequest"]>,
    Navigator: Navigator_,
    WebSocket: Socket, EventSource: Socket, WebTransport: Socket,
  } satisfies Sealable & Record<string, unknown>;
  const refused: string[] = [];
  seal(sealable, (address, how) => { refused.push(`${how} ${address}`); });
  const sending: typeof fetch = (...given) => (sealable as Sealable).fetch(...given);
  return { sealable, sending, asked, refused, xhr: new Request_(), navigator: new Navigator_() };
}

describe("a sealed scope", () => {
  it("asks for files", async () => {
    const { sealable, sending, asked, refused, xhr } = scope();
    await sealable.fetch("/a");
    await sealable.fetch(new Request(`${ORIGIN}/b`));
    await sending("/c", { method: "head" });
    xhr.open("GET", "/d");
    expect(asked).toEqual(["/a", `${ORIGIN}/b`, "/c", "GET /d"]);
    expect(refused).toEqual([]);
  });

  it("carries nothing out, by no way there is", async () => {
    const { sealable, sending, asked, refused, xhr, navigator } = scope();
    await expect(sending("/a", { method: "POST", body: "text" })).rejects.toThrow("sends nothing");
    await expect(sending(new Request(`${ORIGIN}/b`, { method: "PUT", body: "text" }))).rejects.toThrow("sends nothing");
    await expect(sending(new Request(`${ORIGIN}/c`), { method: "patch" })).rejects.toThrow("sends nothing");
    expect(() => { xhr.open("post", "/d"); }).toThrow("sends nothing");
    expect(navigator.sendBeacon("/e")).toBe(false);
    expect(() => new sealable.WebSocket()).toThrow("sends nothing");
    expect(() => new sealable.EventSource()).toThrow("sends nothing");
    expect(asked).toEqual([]);
    expect(refused).toHaveLength(7);
  });

  it("cannot be opened again", () => {
    const { sealable } = scope();
    expect(() => { (sealable as { fetch: unknown }).fetch = () => undefined; }).toThrow(TypeError);
    expect(() => Object.defineProperty(sealable, "WebSocket", { value: null })).toThrow(TypeError);
  });
});
