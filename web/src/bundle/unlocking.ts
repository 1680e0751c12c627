/** The reader's secret, tried on the versions that may be opened next. */

import { BundleError } from "../shared/errors.js";
import type { Encryption } from "../shared/manifest.js";
import type { Secret } from "../shared/protocol.js";
import { systemClock } from "./clock.js";
import { unlock } from "./content-key.js";
import type { KeyStore } from "./key-store.js";
import { KeptVersions } from "./kept.js";
import { NetworkLost } from "./network.js";
import { fetchOffered, manifestUrl } from "./offered.js";
import type { OpenOptions } from "./open.js";
import { keptIds } from "./shelf.js";
import type { BundleVersion } from "./version.js";

export type UnlockOptions = Pick<OpenOptions, "url" | "store" | "keys" | "trusted" | "signal" | "fetch" | "clock">;

interface Locked {
  readonly encryption: Encryption;
}

/**
 * Opens the key of every version that this secret opens, those on the device first, and keeps it. Throws a
 * BundleError (`key-wrong` where it opens none) or CancelledError; nothing that was fetched is lost.
 */
export async function unlockBundle(secret: Secret, options: UnlockOptions): Promise<void> {
  const { keys, fetch, signal } = options;
  const url = manifestUrl(options.url);
  const refusals: BundleError[] = [];
  const locked = await lockedVersions(url, options);
  for (const { encryption } of locked) {
    try {
      await keys.put(encryption.key_id, await unlock(encryption, secret, { url, fetch, signal }));
    } catch (thrown) {
      if (!(thrown instanceof BundleError)) throw thrown;
      refusals.push(thrown);
    }
  }
  const [first] = refusals;
  if (first !== undefined && refusals.length === locked.length) throw first;
}

/** The kept versions whose key is missing; where there are none, the server's. */
async function lockedVersions(url: URL, { store, keys, trusted, fetch, signal, clock = systemClock }: UnlockOptions): Promise<readonly Locked[]> {
  const kept = await KeptVersions.at(url, store, trusted);
  const versions = await Promise.all(keptIds(await kept.shelf()).map((id) => kept.version(id)));
  const here = await Promise.all(versions.map((version) => lockedOf(version, keys)));
  if (here.some((some) => some.length > 0)) return here.flat();
  try {
    return await lockedOf(await fetchOffered(url, { fetch, clock, signal }, kept), keys);
  } catch (thrown) {
    if (!(thrown instanceof NetworkLost)) throw thrown;
    throw new BundleError(["offline/manifest", thrown.values], `The model's manifest cannot be fetched: ${thrown.why}.`, "Connect to the network and try again.");
  }
}

async function lockedOf(version: BundleVersion | null, keys: KeyStore): Promise<readonly Locked[]> {
  const encryption = version?.manifest.encryption;
  return encryption === undefined || (await keys.get(encryption.key_id)) !== null ? [] : [{ encryption }];
}
