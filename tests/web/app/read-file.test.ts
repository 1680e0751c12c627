import { describe, expect, it } from "vitest";
import { decodeText, readTextFile, type TextFile, withPlainLineEnds } from "../../../web/src/app/text/read-file.js";

function file(bytes: Uint8Array<ArrayBuffer>, name = "note.txt"): TextFile {
  return { name, size: bytes.length, arrayBuffer: () => Promise.resolve(bytes.buffer) };
}

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
    expect(decodeText(bytes, "x")).toBe(text);
  });

  it.each<[string, Uint8Array, string]>([
    ["zero bytes", Uint8Array.of(65, 0, 66), "bytes that are no characters"],
    ["control characters", Uint8Array.of(65, 1, 66), "bytes that are no characters"],
    ["bytes that Windows-1252 leaves free", Uint8Array.of(0xe9, 0x81), "bytes that are no characters"],
    ["half a pair in UTF-16", utf16("\uFEFF\uD83D", true), "bytes that are no characters"],
    ["a PDF", utf8("%PDF-1.7\n\0"), "a PDF"],
    ["an office document", Uint8Array.of(0x50, 0x4b, 3, 4, 0), "a ZIP archive or an office document"],
    ["a photo", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0), "an image"],
  ])("refuses %s by the file's name", (_, bytes, reason) => {
    expect(() => decodeText(bytes, "scan.txt")).toThrow(new RegExp(`“scan.txt” is .*${reason}`));
  });
});

describe("readTextFile", () => {
  it("reads a text", async () => {
    expect(await readTextFile(file(utf8("Total 12.50")))).toBe("Total 12.50");
  });

  it("does not read what cannot be short enough", async () => {
    const large: TextFile = { name: "log.txt", size: 3_000_001, arrayBuffer: () => Promise.reject(new Error("was read")) };
    await expect(readTextFile(large)).rejects.toMatchObject({ code: "file-too-large" });
  });

  it("counts characters, not bytes", async () => {
    expect(await readTextFile(file(utf8("é".repeat(1_000_000))))).toHaveLength(1_000_000);
    await expect(readTextFile(file(utf8("e".repeat(1_000_001))))).rejects.toMatchObject({ code: "text-too-long" });
  });

  it("says that a file holds nothing", async () => {
    await expect(readTextFile(file(utf8(" \n"), "empty.txt"))).rejects.toMatchObject({ code: "empty-text" });
  });
});

describe("withPlainLineEnds", () => {
  it("leaves a text of one kind alone", () => {
    expect(withPlainLineEnds("a\n\nb")).toBe("a\n\nb");
  });
});
