/** The schema as JSON, for those who have one. What the engine refuses is said with its place. */

import type { JSX } from "preact";
import { t } from "../../../i18n/index.js";
import { parseSchema } from "../../../schema/content.js";
import { useApp } from "../../context.js";

export function JsonEditor(): JSX.Element {
  const { schema } = useApp();
  const refusal = schema.refusal.value;
  const broken = parseSchema(schema.source.value) === null;
  return (
    <>
      <div id="json-problem" role="status">
        {broken && <p class="row-problem">{t("schema.notJsonYet")}</p>}
        {!broken && refusal !== null && (
          <p class="row-problem">
            {refusal.place !== undefined && <code>{refusal.place === "" ? "/" : refusal.place}</code>} {refusal.message} {refusal.advice}
          </p>
        )}
      </div>
      <textarea
        class="json-source" aria-label={t("schema.tabJson")} spellcheck={false} autocapitalize="off" rows={18}
        aria-invalid={broken || refusal !== null} aria-describedby="json-problem"
        value={schema.source.value}
        onInput={({ currentTarget }) => { schema.editSource(currentTarget.value); }}
      />
    </>
  );
}
