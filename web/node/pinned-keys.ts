/** The public keys that a build is made for, from the environment; without one there is no build. */

export const VARIABLE = "EXCERPT_PUBLIC_KEYS";

/**
 * @param environment such as `process.env`; the variable holds raw Ed25519 public keys, 64 hexadecimal digits each, with
 * commas or blanks between them (several while one key replaces another)
 * @throws Error that says what to do
 */
export function pinnedKeys(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const keys = (environment[VARIABLE] ?? "").toLowerCase().split(/[\s,]+/).filter((key) => key !== "");
  const wrong = keys.find((key) => !/^[0-9a-f]{64}$/.test(key));
  if (wrong !== undefined) throw new Error(`${VARIABLE} holds ${JSON.stringify(wrong.slice(0, 80))}, which is no public key: 64 hexadecimal digits, as \`excerpt keys show\` prints them.`);
  if (keys.length === 0) {
    throw new Error(`The app has to know whose models it may open: set ${VARIABLE} to the public keys (\`excerpt keys show\` prints them), or build with \`make web\`, which takes this machine's development key.`);
  }
  return [...new Set(keys)];
}
