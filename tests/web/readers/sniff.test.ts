import { describe, expect, it } from "vitest";
import { recognise } from "../../../web/src/readers/sniff.js";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const kind = (start: string, name = "file", type = ""): string => recognise(bytes(start), name, type).kind;

describe("a file is what its content says", () => {
  it.each([
    ["%PDF-1.7\n", "pdf"],
    ["junk before it\n%PDF-1.4\n", "pdf"],
    ["PK\u0003\u0004....", "office"],
    ["\u0089PNG\r\n\u001a\n", "image"],
    ["\u00ff\u00d8\u00ff\u00e0", "image"],
    ["RIFF\u0010\u0000\u0000\u0000WEBPVP8 ", "image"],
    ["\u0000\u0000\u0000\u0018ftypheic", "image"],
    ["BM\u0036\u0000\u000c\u0000\u0000\u0000\u0000\u0000", "image"],
    ["BMW, Munich", "text"],
    ["<!DOCTYPE html>\n<html>", "html"],
    ["\u00ef\u00bb\u00bf<!-- saved --><html lang=en>", "html"],
    ["Return-Path: <a@b>\r\nFrom: Ada <a@b>\r\nDate: Mon, 2 Mar 2026\r\n\r\nHello", "mail"],
    ["From: Ada\nTo: Bob\nSubject: a note on paper\n", "text"],
    ["Total: 12.50", "text"],
  ])("%j is %s", (start, expected) => {
    expect(kind(start, "misleading.pdf", "image/png")).toBe(expected);
  });

  it.each([
    ["\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "an old Word"],
    ["{\\rtf1", "an RTF"],
    ["Rar!\u001a", "a RAR"],
    ["\u001f\u008b\u0008", "a gzip"],
  ])("%j has a name, though no reader", (start, what) => {
    expect(recognise(bytes(start), "x", "")).toMatchObject({ kind: "unknown", what: expect.stringContaining(what) as string });
  });
});

describe("where the content leaves it open", () => {
  it("the name counts, then the stated type", () => {
    expect(kind("<p>Hello", "page.HTM")).toBe("html");
    expect(kind("<p>Hello", "page", "text/html; charset=utf-8")).toBe("html");
    expect(kind("Subject: x\n\nHello", "note.eml")).toBe("mail");
    expect(kind("<p>Hello", "page.txt", "text/plain")).toBe("text");
  });
});
