import { describe, expect, it } from "vitest";
import { decodeText, withPlainLineEnds } from "../../../web/src/readers/decode.js";

function utf16(text: string, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 * at, text.charCodeAt(at), littleEndian);
  return bytes;
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

describe("decodeText", () => {
  it.each<[string, Uint8Array, string]>([
    ["UTF-8", utf8("Zoë 東京 🙂"), "Zoë 東京 🙂"],
    ["UTF-8 with a mark", utf8("\uFEFFZoë"), "Zoë"],
    ["UTF-16, little end first", utf16("\uFEFFZoë 東京", true), "Zoë 東京"],
    ["UTF-16, big end first", utf16("\uFEFFZoë 東京", false), "Zoë 東京"],
    ["Windows-1252", Uint8Array.of(0x63, 0x61, 0x66, 0xe9), "café"], // Node 20 reads its C1 half wrongly; browsers do not.
    ["line ends of elsewhere", utf8("a\r\nb\rc\n"), "a\nb\nc\n"],
  ])("reads %s", (_, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it.each<[string, Uint8Array]>([
    ["zero bytes", Uint8Array.of(65, 0, 66)],
    ["control characters", Uint8Array.of(65, 1, 66)],
    ["bytes that Windows-1252 leaves free", Uint8Array.of(0xe9, 0x81)],
    ["half a pair in UTF-16", utf16("\uFEFF\uD83D", true)],
  ])("has no text for %s", (_, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });

  it("takes the stated encoding where the bytes are of it, and no other", () => {
    expect(decodeText(Uint8Array.of(0x82, 0xa0), "shift_jis")).toBe("あ");
    expect(decodeText(utf8("é"), "nobody-knows")).toBe("é");
  });
});

describe("withPlainLineEnds", () => {
  it("leaves a text of one kind alone", () => {
    expect(withPlainLineEnds("a\n\nb")).toBe("a\n\nb");
  });
});
