/**
 * The service worker keeps the shell, so that the app opens without a network.
 *
 * - It keeps what the build lists (page, scripts, styles, icons, the runtime's WebAssembly), each under its hash.
 * - It answers from that store with the response as it came, headers included: an offline page is as isolated
 *   (COOP, COEP) and as strict (CSP) as an online one.
 * - What the build leaves out of that list (the runtime for graphics processors, the recogniser of letters in
 *   pictures) it keeps once it was used.
 * - What other apps share with this one it keeps for the page (see share.ts).
 * - It never touches `/bundle/`: the model's files are checked and kept by the engine's worker.
 * - A new version waits until a page says so.
 * - It tells the pages what it asks of the network itself, and lets nothing through that would carry something out:
 *   so far as a page's own scripts do not refuse that already (shared/network/seal.ts), it is refused here.
 */

import { clientsClaim } from "workbox-core";
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst } from "workbox-strategies";
import { shownAddress } from "../shared/network/notes.js";
import { reportNetwork } from "../shared/network/watch.js";
import { takeShares } from "./share.js";

declare const self: ServiceWorkerGlobalScope;

const tell = reportNetwork("shell");

/** Addresses that are not the page, even when somebody opens them in a tab. */
const NOT_THE_PAGE = [/^\/bundle\//, /^\/assets\//, /^\/healthz$/, /\.(?:js|json|webmanifest|png|svg)$/];

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
takeShares();
registerRoute(new NavigationRoute(createHandlerBoundToURL("/index.html"), { denylist: NOT_THE_PAGE }));

/** Named by their content, so what is kept never grows old; a new build's files take new names and the old ones go. */
const ON_DEMAND = "excerpt-on-demand";
registerRoute(({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/assets/"), new CacheFirst({ cacheName: ON_DEMAND }));
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.delete(ON_DEMAND));
});

// Only the first version takes over open pages by itself: there is nothing running that it could replace.
clientsClaim();

self.addEventListener("message", (event) => {
  const message: unknown = event.data;
  if (typeof message === "object" && message !== null && "type" in message && message.type === "SKIP_WAITING") {
    void self.skipWaiting();
  }
});

/** After all other routes: what carries something out and is meant for nobody here. */
for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const) {
  registerRoute(() => true, ({ url }) => {
    tell([{ kind: "refused", asker: "shell", address: shownAddress(url.href, self.location.href), how: method }]);
    return Promise.resolve(Response.error());
  }, method);
}
