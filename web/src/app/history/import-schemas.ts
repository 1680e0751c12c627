/** Takes saved schemas in. What is here stays as it is, and nothing takes its place: not by an id, nor by a name. */

import { freeTitle, type SavedSchema } from "../schema/saved.js";
import type { SchemaStore } from "../store/schemas.js";

export class SchemaImport {
  /** The names of those that could not keep their own. */
  readonly renamed: string[] = [];
  #here: SavedSchema[] | undefined;

  constructor(readonly store: SchemaStore) {}

  /** False where this very schema is here already. */
  async take(schema: SavedSchema): Promise<boolean> {
    const here = (this.#here ??= await this.store.all());
    if (here.some((one) => isSame(one, schema))) return false;
    const id = here.some((one) => one.id === schema.id) ? crypto.randomUUID() : schema.id;
    const name = freeTitle(schema.name, new Set(here.map((one) => one.name)));
    if (name !== schema.name) this.renamed.push(name);
    const added = { ...schema, id, name };
    await this.store.put(added);
    here.push(added);
    return true;
  }
}

/** The same words under the same name, or one that got its number on the way in; renamed here it is still the same. */
function isSame(here: SavedSchema, { id, name, source }: SavedSchema): boolean {
  const sameName = here.name === name || (here.name.startsWith(`${name} `) && /^\d+$/.test(here.name.slice(name.length + 1)));
  return here.source === source && (here.id === id || sameName);
}
