/** What the engine needs of a bundle: a place to keep it, and the bundle itself, verified. */

export { openBundle, type OpenedBundle, type OpenOptions, type Settled } from "./open.js";
export { openStore } from "./opfs.js";
export { PINNED_KEYS } from "./pinned.js";
export type { ShardStore } from "./store.js";
export { Trial } from "./trial.js";
export { fetchUpdate, goBack, lookForUpdate, type UpdateOptions } from "./update.js";
export { isKeyNeeded } from "./content-key.js";
export { BrowserKeyStore } from "./key-store.js";
export { forget, holdingsOf, type Holdings, type HoldingsOptions, type VariantSizes } from "./holdings.js";
export { unlockBundle } from "./unlocking.js";
