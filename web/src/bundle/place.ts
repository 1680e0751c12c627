/**
 * A value inside a parsed JSON file, with the path that leads to it, read strictly: every question
 * either answers with the type asked for or refuses by name. Nothing unknown is passed over.
 */

import { BundleError } from "../shared/errors.js";
import type { Fault } from "../shared/wordings.js";

/** The error for a file that is refused; `problem` is a sentence without its full stop, about what was `found` at `place`. */
export type Refuse = (fault: Fault, problem: string, found?: string, place?: string) => BundleError;

/** Refuses a file of this kind: its codes are `manifest-value`, `signature-value` and so on. */
export function refusing(kind: "manifest" | "signature", advice: string): Refuse {
  return (fault, problem, found = "", place = "") =>
    new BundleError([`${kind}-${fault}`, { found, place: place === "" ? "/" : place }], `The model's ${kind} was refused: ${problem}.`, advice);
}

export class Place {
  constructor(
    /** A JSON pointer, empty for the whole file. */
    readonly path: string,
    readonly value: unknown,
    private readonly fault: Refuse,
  ) {}

  /** The fields of an object that has exactly these keys. */
  fields<Key extends string>(...keys: readonly Key[]): Readonly<Record<Key, Place>> {
    const object = this.#object();
    const unknown = Object.keys(object).find((key) => !(keys as readonly string[]).includes(key));
    if (unknown !== undefined) {
      throw this.fault("unknown-field", `${this.#name} has an unknown field ${shown(unknown)}`, shown(unknown), this.path);
    }
    const missing = keys.find((key) => !Object.hasOwn(object, key));
    if (missing !== undefined) {
      throw this.fault("missing-field", `${this.#name} lacks the field ${shown(missing)}`, shown(missing), this.path);
    }
    return Object.fromEntries(keys.map((key) => [key, this.#child(key, object[key])])) as Record<Key, Place>;
  }

  /** A field that may be missing, and the object without it. */
  apart(key: string): { readonly part: Place | null; readonly rest: Place } {
    const { [key]: value, ...others } = this.#object();
    const part = value === undefined ? null : this.#child(key, value);
    return { part, rest: new Place(this.path, others, this.fault) };
  }

  /** One field of an object whose other fields do not matter yet. */
  field(key: string): Place {
    return this.#child(key, this.#object()[key]);
  }

  /** The entries of an object with keys of the writer's choice: short ASCII words. */
  entries(): readonly (readonly [string, Place])[] {
    return Object.entries(this.#object()).map(([key, value]) => {
      if (!/^[A-Za-z][\w.:-]{0,99}$/.test(key)) this.refuse(`has a field name ${shown(key)}, which is not a plain word`);
      return [key, this.#child(key, value)] as const;
    });
  }

  /** A list of `least` to `most` items. */
  list(least: number, most: number): readonly Place[] {
    if (!Array.isArray(this.value)) this.#wrongType("a list");
    const items: readonly unknown[] = this.value;
    if (items.length < least || items.length > most) {
      this.refuse(`has ${items.length} items; ${least} to ${most} are allowed`);
    }
    return items.map((value, index) => this.#child(String(index), value));
  }

  /** Text of `least` to 100,000 characters. */
  text(least = 1): string {
    if (typeof this.value !== "string") this.#wrongType("text");
    if (this.value.length < least || this.value.length > 100_000) {
      this.refuse(`has ${this.value.length} characters; ${least} to 100000 are allowed`);
    }
    return this.value;
  }

  /** Text of one form; `form` says it in words. */
  matching(pattern: RegExp, form: string): string {
    const text = this.text();
    return pattern.test(text) ? text : this.refuse(`is ${shown(text)}, which is not ${form}`);
  }

  oneOf<Choice extends string>(...choices: readonly Choice[]): Choice {
    const choice = choices.find((candidate) => candidate === this.value);
    return choice ?? this.refuse(`is ${shown(this.value)}; known are ${choices.join(", ")}`);
  }

  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number {
    if (!Number.isSafeInteger(this.number())) this.#wrongType("a whole number");
    return this.within(least, most);
  }

  number(): number {
    if (typeof this.value !== "number" || !Number.isFinite(this.value)) this.#wrongType("a number");
    return this.value;
  }

  /** A number from `least` to `most`, both included. */
  within(least: number, most: number): number {
    const value = this.number();
    return value >= least && value <= most ? value : this.refuse(`is ${value}; ${least} to ${most} are allowed`);
  }

  /** Refuses the value; `problem` follows the place's name: `is 12; …`. */
  refuse(problem: string): never {
    throw this.fault("value", `${this.#name} ${problem}`, shown(this.value), this.path);
  }

  #object(): Readonly<Record<string, unknown>> {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) this.#wrongType("an object");
    return value as Readonly<Record<string, unknown>>;
  }

  #child(key: string, value: unknown): Place {
    return new Place(`${this.path}/${key}`, value, this.fault);
  }

  #wrongType(wanted: string): never {
    throw this.fault("type", `${this.#name} is ${shown(this.value)}, not ${wanted}`, shown(this.value), this.path);
  }

  get #name(): string {
    return this.path === "" ? "the file" : this.path;
  }
}

/** A value in a message: as JSON, cut where it is long. */
export function shown(value: unknown): string {
  if (value === undefined) return "missing";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
