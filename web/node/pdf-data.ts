/** Serves, beside the app, the tables and fonts that pdf.js asks for by name: never from anywhere else. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const LIBRARY = join(import.meta.dirname, "..", "node_modules", "pdfjs-dist");

/** The folders that are served, and which of their files. Scripting and its QuickJS are not used. */
const FOLDERS: Readonly<Record<string, RegExp>> = {
  cmaps: /\.bcmap$/,
  standard_fonts: /\.(?:pfb|ttf)$/,
  wasm: /^(?:jbig2|openjpeg|qcms_bg)\.wasm$/,
  iccs: /\.icc$/,
};

/** Emits them under `/assets/pdf-VERSION/`: the version stands in the address, so they may be kept for good. */
export function pdfData(): Plugin {
  const { version } = JSON.parse(readFileSync(join(LIBRARY, "package.json"), "utf8")) as { version: string };
  const files = Object.entries(FOLDERS).flatMap(([folder, wanted]) =>
    readdirSync(join(LIBRARY, folder)).filter((name) => wanted.test(name)).map((name) => `${folder}/${name}`),
  );
  const prefix = `assets/pdf-${version}/`;
  return {
    name: "pdf-data",
    configureServer({ middlewares }) {
      middlewares.use(`/${prefix}`, ({ url = "" }, response, next) => {
        const file = files.find((name) => `/${name}` === url);
        if (file === undefined) next();
        else response.end(readFileSync(join(LIBRARY, file)));
      });
    },
    generateBundle() {
      for (const file of files) this.emitFile({ type: "asset", fileName: prefix + file, source: readFileSync(join(LIBRARY, file)) });
    },
  };
}
