import type { trust as english } from "../en/trust.js";
import type { Translation } from "../texts.js";

export const trust: Translation<typeof english> = {
  title: "Netzwerk",
  empty: "0 Bytes von Dokumenten gesendet",
};
