/** Runs in a page of Excerpt's own server: gives it `ask`, through `/embed.js` as an embedding page uses it. */
async () => {
  const { EngineClient } = await import("/embed.js");
  const client = new EngineClient();

  async function load() {
    const loaded = await client.load(new URL("/bundle/manifest.json", location.href).href);
    // The prompt's own tokens: what a document's prefix may share with that of any other document.
    const { tokens: ownTokens } = await client.prefill({ id: "shortest", text: "0" });
    return { ...loaded, ownTokens, runtime: loaded.variant };
  }

  async function forget({ other }) {
    await client.prefill({ id: "other", text: other });
  }

  async function prefill({ text }) {
    await client.prefill({ id: "document", text });
  }

  async function extract({ text, schema }) {
    const begin = performance.now();
    const { output, stats, coverage } = await client.extract({ id: "document", text }, schema);
    const ms = performance.now() - begin;
    return {
      ms,
      prefillMs: stats.prefillMs,
      decodeMs: stats.decodeMs,
      promptTokens: stats.promptTokens,
      reusedTokens: stats.prefixReused,
      newTokens: stats.branchTokens,
      forwards: stats.forwards,
      output: JSON.stringify(output),
      cut: false,
      maskMs: stats.maskMs,
      windows: coverage.windows.length,
    };
  }

  const kinds = { load, forget, prefill, extract };
  globalThis.ask = ({ kind, ...request }) => kinds[kind](request);
}
