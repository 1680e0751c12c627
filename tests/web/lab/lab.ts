/**
 * The engine's own session and context on a model, without the app: writes tokens by greedy choice, while wrong
 * drafts are fed behind every token and taken back, and several branches run side by side.
 */

import { Context } from "../../../web/src/engine/context.js";
import { openSession } from "../../../web/src/engine/session.js";
import type { OpenedBundle } from "../../../web/src/bundle/index.js";
import type { Tier } from "../../../web/src/engine/tiers.js";
import type { Manifest, Variant } from "../../../web/src/shared/manifest.js";

interface Task {
  /** The variant's name and what it runs on. */
  readonly variant: string;
  readonly backend: Tier["backend"];
  readonly prefix: readonly number[];
  readonly branches: readonly (readonly number[])[];
  /** Fed behind every token of every branch, and never what the model says. */
  readonly draft: readonly number[];
  readonly count: number;
}

const never = new AbortController().signal;

async function bytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(`/model/${name}`)).arrayBuffer());
}

/** What is written behind each branch's tokens. */
async function write({ variant: name, backend, prefix, branches, draft, count }: Task): Promise<number[][]> {
  const manifest = (await (await fetch("/model/manifest.json")).json()) as Manifest;
  const variant = manifest.variants.find((one): one is Variant => one.name === name);
  const parts = { manifest, variant, graph: await bytes("graph.onnx"), weights: await bytes("weights.bin") };
  const model = await openSession(parts as unknown as OpenedBundle, { backend, threads: 1 });
  const context = new Context(model);
  await context.read(prefix, never);
  context.branchOut(branches.length);
  const texts = branches.map((branch) => [...branch]);
  for (let step = 0; step < count; step++) {
    const wanted = texts.map((ids, branch) => ({ branch, ids: [...ids, ...draft], keep: draft.length + 1 }));
    const logits = await context.feed(wanted, never);
    texts.forEach((ids, branch) => ids.push(mostProbable(logits[branch]?.row(0) ?? new Float32Array())));
  }
  await model.release();
  return texts.map((ids, branch) => ids.slice(branches[branch]?.length ?? 0));
}

function mostProbable(logits: Float32Array): number {
  return logits.reduce((best, logit, id) => (logit > (logits[best] ?? 0) ? id : best), 0);
}

Object.assign(globalThis, { write });
