/**
 * What other apps share with this one: the browser posts a form to `/share`, and it must stay on the device.
 *
 * POST keeps the form as it came and leads to the page; GET hands it to the page, once. Nothing is asked of the server.
 */

import { registerRoute } from "workbox-routing";
import { SHARE_ADDRESS, SHARED_MARK } from "../shared/share.js";

const SHELF = "excerpt-shared";

/** Takes part in the service worker's work. */
export function takeShares(): void {
  const isShare = ({ url, sameOrigin }: { readonly url: URL; readonly sameOrigin: boolean }): boolean => sameOrigin && url.pathname === SHARE_ADDRESS;
  registerRoute(isShare, ({ request }) => keep(request), "POST");
  registerRoute(isShare, handOut, "GET");
}

async function keep(request: Request): Promise<Response> {
  const shelf = await caches.open(SHELF);
  const headers = { "Content-Type": request.headers.get("Content-Type") ?? "" };
  await shelf.put(SHARE_ADDRESS, new Response(await request.blob(), { headers }));
  return Response.redirect(`/?${SHARED_MARK}#/`, 303);
}

async function handOut(): Promise<Response> {
  const shelf = await caches.open(SHELF);
  const shared = await shelf.match(SHARE_ADDRESS);
  await caches.delete(SHELF);
  return shared ?? new Response(null, { status: 404 });
}
