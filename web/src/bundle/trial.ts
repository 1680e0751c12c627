/**
 * A version that waits is taken into use when a model has been started from it and has answered rightly. Until
 * then it is on trial: what fails, on this device or in its files, is given up, and the version in use stays.
 */

import type { ExcerptError } from "../shared/errors.js";
import { type Notice, notice } from "../shared/notice.js";
import { KeptVersions } from "./kept.js";
import { manifestUrl } from "./offered.js";
import { openKept, type OpenedBundle, type OpenOptions } from "./open.js";
import { waitingId, withFailed, withoutTry, withTry } from "./shelf.js";
import type { BundleVersion } from "./version.js";

/** What passes by itself: another start may go well. */
const PASSING = new Set(["no-variant", "network-lost"]);

export class Trial {
  private constructor(
    private readonly kept: KeptVersions,
    private readonly version: BundleVersion,
  ) {}

  /** The trial of the version that waits; null where none does, or it has stopped the page too often. */
  static async begin({ url, store, trusted }: Pick<OpenOptions, "url" | "store" | "trusted">): Promise<Trial | null> {
    const kept = await KeptVersions.at(manifestUrl(url), store, trusted);
    if (waitingId(await kept.shelf()) === null) return null;
    const id = waitingId(await kept.change(withTry));
    const version = await kept.version(id);
    if (id !== null && version === null) await kept.change((shelf) => withFailed(shelf, id));
    return version === null ? null : new Trial(kept, version);
  }

  /** Opens the version; throws as `openBundle` does. Its `settle` ends the trial well. */
  open(options: OpenOptions): Promise<OpenedBundle> {
    return openKept(this.version, options);
  }

  /** Called off by the reader. */
  async off(): Promise<void> {
    await this.kept.change(withoutTry);
  }

  /** The end of a trial that went wrong, and what to tell of it. */
  async failed(error: ExcerptError): Promise<Notice> {
    const ofDevice = error.kind === "device" && error.code !== "wrong-answer";
    if (PASSING.has(error.code)) await this.off();
    else if (!ofDevice) await this.#giveUp();
    return notice("version-refused", {}, `The other version of the model could not be used, so the one that was here stays in use. ${error.message}`, error.toData());
  }

  async #giveUp(): Promise<void> {
    await this.kept.change((shelf) => withFailed(shelf, this.version.id));
    await this.kept.prune().catch(() => undefined);
  }
}
