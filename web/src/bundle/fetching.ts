/**
 * One file from the network into its place in memory: resumed where a connection broke, and checked
 * by size and hash before anyone may use it. A wrong file is fetched once more, past all caches.
 */

import { BundleError } from "../shared/errors.js";
import type { FileEntry } from "../shared/manifest.js";
import { type Bytes, isVerified } from "./digest.js";
import { Connection, type Network, persistently } from "./network.js";
import type { Tally } from "./tally.js";

export interface Download extends Network {
  /** The manifest's own address; file names are relative to it. */
  readonly base: URL;
  readonly tally: Tally;
}

/** A file on its way: `position` bytes of it have arrived. */
interface Transfer {
  readonly entry: FileEntry;
  readonly into: Bytes;
  position: number;
}

/**
 * Fills `into` (of the entry's length) with the verified file. Throws a BundleError that names the file,
 * NetworkLost or CancelledError; `into` then holds nothing of use.
 */
export async function fetchFile(entry: FileEntry, into: Bytes, download: Download): Promise<void> {
  const transfer: Transfer = { entry, into, position: 0 };
  const reached = (): number => transfer.position;
  try {
    for (const cache of ["default", "reload"] as const) {
      const whole = await persistently(download, () => advance(transfer, cache, download), reached);
      if (whole && (await isVerified(entry, into))) return;
      startAgain(transfer, download);
    }
  } catch (thrown) {
    startAgain(transfer, download);
    throw thrown;
  }
  throw new BundleError(
    ["shard-mismatch", { file: entry.file }],
    `The file ${entry.file} is not the one that the manifest names (its size or SHA-256 differs, also when fetched again).`,
    "The bundle on the server is damaged or half replaced: publish all its files again (`excerpt verify` finds wrong ones), then try again. The right files are kept.",
  );
}

/** One request for what is missing. True when all bytes are there, false when this cannot be the file. */
async function advance(transfer: Transfer, cache: RequestCache, download: Download): Promise<boolean> {
  const { entry, into } = transfer;
  if (transfer.position === entry.bytes) return true;
  const connection = new Connection(download);
  try {
    const response = await connection.open(new URL(entry.file, download.base), "shard", {
      cache,
      headers: transfer.position > 0 ? { range: `bytes=${transfer.position}-` } : {},
    });
    if (!goesOn(response, transfer, download)) return false;
    for await (const piece of connection.pieces(response)) {
      if (transfer.position + piece.length > entry.bytes) return false;
      into.set(piece, transfer.position);
      transfer.position += piece.length;
      download.tally.arrived(piece.length);
    }
    return transfer.position === entry.bytes;
  } finally {
    connection.close();
  }
}

/** Whether the response continues at our position; a server without ranges sends all from the start. */
function goesOn(response: Response, transfer: Transfer, download: Download): boolean {
  if (response.status === 206) {
    return response.headers.get("content-range")?.startsWith(`bytes ${transfer.position}-`) === true;
  }
  startAgain(transfer, download);
  return response.ok;
}

function startAgain(transfer: Transfer, { tally }: Download): void {
  if (transfer.position > 0) tally.discarded(transfer.position);
  transfer.position = 0;
}
