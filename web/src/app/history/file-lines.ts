/** The lines of a file, of which only one at a time is in memory; a compressed file is opened on the way. */

import { InputError } from "../../shared/errors.js";

/** A page of words with their places has some hundred bytes for each; no document has more than this. */
const LONGEST_LINE = 200_000_000;

/** @throws InputError `history-file` where it is no text, or its compression is damaged */
export async function* linesOf(file: Blob): AsyncGenerator<string> {
  let rest = "";
  try {
    const reader = (await opened(file)).pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + read.value).split("\n");
      rest = lines.pop() ?? "";
      if (rest.length > LONGEST_LINE) throw damaged();
      yield* lines;
    }
  } catch (thrown) {
    throw thrown instanceof InputError ? thrown : damaged();
  }
  if (rest !== "") yield rest;
}

async function opened(file: Blob): Promise<ReadableStream<BufferSource>> {
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const stream = file.stream();
  return first === 0x1f && second === 0x8b ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
}

function damaged(): InputError {
  return new InputError("history-file/no-history", "This is no history of Excerpt, or the file is damaged.", "Choose a file that was exported from the history.");
}
