/**
 * Takes from a scope every way by which it could carry something out. What is left is asking for files: GET and
 * HEAD, without a body. So "0 bytes of documents sent" holds by construction, and not only as long as nobody
 * writes a line too many; what the libraries in a scope try is refused too, and told.
 *
 * A frame made by a script would be a scope of its own: nothing here makes one, and the service worker does not see
 * what an empty one asks.
 *
 * A tier that may send documents with the reader's consent would have to be let through here, by its address.
 */

/** Told of what was refused: the address, and by which way. */
export type Refused = (address: string, how: string) => void;

const ASKS_ONLY: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Ways that nothing here uses, each of which could carry anything. */
const CLOSED = ["WebSocket", "WebSocketStream", "WebTransport", "RTCPeerConnection", "webkitRTCPeerConnection", "EventSource"] as const;

/** What is used of a scope. */
export interface Sealable {
  fetch: typeof fetch;
  readonly XMLHttpRequest?: { readonly prototype: Pick<XMLHttpRequest, "open" | "send"> };
  readonly Navigator?: { readonly prototype: object };
}

/** Seals a scope for as long as it lives. */
export function seal(scope: Sealable, refused: Refused): void {
  sealFetch(scope, refused);
  if (scope.XMLHttpRequest !== undefined) sealXhr(scope.XMLHttpRequest.prototype, refused);
  if (scope.Navigator !== undefined && "sendBeacon" in scope.Navigator.prototype) {
    fix(scope.Navigator.prototype, "sendBeacon", (url: string | URL) => {
      refused(String(url), "sendBeacon");
      return false;
    });
  }
  for (const name of CLOSED) {
    if (name in scope) fix(scope, name, closed(name, refused));
  }
}

function sealFetch(scope: Sealable, refused: Refused): void {
  const asking = scope.fetch.bind(scope);
  fix(scope, "fetch", (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const asked = input instanceof Request ? input : null;
    const method = (init?.method ?? asked?.method ?? "GET").toUpperCase();
    if (ASKS_ONLY.has(method)) return asking(input, init);
    refused(input instanceof Request ? input.url : input.toString(), `fetch ${method}`);
    return Promise.reject(new TypeError(`fetch ${method} is refused: this app sends nothing.`));
  });
}

function sealXhr(prototype: Pick<XMLHttpRequest, "open" | "send">, refused: Refused): void {
  const { open } = prototype;
  fix(prototype, "open", function open_(this: XMLHttpRequest, method: string, url: string | URL, ...rest: unknown[]) {
    if (!ASKS_ONLY.has(method.toUpperCase())) {
      refused(String(url), `XMLHttpRequest ${method}`);
      throw new TypeError(`XMLHttpRequest ${method} is refused: this app sends nothing.`);
    }
    Reflect.apply(open, this, [method, url, ...rest]);
  });
}

function closed(name: string, refused: Refused): unknown {
  return function refuse(url?: unknown): never {
    refused(typeof url === "string" || url instanceof URL ? url.toString() : "?", name);
    throw new TypeError(`${name} is refused: this app sends nothing.`);
  };
}

/** Nothing that runs later puts the old one back. */
function fix(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { value, writable: false, configurable: false, enumerable: true });
}
