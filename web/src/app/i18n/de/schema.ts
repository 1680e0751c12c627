import type { schema as english } from "../en/schema.js";
import type { Translation } from "../texts.js";

export const schema: Translation<typeof english> = {
  title: "Was gesucht wird",
  empty: "Noch kein Feld. Füge eines hinzu und sage in wenigen Worten, was es ist.",
};
