/** Says that a newer model is there, and how it comes: asked for, in the background, and never under running work. */

import type { JSX } from "preact";
import type { OfferedModel } from "../../shared/protocol.js";
import { formatBytes, formatDuration } from "../format.js";
import type { UpdateStatus } from "../state/update-state.js";
import { t } from "../i18n/index.js";
import { useApp } from "./context.js";
import { Problem } from "./Problem.js";

type Of<State extends UpdateStatus["state"]> = Extract<UpdateStatus, { state: State }>;

export function ModelUpdate(): JSX.Element | null {
  const { value } = useApp().update.shown;
  if (value.state === "none") return null;
  return (
    <section class="update model-update" aria-label={t("models.newer")} data-testid="update" data-state={value.state}>
      {partsOf(value)}
    </section>
  );
}

function partsOf(status: Exclude<UpdateStatus, { state: "none" }>): JSX.Element {
  switch (status.state) {
    case "offered": return <Offered {...status} />;
    case "loading": return <Loading {...status} />;
    case "paused": return <Paused />;
    case "waiting": return <p role="status">{t("models.newerHere")}</p>;
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
        {offer.room === "enough" && <button type="button" onClick={() => { void update.start(); }}>{t("models.update")}</button>}
        {offer.room === "replace" && <Replace />}
        <NotNow />
      </div>
    </>
  );
}

function offerOf({ name, version, license, bytes, fetchBytes, room }: OfferedModel): string {
  const cost = fetchBytes === 0
    ? t("models.costNothing")
    : t("models.cost", { size: formatBytes(fetchBytes), here: formatBytes(bytes - fetchBytes) });
  return t("models.offered", { name, version: version.slice(0, 8), licence: license, cost, room: t(ROOM[room]) });
}

const ROOM = {
  enough: "models.roomEnough",
  replace: "models.roomReplace",
  none: "models.roomNone",
} as const;

function Replace(): JSX.Element {
  const { update } = useApp();
  return <button type="button" onClick={() => { void update.start({ replace: true }); }}>{t("models.replace")}</button>;
}

function NotNow(): JSX.Element {
  const { update } = useApp();
  return <button type="button" onClick={() => { update.decline(); }}>{t("models.notNow")}</button>;
}

function Loading({ progress, speed }: Of<"loading">): JSX.Element {
  const { update } = useApp();
  const weights = progress.stage === "weights" ? progress : undefined;
  const share = weights === undefined ? undefined : weights.loadedBytes / weights.totalBytes;
  return (
    <>
      <div class="model-words">
        <p id="update-progress">{t("models.gettingNewer")}</p>
        <progress aria-labelledby="update-progress" max={1} {...(share === undefined ? {} : { value: share })} />
        {weights !== undefined && (
          <p class="quiet figures">
            <span>{t("models.ofBytes", { done: formatBytes(weights.loadedBytes), of: formatBytes(weights.totalBytes) })}</span>
            <span>{t("models.downloaded", { size: formatBytes(weights.fetchedBytes) })}</span>
            {speed !== undefined && <span>{t("models.timeLeft", { time: formatDuration(speed.left) })}</span>}
          </p>
        )}
        <p class="unseen" role="status">{share === undefined ? "" : t("models.percentNewer", { percent: Math.floor(share * 10) * 10 })}</p>
      </div>
      <button type="button" onClick={() => { update.pause(); }}>{t("models.pause")}</button>
    </>
  );
}

function Paused(): JSX.Element {
  const { update } = useApp();
  return (
    <>
      <p role="status">{t("models.paused")}</p>
      <div class="choices">
        <button type="button" onClick={() => { void update.start(); }}>{t("models.goOn")}</button>
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
        <p>{t("models.notTaken")}</p>
        <Problem error={error} />
      </div>
      <div class="choices">
        <button type="button" onClick={() => { void update.start(); }}>{t("models.tryAgain")}</button>
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
        <p>{t("models.refused")}</p>
        <Problem error={error} />
      </div>
      <button type="button" onClick={() => { update.decline(); }}>{t("models.close")}</button>
    </>
  );
}
