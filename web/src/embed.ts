/**
 * The engine for pages of the same origin: `const { EngineClient } = await import("/embed.js")`.
 * Served at this stable address; the page must be cross-origin isolated for more than one thread.
 */

export { EngineClient } from "./app/engine-client.js";
export type { CallOptions } from "./app/engine-client.js";
export type * from "./shared/document.js";
export * from "./shared/errors.js";
export * from "./shared/extraction.js";
export type * from "./shared/protocol.js";
export type * from "./shared/schema.js";
