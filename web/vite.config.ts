/**
 * Builds the page, the embeddable client at the stable name `/embed.js`, the engine's worker and the service
 * worker into `dist/`. Everything under `/assets` has its content's hash in its name.
 */

import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { VitePWA } from "vite-plugin-pwa";
import { pdfData } from "./node/pdf-data.js";
import { pinnedKeys } from "./node/pinned-keys.js";

/** The page must be cross-origin isolated in development too, or ONNX Runtime falls back to one thread. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** The runtime's WebAssembly is some 13 MB; Workbox leaves out files above 2 MB unless told otherwise. */
const LARGEST_SHELL_FILE = 40 * 1024 * 1024;

export default defineConfig({
  base: "/",
  define: { __PINNED_KEYS__: JSON.stringify(pinnedKeys(process.env)) },
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  worker: { format: "es" },
  // The workbook library zips by workers from blobs, which the content security policy refuses: it zips without.
  resolve: { alias: [{ find: /^\.\.\/zip\/zipToArrayBuffer\.js$/, replacement: fileURLToPath(new URL("src/app/export/zip.ts", import.meta.url)) }] },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    rollupOptions: {
      input: { index: "index.html", embed: "src/embed.ts" },
      preserveEntrySignatures: "exports-only",
      output: {
        entryFileNames: (chunk) => (chunk.name === "embed" ? "embed.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  server: {
    headers: ISOLATION,
    proxy: { "/bundle": "http://127.0.0.1:8000" },
  },
  plugins: [
    pdfData(),
    VitePWA({
      strategies: "injectManifest",
      srcDir: "src/sw",
      filename: "sw.ts",
      injectRegister: false,
      manifest: false,
      injectManifest: {
        globPatterns: ["**/*.{html,js,mjs,css,wasm,svg,png,webmanifest,bcmap,pfb,ttf,icc}"],
        // Kept once a device has used them (see sw.ts): the runtime for graphics processors, the recogniser; never: the store pictures.
        globIgnores: ["**/*asyncify*", "**/ort.webgpu*", "**/tesseract*", "screenshots/**"],
        dontCacheBustURLsMatching: /^assets\//,
        maximumFileSizeToCacheInBytes: LARGEST_SHELL_FILE,
        rollupFormat: "iife",
      },
    }),
  ],
});
