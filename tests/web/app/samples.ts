/** Plain data that several tests need. */

import type { Extraction, FieldResult } from "../../../web/src/shared/extraction.js";
import type { LoadedModel } from "../../../web/src/shared/protocol.js";
import type { JsonSchema } from "../../../web/src/shared/schema.js";

export const MODEL: LoadedModel = {
  name: "small",
  version: "1",
  license: "Apache-2.0",
  variant: "wasm-int8",
  bytes: 1000,
  tier: "wasm-threads",
  why: ["no-gpu"],
  threads: 2,
  kept: true,
  maxDocumentTokens: 100,
  notices: [],
};

export const SCHEMA: JsonSchema = {
  type: "object",
  properties: { who: { type: ["string", "null"] }, when: { type: ["string", "null"], format: "date" } },
  required: ["who", "when"],
  additionalProperties: false,
};

export const DOCUMENT = { id: "1", text: "Ada came on 3 May." };

export const WHO: FieldResult = {
  path: "/who",
  values: [{ value: "Ada", origin: "verbatim", evidence: { start: 0, end: 3 }, confidence: 0.9 }],
  value: "Ada",
  omitted: false,
  confidence: 0.9,
  forwards: 1,
};

export const EXTRACTION: Extraction = {
  output: { who: "Ada", when: null },
  fields: [WHO, { ...WHO, path: "/when", value: null, values: [{ value: null, origin: "absent", evidence: null, confidence: 0.8 }] }],
  coverage: { read: [{ start: 0, end: 18 }], windows: [{ start: 0, end: 18 }], length: 18 },
  stats: {
    promptTokens: 9, branchTokens: 4, forwards: 2, prefillMs: 1, decodeMs: 2, maskMs: 1, prefixReused: 0, draftedTokens: 0, acceptedTokens: 0,
  },
};
