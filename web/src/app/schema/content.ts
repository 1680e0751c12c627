/** What is on the page of a schema at one moment: as text, and as fields where it can be shown so. */

import { isObject, type JsonSchema, type JsonValue } from "../../shared/schema.js";
import { type Draft, type Keys, readDraft, writeDraft } from "./draft.js";
import { isGroup } from "./kinds.js";
import { draftProblems } from "./problems.js";

export interface Content {
  /** The JSON text, as typed or as the fields make it. */
  readonly source: string;
  /** The fields; null where the text is no schema that is a list of fields. */
  readonly root: Draft | null;
}

export function contentOf(source: string, keys: Keys): Content {
  const schema = parseSchema(source);
  return { source, root: schema !== null && isGroup(schema) ? readDraft(schema, keys) : null };
}

export function contentOfDraft(root: Draft): Content {
  return { source: pretty(writeDraft(root)), root };
}

/** The schema to run; null while it cannot be one. */
export function schemaOf({ source, root }: Content): JsonSchema | null {
  return root !== null && draftProblems(root).length > 0 ? null : parseSchema(source);
}

/** The text as a JSON object, or null. */
export function parseSchema(source: string): JsonSchema | null {
  const value = parseJson(source);
  return isObject(value) ? value : null;
}

export function parseJson(source: string): JsonValue | undefined {
  try {
    return JSON.parse(source) as JsonValue;
  } catch {
    return undefined;
  }
}

export function pretty(value: JsonValue): string {
  return JSON.stringify(value, null, 2);
}
