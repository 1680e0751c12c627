/** The schema as JSON, for those who have one. What the engine refuses is said with its place. */

import type { JSX } from "preact";
import type { ErrorData } from "../../../../shared/errors.js";
import { errorText } from "../../../i18n/errors.js";
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
        {!broken && refusal !== null && <Refusal error={refusal} />}
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

function Refusal({ error }: { readonly error: ErrorData }): JSX.Element {
  const { message, advice, lang } = errorText(error);
  return (
    <p class="row-problem" lang={lang}>
      {error.place !== undefined && <code>{error.place === "" ? "/" : error.place}</code>} {message} {advice}
    </p>
  );
}
