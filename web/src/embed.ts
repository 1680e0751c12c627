/**
 * Excerpt for pages of the same origin: `const { Excerpt } = await import("/embed.js")`.
 * Served at this stable address, its types at `/embed.d.ts`; docs/embedding.md says how to use it.
 */

export { EngineClient } from "./app/engine-client.js";
export type { CallOptions, LoadOptions } from "./app/engine-client.js";
export { Excerpt } from "./app/excerpt.js";
export type { ExtractAllOptions, ExtractOneOptions, Input, LoadModelOptions, UpdateModelOptions, WorkOptions } from "./app/excerpt.js";
export type * from "./shared/batch.js";
export type * from "./shared/document.js";
export * from "./shared/errors.js";
export * from "./shared/extraction.js";
export type * from "./shared/protocol.js";
export type * from "./shared/schema.js";
