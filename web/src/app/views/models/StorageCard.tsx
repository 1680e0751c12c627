/** What is kept on this device, how much room there is, whether the browser may clear it, and how to delete it. */

import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Catalogue } from "../../../shared/catalogue.js";
import { formatBytes } from "../../format.js";
import { t } from "../../i18n/index.js";
import { useApp } from "../context.js";

export function StorageCard({ catalogue }: { readonly catalogue: Catalogue }): JSX.Element {
  return (
    <section aria-labelledby="storage">
      <h3 id="storage">{t("models.storage")}</h3>
      <div class="card" data-testid="storage" data-kept={catalogue.keptBytes}>
        <Room />
        <p class="quiet">{t("models.modelBytes", { size: formatBytes(catalogue.keptBytes) })}</p>
        <Kept catalogue={catalogue} />
        <Deleting catalogue={catalogue} />
      </div>
    </section>
  );
}

function Room(): JSX.Element {
  const { storage: state } = useApp().models;
  const storage = state.storage.value;
  if (storage === null) return <p>{t("models.notTold")}</p>;
  const { usage, quota, persisted } = storage;
  return (
    <>
      <p>{t("models.used", { used: formatBytes(usage), quota: formatBytes(quota) })}</p>
      <progress aria-label={t("models.usedBar")} max={quota} value={usage} />
      {persisted !== undefined && (
        <div class="actions">
          <p data-testid="persisted" data-state={persisted}>{t(persisted ? "models.persisted" : "models.notPersisted")}</p>
          {!persisted && <button type="button" onClick={() => void state.persist()}>{t("models.persist")}</button>}
        </div>
      )}
      {state.refused.value && <p class="notice" role="status">{t("models.persistRefused")}</p>}
    </>
  );
}

function Kept({ catalogue: { kept } }: { readonly catalogue: Catalogue }): JSX.Element | null {
  if (kept.length === 0) return null;
  return (
    <div>
      <h4>{t("models.keptVersions")}</h4>
      <ul class="kept">
        {kept.map(({ version, use, bytes }) => (
          <li key={use} data-use={use}><code>{version}</code> <span>{t(`models.use_${use}`)}</span> <span class="quiet">{formatBytes(bytes)}</span></li>
        ))}
      </ul>
    </div>
  );
}

function Deleting({ catalogue: { kept, keptBytes } }: { readonly catalogue: Catalogue }): JSX.Element | null {
  const { models } = useApp();
  const [asked, setAsked] = useState(false);
  if (keptBytes === 0) return null;
  const may = models.mayDelete;
  if (asked) {
    return (
      <div class="actions" role="group" aria-label={t("models.deleteAll")}>
        <p role="status">{t("models.deleteSure", { size: formatBytes(keptBytes) })}</p>
        <button type="button" disabled={!may} onClick={() => { setAsked(false); void models.forget("all"); }}>{t("models.deleteYes")}</button>
        <button type="button" onClick={() => { setAsked(false); }}>{t("models.deleteNo")}</button>
      </div>
    );
  }
  return (
    <div class="actions">
      <button type="button" disabled={!may} onClick={() => { setAsked(true); }}>{t("models.deleteAll")}</button>
      {kept.some(({ use }) => use === "before") && (
        <button type="button" disabled={!may} onClick={() => void models.forget("before")}>{t("models.deleteBefore")}</button>
      )}
      {!may && <p class="quiet">{t("models.deleteBusy")}</p>}
    </div>
  );
}
