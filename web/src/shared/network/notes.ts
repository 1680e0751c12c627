/** What a page, its workers and the service worker tell each other about the network. */

/** Who asked. `shell` is the service worker, `engine` runs the model, `readers` take files apart. */
export type Asker = "page" | "engine" | "readers" | "shell";

export type NetworkNote =
  /** A request that went over the network, or to another site at all. */
  | {
      readonly kind: "request";
      readonly asker: Asker;
      /** The path; of another site its origin. */
      readonly address: string;
      readonly foreign: boolean;
      /** Bytes of the answer, head included; 0 where another site hides them. */
      readonly received: number;
      /** Bytes that the address itself carries behind a question mark. */
      readonly carried: number;
    }
  /** A request that would have carried something out, or have gone to another site. It was not made. */
  | { readonly kind: "refused"; readonly asker: Asker; readonly address: string; readonly how: string };

/** The channel that all scopes of one origin share. */
export const CHANNEL = "excerpt-network";

/** What is used of a `PerformanceResourceTiming`. */
export interface Timing {
  readonly name: string;
  readonly transferSize: number;
}

/** The revision that the service worker adds to an address; it is the build's, not the reader's. */
const OF_THE_BUILD = "__WB_REVISION__";

/**
 * The notes for what the browser has timed. An answer out of a cache has no transfer and is no request; of another
 * site every one counts, because it may hide its size.
 */
export function notesOf(timings: readonly Timing[], asker: Asker, origin: string): readonly NetworkNote[] {
  return timings.flatMap(({ name, transferSize }): NetworkNote[] => {
    const url = new URL(name);
    if (!url.protocol.startsWith("http")) return []; // What the page made itself: `blob:`, `data:`.
    const foreign = url.origin !== origin;
    if (transferSize === 0 && !foreign) return [];
    const address = foreign ? url.origin : url.pathname;
    return [{ kind: "request", asker, address, foreign, received: transferSize, carried: carriedBy(url) }];
  });
}

function carriedBy(url: URL): number {
  const rest = new URL(url);
  rest.searchParams.delete(OF_THE_BUILD);
  return new TextEncoder().encode(rest.search.slice(1)).length;
}

/** An address as it may be shown: its path, or the other site's origin. Never what stands behind the question mark. */
export function shownAddress(address: string, base: string): string {
  try {
    const url = new URL(address, base);
    return url.origin === new URL(base).origin ? url.pathname : url.origin;
  } catch {
    return "?";
  }
}
