/** A worker that the test plays: it notes what it is sent and answers when told to. */

import type { PageLocks } from "../../../web/src/app/crash-marker.js";
import type { EngineWorker } from "../../../web/src/app/engine-client.js";
import { DeviceError, type ErrorData } from "../../../web/src/shared/errors.js";
import type { EventOf, FromWorker, RequestKind, ResultOf, ToWorker } from "../../../web/src/shared/protocol.js";

type Sent = Exclude<ToWorker, { kind: "cancel" }>;

export class FakeWorker implements EngineWorker {
  readonly sent: ToWorker[] = [];
  terminated = false;
  readonly #messages: ((event: MessageEvent<FromWorker>) => void)[] = [];
  readonly #errors: (() => void)[] = [];

  postMessage(message: ToWorker): void {
    this.sent.push(message);
  }

  terminate(): void {
    this.terminated = true;
  }

  addEventListener(type: "message" | "error" | "messageerror", listener: (event: MessageEvent<FromWorker>) => void): void {
    if (type === "message") this.#messages.push(listener);
    else this.#errors.push(() => { listener(new MessageEvent(type)); });
  }

  /** The last request of a kind. */
  request(kind: RequestKind): Sent {
    const found = this.sent.filter((message): message is Sent => message.kind === kind).at(-1);
    if (found === undefined) throw new Error(`No ${kind} was sent.`);
    return found;
  }

  done<K extends RequestKind>(kind: K, result: ResultOf[K]): void {
    this.#answer({ kind: "done", id: this.request(kind).id, result });
  }

  event<K extends RequestKind>(kind: K, event: EventOf[K]): void {
    this.#answer({ kind: "event", id: this.request(kind).id, event });
  }

  failed(kind: RequestKind, error: ErrorData): void {
    this.#answer({ kind: "failed", id: this.request(kind).id, error });
  }

  /** Tells of the lock that it would hold as long as it lives. */
  alive(lock: string): void {
    this.#answer({ kind: "alive", lock });
  }

  crash(): void {
    for (const listener of this.#errors) listener();
  }

  #answer(data: FromWorker): void {
    for (const listener of this.#messages) listener(new MessageEvent("message", { data }));
  }
}

/** Web Locks of a browser whose every page and worker is in the test. */
export class FakeLocks implements PageLocks {
  readonly #held = new Set<string>();
  readonly #waiting = new Map<string, () => void>();

  request(name: string, held: () => unknown): Promise<unknown> {
    const grant = (): Promise<unknown> => {
      this.#held.add(name);
      return Promise.resolve(held()).finally(() => this.#held.delete(name));
    };
    if (!this.#held.has(name)) return grant();
    return new Promise((resolve) => { this.#waiting.set(name, () => { resolve(grant()); }); });
  }

  query(): Promise<{ held: { name: string }[] }> {
    return Promise.resolve({ held: [...this.#held].map((name) => ({ name })) });
  }

  /** Whoever held the lock is gone. */
  release(name: string): void {
    this.#held.delete(name);
    this.#waiting.get(name)?.();
  }
}

export const CANCELLED: ErrorData = { kind: "cancelled", code: "cancelled", message: "Stopped.", advice: "" };
export const FULL: ErrorData = new DeviceError(["memory", { megabytes: 60.5 }], "There is too little memory.", "Close other tabs.").toData();

/** Lets every promise that can settle do so. */
export async function settled(): Promise<void> {
  await new Promise((resolve) => { setImmediate(resolve); });
}
