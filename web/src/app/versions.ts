/**
 * Looks for versions in the engine's worker, which is there anyway, and fetches them in one of their own, which
 * neither slows the engine down nor goes down with it.
 */

import type { CallOptions } from "./engine-client.js";
import { EngineClient } from "./engine-client.js";
import type { Versions } from "./state/update-state.js";
import type { ModelVersions, RunningModel } from "../shared/protocol.js";

export class EngineVersions implements Versions {
  constructor(
    private readonly engine: EngineClient,
    private readonly background: () => EngineClient = () => new EngineClient(),
  ) {}

  look(bundleUrl: string, running: RunningModel): Promise<ModelVersions> {
    return this.engine.look(bundleUrl, running);
  }

  goBack(bundleUrl: string, running: RunningModel): Promise<void> {
    return this.engine.goBack(bundleUrl, running);
  }

  async update(bundleUrl: string, running: RunningModel, options: CallOptions<"update"> & { readonly replace: boolean }): Promise<void> {
    const client = this.background();
    try {
      await client.update(bundleUrl, running, options);
    } finally {
      client.close();
    }
  }
}
