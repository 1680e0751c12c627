/**
 * A model started from the best version of its bundle: one that waits is tried first, and where it does not work
 * here, the one in use goes on.
 */

import type { Model } from "./model.js";
import { selfTest } from "./self-test.js";
import { openSession } from "./session.js";
import { startFirst, type Device, type Started, type Tier } from "./tiers.js";
import { isKeyNeeded, openBundle, Trial, type OpenedBundle, type OpenOptions } from "../bundle/index.js";
import { asExcerptError } from "../shared/errors.js";
import type { Notice } from "../shared/notice.js";

export type StartOptions = Pick<OpenOptions, "url" | "store" | "keys" | "trusted" | "signal" | "onProgress">;

export interface StartedModel {
  readonly bundle: OpenedBundle;
  readonly model: Model;
}

/** @throws BundleError, DeviceError, CancelledError */
export async function startModel(
  device: Device, tiers: readonly Tier[], options: StartOptions,
): Promise<Started<StartedModel> & { readonly notices: readonly Notice[] }> {
  const start = (open: (options: OpenOptions) => Promise<OpenedBundle>): Promise<Started<StartedModel>> =>
    startFirst(tiers, async (tier) => {
      const { features } = device;
      const bundle = await open({ ...options, backends: [tier.backend], features, fetch: (...request) => fetch(...request) });
      options.onProgress({ stage: "session" });
      return { bundle, model: await trusted(await openSession(bundle, tier), bundle) };
    });
  const trial = await Trial.begin(options);
  if (trial === null) return { ...(await start(openBundle)), notices: [] };
  try {
    return { ...(await start((asked) => trial.open(asked))), notices: [] };
  } catch (thrown) {
    const error = asExcerptError(thrown);
    if (error.kind === "cancelled" || isKeyNeeded(error)) {
      await trial.off();
      throw error;
    }
    const notice = await trial.failed(error);
    return { ...(await start(openBundle)), notices: [notice] };
  }
}

/** The model, once it has given the known answers. */
async function trusted(model: Model, { variant }: OpenedBundle): Promise<Model> {
  try {
    await selfTest(model, variant.known_answer);
    return model;
  } catch (thrown) {
    await model.release();
    throw thrown;
  }
}
