/** The prompt's text, from the manifest's parts. */

import type { Tokenizer } from "./tokenizer.js";
import type { PromptParts } from "../shared/manifest.js";
import type { Field } from "./plan.js";

/** What the prompt needs of a tokenizer. */
export type PromptTokenizer = Pick<Tokenizer, "encode" | "encodePrompt" | "encodeAtMost">;

/**
 * The tokens of everything before the fields: nothing of the schema is in it. Each part is tokenised by
 * itself, so that the document's tokens do not depend on what stands around it.
 *
 * @returns null where the document alone has more than `limit` tokens
 */
export function prefixOf(text: string, parts: PromptParts, tokenizer: PromptTokenizer, limit: number): number[] | null {
  const document = tokenizer.encodeAtMost(text, limit);
  if (document === null) return null;
  return [...tokenizer.encodePrompt(parts.before_document), ...document, ...tokenizer.encodePrompt(parts.after_document)];
}

/** The line that asks for one field. */
export function headerOf(field: Field, parts: PromptParts): string {
  const description = [field.description, optionsOf(field)].filter((part) => part !== "").join("; ");
  const template = description === "" ? parts.field_without_description : parts.field;
  return template.replace("{name}", () => oneLine(field.name)).replace("{description}", () => oneLine(description));
}

function optionsOf({ kind }: Field): string {
  const choices = kind.type === "union" ? kind.members : [kind];
  const values = choices.flatMap((one) => (one.type === "choice" ? one.values : []));
  if (values.every((value) => typeof value === "boolean")) return "";
  return `${kind.type === "union" ? "or " : ""}one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
}

/** A field is asked for on one line, whatever its description looks like. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
