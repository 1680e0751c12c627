/** Turns bytes into text, or says that they are none. Nothing is guessed silently. */

/** UTF-8, UTF-16 where a byte order mark says so, else Windows-1252 where every byte is a character of it; else undefined. */
export function decodeText(bytes: Uint8Array, stated?: string): string | undefined {
  const encoding = encodingOf(bytes, stated);
  const text = encoding === undefined ? undefined : decode(bytes, encoding);
  return text === undefined || hasControls(text) ? undefined : withPlainLineEnds(text);
}

/** Text areas and files from elsewhere write line ends differently; offsets need one form. */
export function withPlainLineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

function encodingOf(bytes: Uint8Array, stated: string | undefined): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes.includes(0)) return undefined;
  if (stated !== undefined && decode(bytes, stated) !== undefined) return stated;
  return decode(bytes, "utf-8") === undefined ? "windows-1252" : "utf-8";
}

/** Undefined for bytes that are not of the encoding, and for an encoding that nobody knows. */
function decode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Control characters other than tab, line ends, form feed and escape; C1 too: Windows-1252 leaves five bytes there. */
function hasControls(text: string): boolean {
  // The range is the point: these characters never stand in a text.
  return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f\u0081\u008d\u008f\u0090\u009d]/.test(text);
}
