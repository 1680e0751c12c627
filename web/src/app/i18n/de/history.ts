import type { history as english } from "../en/history.js";
import type { Translation } from "../texts.js";

export const history: Translation<typeof english> = {
  title: "Verlauf",
  empty: "Was du herausliest, bleibt hier erhalten, nur auf diesem Gerät, bis du es löschst.",
};
