/** The rules for the tax numbers of companies, by the letters that these begin with in trade. */

import { validate as at } from "stdnum/lib/esm/at/uid.js";
import { validate as be } from "stdnum/lib/esm/be/vat.js";
import { validate as bg } from "stdnum/lib/esm/bg/vat.js";
import { validate as ch } from "stdnum/lib/esm/ch/uid.js";
import { validate as cy } from "stdnum/lib/esm/cy/vat.js";
import { validate as cz } from "stdnum/lib/esm/cz/dic.js";
import { validate as de } from "stdnum/lib/esm/de/vat.js";
import { validate as dk } from "stdnum/lib/esm/dk/cvr.js";
import { validate as ee } from "stdnum/lib/esm/ee/kmkr.js";
import { validate as es } from "stdnum/lib/esm/es/nif.js";
import { validate as fi } from "stdnum/lib/esm/fi/alv.js";
import { validate as fr } from "stdnum/lib/esm/fr/tva.js";
import { validate as gb } from "stdnum/lib/esm/gb/vat.js";
import { validate as gr } from "stdnum/lib/esm/gr/vat.js";
import { validate as hr } from "stdnum/lib/esm/hr/oib.js";
import { validate as hu } from "stdnum/lib/esm/hu/anum.js";
import { validate as ie } from "stdnum/lib/esm/ie/vat.js";
import { validate as it } from "stdnum/lib/esm/it/iva.js";
import { validate as lt } from "stdnum/lib/esm/lt/pvm.js";
import { validate as lu } from "stdnum/lib/esm/lu/tva.js";
import { validate as lv } from "stdnum/lib/esm/lv/pvn.js";
import { validate as mt } from "stdnum/lib/esm/mt/vat.js";
import { validate as nl } from "stdnum/lib/esm/nl/btw.js";
import { validate as no } from "stdnum/lib/esm/no/orgnr.js";
import { validate as pl } from "stdnum/lib/esm/pl/nip.js";
import { validate as pt } from "stdnum/lib/esm/pt/nif.js";
import { validate as ro } from "stdnum/lib/esm/ro/cif.js";
import { validate as se } from "stdnum/lib/esm/se/vat.js";
import { validate as si } from "stdnum/lib/esm/si/ddv.js";
import { validate as sk } from "stdnum/lib/esm/sk/dph.js";
import type { ValidateReturn } from "stdnum/lib/esm/types.js";

type Validate = (number: string) => ValidateReturn;

/** Each takes the number without the letters of its country, in digits and capitals alone. */
export const VAT_COUNTRIES: Readonly<Record<string, Validate>> = {
  AT: at, BE: be, BG: bg, CY: cy, CZ: cz, DE: de, DK: dk, EE: ee, EL: gr, ES: es, FI: fi, FR: fr, GB: gb, GR: gr, HR: hr, HU: hu,
  IE: ie, IT: it, LT: lt, LU: lu, LV: lv, MT: mt, NL: nl, PL: pl, PT: pt, RO: ro, SE: se, SI: si, SK: sk,
  // Northern Ireland trades under letters of its own, with British numbers.
  XI: gb,
  // Swiss and Norwegian numbers are those of the company's register, with a word for the tax behind them.
  CH: (number) => ch(`CH${number.replace(/(?:MWST|TVA|IVA)$/u, "")}`),
  NO: (number) => no(number.replace(/MVA$/u, "")),
};
