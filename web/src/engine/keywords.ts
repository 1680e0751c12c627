/** The keywords of one schema object, each taken once; what nobody took is refused by name. */

import { InputError } from "../shared/errors.js";
import type { JsonValue } from "../shared/schema.js";

/** Keywords that describe and never restrict (2020-12, core 8.3 and validation 9). */
const ANNOTATIONS = [
  "$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
];

export function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isText(value: JsonValue): value is string {
  return typeof value === "string";
}

function isNullSchema(schema: JsonValue): boolean {
  return isObject(schema) && schema.type === "null" && Object.keys(schema).length === 1;
}

export class Keywords {
  private readonly schema: { readonly [key: string]: JsonValue };
  private readonly taken = new Set<string>();
  private readonly types: string[] | null;

  /** @param place JSON pointer of the schema object, for the refusal's message. */
  constructor(schema: JsonValue, readonly place: string) {
    if (!isObject(schema)) throw this.refusal("", "A schema must be an object.", "Write it between { and }.");
    this.schema = schema;
    this.types = this.readTypes();
  }

  has(keyword: string): boolean {
    return Object.hasOwn(this.schema, keyword);
  }

  peek(keyword: string): JsonValue | undefined {
    return this.schema[keyword];
  }

  take(keyword: string): JsonValue | undefined {
    this.taken.add(keyword);
    return this.schema[keyword];
  }

  text(keyword: string): string | null {
    return this.typed(keyword, "a text", isText);
  }

  number(keyword: string): number | null {
    return this.typed(keyword, "a number", (value) => typeof value === "number");
  }

  boolean(keyword: string): boolean | null {
    return this.typed(keyword, "true or false", (value) => typeof value === "boolean");
  }

  count(keyword: string): number | null {
    return this.typed(keyword, "a whole number of at least 0", (value): value is number => Number.isInteger(value) && Number(value) >= 0);
  }

  object(keyword: string): { readonly [key: string]: JsonValue } | null {
    return this.typed(keyword, "an object", isObject);
  }

  values(keyword: string): readonly JsonValue[] | null {
    return this.typed(keyword, "a list that is not empty", (value): value is readonly JsonValue[] => isList(value) && value.length > 0);
  }

  strings(keyword: string): readonly string[] {
    const test = (value: JsonValue): value is readonly string[] => isList(value) && value.every(isText);
    return this.typed(keyword, "a list of texts", test) ?? [];
  }

  /** False or absent closes the object; anything else could not be filled from fields alone. */
  additionalProperties(): void {
    const value = this.take("additionalProperties");
    if (value !== undefined && typeof value !== "boolean") {
      throw this.refusal("/additionalProperties", "Properties without a name cannot be filled.", "Set “additionalProperties” to false.");
    }
  }

  annotations(): void {
    for (const keyword of ANNOTATIONS) this.taken.add(keyword);
  }

  /** Null among several types, taken out. */
  dropNullType(): boolean {
    const at = this.types?.indexOf("null") ?? -1;
    if (at < 0 || this.types === null || this.types.length < 2) return false;
    this.types.splice(at, 1);
    return true;
  }

  /** The one type that is left. */
  soleType(): string {
    const only = this.types?.[0];
    if (only === undefined) throw this.refusal("", "The field does not say its type.", "Add “type”.");
    if (this.types !== null && this.types.length > 1) {
      throw this.refusal("/type", `Several types at once (${this.types.join(", ")}) cannot be enforced yet.`, "Choose one type, with or without “null”.");
    }
    return only;
  }

  expectType(type: string): void {
    if (this.types === null || this.soleType() !== type) {
      throw this.refusal("/type", `The schema must have type “${type}” at the top.`, `Set “type” to “${type}”.`);
    }
  }

  /** Of `anyOf`/`oneOf` with two branches, one of them null: the other one. */
  soleBranchBesideNull(): Keywords | null {
    const keyword = this.has("anyOf") ? "anyOf" : "oneOf";
    const branches = this.values(keyword);
    if (branches === null) return null;
    const others = branches.filter((branch) => !isNullSchema(branch));
    const other = others[0];
    if (branches.length !== 2 || others.length !== 1 || !isObject(other)) {
      throw this.refusal(`/${keyword}`, `“${keyword}” is only possible between one type and null yet.`, "Choose one type, with or without null.");
    }
    const described = { ...this.annotationsOnly(), ...other };
    this.annotations();
    this.done();
    return new Keywords(described, `${this.place}/${keyword}/${String(branches.indexOf(other))}`);
  }

  /** Refuses what nobody took. `x-…` and annotations restrict nothing. */
  done(): void {
    this.annotations();
    const left = Object.keys(this.schema).find((keyword) => !this.taken.has(keyword) && !keyword.startsWith("x-"));
    if (left !== undefined) {
      throw this.refusal(`/${left}`, `“${left}” cannot be enforced here yet.`, "Take it out of the schema.");
    }
  }

  private annotationsOnly(): { readonly [key: string]: JsonValue } {
    return Object.fromEntries(Object.entries(this.schema).filter(([keyword]) => ANNOTATIONS.includes(keyword)));
  }

  private readTypes(): string[] | null {
    const value = this.take("type");
    if (value === undefined) return null;
    const types = isList(value) ? value : [value];
    if (types.length === 0 || !types.every(isText)) {
      throw this.refusal("/type", "“type” must be a name or a list of names.", "For example “string”.");
    }
    return [...types];
  }

  private typed<T extends JsonValue>(keyword: string, expected: string, test: (value: JsonValue) => value is T): T | null {
    const value = this.take(keyword);
    if (value === undefined) return null;
    if (!test(value)) throw this.refusal(`/${keyword}`, `“${keyword}” must be ${expected}.`, "Correct the schema.");
    return value;
  }

  private refusal(below: string, message: string, advice: string): InputError {
    return new InputError("schema-refused", message, advice, `${this.place}${below}`);
  }
}
