/** Says that a newer model is there, and how it comes: asked for, in the background, and never under running work. */

import type { JSX } from "preact";
import type { OfferedModel } from "../../shared/protocol.js";
import { formatBytes, formatDuration } from "../format.js";
import type { UpdateStatus } from "../state/update-state.js";
import { useApp } from "./context.js";
import { Problem } from "./Problem.js";

type Of<State extends UpdateStatus["state"]> = Extract<UpdateStatus, { state: State }>;

export function ModelUpdate(): JSX.Element | null {
  const { value } = useApp().update.shown;
  if (value.state === "none") return null;
  return (
    <section class="update model-update" aria-label="Newer model" data-testid="update" data-state={value.state}>
      {partsOf(value)}
    </section>
  );
}

function partsOf(status: Exclude<UpdateStatus, { state: "none" }>): JSX.Element {
  switch (status.state) {
    case "offered": return <Offered {...status} />;
    case "loading": return <Loading {...status} />;
    case "paused": return <Paused />;
    case "waiting": return <p role="status">The other model is here. It is taken as soon as the work under way is done.</p>;
    case "failed": return <Failed {...status} />;
    case "refused": return <Refused {...status} />;
  }
}

function Offered({ offer }: Of<"offered">): JSX.Element {
  const { update } = useApp();
  return (
    <>
      <p role="status">{offerOf(offer)}</p>
      <div class="choices">
        {offer.room === "enough" && <button type="button" onClick={() => { void update.start(); }}>Update</button>}
        {offer.room === "replace" && <Replace />}
        <NotNow />
      </div>
    </>
  );
}

function offerOf({ name, version, license, bytes, fetchBytes, room }: OfferedModel): string {
  const cost = fetchBytes === 0
    ? "All of it is on this device already."
    : `It takes a download of ${formatBytes(fetchBytes)} (${formatBytes(bytes - fetchBytes)} of it are here already).`;
  return `A newer model is there: ${name} ${version.slice(0, 8)}, licence ${license}. ${cost} ${ROOM[room]}`;
}

const ROOM = {
  enough: "The one that is here goes on working, and stays, so that you can go back.",
  replace: "There is no room for both: it can only take the place of the one that is here, and until it has come this page must stay open.",
  none: "There is no room for it on this device: free some space first. The one that is here goes on working.",
} as const;

function Replace(): JSX.Element {
  const { update } = useApp();
  return <button type="button" onClick={() => { void update.start({ replace: true }); }}>Replace the model</button>;
}

function NotNow(): JSX.Element {
  const { update } = useApp();
  return <button type="button" onClick={() => { update.decline(); }}>Not now</button>;
}

function Loading({ progress, speed }: Of<"loading">): JSX.Element {
  const { update } = useApp();
  const weights = progress.stage === "weights" ? progress : undefined;
  const share = weights === undefined ? undefined : weights.loadedBytes / weights.totalBytes;
  return (
    <>
      <div class="model-words">
        <p id="update-progress">Getting the newer model. You can go on working with the one that is here.</p>
        <progress aria-labelledby="update-progress" max={1} {...(share === undefined ? {} : { value: share })} />
        {weights !== undefined && (
          <p class="quiet figures">
            <span>{formatBytes(weights.loadedBytes)} of {formatBytes(weights.totalBytes)}</span>
            <span>{formatBytes(weights.fetchedBytes)} downloaded</span>
            {speed !== undefined && <span>{formatDuration(speed.left)} left</span>}
          </p>
        )}
        <p class="unseen" role="status">{share === undefined ? "" : `${Math.floor(share * 10) * 10} percent of the newer model are here.`}</p>
      </div>
      <button type="button" onClick={() => { update.pause(); }}>Pause</button>
    </>
  );
}

function Paused(): JSX.Element {
  const { update } = useApp();
  return (
    <>
      <p role="status">The download of the newer model is paused. What has come is kept.</p>
      <div class="choices">
        <button type="button" onClick={() => { void update.start(); }}>Go on</button>
        <NotNow />
      </div>
    </>
  );
}

function Failed({ error }: Of<"failed">): JSX.Element {
  const { update } = useApp();
  return (
    <>
      <div class="model-words">
        <p>The newer model could not be taken. The one that is here stays in use.</p>
        <Problem error={error} />
      </div>
      <div class="choices">
        <button type="button" onClick={() => { void update.start(); }}>Try again</button>
        {error.code === "update-no-room" && <Replace />}
        <NotNow />
      </div>
    </>
  );
}

function Refused({ error }: Of<"refused">): JSX.Element {
  const { update } = useApp();
  return (
    <>
      <div class="model-words">
        <p>The server offers a model that was refused. The one that is here stays in use.</p>
        <Problem error={error} />
      </div>
      <button type="button" onClick={() => { update.decline(); }}>Close</button>
    </>
  );
}
