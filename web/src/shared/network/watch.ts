/**
 * Watches what a scope asks of the network, as the browser itself times it, and seals the scope. Begins with the
 * scope; tells of what went on before, too.
 *
 * Not seen by any script: the browser's own look for a newer `sw.js`, and what a user's extensions do.
 */

import { type Asker, CHANNEL, type NetworkNote, notesOf, shownAddress } from "./notes.js";
import { seal } from "./seal.js";

export type Tell = (notes: readonly NetworkNote[]) => void;

/** What the policy may have refused, by the directive that did. */
const OF_REQUESTS = /^(?:connect|img|font|media|object|script|style|worker|manifest|frame|child)-src/;

/** Watches this scope from now on, and seals it. */
export function watchNetwork(asker: Asker, tell: Tell): void {
  const { origin, href } = globalThis.location;
  const refused = (address: string, how: string): void => {
    tell([{ kind: "refused", asker, address: shownAddress(address, href), how }]);
  };
  seal(globalThis, refused);
  addEventListener("securitypolicyviolation", (event: Event) => {
    const { blockedURI, effectiveDirective } = event as SecurityPolicyViolationEvent;
    if (blockedURI.includes("://") && OF_REQUESTS.test(effectiveDirective)) refused(blockedURI, effectiveDirective);
  });
  const note = (entries: PerformanceEntryList): void => {
    const notes = notesOf(entries as PerformanceResourceTiming[], asker, origin);
    if (notes.length > 0) tell(notes);
  };
  new PerformanceObserver((list) => { note(list.getEntries()); }).observe({ type: "resource", buffered: true });
  // Only a page has one: the page itself came over the network, or from the service worker. It is told more than once.
  if (!PerformanceObserver.supportedEntryTypes.includes("navigation")) return;
  new PerformanceObserver((list, observer) => {
    observer.disconnect();
    note(list.getEntries().slice(0, 1));
  }).observe({ type: "navigation", buffered: true });
}

/** Watches a worker: its notes go to every page of this origin, and so do those handed to what it answers with. */
export function reportNetwork(asker: Asker): Tell {
  const channel = new BroadcastChannel(CHANNEL);
  const tell: Tell = (notes) => { channel.postMessage(notes); };
  watchNetwork(asker, tell);
  return tell;
}
