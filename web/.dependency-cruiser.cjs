// Who may import whom: shared ← bundle ← engine, shared ← readers ← app, and normalize serves engine and app. The service worker imports only shared.

const layer = (name) => `^src/${name}/`;

/** Those readers that run on the page. */
const PAGE_READERS = "^src/readers/(?!worker/)";

/** Modules of `from` may import themselves and `allowed`, nothing else of src. */
const only = (from, allowed) => ({
  name: `${from}-imports-only-${allowed.join("-and-") || "itself"}`,
  severity: "error",
  from: { path: layer(from) },
  to: { path: "^src/", pathNot: [from, ...allowed].map(layer) },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: ["\\?(worker|url)"] } },
    only("shared", []),
    only("bundle", ["shared"]),
    only("readers", ["shared"]),
    only("normalize", ["shared"]),
    only("engine", ["bundle", "normalize", "shared"]),
    only("sw", ["shared"]),
    {
      name: "app-imports-only-readers-normalize-and-shared",
      comment: "A worker is named once, by its address: in app/engine-worker.ts, in app/reader-workers.ts.",
      severity: "error",
      from: { path: layer("app"), pathNot: "^src/app/(engine-worker|reader-workers)\\.ts$" },
      to: { path: "^src/", pathNot: [layer("app"), PAGE_READERS, layer("normalize"), layer("shared")] },
    },
    {
      name: "engine-worker-names-only-the-worker",
      severity: "error",
      from: { path: "^src/app/engine-worker\\.ts$" },
      to: { path: "^src/", pathNot: [layer("app"), layer("shared"), "^src/engine/worker\\.ts"] },
    },
    {
      name: "reader-workers-names-only-the-worker",
      severity: "error",
      from: { path: "^src/app/reader-workers\\.ts$" },
      to: { path: "^src/", pathNot: [layer("app"), PAGE_READERS, "^src/readers/worker/(worker|recognise)\\.ts", layer("shared")] },
    },
    {
      name: "the-page-leaves-to-the-worker-what-is-the-worker's",
      severity: "error",
      from: { path: PAGE_READERS },
      to: { path: "^src/readers/worker/" },
    },
    {
      name: "one-file-touches-the-runtime",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/engine/session\\.ts$" },
      to: { path: "onnxruntime-web" },
    },
    {
      name: "embed-shows-only-the-client-and-shared",
      severity: "error",
      from: { path: "^src/embed\\.ts$" },
      to: { path: "^src/", pathNot: ["^src/app/(engine-client|excerpt)\\.ts$", layer("shared")] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.page.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs"],
    },
  },
};
