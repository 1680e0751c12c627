/** The keywords of one schema object, read as what they must be; what cannot be enforced is refused by name. */

import type { JsonValue } from "../../shared/schema.js";
import type { Phrases } from "../../shared/wordings.js";
import { refuseSchema, type Refusal } from "./refusal.js";

type JsonObject = { readonly [key: string]: JsonValue };

/** All that restrict, in 2020-12 and in the drafts before it. */
const RESTRICTING = [
  "$ref", "type", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
  "properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties", "propertyNames",
  "dependencies", "dependentRequired", "dependentSchemas", "unevaluatedProperties",
  "items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains", "unevaluatedItems",
  "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
];

/** Keywords of which nothing here can say what they allow. */
const UNENFORCED = ["$dynamicRef", "$recursiveRef", "unevaluatedItems", "extends", "disallow", "divisibleBy"];

const BY_LOWER_CASE = new Map(RESTRICTING.map((keyword) => [keyword.toLowerCase(), keyword]));

/** What a keyword must be, in words. */
const EXPECTED: Readonly<Record<Phrases["expected"], string>> = {
  text: "a text",
  number: "a number",
  boolean: "true or false",
  count: "a whole number of at least 0",
  object: "an object",
  values: "a list that is not empty",
  texts: "a list of texts",
};

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isText(value: JsonValue): value is string {
  return typeof value === "string";
}

/** A key as a part of a JSON pointer (RFC 6901, section 3). */
export function pointerPart(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

export class Keywords {
  /** @param place JSON pointer of the schema object, for the refusal's message. */
  constructor(readonly schema: JsonObject, readonly place: string) {
    for (const keyword of Object.keys(schema)) this.check(keyword);
  }

  has(keyword: string): boolean {
    return this.schema[keyword] !== undefined;
  }

  peek(keyword: string): JsonValue | undefined {
    return this.schema[keyword];
  }

  text(keyword: string): string | null {
    return this.typed(keyword, "text", isText);
  }

  number(keyword: string): number | null {
    return this.typed(keyword, "number", (value) => typeof value === "number");
  }

  boolean(keyword: string): boolean | null {
    return this.typed(keyword, "boolean", (value) => typeof value === "boolean");
  }

  count(keyword: string): number | null {
    return this.typed(keyword, "count", (value): value is number => Number.isInteger(value) && Number(value) >= 0);
  }

  object(keyword: string): JsonObject | null {
    return this.typed(keyword, "object", isObject);
  }

  values(keyword: string): readonly JsonValue[] | null {
    return this.typed(keyword, "values", (value): value is readonly JsonValue[] => isList(value) && value.length > 0);
  }

  strings(keyword: string): readonly string[] {
    const test = (value: JsonValue): value is readonly string[] => isList(value) && value.every(isText);
    return this.typed(keyword, "texts", test) ?? [];
  }

  /** A name, or a list of names. */
  types(): readonly string[] | null {
    const value = this.schema.type;
    if (value === undefined) return null;
    const types = isList(value) ? value : [value];
    if (types.length === 0 || !types.every(isText)) {
      this.refuse("type", "schema-refused/type-form", "“type” must be a name or a list of names.", "For example “string”.");
    }
    return types.filter(isText);
  }

  refuse(keyword: string, refusal: Refusal, message: string, advice: string): never {
    return refuseSchema(keyword, `${this.place}/${pointerPart(keyword)}`, refusal, message, advice);
  }

  /** Keywords that the standard does not know describe and never restrict (core 6.5), unless they are slips of the pen. */
  private check(keyword: string): void {
    if (UNENFORCED.includes(keyword)) {
      this.refuse(keyword, ["schema-refused/keyword", { keyword }], `“${keyword}” cannot be enforced.`, "Take it out, or say what is allowed in other words.");
    }
    const meant = BY_LOWER_CASE.get(keyword.toLowerCase());
    if (meant !== undefined && meant !== keyword) {
      const refusal: Refusal = ["schema-refused/keyword-misspelt", { keyword, meant }];
      this.refuse(keyword, refusal, `“${keyword}” is not a keyword, and “${meant}” is.`, `Write “${meant}”, or choose another name if it is meant as a note.`);
    }
  }

  private typed<T extends JsonValue>(keyword: string, expected: Phrases["expected"], test: (value: JsonValue) => value is T): T | null {
    const value = this.schema[keyword];
    if (value === undefined) return null;
    if (!test(value)) this.refuse(keyword, ["schema-refused/keyword-value", { keyword, expected }], `“${keyword}” must be ${EXPECTED[expected]}.`, "Correct the schema.");
    return value;
  }
}
