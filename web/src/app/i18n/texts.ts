/** The types of keys and texts, drawn from the English ones. */

import type * as en from "./en/index.js";

export type Language = "en" | "de";

type English = typeof en;
type Namespace = keyof English;

/** A namespace in another language: the same names, with texts of its own. */
export type Translation<T> = { readonly [K in keyof T]: string };

/** All namespaces in one language; errors are said where they are thrown in English, and so only in others. */
export type Texts = { readonly [N in Namespace]: Translation<English[N]> };

type Singular<K extends string> = K extends `${infer Name}_${"one" | "other"}` ? Name : K;

/** `namespace.name`; of a text with `_one` and `_other` the name without them. */
export type TextKey = { [N in Namespace]: `${N}.${Singular<keyof English[N] & string>}` }[Namespace];

type TextOf<K extends TextKey> = K extends `${infer N extends Namespace}.${infer Name}`
  ? English[N][keyof English[N] & (Name | `${Name}_${"one" | "other"}`)]
  : never;

/** The names between double braces, without the form that may stand behind a comma. */
export type Named<T> = T extends `${string}{{${infer Name}}}${infer Rest}` ? Bare<Name> | Named<Rest> : never;

type Bare<Name extends string> = Name extends `${infer Value}, ${string}` ? Value : Name;

/** The values that a text needs, as the rest of `t`'s parameters. */
export type ValuesOf<K extends TextKey> = [Named<TextOf<K>>] extends [never]
  ? []
  : [values: { readonly [Name in Named<TextOf<K>>]: string | number }];
