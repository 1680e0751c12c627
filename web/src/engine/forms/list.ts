/** A list of single values, written `["one","two"]`; no item takes a place that an earlier one has. */

import { ListItems } from "../constraint/list.js";
import type { AnyMachine } from "../constraint/machine.js";
import { Sequence } from "../constraint/sequence.js";
import { Text } from "../constraint/text.js";
import { Union } from "../constraint/union.js";
import { InternalError } from "../../shared/errors.js";
import type { JsonValue } from "../../shared/schema.js";
import { ALONE, type Earlier, type Form, type FoundValue } from "./form.js";

export interface ListBounds {
  readonly minItems: number;
  readonly maxItems: number;
  readonly uniqueItems: boolean;
}

/** The machine of a whole list. */
export function listMachine(item: Form, bounds: ListBounds): AnyMachine {
  const filled = new Sequence([
    new Text("["),
    new ListItems({
      minItems: bounds.minItems,
      maxItems: bounds.maxItems,
      none: new Items(item, { ...ALONE, unique: bounds.uniqueItems, minItems: bounds.minItems }),
      item: (items) => items.machine(),
      add: (items, written) => items.with(written),
    }),
  ]);
  return bounds.minItems > 0 ? filled : new Union([new Text("[]"), filled]);
}

/** The values of a list as it was written. */
export function readList(written: string, item: Form, bounds: ListBounds): readonly FoundValue[] {
  let items = new Items(item, { ...ALONE, unique: bounds.uniqueItems, minItems: bounds.minItems });
  for (const value of JSON.parse(written) as JsonValue[]) items = items.with(new TextEncoder().encode(JSON.stringify(value)));
  return items.earlier.found;
}

/** The items so far. What follows from them is computed once, however often a mask asks. */
class Items {
  private known: AnyMachine | null = null;
  private readonly longer = new Map<string, Items>();

  constructor(private readonly item: Form, readonly earlier: Earlier) {}

  machine(): AnyMachine {
    return (this.known ??= this.item.machine(this.earlier));
  }

  with(bytes: Uint8Array): Items {
    const written = new TextDecoder().decode(bytes);
    let items = this.longer.get(written);
    if (items === undefined) {
      const found = this.item.read(written, this.earlier);
      if (found === null) throw new InternalError("ungrounded/item", "A list holds an item that its mask should not have let through.");
      items = new Items(this.item, { ...this.earlier, found: [...this.earlier.found, found] });
      this.longer.set(written, items);
    }
    return items;
  }
}
