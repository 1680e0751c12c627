/**
 * A JSON Schema, compiled once into what to ask a document for and the rules to hold each answer to.
 *
 *   schema → node (plan/schema.ts, plan/algebra.ts): the values that it allows, all keywords worked out
 *   node → tree (plan/tree.ts): the questions, in the shape of the output
 *   node → machine (plan/machines.ts): the text of a whole value, for decoding it at once and for checking it
 *
 * What cannot be enforced is refused here, with its place in the schema; nothing is ignored.
 */

import { pointerPart } from "./plan/keywords.js";
import type { Absence, Field, ListKind } from "./plan/kinds.js";
import { accepts } from "./plan/machines.js";
import { compileSchema } from "./plan/schema.js";
import { treeOf, type PlanNode, type RowsNode } from "./plan/tree.js";
import type { JsonSchema, JsonValue } from "../shared/schema.js";

export type { Absence, ChoiceKind, DateKind, Field, FieldKind, Format, LeafKind, ListKind, NumberKind, PlainKind, StringKind, UnionKind } from "./plan/kinds.js";
export { pointerPart } from "./plan/keywords.js";
export type { LeafNode, Member, ObjectNode, PlanNode, RowsNode, UnionNode } from "./plan/tree.js";

export interface Plan {
  readonly tree: PlanNode;
  /** The questions that are asked of every document, those about the rows of an array left out. In the order of the output's keys. */
  readonly fields: readonly Field[];
  /** Does the whole output fit the schema? */
  readonly fits: (output: JsonValue) => boolean;
}

/**
 * @throws InputError `schema-refused`, with the place (JSON pointer into the schema) and what to change.
 */
export function compile(schema: JsonSchema): Plan {
  const compiled = compileSchema(schema);
  return planOf(treeOf(compiled.root), (output) => accepts(compiled, output));
}

function planOf(tree: PlanNode, fits: Plan["fits"]): Plan {
  const fields = new Map(fieldsOf(tree, "", true).map((field) => [`${field.path} ${JSON.stringify(field.kind)}`, field]));
  return { tree, fields: [...fields.values()], fits };
}

/** @param certain whether the value has to be in the output, as far as what lies around it goes */
function fieldsOf(node: PlanNode, path: string, certain: boolean): Field[] {
  switch (node.at) {
    case "leaf":
      return [{ name: node.name, path, description: node.description, absence: asked(node.absence, certain), kind: node.kind }];
    case "fixed":
      return [];
    case "object":
      return node.members.flatMap((member) => fieldsOf(member.node, `${path}/${pointerPart(member.key)}`, certain && node.absence === "never"));
    case "rows":
      return [{ name: node.name, path, description: node.description, absence: asked(node.absence, certain), kind: rowsKind(node) }];
    case "union":
      return node.options.flatMap((option) => fieldsOf(option, path, false));
  }
}

/** The paths of the arrays of objects, those within rows left out. */
export function rowPaths(node: PlanNode, path: string): readonly string[] {
  if (node.at === "rows") return [path];
  if (node.at === "union") return node.options.flatMap((option) => rowPaths(option, path));
  return node.at === "object" ? node.members.flatMap((member) => rowPaths(member.node, `${path}/${pointerPart(member.key)}`)) : [];
}

/** What need not be there at all may be answered with null, whatever is required where it is there. */
export function asked(absence: Absence, certain: boolean): Absence {
  return absence === "never" && !certain ? "null" : absence;
}

/** The question for the rows: of rows with one column that column, else a piece of the text for each. */
export function rowsKind({ item, minItems, maxItems, uniqueItems }: RowsNode): ListKind {
  const only = soleColumn(item);
  if (only !== null) return { type: "list", item: only.kind, minItems, maxItems, uniqueItems };
  const piece = { type: "string", minLength: 0, maxLength: Number.POSITIVE_INFINITY, patterns: [], format: null, free: false } as const;
  return { type: "list", item: piece, minItems, maxItems, uniqueItems: false };
}

/** The one column of a row that has no others, and that is a single value. */
export function soleColumn(item: PlanNode): { readonly key: string; readonly kind: ListKind["item"] } | null {
  if (item.at !== "object") return null;
  const [only, other] = item.members.filter(({ node }) => node.at !== "fixed");
  if (only === undefined || other !== undefined || only.node.at !== "leaf" || only.node.kind.type === "list") return null;
  return { key: only.key, kind: only.node.kind };
}

/** The plan for a part of a document, which need not hold everything. */
export function relaxed({ tree, fits }: Plan): Plan {
  return planOf(loosened(tree), fits);
}

function loosened(node: PlanNode): PlanNode {
  switch (node.at) {
    case "leaf":
      return { ...node, absence: asked(node.absence, false), kind: node.kind.type === "list" ? { ...node.kind, minItems: 0 } : node.kind };
    case "fixed":
      return node;
    case "object":
      return { ...node, members: node.members.map(({ key, node: inner }) => ({ key, node: loosened(inner) })) };
    case "rows":
      return { ...node, absence: asked(node.absence, false), minItems: 0 };
    case "union":
      return { ...node, absence: asked(node.absence, false), options: node.options.map(loosened) };
  }
}

/** The plan for one field alone. */
export function narrowed({ tree, fits }: Plan, field: Field): Plan {
  return planOf(along(tree, "", field.path) ?? tree, fits);
}

function along(node: PlanNode, path: string, wanted: string): PlanNode | null {
  if (path === wanted) return node;
  if (node.at === "union") return node.options.map((option) => along(option, path, wanted)).find((one) => one !== null) ?? null;
  if (node.at !== "object") return null;
  const members = node.members.flatMap(({ key, node: inner }) => {
    const found = along(inner, `${path}/${pointerPart(key)}`, wanted);
    return found === null ? [] : [{ key, node: found }];
  });
  return members.length > 0 ? { ...node, members } : null;
}
