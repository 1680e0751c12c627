/** Unit tests live in `tests/web`, beside the other languages' tests; their packages are those of `web`. */

import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const web = fileURLToPath(new URL(".", import.meta.url));
const tests = fileURLToPath(new URL("../tests/web/", import.meta.url));

/** A test stands outside `web`, so Node would not find `vitest` from there: look from here instead. */
const packagesOfWeb: Plugin = {
  name: "packages-of-web",
  enforce: "pre",
  resolveId(source, importer) {
    const bare = /^[@a-z]/i.test(source);
    if (!bare || importer?.startsWith(tests) !== true) return null;
    return this.resolve(source, `${web}package.json`, { skipSelf: true });
  },
};

export default defineConfig({
  root: web,
  // The app's build puts public keys there; tests bring their own.
  define: { __PINNED_KEYS__: "[]" },
  plugins: [packagesOfWeb],
  server: { fs: { allow: [web, tests] } },
  test: {
    environment: "node",
    server: {
      // Its modules name each other without an extension, which a bundler understands and Node does not.
      deps: { inline: ["stdnum"] },
    },
    include: [`${tests}**/*.test.ts`, `${tests}**/*.test.tsx`],
    benchmark: { include: [`${tests}**/*.bench.ts`] },
    // Property tests take seconds, and a loaded machine several times as long.
    testTimeout: 60_000,
    // Two cores are the smallest machine this is tested on; a worker for each leaves none idle.
    maxWorkers: 2,
    minWorkers: 1,
  },
});
