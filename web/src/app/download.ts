/** Gives what was made on this device to the person as a file. */

/** How long a browser may take to begin, before the file's address ends, in milliseconds. */
const GRACE_MS = 60_000;

export function download(text: string, name: string, type = "application/json"): void {
  downloadFile(new Blob([text], { type }), name);
}

export function downloadFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => { URL.revokeObjectURL(url); }, GRACE_MS);
}
