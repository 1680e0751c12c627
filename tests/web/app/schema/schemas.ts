/** Schemas as people and programs write them, made at random. */

import fc from "fast-check";
import type { JsonSchema, JsonValue } from "../../../../web/src/shared/schema.js";

const name = fc.oneof(fc.constantFrom("total", "a/b~c", "größe", "__proto__", "2024", ""), fc.string({ maxLength: 6 }));

/** Keywords that the editor shows beside some that it does not, whole and half-written. */
const keywords: fc.Arbitrary<JsonSchema> = fc
  .dictionary(
    fc.constantFrom("description", "title", "pattern", "format", "minimum", "maxItems", "x-note", "$comment", "default", "additionalProperties", "const"),
    fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.string({ maxLength: 5 })),
    { maxKeys: 4 },
  )
  .map((made) => made as JsonSchema);

const type = fc.oneof(
  fc.constantFrom("string", "number", "integer", "boolean", "null", "object", "array"),
  fc.uniqueArray(fc.constantFrom("string", "number", "null", "object"), { minLength: 1, maxLength: 3 }),
);

interface Tied {
  readonly schema: JsonValue;
}

/** Any schema at all: nested, half of it wrong, its keys in any order. */
export const { schema: anySchema } = fc.letrec<Tied>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<JsonValue>(true, false, {}, { $ref: "#/$defs/a" }, { anyOf: [{ type: "string" }, { type: "null" }] }),
    fc
      .record(
        {
          type,
          enum: fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.constant(null), fc.integer()), { maxLength: 3 }),
          properties: fc.oneof(fc.array(fc.tuple(name, tie("schema")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)), fc.constant(null)),
          required: fc.oneof(fc.array(fc.oneof(name, fc.integer()), { maxLength: 4 }), fc.boolean()),
          items: fc.oneof(tie("schema"), fc.array(tie("schema"), { maxLength: 2 })),
          more: keywords,
        },
        { requiredKeys: [] },
      )
      .chain(({ more, ...rest }) => fc.shuffledSubarray(Object.entries({ ...rest, ...more }), { minLength: Object.keys({ ...rest, ...more }).length }))
      .map((entries) => Object.fromEntries(entries) as JsonSchema),
  ),
}));
