/** How much this origin keeps on the device, how much it may, and whether the browser may clear it unasked. */

import { signal } from "@preact/signals";

export interface Storage {
  readonly usage: number;
  readonly quota: number;
  /** Undefined where the browser does not say. */
  readonly persisted: boolean | undefined;
}

/** What is used of `navigator.storage`; a page that is not secure has none. */
export type Storages = Partial<Pick<StorageManager, "estimate" | "persisted" | "persist">>;

export class StorageState {
  /** Null where the browser does not say. */
  readonly storage = signal<Storage | null>(null);
  /** The browser said no when it was asked to keep everything. */
  readonly refused = signal(false);

  constructor(readonly storages: Storages | undefined) {}

  /** Bytes that are still free for us; null where the browser does not say. */
  get free(): number | null {
    const { value } = this.storage;
    return value === null ? null : Math.max(0, value.quota - value.usage);
  }

  async refresh(): Promise<void> {
    try {
      const [estimate, persisted] = await Promise.all([this.storages?.estimate?.(), this.storages?.persisted?.()]);
      const { usage, quota } = estimate ?? {};
      this.storage.value = usage === undefined || quota === undefined ? null : { usage, quota, persisted };
    } catch {
      this.storage.value = null;
    }
  }

  /** Asks the browser not to clear what is kept when space runs short. It decides by itself, or asks the person. */
  async persist(): Promise<void> {
    this.refused.value = !((await this.storages?.persist?.().catch(() => false)) ?? false);
    await this.refresh();
  }
}
