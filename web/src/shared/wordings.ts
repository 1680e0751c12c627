/**
 * Every text of an error by its wording, and the values that it names. Where an error is thrown stands its English
 * text; what this list names has a German one in `app/i18n/de/errors`, or does not compile.
 *
 * A wording is a code, or a code and which of its texts: `empty-text/file` has the code `empty-text`.
 * Values are file names, field names, numbers and the like; never document text.
 */

/** Values of these names are keys, and stand for words of their own in each language. */
export interface Phrases {
  /** Why something did not come over the network. */
  readonly why: "stalled" | "broke" | "answered" | "no-key";
  /** What a file is that is not read. */
  readonly what:
    | "old-office" | "rtf" | "empty-zip" | "rar" | "7-zip" | "gzip" | "presentation" | "binary-workbook" | "open-document" | "apple"
    | "zip" | "unpacked" | "no-characters" | "picture";
  /** How such a file can be read after all. */
  readonly mend: "save-anew" | "unpack" | "another" | "split" | "copy" | "save-picture";
  /** What a file was taken for. */
  readonly format: "pdf" | "workbook" | "word" | "web-page" | "mail" | "archive";
  /** What is wrong with an encrypted file. */
  readonly flaw: "header" | "cut-off" | "changed";
  /** What is wrong with a line of a history file. */
  readonly fault:
    | "empty" | "no-json" | "after-end" | "no-document" | "more-bytes" | "fewer-bytes" | "other-numbers" | "same-id" | "no-end" | "expected"
    | "unlike";
  /** What a keyword of a schema must be. */
  readonly expected: "text" | "number" | "boolean" | "count" | "object" | "values" | "texts";
  /** What a schema excludes and cannot be said otherwise. */
  readonly excluded: "single" | "numbers" | "items" | "keys";
  /** What of a regular expression cannot be enforced. */
  readonly feature: "states" | "no-expression" | "flags" | "back-reference" | "lookahead" | "lookbehind" | "flag-v";
}

/** No value is named. */
type None = object;
type Named = { readonly name: string };
type InFile = { readonly file: string };
type OfField = { readonly field: string };
type OfKeyword = { readonly keyword: string };
type OfKey = { readonly key: string };
type Because = { readonly reason: string };
type AtMost = { readonly most: number };
type Long = AtMost & { readonly length: number };
type Answered = { readonly path: string; readonly status: number };
type Refused = { readonly place: string; readonly found: string };

/** Why something did not come over the network, with what completes the words. */
export type NetworkWhy =
  | { readonly why: "stalled"; readonly seconds: number }
  | { readonly why: "broke" }
  | { readonly why: "answered"; readonly status: number };

/** What a strict reading of the manifest or the signature can find wrong. */
export type Fault = "size" | "unreadable" | "format" | "unknown-field" | "missing-field" | "type" | "value" | "order";

export type ReadingWordings = { readonly [W in `${"manifest" | "signature"}-${Fault}`]: Refused };
export type FetchingWordings = { readonly [W in `${"manifest" | "signature" | "shard"}-${"missing" | "refused"}`]: Answered };

export interface BundleWordings {
  readonly "bundle-url": { readonly url: string };
  readonly "cache-layout": { readonly tensor: string };
  readonly "file-undecryptable": { readonly flaw: Phrases["flaw"] };
  readonly "key-unreachable": NetworkWhy | { readonly why: "no-key" };
  readonly "key-wrong/passphrase": None;
  readonly "key-wrong/token": None;
  readonly "manifest-altered": None;
  readonly "memory": { readonly megabytes: number };
  readonly "network-lost/kept": NetworkWhy & { readonly kept: number; readonly of: number };
  readonly "network-lost/this-visit": NetworkWhy & { readonly kept: number; readonly of: number };
  readonly "network-lost/update": NetworkWhy;
  readonly "no-variant/bundle": Named & { readonly backends: string; readonly offered: string };
  readonly "no-variant/not-fetched": Named & { readonly backends: string; readonly version: string };
  readonly "no-variant/update": Named & { readonly offered: string };
  readonly "offline/manifest": NetworkWhy;
  readonly "offline/model": NetworkWhy;
  readonly "passphrase-needed": Named;
  readonly "public-keys/no-key": { readonly found: string };
  readonly "public-keys/no-list": None;
  readonly "public-keys/none": None;
  readonly "shard-mismatch": InFile;
  readonly "shard-unreadable": InFile & { readonly bytes: number };
  readonly "signature-early": { readonly issued: string; readonly today: string };
  readonly "signature-expired": { readonly until: string; readonly today: string };
  readonly "signature-rolled-back": { readonly issued: string; readonly newest: string };
  readonly "signature-unknown-key": OfKey;
  readonly "signature-wrong": OfKey;
  readonly "token-needed": Named;
  readonly "tokenizer-unreadable": InFile;
  readonly "update-no-room/left": Because & { readonly left: number };
  readonly "update-no-room/unknown": Because;
  readonly "update-not-kept/left": Because & { readonly left: number };
  readonly "update-not-kept/unknown": Because;
}

