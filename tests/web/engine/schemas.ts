/** Generated schemas, and instances that often fit them, for tests of the compiler against a validator of others. */

import fc from "fast-check";
import type { JsonSchema, JsonValue } from "../../../web/src/shared/schema.js";

const names = fc.constantFrom("a", "b", "c d", "é\"");
const words = fc.constantFrom("", "x", "xy", "xyz", "7", "A-1", "B-22", "2024-02-29", "2023-02-29", "é🙂", "q\"\\\n");
const numbers = fc.constantFrom(-12, -1, -0.5, 0, 0.5, 1, 2, 3, 10, 12.25, 100, 1e21);

const scalars = fc.oneof(fc.constant(null), fc.boolean(), numbers, words);

const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "value" },
    scalars,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));

export const instances = value;

const texts: fc.Arbitrary<JsonSchema> = fc.record(
  { type: fc.constant("string"), minLength: fc.nat(3), maxLength: fc.integer({ min: 2, max: 9 }), pattern: fc.constantFrom("^[a-z]*$", "\\d", "^[A-B]-\\d{1,2}$"), format: fc.constant("date") },
  { requiredKeys: ["type"] },
);

const figures: fc.Arbitrary<JsonSchema> = fc.record(
  { type: fc.constantFrom("number", "integer"), minimum: fc.constantFrom(-5, 0, 1.5), maximum: fc.constantFrom(2, 10, 99.5), exclusiveMinimum: fc.constantFrom(-1, 0), exclusiveMaximum: fc.constantFrom(3, 100), multipleOf: fc.constantFrom(0.5, 2, 3) },
  { requiredKeys: ["type"] },
);

const plainSchemas = fc.oneof(
  texts, figures,
  fc.constant<JsonSchema>({ type: "boolean" }), fc.constant<JsonSchema>({ type: "null" }), fc.constant<JsonSchema>({}),
  fc.uniqueArray(scalars, { minLength: 1, maxLength: 3 }).map((values): JsonSchema => ({ enum: values })),
);

const { schema } = fc.letrec<{ schema: JsonSchema; object: JsonSchema }>((tie) => ({
  object: fc.record(
    {
      type: fc.constant("object"),
      properties: fc.dictionary(names, tie("schema"), { maxKeys: 3, noNullPrototype: true }),
      required: fc.uniqueArray(names, { maxLength: 2 }),
      additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
      patternProperties: fc.dictionary(fc.constantFrom("^a", "d$"), tie("schema"), { maxKeys: 1, noNullPrototype: true }),
      minProperties: fc.nat(2),
      maxProperties: fc.integer({ min: 2, max: 3 }),
    },
    { requiredKeys: ["type"] },
  ),
  schema: fc.oneof(
    { maxDepth: 3, depthIdentifier: "schema" },
    plainSchemas,
    tie("object"),
    fc.record(
      { type: fc.constant("array"), items: tie("schema"), minItems: fc.nat(2), maxItems: fc.integer({ min: 1, max: 3 }), uniqueItems: fc.boolean() },
      { requiredKeys: ["type"] },
    ),
    fc.record({ type: fc.constant("array"), prefixItems: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }), items: fc.boolean() }, { requiredKeys: ["type", "prefixItems"] }),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((anyOf): JsonSchema => ({ anyOf })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 3 }).map((oneOf): JsonSchema => ({ oneOf })),
    fc.array(tie("schema"), { minLength: 1, maxLength: 2 }).map((allOf): JsonSchema => ({ allOf })),
    tie("schema").map((not): JsonSchema => ({ not })),
    fc.record({ if: tie("schema"), then: tie("schema"), else: tie("schema") }, { requiredKeys: ["if", "then"] }),
    fc.tuple(names, names).map(([key, other]): JsonSchema => ({ dependentRequired: { [key]: [other] } })),
  ),
}));

export const schemas = schema;
