/** The model: what it is before it is fetched, its download told truthfully, and one quiet line once it is there. */

import type { JSX } from "preact";
import type { Notice } from "../../shared/notice.js";
import type { LoadedModel } from "../../shared/protocol.js";
import { startModel } from "../app-state.js";
import { formatBytes, formatDuration } from "../format.js";
import type { ModelOffer, ModelStatus } from "../state/model-state.js";
import { noticeText } from "../i18n/errors.js";
import { t } from "../i18n/index.js";
import { useApp } from "./context.js";
import { isLocked, Locked } from "./Locked.js";
import { Problem } from "./Problem.js";

export function ModelPanel(): JSX.Element {
  const { value } = useApp().model.status;
  return (
    <section class="model" aria-label={t("models.panel")} data-testid="model" data-state={value.state}>
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
        <h2>{t("models.first")}</h2>
        <p>{offer === null ? t("models.firstWords") : t("models.firstWordsSize", { size: formatBytes(offer.bytes) })}</p>
        {stopped && <p class="quiet">{t("models.stopped")}</p>}
        {offer !== null && <p class="quiet">{t("models.nameAndLicence", { name: offer.name, licence: offer.license })}</p>}
      </div>
      <button type="button" class="primary" onClick={() => { startModel(app); }}>
        {startWords(stopped, offer)}
      </button>
    </>
  );
}

function startWords(stopped: boolean, offer: ModelOffer | null): string {
  if (offer === null) return t(stopped ? "models.goOn" : "models.get");
  return t(stopped ? "models.goOnSize" : "models.getSize", { size: formatBytes(offer.bytes) });
}

function Loading({ progress, speed }: Extract<ModelStatus, { state: "loading" }>): JSX.Element {
  const { model } = useApp();
  const weights = progress.stage === "weights" ? progress : undefined;
  const share = weights === undefined ? undefined : weights.loadedBytes / weights.totalBytes;
  return (
    <>
      <div class="model-words">
        <h2 id="model-progress">{t(STAGES[progress.stage])}</h2>
        <progress aria-labelledby="model-progress" max={1} {...(share === undefined ? {} : { value: share })} />
        {weights !== undefined && (
          <p class="quiet figures">
            <span>{t("models.ofBytes", { done: formatBytes(weights.loadedBytes), of: formatBytes(weights.totalBytes) })}</span>
            {speed !== undefined && <span>{t("models.perSecond", { size: formatBytes(speed.rate) })}</span>}
            {speed !== undefined && <span>{t("models.timeLeft", { time: formatDuration(speed.left) })}</span>}
            <span>{t("models.checked")}</span>
          </p>
        )}
        <p class="unseen" role="status">{spoken(share)}</p>
      </div>
      <button type="button" onClick={() => { model.stop(); }}>{t("models.stop")}</button>
    </>
  );
}

const STAGES = {
  manifest: "models.stageManifest",
  weights: "models.stageWeights",
  session: "models.stageSession",
} as const;

/** For screen readers: every tenth, not every byte. */
function spoken(share: number | undefined): string {
  return share === undefined ? "" : t("models.percentHere", { percent: Math.floor(share * 10) * 10 });
}

function Ready({ model }: { readonly model: LoadedModel }): JSX.Element {
  const { update } = useApp();
  const before = update.before.value;
  const size = formatBytes(model.bytes);
  return (
    <div class="model-words">
      <p class="quiet figures" role="status">
        <span>{t("models.ready", { name: model.name })}</span>
        <span title={t("models.versionTitle")}>{model.version.slice(0, 8)}</span>
        <span>{t(model.kept ? "models.keptHere" : "models.thisVisit", { size })}</span>
        <span>{t("models.threads", { count: model.threads })}</span>
        <span>{t("models.licence", { licence: model.license })}</span>
      </p>
      {notices(model).map((notice) => <Told key={notice.message} notice={notice} />)}
      {before !== null && (
        <p class="quiet">
          <button type="button" onClick={() => { void update.goBack(); }}>
            {t(before.newer ? "models.useNewer" : "models.useBefore")}
          </button>
        </p>
      )}
    </div>
  );
}

function Told({ notice }: { readonly notice: Notice }): JSX.Element {
  const { message, lang } = noticeText(notice);
  return <p class="notice" lang={lang}>{message}</p>;
}

/** What the engine tells, and why the model has to be fetched again where it has. */
function notices({ kept, keptReason, notices: told }: LoadedModel): readonly Notice[] {
  return kept || keptReason === undefined ? told : [keptReason, ...told];
}

function Failed({ error }: Extract<ModelStatus, { state: "failed" }>): JSX.Element {
  const app = useApp();
  return (
    <>
      <div class="model-words">
        <h2>{t("models.notHere")}</h2>
        <Problem error={error} />
      </div>
      <button type="button" class="primary" onClick={() => { startModel(app); }}>{t("models.tryAgain")}</button>
    </>
  );
}
