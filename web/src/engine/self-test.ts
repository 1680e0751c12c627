/** Does a runtime compute what the builder measured? A driver that computes wrong says so by nothing else. */

import type { Model } from "./model.js";
import { DeviceError } from "../shared/errors.js";
import type { KnownAnswer } from "../shared/manifest.js";

/**
 * Asks the model what the bundle knows the answer to. This is also the runtime's first run, which warms it.
 *
 * @throws DeviceError `wrong-answer` where the model says something else, or what the runtime throws
 */
export async function selfTest(model: Model, { tokens, positions, answers }: KnownAnswer): Promise<void> {
  const fed = tokens.map((id, at) => ({ id, position: at, column: at, sees: [{ from: 0, to: at + 1 }] }));
  const logits = await model.forward(fed, fed.length);
  const wrong = positions.filter((position, i) => mostProbable(logits.row(position)) !== answers[i]).length;
  if (wrong > 0) {
    throw new DeviceError(
      ["wrong-answer", { wrong, of: answers.length }],
      `The model gave ${String(wrong)} of ${String(answers.length)} known answers wrong on this device.`,
      "Update the browser and the graphics driver, or let another tier of this device do the work.",
    );
  }
}

function mostProbable(logits: Float32Array): number {
  let best = 0;
  logits.forEach((logit, id) => {
    if (logit > (logits[best] ?? 0)) best = id;
  });
  return best;
}
