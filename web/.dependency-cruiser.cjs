// Who may import whom: shared ← bundle ← engine, shared ← app. The service worker imports nobody.

const layer = (name) => `^src/${name}/`;

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
    only("engine", ["bundle", "shared"]),
    only("sw", []),
    {
      name: "app-imports-only-shared",
      comment: "The worker is named once, by its address, in app/engine-worker.ts.",
      severity: "error",
      from: { path: layer("app"), pathNot: "^src/app/engine-worker\\.ts$" },
      to: { path: "^src/", pathNot: [layer("app"), layer("shared")] },
    },
    {
      name: "engine-worker-names-only-the-worker",
      severity: "error",
      from: { path: "^src/app/engine-worker\\.ts$" },
      to: { path: "^src/", pathNot: [layer("app"), layer("shared"), "^src/engine/worker\\.ts"] },
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