export interface SchemaWordings {
  readonly "schema-refused/alternatives": AtMost & { readonly count: number };
  readonly "schema-refused/choice-of-objects": None;
  readonly "schema-refused/circular": None;
  readonly "schema-refused/contains": None;
  readonly "schema-refused/endless": None;
  readonly "schema-refused/excluded": OfKeyword & { readonly excluded: Phrases["excluded"] };
  readonly "schema-refused/format": { readonly named: string };
  readonly "schema-refused/items": None;
  readonly "schema-refused/key-patterns": None;
  readonly "schema-refused/keyword": OfKeyword;
  readonly "schema-refused/keyword-misspelt": OfKeyword & { readonly meant: string };
  readonly "schema-refused/keyword-value": OfKeyword & { readonly expected: Phrases["expected"] };
  readonly "schema-refused/max-length": AtMost;
  readonly "schema-refused/min-items": AtMost & { readonly least: number; readonly limit: number };
  readonly "schema-refused/multiple-of": { readonly number: string };
  readonly "schema-refused/no-keys": None;
  readonly "schema-refused/no-object": None;
  readonly "schema-refused/no-properties": None;
  readonly "schema-refused/no-value": None;
  readonly "schema-refused/pattern": { readonly feature: Phrases["feature"] };
  readonly "schema-refused/pattern-states": None;
  readonly "schema-refused/patterns-together": None;
  readonly "schema-refused/prefix-items": None;
  readonly "schema-refused/property-names": None;
  readonly "schema-refused/reference": { readonly reference: string };
  readonly "schema-refused/several-multiples": None;
  readonly "schema-refused/size": None;
  readonly "schema-refused/top-type": None;
  readonly "schema-refused/type-form": None;
  readonly "schema-refused/type-unknown": { readonly type: string; readonly types: string };
  readonly "schema-refused/unevaluated": None;
  readonly "schema-refused/unique-items": None;
  readonly "schema-refused/values": AtMost;
}

export interface EngineWordings {
  readonly "binary-text": None;
  readonly "cancelled": None;
  readonly "empty-text/nothing": None;
  readonly "engine-stopped": None;
  readonly "forward-failed": Because;
  readonly "missing-output": { readonly output: string };
  readonly "not-loaded": None;
  readonly "nothing-to-answer/document": None;
  readonly "nothing-to-answer/field": OfField;
  readonly "nothing-to-answer/too-few": OfField;
  readonly "session-failed": Because;
  readonly "text-too-long/at-most": Long;
  readonly "text-too-long/tokens": AtMost;
  readonly "tokenizer-broken": None;
  readonly "unexpected": Named;
  readonly "ungrounded/item": None;
  readonly "ungrounded/value": None;
  readonly "wrong-answer": { readonly wrong: number; readonly of: number };
}

export interface ReaderWordings {
  readonly "damaged-file": Named & { readonly format: Phrases["format"] };
  readonly "empty-text/file": Named;
  readonly "empty-text/page": Named;
  readonly "empty-text/pages": Named & { readonly pages: number };
  readonly "file-too-large": Named & AtMost & { readonly size: number };
  readonly "not-text": Named & NotText;
  readonly "password-needed": Named;
  readonly "reader-stopped/file": Named;
  readonly "reader-stopped/picture": None;
  readonly "recogniser-missing": None;
  readonly "text-too-long/pages": Named & AtMost & { readonly page: number; readonly of: number };
  readonly "text-too-long/piece": Long;
  readonly "wrong-password": Named;
}

/** What a file is, and how it can be read after all. */
export type NotText = { readonly mend: Phrases["mend"] } & (
  | { readonly what: Exclude<Phrases["what"], "unpacked"> }
  | { readonly what: "unpacked"; readonly unpacked: number; readonly most: number }
);

export interface PageWordings {
  readonly "document-gone": Named;
  readonly "double-document": { readonly id: string };
  readonly "empty-text/yet": None;
  readonly "foreign-script": { readonly origin: string };
  readonly "history-file/line": { readonly line: number } & LineFault;
  readonly "history-file/no-history": None;
  readonly "history-version": { readonly version: number };
  readonly "no-original": None;
  readonly "page-stopped": None;
  readonly "schema-incomplete/no-fields": None;
  readonly "schema-incomplete/no-name": None;
  readonly "schema-incomplete/no-options": None;
  readonly "schema-incomplete/none": None;
  readonly "schema-incomplete/same-name": Named;
  readonly "schema-incomplete/unknown": None;
  readonly "schema-not-json": None;
  readonly "screen-unknown": { readonly screen: string };
}

/** What is wrong with a line of a history file; what is expected where it is not what it must be. */
export type LineFault =
  | { readonly fault: Exclude<Phrases["fault"], "expected"> }
  | { readonly fault: "expected"; readonly at: string; readonly wanted: string };

/** The values that the text of each wording names. */
export interface Wordings extends BundleWordings, ReadingWordings, FetchingWordings, SchemaWordings, EngineWordings, ReaderWordings, PageWordings {}

export type Wording = keyof Wordings;

/** What an error is told with: its wording, and the values where its text names any. */
export type Told = {
  readonly [W in Wording]: [keyof Wordings[W]] extends [never] ? W : readonly [wording: W, values: Wordings[W]];
}[Wording];

/** The names of values that may come with a text. */
export type NamesOf<Values> = Values extends unknown ? keyof Values & string : never;

/** Pages by their numbers, [3, 5, 6, 7] as "3, 5–7". */
type OnPages = { readonly pages: string };

/** Every text of a notice: what people should know of a file that was read, or of the model that was started. */
export interface NoticeWordings {
  readonly "gpu-not-used": None;
  readonly "hard-to-read/pages": OnPages;
  readonly "hard-to-read/text": None;
  readonly "no-body": None;
  readonly "not-kept/browser": Because;
  readonly "not-kept/disk": Because;
  readonly "not-kept/room": { readonly missing: number; readonly fits: number; readonly needed: number };
  readonly "one-thread/host": None;
  readonly "one-thread/processor": None;
  readonly "page-damaged": OnPages;
  readonly "page-unread": OnPages;
  readonly "page-without-text": OnPages;
  readonly "recognised/pages": OnPages;
  readonly "recognised/text": None;
  readonly "stale-version": { readonly until: string };
  readonly "stopped-before/memory": None;
  readonly "stopped-before/threads": { readonly threads: number; readonly all: number };
  readonly "version-refused": None;
}
