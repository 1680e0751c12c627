/** Drafts and small remembered facts in the browser's key-value stores, which may be refused or full. */

/** What is used of localStorage and sessionStorage. */
export interface KeyValueStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The store, or a plain map where the browser refuses to give it (cookies blocked, for example). */
export function storeOrMemory(open: () => KeyValueStore): KeyValueStore {
  try {
    return open();
  } catch {
    return memoryStore();
  }
}

export function memoryStore(): KeyValueStore {
  const entries = new Map<string, string>();
  return {
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

/** Writes, or removes where there is nothing to write. False where the store is full. */
export function keep(store: KeyValueStore, key: string, value: string): boolean {
  try {
    if (value === "") store.removeItem(key);
    else store.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
