/** Takes apart, away from the page, what comes from people unknown: pages, mails, office documents. One file in a worker's life. */

import type { Reading } from "../../shared/document.js";
import { asExcerptError } from "../../shared/errors.js";
import { reportNetwork } from "../../shared/network/watch.js";
import type { FromFormats, ToFormats } from "../in-worker.js";
import { HEAD_BYTES, recognise } from "../sniff.js";

declare const self: DedicatedWorkerGlobalScope;

reportNetwork("readers");

self.addEventListener("message", ({ data }: MessageEvent<ToFormats>) => {
  void read(data).then(
    (reading) => { answer({ reading }, reading.attachments.map(({ bytes }) => bytes.buffer)); },
    (thrown: unknown) => { answer({ error: asExcerptError(thrown).toData() }); },
  );
});

async function read(file: ToFormats): Promise<Reading> {
  const { kind } = recognise(file.bytes.subarray(0, HEAD_BYTES), file.name, file.type);
  if (kind === "html") return (await import("./html.js")).readHtml(file);
  if (kind === "mail") return (await import("./mail.js")).readMail(file);
  return (await import("./office.js")).readOffice(file);
}

function answer(message: FromFormats, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}
