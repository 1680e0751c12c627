/** What a single value may be: the values of a choice, the form and the pattern of a text. */

import { useSignal } from "@preact/signals";
import type { JSX, TargetedEvent } from "preact";
import { t, type TextKey } from "../../../i18n/index.js";
import type { Draft } from "../../../schema/draft.js";
import { FORMATS, isFree, kindOf, optionsOf, textOf, withFree, withOptions, withText } from "../../../schema/kinds.js";

interface Props {
  readonly id: string;
  readonly draft: Draft;
  readonly change: (what: string, change: (draft: Draft) => Draft) => void;
}

export function ValueRules(props: Props): JSX.Element | null {
  const kind = kindOf(props.draft);
  if (kind === "choice") return <Options {...props} />;
  return kind === "text" ? <TextRules {...props} /> : null;
}

/** Empty lines, and values that come twice, are there while somebody types and never in the schema. */
function Options({ id, draft, change }: Props): JSX.Element {
  const options = optionsOf(draft);
  const typed = useSignal(options.join("\n"));
  if (valuesIn(typed.value).join("\n") !== options.join("\n")) typed.value = options.join("\n");
  const take = ({ currentTarget }: TargetedEvent<HTMLTextAreaElement>): void => {
    typed.value = currentTarget.value;
    const values = valuesIn(currentTarget.value);
    if (values.join("\n") !== options.join("\n")) change("options", (one) => withOptions(one, values));
  };
  return (
    <>
      <label for={`${id}-options`}>{t("schema.options")}</label>
      <textarea id={`${id}-options`} rows={Math.max(3, options.length + 1)} value={typed.value} onInput={take} />
    </>
  );
}

function valuesIn(text: string): readonly string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()).filter((line) => line !== ""))];
}

const FORMAT_LABELS = {
  email: "schema.formatEmail", uri: "schema.formatUri", time: "schema.formatTime", "date-time": "schema.formatDateTime", duration: "schema.formatDuration",
  uuid: "schema.formatUuid", hostname: "schema.formatHostname", ipv4: "schema.formatIpv4", ipv6: "schema.formatIpv6",
} as const satisfies Record<(typeof FORMATS)[number], TextKey>;

function TextRules({ id, draft, change }: Props): JSX.Element {
  const [format, pattern] = [textOf(draft, "format"), textOf(draft, "pattern")];
  const unknown = format !== "" && !FORMATS.some((one) => one === format);
  return (
    <details class="text-rules" open={format !== "" || pattern !== "" || isFree(draft)}>
      <summary>{t("schema.rules")}</summary>
      <div>
        <label for={`${id}-format`}>{t("schema.format")}</label>
        <select id={`${id}-format`} value={format} onChange={({ currentTarget: { value } }) => { change("", (one) => withText(one, "format", value)); }}>
          <option value="">{t("schema.formatNone")}</option>
          {FORMATS.map((one) => <option key={one} value={one}>{t(FORMAT_LABELS[one])}</option>)}
          {unknown && <option value={format}>{format}</option>}
        </select>
        <label for={`${id}-pattern`}>{t("schema.pattern")}</label>
        <input
          id={`${id}-pattern`} type="text" class="code" value={pattern} placeholder={t("schema.patternPlaceholder")}
          autocomplete="off" autocapitalize="off" spellcheck={false}
          onInput={({ currentTarget: { value } }) => { change("pattern", (one) => withText(one, "pattern", value)); }}
        />
        <label class="check">
          <input type="checkbox" checked={isFree(draft)} onChange={({ currentTarget: { checked } }) => { change("", (one) => withFree(one, checked)); }} />
          <span>{t("schema.free")}</span>
        </label>
      </div>
    </details>
  );
}
