/** What was there before each change, for going back and forth. Changes that belong together are one step. */

/** More steps than this are forgotten, the oldest first. */
const MOST_STEPS = 200;

export interface History<T> {
  readonly past: readonly T[];
  readonly future: readonly T[];
  /** What the last change was; the same again goes with it. */
  readonly last: string;
}

export const NO_HISTORY: History<never> = { past: [], future: [], last: "" };

/** @param what the change, such as `name of field 3`; empty for one that stands alone */
export function remember<T>(history: History<T>, before: T, what: string): History<T> {
  if (what !== "" && what === history.last) return { ...history, future: [] };
  return { past: [...history.past, before].slice(-MOST_STEPS), future: [], last: what };
}

export function goBack<T>({ past, future }: History<T>, now: T): { readonly history: History<T>; readonly value: T } | null {
  const value = past.at(-1);
  if (value === undefined) return null;
  return { history: { past: past.slice(0, -1), future: [now, ...future], last: "" }, value };
}

export function goForward<T>({ past, future }: History<T>, now: T): { readonly history: History<T>; readonly value: T } | null {
  const [value, ...rest] = future;
  if (value === undefined) return null;
  return { history: { past: [...past, now], future: rest, last: "" }, value };
}
