/**
 * From a shard's stored bytes to its place among the weights. The encoding is undone piece by piece by the
 * browser itself, right into the place, and never makes more than the manifest says.
 */

import { BundleError } from "../shared/errors.js";
import type { Shard } from "../shared/manifest.js";
import type { Bytes } from "./digest.js";

/** A browser expands a whole piece before it is read from, at most a thousandfold: so pieces are small. */
const PIECE = 16 * 1024;

/**
 * Fills `into` (of the shard's `raw_bytes`) from its verified stored bytes, which stay as they are. Throws a
 * BundleError where they do not give exactly that many; `into` then holds nothing of use.
 */
export async function expand(shard: Shard, stored: Bytes, into: Bytes): Promise<void> {
  if (shard.encoding === "none") {
    if (stored.length !== into.length) throw unreadable(shard);
    into.set(stored);
    return;
  }
  const pieces = inPieces(stored).pipeThrough(new DecompressionStream(shard.encoding)).getReader();
  let position = 0;
  for (let piece = await next(pieces, shard); piece !== null; piece = await next(pieces, shard)) {
    if (position + piece.length > into.length) {
      await pieces.cancel();
      throw unreadable(shard);
    }
    into.set(piece, position);
    position += piece.length;
  }
  if (position !== into.length) throw unreadable(shard);
}

function inPieces(bytes: Bytes): ReadableStream<Bytes> {
  let position = 0;
  return new ReadableStream({
    pull(controller) {
      if (position >= bytes.length) controller.close();
      else controller.enqueue(bytes.subarray(position, (position += PIECE)));
    },
  });
}

/** The next expanded piece, null behind the last. What is no deflate, or cut off, is a TypeError of the browser. */
async function next(pieces: ReadableStreamDefaultReader<Uint8Array>, shard: Shard): Promise<Uint8Array | null> {
  try {
    const { done, value } = await pieces.read();
    return done ? null : value;
  } catch {
    throw unreadable(shard);
  }
}

function unreadable({ file, raw_bytes: raw }: Shard): BundleError {
  return new BundleError(
    ["shard-unreadable", { file, bytes: raw }],
    `The file ${file} is the one that the manifest names, but does not expand to the ${raw} bytes that it says.`,
    "The bundle was built wrong: build it again with `excerpt build`.",
  );
}
