/** Writes the types of `/embed.js` beside it, as one file: `dist/embed.d.ts`. */

import { dts } from "rollup-plugin-dts";

export default {
  input: "src/embed.ts",
  output: { file: "dist/embed.d.ts", format: "es" },
  plugins: [dts({ tsconfig: "tsconfig.page.json" })],
};
