/** The model: what it is before it is fetched, its download told truthfully, and one quiet line once it is there. */

import type { JSX } from "preact";
import type { LoadedModel } from "../../shared/protocol.js";
import { startModel } from "../app-state.js";
import { formatBytes, formatDuration } from "../format.js";
import type { ModelOffer, ModelStatus } from "../state/model-state.js";
import { useApp } from "./context.js";
import { isLocked, Locked } from "./Locked.js";
import { Problem } from "./Problem.js";

export function ModelPanel(): JSX.Element {
  const { value } = useApp().model.status;
  return (
    <section class="model" aria-label="Model" data-testid="model" data-state={value.state}>
      {panelOf(value)}
    </section>
  );
}

function panelOf(status: ModelStatus): JSX.Element {
  switch (status.state) {
    case "absent": return <Absent stopped={status.stopped} />;
    case "loading": return <Loading {...status} />;
    case "ready": return <Ready model={status.model} />;
    case "failed": return isLocked(status.error) ? <Locked {...status} /> : <Failed {...status} />;
  }
}

function Absent({ stopped }: { readonly stopped: boolean }): JSX.Element {
  const app = useApp();
  const offer = app.model.offer.value;
  return (
    <>
      <div class="model-words">
        <h2>First, the model</h2>
        <p>
          The model that reads your text runs on this device. It is downloaded once{sizeIn(offer)} and kept here;
          after that, Excerpt works without a network.
        </p>
        {stopped && <p class="quiet">Stopped. What has been fetched so far is kept, and the download goes on from there.</p>}
        {offer !== null && <p class="quiet">{offer.name}, licence {offer.license}</p>}
      </div>
      <button type="button" class="primary" onClick={() => { startModel(app); }}>
        {stopped ? "Go on" : "Get the model"}{offer !== null && ` (${formatBytes(offer.bytes)})`}
      </button>
    </>
  );
}

function sizeIn(offer: ModelOffer | null): string {
  return offer === null ? "" : ` (${formatBytes(offer.bytes)})`;
}

function Loading({ progress, speed }: Extract<ModelStatus, { state: "loading" }>): JSX.Element {
  const { model } = useApp();
  const weights = progress.stage === "weights" ? progress : undefined;
  const share = weights === undefined ? undefined : weights.loadedBytes / weights.totalBytes;
  return (
    <>
      <div class="model-words">
        <h2 id="model-progress">{STAGES[progress.stage]}</h2>
        <progress aria-labelledby="model-progress" max={1} {...(share === undefined ? {} : { value: share })} />
        {weights !== undefined && (
          <p class="quiet figures">
            <span>{formatBytes(weights.loadedBytes)} of {formatBytes(weights.totalBytes)}</span>
            {speed !== undefined && <span>{formatBytes(speed.rate)}/s</span>}
            {speed !== undefined && <span>{formatDuration(speed.left)} left</span>}
            <span>Each piece is checked (SHA-256) before it is used.</span>
          </p>
        )}
        <p class="unseen" role="status">{spoken(share)}</p>
      </div>
      <button type="button" onClick={() => { model.stop(); }}>Stop</button>
    </>
  );
}

const STAGES = {
  manifest: "Looking what is there",
  weights: "Getting the model",
  session: "Starting the model",
} as const;

/** For screen readers: every tenth, not every byte. */
function spoken(share: number | undefined): string {
  return share === undefined ? "" : `${Math.floor(share * 10) * 10} percent of the model are here.`;
}

function Ready({ model }: { readonly model: LoadedModel }): JSX.Element {
  const { update } = useApp();
  const before = update.before.value;
  const threads = model.threads === 1 ? "1 thread" : `${model.threads} threads`;
  const place = model.kept ? "kept on this device" : "here for this visit only";
  return (
    <div class="model-words">
      <p class="quiet figures" role="status">
        <span>{model.name} is ready</span>
        <span title="The model's version">{model.version.slice(0, 8)}</span>
        <span>{formatBytes(model.bytes)}, {place}</span>
        <span>{threads}</span>
        <span>licence {model.license}</span>
      </p>
      {notices(model).map((notice) => <p key={notice} class="notice">{notice}</p>)}
      {before !== null && (
        <p class="quiet">
          <button type="button" onClick={() => { void update.goBack(); }}>
            {before.newer ? "Use the newer version again" : "Use the version before"}
          </button>
        </p>
      )}
    </div>
  );
}

function notices({ kept, keptReason, notices: told }: LoadedModel): readonly string[] {
  return kept || keptReason === undefined || told.includes(keptReason) ? told : [keptReason, ...told];
}

function Failed({ error }: Extract<ModelStatus, { state: "failed" }>): JSX.Element {
  const app = useApp();
  return (
    <>
      <div class="model-words">
        <h2>The model is not here yet</h2>
        <Problem error={error} />
      </div>
      <button type="button" class="primary" onClick={() => { startModel(app); }}>Try again</button>
    </>
  );
}
