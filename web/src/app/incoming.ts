/**
 * What the system hands to the installed app: files opened with it, and what other apps share with it.
 *
 * - A shared thing is a form that the browser posts to `/share`. The service worker keeps it and opens the page,
 *   which takes it from the same address (see sw/share.ts); it never goes over the network.
 * - Files opened with the app come through the launch queue, where the browser has one.
 */

import { SHARE_ADDRESS, SHARED_MARK } from "../shared/share.js";
import { t } from "./i18n/index.js";

/** The part of the browser's launch queue that is used. */
export interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

declare global {
  interface Window {
    readonly launchQueue?: LaunchQueue;
  }
}

/** Tells of what is opened with the app, now and later, and of what was shared with it. */
export function listenForArrivals(arrived: (files: readonly File[]) => void): void {
  window.launchQueue?.setConsumer(({ files }) => {
    void openLaunched(files).then((opened) => { if (opened.length > 0) arrived(opened); });
  });
  if (!new URLSearchParams(location.search).has(SHARED_MARK)) return;
  history.replaceState(null, "", `${location.pathname}${location.hash}`); // So that a reload does not ask again.
  void takeShared().then((shared) => { if (shared.length > 0) arrived(shared); });
}

/** The files behind the handles; one that is gone by now is left out. */
async function openLaunched(handles: readonly FileSystemFileHandle[]): Promise<File[]> {
  const opened = await Promise.allSettled(handles.map((handle) => handle.getFile()));
  return opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

/** What was shared, once; nothing where there is nothing, or no service worker that kept it. */
async function takeShared(): Promise<File[]> {
  try {
    const response = await fetch(SHARE_ADDRESS);
    return response.ok ? sharedFiles(await response.formData(), t("work.sharedText")) : [];
  } catch {
    return [];
  }
}

/** The parts of the form, which the manifest's `share_target` names: files, and words as a file of their own. */
export function sharedFiles(form: FormData, name: string): File[] {
  const files = form.getAll("files").filter((part) => part instanceof File && part.size > 0) as File[];
  const words = ["title", "text", "url"].map((part) => form.get(part)).filter((part): part is string => typeof part === "string" && part.trim() !== "");
  if (words.length === 0) return files;
  return [...files, new File([[...new Set(words)].join("\n")], `${name}.txt`, { type: "text/plain" })];
}
