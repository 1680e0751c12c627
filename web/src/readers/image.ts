/** Pictures. */

import { InputError } from "../shared/errors.js";
import type { Reader } from "./source.js";

export const readImage: Reader = ({ name }) =>
  Promise.reject(new InputError("picture", `“${name}” is a picture; text in pictures cannot be read yet.`, "Type or paste what it says. What was here before is kept."));
