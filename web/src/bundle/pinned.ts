/** The public keys that this app was built for: whose bundles it opens. See `web/node/pinned-keys.ts`. */

declare const __PINNED_KEYS__: readonly string[];

export const PINNED_KEYS: readonly string[] = __PINNED_KEYS__;
