/** The German texts of errors. */

import { errorNamespace } from "../../error-texts.js";
import { bundle, fetching, reading } from "./bundle.js";
import { notices } from "./notices.js";
import { page } from "./page.js";
import { phrases } from "./phrases.js";
import { engine, readers } from "./reading.js";
import { schema } from "./schema.js";

export const errors = errorNamespace({ ...bundle, ...fetching, ...reading, ...schema, ...engine, ...readers, ...page }, phrases, notices);
