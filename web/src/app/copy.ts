/** Puts a text on the clipboard. */

/**
 * Asked for in the moment of the press, with a text that comes later: some browsers take no word of it afterwards.
 *
 * @returns false where the browser does not allow it
 * @throws what the text itself failed with
 */
export async function copyText(text: Promise<string>): Promise<boolean> {
  const blob = text.then((whole) => new Blob([whole], { type: "text/plain" }));
  const written = write(blob);
  await text;
  return written;
}

async function write(blob: Promise<Blob>): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return false;
  }
}
