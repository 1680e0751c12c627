/** The page's only Trusted Types policy: scripts for workers come from our own origin, or not at all. */

import { InternalError } from "../shared/errors.js";

/** The address again, made absolute. Refuses one of another origin with an InternalError. */
export function sameOriginScript(address: string, origin: string): string {
  const url = new URL(address, origin);
  if (url.origin !== origin) {
    throw new InternalError(["foreign-script", { origin: url.origin }], `A script of another origin was refused (${url.origin}).`);
  }
  return url.href;
}

const rules = { createScriptURL: (address: string) => sameOriginScript(address, location.origin) };
const policy = typeof window === "undefined" ? undefined : window.trustedTypes?.createPolicy("excerpt", rules);

/** What `new Worker` and `register` take: a TrustedScriptURL where the browser has them, else the checked address. */
export function trustedScript(address: string): TrustedScriptURL | string {
  return policy?.createScriptURL(address) ?? rules.createScriptURL(address);
}
