/**
 * Recognises letters in pictures, in a worker of its own. Tesseract and its data are fetched from our own
 * origin when the first picture comes, and kept by the service worker.
 *
 * Rows of a receipt are put together from the words' places: Tesseract itself would take the column of prices
 * for one of text, and read it after everything else.
 */

import dataUrl from "@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz?url";
import createTesseract, { type TessBaseAPI, type TesseractModule } from "tesseract.js-core/tesseract-core-simd-lstm.js";
import wasmUrl from "tesseract.js-core/tesseract-core-simd-lstm.wasm?url";
import { asExcerptError, DeviceError } from "../../shared/errors.js";
import { reportNetwork } from "../../shared/network/watch.js";
import type { FromRecogniser, Recognised } from "../ocr/recogniser.js";
import { pageText } from "../layout/page-text.js";
import { fragmentsOf, turnedBack } from "./tsv.js";

declare const self: DedicatedWorkerGlobalScope;

reportNetwork("readers");

/** Pixels of a picture's long side between which its letters are of a size that is read well, and in good time. */
const SHORTEST_SIDE = 1000;
const LONGEST_SIDE = 2400;
const LARGEST_ENLARGEMENT = 2;
/** Lines that climb less are read as they are, in radians. */
const LEVEL = 0.005;
const NEURAL = 1;
/** Ink is told from paper around each spot (Sauvola): a lamp or a shadow spoils any bound for the whole picture. */
const LOCAL = "2";
const PICTURE = "/input";

interface Engine {
  readonly core: TesseractModule;
  readonly api: TessBaseAPI;
}

let engine: Promise<Engine> | undefined;

self.addEventListener("message", ({ data }: MessageEvent<ImageBitmap>) => {
  void recognise(data).then(
    (recognised) => { answer({ recognised }); },
    (thrown: unknown) => { answer({ error: asExcerptError(thrown).toData() }); },
  );
});

function answer(message: FromRecogniser): void {
  self.postMessage(message);
}

async function recognise(picture: ImageBitmap): Promise<Recognised> {
  engine ??= start();
  const { core, api } = await engine;
  const { bytes, width, height } = greyscale(picture);
  core.FS.writeFile(PICTURE, bytes);
  const angle = straighten(api);
  api.Recognize(null);
  const { text, layout } = pageText(fragmentsOf(api.GetTSVText(0)), width, height);
  return { text, layout: turnedBack(layout, angle), confidence: api.MeanTextConf() / 100 };
}

async function start(): Promise<Engine> {
  const [core, data] = await Promise.all([startCore(), fetchData()]);
  core.FS.writeFile("eng.traineddata", data);
  const api = new core.TessBaseAPI();
  if (api.Init(null, "eng", NEURAL) !== 0 || !api.SetVariable("thresholding_method", LOCAL)) throw unavailable();
  return { core, api };
}

async function startCore(): Promise<TesseractModule> {
  const silent = (): void => undefined;
  try {
    return await createTesseract({ locateFile: () => wasmUrl, print: silent, printErr: silent });
  } catch {
    throw unavailable();
  }
}

async function fetchData(): Promise<Uint8Array> {
  try {
    const response = await fetch(dataUrl);
    if (!response.ok || response.body === null) throw unavailable();
    return new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  } catch {
    throw unavailable();
  }
}

function unavailable(): DeviceError {
  return new DeviceError("recogniser-missing", "What recognises letters in pictures could not be fetched.", "Connect to the network once and try again; it is kept on this device from then on.");
}

/** The picture as a PGM, in a size that suits the recogniser. */
function greyscale(picture: ImageBitmap): { bytes: Uint8Array; width: number; height: number } {
  const side = Math.max(picture.width, picture.height);
  const scale = Math.min(LARGEST_ENLARGEMENT, Math.max(1, SHORTEST_SIDE / side), LONGEST_SIDE / side);
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw unavailable();
  context.imageSmoothingQuality = "high";
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  return { bytes: pgm(context.getImageData(0, 0, width, height)), width, height };
}

function pgm({ data, width, height }: ImageData): Uint8Array {
  const head = new TextEncoder().encode(`P5 ${width} ${height} 255\n`);
  const bytes = new Uint8Array(head.length + width * height);
  bytes.set(head);
  for (let at = 0; at < width * height; at += 1) {
    const [red = 0, green = 0, blue = 0] = [data[4 * at], data[4 * at + 1], data[4 * at + 2]];
    bytes[head.length + at] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return bytes;
}

/** Takes the picture in, level; answers with the angle it was turned by. */
function straighten(api: TessBaseAPI): number {
  take(api, 0);
  api.FindLines();
  const angle = api.GetGradient();
  if (Math.abs(angle) < LEVEL) return 0;
  take(api, angle);
  return angle;
}

function take(api: TessBaseAPI, angle: number): void {
  if (api.SetImageFile(1, angle) === 1) throw unavailable();
}
