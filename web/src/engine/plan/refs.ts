/** Where `$ref` points to: places of the same document, by pointer, by name or by the names that its parts have. */

import type { JsonSchema, JsonValue } from "../../shared/schema.js";
import { isList, isObject, pointerPart } from "./keywords.js";

/** A schema and where it stands. */
export interface At {
  readonly schema: JsonValue;
  /** JSON pointer in the document. */
  readonly pointer: string;
  /** The address that references are relative to. */
  readonly base: string;
}

/** An address for schemas that have none; nothing is ever fetched. */
const NO_ADDRESS = "schema:///";
/** Data and not schemas, whatever they look like. */
const DATA = new Set(["enum", "const", "default", "examples", "example"]);

export class References {
  readonly root: At;
  /** Schemas by address, those with a name in it (`#name`) included. */
  private readonly named = new Map<string, At>();
  /** The base of every place that changes it. */
  private readonly bases = new Map<JsonValue, string>();

  constructor(document: JsonSchema) {
    this.index(document, "", NO_ADDRESS);
    this.root = { schema: document, pointer: "", base: this.bases.get(document) ?? NO_ADDRESS };
    this.named.set(NO_ADDRESS, this.root);
    this.named.set(this.root.base, this.root);
  }

  /** The place below another one. */
  below(at: At, ...path: readonly (string | number)[]): At {
    let { schema, pointer, base } = at;
    for (const key of path) {
      schema = childOf(schema, String(key)) ?? true;
      pointer = `${pointer}/${pointerPart(String(key))}`;
      base = this.bases.get(schema) ?? base;
    }
    return { schema, pointer, base };
  }

  /** Null where the document holds no such place. */
  resolve(reference: string, from: At): At | null {
    const [address = "", fragment = ""] = reference.split("#", 2);
    const target = address === "" ? from.base : resolved(address, from.base);
    const document = this.named.get(target);
    if (fragment === "" || fragment.startsWith("/")) return document === undefined ? null : this.at(document, fragment);
    return this.named.get(`${target}#${fragment}`) ?? null;
  }

  private at(document: At, fragment: string): At | null {
    const keys = fragment.split("/").slice(1).map((key) => unescaped(key));
    let place = document;
    for (const key of keys) {
      if (childOf(place.schema, key) === undefined) return null;
      place = this.below(place, key);
    }
    return place;
  }

  private index(value: JsonValue, pointer: string, outer: string): void {
    if (isList(value)) value.forEach((item, i) => { this.index(item, `${pointer}/${i}`, outer); });
    if (!isObject(value)) return;
    const base = this.name(value, pointer, outer);
    for (const [key, inner] of Object.entries(value)) {
      if (!DATA.has(key)) this.index(inner, `${pointer}/${pointerPart(key)}`, base);
    }
  }

  /** Notes the names of one schema; its base. */
  private name(schema: { readonly [key: string]: JsonValue }, pointer: string, outer: string): string {
    const id = schema.$id ?? schema.id;
    let base = outer;
    if (typeof id === "string" && !id.startsWith("#")) {
      base = resolved(id.split("#", 1)[0] ?? "", outer);
      this.bases.set(schema, base);
      this.named.set(base, { schema, pointer, base });
    }
    const names = [schema.$anchor, typeof id === "string" ? id.split("#", 2)[1] : undefined];
    for (const name of names) {
      if (typeof name === "string" && name !== "") this.named.set(`${base}#${name}`, { schema, pointer, base });
    }
    return base;
  }
}

function childOf(schema: JsonValue, key: string): JsonValue | undefined {
  if (isList(schema)) return schema[Number(key)];
  return isObject(schema) && Object.hasOwn(schema, key) ? schema[key] : undefined;
}

function unescaped(key: string): string {
  const plain = key.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function resolved(address: string, base: string): string {
  try {
    return new URL(address, base).href;
  } catch {
    return address;
  }
}
