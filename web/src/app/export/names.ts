/** The names of exported files. */

const LONGEST = 80;

/** A name that every system takes. */
export function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N} ._-]+/gu, " ").trim().slice(0, LONGEST) || "export";
}

/** A document's name without its ending: what its values are called. */
export function baseName(documentName: string): string {
  return fileName(documentName.replace(/(?<=.)\.[\p{L}\p{N}]{1,5}$/u, ""));
}
