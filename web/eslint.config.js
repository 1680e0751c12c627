// The strict, type-aware rules of typescript-eslint, for the app and for its tests in ../tests/web.
// Run from the repository's root (`eslint --config web/eslint.config.js web tests/web`), so that both are in reach.

import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/dist/**", "**/node_modules/**", "**/*.js", "**/*.cjs", "**/*.mjs"] },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      // JsonValue refers to itself, which only an index signature in a type alias can say.
      "@typescript-eslint/consistent-indexed-object-style": "off",
      "@typescript-eslint/consistent-type-definitions": "off",
      // There are no enums here, and on a union of many tuples (the wordings of errors) it takes minutes and gigabytes.
      "@typescript-eslint/no-unsafe-enum-assignment": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      complexity: ["error", 12],
      eqeqeq: "error",
      "max-lines": ["error", { max: 500, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "max-params": "off",
      "@typescript-eslint/max-params": ["error", { max: 5 }],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML"].map((property) => ({
          property,
          message: "Trusted Types forbids HTML from strings; build elements instead.",
        })),
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "TSEnumDeclaration", message: "Write a union of strings: it needs no code, and says itself what it is." },
        {
          selector: "JSXAttribute[name.name=/^(style|dangerouslySetInnerHTML)$/]",
          message: "The content security policy refuses inline styles and HTML from strings; use a class.",
        },
      ],
    },
  },
  {
    // A test's describe block is a list, not a function to be understood at once.
    files: ["**/*.test.ts", "**/*.test.tsx"],
    rules: { "max-lines-per-function": "off" },
  },
);
