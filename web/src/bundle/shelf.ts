/**
 * Which versions of a bundle a device keeps, and what may happen to them. No IO.
 *
 * At most two are whole for good: the one in use and the one before it. A third may be on its way, or be whole
 * and wait for its turn: it is taken into use only when a runtime has started it and it has answered rightly,
 * so that until then nothing has been given up. Going back is the same step with the version before.
 */

/** A version that is on its way into use. */
export interface Coming {
  readonly id: string;
  /** All its files are here and verified. */
  readonly whole: boolean;
  /** How often it was started without an end that anyone saw: a crash of the page, perhaps. */
  readonly tries: number;
  /** The reader goes back to it. */
  readonly back: boolean;
}

/** Ids of versions. */
export interface Shelf {
  readonly inUse: string | null;
  readonly before: string | null;
  readonly coming: Coming | null;
  /** The version in use was gone back to: the one `before` is the newer one. */
  readonly wentBack: boolean;
  /** The version that last turned out not to work here; it is not offered again. */
  readonly failed: string | null;
  /** When the newest version was signed that was seen at this address, seconds since 1970; nothing older is accepted. */
  readonly newest: number;
}

/** A version that stops the page this often is not started again. */
const MAX_TRIES = 2;

export const EMPTY_SHELF: Shelf = { inUse: null, before: null, coming: null, wentBack: false, failed: null, newest: 0 };

/** Every version that is to be kept. */
export function keptIds({ inUse, before, coming }: Shelf): readonly string[] {
  return [...new Set([inUse, before, coming?.id ?? null])].filter((id) => id !== null);
}

/** A version begins to come; what has come of another one is given up. */
export function withComing(shelf: Shelf, id: string): Shelf {
  if (shelf.coming?.id === id && !shelf.coming.back) return shelf;
  return { ...shelf, coming: { id, whole: false, tries: 0, back: false } };
}

/** The version on its way is whole: it waits for its turn. */
export function withWaiting(shelf: Shelf, id: string): Shelf {
  return { ...shelf, coming: { id, whole: true, tries: 0, back: false }, failed: shelf.failed === id ? null : shelf.failed };
}

/** The version before waits for its turn again. */
export function goingBack(shelf: Shelf): Shelf {
  const { before } = shelf;
  return before === null ? shelf : { ...shelf, coming: { id: before, whole: true, tries: 0, back: !shelf.wentBack } };
}

/** The version that waits for its turn, or null. */
export function waitingId({ coming }: Shelf): string | null {
  return coming?.whole === true ? coming.id : null;
}

/** The waiting version is about to be started. One that has been tried too often has failed. */
export function withTry(shelf: Shelf): Shelf {
  const { coming } = shelf;
  if (coming?.whole !== true) return shelf;
  return coming.tries < MAX_TRIES ? { ...shelf, coming: { ...coming, tries: coming.tries + 1 } } : withFailed(shelf, coming.id);
}

/** The start was called off: it does not count. */
export function withoutTry(shelf: Shelf): Shelf {
  const { coming } = shelf;
  return coming === null ? shelf : { ...shelf, coming: { ...coming, tries: Math.max(0, coming.tries - 1) } };
}

/** A version works: it is the one in use, and the one that was in use is the one before. */
export function withInUse(shelf: Shelf, id: string): Shelf {
  const coming = shelf.coming?.id === id ? null : shelf.coming;
  if (shelf.inUse === id) return { ...shelf, coming };
  const wentBack = shelf.coming?.id === id && shelf.coming.back;
  return { ...shelf, inUse: id, before: shelf.inUse, coming, wentBack };
}

/** A version does not work here; it is forgotten wherever it stood but in use. */
export function withFailed(shelf: Shelf, id: string): Shelf {
  const { before, coming } = shelf;
  return { ...shelf, before: before === id ? null : before, coming: coming?.id === id ? null : coming, failed: id };
}

/** A version signed at this time was seen. */
export function withNewest(shelf: Shelf, issued: number): Shelf {
  return issued > shelf.newest ? { ...shelf, newest: issued } : shelf;
}

/** Without the version before, to make room. */
export function withoutSpare(shelf: Shelf): Shelf {
  return { ...shelf, before: null, wentBack: false };
}

/** Without any but the one coming: there is no room for two, and the reader has said so. */
export function withoutOthers(shelf: Shelf): Shelf {
  return { ...withoutSpare(shelf), inUse: null };
}

/** Without any version. What was seen of the newest one stays, so that nothing older is accepted later. */
export function withNothing({ newest }: Shelf): Shelf {
  return { ...EMPTY_SHELF, newest };
}

/** The shelf in a file. */
export function serialiseShelf(shelf: Shelf): string {
  return JSON.stringify(shelf);
}

/** Null for what is no shelf: torn, or of another form. */
export function parseShelf(text: string): Shelf | null {
  try {
    const value: unknown = JSON.parse(text);
    return isShelf(value) ? value : null;
  } catch {
    return null;
  }
}

function isShelf(value: unknown): value is Shelf {
  if (typeof value !== "object" || value === null) return false;
  const { inUse, before, coming, wentBack, failed, newest } = value as Record<string, unknown>;
  const known = [inUse, before, failed].every(isIdOrNull) && typeof wentBack === "boolean" && Number.isSafeInteger(newest);
  return known && (coming === null || isComing(coming));
}

function isComing(value: unknown): value is Coming {
  if (typeof value !== "object" || value === null) return false;
  const { id, whole, tries, back } = value as Record<string, unknown>;
  return isId(id) && typeof whole === "boolean" && typeof tries === "number" && typeof back === "boolean";
}

function isIdOrNull(value: unknown): boolean {
  return value === null || isId(value);
}

function isId(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{16}$/.test(value);
}
