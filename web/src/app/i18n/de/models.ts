import type { models as english } from "../en/models.js";
import type { Translation } from "../texts.js";

export const models: Translation<typeof english> = {
  title: "Modelle",
  empty: "Hier stehen die Modelle, die diese Seite anbietet, und wie gut jedes zu diesem Gerät passt.",
};
