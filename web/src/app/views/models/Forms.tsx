/** The forms of the model: size, measured figures, and whether each would run on this device. */

import type { JSX } from "preact";
import type { Catalogue, CatalogueVariant } from "../../../shared/catalogue.js";
import { formatBytes } from "../../format.js";
import { locale, t } from "../../i18n/index.js";
import { useApp } from "../context.js";

export function Forms({ catalogue }: { readonly catalogue: Catalogue }): JSX.Element {
  const { storage } = useApp().models;
  const best = catalogue.variants.find(({ fit }) => fit === "best");
  const { free } = storage;
  return (
    <section aria-labelledby="forms">
      <h3 id="forms">{t("models.forms")}</h3>
      <div class="forms">
        {catalogue.variants.map((variant) => <Form key={variant.name} variant={variant} />)}
      </div>
      {best?.backend === "wasm" && <p class="quiet">{t("models.threadsHere", { count: catalogue.threads })}</p>}
      {best !== undefined && free !== null && free < best.missing && (
        <p class="notice">{t("models.noRoom", { free: formatBytes(free), missing: formatBytes(best.missing) })}</p>
      )}
    </section>
  );
}

function Form({ variant }: { readonly variant: CatalogueVariant }): JSX.Element {
  const { name, backend, fit, memory, figures } = variant;
  const facts: readonly (readonly [string, string | null])[] = [
    [t("models.size"), sizeWords(variant)],
    [t("models.memory"), formatBytes(memory)],
    [t("models.agreement"), share(figures.top1_agreement)],
    [t("models.divergence"), distance(figures.kl_divergence)],
  ];
  return (
    <article class="card" data-testid={`variant-${name}`} data-fit={fit}>
      <div>
        <h4>{name}</h4>
        <p class="quiet">{t(`models.backend_${backend}`)}</p>
      </div>
      <p class="fit"><span class="fit-sign" aria-hidden="true">{fit === "best" || fit === "spare" ? "✓" : "–"}</span> {fitWords(variant)}</p>
      <dl class="facts">
        {facts.map(([fact, value]) => value !== null && <div key={fact}><dt>{fact}</dt><dd>{value}</dd></div>)}
      </dl>
    </article>
  );
}

function fitWords({ fit, requires }: CatalogueVariant): string {
  return fit === "no-feature" ? t("models.fit_no-feature", { requires: requires.join(", ") }) : t(`models.fit_${fit}`);
}

/** Of a form that does not run here, what is missing does not matter: forms share files. */
function sizeWords({ bytes, missing, fit }: CatalogueVariant): string {
  const size = formatBytes(bytes);
  if (fit !== "best" && fit !== "spare") return size;
  if (missing === 0) return t("models.allHere", { size });
  return missing === bytes ? size : t("models.partHere", { size, missing: formatBytes(missing) });
}

/** Below this a distance is none that anybody could notice. */
const NEAR = 0.0001;

function distance(value: number | undefined): string | null {
  if (value === undefined) return null;
  const words = Math.max(value, NEAR).toLocaleString(locale.value, { maximumSignificantDigits: 2 });
  return value < NEAR ? `< ${words}` : words;
}

function share(value: number | undefined): string | null {
  return value === undefined ? null : value.toLocaleString(locale.value, { style: "percent", maximumFractionDigits: 1 });
}
